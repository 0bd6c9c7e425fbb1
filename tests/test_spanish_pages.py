"""Around the page, too, a resident who reads Spanish reads Spanish: header, menu, switch, search, foot and titles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import html

from tests.support import BuiltPage, BuiltSite
from tests.test_spanish import NAMES

_SAID = ("title", "aria-label", "aria-description", "alt", "placeholder")
_META = ("description", "og:title", "og:description", "og:image:alt", "og:site_name")
_SILENT = ("script", "style")
_NAMES = NAMES | {"Quinnebrook, Connecticut", "Fennmoor, East Tolby", "Mill Lane"}
"""What is written in Spanish as it is in English."""


def _is_original(element: html.HtmlElement) -> bool:
    """Whether a part of a page stays as it was written: it says its language, or it is a citation."""
    for one in (element, *element.iterancestors()):
        own = one.get("lang") or one.get("translate") == "no" or "sp-ref" in (one.get("class") or "")
        if one.tag in _SILENT or (own and one.tag != "html"):
            return True
    return False


def _is_content(element: html.HtmlElement) -> bool:
    """Whether an element stands in the text of the page, outside of its headings; other tests read that."""
    tags = [one.tag for one in (element, *element.iterancestors())]
    return "article" in tags and not {"h1", "h2", "h3"} & set(tags)


def texts(page: BuiltPage) -> Iterator[str]:
    """What is said around a page, in its headings, and by the names of its parts."""
    for element in page.tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("id") == "__config":
            yield from json.loads(element.text or "")["translations"].values()
        if _is_original(element):
            continue
        yield from (element.get(name, "") for name in _SAID)
        if element.tag == "meta" and (element.get("name") or element.get("property")) in _META:
            yield element.get("content", "")
        if not _is_content(element):
            yield from (element.text or "", *(child.tail or "" for child in element))


def said(page: BuiltPage) -> set[str]:
    """The same with single spaces, without what has no word in it."""
    found = {" ".join(str(text).split()) for text in texts(page)}
    return {text for text in found if re.search(r"[^\W\d_]{2}", text)}


def test_nothing_around_a_spanish_page_is_in_english(example_site: BuiltSite) -> None:
    pages = {address: page for address, page in example_site.pages.items() if address.startswith("es/")}
    left = {
        address: both
        for address, page in pages.items()
        if (both := (said(page) & said(example_site[address.removeprefix("es/")])) - _NAMES)
    }

    assert len(pages) > 100
    assert not left


def test_the_switch_and_the_link_to_the_files_speak_the_language_of_the_page(example_site: BuiltSite) -> None:
    assert _switch(example_site["es/goals/"]) == {"Cambiar al modo oscuro", "Cambiar al modo claro"}
    assert _files(example_site["es/goals/"]) == {"Los archivos del plan"}
    # MkDocs makes the pages one after the other: what was said on one must not stay on the next.
    assert all(_switch(page) == {"Switch to dark mode", "Switch to light mode"} for page in _english(example_site))
    assert all(_files(page) == {"The plan's files"} for page in _english(example_site))


def _english(site: BuiltSite) -> list[BuiltPage]:
    return [page for address, page in site.pages.items() if not address.startswith("es/") and _switch(page)]


def _switch(page: BuiltPage) -> set[str]:
    found = page.tree.xpath("//form[@data-md-component='palette']/*")
    return {name for element in found for name in (element.get("title"), element.get("aria-label")) if name}


def _files(page: BuiltPage) -> set[str]:
    links = page.tree.xpath("//header//a[@data-md-component='source'] | //div[contains(@class, 'sp-menu')]//p/a")
    return {" ".join(link.text_content().split()) for link in links}
