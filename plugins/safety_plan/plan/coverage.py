"""What a plan lacks without being wrong: gaps that staff should know of and that keep nothing from being published."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem, a
from safety_plan.reading.schema.models import Ingredients, PlanningModel

_NEEDED = {
    "metrics": ("metric", "name a metric that shows whether it is reached."),
    "actions": ("action", "add the work that is to reach it."),
    "sources": ("source", "add what it rests on."),
}
"""What every objective should have, by its fields. The role that leads it is demanded by the format already."""


def gaps(plan: Plan) -> Iterator[Problem]:
    """What each objective lacks, with its place, in the order of the goals; then what each planning model lacks."""
    for objective in plan.objectives:
        for name, (noun, fix) in _NEEDED.items():
            if not getattr(objective.record, name):
                yield Problem(
                    objective.record.at(name),
                    f'found the objective "{objective.id}" without {a(noun)}',
                    allowed=f'at least one entry in "{name}"',
                    fix=fix,
                )
    for model in plan.all(PlanningModel):
        ingredients = model.record.ingredients
        for name in Ingredients.model_fields:
            if getattr(ingredients, name) is None:
                yield Problem(
                    ingredients.at(),
                    f'found the planning model "{model.id}" without evidence for the ingredient "{name}"',
                    allowed="a line for each ingredient that says what the town does",
                    fix='say what the town does for it. Until then the page of the models says "not yet".',
                )
