"""The rows of the workbook: one for each number that is asked for, with what helps to fill it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safety_plan.editing.workbook import Row
from safety_plan.plan.plan import Plan
from safety_plan.publishing import words
from safety_plan.publishing.figures import in_plain_text
from safety_plan.reading.schema.metrics import Covers, Metric
from safety_plan.reading.schema.observations import Breakdown, Observation
from safety_plan.results.owed import AskedValue
from safety_plan.results.results import Results

_COVERS: dict[Covers, str] = {
    "period": "",
    "year-to-date": "Counted from the start of the year to the end of the period.",
    "running-total": "All there were so far, up to the end of the period.",
    "rolling-12-months": "For the 12 months up to the end of the period.",
    "rolling-36-months": "For the 3 years up to the end of the period.",
}
_OF_CASES = ("mean", "median", "percentile", "percent", "rate", "index")
"""The kinds of value behind which a number of cases stands."""

_SAID = frozenset({"Why missing", "Note"})
"""The columns that every row asks for."""


def rows_of(plan: Plan, results: Results, asked: AskedValue) -> Iterator[Row]:
    """The row for a number, and one for each group into which the measure is split."""
    record = asked.metric.record
    yield _row(plan, results, asked, "", record.observations)
    for breakdown in record.breakdowns:
        for group in _groups(breakdown):
            of_group = [one for one in breakdown.observations if one.group == group]
            yield _row(plan, results, asked, group, of_group)


def _groups(breakdown: Breakdown) -> list[str]:
    """The groups that the newest time of a breakdown has, in the order of the file."""
    newest = max((one.period for one in breakdown.observations), default=None)
    return list(dict.fromkeys(one.group for one in breakdown.observations if one.period == newest))


def _row(plan: Plan, results: Results, asked: AskedValue, group: str, given: Iterable[Observation]) -> Row:
    record = asked.metric.record
    before = sorted((one for one in given if one.period <= asked.period), key=lambda one: one.period)
    there = any(one.period == asked.period and not one.partial_until for one in before)
    return Row(
        measure=record.name,
        id=asked.metric.id,
        group=group,
        period=str(asked.period),
        unit="Yes or No" if record.kind == "yes-no" else record.unit,
        last=_last(record, before),
        about=in_plain_text(_about(record), plan, results),
        when=_when(record, asked),
        kind=record.kind,
        open=_open(record, before) | ({"Corrected because"} if there else frozenset()),
    )


def _open(record: Metric, before: list[Observation]) -> frozenset[str]:
    """The columns in which the number is given: as the newest one was; for the first one, in each way there is."""
    newest = next((one for one in reversed(before) if one.number is not None), None)
    parts = newest.part is not None if newest is not None else record.kind in ("percent", "rate")
    cases = newest.n is not None if newest is not None else record.kind in _OF_CASES
    value = newest is None or newest.part is None
    found = (("Value", value), ("Part", parts), ("Of", parts), ("Cases", cases))
    return _SAID | {name for name, asked in found if asked}


def _last(record: Metric, before: list[Observation]) -> str:
    """The newest value so far, in the unit in which it is typed, and its time."""
    if not before:
        return "None so far"
    newest = before[-1]
    if newest.number is None:
        return f"{words.withheld() if newest.withheld else 'No number'} ({newest.period})"
    typed = record.model_copy(update={"shown_as": "number"})
    parts = f"{newest.part} of {newest.of}, " if newest.part is not None else ""
    so_far = ", so far" if newest.partial_until else ""
    return f"{words.value(typed, newest.number)} ({parts}{newest.period}{so_far})"


def _about(record: Metric) -> str:
    """What is counted, how it is worked out, and where it comes from."""
    source = record.source
    per = f"Per {words.number(record.per)}." if record.per else ""
    percentile = f"The {record.percentile_name}." if record.percentile else ""
    method = f"How: {source.method}." if source.method else ""
    time = f"In {record.unit}: not as minutes:seconds." if record.shown_as == "minutes-seconds" else ""
    lines = (record.definition, percentile, per, _COVERS[record.covers], time, method, f"From: {source.name}.")
    return "\n".join(line.replace("..", ".") for line in lines if line)


def _when(record: Metric, asked: AskedValue) -> str:
    """The time that a number is about, and by when it is due."""
    time = words.period(asked.period, record.covers)
    time = f"{time[:1].upper()}{time[1:]}"
    if asked.owed is None:
        return f"{time}.\nThe plan has this already. Fill in this row only to correct it."
    late = f" It is {words.days(asked.owed.days_late)} late." if asked.owed.days_late else ""
    return f"{time}.\nDue by {words.date(asked.owed.due)}.{late}"
