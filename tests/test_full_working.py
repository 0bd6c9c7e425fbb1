"""Every page of a measure shows its whole working: also what the rule that decides does not use, and marked so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.core_pages import core_pages, plan_of
from tests.support import ROOT, BuiltPage, change

PERCENT = 100


@pytest.fixture(scope="module")
def pages() -> dict[str, BuiltPage]:
    return core_pages(plan_of(ROOT))


@pytest.fixture(scope="module")
def kinds() -> dict[str, BuiltPage]:
    return core_pages(plan_of(ROOT / "tests" / "plans" / "kinds"))


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The data of the example town, to be changed by a test."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def metric(town: Path, name: str) -> Path:
    return town / "data" / "metrics" / f"{name}.yml"


def page_of(town: Path, name: str) -> BuiltPage:
    return core_pages(plan_of(town))[f"measures/{name}/"]


def rows(page: BuiltPage) -> dict[str, str]:
    """The lines of the sum, each with its mark and its text, by their names."""
    found = page.tree.xpath("//table[@id='working-table']/tbody/tr")
    return {row.get("id").removeprefix("working-"): page.words(f"//tr[@id='{row.get('id')}']") for row in found}


def cells(page: BuiltPage, table: str, line: int) -> list[str]:
    found = page.tree.xpath(f"//table[@id='{table}']/tbody/tr[{line}]/*")
    return [" ".join(cell.text_content().split()) for cell in found]


def test_every_measure_with_a_start_and_a_target_shows_all_of_its_working(pages: dict[str, BuiltPage]) -> None:
    plan = plan_of(ROOT)
    asked = [one for one in plan.metrics if one.record.baseline and one.record.targets and one.record.better]

    assert len(asked) >= 25
    for one in asked:
        found = rows(pages[f"measures/{one.id}/"])
        needed = {"start", "target", "rule", "result"}
        if "latest" in found:
            needed |= {"time", "expected", "ratio"}
        assert needed <= found.keys(), one.id


# fire-inspections-done counts up each year; hydrants-in-service is a level to hold from the start.
def test_what_the_rule_does_not_use_is_marked(town: Path) -> None:
    change(
        metric(town, "training-finished-on-time"),
        "  - {period: 2026-Q3, value: 94}",
        "  - {period: 2026-Q3, value: 98}",
    )
    page = page_of(town, "training-finished-on-time")
    found = rows(page)

    # From 92 to 98 in 1,826 days, of which 638 are gone: 92 + 6 x 638 / 1826 = 94.0964; 6 of 2.0964 are 286.2 %.
    assert found["result"] == "Result meeting target"
    assert found["time"] == "Days gone for scale 638 of 1,826 days = 34.94%"
    assert found["expected"].endswith("for scale 92 + (98 − 92) × 638 ÷ 1,826 = 94.0964%")
    assert found["ratio"].endswith("for scale 6 ÷ 2.0964 = 286.2%")
    assert "for scale" not in found["latest"]
    assert "does not use" in page.words("//*[@id='working-scale']")


def test_a_level_to_hold_says_that_it_asks_for_no_change(pages: dict[str, BuiltPage]) -> None:
    found = rows(pages["measures/911-answered-15-seconds/"])

    assert "at all times" in found["expected"]
    assert "No change is asked for" in found["ratio"]


def test_how_far_a_level_may_be_missed_stands_with_the_target(pages: dict[str, BuiltPage]) -> None:
    staffing = pages["measures/station-staffing/"].words("//*[@id='target-1']")
    calls = pages["measures/911-answered-15-seconds/"].words("//*[@id='target-1']")

    # The tolerances of data/metrics: 0.5 firefighters, 2 percent.
    assert "It may be missed by up to 0.5 firefighters and is then at risk." in staffing
    assert "It may be missed by up to 2 percentage points and is then at risk." in calls
    assert "may be missed" not in pages["measures/injury-crashes/"].words("//*[@id='target-1']")


def test_yes_and_no_are_not_subtracted(town: Path) -> None:
    change(metric(town, "plan-tested"), '{period: "2025", value: 1}', '{period: "2025", value: 0}')
    page = page_of(town, "plan-tested")

    assert page.words("//*[@id='working-sentence']") == "In 2025 the answer was no: off track."
    assert not {"missed-by", "tolerance", "expected", "ratio"} & rows(page).keys()


# The starting value of a rolling measure is that of its whole window, here of the 12 months to the end of 2024.
def test_the_starting_point_names_the_time_that_it_covers(pages: dict[str, BuiltPage]) -> None:
    assert "(12 months to December 2024; last day" in rows(pages["measures/responder-injury-rate/"])["start"]
    assert "(3 years to December 2024; last day" in rows(pages["measures/bystander-cpr/"])["start"]
    assert "(up to December 2024; last day" in rows(pages["measures/flood-projects-done/"])["start"]


# 30 + (24 - 30) x 455 / 1826 = 28.505 and 6 x 455 / 1826 = 1.495: shown as whole numbers they would be 29 and 1.
def test_the_path_is_shown_so_exactly_that_the_status_follows_from_it(pages: dict[str, BuiltPage]) -> None:
    crashes, projects = (pages[f"measures/{name}/"] for name in ("injury-crashes", "flood-projects-done"))

    assert cells(crashes, "past-statuses", 3) == ["January to March 2026", "25", "on track", "28.5", "334.4%"]
    # 1 of 1.495 is 66.9 %.
    assert cells(projects, "past-statuses", 3) == ["Up to March 2026", "1", "at risk", "1.5", "66.9%"]
    values = {row[0]: row for row in (cells(projects, "values", line) for line in range(1, 8))}
    assert values["Up to March 2026"][1:3] == ["1", "1.5"]


# 96 + (75 - 96) x 638 / 1826 = 88.6627 seconds.
def test_a_time_stands_in_its_shown_form_everywhere(pages: dict[str, BuiltPage]) -> None:
    page = pages["measures/911-handling-time-90th/"]
    found = rows(page)

    assert "about 1 minute 28.7 seconds" in page.words("//*[@id='working-sentence']")
    assert "1 minute 31 seconds = 91 seconds" in found["latest"]
    assert found["expected"].endswith("= 88.6627 seconds (1 minute 28.66 seconds)")
    assert cells(page, "past-statuses", 1)[3] == "1:28.7"


def test_what_is_due_of_a_year_is_worded_for_one_and_for_many(pages: dict[str, BuiltPage]) -> None:
    told = pages["measures/exercises-held/"].words("//*[@id='working-sentence']")

    # 4 x 273 / 365 = 2.9918.
    assert told.startswith("By now the year’s target asks for about 2.99 exercises.")


def test_a_cap_on_a_year_is_a_most_and_not_a_should(kinds: dict[str, BuiltPage]) -> None:
    found = rows(kinds["measures/spent-this-fiscal-year/"])

    # 1000 hours x 92 of 365 days = 252.05.
    assert found["expected"] == "At most, by now 1,000 × 92 ÷ 365 = 252.0548 hours"
    assert "less is better" in found["rule"]
    assert "more is better" not in found["rule"]


# The limit of 100 %, from 41 %: C = 1 - 0.41^4.44 = 0.9809; the cut points 1.5 % and 0.5 % times that are 1.471 % and
# 0.4905 %.
def test_a_natural_limit_shows_what_it_does(town: Path) -> None:
    file = metric(town, "bystander-cpr")
    text = file.read_text(encoding="utf-8")
    targets, benchmarks = text.index("targets:"), text.index("benchmarks:")
    text = text[:targets] + text[benchmarks:]
    text = text.replace('{period: "2024", value: 38}', '{period: "2024", value: 41}')
    text = text.replace('{period: "2025", value: 41, n: 37}', '{period: "2025", value: 44, n: 37}')
    file.write_text(f"{text}status_method: growth-rate\nnatural_limit: 100\n", encoding="utf-8")
    page = page_of(town, "bystander-cpr")
    found = rows(page)

    assert found["limit"] == "Natural limit 100%"
    assert found["limit-factor"].endswith("1 − (41 ÷ 100)^4.44 = 0.9809")
    assert "substantial progress from 1.50% × 0.9809 = 1.471% a year" in found["cuts"]
    assert "moderate progress from 0.50% × 0.9809 = 0.4905% a year" in found["cuts"]
    # 44 / 41 - 1 = 7.3 %, which of 41 % are 3 points.
    assert "it grew by 7.3% of itself a year" in page.words("//*[@id='working-sentence']")


DROPPED = "target_changes:\n  - {on: 2026-04-22, was: 99, was_by: 2029-12-31, because: Two courses were dropped}\n"


# (94 - 92) of (99 - 92) x 638 / 1826 = 2.4458 are 81.8 %.
def test_a_dropped_target_is_told_with_the_status_it_would_give(town: Path) -> None:
    file = metric(town, "training-finished-on-time")
    text = file.read_text(encoding="utf-8")
    start, end = text.index("targets:"), text.index("observations:")
    file.write_text(text[:start] + DROPPED + text[end:], encoding="utf-8")
    pages = core_pages(plan_of(town))
    page = pages["measures/training-finished-on-time/"]

    assert "The target was dropped on April 22, 2026; it was 99% by December 31, 2029." in page.words(
        "//*[@id='moved']"
    )
    assert "Under the old one the status would be at risk today." in page.words("//*[@id='moved']")
    assert "April 22, 2026: Target of 99% dropped" in page.words("//*[@id='trend-title']/..")
    assert "99% by December 31, 2029 no target" in pages["about/"].words("//table[@id='target-change-list']")


def test_a_status_that_cannot_be_told_is_not_promised(town: Path) -> None:
    change(
        metric(town, "911-answered-15-seconds"),
        "observations:\n",
        "target_changes:\n  - {on: 2026-04-22, was: 96, because: Too hard}\nobservations:\n",
    )
    page = page_of(town, "911-answered-15-seconds")
    told = page.words("//*[@id='target-change-1']")

    assert "the status would be" not in told.replace("What the status would be", "")
