"""A trend is told from chance by the published rules, and by nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import time
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from safety_plan.reading.folder import read_folder
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import DefinitionChange, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.signals import Sign
from safety_plan.results.trend import Trend, find_trend
from safety_plan.rules import Rules
from tests.made import made_metric, period
from tests.support import ROOT

BERLIN = ROOT / "tests" / "plans" / "berlin"


def months(count: int) -> list[Period]:
    return [period(f"{1950 + number // 12}-{number % 12 + 1:02}") for number in range(count)]


def seen(*values: float | None) -> tuple[Observation, ...]:
    """Values of months in a row; None stands for one that is missing."""
    return tuple(
        Observation(period=when, missing="The book was lost")
        if value is None
        else Observation(period=when, value=value)
        for when, value in zip(months(len(values)), values, strict=True)
    )


def metric(*values: float | None, **changes: Any) -> Metric:
    base = made_metric(
        name="Wait",
        question="How long do people wait?",
        definition="Minutes.",
        kind="mean",
        unit="minutes",
        better="lower",
        frequency="monthly",
        observations=seen(*values),
    )
    return base.model_copy(update=changes)


def direction(*values: float | None, **changes: Any) -> str | None:
    found = find_trend(metric(*values, **changes)).direction
    return found.words if found else None


def found_signs(trend: Trend) -> list[tuple[str, str, int, int, bool]]:
    """Every sign: its name, high or low, its first and last value (counted from 1), and whether it decides."""
    return [
        (one.sign.value, "high" if one.up else "low", one.points[0] + 1, one.points[-1] + 1, one in trend.newest)
        for one in trend.signals
    ]


# Eleven values that go up and down by one, so that each step is 1.
CALM = (5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5)


# The numbers and limits stand in the vignette "Deviations" of NHSRplotthedots: once with the leap to 10 and back left
# out of the mean step (upper limit 4.6, mean 1.94, lower limit -0.72), once with it (6.95, 1.94 and -3.06).
PUBLISHED = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)


@pytest.mark.parametrize(
    ("rules", "lower", "upper", "left_out"),
    [(Rules(), -0.72, 4.6, 2), (Rules(trend_screen_factor=100), -3.06, 6.95, 0)],
)
def test_limits_as_published(rules: Rules, lower: float, upper: float, left_out: int) -> None:
    limits = find_trend(metric(*PUBLISHED), rules).limits

    assert limits is not None
    assert round(limits.mean, 2) == 1.94
    assert round(limits.lower, 2) == lower
    assert round(limits.upper, 2) == upper
    assert limits.left_out == left_out


def test_limits_by_hand() -> None:
    # Sum 5 x 6 + 6 x 5 + 7 = 67, mean 67/12. Steps: ten of 1, one of 2: 12/11. 2.66 x 12/11 = 2.9018.
    limits = find_trend(metric(*CALM, 7)).limits

    assert limits is not None
    assert limits.mean == pytest.approx(67 / 12)
    assert limits.step == pytest.approx(12 / 11)
    assert limits.steps == 11
    assert limits.upper == pytest.approx(5.5833 + 2.9018, abs=0.0001)
    assert limits.lower == pytest.approx(5.5833 - 2.9018, abs=0.0001)


def test_a_value_outside_the_limits() -> None:
    # Mean (6 x 5 + 5 x 6 + 12) / 12 = 6. Steps: ten of 1 and one of 7, mean 17/11; 7 is more than 3.267 x 17/11 = 5.05
    # and left out. So the mean step is 1, and the limits are 3.34 and 8.66.
    found = find_trend(metric(*CALM, 12))

    assert found_signs(found) == [("outside", "high", 12, 12, True)]
    assert direction(*CALM, 12) == "getting worse"
    # An old one is history: nothing is said of the newest value.
    assert found_signs(find_trend(metric(12, *CALM))) == [("outside", "high", 1, 1, False)]
    assert direction(12, *CALM) == "no clear change"


def test_seven_on_one_side_of_the_mean_and_not_six() -> None:
    # Mean (4 x 4 + 3 x 5 + 4 x 6 + 3 x 7) / 14 = 76/14 = 5.43: the last seven are all above it. Steps: thirteen, of
    # which one is 2 and twelve are 1; limits 5.43 +- 2.66 x 14/13, none near.
    seven = (4, 5, 4, 5, 4, 5, 4, 6, 7, 6, 7, 6, 7, 6)
    # Mean (4 x 4 + 4 x 5 + 3 x 6 + 3 x 7) / 14 = 75/14 = 5.36: eight below it, then six above.
    six = (4, 5, 4, 5, 4, 5, 4, 5, 6, 7, 6, 7, 6, 7)

    assert found_signs(find_trend(metric(*seven))) == [("run", "low", 1, 7, False), ("run", "high", 8, 14, True)]
    assert found_signs(find_trend(metric(*six))) == [("run", "low", 1, 8, False)]
    assert direction(*seven) == "getting worse"
    assert direction(*six) == "no clear change"


def test_a_value_on_the_mean_ends_a_run() -> None:
    # Mean (6 x 4 + 1 x 5 + 6 x 6) / 13 = 5: the seventh value lies on it, so six and six are left.
    values = (4, 4, 4, 4, 4, 4, 5, 6, 6, 6, 6, 6, 6)

    assert not [one for one in find_trend(metric(*values)).signals if one.sign is Sign.RUN]


def test_seven_that_rise_and_not_six() -> None:
    # Six values, then seven that go down each time; the last of those before is lower than the first of these.
    falls = (12, 20, 12, 20, 12, 15, 19, 18, 17, 16, 15, 14, 13)
    level = (12, 20, 12, 20, 12, 15, 19, 18, 17, 16, 15, 14, 14)

    assert ("moves", "low", 7, 13, True) in found_signs(find_trend(metric(*falls)))
    assert direction(*falls) == "improving"
    # Two equal values in a row do not go down.
    assert not [one for one in find_trend(metric(*level)).signals if one.sign is Sign.MOVES]


def test_two_of_three_near_a_limit() -> None:
    # Sum 6 x 5 + 5 x 6 + 8.6 + 6 + 8.6 = 83.2, mean 5.943. Steps: ten of 1, then 3.6, 2.6, 2.6: 18.8/13 = 1.4462.
    # Limits 5.943 +- 3.847: near means above 5.943 + 2.565 = 8.508. The 6 between the two lies above the mean.
    near = (*CALM, 8.6, 6, 8.6)
    # With 5 instead of 6 the one between lies below the mean, and the three are not on one side.
    apart = (*CALM, 8.6, 5, 8.6)

    assert found_signs(find_trend(metric(*near))) == [("near", "high", 12, 14, True)]
    assert direction(*near) == "getting worse"
    assert found_signs(find_trend(metric(*apart))) == []


def test_a_gap_is_no_step_and_ends_a_run() -> None:
    gone = (4, 5, 4, 5, 4, 5, 4, 6, 7, 6, None, 7, 6, 7, 6)
    found = find_trend(metric(*gone))

    assert found.limits is not None
    assert found.limits.steps == 12
    assert found_signs(found) == [("run", "low", 1, 7, False)]


def test_a_missing_newest_value_keeps_what_the_one_before_says() -> None:
    assert direction(*CALM, 12, None) == "getting worse"


def test_the_better_direction_decides_what_a_change_is_called() -> None:
    assert direction(*CALM, 12, better="lower") == "getting worse"
    assert direction(*CALM, 12, better="higher") == "improving"
    assert direction(*CALM, 12, better="within") == "higher than usual"
    assert direction(*CALM, 12, better=None) == "higher than usual"
    assert direction(*CALM, -1, better=None) == "lower than usual"
    rises = (20, 12, 20, 12, 20, 17, 13, 14, 15, 16, 17, 18, 19)
    assert direction(*rises, better=None) == "rising"
    assert direction(*rises, better="higher") == "improving"


def test_signs_that_disagree_are_no_clear_change() -> None:
    # The newest seven go up each time, but all of them still lie below the mean.
    values = (20, 22, 20, 22, 20, 22, 20, 1, 2, 3, 4, 5, 6, 7)
    found = find_trend(metric(*values))

    assert {one.up for one in found.newest} == {True, False}
    assert found.direction is not None
    assert found.direction.words == "no clear change"


def test_values_that_never_change_are_no_clear_change() -> None:
    found = find_trend(metric(*[5.0] * 12))

    assert found.signals == ()
    assert found.direction is not None
    assert found.direction.words == "no clear change"


def test_no_limits_are_made_from_values_that_differ_only_across_a_gap() -> None:
    found = find_trend(metric(*[5.0] * 6, None, *[9.0] * 6))

    assert found.direction is None
    assert found.reason == "the values stay the same between neighbouring periods and differ only across gaps"


def reason(*values: float | None, **changes: Any) -> str:
    found = find_trend(metric(*values, **changes))
    assert found.direction is None
    assert found.limits is None
    return found.reason


def test_it_says_why_there_is_no_trend() -> None:
    many = (*CALM, 12)

    assert reason() == "there is no value so far; a trend needs 12"
    assert reason(5) == "there is 1 value so far; a trend needs 12"
    assert reason(*CALM) == "there are 11 values so far; a trend needs 12"
    assert reason(*many, kind="yes-no") == "it can only be yes or no"
    overlaps = "each value covers 12 months and shares most of them with the one before"
    assert reason(*many, covers="rolling-12-months") == overlaps
    assert reason(*many, covers="rolling-36-months").startswith("each value covers 3 years")
    assert reason(*many, covers="running-total") == "each value holds all that came before it"
    year_to_date = "each value counts on from the one before until the year ends"
    assert reason(*many, covers="year-to-date") == year_to_date
    every_third = tuple(value for number in range(12) for value in (5.0 + number % 2, None))
    assert reason(*every_third) == "only 0 values follow right after another; a trend needs 6"


def test_a_withheld_newest_value_gives_no_trend() -> None:
    observations = seen(*CALM, 12, 5)
    withheld = Observation(period=observations[-1].period, withheld=True)

    assert reason(observations=(*observations[:-1], withheld)) == "the newest value is withheld"


def test_a_period_that_is_not_over_is_left_out() -> None:
    observations = seen(*CALM, 5, 99)
    partial = observations[-1].model_copy(update={"partial_until": dt.date(1951, 1, 5)})

    assert direction(observations=(*observations[:-1], partial)) == "no clear change"


def test_values_from_before_a_new_definition_are_left_out() -> None:
    change = DefinitionChange(
        on=dt.date(1950, 7, 1), was="Hours.", because="Minutes say more.", since=period("1950-07")
    )
    old = (1, 1, 1, 1, 1, 1)

    assert len(find_trend(metric(*old, *CALM, 12, definition_changes=(change,))).values) == 12
    few = reason(*old, *CALM, definition_changes=(change,))
    assert few == "there are 11 values since the measure was changed; a trend needs 12"
    anew = change.model_copy(update={"since": None})
    assert len(find_trend(metric(*old, *CALM, definition_changes=(anew,))).values) == 17


def test_years_count_as_neighbours_whenever_the_survey_was_held() -> None:
    held = ["2010-Q3", "2011-Q2", "2012", *(f"{year}-Q3" for year in range(2013, 2022))]
    observations = tuple(
        Observation(period=period(when), value=value) for when, value in zip(held, (*CALM, 12), strict=True)
    )
    found = find_trend(metric(frequency="yearly", observations=observations))

    assert found.limits is not None
    assert found.limits.steps + found.limits.left_out == 11
    whole_years = find_trend(metric(frequency="yearly", covers="rolling-12-months", observations=observations))
    assert whole_years.direction is found.direction


def test_each_number_of_the_rules_decides_something() -> None:
    seven = (4, 5, 4, 5, 4, 5, 4, 6, 7, 6, 7, 6, 7, 6)
    falls = (12, 20, 12, 20, 12, 15, 19, 18, 17, 16, 15, 14, 13)
    near = (*CALM, 8.6, 6, 8.6)
    gone = (*CALM, None, 5, 6, 5)

    def signs(values: tuple[float | None, ...], **changes: float) -> list[tuple[str, str, int, int, bool]]:
        return found_signs(find_trend(metric(*values), Rules(**changes)))

    assert find_trend(metric(*CALM), Rules(trend_points_needed=11)).limits
    assert not find_trend(metric(*gone), Rules(trend_steps_needed=13)).limits
    assert ("outside", "high", 12, 12, True) not in signs((*CALM, 12), trend_limit_factor=7)
    assert ("run", "high", 8, 14, True) not in signs(seven, trend_run=8)
    assert ("moves", "low", 7, 13, True) not in signs(falls, trend_moves=8)
    assert ("near", "high", 12, 14, True) not in signs(near, trend_near_count=3)
    assert ("near", "high", 12, 14, True) not in signs(near, trend_near_among=2)
    assert ("near", "high", 12, 14, True) not in signs(near, trend_near_thirds=2.5)


Numbers = some.lists(some.integers(-40, 40), min_size=12, max_size=40)
PROPERTY = settings(deadline=None, derandomize=True, max_examples=150)


def by_the_letter(values: list[int]) -> dict[str, set[int]]:
    """The rules once more, for one value after the other, as somebody with pencil and paper would use them."""
    mean = Fraction(sum(values), len(values))
    steps = [abs(after - before) for before, after in pairwise(values)]
    most = Fraction(3267, 1000) * Fraction(sum(steps), len(steps))
    kept = [step for step in steps if step < most]
    kept = kept if any(kept) else steps
    reach = Fraction(266, 100) * Fraction(sum(kept), len(kept))
    sides = [(value > mean) - (value < mean) for value in values]
    out = {at for at, value in enumerate(values) if abs(value - mean) > reach}
    close = {at for at, value in enumerate(values) if abs(value - mean) > reach * 2 / 3} - out
    found: dict[str, set[int]] = {"outside": out, "moves": set(), "near": set(), "run": set()}
    for first in range(len(values)):
        three, seven = range(first, first + 3), range(first, first + 7)
        if three[-1] < len(values) and len({sides[at] for at in three}) == 1 and len(close & set(three)) >= 2:
            found["near"] |= close & set(three)
        if seven[-1] >= len(values):
            continue
        if {sides[at] for at in seven} in ({1}, {-1}):
            found["run"] |= set(seven)
        moves = {(values[at] > values[at - 1]) - (values[at] < values[at - 1]) for at in seven[1:]}
        if moves in ({1}, {-1}):
            found["moves"] |= set(seven)
    return found


@given(Numbers)
@PROPERTY
def test_the_signs_are_those_of_the_rules_read_by_the_letter(values: list[int]) -> None:
    signals = find_trend(metric(*values)).signals
    found = {sign.value: {at for one in signals if one.sign is sign for at in one.points} for sign in Sign}

    assert found == by_the_letter(values)


@given(Numbers, some.randoms(use_true_random=False))
@PROPERTY
def test_the_order_of_the_observations_changes_nothing(values: list[int], chance: Any) -> None:
    observations = list(seen(*values))
    chance.shuffle(observations)

    assert find_trend(metric(observations=tuple(observations))) == find_trend(metric(*values))


@given(Numbers, some.sampled_from([0.001, 0.1, 60, 3600]), some.sampled_from([0, 7, -1000, 12345]))
@PROPERTY
def test_another_unit_or_starting_point_changes_nothing(values: list[int], unit: float, more: int) -> None:
    # Written as decimals, as a town would write them: 0.007, not 7 x 0.001 as a computer rounds it.
    other = [float(str(round(value * unit, 3))) + more for value in values] if more == 0 else [v + more for v in values]

    found, again = find_trend(metric(*values)), find_trend(metric(*other))
    assert again.signals == found.signals
    assert again.direction == found.direction


@given(Numbers)
@PROPERTY
def test_the_other_better_direction_turns_the_word_round(values: list[int]) -> None:
    other = {"improving": "getting worse", "getting worse": "improving", "no clear change": "no clear change"}

    assert direction(*values, better="higher") == other[str(direction(*values, better="lower"))]


@given(some.lists(some.floats(allow_nan=False, allow_infinity=False), max_size=30))
@PROPERTY
def test_no_finite_number_breaks_it(values: list[float]) -> None:
    found = find_trend(metric(*values))

    assert (found.direction is None) == bool(found.reason)


def test_numbers_too_far_apart_for_limits_are_said_to_be() -> None:
    assert reason(*[1e308, -1e308] * 6) == "the numbers are too far apart to draw limits"


def test_a_thousand_values_take_no_time() -> None:
    start = time.perf_counter()
    found = find_trend(metric(*[float((7 * number) % 11) + 0.25 for number in range(1000)]))

    assert len(found.values) == 1000
    assert time.perf_counter() - start < 2


def berlin(name: str) -> tuple[Trend, list[float]]:
    """The trend of a real measure, and its whole values as they stand in its file."""
    records, problems = read_folder(BERLIN / "data", BERLIN)
    assert problems == []
    with (BERLIN / "data" / "metrics" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        values = [float(row["value"]) for row in csv.DictReader(file) if not row["partial_until"]]
    return find_trend(records.all(Metric)[name]), values


def test_berlins_crews_leave_sooner() -> None:
    # 34 quarters with the sum 2,834.0 and steps that add up to 66.4 (33 of them): mean 83.353, mean step 2.0121, lower
    # limit 83.353 - 5.352 = 78.0007. 2026-Q2 has 77.9, the lowest of all. Sensible: the town's crews were at 81 to 85
    # for five years, and its explanation says they now leave sooner than in any quarter before.
    found, values = berlin("ambulance-turnout")

    assert sum(values) == pytest.approx(2834.0)
    assert sum(abs(after - before) for before, after in pairwise(values)) == pytest.approx(66.4)
    assert found.limits is not None
    assert found.limits.lower == pytest.approx(78.0007, abs=0.0001)
    assert values[-1] == min(values) == 77.9
    assert [(one.sign.value, one.up) for one in found.newest] == [("outside", False)]
    assert found.direction is not None
    assert found.direction.words == "improving"


def test_help_for_hearts_that_stopped_comes_sooner_in_berlin() -> None:
    # All 18 months from February 2025 to July 2026 lie below the mean of the 103 values, 8.224 minutes; January 2025,
    # with 8.37, lies above it. Sensible: the level went down from about 8.3 to 7.9 and stayed down.
    found, values = berlin("cpr-response-median")

    mean = sum(values) / 103
    assert len(values) == 103
    assert mean == pytest.approx(8.224, abs=0.0005)
    assert max(values[-18:]) < mean < values[-19]
    assert ("run", "low", 86, 103, True) in found_signs(found)
    assert found.direction is not None
    assert found.direction.words == "improving"


def test_berlins_waiting_callers_show_no_clear_change() -> None:
    # 31 months between 19.8 and 33.2 seconds: the mean is 26.24 and the mean step 3.24, so the limits are 17.6 and
    # 34.8, wider than all the values. Sensible: it goes up and down by several seconds from month to month.
    found, values = berlin("call-answer-mean")

    assert (min(values), max(values)) == (19.8, 33.2)
    assert found.limits is not None
    assert found.limits.lower == pytest.approx(17.63, abs=0.005)
    assert found.limits.upper == pytest.approx(34.85, abs=0.005)
    assert found.signals == ()
    assert found.direction is not None
    assert found.direction.words == "no clear change"


def test_berlins_new_way_of_counting_is_no_improvement() -> None:
    # Held against all years since 2018, the 16 months since April 2025 would look like an improvement: all lie below
    # the mean of 9.86. But far fewer missions count as critical since then, so only these 16 are compared.
    found, values = berlin("critical-ems-response-median")

    assert len(values) == 103
    assert max(values[-16:]) < sum(values) / 103
    assert len(found.values) == 16
    assert found.direction is not None
    assert found.direction.words == "no clear change"
