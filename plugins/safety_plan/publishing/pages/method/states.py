"""The states of work and of legal duties, and the scores of risks."""

from __future__ import annotations

from typing import Any

from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.categories import Categories
from safety_plan.results.dates import ActionState, DutyState
from safety_plan.rules import Rules

_ACTIONS = {
    ActionState.NOT_STARTED: "Its start date has not come yet.",
    ActionState.STARTS_LATE: "Its start date has passed, and nothing is done yet.",
    ActionState.ON_SCHEDULE: "Some of it is done, and its date has not passed.",
    ActionState.OVERDUE: "Its date has passed, and it is not done.",
    ActionState.DONE: "It was done by its date.",
    ActionState.DONE_LATE: "It was done, but after its date.",
    ActionState.PAUSED: "Work has stopped for a while; the reason is given.",
    ActionState.CANCELLED: "It was given up; the reason is given.",
}
"""What each state means. A state without an entry stops the build: no word is used that is not explained here."""


def part(studio: Studio) -> dict[str, Any]:
    """What the template of this part needs."""
    plan, results = studio.plan, studio.results
    duties = _duties(plan.rules)
    return {
        "actions": [(state, _ACTIONS[state], results.action_counts(plan.actions)[state]) for state in ActionState],
        "duties": [(state, duties[state], results.duty_counts(plan.requirements)[state]) for state in DutyState],
        "bands": _bands(plan.categories),
        "scale": _scale(plan.categories),
    }


def _duties(rules: Rules) -> dict[DutyState, str]:
    """What each state of a legal duty means."""
    soon = f"due within {rules.due_soon_days:g} days"
    return {
        DutyState.CURRENT: f"It was done, and is not {soon}.",
        DutyState.DUE_SOON: f"It is {soon}.",
        DutyState.OVERDUE: "It was done before, but its next date has passed.",
        DutyState.NOT_YET_DUE: f"It was never done, and is not {soon}.",
        DutyState.NEVER_DONE: "It was never done, and its date has passed.",
        DutyState.DOES_NOT_APPLY: "The rule does not touch the town; the reason is given.",
        DutyState.NOT_KNOWN: "There is no date on record.",
    }


def _bands(categories: Categories) -> list[tuple[str, str]]:
    bands = categories.risk_bands
    starts = [1, *(band.up_to + 1 for band in bands)]
    return [(band.name, f"{start} to {band.up_to}") for band, start in zip(bands, starts, strict=False)]


def _scale(categories: Categories) -> list[tuple[int, str, str]]:
    scale = categories.risk_scale
    return [(step, *found) for step, found in enumerate(zip(scale.likelihood, scale.consequence, strict=True), 1)]
