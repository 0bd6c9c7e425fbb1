"""Binding: pages of the site become chapters of one document.

The pages are the core's own HTML, so that what is looked for here (headings, ids, links, charts) has one form only.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from safety_plan.publishing.addresses import relative
from safety_plan.publishing.site import Page

_HEADING = re.compile(r"(</?h)([1-5])\b")
_ID = re.compile(r'(\b(?:id|aria-labelledby|aria-describedby|headers|for)=")([^"]+)(")')
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SECTION = re.compile(r'(?=<h2 id="[^"]+")')
_SECTION_ID = re.compile(r'<h2 id="([^"]+)"')
_ANCHOR = re.compile(r'\bid="([^"]+)"')
_SCREEN_ONLY = re.compile(r'<nav\b.*?</nav>|<p\b[^>]*class="[^"]*\bsp-to-contents\b[^>]*>.*?</p>', re.DOTALL)
_NEVER = "on-paper"
"""The section of a page that leads to documents."""

_DEEPEST = 6


@dataclass(frozen=True)
class Chapter:
    """A page within a document.

    `depth` is 0 for a chapter, 1 for what stands below one; `without` are the anchors of sections that are left out.
    """

    page: Page
    depth: int = 0
    without: frozenset[str] = frozenset()

    @property
    def anchor(self) -> str:
        """Where the chapter begins within the document."""
        return self.page.address.rstrip("/").replace("/", "-") or "start"

    @cached_property
    def kept(self) -> str:
        """What the document keeps of the page's HTML: what stands above its sections, and most of those."""
        left_out = {_NEVER, *self.without}
        parts = _SECTION.split(_SCREEN_ONLY.sub("", self.page.html))
        return "".join(part for part in parts if not ((found := _SECTION_ID.match(part)) and found[1] in left_out))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The places on the page that the document keeps."""
        return frozenset(_ANCHOR.findall(self.kept))


@dataclass(frozen=True)
class Binder:
    """Binds pages into the document at `address`. `chapters` holds the chapters by the addresses of their pages.

    All addresses are within the site of one language, which stands below `prefix`.
    """

    prefix: str
    address: str
    chapters: Mapping[str, Chapter]

    def bind(self, chapter: Chapter) -> str:
        """A page's HTML as a chapter: its headings one step deeper, its ids its own, its links within the document.

        A link to what the document leaves out leads to the site.
        """
        html = _ID.sub(lambda found: f"{found[1]}{self._own(found[2], chapter)}{found[3]}", chapter.kept)
        html = _LINK.sub(lambda found: f"{found[1]}{self._link(found[2], chapter)}{found[3]}", html)
        html = _HEADING.sub(_deeper(1 + chapter.depth), html)
        # What is folded on a page is open on paper. Hundreds of regions would be no landmarks any more.
        html = html.replace("<details", "<details open").replace(' role="region"', ' role="group"')
        kind = f"sp-chapter sp-chapter--{chapter.depth}"
        return f'<section class="{kind}" id="{chapter.anchor}">\n{html.strip()}\n</section>'

    def _own(self, ids: str, chapter: Chapter) -> str:
        return " ".join(f"{chapter.anchor}--{one}" for one in ids.split())

    def _link(self, href: str, chapter: Chapter) -> str:
        if _ELSEWHERE.match(href):
            return href
        path, _, anchor = href.partition("#")
        there = _resolved(path, f"{self.prefix}{chapter.page.address}")
        inside = there.startswith(self.prefix)
        target = self.chapters.get(there.removeprefix(self.prefix)) if inside else None
        if target is None:
            return relative(f"{there}#{anchor}" if anchor else there, f"{self.prefix}{self.address}")
        if not anchor or anchor not in target.anchors:
            return f"#{target.anchor}"
        return f"#{target.anchor}--{anchor}"


def _resolved(path: str, start: str) -> str:
    """Where a link leads from the page at `start`; no path at all leads to that page."""
    if not path:
        return start
    joined = posixpath.normpath(posixpath.join("/", start, path)).lstrip("/")
    return f"{joined}/" if path.endswith("/") and joined else joined


def _deeper(steps: int) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}{min(int(found[2]) + steps, _DEEPEST)}"
