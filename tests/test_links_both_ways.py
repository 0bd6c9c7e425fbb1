"""Every link of the plan can be walked both ways: what names another thing, and what is named, lead to each other."""

from __future__ import annotations

import pytest

from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.publishing.addresses import address_of
from safety_plan.reading.content import read_content
from safety_plan.reading.folder import read_folder
from tests.support import ROOT, BuiltSite


@pytest.fixture(scope="module")
def plan() -> Plan:
    records, problems = read_folder(ROOT / "data", ROOT)
    content, more = read_content(ROOT / "content", ROOT)
    return build_plan(records, content, [*problems, *more])


def test_every_neighbour_is_linked_from_where_the_thing_is_shown(plan: Plan, example_site: BuiltSite) -> None:
    lost = []
    for thing, others in plan.neighbours.items():
        page = address_of(thing).split("#")[0]
        links = example_site[page].links("//article")
        for other in others:
            there = address_of(other)
            if there.split("#")[0] != page and there not in links and there.split("#")[0] not in links:
                lost.append(f"{page} shows {thing.kind} {thing.id}, but no link to {there}")

    assert lost == []


def test_every_thing_stands_where_its_address_says(plan: Plan, example_site: BuiltSite) -> None:
    lost = []
    for things in plan.things.values():
        for thing in things.values():
            page, _, anchor = address_of(thing).partition("#")
            if page not in example_site.pages or (anchor and anchor not in example_site[page].ids):
                lost.append(address_of(thing))

    assert lost == []
