"""The sum behind a status, row by row, so that a reader can do it again with a calculator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from safety_plan.language import say, say_in
from safety_plan.publishing import words
from safety_plan.publishing.exact import GROWN, Numbers, ratio
from safety_plan.publishing.sentences import joined
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target
from safety_plan.results.line import Course, Time, course, finite
from safety_plan.results.status import Assessment
from safety_plan.rules import Rules


def _no_ratio() -> str:
    return say("none, for no change is asked for")


@dataclass(frozen=True)
class Row:
    """A line of the sum: what it is, and the number or the sum; `anchor` names the line.

    `scale` marks what stands there for scale only: the rule that decided does not use it.
    """

    anchor: str
    name: str
    text: str
    scale: bool = False


def rows(record: Metric, found: Assessment, rules: Rules) -> Iterator[Row]:
    """What a status is worked out from, in the order of the sum; none that only the growth rate has."""
    value = found.latest.number if found.latest is not None else None
    line = _line_of(record, found, value)
    numbers = _numbers(record, found, line)
    target = found.target or (record.targets[-1] if record.targets else None)
    yield from _start(numbers, found, target)
    if target is not None:
        yield Row("target", say("Target"), _target(numbers, found, target), scale=found.target is None)
    if found.latest is None or value is None:
        return
    yield Row("latest", say("Latest value"), _latest(numbers, found.latest, value))
    if found.method == "year-to-date":
        yield from _year(numbers, found, value, rules)
    elif found.target is not None and record.kind != "yes-no":
        yield from _time(record, found, line)
        if line is not None:
            yield from _course(numbers, found, line, value, rules)
        elif found.growth is None:
            yield from _hold(numbers, found, value)
        if found.rule == "level":
            yield from _level(numbers, found, value)


def _line_of(record: Metric, found: Assessment, value: float | None) -> Course | None:
    """How the latest value stands to the straight line, whether or not that decides; None where there is no line."""
    if found.latest is None or value is None or found.target is None or found.target.keep or found.growth is not None:
        return None
    return course(record, found.latest.period.end, value)


def _numbers(record: Metric, found: Assessment, line: Course | None) -> Numbers:
    if found.growth is not None:
        return Numbers.of(record, found.growth.start.value, GROWN)
    if line is not None and line.ratio is not None and record.baseline is not None:
        return Numbers.of(record, finite(line.expected - record.baseline.value))
    return Numbers.of(record, found.expected or 0.0)


def _latest(numbers: Numbers, latest: Observation, value: float) -> str:
    when = words.period(latest.period, numbers.record.covers)
    text = _dated(numbers.value(value), when, latest.period.end)
    if latest.part is None or latest.of is None:
        return text
    part, whole = words.number(latest.part), words.number(latest.of)
    return joined((text, say("It is {part} of {whole}", part=part, whole=whole)), ". ")


def _dated(value: str, when: str, last_day: dt.date) -> str:
    """A value with the time it covers, and with the last day of it, from which the sum counts."""
    return say("{value} ({period}; last day {date})", value=value, period=when, date=words.date(last_day))


def _start(numbers: Numbers, found: Assessment, target: Target | None) -> Iterator[Row]:
    if found.growth is not None and found.rule == "information":
        return
    record = numbers.record
    if record.baseline is not None:
        period, value = record.baseline.period, numbers.value(record.baseline.value)
        text = _dated(value, words.period(period, record.covers), period.end)
        yield Row("start", say("Starting point"), text, scale=found.baseline is None)
    elif target is not None and record.better != "within":
        anew = found.method == "year-to-date"
        none = say("none: the count starts anew each year") if anew else say_in("starting point", "none")
        yield Row("start", say("Starting point"), none)


def _target(numbers: Numbers, found: Assessment, target: Target) -> str:
    text = _aim(numbers, target)
    if found.method == "level":
        return text
    if found.method == "year-to-date":
        return say("{target} for the year", target=text)
    return _by(text, target.by)


def _by(target: str, day: dt.date) -> str:
    return say("{target} by {date}", target=target, date=words.date(day))


def _aim(numbers: Numbers, target: Target) -> str:
    """The value or the range of a target, with its unit."""
    if target.low is not None and target.high is not None:
        return say_in("range", "{low} to {high}", low=numbers.plain(target.low), high=numbers.value(target.high))
    assert target.value is not None
    value = numbers.value(target.value)
    if target.keep is None or numbers.record.kind == "yes-no":
        return value
    return say("at least {value}", value=value) if target.keep == "above" else say("at most {value}", value=value)


def _share(time: Time) -> str:
    share = words.percent(words.number(100 * time.share, 2))
    return say("{n} of {days} = {share}", n=words.number(time.gone), days=words.days(time.whole), share=share)


def _time(record: Metric, found: Assessment, line: Course | None) -> Iterator[Row]:
    """The share of the time from the starting point to the target date, or of the piece of the way that decides."""
    if record.baseline is None or found.latest is None or found.target is None:
        return
    decides = found.rule in ("early", "missed")
    time = Time(record.baseline.period.end, found.latest.period.end, found.target.by)
    if found.rule in ("hold", "line") and line is not None:
        return
    yield Row("time", say("Days gone"), _share(time), scale=not decides)


def _course(numbers: Numbers, found: Assessment, line: Course, value: float, rules: Rules) -> Iterator[Row]:
    """Where the straight line leads, and the change so far as a part of the change it asks for."""
    scale = found.rule not in ("hold", "line")
    return (replace(row, scale=scale) for row in _on_course(numbers, found, line, value, rules))


def _on_course(numbers: Numbers, found: Assessment, line: Course, value: float, rules: Rules) -> Iterator[Row]:
    leg, latest, baseline = line.leg, found.latest, numbers.record.baseline
    assert latest is not None
    assert baseline is not None
    assert found.target is not None
    time = leg.time(latest.period.end)
    if leg.begin != baseline.period.end:
        yield Row("leg-start", say("Last target on the way"), _by(numbers.value(leg.start), leg.begin))
    if leg.end != found.target.by:
        yield Row("leg-aim", say("Next target on the way"), _by(numbers.value(leg.aim), leg.end))
    if found.rule in ("hold", "line"):
        gone = say("Days gone") if leg.begin == baseline.period.end else say("Days gone since then")
        yield Row("time", gone, _share(time))
    yield Row("expected", say("Should be by now"), _expected(numbers, line, time))
    before, now, due = (numbers.plain(one) for one in (baseline.value, value, line.expected))
    made = finite(value - baseline.value)
    change = Row("made", say("Change so far"), f"{now} − {_bracketed(before)} = {numbers.plain(made)}")
    if line.ratio is None:
        yield change
        yield Row("ratio", say("Ratio"), _no_ratio())
        return
    asked = numbers.plain(finite(line.expected - baseline.value))
    yield Row("asked", say("Change asked for by now"), f"{due} − {_bracketed(before)} = {asked}")
    yield change
    part = f"{numbers.plain(made)} ÷ {asked} = {ratio(line.ratio, rules)}"
    yield Row("ratio", say("Change so far as a part of it"), part)


def _expected(numbers: Numbers, line: Course, time: Time) -> str:
    text = numbers.value(line.expected)
    if time.gone >= time.whole:
        return say("{value}, for its date has come", value=text)
    if time.gone <= 0:
        return say("{value}, for the way begins here", value=text)
    start, aim = numbers.plain(line.leg.start), numbers.plain(line.leg.aim)
    way = f"{start} + ({aim} − {_bracketed(start)}) × {words.number(time.gone)} ÷ {words.number(time.whole)}"
    return joined((way, "=", numbers.counted(line.expected)))


def _bracketed(number: str) -> str:
    """A number that is taken away; one below zero in brackets, so that two minuses do not meet."""
    return f"({number})" if number.startswith("−") else number


def _hold(numbers: Numbers, found: Assessment, value: float) -> Iterator[Row]:
    """What a level or a range asks for: itself, and no change."""
    assert found.target is not None
    baseline = numbers.record.baseline
    level = say("{target}, at all times", target=_aim(numbers, found.target))
    yield Row("expected", say("Should be by now"), level)
    if baseline is not None:
        before, now = numbers.plain(baseline.value), numbers.plain(value)
        made = f"{now} − {_bracketed(before)} = {numbers.plain(finite(value - baseline.value))}"
        yield Row("made", say("Change so far"), made, scale=True)
    yield Row("ratio", say("Ratio"), _no_ratio(), scale=True)


def _level(numbers: Numbers, found: Assessment, value: float) -> Iterator[Row]:
    """By how much a level is missed."""
    assert found.target is not None
    edge = min(found.target.edges, key=lambda edge: abs(edge - value))
    higher, lower = max(edge, value), min(edge, value)
    missed = f"{numbers.plain(higher)} − {_bracketed(numbers.plain(lower))} = {numbers.plain(finite(higher - lower))}"
    yield Row("missed-by", say("Missed by"), missed)
    yield Row("tolerance", say("Miss that is still only at risk"), numbers.plain(found.target.tolerance or 0.0))


def _year(numbers: Numbers, found: Assessment, value: float, rules: Rules) -> Iterator[Row]:
    """The part of the year's target that is due by now, and the part of it that is reached."""
    time, target, expected = found.time, found.target, found.expected
    assert time is not None
    assert target is not None
    assert target.value is not None
    assert expected is not None
    scale = found.rule == "meeting"
    yield Row("time", say("Days gone of the year"), _share(time), scale=scale)
    share_of = f"{numbers.plain(target.value)} × {words.number(time.gone)} ÷ {words.number(time.whole)}"
    scale = found.rule not in ("year", "year-less")
    name = say("At most, by now") if numbers.record.better == "lower" else say("Should be by now")
    yield Row("expected", name, joined((share_of, "=", numbers.counted(expected))), scale=scale)
    if found.ratio is not None:
        part = f"{numbers.plain(value)} ÷ {numbers.plain(expected)} = {ratio(found.ratio, rules)}"
        yield Row("ratio", say("Latest value as a part of it"), part, scale=scale)
