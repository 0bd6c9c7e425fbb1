"""Binding: pages of the site become chapters of one document.

The pages are the core's own HTML, so that what is looked for here (headings, ids, links, charts) has one form only.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from safety_plan.publishing.addresses import relative
from safety_plan.publishing.site import Page

_HEADING = re.compile(r"(</?h)([1-5])\b")
_ID = re.compile(r'(\b(?:id|aria-labelledby|aria-describedby|headers|for)=")([^"]+)(")')
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SECTION = re.compile(r'(?=<h2 id="[^"]+")')
_SECTION_ID = re.compile(r'<h2 id="([^"]+)"')
_DEEPEST = 6


@dataclass(frozen=True)
class Chapter:
    """A page within a document: `depth` is 0 for a chapter, 1 for what stands below one; `without` are the anchors of
    sections that are left out, since they are only of use on a screen."""

    page: Page
    depth: int = 0
    without: frozenset[str] = frozenset()

    @property
    def anchor(self) -> str:
        """Where the chapter begins within the document."""
        return self.page.address.rstrip("/").replace("/", "-") or "start"


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
        html = "".join(part for part in _SECTION.split(chapter.page.html) if not _is_left_out(part, chapter))
        html = _ID.sub(lambda found: f"{found[1]}{self._own(found[2], chapter)}{found[3]}", html)
        html = _LINK.sub(lambda found: f"{found[1]}{self._link(found[2], chapter)}{found[3]}", html)
        html = _HEADING.sub(_deeper(1 + chapter.depth), html)
        return f'<section class="sp-chapter sp-chapter--{chapter.depth}" id="{chapter.anchor}">\n{html.strip()}\n</section>'

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
        if not anchor or not _shows(target, anchor):
            return f"#{target.anchor}"
        return f"#{target.anchor}--{anchor}"


def _resolved(path: str, start: str) -> str:
    """Where a link leads from the page at `start`; no path at all leads to that page."""
    if not path:
        return start
    joined = posixpath.normpath(posixpath.join("/", start, path)).lstrip("/")
    return f"{joined}/" if path.endswith("/") and joined else joined


def _is_left_out(part: str, chapter: Chapter) -> bool:
    found = _SECTION_ID.match(part)
    return found is not None and found[1] in chapter.without


def _shows(chapter: Chapter, anchor: str) -> bool:
    """Whether a place on a page is among what its chapter keeps."""
    kept = (part for part in _SECTION.split(chapter.page.html) if not _is_left_out(part, chapter))
    return any(f'id="{anchor}"' in part for part in kept)


def _deeper(steps: int) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}{min(int(found[2]) + steps, _DEEPEST)}"
