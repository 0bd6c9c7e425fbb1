"""The Site: pages as ready HTML, and how they hang together. No engine yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from safety_plan.language import ENGLISH, Language
from safety_plan.plan.pages import PAGES, page_address
from safety_plan.problems import Place

_HEADING = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ANCHOR = re.compile(r'\bid="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Heading:
    """A heading of a page: level 2 or 3, its text as HTML without tags, and its anchor."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """A page: `address` within the site ("" for home, else with a slash at its end), and its HTML.

    `section` is the address of the page it hangs under; `place` is the line of the plan that made it.
    """

    address: str
    title: str
    html: str
    description: str
    section: str
    place: Place

    @property
    def source(self) -> str:
        """The page's name as a Markdown file, by which hand-written pages link to it."""
        return source_of(self.address)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the second and third level, in order."""
        return tuple(
            Heading(int(level), _TAG.sub("", text).strip(), anchor)
            for level, anchor, text in _HEADING.findall(self.html)
        )

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Everything on the page that a link can lead to."""
        return frozenset(_ANCHOR.findall(self.html))


_SECTIONS = frozenset(page_address(name) for name, page in PAGES.items() if not page.within)


def source_of(address: str) -> str:
    """The Markdown file of an address: `goals/` is goals/index.md, `goals/fire-safety/` is goals/fire-safety.md."""
    if address == "":
        return "index.md"
    return f"{address}index.md" if address in _SECTIONS else f"{address.rstrip('/')}.md"


@dataclass(frozen=True)
class Section:
    """An entry of the navigation: its name, its own page, and the entries below it."""

    name: str
    address: str
    entries: tuple[Section, ...] = ()


WHOLE = "print/"
"""The address of the whole plan as one document."""

SCORECARD = "scorecard/"
"""The address of the quarter on one page."""


def pdf_address(address: str) -> str:
    """The address of the PDF file of the document at an address."""
    return f"{address.rstrip('/')}.pdf"


@dataclass(frozen=True)
class Document:
    """A document to print: its address within the site of its language, its title, and a whole HTML page.

    It has no frame of the site around it, and needs nothing but style sheets.
    """

    address: str
    title: str
    html: str

    @property
    def pdf(self) -> str:
        """The address of the same document as a PDF file."""
        return pdf_address(self.address)


@dataclass(frozen=True)
class Site:
    """A whole site in one language.

    All addresses are those within it. The site in the first language stands at the root; one in another language stands
    below `prefix`, such as `es/`, with each page at the same address. `forwards` leads from addresses that things had
    before to where they are now. `downloads` holds files for other programs, such as tables, by their addresses.
    `documents` are made to be printed.
    """

    pages: tuple[Page, ...]
    navigation: tuple[Section, ...]
    forwards: Mapping[str, str]
    built_on: dt.date
    downloads: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    language: Language = ENGLISH
    prefix: str = ""

    @cached_property
    def by_source(self) -> dict[str, Page]:
        """The pages by their Markdown file names."""
        return {page.source: page for page in self.pages}
