"""The latest value of a measure beside an earlier one, in words: two numbers, and no claim of a trend."""

from __future__ import annotations

from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.comparison import Added, Comparison, added
from safety_plan.results.results import MetricResult

_NO_TREND = "That is two values, not a trend."


def side_by_side(metric: Metric, result: MetricResult) -> str:
    """The two values in a sentence: Better than a year before: 11.2 minutes then, 10.4 now. Nothing where one lacks."""
    total = added(metric, result.assessment.latest)
    if total is not None:
        before = "" if total.before is None else f" In the 12 months before: {words.plain(metric, total.before)}."
        return f"Added in the last 12 months: {words.value(metric, total.amount)}.{before}"
    if result.comparison is None:
        return ""
    comparison = result.comparison
    assert comparison.earlier.number is not None
    assert comparison.latest.number is not None
    change, better = _as_shown(metric, comparison)
    then, now = (
        words.value(words.brief(metric), comparison.earlier.number),
        words.plain(metric, comparison.latest.number),
    )
    if metric.kind == "percent" or metric.shown_as == "minutes-seconds":
        now = words.value(metric, comparison.latest.number)
    if change == "the same":
        return f"The same as {_years(comparison)} before: {then}. {_NO_TREND}"
    verdict = {True: "better", False: "worse", None: "not the same" if metric.kind == "yes-no" else change}[better]
    joined = "as" if verdict == "not the same" else "than"
    return f"{verdict.capitalize()} {joined} {_years(comparison)} before: {then} then, {now} now. {_NO_TREND}"


def with_time(metric: Metric, comparison: Comparison) -> str:
    """How the latest value compares with the earlier one, and which that is."""
    change, better = _as_shown(metric, comparison)
    when = words.for_period(comparison.earlier.period, metric.covers)
    if change == "the same":
        return f"The latest value is the same as the one {when}."
    if metric.kind == "yes-no":
        change = "not the same"
    verdict = {True: "better", False: "worse", None: change}[better]
    return f"The latest value is {verdict} {'as' if verdict == 'not the same' else 'than'} the one {when}."


def short(metric: Metric, result: MetricResult) -> str:
    """The same for a cell of a table, where there is no trend to show."""
    total = added(metric, result.assessment.latest)
    if total is not None:
        return f"{_plus(metric, total)} in a year"
    return short_comparison(metric, result.comparison)


def short_comparison(metric: Metric, comparison: Comparison | None) -> str:
    """Two values for a cell of a table: lower than a year before (better)."""
    if comparison is None:
        return "no trend named"
    change, better = _as_shown(metric, comparison)
    verdict = {True: " (better)", False: " (worse)", None: ""}[better]
    than = "unlike" if metric.kind == "yes-no" else "than"
    return f"{change} {'as' if change == 'the same' else than} {_years(comparison)} before{verdict}"


def _plus(metric: Metric, total: Added) -> str:
    return f"{words.plain(metric, total.amount)} added" if total.amount >= 0 else f"{-total.amount:g} taken off"


def _as_shown(metric: Metric, comparison: Comparison) -> tuple[str, bool | None]:
    """How two values compare as readers see them: a difference that nobody can see is none."""
    latest, earlier = comparison.latest.number, comparison.earlier.number
    assert latest is not None
    assert earlier is not None
    now = words.plain(metric, latest)
    if now == words.plain(metric, earlier):
        return "the same", None
    return now if metric.kind == "yes-no" else comparison.change, comparison.better


def _years(comparison: Comparison) -> str:
    return "a year" if comparison.years == 1 else words.count(comparison.years, "year")
