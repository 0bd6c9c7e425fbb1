"""The signs that more than chance is at work: the special causes of an XmR chart, found in a row of exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from safety_plan.rules import Rules


class Sign(Enum):
    """A sign that more than chance is at work: the special causes of an XmR chart."""

    OUTSIDE = "outside"
    MOVES = "moves"
    NEAR = "near"
    RUN = "run"


@dataclass(frozen=True)
class Signal:
    """Where a sign was found: the positions of its values in `Trend.values`, and whether they are high (or rising)."""

    sign: Sign
    up: bool
    points: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """The numbers in the order of time, and for each whether it follows the one before without a gap."""

    numbers: list[Fraction]
    follows: list[bool]

    @property
    def steps(self) -> list[Fraction]:
        """The moving ranges: how far apart neighbouring periods are. There is no step across a gap."""
        pairs = zip(pairwise(self.numbers), self.follows[1:], strict=True)
        return [abs(number - before) for (before, number), follows in pairs if follows]

    def alike(self, at: int, sides: list[int]) -> bool:
        """Whether a value follows the one before without a gap, and lies on the same side."""
        return self.follows[at] and sides[at] == sides[at - 1]


def find_signals(row: Row, mean: Fraction, reach: Fraction, rules: Rules) -> Iterator[Signal]:
    """Every sign in a row of numbers, in the order of the rules."""
    numbers = row.numbers
    sides = [_sign(number - mean) for number in numbers]
    outside = [side if abs(number - mean) > reach else 0 for number, side in zip(numbers, sides, strict=True)]
    yield from _alike(Sign.OUTSIDE, outside, row, 1)
    yield from _moves(row, round(rules.trend_moves))
    close = reach * exact(rules.trend_near_thirds) / 3
    near = [
        side if not out and abs(number - mean) > close else 0
        for number, side, out in zip(numbers, sides, outside, strict=True)
    ]
    yield from _near(near, sides, row, rules)
    yield from _alike(Sign.RUN, sides, row, round(rules.trend_run))


def _alike(sign: Sign, sides: list[int], row: Row, fewest: int) -> Iterator[Signal]:
    """Stretches of at least so many neighbours that are all high, or all low."""
    for stretch in _stretches(len(sides), lambda at: row.alike(at, sides)):
        if sides[stretch[0]] and len(stretch) >= fewest:
            yield Signal(sign, sides[stretch[0]] > 0, tuple(stretch))


def _moves(row: Row, fewest: int) -> Iterator[Signal]:
    """Stretches of at least so many neighbours, each higher than the one before, or each lower."""
    rises = [_sign(number - before) for before, number in pairwise(row.numbers)]
    # No move leads across a gap, just as nothing leads to the first value.
    moves = [move if follows else 0 for move, follows in zip([0, *rises], row.follows, strict=True)]
    for stretch in _stretches(len(moves), lambda at: moves[at] == moves[at - 1]):
        if moves[stretch[0]] and len(stretch) + 1 >= fewest:
            yield Signal(Sign.MOVES, moves[stretch[0]] > 0, (stretch[0] - 1, *stretch))


def _near(near: list[int], sides: list[int], row: Row, rules: Rules) -> Iterator[Signal]:
    """Values near a limit that stand close together, with nothing on the other side of the mean between them."""
    among, fewest = round(rules.trend_near_among), round(rules.trend_near_count)
    picked: set[int] = set()
    for first in range(len(near) - among + 1):
        window = range(first, first + among)
        close = [at for at in window if near[at]]
        if len(close) >= fewest and all(row.alike(at, sides) for at in window[1:]):
            picked.update(close)
    found = sorted(picked)

    def goes_on(at: int) -> bool:
        after = range(found[at - 1] + 1, found[at] + 1)
        return len(after) < among and all(row.alike(one, sides) for one in after)

    for stretch in _stretches(len(found), goes_on):
        points = tuple(found[at] for at in stretch)
        yield Signal(Sign.NEAR, sides[points[0]] > 0, points)


def _stretches(count: int, goes_on: Callable[[int], bool]) -> Iterator[list[int]]:
    """The positions from 0 to count - 1, cut wherever `goes_on` denies that a position belongs with the one before."""
    stretch: list[int] = []
    for at in range(count):
        if stretch and not goes_on(at):
            yield stretch
            stretch = []
        stretch.append(at)
    if stretch:
        yield stretch


def exact(number: float) -> Fraction:
    """A number as it is written: 2.66 is 266/100, not the binary fraction next to it."""
    return Fraction(repr(number))


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)
