"""Bars: the groups of a breakdown side by side, in the newest period that is over."""

from __future__ import annotations

from dataclasses import dataclass

from safety_plan.language import later, say
from safety_plan.publishing import words
from safety_plan.publishing.charts.paths import short_value
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Breakdown, GroupObservation, Observation

_FEWEST = 2
_LONGEST = 70.0
"""How long the longest bar is, in per cent: what is left over holds its number."""

_ADDED_UP = ("count", "sum")
"""Kinds of measure whose groups add up to the whole: its bar would make theirs too short to compare."""


@dataclass(frozen=True)
class Bar:
    """A group, how long its bar is (in per cent), and what stands at its end; None where there is no number to show."""

    name: str
    length: float | None
    text: str
    whole: bool = False


@dataclass(frozen=True)
class Bars:
    """The groups of a breakdown in the order of its table, after the whole where that compares, and their time."""

    period: str
    bars: tuple[Bar, ...]


def bars(record: Metric, breakdown: Breakdown) -> Bars | None:
    """The bars of a breakdown; None where they would show nothing: of yes and no, below zero, or of a single number."""
    periods = [one.period for one in breakdown.observations if not one.partial_until]
    if not periods or record.kind == "yes-no":
        return None
    period = max(periods)
    found = {one.group: one for one in breakdown.observations if one.period == period}
    whole = [] if record.kind in _ADDED_UP else _whole(record, period)
    numbers = [one.number for one in (*whole, *found.values()) if one.number is not None]
    if len(numbers) - len(whole) < _FEWEST or min(numbers) < 0:
        return None
    longest = max(numbers)
    groups = dict.fromkeys(one.group for one in breakdown.observations)
    return Bars(
        words.period(period, record.covers),
        (
            *(_bar(record, say("Overall"), one, longest, whole=True) for one in whole),
            *(_bar(record, group, found.get(group), longest) for group in groups),
        ),
    )


def _whole(record: Metric, period: Period) -> list[Observation]:
    """The value of all groups together, where there is one for the time of theirs."""
    return [one for one in record.observations if one.period == period and one.standing == "value"]


_NONE = {"withheld": later("Withheld"), "missing": later("No value")}


def _bar(
    record: Metric, name: str, one: Observation | GroupObservation | None, longest: float, *, whole: bool = False
) -> Bar:
    if one is None:
        return Bar(name, None, say("not recorded"))
    if one.number is None:
        return Bar(name, None, say(_NONE[one.standing]))
    text = short_value(record, one.number)
    if one.partial_until:
        text = say("{value} so far", value=text)
    return Bar(name, round(_LONGEST * (one.number / longest), 2) if longest else 0.0, text, whole)
