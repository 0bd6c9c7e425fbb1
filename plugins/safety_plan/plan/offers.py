"""What the records of a plan can name: for whatever helps people to write them."""

from __future__ import annotations

from collections.abc import Mapping

from safety_plan.plan.pages import PAGES
from safety_plan.plan.plan import Plan


def offers(plan: Plan) -> Mapping[str, Mapping[str, str]]:
    """All that can be named, by the kinds of reference such as role or page: each id with what it is called."""
    ids = {kind: {id: thing.title for id, thing in things.items()} for kind, things in plan.things.items()}
    return {**ids, "page": {name: page.title for name, page in PAGES.items() if name in plan.pages}}
