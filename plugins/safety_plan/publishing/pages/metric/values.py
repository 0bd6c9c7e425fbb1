"""The values of a measure, newest first: a value, or which kind of nothing stands in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from safety_plan.plan.few_cases import needs_caution
from safety_plan.plan.things import Metric
from safety_plan.plan.withholding.links import smallest_shown_by_all
from safety_plan.publishing import words
from safety_plan.publishing.direction import unstable_remark
from safety_plan.publishing.exact import expected_plain
from safety_plan.publishing.view import Studio
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.observations import Observation, Standing
from safety_plan.results.dates import OwedValue
from safety_plan.results.line import expected_at, has_path
from safety_plan.results.stability import unstable

_Owed = Mapping[Period, OwedValue]
"""The values that a measure owes, by the time they are about."""

_PARTS = {"percent": ("Part", "Of"), "rate": ("Events", "Among")}
"""What the two numbers behind a value are called, by the kind of measure."""


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    record, result = metric.record, studio.results.metrics[metric.id]
    owed = {one.period: one for one in result.owed}
    rows = {one.period: _row(studio, record, one, owed) for one in record.observations}
    # A period that is shown in part has its line already.
    skipped = {one.period: _skipped_row(record, one) for one in result.skipped if one.period not in rows}
    coming = [] if result.next.period in rows else [_next_row(record, result.next)]
    given = [row for _, row in sorted({**rows, **skipped}.items(), reverse=True)]
    annual = [_row(studio, record, one, {}, path=False) for one in _newest_first(record.annual)]
    return {
        "rows": [*coming, *given],
        "shows": _Shows.of(record, given),
        "annual": annual,
        "annual_shows": _Shows.of(record, annual, path=False),
        "part_words": _PARTS.get(record.kind, ("", "")),
        "cases_word": "Events" if record.kind == "rate" else "Cases",
        "withheld_below": _withheld_below(studio, metric),
    }


def _withheld_below(studio: Studio, metric: Metric) -> int:
    """The count below which a number of this measure is withheld; 0 where none is withheld at present."""
    if not any(one.withheld for one in metric.record.every_observation):
        return 0
    return smallest_shown_by_all({one.id: one.record for one in studio.plan.metrics}, studio.plan.town)[metric.id]


def caution(studio: Studio, record: MetricRecord, one: Observation | None) -> str:
    """What a reader must know about a percentile of few cases; nothing for other values."""
    if one is None or not needs_caution(record, one, studio.plan.rules):
        return ""
    return f"Take care: only {words.count(one.n or 0, 'case')}, so chance can move this {record.percentile_name} a lot."


def anchor(one: Observation | OwedValue) -> str:
    """Where the line of a value stands in its table, after the table's own name: 2026-Q3."""
    return str(one.period)


def _newest_first(observations: tuple[Observation, ...]) -> list[Observation]:
    return sorted(observations, key=lambda observation: observation.period, reverse=True)


@dataclass(frozen=True)
class _Row:
    """A line of the table. `standing` says whether `value` is a number, or words for why there is none."""

    anchor: str
    period: str
    standing: Standing | Literal["not-given", "not-yet-due", "late"]
    value: str
    part: str = ""
    of: str = ""
    n: str = ""
    expected: str = ""
    remarks: str = ""

    @property
    def is_number(self) -> bool:
        """Whether there is a number to show, which may be zero."""
        return self.standing in ("value", "partial")

    @property
    def is_owed(self) -> bool:
        """Whether it is a number that never came or comes next, of which only the promise can be shown."""
        return self.standing in ("not-given", "not-yet-due", "late")


@dataclass(frozen=True)
class _Shows:
    """Which columns a table of values needs."""

    parts: bool
    n: bool
    expected: bool

    @classmethod
    def of(cls, record: MetricRecord, rows: list[_Row], *, path: bool = True) -> _Shows:
        return cls(
            parts=any(row.part for row in rows),
            n=any(row.n for row in rows),
            expected=path and has_path(record),
        )

    @property
    def columns(self) -> int:
        """How many columns there are beside that of the time."""
        return 1 + 2 * self.parts + self.n + self.expected


def _row(studio: Studio, record: MetricRecord, one: Observation, owed: _Owed, *, path: bool = True) -> _Row:
    expected = ""
    if path and has_path(record) and record.baseline and one.period.end >= record.baseline.period.end:
        expected = expected_plain(record, expected_at(record, one.period.end), one.number)
    return _Row(
        anchor=anchor(one),
        period=words.observation_period(record, one),
        standing=one.standing,
        value=words.nothing(one) if one.number is None else words.plain(record, one.number),
        part="" if one.part is None else words.number(one.part),
        of="" if one.of is None else words.number(one.of),
        n="" if one.n is None or one.withheld else words.number(one.n),
        expected=expected,
        remarks=" ".join(_remarks(studio, record, one, owed)),
    )


def _remarks(studio: Studio, record: MetricRecord, one: Observation, owed: _Owed) -> Iterator[str]:
    if any(_begins(record, change.since, one) for change in record.definition_changes if change.since):
        yield "Measured in a new way from here on."
    if one.note:
        yield one.note
    if warning := caution(studio, record, one):
        yield warning
    if shaky := unstable(record, one, studio.plan.rules):
        yield unstable_remark(shaky)
    if one.was is not None and one.corrected:
        was = words.value(record, one.was)
        yield f"Corrected on {words.date(one.corrected)}; it was {was}. {one.because}"
    if one.partial_until and one.period in owed:
        yield f"The whole period: {_promise(owed[one.period])}."
    if one.missing is None and one.last_day > studio.results.as_of:
        yield f"It is of days after {words.date(studio.results.as_of)}, so it does not count yet."


def _begins(record: MetricRecord, since: Period, one: Observation) -> bool:
    """Whether a value is the first one that a new definition holds for."""
    return one.period == min((other.period for other in record.observations if other.period >= since), default=None)


def _next_row(record: MetricRecord, owed: OwedValue) -> _Row:
    """The value that comes next, which nobody has yet."""
    standing: Literal["late", "not-yet-due"] = "late" if owed.days_late else "not-yet-due"
    return _Row(anchor(owed), words.period(owed.period, record.covers), standing, _promise(owed))


def _skipped_row(record: MetricRecord, owed: OwedValue) -> _Row:
    """A value that never came although a later one did."""
    promise = _promise(owed) if owed.days_late else f"promised by {words.date(owed.due)}"
    return _Row(anchor(owed), words.period(owed.period, record.covers), "not-given", f"not given, {promise}")


def _promise(owed: OwedValue) -> str:
    if owed.days_late:
        return f"promised for {words.date(owed.due)}: {words.days(owed.days_late)} late"
    return f"not yet due, promised by {words.date(owed.due)}"
