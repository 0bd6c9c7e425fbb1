"""Numbers, dates and periods as residents read them."""

from __future__ import annotations

import datetime as dt
from functools import cache

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import NumberPattern, format_currency, parse_pattern

from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Covers, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target

LOCALE = Locale("en", "US")
SECONDS = 60
"""The seconds of a minute."""


def date(day: dt.date) -> str:
    """September 30, 2026."""
    return format_date(day, "long", locale=LOCALE)


_VERY_LARGE = 1e12


def number(value: float, decimals: int = 0) -> str:
    """1,500 or 10.4, with just so many decimals; below zero with a real minus, which is read aloud as one."""
    # Babel gives up on more than 28 digits. Nobody counts that far, but a slip of the pen must not stop the build.
    large = abs(value) >= _VERY_LARGE
    text = f"{value:,.{decimals}f}" if large else str(_pattern(decimals).apply(value, LOCALE))
    if not text.startswith("-"):
        return text
    return text.replace("-", "−" if text.strip("-0.") else "", 1)


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
    """A value without its unit, for tables and axes: 10.4, yes; 1:31 where it is shown as minutes and seconds."""
    if metric.kind == "yes-no":
        return "yes" if value else "no"
    if metric.shown_as == "minutes-seconds":
        sign, minutes, seconds = _minutes_seconds(metric, value)
        return f"{sign}{number(minutes)}:{seconds:02}"
    return number(value, metric.decimals)


def rounded(metric: Metric, amount: float) -> float:
    """A value as exact as it is shown, in the unit of the measure."""
    if metric.shown_as != "minutes-seconds":
        return round(amount, metric.decimals)
    sign, minutes, seconds = _minutes_seconds(metric, amount)
    size = minutes + seconds / SECONDS if metric.unit == "minutes" else float(minutes * SECONDS + seconds)
    return -size if sign else size


def _minutes_seconds(metric: Metric, amount: float) -> tuple[str, int, int]:
    """The sign, the whole minutes and the whole seconds of a time."""
    # Not by way of all its seconds: those of the largest number there is would be more than the largest number.
    if metric.unit == "minutes":
        whole, rest = divmod(abs(amount), 1)
        rest *= SECONDS
    else:
        whole, rest = divmod(abs(amount), SECONDS)
    more, seconds = divmod(round(rest), SECONDS)
    minutes = int(whole) + more
    return "−" if amount < 0 and (minutes or seconds) else "", minutes, seconds


def _spoken_time(metric: Metric, amount: float) -> str:
    """1 minute 31 seconds: 1:31 would be read aloud as a time of day."""
    sign, minutes, seconds = _minutes_seconds(metric, amount)
    parts = [count(minutes, "minute")] if minutes else []
    parts += [count(seconds, "second")] if seconds or not minutes else []
    return f"{'minus ' if sign else ''}{' '.join(parts)}"


def unit(metric: Metric) -> str:
    """The unit of the values in a table or on an axis, with the mark of an average: minutes, minutes:seconds."""
    text = "minutes:seconds" if metric.shown_as == "minutes-seconds" else metric.unit
    return f"{text}, on average" if metric.kind == "mean" else text


def value(metric: Metric, amount: float) -> str:
    """A value with its unit: 10.4 minutes, 93%, yes, 1 minute 31 seconds."""
    if metric.shown_as == "minutes-seconds":
        return _spoken_time(metric, amount)
    text = plain(metric, amount)
    if metric.kind in ("yes-no", "index"):
        return text
    if metric.kind == "percent":
        return f"{text}%"
    return f"{text} {metric.unit_one if amount == 1 and metric.unit_one else metric.unit}"


def brief(metric: Metric) -> Metric:
    """The measure without a unit of several words, for sentences beside a value that has it already."""
    short = metric.kind in ("percent", "yes-no") or len(metric.unit.replace("-", " ").split()) == 1
    return metric if short or metric.shown_as != "number" else metric.model_copy(update={"kind": "index"})


def measured(metric: Metric, amount: float) -> str:
    """A value that stands by itself, so that nobody takes an average for something else: 10.4 minutes on average."""
    text = value(metric, amount)
    return f"{text} on average" if metric.kind == "mean" else text


def aim(metric: Metric, target: Target) -> str:
    """The value of a target with its unit: 9.5 minutes, 90%, 6.0 to 9.0 firefighters."""
    if target.value is None:
        assert target.low is not None
        assert target.high is not None
        low = value(metric, target.low) if metric.shown_as == "minutes-seconds" else plain(metric, target.low)
        return f"{low} to {value(metric, target.high)}"
    return value(metric, target.value)


def target(metric: Metric, target: Target) -> str:
    """A target as a column of targets says it: 9.5 minutes, at least 90%."""
    if target.keep is None or metric.kind == "yes-no":
        return aim(metric, target)
    return f"{'at least' if target.keep == 'above' else 'at most'} {aim(metric, target)}"


def target_by(metric: Metric, aim: Target, *, short: bool = False) -> str:
    """A target and when it is to be reached: 9.5 minutes by 2029; at least 90% at all times; 4 exercises each year."""
    text = target(metric, aim)
    if metric.kind == "yes-no" and metric.frequency == "yearly" and aim.keep:
        return f"{text}, each year"
    if metric.covers == "year-to-date":
        return f"{text} each {'year' if metric.year_starts == 1 else 'fiscal year'}"
    if aim.keep or metric.better == "within":
        return f"{text}, at all times"
    return f"{text} by {aim.by.year if short else date(aim.by)}"


def period(span: Period, covers: Covers = "period") -> str:
    """The time a value covers: July to September 2026, 12 months to September 2026, July 2025 to March 2026."""
    last = f"{month(span.end.month)} {span.end.year}"
    if covers == "rolling-12-months":
        return f"12 months to {last}"
    if covers == "rolling-36-months":
        return f"3 years to {last}"
    if covers == "running-total":
        return f"up to {last}"
    months = _months(span.year_start if covers == "year-to-date" else span.start, span.end)
    if span.grain != "year":
        return months
    return str(span.end.year) if span.fiscal_start is None else f"fiscal year {span.end.year} ({months})"


def _months(first: dt.date, last: dt.date) -> str:
    """July 2026, July to September 2026, July 2025 to March 2026."""
    end = f"{month(last.month)} {last.year}"
    if first.year != last.year:
        return f"{month(first.month)} {first.year} to {end}"
    return end if first.month == last.month else f"{month(first.month)} to {end}"


def for_period(span: Period, covers: Covers = "period") -> str:
    """The time of a value after its name: for July to September 2026, up to September 2026."""
    text = period(span, covers)
    return text if covers == "running-total" else f"for {text}"


def observation_period(metric: Metric, observation: Observation) -> str:
    """The time an observation covers; a period that is not over says how far it goes."""
    text = period(observation.period, metric.covers)
    return f"{text}, so far (to {date(observation.partial_until)})" if observation.partial_until else text


def short_period(span: Period) -> str:
    """2026, 2026 Q3 or Sep 2026, for axes and narrow tables; Jul to Sep 2025 where quarters are not the calendar's."""
    if span.fiscal_start is not None:
        end = format_date(span.end, "MMM y", locale=LOCALE)
        return f"Year to {end}" if span.grain == "year" else f"{format_date(span.start, 'MMM', locale=LOCALE)} to {end}"
    if span.grain == "year":
        return str(span.end.year)
    return (
        f"{span.end.year} Q{span.quarter}" if span.grain == "quarter" else format_date(span.end, "MMM y", locale=LOCALE)
    )


WITHHELD = "Withheld"
"""What stands in place of every number that is withheld. That it is small is not said: it may hide one that is."""


def withheld_means(below: int) -> str:
    """What it means that a number is withheld, where counts from 1 to one less than `below` are too small to show."""
    return f"fewer than {below}, or kept back so that no number below {below} can be worked out"


def nothing(observation: Observation) -> str:
    """Why there is no number: withheld or missing, which are different things."""
    return WITHHELD if observation.withheld else f"No value: {observation.missing}"


def month(number: int) -> str:
    """The name of a month, from 1 to 12."""
    return str(get_month_names("wide", locale=LOCALE)[number])
