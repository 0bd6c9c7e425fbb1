"""Spark lines: the shape of a measure's values at a glance, beside a value that says the rest in words."""

from __future__ import annotations

from dataclasses import dataclass

from safety_plan.plan.things import Metric
from safety_plan.publishing.charts.axes import Scale
from safety_plan.publishing.charts.runs import runs
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.dates import known_on
from safety_plan.results.results import Results

_DECIMALS = 1
"""A spark line is some 100 pixels wide: more decimals of a per cent cannot be seen."""


@dataclass(frozen=True)
class Spot:
    """A place on a spark line: how far to the right and how far down, in per cent."""

    x: float
    y: float


@dataclass(frozen=True)
class Spark:
    """The shape of a measure over time; all places are in per cent of the plot, from its upper left corner.

    A value that is missing, withheld or was never given leaves a gap: each unbroken run of `lines` is a line of its
    own, as SVG writes its points, and a value between two gaps is one of `dots`. `last` is the newest value there is.
    `targets` is how far down the target lies, or both ends of the range to hold.
    """

    lines: tuple[str, ...]
    dots: tuple[Spot, ...]
    last: Spot
    targets: tuple[float, ...]


def spark(metric: Metric, results: Results) -> Spark | None:
    """The spark line of a measure as far as it is known on the day of the results; None where there is no value."""
    record = known_on(metric.record, results.as_of)
    drawn = runs(record, tuple(one.period for one in results.metrics[metric.id].skipped))
    if not drawn:
        return None
    scale = _scale(record, drawn)
    if not scale.drawable:
        return None
    newest = drawn[-1][-1]
    return Spark(
        lines=tuple(_line(scale, run) for run in drawn if len(run) > 1),
        dots=tuple(_spot(scale, run[0]) for run in drawn if len(run) == 1 and run[0] is not newest),
        last=_spot(scale, newest),
        targets=tuple(round(scale.y(edge), _DECIMALS) for edge in _aims(record)),
    )


def _aims(record: MetricRecord) -> tuple[float, ...]:
    """The values of the last target; none where no way is better."""
    return record.targets[-1].edges if record.targets and record.better else ()


def _scale(record: MetricRecord, drawn: list[list[Observation]]) -> Scale:
    # Without a number in its newest period the line ends before the right edge: that there is none can be seen.
    days = [one.period.end for one in record.observations if not one.partial_until]
    if record.kind == "yes-no":
        return Scale(min(days), max(days), 0.0, 1.0)
    levels = [one.number or 0.0 for run in drawn for one in run] + list(_aims(record))
    low, high = min(levels), max(levels)
    if low == high:
        # What never moved lies in the middle, neither high nor low.
        low, high = low - (abs(low) or 1.0), high + (abs(high) or 1.0)
    return Scale(min(days), max(days), low, high)


def _spot(scale: Scale, one: Observation) -> Spot:
    # A single value stands where the newest ones stand on the lines beside it.
    x = 100.0 if scale.start == scale.end else scale.x(one.period.end)
    return Spot(round(x, _DECIMALS), round(scale.y(one.number or 0.0), _DECIMALS))


def _line(scale: Scale, run: list[Observation]) -> str:
    return " ".join(f"{spot.x:g},{spot.y:g}" for spot in (_spot(scale, one) for one in run))
