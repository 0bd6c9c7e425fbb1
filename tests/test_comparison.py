"""The latest value stands beside that of a year before, as two numbers and no more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from safety_plan.publishing import compared as wording
from safety_plan.reading.schema.metrics import DefinitionChange, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.comparison import Comparison, compare
from tests.made import made_metric, period
from tests.support import BuiltSite


def metric(*values: tuple[str, float], **changes: Any) -> Metric:
    base = made_metric(
        name="Wait",
        question="How long do people wait?",
        definition="Minutes.",
        kind="percentile",
        percentile=90,
        unit="minutes",
        decimals=1,
        better="lower",
    )
    observations = tuple(Observation(period=period(when), value=value) for when, value in values)
    return base.model_copy(update={"observations": observations, **changes})


def compared(*values: tuple[str, float], **changes: Any) -> Comparison | None:
    found = metric(*values, **changes)
    return compare(found, found.observations[-1])


YEAR = (("2025-Q3", 11.2), ("2025-Q4", 10.9), ("2026-Q1", 11.0), ("2026-Q2", 10.6), ("2026-Q3", 10.4))


@pytest.mark.parametrize(
    ("better", "change", "verdict"),
    [("lower", "lower", True), ("higher", "lower", False), ("within", "lower", None), (None, "lower", None)],
)
def test_the_same_quarter_a_year_before(better: str | None, change: str, verdict: bool | None) -> None:
    found = compared(*YEAR, better=better)

    assert found is not None
    assert (str(found.earlier.period), found.years, found.change, found.better) == ("2025-Q3", 1, change, verdict)


def test_nothing_is_compared_where_that_quarter_has_no_value() -> None:
    assert compared(*YEAR[1:]) is None
    missing = Observation(period=period("2025-Q3"), missing="The book was lost")
    assert compared(observations=(missing, *metric(*YEAR[1:]).observations)) is None


def test_values_that_share_months_are_not_compared() -> None:
    three = (("2022", 40.0), ("2023", 41.0), ("2024", 42.0), ("2025", 43.0))
    changes: dict[str, Any] = {"frequency": "yearly", "covers": "rolling-36-months"}
    found = compared(*three, **changes)

    assert found is not None
    assert (str(found.earlier.period), found.years) == ("2022", 3)
    assert compared(*three[1:], **changes) is None
    assert compared(*YEAR, covers="running-total") is None
    assert compared(*YEAR, covers="rolling-12-months") is not None
    assert compared(*YEAR, covers="year-to-date") is not None


def test_a_value_measured_in_another_way_is_not_compared() -> None:
    change = DefinitionChange(on=dt.date(2026, 1, 5), was="Hours.", because="More exact.", since=period("2026-Q1"))

    assert compared(*YEAR, definition_changes=(change,)) is None


def test_a_difference_that_nobody_can_see_is_none() -> None:
    found = metric(("2025-Q3", 10.44), ("2026-Q3", 10.41))

    text = wording.short_comparison(found, compare(found, found.observations[-1]))
    assert text == "the same as a year before"


def test_yes_and_no_are_not_called_higher_or_lower() -> None:
    found = metric(("2025-Q3", 0), ("2026-Q3", 1), kind="yes-no", better="higher")

    text = wording.short_comparison(found, compare(found, found.observations[-1]))
    assert text == "yes unlike a year before (better)"


# 2026-Q3 and 2025-Q3 as they stand in data/metrics/ems-response-90th.yml: 10.4 and 11.2 minutes.
def test_a_resident_gets_an_answer_even_without_a_trend(example_site: BuiltSite) -> None:
    page = example_site["measures/ems-response-90th/"]

    assert page.words("//h2[@id='direction']") == "Is it getting better?"
    assert page.words("//div[@id='answer']/p[@id='better']") == (
        "Better than a year before: 11.2 minutes then, 10.4 now. That is two values, not a trend."
    )
    assert page.words("//p[@id='direction-words']") == (
        "The latest value is better than the one for July to September 2025. "
        "We do not name a trend: there are 11 values so far; a trend needs 12."
    )
    assert "lower than a year before (better)" in example_site["measures/"].words(
        "//tr[@id='metric-ems-response-90th']"
    )
    assert "lower than a year before (better)" in example_site[""].words("//table[@id='headline-measures']")


def test_a_measure_without_a_better_side_is_not_said_to_get_better(example_site: BuiltSite) -> None:
    page = example_site["measures/structure-fires/"]

    assert page.words("//h2[@id='direction']") == "Is it changing?"
    assert "better" not in page.words("//p[@id='direction-words']")
