"""The growth-rate method, against numbers worked out by hand from the formulas and statements of its sources.

The sources. The page on method gives the address of the first; the commits are those these numbers were taken from:

- [DOC] "Progress Measurement Methodology", docs/progress-methodology.md of open-sdg/open-sdg at 26d2e387
- [CODE] sdg/ProgressMeasure.py of open-sdg/sdg-build at 139fede7, the same method as a program
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from safety_plan.reading.schema.metrics import Baseline, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target
from safety_plan.results.growth import Growth, Progress, limit_factor, years_between
from safety_plan.results.status import Assessment, assess
from tests.made import made_metric, period


def target(value: float, by: str = "2025-12-31", **more: Any) -> Target:
    return Target(by=dt.date.fromisoformat(by), value=value, why="Because.", **more)


def metric(**changes: Any) -> Metric:
    """A made-up measure that is to rise from 100 in 2015 to 200 in 2025, judged by its growth."""
    base = made_metric(
        frequency="yearly",
        baseline=Baseline(period=period("2015"), value=100),
        targets=(target(200),),
        status_method="growth-rate",
    )
    return base.model_copy(update=changes)


def found(value: float, when: str = "2020", **changes: Any) -> Assessment:
    return assess(metric(observations=(Observation(period=period(when), value=value),), **changes))


def growth(value: float, when: str = "2020", **changes: Any) -> Growth:
    result = found(value, when, **changes).growth
    assert result is not None
    return result


# CAGR_i = (y_i / y_0)^(1 / (t_i - t_0)) - 1 [DOC]. Powers that can be done in one's head: 1.1^2 = 1.21, 0.9^3 = 0.729,
# 1.02^5 = 1.1040808032, and 2^(1/10) - 1 = 0.0717734625 for what a doubling in ten years asks for.
@pytest.mark.parametrize(
    ("value", "when", "observed"),
    [(121, "2017", 0.10), (72.9, "2018", -0.10), (110.40808032, "2020", 0.02), (100, "2020", 0.0)],
)
def test_growth_so_far_is_the_compound_growth_of_a_year(value: float, when: str, observed: float) -> None:
    assert growth(value, when).observed == pytest.approx(observed, abs=1e-12)
    assert growth(value, when).asked == pytest.approx(0.0717734625, abs=1e-10)


# R = d * CAGR_i / |CAGR_T| [DOC]; on track from 95%, "Progress made but acceleration needed" from 60%, "Limited
# progress" from 0%, "Deterioration" below [DOC, table of categories]. Asked: to 161.051 in five years, which is 10% a
# year. After one year R is the gain in percent, divided by ten.
@pytest.mark.parametrize(
    ("value", "ratio", "status"),
    [
        (109.6, 0.96, "on track"),
        (109.5, 0.95, "on track"),
        (109.4, 0.94, "at risk"),
        (106.0, 0.60, "at risk"),
        (105.9, 0.59, "off track"),
        (100.0, 0.0, "off track"),
        (99.9, -0.01, "off track, getting worse"),
    ],
)
def test_the_ratio_and_the_status_where_more_is_better(value: float, ratio: float, status: str) -> None:
    result = found(value, "2016", targets=(target(161.051, "2020-12-31"),))

    assert result.rule == "growth"
    assert result.method == "growth-rate"
    assert result.ratio == pytest.approx(ratio, abs=1e-9)
    assert result.status.words == status


# The same with d = -1: to 59.049 in five years is a fall of 10% a year (0.9^5 = 0.59049).
@pytest.mark.parametrize(
    ("value", "ratio", "status"),
    [
        (90.4, 0.96, "on track"),
        (90.5, 0.95, "on track"),
        (90.6, 0.94, "at risk"),
        (94.1, 0.59, "off track"),
        (100.1, -0.01, "off track, getting worse"),
    ],
)
def test_the_ratio_and_the_status_where_less_is_better(value: float, ratio: float, status: str) -> None:
    result = found(value, "2016", better="lower", targets=(target(59.049, "2020-12-31"),))

    assert result.ratio == pytest.approx(ratio, abs=1e-9)
    assert result.status.words == status


# The straight line asks for half the way at half time, compound growth for less where it goes up: 100 to 400 in ten
# years asks for 200 after five, the straight line for 250. 200 - 100 is 100 of 150, or 66.7%.
def test_the_two_methods_differ_on_the_way() -> None:
    steep = (target(400),)

    assert found(200, targets=steep).status.words == "on track"
    assert found(200, targets=steep, status_method="straight-line").status.words == "at risk"


# "Target achieved" is looked at first, whatever the growth [CODE, get_progress_status], and its score is 5 [DOC].
def test_a_target_that_is_met_is_met() -> None:
    assert found(200).status.words == "meeting target"
    assert growth(200).score == 5


# "the cut-off thresholds are 130% for a score of +5 and -60% for a score of -5"; the ranges of the categories meet at
# 2.5, 0 and -2.5, which are 95%, 60% and 0% [DOC, figure 2 and table of scores]. Between them [CODE] has
# 7.1429 R - 4.2857 from 60% on, which is 0.7143 at 70% and 3.5714 at 110%, and 4.1667 R - 2.5 below, -1.25 at 30%.
@pytest.mark.parametrize(
    ("ratio", "score"),
    [
        (2.0, 5), (1.3, 5), (1.1, 3.5714), (0.95, 2.5), (0.7, 0.7143), (0.6, 0), (0.3, -1.25), (0, -2.5), (-0.3, -3.75),
        (-0.6, -5), (-1.0, -5),
    ],
)  # fmt: skip
def test_the_score_with_a_target(ratio: float, score: float) -> None:
    asked = (target(161.051, "2020-12-31"),)

    assert growth(100 + 10 * ratio, "2016", targets=asked).score == pytest.approx(score, abs=0.0005)


# Without a target: 1.5% a year "On track", 0.5% "Progress made but acceleration needed", 0% "Limited progress", below
# "Deterioration" [DOC]. We give no status without a target: the names say how fast it moves.
@pytest.mark.parametrize(
    ("better", "value", "progress"),
    [
        ("higher", 101.5, Progress.SUBSTANTIAL),
        ("higher", 101.4, Progress.MODERATE),
        ("higher", 100.5, Progress.MODERATE),
        ("higher", 100.4, Progress.LIMITED),
        ("higher", 100.0, Progress.LIMITED),
        ("higher", 99.9, Progress.AWAY),
        ("lower", 98.5, Progress.SUBSTANTIAL),
        ("lower", 99.5, Progress.MODERATE),
        ("lower", 99.6, Progress.LIMITED),
        ("lower", 100.1, Progress.AWAY),
    ],
)
def test_without_a_target_the_growth_itself_is_named(better: str, value: float, progress: Progress) -> None:
    result = found(value, "2016", better=better, targets=())

    assert result.status.words == "for information"
    assert result.growth is not None
    assert result.growth.progress is progress


# "the cut-off thresholds are 2% for a score of +5 and -2% for a score of -5" [DOC, figure 1]; in between 500 G - 5 from
# 1.5%, 250 G - 1.25 from 0.5%, 500 G - 2.5 from 0% and 125 G - 2.5 below [CODE, get_score].
@pytest.mark.parametrize(
    ("percent", "score"),
    [
        (3, 5), (2, 5), (1.75, 3.75), (1.5, 2.5), (1, 1.25), (0.5, 0), (0.25, -1.25), (0, -2.5), (-1, -3.75), (-2, -5),
        (-4, -5),
    ],
)  # fmt: skip
def test_the_score_without_a_target(percent: float, score: float) -> None:
    assert growth(100 + percent, "2016", targets=()).score == pytest.approx(score, abs=1e-9)


# C = 1 - (y0 / ylim)^4.44 up to the limit, 1 - ((2 ylim - y0) / ylim)^4.44 up to twice the limit, and 1 beyond [CODE].
# By logarithms: 0.5^4.44 = e^(-4.44 x 0.693147) = 0.046071, and 0.9^4.44 = e^(-4.44 x 0.105361) = 0.626378.
@pytest.mark.parametrize(
    ("start", "factor"),
    [(50, 0.953929), (90, 0.373622), (100, 0), (110, 0.373622), (150, 0.953929), (200, 1), (500, 1)],
)
def test_a_natural_limit_nearby_lowers_the_cut_points(start: float, factor: float) -> None:
    assert limit_factor(start, 100) == pytest.approx(factor, abs=1e-6)


def test_without_a_natural_limit_the_cut_points_stay() -> None:
    assert limit_factor(90, None) == 1


# The factor "ensures the possibility of attaining a progress status of 'On track' without exceeding the limit
# throughout the first 15 years" [DOC].
@pytest.mark.parametrize("start", [1, 20, 50, 70, 80, 85, 90, 95, 99, 99.9])
def test_to_be_on_track_for_15_years_is_possible_below_the_limit(start: float) -> None:
    assert start * (1 + 0.015 * limit_factor(start, 100)) ** 15 <= 100


# Close to a limit of 100 percent, 90 percent has C = 0.373622: substantial progress from 1.5% x C = 0.5604% a year.
def test_progress_near_a_natural_limit() -> None:
    near = {"targets": (), "baseline": Baseline(period=period("2015"), value=90), "natural_limit": 100}

    assert growth(90 * 1.00561, "2016", **near).progress is Progress.SUBSTANTIAL
    assert growth(90 * 1.00559, "2016", **near).progress is Progress.MODERATE
    assert growth(90 * 1.00559, "2016", **{**near, "natural_limit": None}).progress is Progress.MODERATE
    assert growth(90 * 1.00561, "2016", **{**near, "natural_limit": None}).progress is Progress.MODERATE


# Who starts at the limit and has a growth of zero or more is on track with a score of 5; below zero it is as ever
# [DOC, special considerations for the base value].
def test_what_started_at_its_natural_limit_has_only_to_stay() -> None:
    at = {"targets": (), "natural_limit": 100}

    assert growth(100, "2016", **at).progress is Progress.SUBSTANTIAL
    assert growth(100, "2016", **at).score == 5
    assert growth(99, "2016", **at).progress is Progress.AWAY
    assert growth(99, "2016", **at).score == pytest.approx(-3.75)  # 125 x -0.01 - 2.5 [CODE]


# The years of the sources are whole. Here a year has months and days: from one last day of a year to another it is a
# whole number, to September 30 it is 273 of 365 days more.
@pytest.mark.parametrize(
    ("begin", "end", "years"),
    [
        ("2015-12-31", "2024-12-31", 9),
        ("2024-12-31", "2026-09-30", 1 + 273 / 365),
        ("2024-06-30", "2025-06-30", 1),
        ("2025-09-30", "2026-03-31", 182 / 365),
        ("2024-02-29", "2025-02-28", 1),
        ("2024-02-29", "2028-02-29", 4),
    ],
)
def test_years_are_whole_years_and_a_part_of_the_next(begin: str, end: str, years: float) -> None:
    assert years_between(dt.date.fromisoformat(begin), dt.date.fromisoformat(end)) == pytest.approx(years, abs=1e-12)


# Without a baseline the first value is the start: "the first available year" [DOC, special considerations for the base
# year]. From 80 to 88.2 in two years is 5% a year (1.05^2 = 1.1025).
def test_without_a_starting_point_growth_begins_at_the_first_value() -> None:
    values = tuple(
        Observation(period=period(when), value=value) for when, value in (("2018", 84), ("2017", 80), ("2019", 88.2))
    )
    result = assess(metric(observations=values, baseline=None, targets=()))

    assert result.growth is not None
    assert result.growth.start.value == 80
    assert result.growth.observed == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("changes", "value", "when", "why"),
    [
        ({"baseline": Baseline(period=period("2015"), value=0)}, 50, "2020", "numbers above zero"),
        ({"better": "lower", "targets": (target(0),)}, 50, "2020", "numbers above zero"),
        ({}, -5, "2020", "numbers above zero"),
        ({}, 120, "2016-09", "less than 1 year"),
        ({"targets": (target(110, keep="above"),)}, 105, "2020", "a level to hold"),
        ({"targets": (target(90),)}, 80, "2020", "a level to hold"),
        ({"baseline": None}, 150, "2020", "no starting point"),
        ({"covers": "running-total"}, 150, "2020", "grow by themselves"),
        ({"covers": "year-to-date"}, 150, "2020", "counts up from the start"),
        ({"targets": (), "baseline": None}, 150, "2020", "no earlier value"),
    ],
)
def test_where_it_does_not_fit_it_says_why_and_the_other_rules_decide(
    changes: dict[str, Any], value: float, when: str, why: str
) -> None:
    by_growth = found(value, when, **changes)
    by_line = found(value, when, **{**changes, "status_method": "straight-line"})

    assert why in by_growth.not_used
    assert by_growth.growth is None
    assert (by_growth.status, by_growth.rule, by_growth.ratio) == (by_line.status, by_line.rule, by_line.ratio)


def test_too_early_and_too_late_are_the_same_for_both_methods() -> None:
    assert found(101, "2016", targets=(target(200, "2030-12-31"),)).status.words == "too early to say"
    assert found(199, "2025").status.words == "target missed"


def test_the_plan_chooses_the_method_and_a_measure_may_choose_another() -> None:
    values = (Observation(period=period("2020"), value=150),)

    assert assess(metric(observations=values, status_method=None), default="growth-rate").method == "growth-rate"
    assert assess(metric(observations=values, status_method=None)).method == "straight-line"
    chosen = metric(observations=values, status_method="straight-line")
    assert assess(chosen, default="growth-rate").method == "straight-line"


def test_targets_on_the_way_play_no_part_in_growth() -> None:
    # From 100 to 161.051 in five years is 10% a year, whatever stands between.
    targets = (target(150, "2017-12-31"), target(161.051, "2020-12-31"))

    assert found(110, "2016", targets=targets).ratio == pytest.approx(1)
