"""Words of the glossary explained where they stand: the first use on a page leads to its meaning at the page's foot.

Readers without a mouse have no use for tips that open under a pointer, and tips that open on a tap need a script. So
the meaning stands on the page itself, where it is also read out and printed. (WCAG technique G55, links to
definitions.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

_PART = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>|<!--.*?-->|[^<]+", re.DOTALL)
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
        # Abbreviations are matched as they are: "cares" is no register of hearts.
        forms = (re.escape(name) if _is_short_form(name) else f"(?i:{re.escape(name)})" for name in names)
        return re.compile(rf"(?<![\w/&-])({'|'.join(forms)})(?![\w/-])")

    def explained(self, html: str, heading: str, more: Markup) -> str:
        """The HTML of a page, in which the first use of each word is a link to its meaning at the end.

        Left alone are headings, links, captions, heads of tables, code, pictures, figures that are filled in, statuses
        and whatever is in another language. `heading` stands above the meanings, `more` below them.
        """
        if not self.words or self._pattern.search(html) is None:
            return html
        found: dict[str, Word] = {}
        parts: list[str] = []
        # For each element that is open: its name, and whether words in it are explained.
        open_now: list[tuple[str, bool | None]] = []
        for part in _PART.finditer(html):
            text = part[0]
            if part[2]:
                _step(open_now, part)
            elif open_now and open_now[-1][1]:
                text = self._pattern.sub(lambda match: self._marked(match[1], found), text)
            parts.append(text)
        return "".join(parts) + _meanings(found.values(), heading, more) if found else html

    def _marked(self, text: str, found: dict[str, Word]) -> str:
        word = self._by_form[_form(text)]
        if word.id in found:
            return text
        found[word.id] = word
        return f'<a class="sp-term" href="#word-{word.id}">{text}</a>'


def _form(name: str) -> str:
    return name if _is_short_form(name) else name.casefold()


def _is_short_form(name: str) -> bool:
    return sum(letter.isupper() for letter in name) > 1


def _step(open_now: list[tuple[str, bool | None]], part: re.Match[str]) -> None:
    """Go into an element or out of it. Within prose words are explained; None says that nothing has decided it yet."""
    name = part[2].lower()
    if part[1]:
        while open_now and open_now.pop()[0] != name:
            pass
    elif name not in _VOID and not part[3].endswith("/"):
        inside = open_now[-1][1] if open_now else None
        if name in _CLOSED or _CLOSING.search(part[3]):
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
        for word in sorted(words, key=lambda word: word.name.casefold())
    )
    return str(
        Markup(
            '<section class="sp-words" aria-labelledby="words-here">\n<h2 id="words-here" data-search-exclude>{}</h2>\n'
            "<dl>\n{}</dl>\n<p>{}</p>\n</section>\n"
        ).format(heading, entries, more)
    )
