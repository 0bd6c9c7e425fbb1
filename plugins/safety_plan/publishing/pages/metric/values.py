"""The values of a measure, newest first: a value, or which kind of nothing stands in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from safety_plan.language import later, say
from safety_plan.plan.few_cases import needs_caution, percentile_name
from safety_plan.plan.things import Metric
from safety_plan.plan.withholding.links import smallest_shown_by_all
from safety_plan.publishing import words
from safety_plan.publishing.charts.paths import target_at, target_in_table
from safety_plan.publishing.direction import unstable_remark
from safety_plan.publishing.exact import expected_plain
from safety_plan.publishing.sentences import joined
from safety_plan.publishing.view import Studio
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.observations import Observation, Standing
from safety_plan.results.dates import OwedValue
from safety_plan.results.line import expected_at, has_path
from safety_plan.results.past import PastStatus
from safety_plan.results.stability import unstable
from safety_plan.results.status import Status

_Owed = Mapping[Period, OwedValue]
"""The values that a measure owes, by the time they are about."""

_PARTS = {"percent": (later("Part"), later("Of")), "rate": (later("Events"), later("Among"))}
"""What the two numbers behind a value are called, by the kind of measure."""


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    record, result = metric.record, studio.results.metrics[metric.id]
    owed = {one.period: one for one in result.owed}
    past = {one.observation.period: one for one in result.past}
    rows = {
        one.period: _judged(record, _row(studio, record, one, owed), one, past.get(one.period))
        for one in record.observations
    }
    # A period that is shown in part has its line already.
    skipped = {one.period: _skipped_row(record, one) for one in result.skipped if one.period not in rows}
    coming = [] if result.next.period in rows else [_next_row(record, result.next)]
    given = [row for _, row in sorted({**rows, **skipped}.items(), reverse=True)]
    annual = [_row(studio, record, one, {}) for one in _newest_first(record.annual)]
    return {
        "rows": [*coming, *given],
        "shows": _Shows.of(given),
        "annual": annual,
        "annual_shows": _Shows.of(annual),
        "part_words": tuple(map(say, _PARTS[record.kind])) if record.kind in _PARTS else ("", ""),
        "cases_word": say("Events") if record.kind == "rate" else say("Cases"),
        "values_moved": words.date(result.moved[0].change.on) if result.moved and past else "",
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
    return say(
        "Take care: only {cases}, so chance can move this {percentile} a lot.",
        cases=words.count(one.n or 0, "case"),
        percentile=percentile_name(record),
    )


def anchor(one: Observation | OwedValue) -> str:
    """Where the line of a value stands in its table, after the table's own name: 2026-Q3."""
    return str(one.period)


def _newest_first(observations: tuple[Observation, ...]) -> list[Observation]:
    return sorted(observations, key=lambda observation: observation.period, reverse=True)


@dataclass(frozen=True)
class _Row:
    """A line of the table. `standing` says whether `value` is a number, or words for why there is none.

    `expected` is where the value should be by then, `target` the target that is next due then, and `status` what the
    value gives by the targets of today; None for one from before the start of the way, and where there is no number.
    """

    anchor: str
    period: str
    standing: Standing | Literal["not-given", "not-yet-due", "late"]
    value: str
    part: str = ""
    of: str = ""
    n: str = ""
    expected: str = ""
    target: str = ""
    status: Status | None = None
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
    target: bool
    status: bool

    @classmethod
    def of(cls, rows: list[_Row]) -> _Shows:
        return cls(
            parts=any(row.part for row in rows),
            n=any(row.n for row in rows),
            expected=any(row.expected for row in rows),
            target=any(row.target for row in rows),
            status=any(row.status for row in rows),
        )

    @property
    def columns(self) -> int:
        """How many columns there are beside that of the time."""
        return 1 + 2 * self.parts + self.n + self.expected + self.target + self.status


def _row(studio: Studio, record: MetricRecord, one: Observation, owed: _Owed) -> _Row:
    return _Row(
        anchor=anchor(one),
        period=words.observation_period(record, one),
        standing=one.standing,
        value=words.nothing(one) if one.number is None else words.plain(record, one.number),
        part="" if one.part is None else words.number(one.part),
        of="" if one.of is None else words.number(one.of),
        n="" if one.n is None or one.withheld else words.number(one.n),
        remarks=joined(_remarks(studio, record, one, owed)),
    )


def _judged(record: MetricRecord, row: _Row, one: Observation, past: PastStatus | None) -> _Row:
    """A line with where the value should be by then, the target, and the status that the value gives."""
    if not record.targets or record.better is None:
        return row
    return replace(
        row,
        expected=_expected(record, one, past),
        target=target_in_table(record, target_at(record, one.period.end)),
        status=past.status if past else None,
    )


def _expected(record: MetricRecord, one: Observation, past: PastStatus | None) -> str:
    """Where a value should be by its time; empty where nothing says so."""
    if record.kind == "yes-no":
        return ""
    if has_path(record) and record.baseline and one.period.end >= record.baseline.period.end:
        return expected_plain(record, expected_at(record, one.period.end), one.number)
    if past is not None and past.expected is not None:
        return expected_plain(record, past.expected, one.number)
    return ""


def _remarks(studio: Studio, record: MetricRecord, one: Observation, owed: _Owed) -> Iterator[str]:
    if any(_begins(record, change.since, one) for change in record.definition_changes if change.since):
        yield say("Measured in a new way from here on.")
    if one.note:
        yield one.note
    if warning := caution(studio, record, one):
        yield warning
    if shaky := unstable(record, one, studio.plan.rules):
        yield unstable_remark(shaky)
    if one.was is not None and one.corrected:
        yield say(
            "Corrected on {date}; it was {was}. {reason}",
            date=words.date(one.corrected),
            was=words.value(record, one.was),
            reason=one.because,
        )
    if one.partial_until and one.period in owed:
        yield say("The whole period: {promise}.", promise=_promise(owed[one.period]))
    if one.missing is None and one.last_day > studio.results.as_of:
        yield say("It is of days after {date}, so it does not count yet.", date=words.date(studio.results.as_of))


def _begins(record: MetricRecord, since: Period, one: Observation) -> bool:
    """Whether a value is the first one that a new definition holds for."""
    return one.period == min((other.period for other in record.observations if other.period >= since), default=None)


def _next_row(record: MetricRecord, owed: OwedValue) -> _Row:
    """The value that comes next, which nobody has yet."""
    standing: Literal["late", "not-yet-due"] = "late" if owed.days_late else "not-yet-due"
    return _Row(anchor(owed), words.period(owed.period, record.covers), standing, _promise(owed))


def _skipped_row(record: MetricRecord, owed: OwedValue) -> _Row:
    """A value that never came although a later one did."""
    text = say("not given, promised by {date}", date=words.date(owed.due))
    if owed.days_late:
        text = say("not given, {promise}", promise=_promise(owed))
    return _Row(anchor(owed), words.period(owed.period, record.covers), "not-given", text)


def _promise(owed: OwedValue) -> str:
    if owed.days_late:
        return say("promised for {date}: {days} late", date=words.date(owed.due), days=words.days(owed.days_late))
    return say("not yet due, promised by {date}", date=words.date(owed.due))
