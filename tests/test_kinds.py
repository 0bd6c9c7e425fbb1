"""Every kind of measure says what it is, and zero, missing, withheld and not yet due are told apart.

The plan of tests/plans/kinds has one measure for each kind. Its numbers are made up there; what is expected of them is
worked out beside each test.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from safety_plan.plan.build import build_plan
from safety_plan.reading.folder import read_folder
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.status import assess
from tests.support import ROOT, BuiltSite, broken_links, build, copy_project, served

PLAN = ROOT / "tests" / "plans" / "kinds"
METRICS = sorted(path.stem for path in (PLAN / "data" / "metrics").glob("*.yml"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return build(copy_project(tmp_path_factory.mktemp("kinds"), PLAN))


def answer(site: BuiltSite, metric: str) -> str:
    return site[f"measures/{metric}/"].words("//*[@id='answer']")


def rows(site: BuiltSite, metric: str, table: str = "values") -> dict[str, list[str]]:
    """The lines of a table by their headings."""
    page = site[f"measures/{metric}/"]
    lines = page.tree.xpath(f"//table[@id='{table}']/tbody/tr")
    return {cells[0]: cells[1:] for cells in (list(_cells(line)) for line in lines)}


def remark(site: BuiltSite, metric: str, period: str) -> str:
    """What stands below the value of a period."""
    after = f"//tr[@id='values-{period}']/following-sibling::tr[1][@class='sp-remark']"
    return site[f"measures/{metric}/"].words(after)


def _cells(line: html.HtmlElement) -> Iterator[str]:
    for cell in line.xpath("./th|./td"):
        yield " ".join(cell.text_content().split())


def about(site: BuiltSite, metric: str, name: str) -> str:
    page = site[f"measures/{metric}/"]
    (found,) = page.tree.xpath(f"//dl[contains(@class, 'sp-facts')]/div[dt[normalize-space()='{name}']]/dd")
    return " ".join(found.text_content().split())


def metrics() -> dict[str, Metric]:
    records, problems = read_folder(PLAN / "data", PLAN)
    return {metric.id: metric.record for metric in build_plan(records, (), problems).metrics}


# The rules of design/data-format.md, followed by hand for each of them.
@pytest.mark.parametrize(
    ("metric", "status"),
    [
        ("serious-fires", "meeting target"),  # 0 of 0
        # 638 of 1,461 days: 5 - 5 x 0.4367 = 2.8164 by now; (3 - 5) / (2.8164 - 5) = 0.916.
        ("near-misses", "at risk"),
        ("crew-mean", "at risk"),  # 5.8 misses 6 by 0.2, and 0.5 is allowed for
        ("on-time-percent", "at risk"),  # 186 of 200 is 93; 95 - 93 = 2, and 3 is allowed for
        ("calls-lost-percent", "off track"),  # 7 - 5 = 2, and 1 is allowed for
        ("burglary-rate", "on track"),  # 1,000 x 16 / 4,000 = 4.0; expected 4.5 - 1.5 x 365 / 1,461 = 4.125
        ("shelter-open", "meeting target"),
        ("visits-this-year", "on track"),  # 76 of 100 x 273 / 365 = 74.8
        ("spent-this-fiscal-year", "meeting target"),  # 240 is not above 1,000 x 92 / 365 = 252.05
        ("fires-36-months", "meeting target"),
        ("late-number", "for information"),
        ("four-nothings", "no status"),
    ],
)
def test_the_status_of_each_kind(site: BuiltSite, metric: str, status: str) -> None:
    (found,) = site[f"measures/{metric}/"].tree.xpath("//*[@id='answer']//span[starts-with(@class, 'sp-status sp-')]")

    assert " ".join(found.text_content().split()) == status


def test_a_target_of_zero_is_reached_by_zero_alone(site: BuiltSite) -> None:
    assert answer(site, "serious-fires").startswith("0 fires meeting target")
    assert "The target is 0 by December 31, 2028;" in answer(site, "near-misses")


def test_an_average_is_marked_as_one_wherever_its_value_stands(site: BuiltSite) -> None:
    assert answer(site, "crew-mean").startswith("5.8 people on average at risk")
    assert "July to September 2026. The target is" in answer(site, "crew-mean")
    assert "5.8 people on average (July to September 2026)" in site["measures/"].words()
    assert site["measures/crew-mean/"].words("//table[@id='values']/caption") == "Crew on duty, people, on average"
    assert about(site, "crew-mean", "Kind of measure") == "an average"


def test_a_median_says_that_half_were_below(site: BuiltSite) -> None:
    assert (
        "1 minute 31 seconds on track July to September 2026. Half of the cases were below it, half above."
        in answer(site, "answer-median")
    )


def test_a_time_is_shown_as_minutes_and_seconds_and_read_aloud_in_words(site: BuiltSite) -> None:
    page = site["measures/answer-median/"]

    # 91 seconds are one minute and 31 seconds; 75 seconds are the target.
    assert rows(site, "answer-median")["July to September 2026"][0] == "1:31"
    assert page.words("//table[@id='values']/caption").endswith("minutes:seconds")
    assert "The target is 1 minute 15 seconds" in answer(site, "answer-median")
    titles = page.tree.xpath("//*[local-name()='circle']/*[local-name()='title']/text()")
    assert titles[-1].endswith("1 minute 31 seconds")
    # 11.25 minutes are 11 minutes and 15 seconds.
    assert rows(site, "ems-90th")["January to March 2026"][0] == "11:15"


@pytest.mark.parametrize(
    ("metric", "levels"),
    [
        # The chart goes from 71 to 122 seconds. A quarter of that is 13, and the next step round on a clock is 15.
        ("answer-median", ["1:15", "1:30", "1:45", "2:00"]),
        # The chart goes from 9.8 to 12.6 minutes. A quarter of that is 43 seconds, and the next step is a minute.
        ("ems-90th", ["10:00", "11:00", "12:00"]),
    ],
)
def test_the_levels_of_a_chart_of_times_are_round_on_a_clock(site: BuiltSite, metric: str, levels: list[str]) -> None:
    labels = site[f"measures/{metric}/"].tree.xpath(
        "//figure//*[local-name()='text'][@class='sp-axis sp-level']/text()"
    )

    assert [label for label in labels if ":" in label] == levels


def test_a_percentile_of_few_cases_comes_with_a_caution(site: BuiltSite) -> None:
    caution = "Take care: only 25 cases, so chance can move this 90th percentile a lot."

    assert caution in answer(site, "ems-90th")
    assert remark(site, "ems-90th", "FY2026-Q4") == caution
    after = "//tr[@id='values-FY2026-Q3']/following-sibling::tr[1][@class='sp-remark']"
    assert not site["measures/ems-90th/"].tree.xpath(after)
    assert "9 of 10 cases were this fast or faster" in answer(site, "ems-90th")


def test_a_percentile_of_too_few_cases_is_nowhere_to_be_seen(site: BuiltSite) -> None:
    reason = "Only 8 cases, too few for the 90th percentile"

    assert rows(site, "ems-90th")["July to September 2026"][0] == f"No value: {reason}"
    assert f"The newest number is missing: {reason}." in answer(site, "ems-90th")
    # It was 9.5 minutes.
    for path in site.folder.rglob("*"):
        if path.suffix in (".html", ".csv", ".json"):
            text = path.read_text(encoding="utf-8")
            assert not [sign for sign in ("9:30", "9 minutes 30", ",9.5,", ": 9.5,") if sign in text], path.name


def test_a_percent_and_a_rate_show_what_they_are_made_of(site: BuiltSite) -> None:
    percent, rate = rows(site, "on-time-percent")["July to September 2026"], rows(site, "burglary-rate")["2025"]
    assert [percent[0], *percent[-2:]] == ["93.0", "186", "200"]
    assert [rate[0], *rate[-2:]] == ["4.0", "16", "4,000"]
    heads = [cell.text for cell in site["measures/burglary-rate/"].tree.xpath("//table[@id='values']/thead//th")]
    assert [*heads[:2], *heads[-2:]] == ["Time", "Value", "Events", "Among"]
    assert about(site, "burglary-rate", "Kind of measure") == "a rate per 1,000"


def test_what_counts_up_from_the_start_of_a_year_says_from_when(site: BuiltSite) -> None:
    assert list(rows(site, "visits-this-year"))[:2] == ["January to December 2026", "January to September 2026"]
    assert list(rows(site, "spent-this-fiscal-year")) == [
        "July to December 2026",
        "July to September 2026",
        "July 2025 to June 2026",
        "July 2025 to March 2026",
    ]
    caption = site["measures/spent-this-fiscal-year/"].words("//ul[@id='chart-key']")
    assert "the count starts anew each July" in caption
    assert "1,000 hours each fiscal year" in answer(site, "spent-this-fiscal-year")


def test_the_line_of_a_count_that_starts_anew_is_broken_there(site: BuiltSite) -> None:
    # March and June 2026 lie in one fiscal year, September 2026 in the next: one line, and a point alone.
    lines = site["measures/spent-this-fiscal-year/"].tree.xpath("//*[local-name()='polyline'][@class='sp-line']")

    assert [len(line.get("points").split()) for line in lines] == [2]


@pytest.mark.parametrize(
    ("metric", "row", "remark"),
    [
        ("alarms-so-far", "Up to September 2026", "Each value counts everything so far"),
        ("crashes-12-months", "12 months to September 2026", "Each value covers 12 months"),
        ("fires-36-months", "3 years to September 2026", "Each value covers 3 years"),
    ],
)
def test_a_value_says_how_much_time_it_covers(site: BuiltSite, metric: str, row: str, remark: str) -> None:
    assert row in rows(site, metric)
    assert answer(site, metric).count(row) == 1
    assert remark in about(site, metric, "How often")
    titles = site[f"measures/{metric}/"].tree.xpath("//*[local-name()='circle']/*[local-name()='title']/text()")
    assert titles[-1].casefold().startswith(row.casefold())


def test_whole_years_stand_in_a_table_of_their_own_and_decide_nothing(site: BuiltSite) -> None:
    assert rows(site, "hours-trained", "annual") == {"2025": ["1,780"], "2024": ["1,500"]}
    assert "Fiscal year 2026 (July 2025 to June 2026)" in rows(site, "spent-this-fiscal-year", "annual")
    assert answer(site, "hours-trained").startswith("640 hours")
    metric = metrics()["hours-trained"]
    assert assess(metric) == assess(metric.model_copy(update={"annual": ()}))
    assert "1,780" not in " ".join(site["measures/hours-trained/"].tree.xpath("//figure//text()"))


def test_a_benchmark_is_shown_and_decides_nothing(site: BuiltSite) -> None:
    assert "2,000 hours" in about(site, "hours-trained", "For scale")
    for metric in metrics().values():
        assert assess(metric) == assess(metric.model_copy(update={"benchmarks": ()}))


def test_a_period_that_is_not_over_is_marked_and_left_out(site: BuiltSite) -> None:
    line = rows(site, "calls-by-month")["September 2026, so far (to September 14, 2026)"]

    assert line == ["120"]
    assert remark(site, "calls-by-month", "2026-09") == "The whole period: promised for November 14, 2026: 8 days late."
    assert answer(site, "calls-by-month").startswith("251 calls")
    page = site["measures/calls-by-month/"]
    assert len(page.tree.xpath("//*[@class='sp-trend']/*[local-name()='circle'][@class='sp-partial']")) == 1


def test_zero_missing_withheld_and_not_yet_due_differ_in_words_and_in_class(site: BuiltSite) -> None:
    table = rows(site, "four-nothings")
    page = site["measures/four-nothings/"]

    assert table["October to December 2026"] == ["Not yet due, promised by February 14, 2027"]
    assert "ithheld" in table["July to September 2026"][0]
    assert table["April to June 2026"] == ["No value: The list was lost in a move"]
    assert table["January to March 2026"] == ["0"]
    assert [row.get("class") for row in page.tree.xpath("//table[@id='values']/tbody/tr")] == [
        "sp-value--not-yet-due", "sp-value--withheld", "sp-value--missing", "sp-value--value", "sp-value--value",
    ]  # fmt: skip
    assert rows(site, "late-number")["July to September 2026"] == ["Promised for November 14, 2026: 8 days late"]


def test_zero_missing_withheld_and_not_yet_due_differ_in_the_chart(site: BuiltSite) -> None:
    tree = site["measures/four-nothings/"].tree
    titles = [title.text for title in tree.xpath("//figure//*[local-name()='title']")]

    assert "January to March 2026: 0 people" in titles
    assert "April to June 2026: no number" in titles
    assert "July to September 2026: withheld" in titles
    assert not [title for title in titles if "October to December 2026" in title]
    (withheld,) = tree.xpath("//*[@class='sp-trend']/*[local-name()='g'][contains(@class, 'sp-gap--withheld')]")
    assert withheld.xpath("./*[local-name()='rect']")
    description = tree.xpath("//figure//*[local-name()='desc']/text()")[0]
    assert "1 period has no number. 1 period has a withheld number." in description


def test_zero_missing_withheld_and_not_yet_due_differ_in_the_download(site: BuiltSite) -> None:
    text = (site.folder / "measures" / "four-nothings.csv").read_text(encoding="utf-8")
    found = {row["period"]: (row["state"], row["value"]) for row in csv.DictReader(io.StringIO(text))}

    assert found == {
        "2025-Q4": ("value", "7"),
        "2026-Q1": ("value", "0"),
        "2026-Q2": ("missing", ""),
        "2026-Q3": ("withheld", ""),
        "2026-Q4": ("not-yet-due", ""),
    }


def test_a_group_without_an_observation_is_not_recorded(site: BuiltSite) -> None:
    groups = rows(site, "ems-90th", "breakdown-1")

    assert groups["Hill"][1:] == ["12:00 (only 15 cases, take care)", "12:30 (120 cases)"]
    assert "ithheld" in groups["Hill"][0]
    assert groups["Mill"] == ["No value: The book was lost", "not recorded", "10:00 (80 cases)"]


def test_a_live_figure_may_name_a_fiscal_quarter(site: BuiltSite) -> None:
    assert "Help took 11 minutes in the slowest cases" in site[""].words() + site["plan/"].words()


def test_the_page_on_method_explains_each_kind(site: BuiltSite) -> None:
    page = site["about/method/"]
    kinds = page.tree.xpath("//table[@id='kinds-of-measure']/tbody/tr")

    assert [row.get("id") for row in kinds] == [
        f"kind-{kind}"
        for kind in ("count", "sum", "mean", "median", "percentile", "percent", "rate", "index", "yes-no")
    ]
    counted = sum(int(row.xpath("./td")[-1].text) for row in kinds)
    assert counted == len(METRICS)
    few = page.words("//*[@id='few-cases']")
    assert "Below 30 cases we show it with a word of caution. Below 10 we do not show it at all" in few
    assert "fiscal year starts in July" in page.words()


def test_no_link_is_broken(site: BuiltSite) -> None:
    assert broken_links(site) == []


def test_the_numbers_fit_a_small_phone(site: BuiltSite, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    with served(site.folder) as address:
        for metric in ("ems-90th", "four-nothings", "spent-this-fiscal-year", "hours-trained", "burglary-rate"):
            page.goto(f"{address}measures/{metric}/")
            # What is wider than the page scrolls within a box of its own.
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, metric
    page.close()


def test_the_plan_of_the_test_is_the_one_in_this_folder() -> None:
    assert Path(PLAN, "mkdocs.yml").is_file()
    assert {metric.kind for metric in metrics().values()} == {
        "count", "sum", "mean", "median", "percentile", "percent", "rate", "index", "yes-no",
    }  # fmt: skip
    assert {metric.covers for metric in metrics().values()} == {
        "period", "year-to-date", "running-total", "rolling-12-months", "rolling-36-months",
    }  # fmt: skip
