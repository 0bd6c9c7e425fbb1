"""Measures whose number is taken from a register of this plan: does the register say the same?

A register is asked how it stood when the last day of the newest period was over: what was due by that day and not done
by it counts as missed. It can only tell what it still knows. Where a duty was done again since, its dates of then are
gone; it may have been current or not, and so the register gives a range.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from safety_plan.language import later
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.compliance import Requirement
from safety_plan.reading.schema.goals import Action
from safety_plan.reading.schema.metrics import Covers
from safety_plan.reading.schema.people import Exercise
from safety_plan.results.actions import is_done

Register = Literal["duties-current", "actions-on-schedule", "exercises-held"]

COUNTED = {
    "duties-current": later("legal duties whose date had not passed, divided by all that apply"),
    "actions-on-schedule": later(
        "actions done, or begun and neither paused nor past their due date, divided by all whose start date had come, "
        "without those given up"
    ),
    "exercises-held": later("exercises held in the time that the number covers"),
}
"""How each register is counted, in words; to be said."""


@dataclass(frozen=True)
class Tally:
    """What a register counts: how many do, of how many (None for a plain count), and of how many it cannot know."""

    number: int
    of: int | None = None
    unknown: int = 0


@dataclass(frozen=True)
class Mirror:
    """What a register gives for the newest value of a measure that is taken from it.

    `possible` holds every value that the register allows, in the measure's unit, lowest first: one where it knows all,
    more where it cannot know some; none where it has nothing to count. `typed` is the number that the measure shows.
    """

    register: Register
    period: Period
    day: dt.date
    typed: float
    possible: tuple[float, ...]
    tally: Tally
    agrees: bool


def mirror(plan: Plan, metric: Metric) -> Mirror | None:
    """What the register says that a measure is taken from; None where it is taken from none, or has no number.

    Only a percent can be held against a share of the register, and only a count or sum against a number of things.
    """
    record = metric.record
    numbers = [one for one in record.observations if one.number is not None]
    if record.mirrors is None or not numbers:
        return None
    newest = max(numbers, key=lambda one: one.period)
    day = newest.partial_until or newest.period.end
    found = tally(plan, record.mirrors, newest.period, day, record.covers)
    if newest.number is None or (found.of is None) != (record.kind in ("count", "sum")):
        return None
    if found.of is not None and record.kind != "percent":
        return None
    possible = _possible(found)
    # A typed number is rounded to the measure's decimals: half of the last one may be missing or too much.
    near = 0.5 * 10**-record.decimals + 1e-9
    agrees = any(abs(value - newest.number) <= near for value in possible) or not possible
    return Mirror(record.mirrors, newest.period, day, newest.number, possible, found, agrees)


def tally(plan: Plan, register: Register, period: Period, day: dt.date, covers: Covers) -> Tally:
    """What a register counts on this day, the last one of a value for `period` that covers the time `covers` says."""
    if register == "exercises-held":
        start = _start(period, covers)
        return Tally(sum(start <= one.record.on <= day for one in plan.all(Exercise)))
    if register == "duties-current":
        return _share([_duty_then(one.record, day) for one in plan.requirements])
    return _share([_action_then(one.record, day) for one in plan.actions])


_YEARS: dict[Covers, int] = {"rolling-12-months": 1, "rolling-36-months": 3}


def _start(period: Period, covers: Covers) -> dt.date:
    """The first day of the time that a value covers."""
    if covers == "running-total":
        return dt.date.min
    if covers == "year-to-date":
        return period.year_start
    if covers in _YEARS:
        month = dt.date(period.end.year - _YEARS[covers], period.end.month, 1)
        return (month + dt.timedelta(days=31)).replace(day=1)
    return period.start


class _Then(Enum):
    """How an entry of a register stood once a day was over."""

    GOOD = "good"
    MISSED = "missed"
    UNKNOWN = "not known any more"
    LEFT_OUT = "left out"


def _share(found: list[_Then]) -> Tally:
    of = len(found) - found.count(_Then.LEFT_OUT)
    return Tally(found.count(_Then.GOOD), of, found.count(_Then.UNKNOWN))


def _duty_then(duty: Requirement, day: dt.date) -> _Then:
    if duty.does_not_apply and duty.does_not_apply.since <= day:
        return _Then.LEFT_OUT
    if duty.last_done and duty.last_done > day:
        return _Then.UNKNOWN
    if duty.next_due is None:
        return _Then.GOOD if duty.last_done else _Then.MISSED
    return _Then.GOOD if duty.next_due > day else _Then.MISSED


def _action_then(action: Action, day: dt.date) -> _Then:
    if action.start > day or (action.cancelled and action.cancelled.since <= day):
        return _Then.LEFT_OUT
    if is_done(action, day):
        return _Then.GOOD
    paused = action.paused is not None and action.paused.since <= day
    # How far the work was on that day nobody wrote down; what is not begun even now was not begun then.
    begun = action.progress > 0
    return _Then.GOOD if begun and not paused and action.due > day else _Then.MISSED


def _possible(found: Tally) -> tuple[float, ...]:
    """Every value that a register allows, lowest first, where each unknown entry may count or not."""
    numbers = range(found.number, found.number + found.unknown + 1)
    if found.of is None:
        return tuple(float(number) for number in numbers)
    return tuple(100 * number / found.of for number in numbers) if found.of else ()
