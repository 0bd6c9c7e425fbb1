"""The accessibility statement: the standard, the last check, the known limits, and how to report a barrier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from safety_plan.language import say
from safety_plan.plan.plan import Plan
from safety_plan.problems import Place
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.accessibility import Accessibility
from safety_plan.reading.schema.town import Town

_LARGE_TOWN = 50_000
_DATES = {False: dt.date(2028, 4, 26), True: dt.date(2027, 4, 26)}
"""From when 28 CFR part 35 subpart H asks for WCAG 2.1 AA, by whether 50,000 people or more live in the town: the
interim final rule of April 20, 2026, 91 FR 20902."""


def pages(studio: Studio) -> Iterator[Page]:
    """The statement, also of a town whose pages nobody has checked yet."""
    plan = studio.plan
    yield studio.page(
        "accessibility",
        place=_place(plan),
        record=plan.one(Accessibility),
        due=_due(plan.town),
        dates=_DATES,
        description=say("How well everyone can use these pages, what does not work yet, and how to tell us."),
    )


def _due(town: Town) -> dt.date | None:
    """The date for this town; None where the plan does not say how many people live in it."""
    return None if town.population is None else _DATES[town.population >= _LARGE_TOWN]


def _place(plan: Plan) -> Place:
    record = plan.one(Accessibility)
    return record.at() if record else plan.town.at()
