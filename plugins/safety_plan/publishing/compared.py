"""The latest value of a measure beside an earlier one, in words: two numbers, and no claim of a trend."""

from __future__ import annotations

from typing import Literal

from safety_plan.language import later, say
from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.comparison import Added, Comparison, added
from safety_plan.results.results import MetricResult

_Case = Literal["the same", "better", "worse", "higher", "lower", "other"]
"""How two values compare: whether that is good news, else which way; `other` for two different answers."""

_SIDE_BY_SIDE: dict[_Case, str] = {
    "the same": later("The same as {years} before: {then}. That is two values, not a trend."),
    "better": later("Better than {years} before: {then} then, {now} now. That is two values, not a trend."),
    "worse": later("Worse than {years} before: {then} then, {now} now. That is two values, not a trend."),
    "higher": later("Higher than {years} before: {then} then, {now} now. That is two values, not a trend."),
    "lower": later("Lower than {years} before: {then} then, {now} now. That is two values, not a trend."),
    "other": later("Not the same as {years} before: {then} then, {now} now. That is two values, not a trend."),
}

_WITH_TIME: dict[_Case, str] = {
    "the same": later("The latest value is the same as the one {when}."),
    "better": later("The latest value is better than the one {when}."),
    "worse": later("The latest value is worse than the one {when}."),
    "higher": later("The latest value is higher than the one {when}."),
    "lower": later("The latest value is lower than the one {when}."),
    "other": later("The latest value is not the same as the one {when}."),
}

_SHORT: dict[tuple[_Case, bool | None], str] = {
    ("the same", None): later("the same as {years} before"),
    ("higher", None): later("higher than {years} before"),
    ("higher", True): later("higher than {years} before (better)"),
    ("higher", False): later("higher than {years} before (worse)"),
    ("lower", None): later("lower than {years} before"),
    ("lower", True): later("lower than {years} before (better)"),
    ("lower", False): later("lower than {years} before (worse)"),
    ("other", None): later("{answer} unlike {years} before"),
    ("other", True): later("{answer} unlike {years} before (better)"),
    ("other", False): later("{answer} unlike {years} before (worse)"),
}


def side_by_side(metric: Metric, result: MetricResult) -> str:
    """The two values in a sentence: Better than a year before: 11.2 minutes then, 10.4 now. Nothing where one lacks."""
    total = added(metric, result.assessment.latest)
    if total is not None:
        return _total(metric, total)
    if result.comparison is None:
        return ""
    comparison = result.comparison
    assert comparison.earlier.number is not None
    assert comparison.latest.number is not None
    then, now = (
        words.value(words.brief(metric), comparison.earlier.number),
        words.plain(metric, comparison.latest.number),
    )
    if metric.kind == "percent" or metric.shown_as == "minutes-seconds":
        now = words.value(metric, comparison.latest.number)
    return say(_SIDE_BY_SIDE[_judged(metric, comparison)], years=_years(comparison), then=then, now=now)


def _total(metric: Metric, total: Added) -> str:
    amount = words.value(metric, total.amount)
    if total.before is None:
        return say("Added in the last 12 months: {amount}.", amount=amount)
    before = words.plain(metric, total.before)
    return say(
        "Added in the last 12 months: {amount}. In the 12 months before: {before}.", amount=amount, before=before
    )


def with_time(metric: Metric, comparison: Comparison) -> str:
    """How the latest value compares with the earlier one, and which that is."""
    when = words.for_period(comparison.earlier.period, metric.covers)
    return say(_WITH_TIME[_judged(metric, comparison)], when=when)


def short(metric: Metric, result: MetricResult) -> str:
    """The same for a cell of a table, where there is no trend to show."""
    total = added(metric, result.assessment.latest)
    if total is None:
        return short_comparison(metric, result.comparison)
    if total.amount >= 0:
        return say("{amount} added in a year", amount=words.plain(metric, total.amount))
    return say("{amount} taken off in a year", amount=f"{-total.amount:g}")


def short_comparison(metric: Metric, comparison: Comparison | None) -> str:
    """Two values for a cell of a table: lower than a year before (better)."""
    if comparison is None:
        return say("no trend named")
    assert comparison.latest.number is not None
    answer = words.plain(metric, comparison.latest.number)
    return say(_SHORT[_as_shown(metric, comparison)], years=_years(comparison), answer=answer)


def _judged(metric: Metric, comparison: Comparison) -> _Case:
    """How two values compare, by what is good news where something is."""
    case, better = _as_shown(metric, comparison)
    return case if better is None else "better" if better else "worse"


def _as_shown(metric: Metric, comparison: Comparison) -> tuple[_Case, bool | None]:
    """How two values compare as readers see them: a difference that nobody can see is none."""
    latest, earlier = comparison.latest.number, comparison.earlier.number
    assert latest is not None
    assert earlier is not None
    if words.plain(metric, latest) == words.plain(metric, earlier):
        return "the same", None
    return "other" if metric.kind == "yes-no" else comparison.change, comparison.better


def _years(comparison: Comparison) -> str:
    return say("a year") if comparison.years == 1 else words.count(comparison.years, "year")
