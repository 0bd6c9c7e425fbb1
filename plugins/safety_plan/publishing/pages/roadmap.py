"""The roadmap: all work by when it happens, with what is late first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.language import later, say, say_n
from safety_plan.plan.things import Action, Goal
from safety_plan.publishing import words
from safety_plan.publishing.labels import APPROACHES, said
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.results.actions import ActionState, Delay, delay_of
from safety_plan.results.results import actions_of, preventive

_HORIZONS = {
    "now": (later("Now: within 12 months"), later("Actions within 12 months, late ones first")),
    "next": (later("Next: in 1 to 3 years"), later("Actions in 1 to 3 years, late ones first")),
    "later": (later("Later: after 3 years"), later("Actions after 3 years, late ones first")),
}
"""When work happens: the heading of its part of the page, and the name of the table in it."""

_ORDER = (
    ActionState.OVERDUE,
    ActionState.STARTS_LATE,
    ActionState.PAUSED,
    ActionState.ON_SCHEDULE,
    ActionState.NOT_STARTED,
    ActionState.DONE_LATE,
    ActionState.DONE,
    ActionState.CANCELLED,
)
"""Trouble first, then open work, then what needs nobody's attention any more."""


@dataclass(frozen=True)
class _Row:
    action: Action
    goal: Goal
    delay: Delay

    @property
    def state(self) -> ActionState:
        """How the action stands."""
        return self.delay.state


@dataclass(frozen=True)
class _Horizon:
    name: str
    heading: str
    caption: str
    rows: list[_Row]


def pages(studio: Studio) -> Iterator[Page]:
    """The page of the roadmap."""
    plan, results = studio.plan, studio.results
    rows = sorted(
        (_row(studio, action, goal) for goal in plan.goals for action in actions_of(plan, goal)),
        key=lambda row: (_ORDER.index(row.state), row.action.record.due),
    )
    share = _preventive_share(len(preventive(plan)), len(plan.actions))
    yield studio.page(
        "roadmap",
        horizons=[
            _Horizon(name, say(heading), say(caption), [row for row in rows if row.action.record.horizon == name])
            for name, (heading, caption) in _HORIZONS.items()
        ],
        counts=results.action_counts(plan.actions),
        preventive_share=share,
        approaches=said(APPROACHES),
        mirrors=[metric for metric in plan.metrics if metric.record.mirrors == "actions-on-schedule"],
        description=say("What the town does now, next and later. {share}", share=share),
    )


def _row(studio: Studio, action: Action, goal: Goal) -> _Row:
    return _Row(action, goal, delay_of(action.record, studio.results.as_of))


def _preventive_share(preventing: int, everything: int) -> str:
    """How much of the work prevents harm, in a sentence."""
    if not everything:
        return say("The plan has no actions yet.")
    return say_n(
        "{n} of {actions} ({share}) serves to prevent harm before it happens.",
        "{n} of {actions} ({share}) serve to prevent harm before it happens.",
        preventing,
        n=words.number(preventing),
        actions=words.count(everything, "action"),
        share=words.percent(words.number(100 * preventing / everything)),
    )
