"""Hand-written pages as chapters of a document."""

from __future__ import annotations

import posixpath
import re

from markupsafe import Markup

from safety_plan.publishing.addresses import relative
from safety_plan.publishing.hand_written import Shown
from safety_plan.publishing.prose import figure_html, fill, whole_page
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio, View
from safety_plan.reading.content import without_front_matter
from safety_plan.reading.live import Mention

_HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_FILE_LINK = re.compile(r'href="([^":#?]*)\.md(#[^"]*)?"')


def written_page(studio: Studio, shown: Shown) -> Page | None:
    """A hand-written page as HTML, with its live figures; none without a heading of the first level to name it by.

    Only text, lists and tables are kept: documents hold no pictures of others.
    """
    address = _address(shown.page.path.removesuffix(".md"))
    view = View(studio, address)

    def link(mention: Mention) -> str:
        return view.href(mention.id if mention.kind == "page" else studio.plan.thing(mention.kind, mention.id))

    text = fill(
        without_front_matter(shown.page.text),
        lambda mention: figure_html(studio.figure(mention, as_written=not shown.translated)),
        link,
    )
    html = _FILE_LINK.sub(lambda found: _to_page(found, shown.page.path, address), whole_page(text))
    title = _HEADING.search(html)
    if title is None:
        return None
    words = Markup(title[1]).striptags()
    whole = html if shown.translated else studio.borrowed(html)
    return Page(address, words, whole, words, "", shown.page.place(0))


def _to_page(found: re.Match[str], path: str, address: str) -> str:
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[1]))
    return f'href="{relative(_address(there), address)}{found[2] or ""}"'


def _address(name: str) -> str:
    """The address of the page of a file, whose name stands here without its ending."""
    folder, _, last = name.rpartition("/")
    place = folder if last in ("index", "README") else name
    return f"{place}/" if place else ""
