"""What the plan can draw on: money by goal, kind of work and source; staff; technology; partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Action, Goal
from safety_plan.publishing import words
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema import resources
from safety_plan.reading.schema.goals import Approach
from safety_plan.reading.schema.resources import Resources
from safety_plan.results.actions import ActionState
from safety_plan.results.results import actions_of

_APPROACHES: dict[Approach, str] = {
    "prevention": "keeps harm from happening",
    "response": "helps when something has happened",
    "recovery": "gets people back on their feet afterwards",
    "enforcement": "makes people keep to the rules",
    "community": "works with residents on what lies beneath",
    "governance": "plans, checks and learns",
}
"""What each kind of work does."""

_TECHNOLOGY = {"supported": ("supported", "good"), "new": ("new", "good"), "replace": ("to be replaced", "warning")}

_AGREEMENTS = {
    "mutual-aid": "Mutual aid: help on request",
    "automatic-aid": "Automatic aid: help is sent at once",
    "medical": "Medical",
    "co-response": "Co-response: going to calls together",
    "other": "Other",
}

_MOST_COSTLY = 10


@dataclass(frozen=True)
class _Sum:
    """A row of a table of money: whose it is, and how much of the whole."""

    name: str
    note: str
    goal: Goal | None
    actions: int
    cost: int
    share: str
    unfunded: int


def pages(studio: Studio) -> Iterator[Page]:
    """The page of resources; its money stands with the actions, so it needs no file of its own."""
    plan = studio.plan
    if "resources" not in plan.pages:
        return
    given_up = [action for action in plan.actions if studio.results.actions[action.id] is ActionState.CANCELLED]
    actions = [action for action in plan.actions if action not in given_up]
    sums = _Sums(actions)
    register = plan.one(Resources)
    yield studio.page(
        "resources",
        place=register.at() if register else plan.document.at(),
        register=register,
        given_up=given_up,
        total=sums.row("All actions", actions),
        by_goal=_by_goal(plan, sums),
        by_approach=_by_approach(sums),
        by_funding=_by_funding(plan, sums),
        costly=_costly(actions),
        staffed=[action for action in actions if action.record.money.staff],
        technology=plan.all(resources.Technology),
        technology_words=_TECHNOLOGY,
        agreements=plan.all(resources.Agreement),
        agreement_words=_AGREEMENTS,
        description="What the plan costs, who pays, and the technology and partners it relies on.",
    )


def _cost(actions: Iterable[Action]) -> int:
    return sum(action.record.money.cost for action in actions)


class _Sums:
    """Makes rows whose shares are all of the same whole."""

    def __init__(self, actions: list[Action]) -> None:
        self.actions = actions
        self._whole = _cost(actions)

    def row(self, name: str, actions: Iterable[Action], *, note: str = "", goal: Goal | None = None) -> _Sum:
        found = list(actions)
        cost = _cost(found)
        unfunded = _cost(action for action in found if action.record.money.funding is None)
        return _Sum(name, note, goal, len(found), cost, _share(cost, self._whole), unfunded)


def _share(cost: int, whole: int) -> str:
    if not cost:
        return "0%"
    share = 100 * cost / whole
    return f"{words.number(share)}%" if share >= 1 else "less than 1%"


def _by_goal(plan: Plan, sums: _Sums) -> list[_Sum]:
    counted = set(sums.actions)
    return [
        sums.row(goal.title, (action for action in actions_of(plan, goal) if action in counted), goal=goal)
        for goal in plan.goals
    ]


def _by_approach(sums: _Sums) -> list[_Sum]:
    """Every kind of work, also one that no action is of, so that prevention and enforcement stand apart."""
    return [
        sums.row(
            approach.capitalize(),
            (one for one in sums.actions if one.record.approach == approach),
            note=_APPROACHES[approach],
        )
        for approach in get_args(Approach)
    ]


def _by_funding(plan: Plan, sums: _Sums) -> list[_Sum]:
    """The sources in the order of the plan's list; then what costs nothing, and what nobody pays for yet."""
    rows = [
        sums.row(source, (one for one in sums.actions if one.record.money.funding == source))
        for source in plan.categories.funding
    ]
    without = [action for action in sums.actions if action.record.money.funding is None]
    rows.append(sums.row("Needs working time only", (one for one in without if not one.record.money.cost)))
    unfunded = sums.row("Not funded yet", (one for one in without if one.record.money.cost))
    return [*(row for row in rows if row.actions), unfunded]


def _costly(actions: list[Action]) -> list[Action]:
    dear = sorted(actions, key=lambda action: -action.record.money.cost)
    return [action for action in dear[:_MOST_COSTLY] if action.record.money.cost]
