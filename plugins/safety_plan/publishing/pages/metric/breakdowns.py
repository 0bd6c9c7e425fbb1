"""The breakdowns of a measure: the same values, group by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safety_plan.language import say, say_in
from safety_plan.plan.few_cases import needs_caution
from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.charts.bars import Bars, bars
from safety_plan.publishing.view import Studio
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.observations import Breakdown, GroupObservation

_MOST_PERIODS = 5


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    return {"breakdowns": [_split(studio, metric, one) for one in metric.record.breakdowns]}


@dataclass(frozen=True)
class _Cell:
    """What stands in a cell: a number, or the kind of nothing that stands in its place."""

    standing: str
    text: str


@dataclass(frozen=True)
class _Group:
    group: str
    cells: list[_Cell]


@dataclass(frozen=True)
class _Split:
    by: str
    bars: Bars | None
    periods: list[str]
    rows: list[_Group]


def _split(studio: Studio, metric: Metric, breakdown: Breakdown) -> _Split:
    """The newest periods of a breakdown, side by side, so that a table fits a phone."""
    periods = sorted({one.period for one in breakdown.observations}, reverse=True)[:_MOST_PERIODS]
    groups = dict.fromkeys(one.group for one in breakdown.observations)
    found = {(one.group, one.period): one for one in breakdown.observations}
    # Where only some groups of a period are partial, their cells say so themselves.
    whole = {one.period for one in breakdown.observations if not one.partial_until}
    return _Split(
        breakdown.by,
        bars(metric.record, breakdown),
        [_head(period, over=period in whole) for period in periods],
        [
            _Group(group, [_cell(studio, metric, found.get((group, period)), whole) for period in periods])
            for group in groups
        ],
    )


def _head(period: Period, *, over: bool) -> str:
    short = words.short_period(period)
    return short if over else say("{period} so far", period=short)


def _cell(studio: Studio, metric: Metric, one: GroupObservation | None, whole: set[Period]) -> _Cell:
    record = metric.record
    if one is None:
        return _Cell("not-recorded", say("not recorded"))
    if one.number is None:
        return _Cell(one.standing, words.nothing(one))
    text = words.plain(record, one.number)
    notes = list(_notes(studio, metric, one, whole))
    if not notes:
        return _Cell(one.standing, text)
    return _Cell(one.standing, say("{value} ({notes})", value=text, notes=", ".join(notes)))


def _notes(studio: Studio, metric: Metric, one: GroupObservation, whole: set[Period]) -> Iterator[str]:
    """What stands behind a number: its parts or its cases, and how far it goes where its period is not over."""
    if one.part is not None and one.of is not None:
        yield say_in("parts", "{part} of {whole}", part=words.number(one.part), whole=words.number(one.of))
    elif one.n is not None:
        cases = words.count(one.n, "case")
        few = needs_caution(metric.record, one, studio.plan.rules)
        yield say("only {cases}, take care", cases=cases) if few else cases
    if one.partial_until and one.period in whole:
        yield say("so far, to {date}", date=words.date(one.partial_until))
