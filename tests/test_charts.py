"""What a resident reads of a chart: the sentence above it, the texts in it, the strip, the bars and the spark line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from safety_plan.language import Original
from safety_plan.plan.plan import Plan
from safety_plan.publishing.charts.sparks import Spark, spark
from safety_plan.publishing.charts.trend import trend
from safety_plan.publishing.view import environment
from safety_plan.results.results import compute
from tests.core_pages import AS_OF, core_pages, plan_of
from tests.support import ROOT, BuiltPage, change, copy_project

METRICS = Path("data") / "metrics"
Pages = dict[str, BuiltPage]


def plan_named(name: str) -> Plan:
    return plan_of(ROOT if name == "example" else ROOT / "tests" / "plans" / name)


@pytest.fixture(scope="module")
def pages() -> Callable[[str], Pages]:
    found: dict[str, Pages] = {}

    def get(plan: str) -> Pages:
        if plan not in found:
            found[plan] = core_pages(plan_named(plan))
        return found[plan]

    return get


@pytest.mark.parametrize(
    ("plan", "metric", "said"),
    [
        # 11.4 at the end of 2024, 9.5 by the end of 2029: 638 of 1826 days on it should be 10.74.
        ("example", "ems-response-90th", "Faster than planned: 10.4 against an expected 10.7"),
        # 92 at the end of 2024, 98 by the end of 2029: 94.1, which looks like 94.
        ("example", "training-finished-on-time", "As planned: 94%, as expected by now"),
        ("example", "flood-projects-done", "Fewer than planned: 1 against an expected 2"),
        ("example", "station-staffing", "Within the range of 6.0 to 9.0 firefighters: 6.2"),
        ("example", "plan-tested", "Yes in 2025"),
        ("berlin", "ambulance-turnout", "Slower than it should be: 78 against a target of 75"),
        ("berlin", "missions", "Down from 48,899 (July 2025) to 46,982"),
        ("kinds", "four-nothings", "The newest number is not shown"),
        ("kinds", "visits-this-year", "More than planned: 76 against an expected 75"),
        ("kinds", "on-time-percent", "Lower than it should be: 93.0% against a target of 95.0%"),
    ],
)
def test_the_sentence_above_a_chart_says_how_it_stands(
    pages: Callable[[str], Pages], plan: str, metric: str, said: str
) -> None:
    assert pages(plan)[f"measures/{metric}/"].words("//*[@id='chart-headline']") == said


def test_the_subtitle_says_the_unit_how_often_and_which_way_is_better(pages: Callable[[str], Pages]) -> None:
    found = pages("example")["measures/ems-response-90th/"].words("//*[@id='chart-subtitle']")

    assert found == "EMS response time, 90th percentile. Minutes, quarter by quarter. Shorter is better."


def test_lines_and_points_are_named_where_they_are(pages: Callable[[str], Pages]) -> None:
    page = pages("example")["measures/ems-response-90th/"]

    labels = page.tree.xpath("//svg[@class='sp-trend']/text[contains(@class, 'sp-label')]/text()")
    assert labels == ["10.4", "Target 9.5 by 2029", "Starting point 11.4"]
    title, description = page.tree.xpath("//svg[@class='sp-trend']/*[position() < 3]")
    assert (title.tag, description.tag) == ("title", "desc")
    assert "The target is 9.5 minutes by December 31, 2029." in description.text
    points = page.tree.xpath("//svg[@class='sp-trend']/circle[@class='sp-point']/title/text()")
    assert len(points) == 11
    assert points[-1] == "July to September 2026: 10.4 minutes"


def test_targets_on_the_way_are_marked_with_their_dates(tmp_path: Path) -> None:
    town = copy_project(tmp_path)
    file = town / METRICS / "ems-response-90th.yml"
    change(file, "targets:\n", "targets:\n  - {by: 2026-12-31, value: 10.6, why: A first step.}\n")
    page = core_pages(plan_of(town))["measures/ems-response-90th/"]

    aims = page.tree.xpath("//svg[@class='sp-trend']//path[@class='sp-aim']/title/text()")
    assert aims == ["Interim target: 10.6 minutes by December 31, 2026", "Target: 9.5 minutes by December 31, 2029"]
    assert "Interim target: 10.6 minutes by December 31, 2026." in page.words("//*[@id='chart-key']")


def test_the_note_of_the_source_stands_on_the_chart(pages: Callable[[str], Pages]) -> None:
    page = pages("berlin")["measures/call-answer-mean/"]

    said = page.words("//figure//*[@id='chart-notes']")
    assert said.startswith("December 2024 and January 2025: On New Year's Eve")
    assert said.count("On New Year's Eve") == 1
    # December 2024, January 2025 and February 2026 each have a mark below the line.
    assert len(page.tree.xpath("//svg[@class='sp-trend']//path[@class='sp-noted']")) == 3
    assert "Berliner Feuerwehr, BF-Open-Data, CC BY 4.0" in page.words("//*[@id='chart-source']")


def test_the_table_right_below_holds_what_the_chart_shows(pages: Callable[[str], Pages]) -> None:
    page = pages("example")["measures/ems-response-90th/"]

    heads = page.tree.xpath("//table[@id='values']/thead//th/text()")
    assert heads[:5] == ["Time", "Value", "Should be by then", "Target", "Status"]
    row = page.tree.xpath("//tr[@id='values-2026-Q3']/*")
    assert [" ".join(cell.text_content().split()) for cell in row][:5] == [
        "July to September 2026", "10.4", "10.74", "9.5", "on track",
    ]  # fmt: skip
    text = page.text
    assert text.index('<figure class="sp-figure"') < text.index('id="values"') < text.index('id="download"')
    assert text.index('id="download"') < text.index('id="working"')


def test_the_strip_shows_in_words_what_its_shapes_show(pages: Callable[[str], Pages]) -> None:
    page = pages("example")["measures/ems-response-90th/"]

    assert page.words("//*[@id='strip']/ol") == (
        "2025 Q1 until 2025 Q2: too early to say 2025 Q3: at risk 2025 Q4 until 2026 Q3: on track"
    )
    shapes = page.tree.xpath("//*[@id='strip']/svg//g/@class")
    assert [shape.rpartition("--")[2] for shape in shapes] == [*["neutral"] * 2, "warning", *["good"] * 4]
    assert page.tree.xpath("//*[@id='strip']/svg/@aria-hidden") == ["true"]


def test_bars_stand_beside_names_and_numbers(pages: Callable[[str], Pages]) -> None:
    page = pages("example")["measures/ems-response-90th/"]

    lines = [" ".join(line.text_content().split()) for line in page.tree.xpath("//figure[@id='bars-1']//li")]
    assert lines == ["Overall 10.4", "River 10.2", "Hill 11.9", "Mill 10.6", "Center 9.5"]
    widths = [float(width.rstrip("%")) for width in page.tree.xpath("//figure[@id='bars-1']//rect/@width")]
    # The longest bar is 70 % of the width; the others are as long as their numbers are to its number.
    assert widths == [pytest.approx(70 * number / 11.9, abs=0.01) for number in (10.4, 10.2, 11.9, 10.6, 9.5)]
    # Where fewer than two groups have a number there is nothing to compare.
    assert not pages("kinds")["measures/ems-90th/"].tree.xpath("//figure[@id='bars-1']")


def found(name: str, metric: str) -> Spark:
    plan = plan_named(name)
    points = spark(plan.metric(metric), compute(plan, AS_OF))
    assert points is not None
    return points


def test_a_gap_is_a_gap_in_a_spark_line() -> None:
    points = found("kinds", "four-nothings")

    # Two values, then one that is missing and one that is withheld: the line ends before the right edge.
    assert [len(line.split()) for line in points.lines] == [2]
    assert points.last.x < 100


def test_a_spark_line_of_yes_and_no_lies_at_its_ends() -> None:
    points = found("kinds", "shelter-open")

    assert points.lines == ("0,100 100,0",)
    assert points.targets == (0.0,)


def test_one_value_is_a_point_without_a_line(tmp_path: Path) -> None:
    town = copy_project(tmp_path, ROOT / "tests" / "plans" / "kinds")
    change(town / METRICS / "shelter-open.yml", "  - {period: 2026-Q2, value: 0}\n", "")
    plan = plan_of(town)
    points = spark(plan.metric("shelter-open"), compute(plan, AS_OF))

    assert points is not None
    assert (points.lines, points.dots, points.last.x) == ((), (), 100.0)


def test_a_spark_line_is_an_ornament() -> None:
    template = environment().from_string('{% from "spark.html" import spark %}{{ spark(points) }}')

    assert 'aria-hidden="true"' in template.render(points=found("example", "ems-response-90th"))
    assert not template.render(points=None).strip()


def test_an_untranslated_name_is_plain_text_within_a_chart() -> None:
    plan = plan_named("kinds")
    metric = plan.metric("hours-trained")
    named = metric.record.benchmarks[0].model_copy(update={"name": Original("Neighbouring town", "en")})
    chart = trend(
        replace(metric, record=metric.record.model_copy(update={"benchmarks": (named,)})),
        compute(plan, AS_OF).metrics["hours-trained"].trend,
    )

    assert chart is not None
    assert [mark.text for mark in chart.benchmarks] == ["Neighbouring town: 2,000 hours"]
    assert not [label.text for label in chart.labels if "<" in label.text]
