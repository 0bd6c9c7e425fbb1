"""Numbers, dates and periods as residents read them."""

from __future__ import annotations

import datetime as dt
from functools import cache

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import NumberPattern, format_currency, parse_pattern

from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Covers, Metric, Observation, Target

LOCALE = Locale("en", "US")


def date(day: dt.date) -> str:
    """September 30, 2026."""
    return format_date(day, "long", locale=LOCALE)


def number(value: float, decimals: int = 0) -> str:
    """1,500 or 10.4, with just so many decimals."""
    return str(_pattern(decimals).apply(value, LOCALE))


@cache
def _pattern(decimals: int) -> NumberPattern:
    # Parsing the pattern anew for each number would take longer than all else that makes a table.
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def dollars(amount: int) -> str:
    """$412,000."""
    return format_currency(amount, "USD", "¤#,##0", locale=LOCALE, currency_digits=False)


def days(count: int) -> str:
    """1 day, 38 days."""
    return f"{number(count)} day" if count == 1 else f"{number(count)} days"


def count(amount: int, one: str, many: str = "") -> str:
    """1 goal, 7 goals."""
    return f"{number(amount)} {one if amount == 1 else many or one + 's'}"


def listed(items: list[str]) -> str:
    """One, two and three."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def plain(metric: Metric, value: float) -> str:
    """A value without its unit, for tables and axes."""
    if metric.kind == "yes-no":
        return "yes" if value else "no"
    return number(value, metric.decimals)


def value(metric: Metric, amount: float) -> str:
    """A value with its unit: 10.4 minutes, 93%, yes."""
    text = plain(metric, amount)
    if metric.kind in ("yes-no", "index"):
        return text
    if metric.kind == "percent":
        return f"{text}%"
    return f"{text} {metric.unit_one if amount == 1 and metric.unit_one else metric.unit}"


def aim(metric: Metric, target: Target) -> str:
    """The value of a target with its unit: 9.5 minutes, 90%, 6.0 to 9.0 firefighters."""
    if target.value is None:
        assert target.low is not None
        assert target.high is not None
        return f"{plain(metric, target.low)} to {value(metric, target.high)}"
    return value(metric, target.value)


def target(metric: Metric, target: Target) -> str:
    """A target as a column of targets says it: 9.5 minutes, at least 90%."""
    if target.keep is None or metric.kind == "yes-no":
        return aim(metric, target)
    return f"{'at least' if target.keep == 'above' else 'at most'} {aim(metric, target)}"


def target_by(metric: Metric, aim: Target, *, short: bool = False) -> str:
    """A target and when it is to be reached: 9.5 minutes by 2029; at least 90% at all times; 4 exercises each year."""
    text = target(metric, aim)
    if metric.covers == "year-to-date":
        return f"{text} each year"
    if aim.keep or metric.better == "within":
        return f"{text}, at all times"
    return f"{text} by {aim.by.year if short else date(aim.by)}"


def period(span: Period, covers: Covers = "period") -> str:
    """The time a value covers: July to September 2026, 12 months to September 2026."""
    last = f"{_month(span.end)} {span.end.year}"
    if covers == "rolling-12-months":
        return f"12 months to {last}"
    if covers == "rolling-36-months":
        return f"3 years to {last}"
    if covers == "running-total":
        return f"up to {last}"
    if covers == "year-to-date" and span.grain != "year":
        return last if span.end.month == 1 else f"January to {last}"
    if span.grain == "year":
        return str(span.end.year)
    return last if span.grain == "month" else f"{_month(span.start)} to {last}"


def observation_period(metric: Metric, observation: Observation) -> str:
    """The time an observation covers; a period that is not over says how far it goes."""
    text = period(observation.period, metric.covers)
    return f"{text}, so far (to {date(observation.partial_until)})" if observation.partial_until else text


def short_period(span: Period) -> str:
    """2026, 2026 Q3 or Sep 2026, for axes and narrow tables."""
    if span.grain == "year":
        return str(span.end.year)
    return (
        f"{span.end.year} Q{span.quarter}" if span.grain == "quarter" else format_date(span.end, "MMM y", locale=LOCALE)
    )


TOO_FEW = "Withheld: too few cases"
"""What stands in place of a share or a time behind which there are too few cases."""


def withheld(below: int) -> str:
    """What stands in place of a count that is too small to publish."""
    return f"Fewer than {below} (withheld)"


def nothing(metric: Metric, observation: Observation, below: int) -> str:
    """Why there is no number: withheld or missing, which are different things.

    Only of a count can it be said that it is small: a share is also withheld where the rest is small.
    """
    if observation.withheld:
        return withheld(below) if metric.kind in ("count", "sum") else TOO_FEW
    return f"No value: {observation.missing}"


def _month(day: dt.date) -> str:
    return str(get_month_names("wide", locale=LOCALE)[day.month])
