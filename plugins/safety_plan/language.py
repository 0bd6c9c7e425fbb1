"""The language that is being spoken, and the texts of this project in it.

Texts stand in the code in English and go through gettext: `say` for a sentence, `say_n` for one that counts, `say_in`
for one that means different things in different places, and `later` for what is only written down and said elsewhere.
Whoever wants another language says so once, around everything: `with speaking(spanish): ...`. It is the one thing that
the stages take from around them and not from their arguments; docs/decisions/0010 says why.

Values stand in braces: `say("{name} is late", name=metric.name)`. Where one of them is HTML, the others are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from babel import Locale
from babel.support import NullTranslations
from markupsafe import Markup


@dataclass(frozen=True)
class Language:
    """A language of the site: its code as in `es`, the locale of its dates and numbers, and its texts."""

    code: str
    locale: Locale
    texts: NullTranslations = field(default_factory=NullTranslations, compare=False)

    @property
    def name(self) -> str:
        """What it calls itself: English, Español."""
        name = self.name_of(self.code)
        return name[:1].upper() + name[1:]

    def name_of(self, code: str) -> str:
        """What it calls another language: English, inglés."""
        named = Locale.parse(code, sep="-")
        return self.locale.languages.get(str(named)) or named.get_display_name(self.locale) or code

    @property
    def direction(self) -> str:
        """The way its lines run: ltr or rtl."""
        return str(self.locale.text_direction)


def locale_of(code: str) -> Locale:
    """The locale of a language as it is spoken in the United States, where its towns are.

    Raises babel.UnknownLocaleError, or ValueError for what is no code of a language.
    """
    locale = Locale.parse(code, sep="-")
    return locale if locale.territory else Locale.parse(f"{code}_US", sep="_") if _is_american(code) else locale


def _is_american(code: str) -> bool:
    return code in ("en", "es")


class Original(str):
    """A text of the plan that has no translation: it is shown as it was written, with its own language, `lang`."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str) -> Original:
        """The text, written in the language with this code."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made

    def __html__(self) -> str:
        """The text as HTML that says which language it is in, so that it is read out rightly."""
        # Where it is a value of a text that is HTML, what is no Markup would be escaped once more.
        return Markup('<span lang="{}">{}</span>').format(self.lang, str(self))

    def __reduce__(self) -> tuple[type[Original], tuple[str, str]]:
        """What a copy is made from."""
        return type(self), (str(self), self.lang)

    def like(self, text: str) -> Original:
        """Another text in the same language, such as this one with its live figures filled in."""
        return type(self)(text, self.lang)


class Unsaid(Original):
    """A text of this project that has no translation, in English.

    In HTML it stands between two signs that no text has. Whoever finishes a page puts a mark of the language in their
    place, or nothing where there is no place for a mark, such as within a tag; see `publishing.marks`.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """The text as HTML, between the two signs."""
        return in_english(Markup("{}").format(str(self)))


OPENS, CLOSES = "\ue000", "\ue001"
"""The signs before and after a text of this project that is shown in English for want of a translation."""


def in_english(html: Markup) -> Markup:
    """HTML between the signs for a text in English, once, whatever it is made of."""
    return Markup(f"{OPENS}{without_signs(html)}{CLOSES}")


def without_signs(text: str) -> str:
    """A text without the signs for English."""
    return text.replace(OPENS, "").replace(CLOSES, "")


class InEnglish(NullTranslations):
    """What is said where a catalogue has no translation: the text as it stands in the code, known to be English."""

    def gettext(self, message: str) -> str:
        """The text itself."""
        return Unsaid(message, "en")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form of the text for a number, as English has it."""
        return Unsaid(msgid1 if n == 1 else msgid2, "en")

    def pgettext(self, context: str, message: str) -> str:
        """The text itself."""
        return Unsaid(message, "en")


def same_language(before: str, after: str) -> str:
    """What was made of a text, marked as untranslated where that text was."""
    return before.like(after) if isinstance(before, Original) else after


ENGLISH = Language("en", locale_of("en"))
"""The language in which this project is written."""

_spoken: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def spoken() -> Language:
    """The language that is being spoken."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language from here to the end of the block."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def unmarked(text: str) -> str:
    """A text as plain text, where there is no place for a mark of its language, such as in a title or a description."""
    return without_signs(Markup(text).striptags() if isinstance(text, Markup) else str(text))


def say(message: str, /, **values: object) -> str:
    """A text in the language that is being spoken, with its values filled in."""
    return _filled(spoken().texts.gettext(message), values)


def say_n(one: str, many: str, number: int, /, **values: object) -> str:
    """A text that depends on a number. The number itself is a value like others: `{n}`, already written out."""
    return _filled(spoken().texts.ngettext(one, many, number), values)


def say_in(context: str, message: str, /, **values: object) -> str:
    """A text whose words mean different things in different places."""
    return _filled(in_context(context, message), values)


def in_context(context: str, message: str) -> str:
    """A text in its context without its values filled in, in the language that is being spoken."""
    found = spoken().texts.pgettext(context, message)
    return found if isinstance(found, str) else str(found)


def later(message: str) -> str:
    """Mark a text that is said elsewhere, by `say` of the same text."""
    return message


def _filled(text: str, values: dict[str, object]) -> str:
    if not values:
        return text
    if any(hasattr(value, "__html__") for value in values.values()):
        html = Markup(str(text)).format(**values)
        return in_english(html) if isinstance(text, Unsaid) else html
    return same_language(text, str(text).format(**values))
