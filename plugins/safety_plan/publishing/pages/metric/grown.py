"""The sum behind a growth rate, row by row, so that a reader can do it again with a calculator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from safety_plan.language import say, say_in
from safety_plan.publishing import words
from safety_plan.publishing.exact import GROWN, MORE_DECIMALS, MOST_DECIMALS, Numbers, decimals_for, ratio
from safety_plan.publishing.pages.metric.sums import Row
from safety_plan.publishing.sentences import joined
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.growth import Growth, Progress
from safety_plan.results.status import Assessment
from safety_plan.rules import Rules

_DIGITS_OF_RATE = 4


def rows(record: Metric, found: Assessment, growth: Growth, rules: Rules) -> Iterator[Row]:
    """Growth so far, growth asked for, and what a natural limit nearby makes of the cut points."""
    numbers = Numbers.of(record, growth.start.value, GROWN)
    decides = found.rule in ("growth", "information")
    for row in (*_rates(numbers, found, growth, rules), *_near_the_limit(numbers, growth, rules)):
        yield replace(row, scale=not decides)
    most = f"{rules.growth_score_most:g}"
    name = say("The same as a score, from −{most} (worst) to {most} (best)", most=most)
    yield Row("score", name, words.number(growth.score, 2), scale=True)


def _rates(numbers: Numbers, found: Assessment, growth: Growth, rules: Rules) -> Iterator[Row]:
    latest, target = found.latest, found.target
    assert latest is not None
    assert latest.number is not None
    start = numbers.plain(growth.start.value)
    if found.rule == "information":
        text = joined((numbers.value(growth.start.value), f"({words.date(growth.start.day)})"))
        yield Row("start", say("Starting point"), text)
    years = _years(growth.years)
    yield Row("years", say("Years gone"), f"{years}, {_days(growth.start.day, latest.period.end)}")
    sum_of = f"({numbers.plain(latest.number)} ÷ {start})^(1 ÷ {years}) − 1"
    yield Row("observed", say("Growth so far"), _yearly(sum_of, growth.observed))
    if growth.asked is None or growth.years_in_all is None or target is None or target.value is None:
        return
    in_all = _years(growth.years_in_all)
    yield Row("years-in-all", say("Years in all"), f"{in_all}, {_days(growth.start.day, target.by)}")
    sum_of = f"({numbers.plain(target.value)} ÷ {start})^(1 ÷ {in_all}) − 1"
    yield Row("asked", say("Growth asked for"), _yearly(sum_of, growth.asked))
    if growth.ratio is not None:
        part = f"{_rate(growth.observed)} ÷ {_rate(growth.asked)} = {ratio(growth.ratio, rules)}"
        yield Row("ratio", say("Growth so far as a part of it"), part)


def _yearly(sum_of: str, growth: float) -> str:
    return say("{sum} = {rate} a year", sum=sum_of, rate=_rate(growth))


def _near_the_limit(numbers: Numbers, growth: Growth, rules: Rules) -> Iterator[Row]:
    """The natural limit, what it makes of the cut points, and these."""
    if growth.limit is None or growth.cuts is None:
        return
    yield Row("limit", say("Natural limit"), numbers.value(growth.limit))
    factor, start, limit = words.number(growth.limit_factor, 4), growth.start.value, growth.limit
    near = f"{numbers.plain(start)} ÷ {numbers.plain(limit)}"
    if start > limit:
        near = f"(2 × {numbers.plain(limit)} − {numbers.plain(start)}) ÷ {numbers.plain(limit)}"
    sum_of = f"1 − ({near})^{rules.growth_limit_exponent:g} = {factor}"
    far = start - limit >= limit
    text = say("1: it starts far beyond it") if far else sum_of
    yield Row("limit-factor", say("Factor for the natural limit"), text)
    named = (Progress.SUBSTANTIAL, rules.growth_substantial_from), (Progress.MODERATE, rules.growth_moderate_from)
    cuts = [
        say(
            "{progress} from {rate} × {factor} = {cut} a year",
            progress=name.words,
            rate=_rate(whole),
            factor=factor,
            cut=_rate(cut),
        )
        for (name, whole), cut in zip(named, growth.cuts, strict=True)
    ]
    yield Row("cuts", say("Cut points here"), "; ".join(cuts))


def _days(begin: dt.date, end: dt.date) -> str:
    return say_in("days", "{first} to {last}", first=words.date(begin), last=words.date(end))


def _years(years: float) -> str:
    return f"{years:.6f}".rstrip("0").rstrip(".")


def _rate(growth: float) -> str:
    """A yearly growth in percent, with as many decimals as its figures need."""
    percent = 100 * growth
    decimals = min(max(decimals_for(percent, _DIGITS_OF_RATE), MORE_DECIMALS), MOST_DECIMALS)
    return words.percent(words.number(percent, decimals))
