"""The texts beside the lines and points of a chart, which spare the reader a legend where there is room for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safety_plan.language import say
from safety_plan.publishing.charts.axes import BOTTOM, RIGHT, TOP, Level, Mark, Scale, has_day, level_marks, level_text
from safety_plan.publishing.charts.paths import Path, ahead_names, is_level, short_value, target_names
from safety_plan.publishing.charts.places import (
    CHARACTER,
    HEIGHT,
    NARROWEST,
    WIDEST,
    Box,
    Label,
    Room,
    along,
    around,
    before,
    place,
)  # fmt: skip
from safety_plan.reading.schema.metrics import Benchmark, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target

_LONGEST = 26
"""Characters of a text beside a line: a longer name stands below the chart only."""


@dataclass(frozen=True)
class Shown:
    """What a chart shows, apart from its texts: see `safety_plan.publishing.charts.Trend`.

    `last` is the newest value of a whole period; `limits` and `benchmarks` come with what they are called.
    """

    record: Metric
    scale: Scale
    last: Observation
    lines: tuple[Path, ...]
    paths: tuple[Path, ...]
    old: tuple[tuple[Target, Path], ...]
    aims: tuple[tuple[Target, Mark], ...]
    beyond: Mark | None
    baseline: Mark | None
    limits: tuple[tuple[Level, str], ...]
    benchmarks: tuple[tuple[Benchmark, Mark], ...]
    points: tuple[Mark, ...]
    signals: tuple[Mark, ...]
    partial: tuple[Mark, ...]
    gaps: tuple[Mark, ...]
    withheld: tuple[Mark, ...]
    changes: tuple[Mark, ...]


def names(shown: Shown) -> Iterator[Label]:
    """The texts that there is room for, the most needed first: none touches another, and none crosses a line."""
    yield from _changes(shown)
    rooms = [_room(shown, width) for width in (NARROWEST, WIDEST)]
    for wanted in _wanted(shown):
        yield from place(rooms, wanted)


def _wanted(shown: Shown) -> Iterator[Iterable[Label]]:
    """For each text the places where it may stand."""
    record = shown.record
    assert shown.last.number is not None
    last = shown.scale.mark(shown.last.period.end, shown.last.number, short_value(record, shown.last.number))
    yield around("last", [last.text], last.x, last.y)
    yield from _of_target(shown)
    if shown.baseline is not None and record.baseline is not None:
        value = short_value(record, record.baseline.value)
        texts = [say("Starting point {value}", value=value), say("Start {value}", value=value)]
        yield around("start", texts, shown.baseline.x, shown.baseline.y)
    for one, mark in shown.benchmarks:
        texts = [text for text in (mark.text, say("For scale: {value}", value=short_value(record, one.value)))
                 if len(text) <= _LONGEST]  # fmt: skip
        yield along("benchmark", texts, shown.scale.left, RIGHT, mark.y)
    for level, text in shown.limits:
        yield along("limit", [text], level.x, level.to, level.y)
    for target, mark in shown.aims:
        if target is record.targets[-1]:
            continue
        assert target.value is not None
        value = short_value(record, target.value)
        yield around("target", [say("{value} by {year}", value=value, year=str(target.by.year))], mark.x, mark.y)
    for target, path in shown.old:
        yield _at_end("old", _old_names(shown, target), *_place(shown.scale, path[-1]))


def _of_target(shown: Shown) -> Iterator[Iterable[Label]]:
    """Beside a level or the ends of a range along the line, and at the target itself or where the way to it leaves."""
    if not shown.paths:
        return
    last = shown.record.targets[-1]
    texts = target_names(shown.record, last)
    if is_level(shown.record):
        for path, of_line in zip(shown.paths, texts, strict=True):
            x, y = _place(shown.scale, path[-1])
            yield along("target", of_line, shown.scale.left, x, y)
    elif shown.beyond is not None:
        yield _at_end("target", ahead_names(shown.record, last), shown.beyond.x, shown.beyond.y)
    else:
        _, mark = shown.aims[-1]
        yield _at_end("target", texts[0], mark.x, mark.y)


def _at_end(kind: str, texts: Iterable[str], x: float, y: float) -> Iterator[Label]:
    """The places for a text where a way ends: a shorter text only where a longer one has no place at all."""
    for text in texts:
        yield from around(kind, [text], x, y)
        yield from before(kind, [text], x, y)


def _old_names(shown: Shown, target: Target) -> tuple[str, ...]:
    """What the end of a way to a target of before is called: the target has its height there only if it is reached."""
    value = short_value(shown.record, target.edges[0])
    if target.by <= shown.scale.end or not has_day(shown.record, target):
        return (say("Before: {value}", value=value),)
    best = say("Before: to {value} by {year}", value=value, year=str(target.by.year))
    return best, say("Before: to {value}", value=value)


def _place(scale: Scale, corner: tuple[float, float]) -> tuple[float, float]:
    """A corner of a line in per cent of the chart instead of the plot."""
    x, y = corner
    return (
        round(scale.left + x * (RIGHT - scale.left) / 100, 2),
        round(TOP + y * (BOTTOM - TOP) / 100, 2),
    )


def _changes(shown: Shown) -> Iterator[Label]:
    """The word above the day of a change, in the margin over the plot; where days are close it stands once."""
    room = Room(Box(0, -1, NARROWEST, HEIGHT))
    for change in shown.changes:
        yield from room.place(
            Label("change", say("changed"), change.x, TOP - 2, anchor) for anchor in ("middle", "end", "start")
        )


def _room(shown: Shown, width: float) -> Room:
    """The chart with all its lines and points, before any text stands in it, so many pixels wide."""
    scale = shown.scale
    room = Room(Box(0, 0, width, BOTTOM * HEIGHT / 100), width)
    for path in (*shown.lines, *shown.paths, *(path for _, path in shown.old)):
        room.add_line([_place(scale, corner) for corner in path])
    for level, _ in shown.limits:
        room.add_line([(level.x, level.y), (level.to, level.y)])
    for _, mark in shown.benchmarks:
        room.add_line([(scale.left, mark.y), (RIGHT, mark.y)])
    for upright in (*shown.gaps, *shown.withheld, *shown.changes):
        room.add_line([(upright.x, 0), (upright.x, BOTTOM)])
    for point in (*shown.points, *shown.signals, *shown.partial, *(mark for _, mark in shown.aims)):
        room.add_point(point.x, point.y)
    if shown.beyond is not None:
        room.add_point(shown.beyond.x, shown.beyond.y)
    if shown.baseline is not None:
        room.add_point(shown.baseline.x, shown.baseline.y)
    for number in level_marks(shown.record, scale):
        at, length = (
            scale.mark(scale.start, number, "").y * HEIGHT / 100,
            len(level_text(shown.record, number)) * CHARACTER,
        )
        # It stands above its line.
        room.boxes.append(Box(0, at - _LEVEL_HEIGHT, length, at))
    return room


_LEVEL_HEIGHT = 17
"""Pixels that the name of a level takes above its line."""
