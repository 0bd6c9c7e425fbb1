"""The lines of a metric that hold numbers, whatever table they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from safety_plan.plan.withholding.counts import COUNTED, column_of, window_of
from safety_plan.plan.withholding.forms import WHOLE, Scope, Window
from safety_plan.reading.periods import MONTHS, Grain, Period
from safety_plan.reading.schema.base import Path
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Frequency, GroupObservation, Observation

BASELINE: Path = ("baseline",)
"""The way from a metric to its starting point."""

SHARES = ("percent", "rate")
"""The kinds of metric whose value is a part of a whole, or per so many of it."""

_RESIDENTS = ("resident", "inhabitant", "population")
"""The words by which a reader knows that a rate is one of all who live in the town."""

_GRAIN_OF: dict[Frequency, Grain] = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}


@dataclass(frozen=True)
class Reading:
    """How a reader takes numbers that can be taken in more than one way.

    `earlier`: each corrected value as it was published first. `sums`: a starting point of a longer period, such as a
    year beside quarters, as the sum of its periods, not as their mean. `residents` is how many live in the town; 0
    where the plan does not say.
    """

    earlier: bool = False
    sums: bool = False
    residents: int = 0


PLAIN = Reading()
"""Numbers taken as what they are meant to be."""


@dataclass(frozen=True)
class Entry:
    """A line with numbers: the way to it from the metric on, and what it says.

    `group` is the group as staff wrote it. `values` holds the counts it shows by their columns. `rounded` is the
    percent or rate it shows; where `mean_of` is above 0, it is the mean of so many periods of a count. `corrected` says
    that its numbers are those before a correction.
    """

    path: Path
    period: Period
    window: Window
    scope: Scope
    group: str
    values: dict[str, Decimal]
    rounded: float | None
    small: bool
    withheld: bool = False
    missing: bool = False
    mean_of: int = 0
    corrected: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether a reader finds its numbers: small ones are never left to stand."""
        return not (self.small or self.withheld or self.missing)


@dataclass(frozen=True)
class _Line:
    """An observation, and where it stands."""

    path: Path
    scope: Scope
    one: Observation
    reading: Reading

    @property
    def is_earlier(self) -> bool:
        """Whether it is read as it was before a correction."""
        return self.reading.earlier and self.one.was is not None


def entries_of(metric: Metric, below: int, reading: Reading) -> tuple[Entry, ...]:
    """Every line of a metric that holds a number, or says why it holds none.

    `below` is the smallest count that may be shown; 0 where all may.
    """
    found = (*_observations(metric, below, reading), *_baseline(metric, below, reading))
    return tuple(_with_whole(metric, one, found, reading) for one in found)


def columns_of(metric: Metric, entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """The columns of a metric that count something, in the order of the data format.

    What another metric counts as well is known from there, though no line of this metric shows it.
    """
    used = {column for entry in entries for column in entry.values}
    if metric.kind in COUNTED:
        used.add("value")
    else:
        used |= {"part"} if metric.part_from else set()
        used |= {"of"} if metric.of_from else set()
    if (metric.kind == "percent" and used) or (metric.kind == "rate" and "of" in used):
        used |= {"part", "of"}
    return tuple(column for column in ("value", "part", "of", "n") if column in used)


def _observations(metric: Metric, below: int, reading: Reading) -> Iterator[Entry]:
    for line in _lines(metric, reading):
        one, earlier = line.one, line.is_earlier
        values = _earlier_counts(metric, one) if earlier else _counts(metric, one)
        covers = "period" if line.path[0] == "annual" else metric.covers
        shown: list[Decimal] = [*values.values()]
        if metric.protect_rest and {"part", "of"} <= values.keys():
            shown.append(values["of"] - values["part"])
        share = one.was if earlier else one.value
        yield Entry(
            line.path,
            one.period,
            window_of(one.period, covers, one.partial_until),
            line.scope,
            one.group if isinstance(one, GroupObservation) else "",
            values,
            share if metric.kind in SHARES else None,
            small=any(0 < number < below for number in shown),
            withheld=one.withheld and not earlier,
            missing=one.missing is not None and not values,
            corrected=earlier,
        )


def _baseline(metric: Metric, below: int, reading: Reading) -> Iterator[Entry]:
    baseline = metric.baseline
    if baseline is None or metric.kind not in (*COUNTED, *SHARES):
        return
    counted = metric.kind in COUNTED
    mean_of = 0 if reading.sums else mean_periods(metric)
    exact = counted and not mean_of and baseline.value >= 0
    yield Entry(
        BASELINE,
        baseline.period,
        window_of(baseline.period, metric.covers),
        WHOLE,
        "",
        {"value": Decimal(repr(baseline.value))} if exact else {},
        None if counted and not mean_of else baseline.value,
        small=counted and 0 < baseline.value < below,
        mean_of=mean_of,
    )


def mean_periods(metric: Metric) -> int:
    """Of how many periods the starting point of a count is the mean; 0 where it is no mean."""
    if metric.baseline is None or metric.kind not in COUNTED or metric.covers != "period":
        return 0
    periods = MONTHS[metric.baseline.period.grain] // MONTHS[_GRAIN_OF[metric.frequency]]
    return periods if periods > 1 else 0


def _lines(metric: Metric, reading: Reading) -> Iterator[_Line]:
    for number, one in enumerate(metric.observations):
        yield _Line(("observations", number), WHOLE, one, reading)
    for number, one in enumerate(metric.annual):
        yield _Line(("annual", number), WHOLE, one, reading)
    for position, breakdown in enumerate(metric.breakdowns):
        for number, of_group in enumerate(breakdown.observations):
            path = ("breakdowns", position, "observations", number)
            yield _Line(path, Scope.of(breakdown.as_written.by, of_group.as_written.group), of_group, reading)


def _counts(metric: Metric, one: Observation) -> dict[str, Decimal]:
    """The counts that a line shows, by the columns that say what they count."""
    # What "n" says goes first: where it stands beside the whole itself, the whole is what the percent is of.
    written = {"n": one.n, "part": one.part, "of": one.of}
    found = {column_of(metric, column): Decimal(count) for column, count in written.items() if count is not None}
    if metric.kind in COUNTED and one.value is not None and one.value >= 0:
        found["value"] = Decimal(repr(one.value))
    return found


def _earlier_counts(metric: Metric, one: Observation) -> dict[str, Decimal]:
    """The counts that a line showed before its correction, as far as it says so: the whole is taken to be the same."""
    found = {column: count for column, count in _counts(metric, one).items() if column not in ("value", "part")}
    if metric.kind in COUNTED and one.was is not None and one.was >= 0:
        found["value"] = Decimal(repr(one.was))
    return found


def _with_whole(metric: Metric, one: Entry, entries: tuple[Entry, ...], reading: Reading) -> Entry:
    """The line with the whole that a reader would try who finds a rate or percent without it."""
    if one.rounded is None or one.withheld or metric.kind not in SHARES or one.values:
        return one
    wholes = [entry.values["of"] for entry in entries if entry.scope == one.scope and "of" in entry.values]
    is_usual = len({*wholes}) == 1 and (metric.kind == "rate" or len(wholes) > 1)
    if is_usual:
        return replace(one, values={"of": wholes[0]})
    if metric.kind == "rate" and one.scope == WHOLE and reading.residents and not wholes and _is_of_residents(metric):
        return replace(one, values={"of": Decimal(reading.residents)})
    return one


def _is_of_residents(metric: Metric) -> bool:
    written = metric.as_written
    text = f"{written.unit} {written.name} {written.question} {written.definition}".casefold()
    return metric.of_from is None and any(word in text for word in _RESIDENTS)
