"""The sum behind a status, row by row, so that a reader can do it again with a calculator."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.growth import Growth
from safety_plan.results.line import Time, same
from safety_plan.results.status import Assessment
from safety_plan.rules import Rules

_DIGITS = 5
"""Figures to which the change asked for is written, so that dividing by it gives the ratio that is shown."""

_DIGITS_OF_GROWN = 8
"""Figures to which values are written where a yearly growth is made from them, for it is small beside them."""

_DIGITS_OF_RATE = 4
_MOST_DECIMALS = 12
_MORE_DECIMALS = 2


@dataclass(frozen=True)
class Row:
    """A line of the sum: what it is, and the number or the sum; `anchor` names the line."""

    anchor: str
    name: str
    text: str


@dataclass(frozen=True)
class Numbers:
    """How the numbers of one measure are written in its sum: in its unit, and more exactly than elsewhere."""

    record: Metric
    decimals: int

    @classmethod
    def of(cls, record: Metric, found: Assessment) -> Numbers:
        """As many decimals as the smallest number that the sum divides by needs."""
        needed = 0
        if found.growth is not None:
            needed = _decimals_for(found.growth.start.value, _DIGITS_OF_GROWN)
        elif found.expected is not None:
            start = found.baseline.value if found.baseline is not None and found.rule == "line" else 0.0
            needed = _decimals_for(found.expected - start, _DIGITS)
        return cls(record, min(max(record.decimals + _MORE_DECIMALS, needed), _MOST_DECIMALS))

    def plain(self, amount: float) -> str:
        """A number without its unit, and without zeros that say nothing."""
        if self.record.kind == "yes-no":
            return words.plain(self.record, amount)
        return _signed(words.number(amount, self._decimals(amount)))

    def value(self, amount: float) -> str:
        """A number with its unit; a time in one unit, for minutes and seconds cannot be divided."""
        as_number = {"shown_as": "number", "decimals": self._decimals(amount)}
        return _signed(words.value(self.record.model_copy(update=as_number), amount))

    def _decimals(self, amount: float) -> int:
        exact = round(amount, self.decimals)
        wanted = range(self.record.decimals, self.decimals)
        return next((few for few in wanted if same(round(exact, few), exact)), self.decimals)


def more_exact(record: Metric, amount: float) -> str:
    """A value as exact as a status may hang on, where it is shown beside one: two that look alike can differ in it."""
    if record.shown_as == "minutes-seconds":
        return words.plain(record, amount)
    return Numbers(record, record.decimals + _MORE_DECIMALS).plain(amount)


def _signed(text: str) -> str:
    """With a real minus, which stands out beside the minus of a sum and is read aloud as one."""
    return text.replace("-", "−", 1) if text.startswith("-") else text


def _decimals_for(amount: float, figures: int) -> int:
    """How many decimals show so many figures of a number."""
    return figures - 1 - math.floor(math.log10(abs(amount))) if amount else 0


def rows(record: Metric, found: Assessment, rules: Rules) -> Iterator[Row]:
    """What the rule that applied looked at, in the order of the sum."""
    numbers = Numbers.of(record, found)
    if found.rule in ("early", "hold", "line", "growth") or (found.growth and found.rule == "meeting"):
        yield from _start(numbers, found)
    if found.target is not None:
        yield Row("target", "Target", _target(numbers, found))
    if found.latest is not None and found.latest.number is not None:
        yield Row("latest", "Latest value", _latest(numbers, found.latest, found.latest.number))
    if found.rule == "year" or (found.method == "year-to-date" and found.rule in ("early", "meeting", "missed")):
        yield from _year(numbers, found, rules)
    elif found.rule == "early" and found.time is not None:
        yield Row("time", "Days gone", _share(found.time))
    elif found.rule in ("hold", "line"):
        yield from _line(numbers, found, rules)
    elif found.rule == "level":
        yield from _level(numbers, found)
    if found.growth is not None and found.rule in ("growth", "information", "meeting"):
        yield from _growth(numbers, found, found.growth, rules)


def _latest(numbers: Numbers, latest: Observation, value: float) -> str:
    when = words.period(latest.period, numbers.record.covers)
    text = f"{numbers.value(value)} ({when}; last day {words.date(latest.period.end)})"
    if latest.part is None or latest.of is None:
        return text
    return f"{text}. It is {words.number(latest.part)} of {words.number(latest.of)}"


def _start(numbers: Numbers, found: Assessment) -> Iterator[Row]:
    if found.baseline is not None:
        period, value = found.baseline.period, numbers.value(found.baseline.value)
        text = f"{value} ({words.period(period)}; last day {words.date(period.end)})"
        yield Row("start", "Starting point", text)


def _target(numbers: Numbers, found: Assessment) -> str:
    target = found.target
    assert target is not None
    if target.low is not None and target.high is not None:
        text = f"{numbers.plain(target.low)} to {numbers.value(target.high)}"
    else:
        assert target.value is not None
        least = {"above": "at least ", "below": "at most "}.get(target.keep or "", "")
        text = f"{'' if numbers.record.kind == 'yes-no' else least}{numbers.value(target.value)}"
    if found.method == "level":
        return text
    return f"{text} for the year" if found.method == "year-to-date" else f"{text} by {words.date(target.by)}"


def _share(time: Time) -> str:
    return f"{words.number(time.gone)} of {words.days(time.whole)} = {words.number(100 * time.share, 2)}%"


def _line(numbers: Numbers, found: Assessment, rules: Rules) -> Iterator[Row]:
    leg, latest, baseline = found.leg, found.latest, found.baseline
    assert leg is not None
    assert latest is not None
    assert latest.number is not None
    assert baseline is not None
    assert found.expected is not None
    assert found.target is not None
    time = leg.time(latest.period.end)
    if leg.begin != baseline.period.end:
        text = f"{numbers.value(leg.start)} by {words.date(leg.begin)}"
        yield Row("leg-start", "Last target on the way", text)
    if leg.end != found.target.by:
        yield Row("leg-aim", "Next target on the way", f"{numbers.value(leg.aim)} by {words.date(leg.end)}")
    yield Row("time", "Days gone" + (" since then" if leg.begin != baseline.period.end else ""), _share(time))
    start, aim = numbers.plain(leg.start), numbers.plain(leg.aim)
    way = f"{start} + ({aim} − {start}) × {words.number(time.gone)} ÷ {words.number(time.whole)}"
    yield Row("expected", "Should be by now", f"{way} = {numbers.value(found.expected)}")
    if found.ratio is None:
        return
    before, now, due = (numbers.plain(one) for one in (baseline.value, latest.number, found.expected))
    made, asked = latest.number - baseline.value, found.expected - baseline.value
    yield Row("asked", "Change asked for by now", f"{due} − {before} = {numbers.plain(asked)}")
    yield Row("made", "Change so far", f"{now} − {before} = {numbers.plain(made)}")
    part = f"{numbers.plain(made)} ÷ {numbers.plain(asked)} = {ratio(found.ratio, rules)}"
    yield Row("ratio", "Change so far as a part of it", part)


def _year(numbers: Numbers, found: Assessment, rules: Rules) -> Iterator[Row]:
    time, target, latest = found.time, found.target, found.latest
    assert time is not None
    assert target is not None
    assert target.value is not None
    assert latest is not None
    assert latest.number is not None
    assert found.expected is not None
    yield Row("time", "Days gone of the year", _share(time))
    sum_of = f"{numbers.plain(target.value)} × {words.number(time.gone)} ÷ {words.number(time.whole)}"
    yield Row("expected", "Due by now", f"{sum_of} = {numbers.value(found.expected)}")
    if found.ratio is not None:
        part = f"{numbers.plain(latest.number)} ÷ {numbers.plain(found.expected)}"
        yield Row("ratio", "Latest value as a part of it", f"{part} = {ratio(found.ratio, rules)}")


def _level(numbers: Numbers, found: Assessment) -> Iterator[Row]:
    target, latest = found.target, found.latest
    assert target is not None
    assert latest is not None
    assert latest.number is not None
    edges = [edge for edge in (target.value, target.low, target.high) if edge is not None]
    edge = min(edges, key=lambda edge: abs(edge - (latest.number or 0.0)))
    higher, lower = max(edge, latest.number), min(edge, latest.number)
    missed = f"{numbers.plain(higher)} − {numbers.plain(lower)} = {numbers.plain(higher - lower)}"
    yield Row("missed-by", "Missed by", missed)
    yield Row("tolerance", "Miss that is still only at risk", numbers.plain(target.tolerance or 0.0))


def _growth(numbers: Numbers, found: Assessment, growth: Growth, rules: Rules) -> Iterator[Row]:
    latest, target = found.latest, found.target
    assert latest is not None
    assert latest.number is not None
    start = numbers.plain(growth.start.value)
    if found.rule == "information":
        yield Row("start", "Starting point", f"{numbers.value(growth.start.value)} ({words.date(growth.start.day)})")
    years = _years(growth.years)
    yield Row("years", "Years gone", f"{years}, {_days(growth.start.day, latest.period.end)}")
    sum_of = f"({numbers.plain(latest.number)} ÷ {start})^(1 ÷ {years}) − 1"
    yield Row("observed", "Growth so far", f"{sum_of} = {_rate(growth.observed)} a year")
    if growth.asked is not None and growth.years_in_all is not None and target is not None and target.value is not None:
        in_all = _years(growth.years_in_all)
        yield Row("years-in-all", "Years in all", f"{in_all}, {_days(growth.start.day, target.by)}")
        sum_of = f"({numbers.plain(target.value)} ÷ {start})^(1 ÷ {in_all}) − 1"
        yield Row("asked", "Growth asked for", f"{sum_of} = {_rate(growth.asked)} a year")
    if growth.ratio is not None and growth.asked is not None and found.rule == "growth":
        part = f"{_rate(growth.observed)} ÷ {_rate(growth.asked)} = {ratio(growth.ratio, rules)}"
        yield Row("ratio", "Growth so far as a part of it", part)
    if growth.limit_factor != 1:
        yield Row("limit", "Factor for the natural limit", words.number(growth.limit_factor, 4))
    most = f"{rules.growth_score_most:g}"
    yield Row("score", f"Score, from −{most} to {most}", _signed(words.number(growth.score, 2)))


def _days(begin: dt.date, end: dt.date) -> str:
    return f"{words.date(begin)} to {words.date(end)}"


def _years(years: float) -> str:
    return f"{years:.6f}".rstrip("0").rstrip(".")


def _rate(growth: float) -> str:
    """A yearly growth in percent, with as many decimals as its figures need."""
    percent = 100 * growth
    decimals = min(max(_decimals_for(percent, _DIGITS_OF_RATE), _MORE_DECIMALS), _MOST_DECIMALS)
    return _signed(f"{words.number(percent, decimals)}%")


def ratio(part: float, rules: Rules) -> str:
    """A ratio in percent, with as many decimals as it takes not to be rounded onto a cut point or across it."""
    cuts = (rules.on_track_from, rules.at_risk_from, 0.0)
    for decimals in range(1, _MOST_DECIMALS):
        shown = round(100 * part, decimals)
        if all((shown >= 100 * cut) == (part >= cut or same(part, cut)) for cut in cuts):
            return _signed(f"{words.number(shown, decimals)}%")
    return _signed(f"{words.number(100 * part, _MOST_DECIMALS)}%")
