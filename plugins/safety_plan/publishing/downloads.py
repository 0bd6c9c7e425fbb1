"""What other programs can read: a table of each measure's numbers as CSV, and all results as JSON.

A table is CSV after RFC 4180: lines end with CR LF, a cell with a comma, a quote or a line break stands in quotes, and
the first line holds the names of the columns, which are the same in every table. See `COLUMNS`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from typing import Literal, TypeVar

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric as MetricThing
from safety_plan.publishing.addresses import RESULTS, csv_address
from safety_plan.publishing.charts.paths import target_at
from safety_plan.publishing.figures import in_plain_text
from safety_plan.publishing.pages.metric.working import explained
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Covers, Metric
from safety_plan.reading.schema.observations import Observation, Standing
from safety_plan.results.dates import OwedValue
from safety_plan.results.line import expected_at, has_path
from safety_plan.results.past import PastStatus
from safety_plan.results.report import report
from safety_plan.results.report.plain import Text
from safety_plan.results.results import MetricResult, Results

COLUMNS = (
    "period",
    "from",
    "to",
    "value",
    "unit",
    "state",
    "reason",
    "part",
    "of",
    "n",
    "expected",
    "target",
    "target_low",
    "target_high",
    "status",
    "by",
    "group",
    "was",
    "corrected",
    "corrected_because",
    "note",
)
"""The columns of a table of numbers.

`period` is as in the plan's files, `from` and `to` are the first and the last day that the value covers; what has been
counted ever since has no first day. `state` is "value" (which may be zero), "partial" (of a period that is not over),
"missing", "withheld", "not-given" (and a later one was), "not-yet-due" or "late"; `reason` says why there is no value,
or until when a partial one counts. `part`, `of` and `n` are what stands behind a value. `expected` is where the way to
the target is at the end of the period, `target` the target that is next due then, and `status` what the value gives by
the targets of today; a value from before the start of the way has none. `by` and `group` say which group of a
breakdown a line is about; both are empty for the measure as a whole. `was` is the value before it was corrected.
"""

Seen = TypeVar("Seen", bound=Observation)


def downloads(plan: Plan, results: Results) -> dict[str, str]:
    """Every file to download, by its address."""
    tables = {csv_address(metric): metric_csv(plan, results, metric) for metric in plan.metrics}
    return {RESULTS: results_json(plan, results), **tables}


def results_json(plan: Plan, results: Results) -> str:
    """All results as JSON; see `safety_plan.results.report` for what it holds."""
    found = report(
        plan,
        results,
        lambda line: in_plain_text(line, plan, results),
        lambda metric: explained(metric.record, results.metrics[metric.id].assessment, plan.rules),
    )
    return f"{json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1)}\n"


def metric_csv(plan: Plan, results: Results, metric: MetricThing) -> str:
    """All numbers of a metric as CSV: its own with those it owes, those of whole years, then those of groups."""
    rows = _rows(metric.record, results.metrics[metric.id], lambda line: in_plain_text(line, plan, results))
    return "".join(_line(cells) for cells in (COLUMNS, *map(astuple, rows)))


Cell = str | float | dt.date | None


@dataclass(frozen=True)
class _Row:
    """A line of a table: its cells in the order of COLUMNS."""

    period: str
    first: dt.date | None
    last: dt.date
    value: float | None
    unit: str
    state: Standing | Literal["not-given", "not-yet-due", "late"]
    reason: str = ""
    part: int | None = None
    of: int | None = None
    n: int | None = None
    expected: float | None = None
    target: float | None = None
    target_low: float | None = None
    target_high: float | None = None
    status: str = ""
    by: str = ""
    group: str = ""
    was: float | None = None
    corrected: dt.date | None = None
    corrected_because: str = ""
    note: str = ""


def _rows(record: Metric, result: MetricResult, text: Text) -> Iterator[_Row]:
    past = {one.observation.period: one for one in result.past}
    own = [
        (one.period, _judged(_row(record, one, record.covers, text), past.get(one.period)))
        for one in record.observations
    ]
    shown = {period for period, _ in own}
    own += [(one.period, _owed_row(record, one, result)) for one in result.owed if one.period not in shown]
    for _, row in sorted(own, key=lambda pair: pair[0]):
        yield _aimed(record, row)
    for one in _in_order(record.annual):
        yield _row(record, one, "period", text)
    for breakdown in record.breakdowns:
        for one in _in_order(breakdown.observations):
            yield replace(_row(record, one, record.covers, text), by=breakdown.by, group=one.group)


def _in_order(observations: Iterable[Seen]) -> list[Seen]:
    return sorted(observations, key=lambda one: one.period)


def _row(record: Metric, one: Observation, covers: Covers, text: Text) -> _Row:
    # What stands behind a number that is not shown could give it away.
    shown = one.number is not None
    return _Row(
        period=str(one.period),
        first=_first_day(one.period, covers),
        last=one.period.end,
        value=one.number,
        unit=record.unit,
        state=one.standing,
        reason=_reason(one, text),
        part=one.part if shown else None,
        of=one.of if shown else None,
        n=one.n if shown else None,
        was=None if one.withheld else one.was,
        corrected=one.corrected,
        corrected_because=text(one.because or ""),
        note=text(one.note or ""),
    )


def _reason(one: Observation, text: Text) -> str:
    """Why there is no value, or how far one of a period that is not over goes."""
    if one.withheld:
        return "too few, or kept back so that none that are too few can be worked out"
    return f"so far, up to {one.partial_until}" if one.partial_until else text(one.missing or "")


def _owed_row(record: Metric, owed: OwedValue, result: MetricResult) -> _Row:
    """A value that nobody has: one that was skipped, or the one that comes next."""
    state: Literal["late", "not-yet-due"] = "late" if owed.days_late else "not-yet-due"
    return _Row(
        period=str(owed.period),
        first=_first_day(owed.period, record.covers),
        last=owed.period.end,
        value=None,
        unit=record.unit,
        state="not-given" if owed in result.skipped else state,
        reason=f"promised by {owed.due}",
    )


def _judged(row: _Row, past: PastStatus | None) -> _Row:
    """A line with the status that its value gives, and with what was expected of it, where that decides."""
    if past is None:
        return row
    return replace(row, status=past.status.value[0], expected=past.expected)


def _aimed(record: Metric, row: _Row) -> _Row:
    """A line of the measure as a whole with where the way to its target is by then, and the target that is next due."""
    if not record.targets:
        return row
    target = target_at(record, row.last)
    begun = record.baseline is not None and row.last >= record.baseline.period.end
    return replace(
        row,
        expected=expected_at(record, row.last) if begun and has_path(record) else row.expected,
        target=target.value,
        target_low=target.low,
        target_high=target.high,
    )


_YEARS_BACK: dict[Covers, int] = {"rolling-12-months": 1, "rolling-36-months": 3}


def _first_day(period: Period, covers: Covers) -> dt.date | None:
    """The first day that a value covers; None where it counts all there ever was."""
    if covers == "running-total":
        return None
    if covers == "year-to-date":
        return period.year_start
    back = _YEARS_BACK.get(covers)
    if back is None:
        return period.start
    # A period ends with a month, so that the day after is the first of one, which every year has.
    after = period.end + dt.timedelta(days=1)
    return after.replace(year=after.year - back)


def _line(cells: Iterable[Cell]) -> str:
    return f"{','.join(map(_cell, cells))}\r\n"


def _cell(cell: Cell) -> str:
    """A cell as it is written. Numbers are not rounded, and a whole number has no point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    if not isinstance(cell, str):
        return str(cell)
    # A spreadsheet would take such a text for a formula and work it out; with the mark in front it stays a text.
    text = f"'{cell}" if cell.startswith(_FORMULA) else cell
    return '"{}"'.format(text.replace('"', '""')) if any(sign in text for sign in _QUOTED) else text


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = (",", '"', "\r", "\n")
