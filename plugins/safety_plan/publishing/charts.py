"""Charts as positions in per cent, so that an SVG can be fluid and its text stays at real size on a phone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.axes import Level, Mark, Scale, level_marks, rounded, year_marks
from safety_plan.publishing.direction import natural, sign_words
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.observations import Observation, Standing
from safety_plan.results.line import expected_at
from safety_plan.results.past import MovedTarget
from safety_plan.results.trend import Trend as Found

_FEWEST_VALUES = 2
_MOST_POINT_MARKS = 60


@dataclass(frozen=True)
class Trend:
    """A metric over time. `lines` and `paths` are in per cent of the plot itself, for a stretched SVG within the chart.

    A gap in the data is a gap in the line: each unbroken run is a line of its own. A period that is not over is a point
    beside the line, for its number will still grow. `limits` are the mean and the limits of a trend, and `signals` the
    values in which it shows; these have no point of their own. `old_paths` lead to targets that were moved, and
    `changes` are the days on which a target or what is counted changed.
    """

    lines: tuple[str, ...]
    paths: tuple[str, ...]
    old_paths: tuple[str, ...]
    changes: tuple[Mark, ...]
    points: tuple[Mark, ...]
    signals: tuple[Mark, ...]
    limits: tuple[Level, ...]
    partial: tuple[Mark, ...]
    gaps: tuple[Mark, ...]
    withheld: tuple[Mark, ...]
    benchmarks: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    times: tuple[Mark, ...]
    description: str


def trend(
    metric: Metric, found: Found, moved: tuple[MovedTarget, ...] = (), skipped: tuple[Period, ...] = ()
) -> Trend | None:
    """The chart of a metric, of the trend found in it and of its moved targets; None where it cannot be drawn.

    `skipped` are the periods whose number never came. They are gaps like those that have a reason.
    """
    record = metric.record
    observations = sorted(record.observations, key=lambda observation: observation.period)
    values = [(one.period.end, one.number) for one in observations if one.number is not None]
    whole = [(one.period.end, one.number) for one in observations if one.number is not None and not one.partial_until]
    if len(whole) < _FEWEST_VALUES:
        return None
    limits, old = _limits(metric, found), [edge for move in moved for edge in move.before.edges]
    days = [one.period.end for one in observations]
    scale = _scale(metric, days, [value for _, value in values] + [level for level, _ in limits] + old)
    if not scale.drawable:
        return None
    crowded = len(whole) > _MOST_POINT_MARKS
    signs = _signs(found, crowded)

    def mark(one: Observation) -> Mark:
        assert one.number is not None
        sign = f"; {signs[one.period]}" if one.period in signs else ""
        text = f"{words.observation_period(record, one)}: {words.value(record, one.number)}{sign}"
        return scale.mark(one.period.end, one.number, text)

    shown = [one for one in observations if one.number is not None and not one.partial_until]
    plain = [one for one in shown if one.period not in signs]
    if crowded:
        alone = [run[0] for run in _runs(metric, skipped) if len(run) == 1]
        plain = [one for one in (*alone, shown[-1]) if one.period not in signs]
    return Trend(
        lines=_lines(metric, scale, skipped),
        paths=_paths(record, scale),
        old_paths=tuple(path for move in moved if move.metric for path in _paths(move.metric, scale)),
        changes=_changes(record, scale, moved),
        points=tuple(mark(one) for one in plain),
        signals=tuple(mark(one) for one in shown if one.period in signs),
        limits=tuple(
            scale.level(found.values[0].period.end, found.values[-1].period.end, level, text) for level, text in limits
        ),
        partial=tuple(mark(one) for one in observations if one.number is not None and one.partial_until),
        gaps=(*_without_number(metric, scale, "missing"), *_skipped(metric, scale, skipped)),
        withheld=_without_number(metric, scale, "withheld"),
        benchmarks=tuple(
            scale.mark(scale.start, benchmark.value, f"{benchmark.name}: {words.value(record, benchmark.value)}")
            for benchmark in record.benchmarks
        ),
        levels=tuple(
            scale.mark(scale.start, level, words.plain(record, level)) for level in level_marks(record, scale)
        ),
        times=year_marks(scale),
        description=f"{_description(metric, whole)}{_gaps_in_words(record.observations, len(skipped))}",
    )


def _without_number(metric: Metric, scale: Scale, standing: Standing) -> tuple[Mark, ...]:
    """The periods of which there is no number for this reason. One not yet due has no mark."""
    record = metric.record
    return tuple(
        scale.mark(one.period.end, scale.low, words.observation_period(record, one))
        for one in record.observations
        if one.standing == standing
    )


def _skipped(metric: Metric, scale: Scale, periods: tuple[Period, ...]) -> tuple[Mark, ...]:
    """The periods whose number never came; one that is shown in part has its own mark."""
    record = metric.record
    shown = {one.period for one in record.observations}
    return tuple(
        scale.mark(one.end, scale.low, f"{words.period(one, record.covers)}, not given")
        for one in periods
        if one not in shown
    )


def _limits(metric: Metric, found: Found) -> list[tuple[float, str]]:
    """How high the mean and the limits of a trend are drawn, and what each line is."""
    if found.limits is None:
        return []
    record = metric.record
    named = (("Mean", found.limits.mean), ("Upper limit", found.limits.upper), ("Lower limit", found.limits.lower))
    drawn = [(name, natural(record, level)) for name, level in named]
    return [(level, f"{name}: {words.value(record, level)}") for name, level in drawn]


def _signs(found: Found, crowded: bool) -> dict[Period, str]:
    """What stands out about the periods of a trend; where there is no room for all, about those that decide."""
    signals = found.newest if crowded else found.signals
    # Of several signs for one value the rules' first one is named.
    return {found.values[at].period: sign_words(signal) for signal in reversed(signals) for at in signal.points}


def _scale(metric: Metric, days: list[dt.date], values: list[float]) -> Scale:
    record = metric.record
    aims = [edge for target in record.targets for edge in target.edges]
    levels = [*values, *aims, *(benchmark.value for benchmark in record.benchmarks)]
    start, end = days[0], days[-1]
    if record.baseline:
        levels.append(record.baseline.value)
        start = min(start, record.baseline.period.end) if aims else start
    # The target date may be years ahead: a third of the width is enough to see where the path leads.
    ahead = dt.timedelta(days=(end - start).days // 2)
    end = max(end, min(record.targets[-1].by, end + ahead)) if record.targets else end
    low, high = min(levels), max(levels)
    margin = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    low, high = (low - margin if low < 0 or low - margin > 0 else 0.0), high + margin
    if record.kind == "percent":
        high = min(high, 100.0)
    if record.kind == "yes-no":
        low, high = 0.0, 1.0
    return Scale(start, end, low, high)


def _runs(metric: Metric, skipped: tuple[Period, ...]) -> list[list[Observation]]:
    """The unbroken runs of whole values. One that is missing, withheld or was never given breaks a run; so does a count
    that starts anew, or a new way of counting."""
    runs: list[list[Observation]] = [[]]
    new_ways = {one.since for one in metric.record.definition_changes if one.since}
    yearly = metric.record.covers == "year-to-date"
    for one in sorted(metric.record.observations, key=lambda observation: observation.period):
        anew = yearly and runs[-1] and runs[-1][-1].period.year_end < one.period.year_end
        if one.number is None or anew or any(_starts(way, runs[-1], one) for way in (*new_ways, *skipped)):
            runs.append([])
        if one.number is not None and not one.partial_until:
            runs[-1].append(one)
    return [run for run in runs if run]


def _starts(way: Period, run: list[Observation], one: Observation) -> bool:
    """Whether a value is the first one from this period on, after a run of values before it."""
    return bool(run) and run[-1].period < way <= one.period


def _lines(metric: Metric, scale: Scale, skipped: tuple[Period, ...]) -> tuple[str, ...]:
    return tuple(
        " ".join(f"{rounded(scale.x(one.period.end))},{rounded(scale.y(one.number or 0))}" for one in run)
        for run in _runs(metric, skipped)
        if len(run) > 1
    )


def _changes(record: MetricRecord, scale: Scale, moved: tuple[MovedTarget, ...]) -> tuple[Mark, ...]:
    """When the target was moved, and from when on something else is counted."""
    found = [(move.change.on, _moved(record, move)) for move in moved]
    found += [(one.since.start, "Counted in a new way from here on") for one in record.definition_changes if one.since]
    return tuple(
        scale.mark(day, scale.high, f"{words.date(day)}: {text}")
        for day, text in found
        if scale.start <= day <= scale.end
    )


def _moved(record: MetricRecord, move: MovedTarget) -> str:
    was = words.target(record, move.before)
    return (
        f"Target moved from {was} to {words.target(record, move.after)}" if move.after else f"Target of {was} dropped"
    )


def _paths(record: MetricRecord, scale: Scale) -> tuple[str, ...]:
    """The straight pieces from the baseline through the targets, or the level, or both ends of the range to hold."""
    if not record.targets or record.better is None:
        return ()
    last = record.targets[-1]
    if record.kind == "yes-no" and not last.keep:
        return ()
    if last.value is None or last.keep or record.baseline is None or record.covers == "year-to-date":
        ends = (last.low, last.high) if last.value is None else (last.value,)
        return tuple(f"0,{rounded(scale.y(end))} 100,{rounded(scale.y(end))}" for end in ends if end is not None)
    days = [record.baseline.period.end, *(target.by for target in record.targets if target.by < scale.end), scale.end]
    return (" ".join(f"{rounded(scale.x(day))},{rounded(scale.y(expected_at(record, day)))}" for day in days),)


def _description(metric: Metric, values: list[tuple[dt.date, float]]) -> str:
    record = metric.record
    (first_day, first), (last_day, last) = values[0], values[-1]
    low, high = min(value for _, value in values), max(value for _, value in values)
    said = words.value if record.shown_as == "minutes-seconds" else words.plain
    return (
        f"{len(values)} values from {words.date(first_day)} to {words.date(last_day)}. "
        f"First {words.value(record, first)}, last {words.value(record, last)}, "
        f"lowest {said(record, low)}, highest {said(record, high)}."
    )


def _gaps_in_words(observations: Iterable[Observation], skipped: int) -> str:
    """What a reader who sees the chart learns from the marks for numbers that are missing, withheld or not given."""
    counted = Counter(one.standing for one in observations)
    said = ((counted["missing"] + skipped, "no number"), (counted["withheld"], "a withheld number"))
    return "".join(
        f" {words.count(number, 'period')} {'has' if number == 1 else 'have'} {text}."
        for number, text in said
        if number
    )
