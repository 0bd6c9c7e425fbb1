"""Periods of the calendar and of fiscal years: their days, their names and what follows them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety_plan.plan.build import build_plan
from safety_plan.publishing import words
from safety_plan.reading.folder import read_folder
from safety_plan.reading.periods import Period, fiscal_period_from, period_from
from safety_plan.reading.schema.metrics import Covers
from tests.support import ROOT, change, copy_project

steady = settings(deadline=None, derandomize=True, database=None)
starts = st.integers(1, 12)
years = st.integers(1951, 2149)


def fiscal(text: str, first_month: int = 7) -> Period:
    found = fiscal_period_from(text, first_month)
    assert found is not None, text
    return found


def calendar(text: str) -> Period:
    found = period_from(text)
    assert found is not None, text
    return found


# A fiscal year has the name of the year it ends in: where it starts in July, FY2026 is July 2025 to June 2026. The
# other months are counted out by hand.
@pytest.mark.parametrize(
    ("text", "first_month", "start", "end"),
    [
        ("FY2026", 7, "2025-07-01", "2026-06-30"),
        ("FY2026-Q1", 7, "2025-07-01", "2025-09-30"),
        ("FY2026-Q4", 7, "2026-04-01", "2026-06-30"),
        ("FY2024-Q2", 10, "2024-01-01", "2024-03-31"),
        ("FY2024", 1, "2024-01-01", "2024-12-31"),
        ("FY2024-Q4", 3, "2023-12-01", "2024-02-29"),
        ("FY2026-Q1", 12, "2025-12-01", "2026-02-28"),
        ("FY2026", 2, "2025-02-01", "2026-01-31"),
    ],
)
def test_the_days_of_a_fiscal_period(text: str, first_month: int, start: str, end: str) -> None:
    found = fiscal(text, first_month)

    assert (str(found.start), str(found.end)) == (start, end)
    assert str(found) == text


@pytest.mark.parametrize("text", ["FY26", "FY2026-Q5", "FY2026-07", "fy2026", "2026", "FY 2026", "FY2026Q1", ""])
def test_what_is_no_fiscal_period(text: str) -> None:
    assert fiscal_period_from(text, 7) is None


@steady
@given(years, starts)
def test_four_quarters_make_a_fiscal_year(year: int, first_month: int) -> None:
    whole = fiscal(f"FY{year}", first_month)
    quarters = [fiscal(f"FY{year}-Q{number}", first_month) for number in (1, 2, 3, 4)]

    assert whole.end.year == year
    assert (quarters[0].start, quarters[-1].end) == (whole.start, whole.end)
    assert [one.next() for one in quarters[:3]] == quarters[1:]
    assert [str(one.next()) for one in quarters] == [
        *(f"FY{year}-Q{number}" for number in (2, 3, 4)), f"FY{year + 1}-Q1",
    ]  # fmt: skip
    assert {(one.year_start, one.year_end) for one in quarters} == {(whole.start, whole.end)}
    assert whole.next().start == whole.end + dt.timedelta(days=1)


@steady
@given(years, st.integers(1, 4))
def test_the_calendar_year_is_a_fiscal_year_that_starts_in_january(year: int, number: int) -> None:
    named = fiscal(f"FY{year}-Q{number}", 1)

    assert named == calendar(f"{year}-Q{number}")
    assert (named.year_start, named.year_end) == (dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert str(named) == f"FY{year}-Q{number}"


def test_a_fiscal_quarter_is_the_calendar_quarter_with_the_same_days() -> None:
    assert fiscal("FY2027-Q1") == calendar("2026-Q3")
    assert len({fiscal("FY2027-Q1"), calendar("2026-Q3")}) == 1
    assert (str(fiscal("FY2027-Q1")), str(calendar("2026-Q3"))) == ("FY2027-Q1", "2026-Q3")


def test_a_yearly_survey_held_in_a_fiscal_quarter_comes_again_a_year_later() -> None:
    assert str(fiscal("FY2026-Q2").next("year")) == "FY2027-Q2"
    assert str(calendar("2026-Q2").next("year")) == "2027-Q2"


@pytest.mark.parametrize(
    ("span", "covers", "said"),
    [
        (fiscal("FY2026"), "period", "fiscal year 2026 (July 2025 to June 2026)"),
        (fiscal("FY2026-Q1"), "period", "July to September 2025"),
        (fiscal("FY2026-Q4", 3), "period", "December 2025 to February 2026"),
        (fiscal("FY2026-Q3"), "year-to-date", "July 2025 to March 2026"),
        (fiscal("FY2026-Q1"), "year-to-date", "July to September 2025"),
        (fiscal("FY2026"), "year-to-date", "fiscal year 2026 (July 2025 to June 2026)"),
        (calendar("2026-Q3"), "year-to-date", "January to September 2026"),
        (calendar("2026-01"), "year-to-date", "January 2026"),
        (calendar("2026"), "year-to-date", "2026"),
        (fiscal("FY2026-Q3"), "rolling-12-months", "12 months to March 2026"),
        (calendar("2026-09"), "rolling-36-months", "3 years to September 2026"),
        (calendar("2026-Q3"), "running-total", "up to September 2026"),
    ],
)
def test_a_period_in_words(span: Period, covers: Covers, said: str) -> None:
    assert words.period(span, covers) == said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (fiscal("FY2026"), "Year to Jun 2026"),
        (fiscal("FY2026-Q1"), "Jul to Sep 2025"),
        (calendar("2026-Q3"), "2026 Q3"),
        (calendar("2026-09"), "Sep 2026"),
        (calendar("2026"), "2026"),
    ],
)
def test_a_period_in_short(span: Period, said: str) -> None:
    assert words.short_period(span) == said


def test_a_table_beside_the_metric_may_name_fiscal_quarters(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / "town.yml", "population: 18240\n", "population: 18240\nfiscal_year_starts: 10\n")
    file = project / "data" / "metrics" / "station-staffing.yml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("observations:"), text.index("notes:")
    file.write_text(f"{text[:start]}observations_file: staffing.csv\n{text[end:]}", encoding="utf-8")
    table = "period,value\nFY2026-Q3,6.1\nFY2026-Q4,6.2\n"
    (project / "data" / "metrics" / "staffing.csv").write_text(table, encoding="utf-8")
    records, problems = read_folder(project / "data", project)
    plan = build_plan(records, (), problems)

    # Where the year starts in October, its last quarter is July to September.
    assert [one.period for one in plan.metric("station-staffing").record.observations] == [
        calendar("2026-Q2"), calendar("2026-Q3"),
    ]  # fmt: skip


def test_the_example_town_counts_by_the_calendar() -> None:
    records, _ = read_folder(ROOT / "data", ROOT)

    assert all(
        one.period.fiscal_start is None
        for metric in build_plan(records, (), ()).metrics
        for one in metric.record.observations
    )
