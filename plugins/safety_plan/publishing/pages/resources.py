"""What the plan can draw on: money by goal, kind of work and source; staff; technology; partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import get_args

from safety_plan.language import later, say
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Action, Goal
from safety_plan.publishing import words
from safety_plan.publishing.labels import APPROACHES, SYSTEMS, marked, said
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema import resources
from safety_plan.reading.schema.goals import Approach
from safety_plan.reading.schema.resources import Resources
from safety_plan.results.actions import ActionState
from safety_plan.results.results import actions_of

_APPROACHES: dict[Approach, str] = {
    "prevention": later("keeps harm from happening"),
    "response": later("helps when something has happened"),
    "recovery": later("gets people back on their feet afterwards"),
    "enforcement": later("makes people keep to the rules"),
    "community": later("works with residents on what lies beneath"),
    "governance": later("plans, checks and learns"),
}
"""What each kind of work does."""

_AGREEMENTS = {
    "mutual-aid": later("Mutual aid: help on request"),
    "automatic-aid": later("Automatic aid: help is sent at once"),
    "medical": later("Medical"),
    "co-response": later("Co-response: going to calls together"),
    "other": later("Other"),
}

_APART: tuple[Approach, ...] = ("prevention", "enforcement")
"""The kinds of work that are counted by themselves in a sentence of their own."""

_MOST_COSTLY = 10


@dataclass(frozen=True)
class _Sum:
    """A row of a table of money: whose it is, and how much of the whole."""

    name: str
    note: str
    approach: Approach | None
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
    by_approach = _by_approach(sums)
    register = plan.one(Resources)
    yield studio.page(
        "resources",
        place=register.at() if register else plan.document.at(),
        register=register,
        given_up=given_up,
        total=sums.row(say("All actions"), actions),
        by_goal=_by_goal(plan, sums),
        by_approach=by_approach,
        apart=[row for row in by_approach if row.approach in _APART],
        by_funding=_by_funding(plan, sums),
        costly=_costly(actions),
        staffed=[action for action in actions if action.record.money.staff],
        technology=plan.all(resources.Technology),
        technology_words=marked(SYSTEMS),
        agreements=plan.all(resources.Agreement),
        agreement_words=said(_AGREEMENTS),
        description=say("What the plan costs, who pays, and the technology and partners it relies on."),
    )


def _cost(actions: Iterable[Action]) -> int:
    return sum(action.record.money.cost for action in actions)


class _Sums:
    """Makes rows whose shares are all of the same whole."""

    def __init__(self, actions: list[Action]) -> None:
        self.actions = actions
        self._whole = _cost(actions)

    def row(self, name: str, actions: Iterable[Action], *, goal: Goal | None = None) -> _Sum:
        found = list(actions)
        cost = _cost(found)
        unfunded = _cost(action for action in found if action.record.money.funding is None)
        return _Sum(name, "", None, goal, len(found), cost, _share(cost, self._whole), unfunded)

    def of_kind(self, approach: Approach) -> _Sum:
        """The row of a kind of work, with what that kind does."""
        found = self.row(say(APPROACHES[approach]), (one for one in self.actions if one.record.approach == approach))
        return replace(found, approach=approach, note=say(_APPROACHES[approach]))


def _share(cost: int, whole: int) -> str:
    share = 100 * cost / whole if cost else 0
    return words.percent(words.number(share)) if share >= 1 or not cost else say("less than 1%")


def _by_goal(plan: Plan, sums: _Sums) -> list[_Sum]:
    counted = set(sums.actions)
    return [
        sums.row(goal.title, (action for action in actions_of(plan, goal) if action in counted), goal=goal)
        for goal in plan.goals
    ]


def _by_approach(sums: _Sums) -> list[_Sum]:
    """Every kind of work, also one that no action is of, so that prevention and enforcement stand apart."""
    return [sums.of_kind(approach) for approach in get_args(Approach)]


def _by_funding(plan: Plan, sums: _Sums) -> list[_Sum]:
    """The sources in the order of the plan's list; then what costs nothing, and what nobody pays for yet."""
    rows = [
        sums.row(source, (one for one in sums.actions if one.record.money.funding == source))
        for source in plan.categories.funding
    ]
    without = [action for action in sums.actions if action.record.money.funding is None]
    rows.append(sums.row(say("Needs working time only"), (one for one in without if not one.record.money.cost)))
    unfunded = sums.row(say("Not funded yet"), (one for one in without if one.record.money.cost))
    return [*(row for row in rows if row.actions), unfunded]


def _costly(actions: list[Action]) -> list[Action]:
    dear = sorted(actions, key=lambda action: -action.record.money.cost)
    return [action for action in dear[:_MOST_COSTLY] if action.record.money.cost]
