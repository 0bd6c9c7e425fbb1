"""Where everything is: the one place that knows the address of a page and of every thing on it."""

from __future__ import annotations

from typing import Any

from safety_plan.plan.things import Thing

PAGES: dict[str, str] = {
    "home": "",
    "plan": "plan/",
    "models": "models/",
    "goals": "goals/",
    "roadmap": "roadmap/",
    "measures": "measures/",
    "ems": "ems/",
    "risks": "risks/",
    "legal": "legal/",
    "people": "people/",
    "reviews": "reviews/",
    "take-part": "take-part/",
    "resources": "resources/",
    "questions": "questions/",
    "glossary": "glossary/",
    "about": "about/",
    "method": "about/method/",
}
"""Addresses of the pages that can be named in the plan, by their names."""

PAGE_TITLES: dict[str, str] = {
    "home": "Home",
    "plan": "The plan",
    "models": "Planning models",
    "goals": "Goals",
    "roadmap": "Roadmap",
    "measures": "Measures",
    "ems": "Emergency medical services",
    "risks": "Risks",
    "legal": "Legal duties",
    "people": "Roles and leadership",
    "reviews": "Quarterly reviews",
    "take-part": "Take part",
    "resources": "Resources",
    "questions": "Questions and answers",
    "glossary": "Glossary",
    "about": "About this plan",
    "method": "How we measure",
}

_OWN_PAGE = {
    "goal": "goals/",
    "metric": "measures/",
    "risk": "risks/",
    "requirement": "legal/",
    "role": "people/",
    "review": "reviews/",
}
_ON_PAGE = {
    "law-change": "legal/",
    "training": "people/",
    "exercise": "people/",
    "competency": "people/",
    "model": "models/",
    "element": "ems/",
    "event": "take-part/",
    "theme": "take-part/",
    "technology": "resources/",
    "agreement": "resources/",
    "factor": "plan/",
    "trigger": "plan/",
    "resilience": "plan/",
    "question": "questions/",
    "term": "glossary/",
    "topic": "questions/",
}


def anchor_of(thing: Thing[Any]) -> str:
    """The anchor of a thing that stands on a page with others: its kind and its id."""
    return f"{thing.kind}-{thing.id}"


def address_of(thing: Thing[Any]) -> str:
    """The address of a thing: its own page, or its place on the page that shows it."""
    if thing.kind in _OWN_PAGE:
        return f"{_OWN_PAGE[thing.kind]}{thing.id}/"
    if thing.kind in _ON_PAGE:
        return f"{_ON_PAGE[thing.kind]}#{anchor_of(thing)}"
    page = thing.parent
    while page is not None and page.kind not in _OWN_PAGE:
        page = page.parent
    assert page is not None, f"{thing.kind} has no page"
    return f"{address_of(page)}#{anchor_of(thing)}"


def former_addresses(thing: Thing[Any]) -> list[str]:
    """The addresses of pages that a thing had before. What only had a place on a page needs no forwarding page."""
    return [f"{_OWN_PAGE[thing.kind]}{id}/" for id in thing.former_ids] if thing.kind in _OWN_PAGE else []


def relative(target: str, start: str) -> str:
    """The link from the page at `start` to `target`, so that the site works under any address."""
    up = "../" * start.count("/")
    return f"{up}{target}" or "./"
