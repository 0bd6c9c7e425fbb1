"""The breakdowns of a measure: the same values, group by group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.plan.few_cases import needs_caution
from safety_plan.plan.things import Metric
from safety_plan.publishing import words
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
        [words.short_period(period) + ("" if period in whole else " so far") for period in periods],
        [
            _Group(group, [_cell(studio, metric, found.get((group, period)), whole) for period in periods])
            for group in groups
        ],
    )


def _cell(studio: Studio, metric: Metric, one: GroupObservation | None, whole: set[Period]) -> _Cell:
    record = metric.record
    if one is None:
        return _Cell("not-recorded", "not recorded")
    if one.number is None:
        return _Cell(one.standing, words.nothing(one))
    text = words.plain(record, one.number)
    notes = []
    if one.part is not None and one.of is not None:
        notes.append(f"{words.number(one.part)} of {words.number(one.of)}")
    elif one.n is not None:
        few = needs_caution(record, one, studio.plan.rules)
        notes.append(f"only {words.count(one.n, 'case')}, take care" if few else words.count(one.n, "case"))
    if one.partial_until and one.period in whole:
        notes.append(f"so far, to {words.date(one.partial_until)}")
    return _Cell(one.standing, f"{text} ({', '.join(notes)})" if notes else text)
