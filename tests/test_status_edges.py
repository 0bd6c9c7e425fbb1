"""Where the published rule for a status meets the edges of a plan: several targets, missing and partial periods."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from safety_plan.reading.periods import fiscal_period_from, period_from
from safety_plan.reading.schema.metrics import Baseline, DefinitionChange, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target, TargetChange
from safety_plan.results.past import moved_targets, past_statuses
from safety_plan.results.status import Assessment, assess
from tests.made import made_metric


def period(text: str) -> Any:
    found = period_from(text) or fiscal_period_from(text, 7)
    assert found is not None
    return found


def target(value: float | None, by: str = "2028-12-31", **more: Any) -> Target:
    return Target(by=dt.date.fromisoformat(by), value=value, why="Because.", **more)


def seen(when: str, value: float | None = None, **more: Any) -> Observation:
    return Observation(period=period(when), value=value, **more)


def metric(*observations: Observation, **changes: Any) -> Metric:
    """A made-up measure that goes from 0 at the end of 2024 to 100 at the end of 2028: 1,461 days."""
    base = made_metric(
        kind="count",
        baseline=Baseline(period=period("2024"), value=0),
        targets=(target(100),),
        observations=observations,
    )
    return base.model_copy(update=changes)


def found(*observations: Observation, **changes: Any) -> Assessment:
    return assess(metric(*observations, **changes))


def test_a_missing_period_is_named_although_a_partial_one_follows_it() -> None:
    result = found(
        seen("2026-Q2", 40),
        seen("2026-Q3", missing="The book was lost"),
        seen("2026-Q4", 5, partial_until=dt.date(2026, 11, 1)),
    )

    assert str(result.latest.period if result.latest else "") == "2026-Q2"
    assert result.reason == "the newest number is missing: The book was lost"


def test_only_partial_periods_give_no_status() -> None:
    result = found(seen("2026-Q4", 5, partial_until=dt.date(2026, 11, 1)))

    assert result.status.words == "no status"
    assert result.reason == "no value of a whole period yet"


def test_a_withheld_value_before_a_missing_one_says_that_it_is_withheld() -> None:
    result = found(seen("2026-Q2", withheld=True), seen("2026-Q3", missing="The book was lost"))

    assert result.reason == "the newest value is withheld"


# "a level to hold (keep)": of several levels the one holds whose date has not passed.
@pytest.mark.parametrize(
    ("when", "value", "words"),
    [
        ("2025-Q4", 80, "meeting target"),
        ("2025-Q4", 79, "at risk"),
        ("2026-Q4", 80, "meeting target"),
        ("2027-Q1", 80, "off track"),
        ("2027-Q1", 90, "meeting target"),
        ("2029-Q4", 89, "at risk"),
    ],
)
def test_of_several_levels_the_one_of_its_time_holds(when: str, value: float, words: str) -> None:
    levels = (
        target(80, "2026-12-31", keep="above", tolerance=1),
        target(90, "2028-12-31", keep="above", tolerance=1),
    )

    assert found(seen(when, value), targets=levels).status.words == words


def test_what_is_to_be_reached_first_and_then_held_is_a_line_and_then_a_level() -> None:
    both = (target(80, "2026-12-31"), target(80, "2028-12-31", keep="above"))

    # 181 + 365 of 730 days at the end of June 2026: 59.8 is expected.
    assert found(seen("2026-Q2", 60), targets=both).status.words == "on track"
    assert found(seen("2026-Q2", 60), targets=both).rule == "line"
    assert found(seen("2027-Q2", 79), targets=both).rule == "level"


# What counts up from the first day of the year is held against its part of the year, also where the yearly level is one
# to keep: 3 of 4 by the end of September is on track (273 of 365 days), though it is below 4.
def test_a_yearly_level_to_keep_is_shared_out_over_the_year() -> None:
    kept = {"covers": "year-to-date", "targets": (target(4, keep="above"),)}

    assert found(seen("2026-Q3", 3), **kept).status.words == "on track"
    assert found(seen("2026-Q4", 3), **kept).status.words == "target missed"
    assert found(seen("2026-Q4", 4), **kept).status.words == "meeting target"


# FY2026 is July 2025 to June 2026 where the year starts in July: its second quarter ends with half of it gone, 184 of
# 365 days, so 50.4 of 100 are due.
def test_a_fiscal_year_is_shared_out_from_its_own_first_day() -> None:
    fiscal = found(seen("FY2026-Q2", 49), covers="year-to-date")

    assert fiscal.expected == pytest.approx(100 * 184 / 365)
    assert fiscal.status.words == "on track"
    assert found(seen("FY2026-Q4", 99), covers="year-to-date").status.words == "target missed"


def test_nothing_changed_is_nothing_of_a_rise_and_nothing_of_a_fall() -> None:
    for better, start, aim in (("higher", 50, 100), ("lower", 50, 0)):
        result = found(
            seen("2026-Q4", 50),
            better=better,
            baseline=Baseline(period=period("2024"), value=start),
            targets=(target(aim),),
        )
        assert str(result.ratio) == "0.0"
        assert result.status.words == "off track"


def test_the_status_of_the_past_looks_at_the_values_up_to_then_only() -> None:
    values = (seen("2025-Q4", 10), seen("2026-Q2", 40), seen("2026-Q3", missing="Lost"), seen("2026-Q4", 20))
    past = past_statuses(metric(*values, seen("2027-Q1", 9, partial_until=dt.date(2027, 2, 1)), seen("2024-Q4", 0)))

    # 365, 546 and 730 of 1,461 days: 25.0, 37.4 and 50.0 are expected. What was before the start has no status.
    assert [(str(one.observation.period), one.status.words) for one in past] == [
        ("2026-Q4", "off track"),
        ("2026-Q2", "on track"),
        ("2025-Q4", "off track"),
    ]


def test_past_values_measured_in_an_old_way_are_marked() -> None:
    changes = tuple(
        DefinitionChange(on=dt.date(2026, 1, 1), was="Other things.", because="Law", since=period(since))
        for since in ("2025-Q2", "2026-Q1")
    )
    values = (seen("2025-Q1", 10), seen("2025-Q3", 20), seen("2026-Q1", 30))
    past = past_statuses(metric(*values, definition_changes=changes))

    assert [one.old_way for one in past] == [False, True, True]


def test_targets_that_were_moved_twice_are_told_one_by_one() -> None:
    moves = (
        TargetChange(on=dt.date(2025, 3, 1), was=200, because="Too much"),
        TargetChange(on=dt.date(2026, 3, 1), was=120, was_by=dt.date(2027, 12, 31), because="Too soon"),
    )
    newest, oldest = moved_targets(metric(seen("2026-Q4", 50), target_changes=moves))

    assert newest.after
    assert oldest.after
    assert (newest.before.value, newest.before.by, newest.after.value) == (120, dt.date(2027, 12, 31), 100)
    # The first target had the date that was moved only later.
    assert (oldest.before.value, oldest.before.by, oldest.after.value) == (200, dt.date(2027, 12, 31), 120)
    # 730 of 1,095 days: 80 of 120 and 133.3 of 200 would be expected; 50 is 62.5 % and 37.5 % of that.
    assert [move.under.status.words for move in (newest, oldest) if move.under] == ["at risk", "off track"]
