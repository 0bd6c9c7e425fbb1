"""The states of work, of legal duties and of answers to changes in the law, and the scores of risks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safety_plan.language import say
from safety_plan.plan.things import Requirement, Risk
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.categories import Categories
from safety_plan.results import actions
from safety_plan.results.actions import ActionState
from safety_plan.results.duties import ANSWERS, AnswerState, DutyState, applies, meanings
from safety_plan.results.late import by_promise
from safety_plan.results.promises import Promise
from safety_plan.results.risks import DIRECTIONS, BandRange, bands_of


def part(studio: Studio) -> dict[str, Any]:
    """What the template of this part needs."""
    plan, results = studio.plan, studio.results
    duties = meanings(plan.rules)
    late = by_promise(results.late)
    return {
        "actions": [
            (state, say(actions.MEANINGS[state]), results.action_counts(plan.actions)[state]) for state in ActionState
        ],
        "promises": [(promise, len(late.get(promise, ()))) for promise in Promise],
        "duties": [(state, duties[state], results.duty_counts(plan.requirements)[state]) for state in DutyState],
        "answers": [(state, say(meaning), _count(results.answers, state)) for state, meaning in ANSWERS.items()],
        "duty_example": _duty_example(studio),
        "bands": _bands(plan.categories),
        "risk_example": _risk_example(studio),
        "directions": [(say(name), say(meaning)) for name, meaning in DIRECTIONS.values()],
        "scale": _scale(plan.categories),
    }


def _count(states: Mapping[str, AnswerState], state: AnswerState) -> int:
    return list(states.values()).count(state)


def _duty_example(studio: Studio) -> Requirement | None:
    """A duty with a date to explain the states by: the one that is due first."""
    as_of = studio.results.as_of
    dated = [one for one in studio.plan.requirements if one.record.next_due and applies(one.record, as_of)]
    return min(dated, key=lambda one: one.record.next_due or as_of, default=None)


def _risk_example(studio: Studio) -> Risk | None:
    """A risk to explain the score by: a danger that stands highest now."""
    dangers = [risk for risk in studio.plan.risks if risk.record.kind == "threat"]
    return max(dangers, key=lambda risk: studio.results.risks[risk.id].now.points, default=None)


def _bands(categories: Categories) -> list[tuple[BandRange, BandRange]]:
    """Each band of risk scores, lowest first, as it is shown for a danger and for a chance."""
    bands = categories.risk_bands
    return list(zip(bands_of(bands), bands_of(bands, chance=True), strict=True))


def _scale(categories: Categories) -> list[tuple[int, str, str]]:
    scale = categories.risk_scale
    return [(step, *found) for step, found in enumerate(zip(scale.likelihood, scale.consequence, strict=True), 1)]
