"""Counts of a part of the plan in a sentence that hides nothing: what is well, what is not, what cannot be said."""

from __future__ import annotations

from collections import Counter

from safety_plan.publishing import words
from safety_plan.results.actions import ActionState
from safety_plan.results.rollup import Rollup
from safety_plan.results.status import Status


def in_a_sentence(found: Rollup) -> str:
    """How a part of the plan is going, in one sentence made from its counts."""
    parts = [_measures(found), _actions(found.actions)]
    if found.late_numbers:
        parts.append(f"{words.count(found.late_numbers, 'number')} {_be(found.late_numbers)} late")
    return f"{'; '.join(parts)}."


def in_short(found: Rollup) -> str:
    """The same for an objective, which stands above its own measures and actions: just the counts."""
    measures = [f"{number} {name}" for name, number in _statuses(found.aimed)]
    if found.without_target:
        measures.append(f"{found.without_target} without a target")
    actions = [f"{number} {name}" for name, number in _states(found.actions)]
    return " ".join(
        (
            f"{_counted(words.count(found.measures, 'measure'), measures)}",
            f"{_counted(words.count(found.actions.total(), 'action'), actions)}",
        )
    )


def _counted(total: str, parts: list[str]) -> str:
    return f"{total}: {', '.join(parts)}." if parts else f"{total}."


def _measures(found: Rollup) -> str:
    aimed = found.aimed.total()
    if not aimed:
        return "No measure has a target yet" if found.measures else "There is no measure yet"
    statuses = _statuses(found.aimed)
    if len(statuses) == 1:
        which = "The one measure" if aimed == 1 else f"All {words.count(aimed, 'measure')}"
        return f"{which} with a target {_be(aimed)} {statuses[0][0]}"
    good = sum(number for status, number in found.aimed.items() if status.group == "good")
    rest = [f"{number} {_be(number)} {name}" for name, number in statuses if name != _GOOD]
    start = f"{good or 'None'} of {words.count(aimed, 'measure')} with a target {_be(good or 1)} {_GOOD}"
    return words.listed([start, *rest])


_GOOD = "on track or met"


def _statuses(counts: Counter[Status]) -> list[tuple[str, int]]:
    """How many measures are called what, the good ones first. Nothing is left out: the numbers add up."""
    named = {
        _GOOD: [status for status in Status if status.group == "good"],
        "at risk": [status for status in Status if status.group == "warning"],
        "off track or missed": [status for status in Status if status.group == "bad"],
        Status.TOO_EARLY.words: [Status.TOO_EARLY],
        "without a status": [Status.NONE, Status.INFORMATION],
    }
    found = [(name, sum(counts[status] for status in statuses)) for name, statuses in named.items()]
    return [(name, number) for name, number in found if number]


def _actions(counts: Counter[ActionState]) -> str:
    total = counts.total()
    if not total:
        return "there is no action yet"
    states = _states(counts)
    if len(states) == 1:
        which = "the one action" if total == 1 else f"all {words.count(total, 'action')}"
        return f"{which} {_be(total)} {states[0][0]}"
    done = counts[ActionState.DONE] + counts[ActionState.DONE_LATE]
    rest = [f"{number} {_be(number)} {name}" for name, number in states if name != _DONE]
    start = f"{done or 'none'} of {words.count(total, 'action')} {_be(done or 1)} {_DONE}"
    return words.listed([start, *rest])


_DONE = "done"


def _states(counts: Counter[ActionState]) -> list[tuple[str, int]]:
    """How many actions are called what, in the order that a reader asks for them. The numbers add up."""
    named = {
        _DONE: [ActionState.DONE, ActionState.DONE_LATE],
        "under way": [ActionState.ON_SCHEDULE],
        "overdue": [ActionState.OVERDUE],
        "not started in time": [ActionState.STARTS_LATE],
        "paused": [ActionState.PAUSED],
        "not started yet": [ActionState.NOT_STARTED],
        "given up": [ActionState.CANCELLED],
    }
    found = [(name, sum(counts[state] for state in states)) for name, states in named.items()]
    return [(name, number) for name, number in found if number]


def _be(count: int) -> str:
    return "is" if count == 1 else "are"
