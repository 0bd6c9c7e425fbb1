"""Charts as positions in per cent, so that an SVG can be fluid and its text stays at real size on a phone."""

from __future__ import annotations

from dataclasses import dataclass

from safety_plan.plan.things import Metric
from safety_plan.publishing.charts import marks
from safety_plan.publishing.charts.axes import (
    RIGHT,
    Level,
    Mark,
    level_marks,
    level_text,
    rounded,
    scale_of,
    time_labels,
    with_room,
    year_ends,
)  # fmt: skip
from safety_plan.publishing.charts.labels import Shown, names
from safety_plan.publishing.charts.paths import Path, band, baseline_mark, beyond, paths, target_marks
from safety_plan.publishing.charts.places import Label
from safety_plan.publishing.charts.runs import runs
from safety_plan.publishing.charts.words import description, in_plain_words
from safety_plan.reading.periods import Period
from safety_plan.results.past import MovedTarget
from safety_plan.results.trend import Trend as Found

_FEWEST_VALUES = 2


@dataclass(frozen=True)
class Trend:
    """A metric over time. `lines` and `paths` are in per cent of the plot itself, for a stretched SVG within the chart.

    The plot takes `width` per cent of the chart from `left` on. A gap in the data is a gap in the line: each unbroken
    run is a line of its own. A period that is not over is a point beside the line, for its number will still grow.
    `limits` are the mean and the limits of a trend, and `signals` the values in which it shows; these have no point of
    their own. `band` is where a range to hold begins and how high it is. `aims` are the targets on the way that
    the chart shows, each at its own height and day, the final one last. Where that one has its day after the end of the
    chart, `beyond` is where the way to it leaves. `old_paths` lead to targets that were moved, and `changes` are the
    days on which a target or what is counted changed. `notes` are what to know about one period. `labels` are the texts
    beside lines and points; what has no label found no room for one.
    """

    left: float
    width: float
    lines: tuple[str, ...]
    paths: tuple[str, ...]
    old_paths: tuple[str, ...]
    band: tuple[float, float] | None
    baseline: Mark | None
    aims: tuple[Mark, ...]
    beyond: Mark | None
    changes: tuple[Mark, ...]
    points: tuple[Mark, ...]
    signals: tuple[Mark, ...]
    limits: tuple[Level, ...]
    partial: tuple[Mark, ...]
    gaps: tuple[Mark, ...]
    withheld: tuple[Mark, ...]
    benchmarks: tuple[Mark, ...]
    notes: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    times: tuple[Label, ...]
    turns: tuple[float, ...]
    labels: tuple[Label, ...]
    description: str


def trend(
    metric: Metric, found: Found, moved: tuple[MovedTarget, ...] = (), skipped: tuple[Period, ...] = ()
) -> Trend | None:
    """The chart of a metric, of the trend found in it and of its moved targets; None where it cannot be drawn.

    `skipped` are the periods whose number never came. They are gaps like those that have a reason.
    """
    shown = _shown(metric, found, moved, skipped)
    if shown is None:
        return None
    record, scale = shown.record, shown.scale
    return Trend(
        left=scale.left,
        width=rounded(RIGHT - scale.left),
        lines=tuple(map(_svg, shown.lines)),
        paths=tuple(map(_svg, shown.paths)),
        old_paths=tuple(_svg(path) for _, path in shown.old),
        band=band(record, scale),
        baseline=shown.baseline,
        aims=tuple(mark for _, mark in shown.aims),
        beyond=shown.beyond,
        changes=shown.changes,
        points=shown.points,
        signals=shown.signals,
        limits=tuple(level for level, _ in shown.limits),
        partial=shown.partial,
        gaps=shown.gaps,
        withheld=shown.withheld,
        benchmarks=tuple(mark for _, mark in shown.benchmarks),
        notes=marks.noted(record, scale),
        levels=tuple(scale.mark(scale.start, level, level_text(record, level)) for level in level_marks(record, scale)),
        times=time_labels(scale, sorted(one.period for one in record.observations)),
        turns=year_ends(scale),
        labels=tuple(names(shown)),
        description=description(record, len(skipped), beyond=shown.beyond is not None),
    )


def _shown(metric: Metric, found: Found, moved: tuple[MovedTarget, ...], skipped: tuple[Period, ...]) -> Shown | None:
    """What the chart shows, without the texts beside it; None where there is too little or it cannot be drawn."""
    record = in_plain_words(metric.record)
    whole = marks.whole(record)
    if len(whole) < _FEWEST_VALUES:
        return None
    limits = marks.limits(record, found)
    scale = scale_of(record, [*(level for level, _ in limits), *(edge for move in moved for edge in move.before.edges)])
    if not scale.drawable:
        return None
    scale = with_room(record, scale)
    unbroken = runs(record, skipped)
    points, signals = marks.points(record, scale, found, unbroken)
    return Shown(
        record=record,
        scale=scale,
        last=whole[-1],
        lines=tuple(marks.corners(scale, run) for run in unbroken if len(run) > 1),
        paths=paths(record, scale),
        old=tuple((move.before, path) for move in moved if move.metric for path in paths(move.metric, scale)),
        aims=target_marks(record, scale),
        beyond=beyond(record, scale),
        baseline=baseline_mark(record, scale),
        limits=tuple((marks.limit(scale, found, level, text), text) for level, text in limits),
        benchmarks=marks.benchmarks(record, scale),
        points=points,
        signals=signals,
        partial=marks.partial(record, scale),
        gaps=(*marks.without_number(record, scale, "missing"), *marks.skipped(record, scale, skipped)),
        withheld=marks.without_number(record, scale, "withheld"),
        changes=marks.changes(record, scale, moved),
    )


def _svg(corners: Path) -> str:
    """The corners of a line as SVG writes them."""
    return " ".join(f"{x},{y}" for x, y in corners)
