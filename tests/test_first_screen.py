"""What a resident reads first of a measure, and the words beside its status wherever that stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from safety_plan.publishing import words
from safety_plan.publishing.direction import verdict
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.results import compute
from tests.core_pages import AS_OF, core_pages, plan_of
from tests.support import ROOT, BuiltPage, change, copy_project

METRICS = Path("data") / "metrics"
Pages = dict[str, BuiltPage]


@pytest.fixture(scope="module")
def pages() -> Pages:
    return core_pages(plan_of(ROOT))


@pytest.fixture(scope="module")
def kinds() -> Pages:
    return core_pages(plan_of(ROOT / "tests" / "plans" / "kinds"))


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def box(pages: Pages, metric: str) -> str:
    return pages[f"measures/{metric}/"].words("//div[@id='answer']")


def test_the_value_is_not_said_twice(pages: Pages) -> None:
    # data/metrics/ems-response-90th.yml: 10.4 minutes, the 90th percentile; 90 of 100 are 9 of 10.
    said = pages["measures/ems-response-90th/"].words("//p[@id='in-words']")

    assert said.startswith("July to September 2026. 9 of 10 cases were this fast or faster. The target is 9.5 minutes")
    assert "10.4" not in said


def test_a_long_unit_is_said_once(pages: Pages) -> None:
    assert box(pages, "responder-injury-rate").count("injuries per 100") == 1
    assert "Worse than a year before: 8.5 then, 9.9 now." in box(pages, "responder-injury-rate")


def test_the_answer_says_who_answers_and_who_keeps_the_numbers(pages: Pages) -> None:
    page = pages["measures/ems-response-90th/"]

    who = page.words("//p[@id='who']")
    assert who == ("Answers for it: EMS Chief. Numbers: Dispatch records (Emergency Communications Director).")
    assert page.tree.xpath("//p[@id='who']/a/@href") == [
        "../../people/ems-chief/", "../../people/emergency-communications-director/",
    ]  # fmt: skip
    # One role for both is named once.
    assert pages["measures/hydrants-in-service/"].words("//p[@id='who']") == (
        "Answers for it: Fire Chief. Numbers: Hydrant checks."
    )


def test_a_running_total_tells_what_was_added_in_a_year(pages: Pages) -> None:
    # data/metrics/smoke-alarms-installed.yml: 548 in 2026-Q3, 231 in 2025-Q3; no value for 2024-Q3.
    assert "Added in the last 12 months: 317 smoke alarms." in box(pages, "smoke-alarms-installed")
    listed = pages["measures/"].words("//tr[@id='metric-smoke-alarms-installed']/td[1]")
    assert listed.endswith("317 added in a year")


def test_a_running_total_tells_the_year_before_as_well(town: Path) -> None:
    # 231 - 40 = 191.
    file = town / METRICS / "smoke-alarms-installed.yml"
    change(
        file, "  - {period: 2024-Q4, value: 0}", "  - {period: 2024-Q3, value: 40}\n  - {period: 2024-Q4, value: 41}"
    )

    assert "317 smoke alarms. In the 12 months before: 191." in box(core_pages(plan_of(town)), "smoke-alarms-installed")


def test_values_that_share_years_give_no_answer_yet(pages: Pages) -> None:
    assert "We cannot say yet whether it is getting better." in box(pages, "bystander-cpr")
    assert pages["measures/"].words("//tr[@id='metric-bystander-cpr']/td[1]").endswith("no trend named")


def test_a_withheld_number_is_told_once(pages: Pages) -> None:
    page, said = pages["measures/cardiac-arrest-survival/"], box(pages, "cardiac-arrest-survival")

    assert said.startswith("Not shown no status (newest number withheld) The newest number is not shown, because")
    assert page.tree.xpath("//p[@id='not-shown']/a/@href") == ["../../about/method/#small-numbers"]
    assert not page.tree.xpath("//p[@id='reason' or @id='in-words' or @id='better']")
    assert page.words("//p[@id='direction-words']") == "We cannot say: the newest number is not shown."
    assert (
        page.tree.xpath("//a[contains(@class, 'sp-nothing--withheld')]/@href")[0] == "../../about/method/#small-numbers"
    )


def test_a_correction_of_the_last_year_is_told_and_leads_to_its_row(pages: Pages) -> None:
    # data/metrics/injury-crashes.yml: 2025-Q4 was corrected on 2026-07-22, from 27 to 29.
    page = pages["measures/injury-crashes/"]

    said = page.words("//p[@id='corrected-1']")
    assert said.startswith("The number for October to December 2025 was corrected on July 22, 2026.")
    assert page.tree.xpath("//p[@id='corrected-1']/a/@href") == ["#values-2025-Q4"]
    row = page.words("//tr[@id='values-2025-Q4']/following-sibling::tr[1]")
    assert row == "Corrected on July 22, 2026; it was 27 crashes. Late crash reports were added"
    # A row of its own, not a column that lies off the screen.
    assert "Remarks" not in page.words("//table[@id='values']/thead")


def test_an_old_correction_is_no_news(town: Path) -> None:
    change(town / METRICS / "injury-crashes.yml", "corrected: 2026-07-22", "corrected: 2025-11-22")

    assert "was corrected" not in box(core_pages(plan_of(town)), "injury-crashes")


def test_yes_or_no_is_answered_with_its_year(pages: Pages) -> None:
    assert box(pages, "plan-tested").startswith("Yes, in 2025. meeting target The target is yes, each year.")


def test_an_expected_value_that_looks_like_the_latest_gets_a_decimal_more(pages: Pages) -> None:
    # 99 to 98 by the end of 2029; training-finished-on-time is at 94 and should be at 94.1, which is not the same.
    assert "by now it should be 94.1%" in box(pages, "training-finished-on-time")


def test_rates_head_their_cases_as_events(pages: Pages) -> None:
    heads = pages["measures/responder-injury-rate/"].tree.xpath("//table[@id='values']/thead//th/text()")

    assert "Events" in heads
    assert "Cases" not in heads


def test_what_cannot_be_told_of_its_stability_is_said(kinds: Pages, town: Path) -> None:
    said = "is not given, so we cannot tell how stable it is"
    file = town / METRICS / "responder-injury-rate.yml"
    lines = [line.split(", n: ")[0] + "}" if ", n: " in line else line for line in file.read_text("utf-8").split("\n")]
    file.write_text("\n".join(lines), encoding="utf-8")
    page = core_pages(plan_of(town))["measures/responder-injury-rate/"]

    assert f"a rate per 100. The number of events {said}" in page.words()
    # The kinds' own percentile gives its cases.
    assert said not in kinds["measures/ems-90th/"].words()


def test_the_note_on_bystanders_is_true(pages: Pages) -> None:
    # 41% of 37 is 15.17: only 15 of 37 gives it, so rounding hides nothing.
    assert "cannot be worked out" not in pages["measures/bystander-cpr/"].words("//h3[@id='notes']/..")


def test_flags_stand_wherever_the_status_stands(town: Path) -> None:
    file = town / METRICS / "injury-crashes.yml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("explanation:"), text.index("next_step:")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    built = core_pages(plan_of(town))

    flags = "(no explanation given yet)"
    found = {
        address
        for address, page in built.items()
        for link in page.tree.xpath("//a[contains(@href, 'measures/injury-crashes/') or @href='injury-crashes/']")
        if flags in " ".join(link.getparent().getparent().text_content().split())
    }
    kinds = {address.split("/")[0] for address in found}
    assert {"", "measures", "late", "goals", "people", "risks", "reviews"} <= kinds
    assert flags in box(built, "injury-crashes")


def trend_of(project: Path, id: str) -> tuple[Metric, str]:
    plan = plan_of(project)
    record = plan.metric(id).record
    return record, verdict(record, compute(plan, AS_OF).metrics[id])


def test_a_trend_is_told_in_plain_words() -> None:
    berlin = ROOT / "tests" / "plans" / "berlin"

    for id in (metric.id for metric in plan_of(berlin).metrics):
        _, said = trend_of(berlin, id)
        assert "mean" not in said.split()
        assert "run" not in said.split()


def test_a_limit_has_the_decimals_that_tell_it_from_the_value() -> None:
    # The newest value is 77.9 and shown as 78; the limit is 78.0007 (test_trend.py).
    record, said = trend_of(ROOT / "tests" / "plans" / "berlin", "ambulance-turnout")

    assert record.decimals == 0
    assert (
        said
        == "The newest value is faster than chance alone would bring (limit: 78.001 seconds). That is hardly chance."
    )


def test_a_role_is_not_called_it(pages: Pages) -> None:
    for address, page in pages.items():
        if address.startswith("people/") and address != "people/":
            text = page.words()
            assert "it promised" not in text
            assert "it has a part in" not in text
            assert "Nothing of this area" not in text


def test_a_training_whose_day_has_passed_was_due(town: Path) -> None:
    text = (town / "data" / "people.yml").read_text(encoding="utf-8")
    day = next(line for line in text.split("\n") if line.strip().startswith("next: 20"))
    (town / "data" / "people.yml").write_text(text.replace(day, f"{day.split('next:')[0]}next: 2026-11-11"), "utf-8")
    built = core_pages(plan_of(town))

    said = " ".join(page.words() for address, page in built.items() if address.startswith("people/"))
    assert "was due on November 11, 2026" in said
    assert "next on November 11, 2026" not in said


def test_no_unit_of_several_words_is_taken_from_a_percent(pages: Pages) -> None:
    plan = plan_of(ROOT)
    studio = Studio(plan, compute(plan, AS_OF), AS_OF)

    record = studio.plan.metric("trust-in-police").record
    assert words.value(words.brief(record), 72) == "72%"
    record = studio.plan.metric("resident-contacts").record
    assert words.value(words.brief(record), 1390) == "1,390"


def test_a_time_is_told_in_minutes_and_seconds_everywhere_in_the_answer() -> None:
    # data/metrics/first-pump-median.csv: two signs at once; limits of 9.36 and 10.19 minutes (11 seconds).
    page = core_pages(plan_of(ROOT / "tests" / "plans" / "berlin"))["measures/first-pump-median/"]

    assert "close to the limit of 9 minutes 22 seconds; the last 18 values were all lower" in page.words(
        "//p[@id='better']"
    )
    assert "between 9 minutes 22 seconds and 10 minutes 11 seconds." in page.words("//p[@id='direction-words']")
