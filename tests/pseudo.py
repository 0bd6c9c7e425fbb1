"""A language that nobody speaks: each text long, with marks on its letters and brackets around it.

What comes out without brackets was never given to a translator; what is cut off would be cut off in a real language.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from babel import Locale
from babel.support import NullTranslations

from safety_plan.language import Language, locale_of
from safety_plan.reading.catalogue_merge import Entry, Wanted, merged
from safety_plan.reading.catalogue_text import catalogue_text
from safety_plan.reading.catalogues import entries, read_catalogue

OPEN, CLOSE = "⟦", "⟧"
_KEPT = re.compile(r"\{\{.*?\}\}|\{\w*\}|%\(\w+\)s|%%|<[^>]*>|\]\([^)]*\)|&\w+;|`[^`]*`")
_MARKED = str.maketrans("aeiouncAEIOUNC", "áéíóúñçÁÉÍÓÚÑÇ")
_RIGHT_TO_LEFT = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه")
_LONGER = 0.35
_MARK = "ñ"


def pseudo(text: str, *, right_to_left: bool = False) -> str:
    """A text with everything but its values changed, and a third longer."""
    parts, end, letters = [], 0, 0
    for kept in _KEPT.finditer(text):
        parts += [_said(text[end : kept.start()], right_to_left), kept[0]]
        letters += kept.start() - end
        end = kept.end()
    parts.append(_said(text[end:], right_to_left))
    letters += len(text) - end
    longer = " ".join([_MARK * 4] * max(1, round(letters * _LONGER / 5)))
    return f"{OPEN}{''.join(parts)} {longer}{CLOSE}"


def _said(text: str, right_to_left: bool) -> str:
    return text.lower().translate(_RIGHT_TO_LEFT) if right_to_left else text.translate(_MARKED)


def fill_in(catalogue: Path, code: str) -> None:
    """Translate every entry of a catalogue, in the direction in which the language is written."""
    text = catalogue.read_text(encoding="utf-8")
    locale = locale_of(code)
    old, problems = read_catalogue(text.encode(), catalogue.name, locale)
    assert not problems
    ids = [(one.context or "", (one.id,) if isinstance(one.id, str) else tuple(one.id)) for one in entries(old)]
    made = merged(old, [Wanted(context, texts, ()) for context, texts in ids])
    right_to_left = locale.text_direction == "rtl"
    filled = [_filled_in(entry, right_to_left) for entry in made]
    catalogue.write_text(catalogue_text(filled, code, text), encoding="utf-8")


def _filled_in(entry: Entry, right_to_left: bool) -> Entry:
    texts = [entry.ids[min(form, len(entry.ids) - 1)] for form in range(len(entry.strings))]
    # What names tell apart must stay apart, and not every letter has one of its own in the other writing.
    listed = entry.context.startswith(("categories", "everywhere"))
    return replace(entry, strings=tuple(pseudo(one, right_to_left=right_to_left and not listed) for one in texts))


class PseudoTexts(NullTranslations):
    """The texts of the language, for those who ask gettext."""

    def __init__(self, *, right_to_left: bool = False) -> None:
        super().__init__()
        self.right_to_left = right_to_left

    def gettext(self, message: str) -> str:
        """A text."""
        return pseudo(message, right_to_left=self.right_to_left)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """A text that counts, in two forms."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """A text that means something else elsewhere."""
        return self.gettext(message)


LONG = Language("en", Locale("en", "US"), PseudoTexts())
"""Left to right, with English dates and numbers, so that only texts differ."""
