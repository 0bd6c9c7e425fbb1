"""Counts of a part of the plan in a sentence that hides nothing: what is well, what is not, what cannot be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from safety_plan.language import later, say, say_n
from safety_plan.publishing import words
from safety_plan.results.actions import ActionState
from safety_plan.results.rollup import Rollup
from safety_plan.results.state import State
from safety_plan.results.status import Status

_S = TypeVar("_S", bound=State)


@dataclass(frozen=True)
class _Group(Generic[_S]):
    """States that are counted together, and how their number is said.

    `one` and `every` are the clauses where all are of this group: the only one there is, or all of several. `some` is
    a clause that follows others, and `short` stands in a list of counts; both are made from the number, which is given
    as it is and written out.
    """

    states: tuple[_S, ...]
    one: str
    every: str
    some: Callable[[int, str], str]
    short: Callable[[int, str], str]


_GOOD = _Group(
    tuple(status for status in Status if status.group == "good"),
    later("The one measure with a target is on track or met"),
    later("All {measures} with a target are on track or met"),
    lambda amount, n: say_n("{n} is on track or met", "{n} are on track or met", amount, n=n),
    lambda amount, n: say_n("{n} on track or met", "{n} on track or met", amount, n=n),
)
_STATUSES = (
    _GOOD,
    _Group(
        tuple(status for status in Status if status.group == "warning"),
        later("The one measure with a target is at risk"),
        later("All {measures} with a target are at risk"),
        lambda amount, n: say_n("{n} is at risk", "{n} are at risk", amount, n=n),
        lambda amount, n: say_n("{n} at risk", "{n} at risk", amount, n=n),
    ),
    _Group(
        tuple(status for status in Status if status.group == "bad"),
        later("The one measure with a target is off track or missed"),
        later("All {measures} with a target are off track or missed"),
        lambda amount, n: say_n("{n} is off track or missed", "{n} are off track or missed", amount, n=n),
        lambda amount, n: say_n("{n} off track or missed", "{n} off track or missed", amount, n=n),
    ),
    _Group(
        (Status.TOO_EARLY,),
        later("The one measure with a target is too early to say"),
        later("All {measures} with a target are too early to say"),
        lambda amount, n: say_n("{n} is too early to say", "{n} are too early to say", amount, n=n),
        lambda amount, n: say_n("{n} too early to say", "{n} too early to say", amount, n=n),
    ),
    _Group(
        (Status.NONE, Status.INFORMATION),
        later("The one measure with a target is without a status"),
        later("All {measures} with a target are without a status"),
        lambda amount, n: say_n("{n} is without a status", "{n} are without a status", amount, n=n),
        lambda amount, n: say_n("{n} without a status", "{n} without a status", amount, n=n),
    ),
)
"""The statuses of measures, the good ones first. None is left out: the numbers add up."""

_DONE = _Group(
    (ActionState.DONE, ActionState.DONE_LATE),
    later("the one action is done"),
    later("all {actions} are done"),
    lambda amount, n: say_n("{n} is done", "{n} are done", amount, n=n),
    lambda amount, n: say_n("{n} done", "{n} done", amount, n=n),
)
_STATES = (
    _DONE,
    _Group(
        (ActionState.ON_SCHEDULE,),
        later("the one action is under way"),
        later("all {actions} are under way"),
        lambda amount, n: say_n("{n} is under way", "{n} are under way", amount, n=n),
        lambda amount, n: say_n("{n} under way", "{n} under way", amount, n=n),
    ),
    _Group(
        (ActionState.OVERDUE,),
        later("the one action is overdue"),
        later("all {actions} are overdue"),
        lambda amount, n: say_n("{n} is overdue", "{n} are overdue", amount, n=n),
        lambda amount, n: say_n("{n} overdue", "{n} overdue", amount, n=n),
    ),
    _Group(
        (ActionState.STARTS_LATE,),
        later("the one action is not started in time"),
        later("all {actions} are not started in time"),
        lambda amount, n: say_n("{n} is not started in time", "{n} are not started in time", amount, n=n),
        lambda amount, n: say_n("{n} not started in time", "{n} not started in time", amount, n=n),
    ),
    _Group(
        (ActionState.PAUSED,),
        later("the one action is paused"),
        later("all {actions} are paused"),
        lambda amount, n: say_n("{n} is paused", "{n} are paused", amount, n=n),
        lambda amount, n: say_n("{n} paused", "{n} paused", amount, n=n),
    ),
    _Group(
        (ActionState.NOT_STARTED,),
        later("the one action is not started yet"),
        later("all {actions} are not started yet"),
        lambda amount, n: say_n("{n} is not started yet", "{n} are not started yet", amount, n=n),
        lambda amount, n: say_n("{n} not started yet", "{n} not started yet", amount, n=n),
    ),
    _Group(
        (ActionState.CANCELLED,),
        later("the one action is given up"),
        later("all {actions} are given up"),
        lambda amount, n: say_n("{n} is given up", "{n} are given up", amount, n=n),
        lambda amount, n: say_n("{n} given up", "{n} given up", amount, n=n),
    ),
)
"""The states of actions, in the order that a reader asks for them. None is left out: the numbers add up."""


def in_a_sentence(found: Rollup) -> str:
    """How a part of the plan is going, in one sentence made from its counts."""
    parts = [_measures(found), _actions(found.actions)]
    if late := found.late_numbers:
        parts.append(say_n("{n} number is late", "{n} numbers are late", late, n=words.number(late)))
    return f"{'; '.join(parts)}."


def in_short(found: Rollup) -> str:
    """The same for an objective, which stands above its own measures and actions: just the counts."""
    measures = _counts(_STATUSES, found.aimed)
    if aimless := found.without_target:
        number = words.number(aimless)
        measures.append(say_n("{n} without a target", "{n} without a target", aimless, n=number))
    actions = _counts(_STATES, found.actions)
    return " ".join(
        (
            _counted(words.count(found.measures, "measure"), measures),
            _counted(words.count(found.actions.total(), "action"), actions),
        )
    )


def _counted(total: str, parts: list[str]) -> str:
    return f"{total}: {', '.join(parts)}." if parts else f"{total}."


def _counts(groups: tuple[_Group[_S], ...], counts: Counter[_S]) -> list[str]:
    return [group.short(amount, words.number(amount)) for group, amount in _grouped(groups, counts)]


def _grouped(groups: tuple[_Group[_S], ...], counts: Counter[_S]) -> list[tuple[_Group[_S], int]]:
    """How many there are of each group, in order; groups without any are left out."""
    found = [(group, sum(counts[state] for state in group.states)) for group in groups]
    return [(group, amount) for group, amount in found if amount]


def _rest(found: list[tuple[_Group[_S], int]], first: _Group[_S]) -> list[str]:
    return [group.some(amount, words.number(amount)) for group, amount in found if group is not first]


def _measures(found: Rollup) -> str:
    aimed = found.aimed.total()
    if not aimed:
        return say("No measure has a target yet") if found.measures else say("There is no measure yet")
    groups, measures = _grouped(_STATUSES, found.aimed), words.count(aimed, "measure")
    if len(groups) == 1:
        group, _ = groups[0]
        return say(group.one) if aimed == 1 else say(group.every, measures=measures)
    return words.listed([_good(sum(found.aimed[status] for status in _GOOD.states), measures), *_rest(groups, _GOOD)])


def _good(good: int, measures: str) -> str:
    if not good:
        return say("None of {measures} with a target is on track or met", measures=measures)
    return say_n(
        "{n} of {measures} with a target is on track or met",
        "{n} of {measures} with a target are on track or met",
        good,
        n=words.number(good),
        measures=measures,
    )


def _actions(counts: Counter[ActionState]) -> str:
    total = counts.total()
    if not total:
        return say("there is no action yet")
    groups, actions = _grouped(_STATES, counts), words.count(total, "action")
    if len(groups) == 1:
        group, _ = groups[0]
        return say(group.one) if total == 1 else say(group.every, actions=actions)
    return words.listed([_done(sum(counts[state] for state in _DONE.states), actions), *_rest(groups, _DONE)])


def _done(done: int, actions: str) -> str:
    if not done:
        return say("none of {actions} is done", actions=actions)
    return say_n("{n} of {actions} is done", "{n} of {actions} are done", done, n=words.number(done), actions=actions)
