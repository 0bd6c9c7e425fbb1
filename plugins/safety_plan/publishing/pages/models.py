"""The planning models: side by side, one by one, and what each of them is made of here."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.language import later, say
from safety_plan.publishing.labels import said
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.models import PlanningModel, PlanningModels
from safety_plan.reading.schema.plan import Factor

_INGREDIENTS = {
    "technology": later("Technology"),
    "data_analysis": later("Data analysis"),
    "community_input": later("Community input"),
    "interdisciplinary_collaboration": later("Professions working together"),
}
"""The four ingredients of a working model, by their fields."""


def pages(studio: Studio) -> Iterator[Page]:
    """The page of the planning models, where the plan has any."""
    plan = studio.plan
    record = plan.one(PlanningModels)
    if record is None:
        return
    models = plan.all(PlanningModel)
    yield studio.page(
        "models",
        place=record.at(),
        record=record,
        models=models,
        ingredients=said(_INGREDIENTS),
        evidence={model: model.record.ingredients.model_dump() for model in models},
        factors=plan.all(Factor),
        last_change=plan.document.amendments[-1] if plan.document.amendments else None,
        description=say(
            "The ways of thinking about safety that the plan is built on, and where the town uses each one."
        ),
    )
