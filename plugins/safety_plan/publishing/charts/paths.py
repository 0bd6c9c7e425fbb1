"""The way to the target as a chart shows it: its straight pieces, where it starts, and the targets along it."""

from __future__ import annotations

import datetime as dt

from safety_plan.language import say, say_in
from safety_plan.publishing import words
from safety_plan.publishing.charts.axes import Mark, Scale, rounded
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.targets import Target
from safety_plan.results.line import expected_at

Path = tuple[tuple[float, float], ...]
"""The corners of a line, in per cent of the plot."""


def paths(record: Metric, scale: Scale) -> tuple[Path, ...]:
    """The straight pieces from the baseline through the targets, or the level, or both ends of the range to hold."""
    if not record.targets or record.better is None:
        return ()
    last = record.targets[-1]
    if record.kind == "yes-no" and not last.keep:
        return ()
    if is_level(record):
        ends = (last.high, last.low) if last.value is None else (last.value,)
        return tuple(((0.0, rounded(scale.y(end))), (100.0, rounded(scale.y(end)))) for end in ends if end is not None)
    assert record.baseline is not None
    days = [record.baseline.period.end, *(target.by for target in record.targets if target.by < scale.end), scale.end]
    return (tuple((rounded(scale.x(day)), rounded(scale.y(expected_at(record, day)))) for day in days),)


def is_level(record: Metric) -> bool:
    """Whether the target is drawn as a level or a range, and not as a way that leads from a starting point to it."""
    last = record.targets[-1]
    return last.value is None or bool(last.keep) or record.baseline is None or record.covers == "year-to-date"


def band(record: Metric, scale: Scale) -> tuple[float, float] | None:
    """Where a range to hold begins from above, and how high it is, in per cent of the plot; None for other targets."""
    if not record.targets or record.better is None:
        return None
    low, high = record.targets[-1].low, record.targets[-1].high
    if low is None or high is None:
        return None
    top, bottom = rounded(scale.y(high)), rounded(scale.y(low))
    return top, rounded(bottom - top)


def baseline_mark(record: Metric, scale: Scale) -> Mark | None:
    """Where it started; None where that lies before the time the chart shows."""
    start = record.baseline
    if start is None or not scale.start <= start.period.end <= scale.end:
        return None
    text = say(
        "Starting point, {period}: {value}",
        period=words.period(start.period, record.covers),
        value=words.value(record, start.value),
    )
    return scale.mark(start.period.end, start.value, text)


def target_marks(record: Metric, scale: Scale) -> tuple[tuple[Target, Mark], ...]:
    """The targets along a way that leads to one, as far as the chart shows it; the last one is the final target."""
    if not record.targets or record.better is None or is_level(record):
        return ()
    return tuple(
        (target, scale.mark(target.by, target.value, _target_text(record, target)))
        for target in record.targets
        if target.value is not None and target.by <= scale.end
    )


def beyond(record: Metric, scale: Scale) -> Mark | None:
    """Where the way leaves the chart, whose target has its day after the end of it; None where it does not."""
    if not record.targets or record.better is None or is_level(record):
        return None
    last = record.targets[-1]
    if last.by <= scale.end or (record.kind == "yes-no" and not last.keep):
        return None
    text = say("The target lies beyond the end of the chart: {target}", target=words.target_by(record, last))
    return scale.mark(scale.end, expected_at(record, scale.end), text)


def _target_text(record: Metric, target: Target) -> str:
    said = words.target_by(record, target)
    if target is record.targets[-1]:
        return say("Target: {target}", target=said)
    return say("Interim target: {target}", target=said)


def short_value(record: Metric, value: float) -> str:
    """A value in as few signs as can be: 10.4, 93%, 1:31."""
    if record.kind == "percent":
        return words.value(record, value)
    return words.plain(record, value)


def target_names(record: Metric, target: Target) -> tuple[tuple[str, ...], ...]:
    """What may stand beside each line of a target, the best text first; of a range first at its upper end."""
    if target.value is None:
        assert target.low is not None
        assert target.high is not None
        return (
            (say("At most {value}", value=short_value(record, target.high)),),
            (say("At least {value}", value=short_value(record, target.low)),),
        )
    value = short_value(record, target.value)
    brief = say("Target {value}", value=value)
    if record.kind == "yes-no":
        return ((say("Target: {answer}", answer=value),),)
    if target.keep == "above":
        return ((say("Target: at least {value}", value=value), brief),)
    if target.keep == "below":
        return ((say("Target: at most {value}", value=value), brief),)
    if record.covers == "year-to-date":
        return ((say("Target each year: {value}", value=value), brief),)
    return ((say("Target {value} by {year}", value=value, year=str(target.by.year)), brief),)


def ahead_names(record: Metric, target: Target) -> tuple[str, ...]:
    """What may stand at the end of a way whose target lies beyond the chart, the best text first.

    It names the target as something that is not here: the height of the line there is not that of the target.
    """
    assert target.value is not None
    value, year = short_value(record, target.value), str(target.by.year)
    best = say("Leads to {value} by {year}", value=value, year=year)
    return best, say("To {value} by {year}", value=value, year=year)


def target_at(record: Metric, day: dt.date) -> Target:
    """The target that is next due on a day, or the last one after all of them; needs a measure with a target."""
    return next((one for one in record.targets if one.by >= day), record.targets[-1])


def target_in_table(record: Metric, target: Target) -> str:
    """A target without its unit: 9.5, at least 95, 6.0 to 9.0."""
    if target.value is None:
        assert target.low is not None
        assert target.high is not None
        return say_in(
            "range", "{low} to {high}", low=words.plain(record, target.low), high=words.plain(record, target.high)
        )
    value = words.plain(record, target.value)
    if target.keep is None or record.kind == "yes-no":
        return value
    return say("at least {value}", value=value) if target.keep == "above" else say("at most {value}", value=value)
