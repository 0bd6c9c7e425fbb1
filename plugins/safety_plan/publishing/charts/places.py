"""The texts of a chart, and where there is room for them: beside what they name, and never across a line.

Places are reckoned for the narrowest screen that a page must fit. On a wider one all places move apart and texts do not
grow, so that texts which keep apart here keep apart everywhere. Lines grow flatter, though, and may then run through a
text beside a point: places are looked at for the widest chart, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

NARROWEST, HEIGHT = 288.0, 280.0
"""The size of a chart in pixels on a screen that is 320 pixels wide."""

WIDEST = 820.0
"""How wide a chart is that is 63 times as wide as its text is high: on paper, and on wide screens nearly so."""

_EM = 13.0
"""The size of a chart's text in pixels; its height grows with it."""

CHARACTER = 8.0
"""How wide a character of a chart's text is taken to be, in pixels: an estimate that wide system fonts stay below."""

_RISE, _FALL = 0.85, 0.3
"""How far a text reaches above the line it is written on, and below it, in its own size."""

_BESIDE = 8.0
"""Pixels between a point and a text to its left or right."""

Anchor = Literal["start", "middle", "end"]
Segment = tuple[float, float, float, float]
"""A straight piece of a line from one place to another: x, y, x, y in pixels."""


@dataclass(frozen=True)
class Box:
    """The room that something takes on a chart, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether two boxes have some room in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )  # fmt: skip

    def crossed_by(self, segment: Segment) -> bool:
        """Whether a straight piece of a line runs through the box."""
        x, y, to_x, to_y = segment
        if max(x, to_x) < self.left or min(x, to_x) > self.right:
            return False
        if max(y, to_y) < self.top or min(y, to_y) > self.bottom:
            return False
        corners = ((self.left, self.top), (self.right, self.top), (self.left, self.bottom), (self.right, self.bottom))
        # All corners on one side of the line: it passes by.
        sides = [(to_x - x) * (corner_y - y) - (to_y - y) * (corner_x - x) for corner_x, corner_y in corners]
        return min(sides) <= 0 <= max(sides)


@dataclass(frozen=True)
class Label:
    """A text of a chart: beside which place (in per cent of the chart), how far from it, and what it says.

    `dx` is in pixels and `dy` in the size of the text, as SVG takes them. `kind` is the name of its looks.
    """

    kind: str
    text: str
    x: float
    y: float
    anchor: Anchor = "middle"
    dx: float = 0.0
    dy: float = 0.0

    @property
    def box(self) -> Box:
        """The room it takes on the narrowest chart."""
        return self.box_on(NARROWEST)

    def box_on(self, chart: float) -> Box:
        """The room it takes on a chart that is so many pixels wide."""
        width = len(self.text) * CHARACTER
        at = self.x * chart / 100 + self.dx
        left = at - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        base = self.y * HEIGHT / 100 + self.dy * _EM
        return Box(left, base - _RISE * _EM, left + width, base + _FALL * _EM)


@dataclass
class Room:
    """What of a chart is taken already. `bounds` is where its texts may stand, `width` how wide the chart is."""

    bounds: Box
    width: float = NARROWEST
    boxes: list[Box] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def add_line(self, points: Sequence[tuple[float, float]]) -> None:
        """Take the room of a line through these places, in per cent of the chart."""
        found = [(x * self.width / 100, y * HEIGHT / 100) for x, y in points]
        self.segments += [(*one, *other) for one, other in pairwise(found)]

    def add_point(self, x: float, y: float, size: float = 5.0) -> None:
        """Take the room of a mark at a place in per cent of the chart, so many pixels to each side of it."""
        at_x, at_y = x * self.width / 100, y * HEIGHT / 100
        self.boxes.append(Box(at_x - size, at_y - size, at_x + size, at_y + size))

    def place(self, labels: Iterable[Label]) -> Iterator[Label]:
        """The first of these labels that there is room for, which is taken then; nothing where there is none."""
        return place([self], labels)

    def is_free(self, label: Label) -> bool:
        """Whether nothing stands where a label would."""
        box = label.box_on(self.width)
        within = self.bounds.left <= box.left and box.right <= self.bounds.right
        within = within and self.bounds.top <= box.top and box.bottom <= self.bounds.bottom
        return (
            within
            and not any(box.touches(other) for other in self.boxes)
            and not any(box.crossed_by(segment) for segment in self.segments)
        )


def place(rooms: Sequence[Room], labels: Iterable[Label]) -> Iterator[Label]:
    """The first of these labels that there is room for in the same chart at each of some widths; it is taken then."""
    for label in labels:
        if all(room.is_free(label) for room in rooms):
            for room in rooms:
                room.boxes.append(label.box_on(room.width))
            yield label
            return


_ABOVE, _BELOW = (-0.75, -1.3, -1.9), (1.6, 2.2, 2.8)
_LEVEL = 0.35
"""How far below a place a text is written so that its middle is as high as the place."""


def around(kind: str, texts: Iterable[str], x: float, y: float) -> Iterator[Label]:
    """The places for a text beside a point; of several texts the first one is the best."""
    for text in texts:
        for dy in (*_ABOVE[:2], *_BELOW[:2], _ABOVE[2], _BELOW[2]):
            for anchor in _anchors(x):
                yield Label(kind, text, x, y, anchor, dy=dy)
        yield Label(kind, text, x, y, "start", _BESIDE, _LEVEL)
        yield Label(kind, text, x, y, "end", -_BESIDE, _LEVEL)


def before(kind: str, texts: Iterable[str], x: float, y: float) -> Iterator[Label]:
    """More places for a text to the left of a point to which a line falls or rises steeply."""
    for text in texts:
        for dx in _FURTHER:
            for dy in (_LEVEL, -_FALL, _RISE):
                yield Label(kind, text, x, y, "end", -dx, dy)


_FURTHER = (_BESIDE, 14.0, 20.0, 26.0)
"""Pixels between a point and a text that still is seen to belong to it."""


def _anchors(x: float) -> tuple[Anchor, ...]:
    """How a text may hang on a point: near an edge of the chart rather towards its middle."""
    if x > _RIGHT_THIRD:
        return ("end", "middle", "start")
    return ("start", "middle", "end") if x < 100 - _RIGHT_THIRD else ("middle", "end", "start")


_RIGHT_THIRD = 67


def along(kind: str, texts: Iterable[str], x: float, to: float, y: float) -> Iterator[Label]:
    """The places for a text above or below a level line from one place to another; at its ends first."""
    for text in texts:
        for share, anchor in _ALONG:
            for dy in (-0.45, 1.1):
                yield Label(kind, text, round(x + share * (to - x), 2), y, anchor, dy=dy)


_ALONG: tuple[tuple[float, Anchor], ...] = (
    (1.0, "end"), (0.0, "start"), (0.75, "middle"), (0.25, "middle"), (0.5, "middle"), (0.6, "middle"), (0.4, "middle"),
)  # fmt: skip
