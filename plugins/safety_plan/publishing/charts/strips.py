"""The status strip: the status as of each value, side by side as shapes, and the same as a list of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from safety_plan.language import say_in
from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.past import PastStatus
from safety_plan.results.state import Group
from safety_plan.results.status import Status

_MOST = 12
"""How many values a strip shows, so that its shapes can be told apart on a phone."""

_FEWEST = 2


@dataclass(frozen=True)
class Cell:
    """The status of one value: how far to the right its shape lies (in per cent), and what it says."""

    x: float
    group: Group
    text: str


@dataclass(frozen=True)
class Stretch:
    """Values in a row that have the same status, and the time they are of."""

    status: Status
    time: str


@dataclass(frozen=True)
class Strip:
    """The newest statuses of a measure, the oldest first."""

    cells: tuple[Cell, ...]
    stretches: tuple[Stretch, ...]


def strip(record: Metric, past: Sequence[PastStatus]) -> Strip | None:
    """The strip of a measure from its statuses, newest first; None where there are too few to compare."""
    if len(past) < _FEWEST:
        return None
    shown = list(reversed(past[:_MOST]))
    width = 100 / _MOST
    return Strip(
        cells=tuple(
            Cell(round((at + 0.5) * width, 2), one.status.group, _text(record, one)) for at, one in enumerate(shown)
        ),
        stretches=tuple(
            _stretch(record, status, list(found)) for status, found in groupby(shown, key=lambda one: one.status)
        ),
    )


def _text(record: Metric, one: PastStatus) -> str:
    period = words.observation_period(record, one.observation)
    return say_in("time", "{period}: {status}", period=period, status=one.status.words)


def _stretch(record: Metric, status: Status, found: Sequence[PastStatus]) -> Stretch:
    first, last = (words.short_period(one.observation.period) for one in (found[0], found[-1]))
    if len(found) == 1:
        return Stretch(status, first)
    return Stretch(status, say_in("time", "{first} until {last}", first=first, last=last))
