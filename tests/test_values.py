"""Single values: times as minutes and seconds, rates from what they are made of, percentiles of few cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety_plan.plan.few_cases import needs_caution, without_percentiles_of_few
from safety_plan.publishing import words
from safety_plan.publishing.kinds import kind
from safety_plan.reading.folder import Records
from safety_plan.reading.schema.metrics import Metric, Source
from safety_plan.reading.schema.observations import Breakdown, GroupObservation, Observation
from safety_plan.reading.schema.targets import Target
from safety_plan.results.status import assess
from safety_plan.rules import RULES
from tests.made import period

steady = settings(deadline=None, derandomize=True, database=None)


def metric(**fields: Any) -> Metric:
    kept: dict[str, Any] = {
        "name": "Something",
        "question": "How much?",
        "definition": "Some of it.",
        "kind": "count",
        "unit": "things",
        "counts": "things",
        "level": "output",
        "frequency": "quarterly",
        "source": Source(name="Book", owner="clerk"),
    }
    return Metric(**{**kept, **fields})


def time(unit: str = "seconds") -> Metric:
    return metric(kind="mean", unit=unit, shown_as="minutes-seconds", decimals=1)


# A minute has 60 seconds; halves go to the even neighbour, as Python rounds.
@pytest.mark.parametrize(
    ("unit", "amount", "shown", "said"),
    [
        ("seconds", 91, "1:31", "1 minute 31 seconds"),
        ("seconds", 0, "0:00", "0 seconds"),
        ("seconds", 1, "0:01", "1 second"),
        ("seconds", 59.6, "1:00", "1 minute"),
        ("seconds", 120, "2:00", "2 minutes"),
        ("seconds", 3_725, "62:05", "62 minutes 5 seconds"),
        ("seconds", -91, "−1:31", "minus 1 minute 31 seconds"),
        ("seconds", -0.2, "0:00", "0 seconds"),
        ("minutes", 10.4, "10:24", "10 minutes 24 seconds"),
        ("minutes", 9.999, "10:00", "10 minutes"),
        ("minutes", 61_000.5, "61,000:30", "61,000 minutes 30 seconds"),
    ],
)
def test_a_time_in_figures_and_in_words(unit: str, amount: float, shown: str, said: str) -> None:
    assert words.plain(time(unit), amount) == shown
    assert words.value(time(unit), amount) == said


@steady
@given(st.floats(-1e6, 1e6))
def test_the_seconds_of_a_time_are_below_sixty_and_add_up(amount: float) -> None:
    minutes, seconds = words.plain(time(), amount).lstrip("−").replace(",", "").split(":")

    assert 0 <= int(seconds) < 60
    assert abs(60 * int(minutes) + int(seconds) - abs(amount)) <= 0.5


def test_a_range_of_times_names_both_in_words() -> None:
    aim = Target(by=dt.date(2028, 12, 31), low=60, high=95, why="Because.")

    assert words.aim(time(), aim) == "1 minute to 1 minute 35 seconds"


@pytest.mark.parametrize("unit", ["seconds", "minutes"])
def test_no_time_is_too_long_to_show(unit: str) -> None:
    assert words.plain(time(unit), 1e308).partition(":")[2] in {f"{seconds:02}" for seconds in range(60)}
    assert words.rounded(time(unit), -1e308) == pytest.approx(-1e308)


@pytest.mark.parametrize(("decimals", "rounded"), [(0, 10.0), (1, 10.4)])
def test_a_number_is_rounded_as_it_is_shown(decimals: int, rounded: float) -> None:
    assert words.rounded(metric(decimals=decimals), 10.42) == rounded
    # 10.42 minutes are 625.2 seconds, shown as 625.
    shown = time("minutes").model_copy(update={"decimals": decimals})
    assert words.rounded(shown, 10.42) == 625 / 60


def rate(*observations: Observation, **fields: Any) -> Metric:
    return metric(kind="rate", per=1_000, unit="per 1,000 people", observations=observations, **fields)


def test_a_rate_is_so_many_per_so_many() -> None:
    split = Breakdown(
        by="district", observations=(GroupObservation(period=period("2026-Q3"), group="A", part=3, of=8),)
    )
    found = rate(Observation(period=period("2026-Q3"), part=16, of=4_000), breakdowns=(split,))

    # 1,000 x 16 / 4,000 and 1,000 x 3 / 8.
    assert found.observations[0].number == 4
    assert found.breakdowns[0].observations[0].number == 375
    copied = found.observations[0].model_copy(update={"note": "Counted twice."})
    assert copied.number == 4


def test_there_may_be_more_events_than_people() -> None:
    assert rate(Observation(period=period("2026-Q3"), part=9, of=4)).observations[0].number == 2_250


def test_a_percent_is_so_many_of_a_hundred() -> None:
    found = metric(kind="percent", observations=(Observation(period=period("2026-Q3"), part=376, of=468),))

    assert found.observations[0].number == 100 * 376 / 468


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({"value": 0}, "value"),
        ({"value": 3, "partial_until": "2026-08-31"}, "partial"),
        ({"missing": "Lost"}, "missing"),
        ({"missing": "Lost", "partial_until": "2026-08-31"}, "missing"),
        ({"withheld": True}, "withheld"),
    ],
)
def test_what_an_observation_is(fields: dict[str, Any], standing: str) -> None:
    one = Observation(period=period("2026-Q3"), **fields)

    assert one.standing == standing
    assert (one.number is None) == (standing in ("missing", "withheld"))


def percentile(*cases: int | None, **fields: Any) -> Metric:
    observations = tuple(
        Observation(period=period(f"2025-Q{quarter}"), value=10 + quarter, n=n) for quarter, n in enumerate(cases, 1)
    )
    return metric(kind="percentile", percentile=90, unit="minutes", counts="cases", observations=observations, **fields)


def checked(found: Metric, **numbers: float) -> Metric:
    """What is left of a metric when percentiles of few cases are taken out."""
    rules = replace(RULES, **numbers)
    records = without_percentiles_of_few(Records("data", folders={"metrics": {"some": found}}), rules)
    return records.all(Metric)["some"]


# vocabulary.md: no 90th percentile of fewer than 30 cases without a caution, and none of fewer than 10.
def test_a_percentile_needs_ten_cases_and_thirty_without_a_caution() -> None:
    found = checked(percentile(9, 10, 29, 30))

    assert [one.number for one in found.observations] == [None, 12, 13, 14]
    assert [needs_caution(found, one) for one in found.observations] == [False, True, True, False]
    assert found.observations[0].missing == "Only 9 cases, too few for the 90th percentile"
    assert found.observations[0].standing == "missing"


def test_of_one_case_and_of_none() -> None:
    assert [one.missing for one in checked(percentile(1, 0)).observations] == [
        "Only 1 case, too few for the 90th percentile",
        "Only 0 cases, too few for the 90th percentile",
    ]


def test_the_two_numbers_are_those_of_the_rules() -> None:
    found = checked(percentile(9, 10, 29, 30), percentile_not_shown_below=30)

    assert [one.number for one in found.observations] == [None, None, None, 14]
    stricter = replace(RULES, percentile_caution_below=31)
    assert needs_caution(found, found.observations[-1], stricter)


def test_a_percentile_without_its_cases_is_shown_as_it_is() -> None:
    found = checked(percentile(None))

    assert found.observations[0].number == 11
    assert not needs_caution(found, found.observations[0])
    assert kind(found).endswith("The number of cases is not given, so we cannot tell how stable it is")


def test_what_is_withheld_stays_so_and_tells_nothing_of_its_cases() -> None:
    withheld = Observation(period=period("2025-Q1"), withheld=True, n=4)
    found = checked(percentile().model_copy(update={"observations": (withheld,)}))

    assert found.observations == (withheld,)


def test_whole_years_and_groups_are_held_to_the_same() -> None:
    group = GroupObservation(period=period("2025-Q1"), group="Hill", value=9, n=7)
    year = Observation(
        period=period("2025"), value=12, n=8, was=13, corrected=dt.date(2026, 1, 31), because="Two too many"
    )
    found = checked(percentile(40, annual=(year,), breakdowns=(Breakdown(by="district", observations=(group,)),)))

    assert [one.number for one in found.every_observation] == [11, None, None]
    # What it was before rests on as few cases.
    assert found.annual[0].was is None


def test_other_kinds_of_measure_may_rest_on_few_cases() -> None:
    mean = metric(kind="mean", observations=(Observation(period=period("2025-Q1"), value=9, n=3),))

    assert checked(mean) == mean


def test_a_newest_percentile_of_too_few_keeps_the_status_of_the_one_before() -> None:
    found = checked(
        percentile(40, 8, better="lower", targets=(Target(by=dt.date(2028, 12, 31), value=11, why="Because."),))
    )

    assert assess(found).status.words == "meeting target"
    assert "Only 8 cases" in assess(found).reason


@pytest.mark.parametrize(
    ("number", "name"),
    [(90, "90th"), (91, "91st"), (82, "82nd"), (53, "53rd"), (11, "11th"), (12, "12th"), (13, "13th"), (1, "1st")],
)
def test_the_name_of_a_percentile(number: int, name: str) -> None:
    assert metric(kind="percentile", percentile=number).percentile_name == f"{name} percentile"
