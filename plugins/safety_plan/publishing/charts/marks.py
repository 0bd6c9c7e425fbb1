"""What a chart marks: values, periods without a number, limits, changes and notes, each with its words."""

from __future__ import annotations

from safety_plan.language import later, say
from safety_plan.publishing import words
from safety_plan.publishing.charts.axes import Level, Mark, Scale, rounded
from safety_plan.publishing.charts.paths import Path
from safety_plan.publishing.direction import natural, sign_words
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Benchmark, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.past import MovedTarget
from safety_plan.results.trend import Trend

_MOST_POINT_MARKS = 60


def whole(record: Metric) -> list[Observation]:
    """The values of whole periods, the oldest first."""
    found = [one for one in record.observations if one.number is not None and not one.partial_until]
    return sorted(found, key=lambda one: one.period)


def corners(scale: Scale, run: list[Observation]) -> Path:
    """An unbroken run of values as the corners of a line."""
    return tuple((rounded(scale.x(one.period.end)), rounded(scale.y(one.number or 0.0))) for one in run)


def points(
    record: Metric, scale: Scale, found: Trend, unbroken: list[list[Observation]]
) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """The points of the values, and those in which a trend shows. Where there are very many, only those that matter."""
    values = [one for run in unbroken for one in run]
    crowded = len(values) > _MOST_POINT_MARKS
    signs = _signs(found, crowded)
    alone = [run[0] for run in unbroken if len(run) == 1 and run[0] is not values[-1]]
    plain = [*alone, values[-1]] if crowded else values
    return (
        tuple(_point(record, scale, one) for one in plain if one.period not in signs),
        tuple(_point(record, scale, one, signs[one.period]) for one in values if one.period in signs),
    )


def partial(record: Metric, scale: Scale) -> tuple[Mark, ...]:
    """The values of periods that are not over yet."""
    return tuple(_point(record, scale, one) for one in record.observations if one.standing == "partial")


def _signs(found: Trend, crowded: bool) -> dict[Period, str]:
    """What stands out about the periods of a trend; where there is no room for all, about those that decide."""
    signals = found.newest if crowded else found.signals
    # Of several signs for one value the rules' first one is named.
    return {found.values[at].period: sign_words(signal) for signal in reversed(signals) for at in signal.points}


def _point(record: Metric, scale: Scale, one: Observation, sign: str = "") -> Mark:
    assert one.number is not None
    period, value = words.observation_period(record, one), words.value(record, one.number)
    text = say("{period}: {value}", period=period, value=value)
    if sign:
        text = say("{period}: {value}; {sign}", period=period, value=value, sign=sign)
    return scale.mark(one.period.end, one.number, text)


_NO_NUMBER = {"missing": later("{period}: no number"), "withheld": later("{period}: withheld")}


def without_number(record: Metric, scale: Scale, standing: str) -> tuple[Mark, ...]:
    """The periods whose number is "missing" or "withheld". One not yet due has no mark."""
    return tuple(
        scale.mark(one.period.end, scale.low, say(_NO_NUMBER[standing], period=words.observation_period(record, one)))
        for one in record.observations
        if one.standing == standing
    )


def skipped(record: Metric, scale: Scale, periods: tuple[Period, ...]) -> tuple[Mark, ...]:
    """The periods whose number never came; one that is shown in part has its own mark."""
    shown = {one.period for one in record.observations}
    return tuple(
        scale.mark(one.end, scale.low, say("{period}, not given: no number", period=words.period(one, record.covers)))
        for one in periods
        if one not in shown
    )


def limits(record: Metric, found: Trend) -> list[tuple[float, str]]:
    """How high the mean and the limits of a trend are drawn, and what each line is."""
    if found.limits is None:
        return []
    named = (
        (found.limits.mean, later("Mean: {value}")),
        (found.limits.upper, later("Upper limit: {value}")),
        (found.limits.lower, later("Lower limit: {value}")),
    )
    drawn = [(natural(record, level), text) for level, text in named]
    return [(level, say(text, value=words.value(record, level))) for level, text in drawn]


def limit(scale: Scale, found: Trend, level: float, text: str) -> Level:
    """The line of a limit, across the values that it is about."""
    return scale.level(found.values[0].period.end, found.values[-1].period.end, level, text)


def benchmarks(record: Metric, scale: Scale) -> tuple[tuple[Benchmark, Mark], ...]:
    """The other values for scale, each with the place of its line."""
    return tuple((one, scale.mark(scale.start, one.value, _benchmark(record, one))) for one in record.benchmarks)


def _benchmark(record: Metric, one: Benchmark) -> str:
    # Within an SVG there is no place for HTML: a name that has no translation stands as plain text there.
    return say("{name}: {value}", name=str(one.name), value=words.value(record, one.value))


def changes(record: Metric, scale: Scale, moved: tuple[MovedTarget, ...]) -> tuple[Mark, ...]:
    """When the target was moved, and from when on something else is counted."""
    found = [(move.change.on, _moved(record, move)) for move in moved]
    found += [
        (one.since.start, say("{date}: Counted in a new way from here on", date=words.date(one.since.start)))
        for one in record.definition_changes
        if one.since
    ]
    return tuple(scale.mark(day, scale.high, text) for day, text in found if scale.start <= day <= scale.end)


def _moved(record: Metric, move: MovedTarget) -> str:
    day, was = words.date(move.change.on), words.target(record, move.before)
    if move.after is None:
        return say("{date}: Target of {was} dropped", date=day, was=was)
    return say("{date}: Target moved from {was} to {now}", date=day, was=was, now=words.target(record, move.after))


def noted(record: Metric, scale: Scale) -> tuple[Mark, ...]:
    """The periods that a note on the data is about, each once."""
    periods = dict.fromkeys(note.period for note in record.notes if note.period)
    return tuple(
        scale.mark(one.end, scale.low, say("There is a note on {period}", period=words.period(one)))
        for one in periods
        if scale.start <= one.end <= scale.end
    )
