"""Every link of the plan can be walked both ways: what names another thing, and what is named, lead to each other."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin

import pytest

from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.publishing.addresses import address_of
from safety_plan.reading.content import read_content
from safety_plan.reading.folder import read_folder
from tests.support import ROOT, BuiltSite

IN_EACH_LANGUAGE = pytest.mark.parametrize("prefix", ["", "es/"])
"""The example town's site in its first language and, in a folder of its own, in its second."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    records, problems = read_folder(ROOT / "data", ROOT)
    content, more = read_content(ROOT / "content", ROOT)
    return build_plan(records, content, [*problems, *more])


@IN_EACH_LANGUAGE
def test_every_neighbour_is_linked_from_where_the_thing_is_shown(
    prefix: str, plan: Plan, example_site: BuiltSite
) -> None:
    lost = []
    for thing, others in plan.neighbours.items():
        page = prefix + _page_of(address_of(thing))
        links = example_site[page].links("//article")
        for other in others:
            # A thing with a place on another page is linked at its place: the page alone would leave readers to search.
            there = prefix + address_of(other)
            if _page_of(there) != page and there not in links:
                lost.append(f"{page} shows {thing.kind} {thing.id}, but no link to {there}")

    assert lost == []


@IN_EACH_LANGUAGE
def test_links_in_prose_are_linked_back(prefix: str, plan: Plan, example_site: BuiltSite) -> None:
    links = {address: page.links("//article") for address, page in example_site.pages.items()}
    pairs = [
        (prefix + address_of(thing), prefix + address_of(other))
        for thing, others in plan.mentioned_in.items()
        for other in others
    ]
    walks = [walk for one, other in pairs for walk in ((one, other), (other, one)) if _page_of(one) != _page_of(other)]

    assert walks
    assert [f"no link from {here} to {there}" for here, there in walks if there not in links[_page_of(here)]] == []


@IN_EACH_LANGUAGE
def test_pages_of_things_link_to_each_other_both_ways(prefix: str, example_site: BuiltSite) -> None:
    """What a reader sees, whatever the plan says: where one page leads, the other leads back. There is no exception."""
    own = re.compile(prefix + r"(goals|measures|risks|legal|people|reviews)/[^/]+/")
    leads = {
        address: {_page_of(link) for link in page.links("//article")}
        for address, page in example_site.pages.items()
        if own.fullmatch(address)
    }
    pairs = [(here, there) for here, links in leads.items() for there in links if there in leads]

    assert {address.split("/")[-3] for address in leads} == {"goals", "measures", "risks", "legal", "people", "reviews"}
    assert pairs
    assert [f"{here} links to {there}, but not back" for here, there in pairs if here not in leads[there]] == []


@IN_EACH_LANGUAGE
def test_no_list_of_links_names_a_thing_twice(prefix: str, plan: Plan, example_site: BuiltSite) -> None:
    twice = []
    things = {prefix + address_of(thing) for held in plan.things.values() for thing in held.values()}
    for page in example_site.pages.values():
        for found in page.tree.xpath("//article//ul | //article//dd | //article//table"):
            firsts = found.xpath("self::ul/li/a[1] | self::dd/a | self::table/tbody/tr/th/a[1]")
            hrefs = [unquote(urljoin(f"/{page.address}", a.get("href"))).lstrip("/") for a in firsts]
            twice += [f"{page.address}: {href}" for href in {*hrefs} & things if hrefs.count(href) > 1]

    assert twice == []


@IN_EACH_LANGUAGE
def test_every_thing_stands_where_its_address_says(prefix: str, plan: Plan, example_site: BuiltSite) -> None:
    lost = []
    for things in plan.things.values():
        for thing in things.values():
            page, _, anchor = (prefix + address_of(thing)).partition("#")
            if page not in example_site.pages or (anchor and anchor not in example_site[page].ids):
                lost.append(prefix + address_of(thing))

    assert lost == []


def _page_of(address: str) -> str:
    return address.partition("#")[0]
