"""The values of a measure, newest first: a value, or which of the four kinds of nothing stands in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from safety_plan.plan.few_cases import needs_caution
from safety_plan.plan.things import Metric
from safety_plan.plan.withholding.links import smallest_shown
from safety_plan.publishing import words
from safety_plan.publishing.direction import unstable_remark
from safety_plan.publishing.view import Studio
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.observations import Observation, Standing
from safety_plan.results.dates import NextValue
from safety_plan.results.line import expected_at, has_path
from safety_plan.results.stability import unstable

_PARTS = {"percent": ("Part", "Of"), "rate": ("Events", "Among")}
"""What the two numbers behind a value are called, by the kind of measure."""


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    record, owed = metric.record, studio.results.metrics[metric.id].next
    rows = [_row(studio, record, one, owed) for one in _newest_first(record.observations)]
    annual = [_row(studio, record, one, None, path=False) for one in _newest_first(record.annual)]
    return {
        "rows": [*_owed_row(record, owed), *rows],
        "shows": _Shows.of(record, rows),
        "annual": annual,
        "annual_shows": _Shows.of(record, annual, path=False),
        "part_words": _PARTS.get(record.kind, ("", "")),
        "withheld_below": _withheld_below(studio, record),
    }


def _withheld_below(studio: Studio, record: MetricRecord) -> int:
    """The count below which a number of this measure is withheld; 0 where none is withheld at present."""
    return smallest_shown(record, studio.plan.town) if any(one.withheld for one in record.every_observation) else 0


def caution(studio: Studio, record: MetricRecord, one: Observation | None) -> str:
    """What a reader must know about a percentile of few cases; nothing for other values."""
    if one is None or not needs_caution(record, one, studio.plan.rules):
        return ""
    return f"Take care: only {words.count(one.n or 0, 'case')}, so chance can move this {record.percentile_name} a lot."


def _newest_first(observations: tuple[Observation, ...]) -> list[Observation]:
    return sorted(observations, key=lambda observation: observation.period, reverse=True)


@dataclass(frozen=True)
class _Row:
    """A line of the table. `standing` says whether `value` is a number, or words for why there is none."""

    period: str
    standing: Standing | Literal["not-yet-due", "late"]
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
        """Whether it is the number that comes next, of which only the promise can be shown."""
        return self.standing in ("not-yet-due", "late")


@dataclass(frozen=True)
class _Shows:
    """Which columns a table of values needs."""

    parts: bool
    n: bool
    expected: bool
    remarks: bool

    @classmethod
    def of(cls, record: MetricRecord, rows: list[_Row], *, path: bool = True) -> _Shows:
        return cls(
            parts=any(row.part for row in rows),
            n=any(row.n for row in rows),
            expected=path and has_path(record),
            remarks=any(row.remarks for row in rows),
        )

    @property
    def columns(self) -> int:
        """How many columns there are beside that of the time."""
        return 1 + 2 * self.parts + self.n + self.expected + self.remarks


def _row(studio: Studio, record: MetricRecord, one: Observation, owed: NextValue | None, *, path: bool = True) -> _Row:
    expected = ""
    if path and has_path(record) and record.baseline and one.period.end >= record.baseline.period.end:
        expected = words.plain(record, words.rounded(record, expected_at(record, one.period.end)))
    return _Row(
        period=words.observation_period(record, one),
        standing=one.standing,
        value=words.nothing(one) if one.number is None else words.plain(record, one.number),
        part="" if one.part is None else words.number(one.part),
        of="" if one.of is None else words.number(one.of),
        n="" if one.n is None or one.withheld else words.number(one.n),
        expected=expected,
        remarks=" ".join(_remarks(studio, record, one, owed)),
    )


def _remarks(studio: Studio, record: MetricRecord, one: Observation, owed: NextValue | None) -> Iterator[str]:
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
    if owed is not None and one.partial_until and one.period == owed.period:
        yield f"The whole period: {_promise(owed)}."


def _begins(record: MetricRecord, since: Period, one: Observation) -> bool:
    """Whether a value is the first one that a new definition holds for."""
    return one.period == min((other.period for other in record.observations if other.period >= since), default=None)


def _owed_row(record: MetricRecord, owed: NextValue | None) -> Iterator[_Row]:
    """The next value, which nobody has yet; a period that is shown in part has its line already."""
    if owed is not None and all(one.period != owed.period for one in record.observations):
        standing: Literal["late", "not-yet-due"] = "late" if owed.days_late else "not-yet-due"
        yield _Row(words.period(owed.period, record.covers), standing, _promise(owed))


def _promise(owed: NextValue) -> str:
    if owed.days_late:
        return f"promised for {words.date(owed.due)}: {words.days(owed.days_late)} late"
    return f"not yet due, promised by {words.date(owed.due)}"
