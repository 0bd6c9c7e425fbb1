"""Words of the glossary explained where they stand: the first use on a page leads to its meaning at the page's foot.

Readers without a mouse have no use for tips that open under a pointer, and tips that open on a tap need a script. So
the meaning stands on the page itself, where it is also read out and printed. (WCAG technique G55, links to
definitions.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from safety_plan.publishing.slugs import alphabetical

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>|<!--.*?-->", re.DOTALL)
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col", "link", "meta"})
_PROSE = frozenset({"p", "li", "dd", "blockquote"})
_CLOSED = frozenset(
    {"a", "h1", "h2", "h3", "h4", "h5", "h6", "th", "caption", "code", "pre", "svg", "button", "summary", "label"}
    | {"figcaption", "dt", "script", "style", "nav", "abbr"}
)
_CLOSING = re.compile(r'\slang=|\sclass="[^"]*\bsp-(?:live|status|word|kicker|ref)\b')


@dataclass(frozen=True)
class Word:
    """A word of the glossary: its id, what it stands for where it is an abbreviation, and its meaning as plain text."""

    id: str
    name: str
    long: str
    meaning: str

    @property
    def escaped(self) -> str:
        """The word as it stands in HTML, without a mark of its language."""
        return str(escape(str(self.name)))


@dataclass(frozen=True)
class Words:
    """The words that a site explains."""

    words: tuple[Word, ...]

    @cached_property
    def _by_form(self) -> dict[str, Word]:
        return {_form(word.escaped): word for word in self.words}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted((word.escaped for word in self.words), key=len, reverse=True)
        # Abbreviations are matched as they are: "cares" is no register of hearts. Others may start a sentence.
        forms = (re.escape(name) if _is_short_form(name) else _either(name) for name in names)
        return re.compile(rf"(?<![\w/&-])({'|'.join(forms)})(?![\w/-])")

    def explained(self, html: str, heading: str, more: Markup) -> str:
        """The HTML of a page, in which the first use of each word is a link to its meaning at the end.

        Left alone are headings, links, captions, heads of tables, code, pictures, figures that are filled in, statuses
        and whatever is in another language. `heading` stands above the meanings, `more` below them.
        """
        found: dict[str, Word] = {}
        parts: list[str] = []
        end = 0
        for match in self._in_prose(html) if self.words else ():
            word = self._by_form[_form(match[1])]
            if word.id not in found:
                found[word.id] = word
                parts += [html[end : match.start()], f'<a class="sp-term" href="#word-{word.id}">{match[1]}</a>']
                end = match.end()
        return "".join([*parts, html[end:], _meanings(found.values(), heading, more)]) if found else html

    def _in_prose(self, html: str) -> Iterator[re.Match[str]]:
        """Every use of a word in prose. Tags are only read up to the last use of a word anywhere."""
        uses = self._pattern.finditer(html)
        use = next(uses, None)
        # For each element that is open: its name, and whether words in it are explained.
        open_now: list[tuple[str, bool | None]] = []
        for tag in _TAG.finditer(html):
            while use is not None and use.start() < tag.end():
                if use.start() < tag.start() and open_now and open_now[-1][1]:
                    yield use
                use = next(uses, None)
            if use is None:
                return
            if tag[2]:
                _step(open_now, tag)


def _form(name: str) -> str:
    return name if _is_short_form(name) else name.casefold()


def _either(name: str) -> str:
    """The pattern of a word with a small or a capital letter at its start."""
    return f"[{re.escape(name[0].lower())}{re.escape(name[0].upper())}]{re.escape(name[1:])}"


def _is_short_form(name: str) -> bool:
    return sum(letter.isupper() for letter in name) > 1


def _step(open_now: list[tuple[str, bool | None]], tag: re.Match[str]) -> None:
    """Go into an element or out of it. Within prose words are explained; None says that nothing has decided it yet."""
    name = tag[2].lower()
    if tag[1]:
        while open_now and open_now.pop()[0] != name:
            pass
    elif name not in _VOID and not tag[3].endswith("/"):
        inside = open_now[-1][1] if open_now else None
        if name in _CLOSED or _CLOSING.search(tag[3]):
            inside = False
        elif name in _PROSE and inside is None:
            inside = True
        open_now.append((name, inside))


def _meanings(words: Iterable[Word], heading: str, more: Markup) -> str:
    entry = Markup('<div id="word-{}"><dt>{}</dt><dd>{}{}</dd></div>\n')
    entries = Markup("").join(
        entry.format(
            word.id, word.name, Markup("<strong>{}</strong>. ").format(word.long) if word.long else "", word.meaning
        )
        for word in sorted(words, key=lambda word: alphabetical(word.name))
    )
    return str(
        Markup(
            '<section class="sp-words" aria-labelledby="words-here">\n<h2 id="words-here" data-search-exclude>{}</h2>\n'
            "<dl>\n{}</dl>\n<p>{}</p>\n</section>\n"
        ).format(heading, entries, more)
    )
