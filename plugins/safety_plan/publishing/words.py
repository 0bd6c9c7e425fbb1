"""Numbers, dates and periods as residents read them, in the language that is being spoken."""

from __future__ import annotations

import datetime as dt
from functools import cache

from babel.dates import format_date, get_month_names
from babel.numbers import NumberPattern, format_currency, parse_pattern

from safety_plan.language import later, say, say_in, spoken
from safety_plan.publishing.nouns import NOUNS
from safety_plan.publishing.sentences import joined
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Covers, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target

SECONDS = 60
"""The seconds of a minute."""


def date(day: dt.date) -> str:
    """September 30, 2026."""
    return format_date(day, "long", locale=spoken().locale)


_VERY_LARGE = 1e12


def number(value: float, decimals: int = 0) -> str:
    """1,500 or 10.4, with just so many decimals; below zero with a real minus, which is read aloud as one."""
    # Babel gives up on more than 28 digits. Nobody counts that far, but a slip of the pen must not stop the build.
    large = abs(value) >= _VERY_LARGE
    text = f"{value:,.{decimals}f}" if large else str(_pattern(decimals).apply(value, spoken().locale))
    if not text.startswith("-"):
        return text
    return text.replace("-", "−" if text.strip("-0.") else "", 1)


@cache
def _pattern(decimals: int) -> NumberPattern:
    # Parsing the pattern anew for each number would take longer than all else that makes a table.
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def dollars(amount: int) -> str:
    """$412,000."""
    return format_currency(amount, "USD", "¤#,##0", locale=spoken().locale, currency_digits=False)


def days(count: int) -> str:
    """1 day, 38 days."""
    return NOUNS["day"](count, number(count))


def count(amount: int, noun: str) -> str:
    """1 goal, 7 goals: how many there are of a thing that pages count, named in English."""
    return NOUNS[noun](amount, number(amount))


def listed(items: list[str]) -> str:
    """One, two and three."""
    if len(items) < _FEWEST_LISTED:
        return items[0] if items else ""
    return say("{all_before} and {last}", all_before=joined(items[:-1], ", "), last=items[-1])


_FEWEST_LISTED = 2


def plain(metric: Metric, value: float) -> str:
    """A value without its unit, for tables and axes: 10.4, yes; 1:31 where it is shown as minutes and seconds."""
    if metric.kind == "yes-no":
        return say("yes") if value else say("no")
    if metric.shown_as == "minutes-seconds":
        sign, minutes, seconds = _minutes_seconds(metric, value)
        return f"{sign}{number(minutes)}:{seconds:02}"
    return number(value, metric.decimals)


def rounded(metric: Metric, amount: float) -> float:
    """A value as exact as it is shown, in the unit of the measure."""
    if metric.shown_as != "minutes-seconds":
        return round(amount, metric.decimals)
    sign, minutes, seconds = _minutes_seconds(metric, amount)
    size = minutes + seconds / SECONDS if metric.as_written.unit == "minutes" else float(minutes * SECONDS + seconds)
    return -size if sign else size


def _minutes_seconds(metric: Metric, amount: float) -> tuple[str, int, int]:
    """The sign, the whole minutes and the whole seconds of a time."""
    # Not by way of all its seconds: those of the largest number there is would be more than the largest number.
    if metric.as_written.unit == "minutes":
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
    text = " ".join(parts)
    return say("minus {time}", time=text) if sign else text


def unit(metric: Metric) -> str:
    """The unit of the values in a table or on an axis, with the mark of an average: minutes, minutes:seconds."""
    text = say("minutes:seconds") if metric.shown_as == "minutes-seconds" else metric.unit
    return say("{unit}, on average", unit=text) if metric.kind == "mean" else text


def percent(text: str) -> str:
    """A number of percent, already written out: 93%."""
    return say("{number}%", number=text)


def value(metric: Metric, amount: float) -> str:
    """A value with its unit: 10.4 minutes, 93%, yes, 1 minute 31 seconds."""
    if metric.shown_as == "minutes-seconds":
        return _spoken_time(metric, amount)
    text = plain(metric, amount)
    if metric.kind in ("yes-no", "index"):
        return text
    if metric.kind == "percent":
        return percent(text)
    return joined((text, metric.unit_one if amount == 1 and metric.unit_one else metric.unit))


def brief(metric: Metric) -> Metric:
    """The measure without a unit of several words, for sentences beside a value that has it already."""
    short = metric.kind in ("percent", "yes-no") or len(metric.unit.replace("-", " ").split()) == 1
    return metric if short or metric.shown_as != "number" else metric.model_copy(update={"kind": "index"})


def measured(metric: Metric, amount: float) -> str:
    """A value that stands by itself, so that nobody takes an average for something else: 10.4 minutes on average."""
    text = value(metric, amount)
    return say("{value} on average", value=text) if metric.kind == "mean" else text


def aim(metric: Metric, target: Target) -> str:
    """The value of a target with its unit: 9.5 minutes, 90%, 6.0 to 9.0 firefighters."""
    if target.value is None:
        assert target.low is not None
        assert target.high is not None
        low = value(metric, target.low) if metric.shown_as == "minutes-seconds" else plain(metric, target.low)
        return say_in("range", "{low} to {high}", low=low, high=value(metric, target.high))
    return value(metric, target.value)


def target(metric: Metric, target: Target) -> str:
    """A target as a column of targets says it: 9.5 minutes, at least 90%."""
    if target.keep is None or metric.kind == "yes-no":
        return aim(metric, target)
    if target.keep == "above":
        return say("at least {value}", value=aim(metric, target))
    return say("at most {value}", value=aim(metric, target))


def target_by(metric: Metric, aim: Target, *, short: bool = False) -> str:
    """A target and when it is to be reached: 9.5 minutes by 2029; at least 90% at all times; 4 exercises each year."""
    text = target(metric, aim)
    if metric.kind == "yes-no" and metric.frequency == "yearly" and aim.keep:
        return say("{target}, each year", target=text)
    if metric.covers == "year-to-date":
        if metric.year_starts == 1:
            return say("{target} each year", target=text)
        return say("{target} each fiscal year", target=text)
    if aim.keep or metric.better == "within":
        return say("{target}, at all times", target=text)
    return _by_year(text, aim.by.year) if short else say("{target} by {date}", target=text, date=date(aim.by))


def _by_year(target: str, year: int) -> str:
    return say("{target} by {year}", target=target, year=year)


def period(span: Period, covers: Covers = "period") -> str:
    """The time a value covers: July to September 2026, 12 months to September 2026, July 2025 to March 2026."""
    if covers in _UP_TO:
        return say(_UP_TO[covers], month=_month_of(span.end))
    months = _months(span.year_start if covers == "year-to-date" else span.start, span.end)
    if span.grain != "year":
        return months
    if span.fiscal_start is None:
        return str(span.end.year)
    return say("fiscal year {year} ({months})", year=span.end.year, months=months)


_UP_TO: dict[Covers, str] = {
    "rolling-12-months": later("12 months to {month}"),
    "rolling-36-months": later("3 years to {month}"),
    "running-total": later("up to {month}"),
}
"""What covers more than its own period, by its last month."""


def _month_of(day: dt.date) -> str:
    """September 2026."""
    return say("{month} {year}", month=month(day.month), year=day.year)


def _months(first: dt.date, last: dt.date) -> str:
    """July 2026, July to September 2026, July 2025 to March 2026."""
    if (first.year, first.month) == (last.year, last.month):
        return _month_of(last)
    start = month(first.month) if first.year == last.year else _month_of(first)
    return say_in("months", "{first} to {last}", first=start, last=_month_of(last))


def for_period(span: Period, covers: Covers = "period") -> str:
    """The time of a value after its name: for July to September 2026, up to September 2026."""
    text = period(span, covers)
    return text if covers == "running-total" else say("for {period}", period=text)


def observation_period(metric: Metric, observation: Observation) -> str:
    """The time an observation covers; a period that is not over says how far it goes."""
    text = period(observation.period, metric.covers)
    if observation.partial_until:
        return say("{period}, so far (to {date})", period=text, date=date(observation.partial_until))
    return text


def short_period(span: Period) -> str:
    """2026, 2026 Q3 or Sep 2026, for axes and narrow tables; Jul to Sep 2025 where quarters are not the calendar's."""
    if span.fiscal_start is not None:
        end = _short_month(span.end)
        if span.grain == "year":
            return say("Year to {month}", month=end)
        return say_in("months", "{first} to {last}", first=_short(span.start, "MMM"), last=end)
    if span.grain == "year":
        return str(span.end.year)
    if span.grain == "quarter":
        return say("{year} Q{quarter}", year=span.end.year, quarter=span.quarter)
    return _short_month(span.end)


def _short_month(day: dt.date) -> str:
    """Sep 2026."""
    return _short(day, "MMM y")


def _short(day: dt.date, pattern: str) -> str:
    return format_date(day, pattern, locale=spoken().locale)


def withheld() -> str:
    """What stands in place of every number that is withheld. That it is small is not said: it may hide one that is."""
    return say("Withheld")


def withheld_means(below: int) -> str:
    """What it means that a number is withheld, where counts from 1 to one less than `below` are too small to show."""
    return say("fewer than {number}, or kept back so that no number below {number} can be worked out", number=below)


def nothing(observation: Observation) -> str:
    """Why there is no number: withheld or missing, which are different things."""
    return withheld() if observation.withheld else say("No value: {reason}", reason=observation.missing)


def month(number: int) -> str:
    """The name of a month, from 1 to 12."""
    return str(get_month_names("wide", locale=spoken().locale)[number])
