"""What a plan passes over in silence, and what it dates ahead: no number, no review and no day that has passed is lost.

Days are counted by hand. From May 15, 2026 to November 22 there are 16 + 30 + 31 + 31 + 30 + 31 + 22 = 191, from August
14 there are 17 + 30 + 31 + 22 = 100. Numbers are promised 45 days after their time is over (data/plan.yml).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety_plan.plan.plan import Plan
from safety_plan.publishing.downloads import metric_csv, results_json
from safety_plan.reading.periods import Grain, first_period_from
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.dates import OwedValue, next_value, skipped_values
from safety_plan.results.late import LateItem
from safety_plan.results.promises import Promise
from safety_plan.results.results import compute
from safety_plan.results.risks import risk_results
from safety_plan.results.warnings import warnings
from tests.core_pages import AS_OF, core_pages, late_page, plan_of
from tests.made import period
from tests.support import ROOT, BuiltPage, change, copy_project

SMALL = ROOT / "tests" / "plans" / "small"
POLICE = "police-response-90th"


@cache
def town() -> Plan:
    """The example town's plan."""
    return plan_of(ROOT)


@cache
def town_pages(day: dt.date = AS_OF) -> dict[str, BuiltPage]:
    """The pages of the example town on a day."""
    return core_pages(town(), day)


def without(folder: Path, *quarters: str) -> Plan:
    """The town's plan without some values of how fast the police come."""
    project = copy_project(folder)
    file = project / "data" / "metrics" / f"{POLICE}.yml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not any(f"period: {quarter}" in line for quarter in quarters)]
    assert len(kept) == len(lines) - len(quarters)
    file.write_text("".join(kept), encoding="utf-8")
    return plan_of(project)


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The town's plan, in which two quarters of a measure were left out without a word."""
    return without(tmp_path_factory.mktemp("silent"), "2026-Q1", "2026-Q2")


@pytest.fixture(scope="module")
def pages(silent: Plan) -> dict[str, BuiltPage]:
    return core_pages(silent)


def report(plan: Plan, day: dt.date = AS_OF) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(results_json(plan, compute(plan, day)))
    return loaded


def entry(entries: list[dict[str, Any]], id: str) -> dict[str, Any]:
    return next(one for one in entries if one["id"] == id)


def test_a_number_that_was_left_out_has_its_line_with_the_day_it_was_due(pages: dict[str, BuiltPage]) -> None:
    page = pages[f"measures/{POLICE}/"]
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//table[@id='values']/tbody/tr")]

    assert rows[2:4] == [
        "April to June 2026 Not given, promised for August 14, 2026: 100 days late",
        "January to March 2026 Not given, promised for May 15, 2026: 191 days late",
    ]
    assert len(page.tree.xpath("//table[@id='values']//tr[@class='sp-value--not-given']")) == 2
    assert "for January to March 2026 and for April to June 2026" in page.words("//*[@id='not-given']")


def test_the_chart_has_a_gap_where_a_number_was_left_out(pages: dict[str, BuiltPage]) -> None:
    before = town_pages()[f"measures/{POLICE}/"].text
    after = pages[f"measures/{POLICE}/"].text

    # The line ends with the eighth value, of October to December 2025; that of July to September 2026 stands alone.
    lines = pages[f"measures/{POLICE}/"].tree.xpath("//polyline[@class='sp-line']/@points")
    assert [len(line.split()) for line in lines] == [8]
    assert "January to March 2026, not given" in after
    assert "2 periods have no number." in after
    assert "A dotted upright line is a time without a number" in after
    assert "without a number" not in before


def test_other_programs_are_told_of_a_number_that_was_left_out(silent: Plan) -> None:
    rows = {row["period"]: row for row in csv.DictReader(io.StringIO(
        metric_csv(silent, compute(silent, AS_OF), silent.metric(POLICE))))}  # fmt: skip
    found = report(silent)

    assert list(rows)[-4:] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert (rows["2026-Q1"]["state"], rows["2026-Q1"]["reason"]) == ("not-given", "promised by 2026-05-15")
    assert rows["2026-Q1"]["value"] == ""
    assert entry(found["metrics"], POLICE)["not_given"] == [
        {"period": "2026-Q1", "due": "2026-05-15", "late_days": 191},
        {"period": "2026-Q2", "due": "2026-08-14", "late_days": 100},
    ]
    late = [(one["period"], one["late_days"]) for one in found["late"] if one["id"] == POLICE]
    assert late == [("2026-Q1", 191), ("2026-Q2", 100)]


def test_a_number_that_was_left_out_is_late_and_stands_with_whoever_owes_it(pages: dict[str, BuiltPage]) -> None:
    late = pages["late/"].words("//table[@id='late-number']")
    owner = pages["people/emergency-communications-director/"]

    assert "for January to March 2026" in late
    assert "191 days due May 15, 2026" in late
    assert "Number for April to June 2026: Police" in owner.words("//h2[@id='late']/following-sibling::ul[1]")
    assert "2 earlier numbers not given" in owner.words("//article")
    # Two of the police and that of the hydrants.
    assert "3 numbers are late" in pages[""].words("//*[@id='summary']")


def test_the_method_page_counts_the_numbers_that_were_left_out(pages: dict[str, BuiltPage]) -> None:
    row = pages["about/method/"].words("//tr[@id='nothing-not-given']")

    assert row.startswith("Not given")
    assert row.endswith("2 values")


def test_check_names_the_times_that_were_left_out(silent: Plan) -> None:
    found = [one for one in warnings(silent, compute(silent, AS_OF)) if "no number" in one.found]

    assert [str(one) for one in found] == [
        "data/metrics/police-response-90th.yml:25:3: found no number for 2026-Q1 and 2026-Q2 in the metric "
        '"police-response-90th", although there are later ones\n'
        "    Allowed: a value for each quarter, or missing with the reason\n"
        '    Fix: add the numbers, or for each a line such as "missing: The records were lost".'
    ]


def measure(*observations: Observation, **more: Any) -> Metric:
    """A measure of the town with other values."""
    record = town().metric(POLICE).record
    return record.model_copy(update={"observations": observations, **more})


def values(*periods: str) -> tuple[Observation, ...]:
    return tuple(Observation(period=period(one), value=1) for one in periods)


def owed(metric: Metric, day: dt.date = AS_OF) -> OwedValue:
    return next_value(metric, town().document, day)


def skipped(metric: Metric) -> list[str]:
    return [str(one.period) for one in skipped_values(metric, town().document, AS_OF)]


def test_a_time_that_says_why_it_has_no_number_is_not_left_out() -> None:
    lost = Observation(period=period("2026-Q1"), missing="The records were lost")
    small = Observation(period=period("2026-Q2"), withheld=True)

    assert skipped(measure(*values("2025-Q4", "2026-Q3"), lost, small)) == []


def test_a_part_of_a_time_is_not_the_whole_of_it() -> None:
    part = Observation(period=period("2026-Q1"), value=1, partial_until=dt.date(2026, 2, 28))

    assert skipped(measure(*values("2025-Q4", "2026-Q2"), part)) == ["2026-Q1"]


@pytest.mark.parametrize(
    ("periods", "left_out"),
    [
        (("2024-Q2", "2025-Q4", "2026-Q1"), []),
        (("2023-Q4", "2026-Q1"), ["2024-Q4", "2025-Q4"]),
        (("2023", "2025"), ["2024"]),
        (("2024-11", "2026-02"), ["2025-11"]),
    ],
)
def test_a_yearly_survey_may_be_held_in_another_season(periods: tuple[str, ...], left_out: list[str]) -> None:
    assert skipped(measure(*values(*periods), frequency="yearly")) == left_out


@settings(deadline=None, derandomize=True)
@given(st.sets(st.integers(0, 40), min_size=2))
def test_every_month_between_the_first_and_the_newest_is_given_or_left_out(given_months: set[int]) -> None:
    month = period("2023-01")
    every = [month]
    while len(every) <= 40:
        every.append(every[-1].next())
    chosen = [every[one] for one in sorted(given_months)]
    metric = measure(*(Observation(period=one, value=1) for one in chosen), frequency="monthly")
    between = {str(one) for one in every if chosen[0] <= one <= chosen[-1]}

    assert {*skipped(metric), *map(str, chosen)} == between
    assert not {*skipped(metric)} & {*map(str, chosen)}


def test_a_number_that_will_not_come_is_not_owed_where_that_is_said_ahead() -> None:
    ahead = Observation(period=period("2026-Q4"), missing="No survey is held")

    assert str(owed(measure(*values("2026-Q3"), ahead)).period) == "2027-Q1"
    # That of the fourth quarter does not make the third one look left out: it is still to come.
    assert (skipped(measure(*values("2026-Q2"), ahead)), str(owed(measure(*values("2026-Q2"), ahead)).period)) == (
        [],
        "2026-Q3",
    )


def test_a_measure_that_never_delivers_is_late_from_its_first_number_on() -> None:
    # The starting point is the year 2024. The first quarter after it was over on March 31, 2025; 45 days later is May
    # 15, and from there to May 15, 2026 there are 365 days, and 191 more to November 22.
    part = Observation(period=period("2026-Q3"), value=7.7, partial_until=dt.date(2026, 8, 31))

    for metric in (measure(), measure(part)):
        assert owed(metric) == OwedValue(period("2025-Q1"), dt.date(2025, 5, 15), 365 + 191)


def test_without_a_starting_point_the_first_number_is_that_of_the_plans_first_period() -> None:
    assert str(owed(measure(baseline=None)).period) == "2025-Q1"
    assert str(owed(measure(baseline=None, frequency="yearly")).period) == "2025"


@pytest.mark.parametrize(
    ("day", "grain", "fiscal", "first"),
    [
        ("2025-01-01", "quarter", None, "2025-01-01"),
        ("2025-01-02", "quarter", None, "2025-04-01"),
        ("2025-11-15", "year", None, "2026-01-01"),
        ("2025-02-01", "month", None, "2025-02-01"),
        ("2025-02-10", "year", 7, "2025-07-01"),
        ("2025-02-10", "quarter", 2, "2025-05-01"),
    ],
)
def test_the_first_period_from_a_day_on(day: str, grain: Grain, fiscal: int | None, first: str) -> None:
    found = first_period_from(dt.date.fromisoformat(day), grain, fiscal)

    assert (found.start.isoformat(), found.grain) == (first, grain)


def test_a_measure_without_any_number_shows_what_it_owes(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "data", tmp_path / "data")
    file = tmp_path / "data" / "metrics" / "home-visits.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("observations:")], encoding="utf-8")
    plan = plan_of(tmp_path)
    page = core_pages(plan)["measures/home-visits/"]

    # Its starting point is January to March 2025.
    assert "The number for April to June 2025 was promised for" in page.words("//*[@id='late']")
    assert any(one.id == "home-visits" for one in compute(plan, AS_OF).late)


def test_what_ends_after_the_day_is_not_known_on_it() -> None:
    # data/metrics/police-response-90th.yml: 8.1 for April to June 2025, and 8.0 for July to September 2024.
    day = dt.date(2025, 6, 30)
    found = compute(town(), day)
    police = found.metrics[POLICE]

    assert police.assessment.latest is not None
    assert (str(police.assessment.latest.period), police.assessment.latest.number) == ("2025-Q2", 8.1)
    assert police.past[0].observation.period == period("2025-Q2")
    assert str(police.next.period) == "2025-Q3"
    for result in found.metrics.values():
        assert result.assessment.latest is None or result.assessment.latest.period.end <= day
        assert all(one.period.end <= day for one in result.trend.values)
        assert all(one.observation.period.end <= day for one in result.past)
        assert result.comparison is None or result.comparison.latest.period.end <= day


def test_a_value_of_days_ahead_says_that_it_does_not_count_yet() -> None:
    page = town_pages(dt.date(2025, 6, 30))[f"measures/{POLICE}/"]
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//table[@id='values']/tbody/tr")]
    ahead = [row for row in rows if "It is of days after June 30, 2025, so it does not count yet." in row]

    # Those of July to September 2025 up to July to September 2026.
    assert len(ahead) == 5
    assert "Left out of the status" not in page.words()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("plan.yml", "data_as_of: 2026-09-30", "data_as_of: 2027-09-30", "found the date 2027-09-30 in data_as_of"),
        (
            "metrics/training-finished-on-time.yml", "on: 2026-04-22", "on: 2027-04-22",
            'found the date 2027-04-22 in the metric "training-finished-on-time"',
        ),
        (
            "compliance.yml", "last_done: 2026-10-14", "last_done: 2026-12-14",
            "found the date 2026-12-14 in the legal duty",
        ),
        (
            "goals/disaster-readiness.yml", "since: 2026-06-15", "since: 2025-06-15",
            'found the action "flood-home-buyouts" paused since 2025-06-15, before its start 2026-01-01',
        ),
        (
            "goals/trusted-policing.yml",
            "due: 2026-06-30\n        progress: 50",
            "due: 2027-06-30\n        progress: 50",
            'found "late_because" in the action "fill-officer-posts", of which nothing is late on 2026-11-22',
        ),
    ],
)  # fmt: skip
def test_check_warns_of_dates_that_cannot_be_yet(file: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / file, old, new)
    plan = plan_of(project)

    assert any(one.found.startswith(said) for one in warnings(plan, compute(plan, AS_OF)))
    assert warnings(town(), compute(town(), AS_OF)) == ()


def test_a_duty_done_on_a_day_ahead_is_not_shown_as_done(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / "compliance.yml", "last_done: 2026-10-14", "last_done: 2026-12-14")
    shown = core_pages(plan_of(project))
    register = shown["legal/"].words()

    assert "not known: December 14, 2026 lies ahead" in register
    own = [page.words() for address, page in shown.items() if address.startswith("legal/")]
    assert any("The date on record for when it was last done, December 14, 2026, lies ahead." in text for text in own)
    assert not any("Last done December 14, 2026" in text for text in own)


def test_where_no_review_is_held_no_risk_counts_as_reviewed() -> None:
    plan = town()
    # The review of July to September 2027 is due by the end of December.
    day = dt.date(2028, 1, 1)
    shown = core_pages(plan, day)["risks/"].words("//*[@id='not-reviewed']")

    assert not any(result.reviewed for result in risk_results(plan, day).values())
    assert shown.startswith("Not reviewed for July to September 2027:")
    assert all(risk.title in shown for risk in plan.risks)
    # On the last day of December the review could still be held in time.
    assert "for April to June 2027" in core_pages(plan, dt.date(2027, 12, 31))["risks/"].words(
        "//*[@id='not-reviewed']"
    )


def late_reviews(plan: Plan, day: dt.date) -> list[LateItem]:
    return [one for one in compute(plan, day).late if one.promise is Promise.REVIEW]


def test_a_quarter_without_its_review_is_counted_once() -> None:
    # The next review, of October to December 2026, is set for January 27, 2027; from there to June 1 there are
    # 4 + 28 + 31 + 30 + 31 + 1 = 125 days.
    day = dt.date(2027, 6, 1)
    shown = town_pages(day)

    assert [(str(one.period), one.days) for one in late_reviews(town(), day)] == [("2026-Q4", 125)]
    assert "Quarterly reviews (1)" in shown["late/"].words("//h3[@id='review']")
    assert "October to December 2026" in shown["late/"].words("//table[@id='late-review']")
    assert shown["reviews/"].words("//*[@id='missing']") == "1 quarter of the plan went without a review."
    assert [one["period"] for one in report(town(), day)["late"] if one["what"] == "quarterly review"] == ["2026-Q4"]


def test_each_further_quarter_without_a_review_is_one_more() -> None:
    # By January 1, 2028 those of 2027-Q1 to Q3 were due by the end of the quarter after each.
    found = late_reviews(town(), dt.date(2028, 1, 1))

    assert [(str(one.period), str(one.due)) for one in found] == [
        ("2026-Q4", "2027-01-27"), ("2027-Q1", "2027-06-30"), ("2027-Q2", "2027-09-30"), ("2027-Q3", "2027-12-31"),
    ]  # fmt: skip


def test_a_day_that_was_never_moved_on_is_the_review_of_the_next_quarter(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    # The review of July to September 2026 was held in October, so that of the quarter after it comes next.
    change(project / "data" / "plan.yml", "next_review: 2027-01-27", "next_review: 2026-11-15")
    plan = plan_of(project)

    assert [(one.period, one.days) for one in late_reviews(plan, AS_OF)] == [(None, 7)]
    assert [str(one.period) for one in late_reviews(plan, dt.date(2027, 6, 1))] == ["2026-Q4"]


def test_an_action_that_never_began_says_by_how_much_it_starts_late(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(
        project / "data" / "goals" / "emergency-medical-help.yml",
        "start: 2025-01-15\n        due: 2029-12-31\n        progress: 35",
        "start: 2025-01-15\n        due: 2029-12-31\n        progress: 0",
    )
    found = report(plan_of(project))
    action = entry(found["actions"], "cardiac-arrest-review")

    # From January 15, 2025 to January 15, 2026 there are 365 days, from there to November 22
    # 16 + 28 + 31 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 22 = 311.
    assert (action["late_days"], action["start_late_days"]) == (0, 676)
    assert entry(found["late"], "cardiac-arrest-review")["late_days"] == 676


def test_a_late_next_step_says_what_it_is() -> None:
    row = late_page(town())["late/"].words("//table[@id='late-next-step']")

    assert "“Finish the road work at Mill Lane and open the raised culvert”" in row


def test_home_says_that_what_comes_next_is_late() -> None:
    # From January 27 to June 1, 2027 there are 125 days, from December 8, 2026 there are 23 + 31 + 28 + 31 + 30 + 31
    # + 1 = 175.
    late, in_time = town_pages(dt.date(2027, 6, 1))[""], town_pages()[""]

    assert "The next review was due on January 27, 2027: it is 125 days late." in late.words("//li[@id='next-review']")
    assert late.words("//li[@id='next-reassessment']").endswith("was due on December 8, 2026: it is 175 days late.")
    assert in_time.words("//li[@id='next-review']").startswith("Next review: January 27, 2027.")
