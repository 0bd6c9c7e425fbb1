"""Where everything is: the address of every page, and of every thing on one."""

from __future__ import annotations

from typing import Any

from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.things import Metric, Thing

_OWN_PAGE = {page.own: name for name, page in PAGES.items() if page.own}
_ON_PAGE = {kind: name for name, page in PAGES.items() for kind in page.shows}


def anchor_of(thing: Thing[Any]) -> str:
    """The anchor of a thing that stands on a page with others: its kind and its id."""
    return f"{thing.kind}-{thing.id}"


def section_of(thing: Thing[Any]) -> str:
    """The address of the page below which a thing has a page of its own."""
    return page_address(_OWN_PAGE[thing.kind])


def address_of(thing: Thing[Any]) -> str:
    """The address of a thing: its own page, or its place on the page that shows it."""
    if thing.kind in _OWN_PAGE:
        return f"{section_of(thing)}{thing.id}/"
    if thing.kind in _ON_PAGE:
        return f"{page_address(_ON_PAGE[thing.kind])}#{anchor_of(thing)}"
    page = thing.parent
    while page is not None and page.kind not in _OWN_PAGE:
        page = page.parent
    assert page is not None, f"no page in PAGES shows the kind {thing.kind}"
    return f"{address_of(page)}#{anchor_of(thing)}"


RESULTS = "results.json"
"""The address of the file with all results."""


def csv_address(metric: Metric) -> str:
    """The address of the table of a metric's numbers."""
    return f"{address_of(metric).rstrip('/')}.csv"


def former_addresses(thing: Thing[Any]) -> list[str]:
    """The addresses of pages that a thing had before. What only had a place on a page needs no forwarding page."""
    return [f"{section_of(thing)}{id}/" for id in thing.former_ids] if thing.kind in _OWN_PAGE else []


def relative(target: str, start: str) -> str:
    """The link from the page at `start` to `target`, so that the site works under any address."""
    up = "../" * start.count("/")
    return f"{up}{target}" or "./"
