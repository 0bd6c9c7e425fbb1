"""The home page: how the town is doing in ten seconds, the bad news without a click, and what changed lately."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from safety_plan.publishing.lately import News, lately
from safety_plan.results.results import compute
from tests.core_pages import AS_OF, core_pages, plan_of
from tests.support import ROOT, BuiltPage, change, copy_project


@cache
def home() -> BuiltPage:
    return core_pages(plan_of(ROOT))[""]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def news_of(project: Path, as_of: dt.date = AS_OF) -> tuple[News, ...]:
    plan = plan_of(project)
    return lately(plan, compute(plan, as_of))


def told(page: BuiltPage) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.tree.xpath("//ul[@id='lately-list']/li")]


def test_every_measure_is_counted_once_with_a_number_a_shape_and_words() -> None:
    tallies = home().tree.xpath("//ul[@id='counts']/li")
    said = [" ".join(one.text_content().split()) for one in tallies]

    # 8 meeting their target and 16 on track; 4 off track and 1 off track, getting worse; 2 for information, 1 without.
    assert said == ["24 on track or met", "4 at risk", "5 off track or missed", "3 without a status"]
    assert all(one.xpath(".//span[@class='sp-status__mark'][@aria-hidden='true']") for one in tallies)
    assert len(home().tree.xpath("//*[local-name()='svg'][contains(@class, 'sp-share')]/*")) == 4


def test_the_parts_of_the_bar_are_the_parts_of_the_measures() -> None:
    parts = home().tree.xpath("//*[local-name()='svg'][contains(@class, 'sp-share')]/*")
    shares = [float(one.get("width").rstrip("%")) for one in parts]

    assert shares == [66.67, 11.11, 13.89, 8.33]
    assert abs(sum(shares) - 100) < 0.05


def test_the_tallies_lead_to_the_measures_they_count() -> None:
    links = home().links("//ul[@id='counts']")

    assert links == {"measures/", "late/#at-risk", "late/#off-track"}


def test_the_bad_news_stands_on_the_page_itself() -> None:
    said = home().words("//h3[@id='not-going-well']/following-sibling::ul[1]")

    assert "How many volunteer firefighters can we count on? off track 41 people" in said
    assert said.count("off track") == 5
    assert said.count("at risk") == 4


def test_each_headline_measure_has_its_line_value_target_status_and_direction() -> None:
    rows = home().tree.xpath("//table[@id='headline-measures']/tbody/tr")

    assert len(rows) == 8
    for row in rows:
        assert row.xpath("./td[1]//span[contains(@class, 'sp-status--')]")
        assert len(row.xpath("./td[2]/*[local-name()='svg'][@aria-hidden='true']")) == 1
        assert row.xpath("string(./td[2])").strip()
        assert row.xpath("string(./td[3])").strip()
    first = home().words("//table[@id='headline-measures']/tbody/tr[1]")
    assert first.startswith(
        "How fast does medical help arrive? on track lower than a year before (better) 10.4 minutes"
    )
    assert first.endswith("9.5 minutes by 2029")


def test_news_come_newest_first_and_none_from_tomorrow() -> None:
    days = [one.on for one in news_of(ROOT)]

    assert days == sorted(days, reverse=True)
    assert len(days) == 6
    assert max(days) <= AS_OF


def test_dates_that_pass_do_not_hide_everything_else() -> None:
    kinds = [one.kind for one in news_of(ROOT)]

    # Twelve promises are late, and the newest of them are newer than everything else.
    assert kinds.count("late") == 2
    assert "review" in kinds


def test_the_newest_review_is_told_with_what_it_decided() -> None:
    said = next(one for one in told(home()) if "Review of" in one)

    assert said == (
        "October 21, 2026 Review of July to September 2026 held. Decided: Weekend CPR classes, Injury review group, "
        "Fire gear records to be brought up to date."
    )


def test_a_corrected_number_is_news_for_a_year(town: Path) -> None:
    file = town / "data" / "metrics" / "injury-crashes.yml"
    change(file, "corrected: 2026-07-22", "corrected: 2026-11-20")
    said = told(core_pages(plan_of(town))[""])

    assert said[0] == (
        "November 20, 2026 Number corrected: Injury crashes on town roads for October to December 2025 is now "
        "29 crashes. We had published 27 crashes."
    )
    change(file, "corrected: 2026-11-20", "corrected: 2025-11-22")
    assert not any("Number corrected" in one for one in told(core_pages(plan_of(town))[""]))


def test_a_target_that_was_moved_is_news_with_both_targets(town: Path) -> None:
    file = town / "data" / "metrics" / "training-finished-on-time.yml"
    change(file, "on: 2026-04-22", "on: 2026-11-20")
    said = told(core_pages(plan_of(town))[""])[0]

    assert said.startswith("November 20, 2026 Target moved: ")
    assert "; now the target is 98%" in said


def test_work_that_was_finished_is_news_with_how_late_it_was(town: Path) -> None:
    file = town / "data" / "goals" / "trusted-policing.yml"
    lines = "        due: 2026-06-30\n        progress: {}\n        late_because: Two candidates withdrew\n"
    change(file, lines.format(50), f"{lines.format(100)}        done: 2026-11-21\n")
    said = told(core_pages(plan_of(town))[""])[0]

    # July 31, August 31, September 30, October 31 and 21 days of November.
    assert said == "November 21, 2026 Done, 144 days later than planned: Fill four vacant officer posts."


def test_a_plan_in_which_nothing_happened_yet_has_no_news_but_the_plan_itself() -> None:
    kinds = {one.kind for one in news_of(ROOT, dt.date(2024, 12, 10))}

    assert kinds <= {"amendment"}


def test_a_resident_is_told_how_to_take_part_and_what_comes_next() -> None:
    assert {"take-part/", "questions/", "about/#reach-us"} <= home().links("//h2[@id='part']/following-sibling::ul[1]")
    assert home().words("//li[@id='next-review']").startswith("Next review: January 27, 2027.")
