"""Every page of a measure shows its whole working: also what the rule that decides does not use, and marked so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from safety_plan.plan.plan import Plan
from safety_plan.publishing.downloads import results_json
from safety_plan.results.results import compute
from tests.core_pages import AS_OF, core_pages, plan_of
from tests.support import ROOT, BuiltPage, change


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


def entry(plan: Plan, name: str) -> dict[str, Any]:
    """What the report says of a measure."""
    found = json.loads(results_json(plan, compute(plan, AS_OF)))
    return dict(next(one for one in found["metrics"] if one["id"] == name))


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
    assert found["time"] == "Days gone (for scale) 638 of 1,826 days = 34.94%"
    assert found["expected"].endswith("(for scale) 92 + (98 − 92) × 638 ÷ 1,826 = 94.0964%")
    assert found["ratio"].endswith("(for scale) 6 ÷ 2.0964 = 286.2%")
    assert "for scale" not in found["latest"]
    assert "does not use" in page.words("//*[@id='working-scale']")


def test_a_level_to_hold_says_that_it_asks_for_no_change(pages: dict[str, BuiltPage]) -> None:
    found = rows(pages["measures/911-answered-15-seconds/"])

    assert "at all times" in found["expected"]
    assert found["ratio"] == "Ratio (for scale) none, for no change is asked for"


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


# From no at the end of 2024 to yes by the end of 2029: a third of the way there is no value that is a third yes.
def test_between_no_and_yes_there_is_no_way_to_be_on(town: Path) -> None:
    file = metric(town, "plan-tested")
    change(file, '{period: "2025", value: 1}', '{period: "2025", value: 0}')
    change(file, "targets:\n", 'baseline: {period: "2024", value: 0}\ntargets:\n')
    change(file, "    keep: above\n", "")
    page = page_of(town, "plan-tested")

    assert page.words("//*[@id='working-sentence']") == (
        "In 2025 the answer was no: off track. In the rule, yes counts as 1 and no as 0."
    )
    assert "by now" not in page.words("//*[@id='answer']")
    assert "Should be" not in page.words("//article")
    assert "Path to target" not in page.words("//article")
    assert not page.tree.xpath("//*[@class='sp-path']")


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
    assert found["expected"] == "At most, by now 1,000 × 92 ÷ 365 = 252.05 hours"
    assert "less is better" in found["rule"]
    assert "more is better" not in found["rule"]
    assert {"rule-year", "rule-year-less"} <= kinds["about/method/"].ids


def without_target(town: Path, name: str, instead: str) -> Path:
    """Takes the targets out of a measure and puts other lines in their place."""
    file = metric(town, name)
    text = file.read_text(encoding="utf-8")
    start, end = text.index("targets:"), text.index("observations:")
    file.write_text(text[:start] + instead + text[end:], encoding="utf-8")
    return file


# The limit of 100 %, from 71 %: C = 1 - 0.71^4.44 = 0.7814; the cut points 1.5 % and 0.5 % times that are 1.172 % and
# 0.3907 %. 638 days are 1 year and 273 of 365 days: (80 / 71)^(1 / 1.747945) - 1 = 7.07 %.
def test_a_natural_limit_shows_what_it_does(town: Path) -> None:
    without_target(town, "ems-within-9-minutes", "status_method: growth-rate\nnatural_limit: 100\n")
    plan = plan_of(town)
    page = core_pages(plan)["measures/ems-within-9-minutes/"]
    found = rows(page)

    assert found["limit"] == "Natural limit 100%"
    assert found["limit-factor"].endswith("1 − (71 ÷ 100)^4.44 = 0.7814")
    assert "substantial progress from 1.500% × 0.7814 = 1.172% a year" in found["cuts"]
    assert "moderate progress from 0.5000% × 0.7814 = 0.3907% a year" in found["cuts"]
    # 7.1 % of 71 % are 5 points.
    assert "it grew by 7.1% of itself a year" in page.words("//*[@id='working-sentence']")

    growth = entry(plan, "ems-within-9-minutes")["growth"]
    assert growth["natural_limit"] == 100
    assert growth["limit_factor"] == pytest.approx(0.7814, abs=0.00005)
    assert [growth["substantial_from"], growth["moderate_from"]] == pytest.approx([0.01172, 0.003907], abs=0.00001)


def test_the_growth_asked_for_is_told_as_still_to_come(town: Path) -> None:
    file = metric(town, "first-engine-response-90th")
    file.write_text(f"{file.read_text(encoding='utf-8')}status_method: growth-rate\n", encoding="utf-8")
    page = page_of(town, "first-engine-response-90th")

    assert "To reach the target in time it has to fall by" in page.words("//*[@id='working-sentence']")
    assert "for scale" in rows(page)["score"]
    assert "from −5 (worst) to 5 (best)" in rows(page)["score"]


DROPPED = "target_changes:\n  - {on: 2026-04-22, was: 99, was_by: 2029-12-31, because: The calls were counted anew}\n"


# (80 - 71) of (99 - 71) x 638 / 1826 = 9.7832 are 92.0 %.
def test_a_dropped_target_is_told_with_the_status_it_would_give(town: Path) -> None:
    without_target(town, "ems-within-9-minutes", DROPPED)
    plan = plan_of(town)
    pages = core_pages(plan)
    page = pages["measures/ems-within-9-minutes/"]

    assert "The target was dropped on April 22, 2026; it was 99% by December 31, 2029." in page.words(
        "//*[@id='moved']"
    )
    assert "Under the old one the status would be at risk today." in page.words("//*[@id='moved']")
    assert "April 22, 2026: Target of 99% dropped" in page.words("//*[@id='trend-title']/..")
    assert "99% by December 31, 2029 no target" in pages["about/"].words("//table[@id='target-change-list']")
    (told,) = entry(plan, "ems-within-9-minutes")["earlier_targets"]
    assert (told["target"]["value"], told["target"]["by"]) == (99, "2029-12-31")
    assert (told["status_under_it"], told["not_known_because"]) == ("at risk", None)


# 93 % are less than 95 %, but by no more than the 2 points that are allowed for today; nobody says what was before.
def test_a_status_that_cannot_be_told_is_not_promised(town: Path) -> None:
    moved = "target_changes:\n  - {on: 2026-04-22, was: 95, because: Too hard}\n"
    change(metric(town, "911-answered-15-seconds"), "observations:\n", f"{moved}observations:\n")
    plan = plan_of(town)
    pages = core_pages(plan)
    unknown = "how far it might be missed and be only at risk is not recorded"

    told = pages["measures/911-answered-15-seconds/"].words("//*[@id='target-change-1']")
    assert f"What the status would be under the old target cannot be told: {unknown}." in told
    assert f"cannot be told: {unknown}" in pages["about/"].words("//table[@id='target-change-list']")
    (entered,) = entry(plan, "911-answered-15-seconds")["earlier_targets"]
    assert (entered["status_under_it"], entered["not_known_because"]) == (None, unknown)
