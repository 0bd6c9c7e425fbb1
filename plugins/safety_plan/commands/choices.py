"""What can be chosen in the files of a plan, for what helps to write them."""

from __future__ import annotations

from safety_plan.editing.json_schema.choices import Choices
from safety_plan.plan.offers import offers
from safety_plan.plan.plan import Plan


def choices_of(plan: Plan) -> Choices:
    """The ids, pages and lists of a plan."""
    return Choices(offers(plan), plan.categories, fiscal=plan.town.fiscal_year_starts is not None)
