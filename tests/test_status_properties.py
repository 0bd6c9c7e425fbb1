"""What holds for every measure, whatever its numbers are, by the straight line and by the growth rate."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from safety_plan.reading.periods import Period, period_from
from safety_plan.reading.schema.metrics import Baseline, Metric, StatusMethod
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target
from safety_plan.results.past import past_statuses
from safety_plan.results.status import Assessment, Status, assess
from tests.made import made_metric

METHODS: tuple[StatusMethod, ...] = ("straight-line", "growth-rate")
BOTH = pytest.mark.parametrize("method", METHODS)
quietly = settings(derandomize=True, deadline=None, max_examples=200)

PERIODS = [period for year in range(2024, 2030) for q in range(1, 5) if (period := period_from(f"{year}-Q{q}"))]
ORDER = [
    Status.GETTING_WORSE,
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.ON_TRACK,
    Status.MEETING,
]
"""From worst to best. A missed target is as bad as off track; what says nothing has no place in it."""

anything = some.floats(allow_nan=False, allow_infinity=False)
amounts = some.decimals(min_value=-1000, max_value=1000, places=2).map(float)
above_zero = some.decimals(min_value="0.01", max_value=1000, places=2).map(float)
dates = some.dates(dt.date(2025, 1, 1), dt.date(2035, 12, 31))
betters = some.sampled_from(["higher", "lower"])


def rank(status: Status) -> int:
    return 1 if status is Status.MISSED else ORDER.index(status)


def measure(**changes: Any) -> Metric:
    """A made-up measure that starts with 2024."""
    start = period_from("2024")
    assert start is not None
    base = made_metric(
        baseline=Baseline(period=start, value=0),
    )
    return base.model_copy(update=changes)


def starting_at(value: float) -> Baseline:
    start = period_from("2024")
    assert start is not None
    return Baseline(period=start, value=value)


def target(value: float, by: dt.date, **more: Any) -> Target:
    return Target(value=value, by=by, why="Because.", **more)


def seen(value: float, period: Period = PERIODS[11]) -> Observation:
    return Observation(period=period, value=value)


def targets(numbers: some.SearchStrategy[float]) -> some.SearchStrategy[tuple[Target, ...]]:
    """One to three targets, in the order of their dates; sometimes all are levels to hold."""

    def put_together(found: list[tuple[float, dt.date]], keep: str | None, tolerance: float) -> tuple[Target, ...]:
        ordered = sorted(found, key=lambda one: one[1])
        return tuple(target(value, by, keep=keep, tolerance=tolerance if keep else None) for value, by in ordered)

    listed = some.lists(some.tuples(numbers, dates), min_size=1, max_size=3, unique_by=lambda one: one[1])
    return some.builds(put_together, listed, some.sampled_from([None, None, "above"]), some.floats(0, 100))


@some.composite
def measures(draw: some.DrawFn, numbers: some.SearchStrategy[float]) -> Metric:
    """Any measure with a better direction and a target: with a baseline or none, of any time that values cover."""
    return measure(
        better=draw(betters),
        covers=draw(some.sampled_from(["period", "year-to-date", "running-total", "rolling-12-months"])),
        baseline=draw(some.none() | numbers.map(starting_at)),
        targets=draw(targets(numbers)),
        observations=(seen(draw(numbers), draw(some.sampled_from(PERIODS))),),
    )


def with_value(metric: Metric, value: float) -> Metric:
    return metric.model_copy(update={"observations": (seen(value, metric.observations[0].period),)})


@BOTH
@quietly
@given(metric=measures(amounts) | measures(above_zero), other=amounts)
def test_a_better_value_never_has_a_worse_status(method: StatusMethod, metric: Metric, other: float) -> None:
    value = metric.observations[0].value
    assert value is not None
    low, high = sorted((value, other))
    worse, better = (low, high) if metric.better == "higher" else (high, low)
    before, after = (assess(with_value(metric, one), default=method).status for one in (worse, better))
    assume(Status.TOO_EARLY not in (before, after))

    assert rank(before) <= rank(after)


def scaled(metric: Metric, factor: float) -> Metric:
    """The same measure in another unit."""
    return metric.model_copy(
        update={
            "baseline": starting_at(metric.baseline.value * factor) if metric.baseline else None,
            "targets": tuple(
                one.model_copy(
                    update={
                        "value": (one.value or 0.0) * factor,
                        "tolerance": None if one.tolerance is None else one.tolerance * factor,
                    }
                )
                for one in metric.targets
            ),
            "observations": tuple(seen((one.value or 0.0) * factor, one.period) for one in metric.observations),
        }
    )


@BOTH
@quietly
@given(metric=measures(amounts) | measures(above_zero), factor=some.sampled_from([60, 1 / 60, 0.001, 1e-15, 1e12]))
def test_another_unit_changes_nothing(method: StatusMethod, metric: Metric, factor: float) -> None:
    one, other = assess(metric, default=method), assess(scaled(metric, factor), default=method)

    assert (one.status, one.rule, one.method) == (other.status, other.rule, other.method)
    assert (one.ratio is None) == (other.ratio is None)
    if one.ratio is not None and other.ratio is not None:
        assert other.ratio == pytest.approx(one.ratio, rel=1e-6, abs=1e-9)
    if one.expected is not None:
        assert other.expected == pytest.approx(one.expected * factor, rel=1e-6, abs=1e-9 * factor)


@BOTH
@quietly
@given(
    metric=measures(amounts),
    values=some.lists(some.tuples(some.sampled_from(PERIODS), amounts), min_size=1, unique_by=lambda one: one[0]),
    order=some.randoms(use_true_random=False),
)
def test_the_order_of_the_values_changes_nothing(
    method: StatusMethod, metric: Metric, values: list[tuple[Period, float]], order: Any
) -> None:
    one = metric.model_copy(update={"observations": tuple(seen(value, when) for when, value in values)})
    order.shuffle(values)
    other = metric.model_copy(update={"observations": tuple(seen(value, when) for when, value in values)})

    assert assess(one, default=method) == assess(other, default=method)
    assert past_statuses(one, default=method) == past_statuses(other, default=method)


def numbers_of(found: Assessment) -> list[float]:
    """Every number that a page or a file would show."""
    growth = found.growth
    shown = [found.expected, found.ratio, found.share]
    if growth is not None:
        shown += [growth.observed, growth.asked, growth.ratio, growth.score, growth.years, growth.limit_factor]
    return [one for one in shown if one is not None]


@BOTH
@settings(derandomize=True, deadline=None, max_examples=500)
@given(metric=measures(anything) | measures(some.floats(min_value=0, exclude_min=True, allow_infinity=False)))
def test_every_finite_number_has_a_status(method: StatusMethod, metric: Metric) -> None:
    found = assess(metric, default=method)

    assert found.status is not Status.NONE
    assert all(math.isfinite(one) for one in numbers_of(found)), found


@quietly
@given(
    start=some.none() | anything,
    value=anything,
    limit=some.none() | some.floats(min_value=0, exclude_min=True, allow_infinity=False),
    better=betters,
)
def test_every_finite_number_has_a_growth_or_a_reason_why_not(
    start: float | None, value: float, limit: float | None, better: str
) -> None:
    baseline = starting_at(start) if start is not None else None
    found = assess(
        measure(
            better=better, baseline=baseline, natural_limit=limit, observations=(seen(1.0, PERIODS[0]), seen(value))
        ),
        default="growth-rate",
    )

    assert found.status is Status.INFORMATION
    assert (found.growth is None) == bool(found.not_used)
    assert all(math.isfinite(one) for one in numbers_of(found)), found


@BOTH
@quietly
@given(low=anything, width=some.floats(0, 1e300), value=anything, tolerance=some.floats(0, 1e308))
def test_every_finite_number_is_within_a_range_or_not(
    method: StatusMethod, low: float, width: float, value: float, tolerance: float
) -> None:
    high = low + width
    assume(math.isfinite(high))
    band = Target(by=dt.date(2028, 12, 31), low=low, high=high, tolerance=tolerance, why="Because.")
    found = assess(measure(better="within", targets=(band,), observations=(seen(value),)), default=method)

    assert found.status in (Status.MEETING, Status.AT_RISK, Status.OFF_TRACK)
    assert (found.status is Status.MEETING) >= (low <= value <= high)


# Cases that formulas stumble over, each with the status that the rule gives it. The value is of 2026-Q4: half of the
# time from the end of 2024 to the end of 2028 has passed.
@BOTH
@pytest.mark.parametrize(
    ("better", "start", "aim", "value", "words"),
    [
        ("higher", 0, 100, 49.9, "on track"),  # a start of zero
        ("higher", 0, 100, 0, "off track"),
        ("lower", 100, 0, 50, "on track"),  # a target of zero
        ("lower", 100, 0, 0, "meeting target"),
        ("lower", 5, 0, 5, "off track"),
        ("higher", -100, -50, -75, "on track"),  # below zero
        ("lower", 10, -10, 0.1, "on track"),
        ("higher", 50, 50, 50, "meeting target"),  # where it starts is where it is to be
        ("higher", 50, 50, 49, "off track"),
        ("higher", 1e308, -1e308, 0, "meeting target"),  # the ends of what can be written down
        ("higher", -1e308, 1e308, 0, "on track"),
        ("lower", 1e308, -1e308, 1.7e308, "off track, getting worse"),
        ("higher", 5e-324, 1e308, 5e-324, "off track"),
        ("higher", 1e-300, 2e-300, 1.5e-300, "on track"),
    ],
)
def test_hard_cases(method: StatusMethod, better: str, start: float, aim: float, value: float, words: str) -> None:
    goal = (target(aim, dt.date(2028, 12, 31)),)
    metric = measure(better=better, baseline=starting_at(start), targets=goal, observations=(seen(value),))

    assert assess(metric, default=method).status.words == words


# At the end of June half of the year is gone: 181 of 365 days. Of nothing, or of less, there is no part that is due.
@pytest.mark.parametrize(
    ("better", "aim", "value", "words"),
    [
        ("higher", 0, 0, "meeting target"),
        ("higher", 0, -1, "off track"),
        ("higher", -100, -101, "off track"),
        ("higher", -100, -1000, "off track"),
        ("lower", 0, 0, "meeting target"),
        ("lower", 0, 1, "off track"),
        ("lower", 1.7e308, 8e307, "meeting target"),
    ],
)
def test_hard_cases_of_a_year_so_far(better: str, aim: float, value: float, words: str) -> None:
    goal = (target(aim, dt.date(2026, 12, 31)),)
    metric = measure(better=better, covers="year-to-date", targets=goal, observations=(seen(value, PERIODS[9]),))

    assert assess(metric).status.words == words


@BOTH
def test_one_value_is_enough_and_a_thousand_are_not_too_many(method: StatusMethod) -> None:
    months = [period for year in range(2024, 2108) for m in range(1, 13) if (period := period_from(f"{year}-{m:02}"))]
    goal = (target(2000, months[-1].end),)
    one = measure(baseline=starting_at(100), targets=goal, observations=(seen(100, months[600]),))
    many = one.model_copy(update={"observations": tuple(seen(100 + at, when) for at, when in enumerate(months[:1000]))})

    assert assess(one, default=method).status is Status.OFF_TRACK
    assert len(past_statuses(one, default=method)) == 1
    assert assess(many, default=method).latest == many.observations[-1]
    assert len(past_statuses(many, default=method)) == 1000 - 12  # all but the 12 months of the starting point
