"""What the report says of the numbers themselves: every value, how a trend was worked out, and the value of before."""

from __future__ import annotations

from collections.abc import Iterable

from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import GroupObservation, Observation
from safety_plan.results.comparison import Comparison
from safety_plan.results.report.plain import Entry, Text, day, line, number
from safety_plan.results.trend import Trend


def numbers(metric: Metric, text: Text) -> Entry:
    """All values of a metric, the oldest first: its own, those of whole years, and those of its groups."""
    return {
        "observations": _values(metric.observations, text),
        "annual": _values(metric.annual, text),
        "breakdowns": [{"by": one.by, "observations": _values(one.observations, text)} for one in metric.breakdowns],
    }


def _values(observations: Iterable[Observation], text: Text) -> list[Entry]:
    return [value_entry(one, text) for one in sorted(observations, key=lambda one: one.period)]


def value_entry(one: Observation, text: Text) -> Entry:
    """One value, or the reason for having none. Nothing stands beside a withheld number that could tell it."""
    shown = one.number is not None
    group: Entry = {"group": one.group} if isinstance(one, GroupObservation) else {}
    return {
        **group,
        "period": str(one.period),
        "to": day(one.period.end),
        "state": one.standing,
        "value": number(one.number),
        "part": one.part if shown else None,
        "of": one.of if shown else None,
        "n": one.n if shown else None,
        "missing": line(one.missing, text),
        "partial_until": day(one.partial_until),
        "was": number(one.was) if shown else None,
        "corrected": day(one.corrected),
        "corrected_because": line(one.because, text),
        "note": line(one.note, text),
    }


def trend_entry(trend: Trend) -> Entry:
    """How a trend was worked out: the periods it rests on, their limits, and every sign of change among them.

    All numbers are in the measure's unit. Without limits there are too few values, or none that fit.
    """
    limits = trend.limits
    return {
        "periods": [str(one.period) for one in trend.values],
        "mean": number(limits.mean) if limits else None,
        "step": number(limits.step) if limits else None,
        "lower_limit": number(limits.lower) if limits else None,
        "upper_limit": number(limits.upper) if limits else None,
        "steps": limits.steps if limits else None,
        "steps_left_out": limits.left_out if limits else None,
        "signals": [
            {
                "sign": signal.sign.value,
                "up": signal.up,
                "periods": [str(trend.values[point].period) for point in signal.points],
                "decides": signal in trend.newest,
            }
            for signal in trend.signals
        ],
    }


def comparison_entry(found: Comparison | None) -> Entry | None:
    """The latest value beside an earlier one; `better` is None where neither way is, or where they are the same."""
    if found is None:
        return None
    return {
        "period": str(found.latest.period),
        "value": number(found.latest.number),
        "earlier_period": str(found.earlier.period),
        "earlier_value": number(found.earlier.number),
        "years": found.years,
        "change": found.change,
        "better": found.better,
    }
