"""What residents see of a trend: the answer in words, the chart, the working, and the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from safety_plan.results.trend import Direction
from tests.support import ROOT, BuiltPage, BuiltSite, build, copy_project


@pytest.fixture(scope="session")
def berlin(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return build(copy_project(tmp_path_factory.mktemp("trends"), ROOT / "tests" / "plans" / "berlin"))


def test_a_trend_is_a_word_a_shape_and_a_reason(berlin: BuiltSite) -> None:
    page = berlin["measures/ambulance-turnout/"]

    chip = page.tree.xpath("//p[@id='direction-words']/span")[0]
    assert set(chip.get("class").split()) == {"sp-status", "sp-status--good", "sp-direction--down"}
    # Worked out by hand in test_trend.py.
    assert page.words("//p[@id='direction-words']").startswith(
        "improving Chance alone keeps nearly all values between 78.0 and 88.7 seconds."
    )
    # The value is 77.9 or, as the page shows it, 78: the limit has as many decimals as tell the two apart.
    assert page.words("//p[@id='better']") == (
        "improving The newest value is faster than chance alone would bring (limit: 78.001 seconds). "
        "That is hardly chance."
    )


def test_the_list_of_measures_shows_it_beside_the_status(berlin: BuiltSite) -> None:
    row = berlin["measures/"].words("//tr[@id='metric-ambulance-turnout']/td[1]")

    assert row.startswith("at risk")
    assert row.endswith("improving")


def test_the_working_can_be_checked_with_a_calculator(berlin: BuiltSite) -> None:
    page = berlin["measures/ambulance-turnout/"]
    rows = dict(cells(page, "trend-numbers"))

    assert rows["Values used"] == "34, from 2018 Q1 to 2026 Q2"
    # 2,834.0 / 34 and 66.4 / 33; 83.353 +- 2.66 x 2.0121.
    assert rows["Mean of the values"] == "83.35 seconds"
    assert rows["Mean step from one value to the next"] == "2.01 seconds, from 33 steps"
    assert rows["Upper limit"] == "mean + 2.66 × mean step = 88.71 seconds"
    assert rows["Lower limit"] == "mean − 2.66 × mean step = 78.00 seconds"
    signs = cells(page, "trend-signs")
    assert signs[0] == ["2026 Q2", "1 value below the lower limit", "yes: it decides"]
    # From 90.6 at the end of 2018 it went down each quarter to 78.9 in the second quarter of 2020.
    assert ["2018 Q4 to 2020 Q2", "7 values in a row, each lower than the one before", "no: it is over"] in signs


def cells(page: BuiltPage, table: str) -> list[list[str]]:
    rows = page.tree.xpath(f"//table[@id='{table}']/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in rows]


def test_the_chart_has_lines_and_marks_with_words(berlin: BuiltSite) -> None:
    page = berlin["measures/ambulance-turnout/"]

    lines = page.tree.xpath("//line[@class='sp-limit']/title/text()")
    assert lines == ["Mean: 83 seconds", "Upper limit: 89 seconds", "Lower limit: 78 seconds"]
    marks = page.tree.xpath("//*[@class='sp-signal']/title/text()")
    assert marks[-1] == "April to June 2026: 78 seconds; 1 value below the lower limit"
    # 2018-Q1 to 2020-Q3 stand out one way or another, and 2026-Q2.
    assert len(marks) == 12
    assert not set(marks) & set(page.tree.xpath("//circle/title/text()"))
    caption = page.words("//ul[@id='chart-key']")
    assert "Of the thin lines the middle one is the mean; the outer two are the limits" in caption
    assert "A diamond is a value that stands out" in caption


def test_a_crowded_chart_marks_only_what_decides(berlin: BuiltSite) -> None:
    marks = berlin["measures/cpr-response-median/"].tree.xpath("//*[@class='sp-signal']/title/text()")

    assert len(marks) == 18
    assert marks[0].startswith("February 2025: ")


def test_no_clear_change_is_neither_good_nor_bad(berlin: BuiltSite) -> None:
    page = berlin["measures/call-answer-mean/"]

    assert page.tree.xpath("//p[@id='direction-words']/span[contains(@class, 'sp-status--neutral')]")
    words = page.words("//p[@id='direction-words']")
    assert words.startswith("no clear change Chance alone keeps nearly all values between 17.63 and")
    assert page.words("//h2[@id='trend-working']/following-sibling::p[1]") == "No sign of more than chance was found."


def limits(site: BuiltSite) -> Iterator[str]:
    for address, page in site.pages.items():
        if page.tree.xpath("//line[@class='sp-limit']"):
            yield address


def test_nothing_is_drawn_where_there_is_no_trend(example_site: BuiltSite) -> None:
    assert list(limits(example_site)) == []
    assert all(not page.tree.xpath("//*[@id='trend-working']") for page in example_site.pages.values())


def test_the_page_on_method_explains_every_word(berlin: BuiltSite, example_site: BuiltSite) -> None:
    method = berlin["about/method/"]

    assert [row[0] for row in cells(method, "trend-words")] == [*(one.words for one in Direction), "no trend named"]
    shown = sum(bool(page.tree.xpath("//p[@id='direction-words']")) for page in berlin.pages.values())
    assert sum(int(row[2]) for row in cells(method, "trend-words")) == shown == 15
    assert method.words("//h3[@id='trend-example']/following-sibling::p[1]").startswith(
        "Median response time, missions"
    )
    empty = example_site["about/method/"].words("//h3[@id='trend-example']/following-sibling::p[1]")
    assert empty.startswith("No measure of this plan has 12 values")


def test_a_count_is_not_drawn_below_zero(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    file = project / "data" / "metrics" / "structure-fires.yml"
    text = file.read_text(encoding="utf-8")
    start = text.index("observations:")
    values = [12, 0, 11, 1, 12, 0, 11, 1, 12, 0, 11, 1]
    quarters = [f"{2023 + at // 4}-Q{at % 4 + 1}" for at in range(3, 15)]
    lines = [f"  - {{period: {quarter}, value: {value}}}" for quarter, value in zip(quarters, values, strict=True)]
    rest = text[start:].split("\n")
    after = next((at for at, line in enumerate(rest[1:], 1) if line and not line.startswith(" ")), len(rest))
    file.write_text("\n".join([text[:start] + rest[0], *lines, *rest[after:]]), encoding="utf-8")
    page = build(project)["measures/structure-fires/"]

    # Mean 72 / 12 = 6; steps 12, 11, 10, 11, ...: mean 121/11 = 11; 6 - 2.66 x 11 = -23.26.
    assert "Lower limit: 0 fires" in page.tree.xpath("//line[@class='sp-limit']/title/text()")
    assert "between 0.0 and 35.3 fires" in page.words("//p[@id='direction-words']")
    rows = dict(cells(page, "trend-numbers"))
    assert rows["Lower limit"] == "mean − 2.66 × mean step = −23.26 fires (no value can go that far)"
