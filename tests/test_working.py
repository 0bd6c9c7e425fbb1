"""Every status can be worked out again from what its page shows, with a calculator and nothing else."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from safety_plan.plan.build import build_plan
from safety_plan.publishing.build import build_site
from safety_plan.reading.content import read_content
from safety_plan.reading.folder import read_folder
from safety_plan.results.results import compute
from tests.support import ROOT, BuiltPage, BuiltSite, broken_links, change

TODAY = dt.date(2026, 11, 22)
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
Pages = dict[str, BuiltPage]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """What a town keeps, to be changed by a test."""
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def pages_of(town: Path) -> Pages:
    """The pages of a town, as they are before the site's theme is put around them."""
    records, problems = read_folder(town / "data", town)
    content, more = read_content(town / "content", town)
    plan = build_plan(records, content, [*problems, *more])
    site = build_site(plan, compute(plan, TODAY), TODAY)
    return {page.address: BuiltPage(page.address, f"<article>{page.html}</article>") for page in site.pages}


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def measures(pages: Pages) -> list[BuiltPage]:
    return [page for address, page in pages.items() if re.fullmatch(r"measures/[^/]+/", address)]


SPOKEN = re.compile(r"(?:\d+ minutes? ?)?(?:\d+ seconds?)? = (?=[\d.]+ seconds)")


def numbers(text: str) -> list[float]:
    """The numbers of a text; of a time that is told in two ways only that in one unit, as the sum goes on with it."""
    text = SPOKEN.sub("", text)
    return [float(found.replace("−", "-").replace(",", "")) for found in NUMBER.findall(text)]


def rows(page: BuiltPage) -> dict[str, str]:
    """The lines of the sum: what each says, by its name."""
    found = page.tree.xpath("//table[@id='working-table']/tbody/tr")
    return {row.get("id").removeprefix("working-"): page.words(f"//tr[@id='{row.get('id')}']/td") for row in found}


def rule(page: BuiltPage) -> str:
    """The rule that the page links to."""
    (link,) = page.tree.xpath("//tr[@id='working-rule']//a/@href")
    return str(link).partition("#rule-")[2]


def shown_ratio(found: dict[str, str]) -> float:
    """The ratio at the end of its line, and how exactly it is written."""
    return numbers(found["ratio"].rpartition("=")[2])[0] / 100


def by_ratio(ratio: float) -> str:
    # The cut points of the published rule: 95 %, 60 % and 0.
    if ratio >= 0.95:
        return "on track"
    if ratio >= 0.60:
        return "at risk"
    return "off track" if ratio >= 0 else "off track, getting worse"


def on_the_line(found: dict[str, str]) -> tuple[float, float]:
    """Where the straight line is by now, and the ratio, from the numbers of the table alone."""
    start, latest = numbers(found["start"])[0], numbers(found["latest"])[0]
    begin = numbers(found["leg-start"])[0] if "leg-start" in found else start
    aim = numbers(found.get("leg-aim", found["target"]))[0]
    gone, whole = numbers(found["time"])[:2]
    expected = begin + (aim - begin) * gone / whole
    return expected, (latest - start) / (expected - start) if expected != start else 0.0


def by_growth(found: dict[str, str]) -> float:
    """The ratio of the growth rates, from the numbers of the table alone."""
    start, target, latest = (numbers(found[name])[0] for name in ("start", "target", "latest"))
    years, in_all = (numbers(found[name])[0] for name in ("years", "years-in-all"))
    return float(((latest / start) ** (1 / years) - 1) / ((target / start) ** (1 / in_all) - 1))


def status_by_hand(page: BuiltPage) -> str:
    """The status that the numbers of the table give by the rule that the page names."""
    found, name = rows(page), rule(page)
    if name == "line":
        expected, ratio = on_the_line(found)
        assert numbers(found["expected"].rpartition("=")[2])[0] == pytest.approx(expected, rel=1e-4)
        assert shown_ratio(found) == pytest.approx(ratio, abs=0.00051)
        return by_ratio(ratio)
    if name == "growth":
        ratio = by_growth(found)
        assert shown_ratio(found) == pytest.approx(ratio, abs=0.00051)
        return by_ratio(ratio)
    if name == "year":
        target, latest = numbers(found["target"])[0], numbers(found["latest"])[0]
        gone, whole = numbers(found["time"])[:2]
        assert shown_ratio(found) == pytest.approx(latest / (target * gone / whole), abs=0.00051)
        return by_ratio(latest / (target * gone / whole))
    if name == "level":
        missed, allowed = numbers(found["missed-by"])[-1], numbers(found["tolerance"])[0]
        return "at risk" if missed <= allowed else "off track"
    words = {"information": "for information", "growth-no-target": "for information", "value": "no status"}
    return words[name] if name in words else met_by_hand(found)


def met_by_hand(found: dict[str, str]) -> str:
    if found["target"] == found["latest"].partition(" ")[0] == "yes":
        return "meeting target"
    target, latest = numbers(found["target"]), numbers(found["latest"])[0]
    if " to " in found["target"]:
        assert target[0] <= latest <= target[1]
    else:
        assert latest >= target[0] if found["target"].startswith("at least") else latest <= target[0]
    return "meeting target"


def test_every_status_follows_from_the_table_on_its_page(example_site: BuiltSite) -> None:
    found = measures(example_site.pages)

    assert len(found) >= 32
    for page in found:
        assert rows(page)["result"] == status_by_hand(page), page.address
        assert rows(page)["result"] in page.words("//*[@id='answer']"), page.address
        assert rows(page)["result"] in page.words("//*[@id='working-sentence']"), page.address


def test_every_rule_that_applied_stands_on_the_page_on_method(example_site: BuiltSite) -> None:
    pages = measures(example_site.pages)

    assert {"line", "meeting", "year", "information", "value"} <= {rule(page) for page in pages}
    assert {f"rule-{rule(page)}" for page in pages} <= example_site["about/method/"].ids
    assert broken_links(example_site) == []


def test_by_growth_rates_every_status_follows_from_its_table_too(town: Path) -> None:
    append(town / "data" / "plan.yml", "status_method: growth-rate\n")
    pages = pages_of(town)
    found = measures(pages)

    used = [page for page in found if rule(page) == "growth"]
    assert len(used) >= 15
    for page in found:
        assert rows(page)["result"] == status_by_hand(page), page.address
    # Growth from nothing does not exist: the smoke alarms started at zero.
    alarms = pages["measures/smoke-alarms-installed/"]
    assert rule(alarms) == "line"
    assert "The growth rate was to be used here. It does not fit" in alarms.words()
    by_growth_now = pages["about/method/"].words("//*[@id='by-growth']")
    assert "smoke alarms" in by_growth_now.partition("does not fit")[2].casefold()


def test_growth_without_a_target_is_named_but_gives_no_status(town: Path) -> None:
    file = town / "data" / "metrics" / "use-of-force.yml"
    append(file, "better: lower\nstatus_method: growth-rate\n")
    page = pages_of(town)["measures/use-of-force/"]

    found = rows(page)
    start, latest, years = numbers(found["start"])[0], numbers(found["latest"])[0], numbers(found["years"])[0]
    grown = numbers(found["observed"].rpartition("=")[2])[0] / 100
    assert grown == pytest.approx((latest / start) ** (1 / years) - 1, abs=0.00006)
    assert found["result"] == "for information"
    assert "That compares two values and is no forecast." in page.words("//*[@id='working-sentence']")


# (94 - 92) / (6 x 638/1826) is 95.4 %; with the old target of 99 it is (94 - 92) / (7 x 638/1826), 81.8 %: at risk.
def test_a_target_that_was_moved_shows_what_the_status_would_be(example_site: BuiltSite) -> None:
    page = example_site["measures/training-finished-on-time/"]

    assert "The target was moved on April 22, 2026, from 99% to 98%." in page.words("//*[@id='moved']")
    told = page.words("//*[@id='target-change-1']/dd")
    assert "On April 22, 2026, from 99% to 98%." in told
    assert "Two courses were moved to every second year" in told
    assert "Under the old target of 99% the status would be at risk today." in told
    assert rows(page)["result"] == "on track"
    assert "April 22, 2026: Target moved from 99% to 98%" in page.words("//*[@id='trend-title']/..")
    assert len(page.tree.xpath("//polyline[contains(@class, 'sp-path--old')]")) == 1
    listed = example_site["about/"].words("//table[@id='target-change-list']")
    assert "99% 98% Two courses were moved to every second year at risk" in listed


def test_a_target_date_that_was_moved_is_told_with_both_dates(town: Path) -> None:
    file = town / "data" / "metrics" / "training-finished-on-time.yml"
    change(file, "was: 99, because", "was: 98, was_by: 2027-12-31, because")
    page = pages_of(town)["measures/training-finished-on-time/"]

    # 638 of 1095 days: 2 / (6 x 638/1095) = 57.2 %.
    text = "from 98% by December 31, 2027 to 98% by December 31, 2029"
    assert text in page.words("//*[@id='moved']")
    assert "the status would be off track today" in page.words("//*[@id='target-change-1']")


def test_a_new_definition_breaks_the_line_and_is_told(town: Path) -> None:
    append(
        town / "data" / "metrics" / "ems-response-90th.yml",
        "definition_changes:\n"
        '  - {on: 2025-04-10, was: "Calls of all kinds.", because: "Other towns count so", since: 2025-Q1}\n',
    )
    pages = pages_of(town)
    page = pages["measures/ems-response-90th/"]

    told = page.words("//*[@id='definition-change-1']")
    assert "the values from January to March 2025 on are measured in the new way" in told
    assert "Before: Calls of all kinds. Why: Other towns count so" in told
    assert "What is counted was changed on April 10, 2025." in page.words("//*[@id='new-definition']")
    assert "January 1, 2025: Counted in a new way from here on" in page.words("//*[@id='trend-title']/..")
    before = len(pages_of(ROOT)["measures/ems-response-90th/"].tree.xpath("//polyline[@class='sp-line']"))
    assert len(page.tree.xpath("//polyline[@class='sp-line']")) == before + 1
    (begun,) = [
        row.getprevious()
        for row in page.tree.xpath("//table[@id='values']/tbody/tr")
        if "in a new way" in row.text_content()
    ]
    assert begun.xpath("th")[0].text_content() == "January to March 2025"
    assert "The starting point was measured in the old way" in page.words()
    assert "Calls of all kinds." in pages["about/"].words("//table[@id='definition-change-list']")


@pytest.mark.parametrize("value", ["1.7e+308", "-1.7e+308", "1.0e-320", "0.0"])
def test_the_strangest_numbers_still_make_a_page(town: Path, value: str) -> None:
    file = town / "data" / "metrics" / "ems-response-90th.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(2026-Q[12], value: )[\d.]+", rf"\g<1>{value}", text), encoding="utf-8")
    append(town / "data" / "plan.yml", "status_method: growth-rate\n")
    page = pages_of(town)["measures/ems-response-90th/"]

    assert rows(page)["result"] == "on track"
    assert "nan" not in page.text
    assert "inf%" not in page.text


def test_how_it_went_is_told_for_each_value_since_the_start(example_site: BuiltSite) -> None:
    for page in measures(example_site.pages):
        past = page.tree.xpath("//table[@id='past-statuses']/tbody/tr/td[2]")
        if past:
            newest = page.words("(//table[@id='past-statuses']/tbody/tr/td[2])[1]")
            assert newest == rows(page)["result"], page.address
            assert len(past) == sum(numbers(page.words("//*[@id='past-summary']"))), page.address


# Resident contacts, from 850 at the end of 2024 to 2,000 at the end of 2029: each value against the line on its day.
# 2025-09-30 is 273 days on, so 171.9 more are asked for, and so on; up to 182 of 1,826 days it is too early.
def test_a_past_status_is_that_of_its_own_day(example_site: BuiltSite) -> None:
    page = example_site["measures/resident-contacts/"]
    days = {"2026": {"9": 638, "6": 546, "3": 455}, "2025": {"12": 365, "9": 273, "6": 181, "3": 90}}
    gone = [gone for year in days.values() for gone in year.values()]
    table = page.tree.xpath("//table[@id='past-statuses']/tbody/tr")

    assert len(table) == len(gone)
    for row, passed in zip(table, gone, strict=True):
        value = numbers(row.xpath("td[1]")[0].text_content())[0]
        ratio = (value - 850) / (1150 * passed / 1826)
        expected = "too early to say" if passed <= 182.6 else by_ratio(ratio)
        assert row.xpath("td[2]")[0].text_content().strip() == expected


def test_what_is_left_out_of_the_status_is_named(example_site: BuiltSite) -> None:
    page = example_site["measures/shelter-places/"]

    assert "Left out of the status: July to September 2026, because there is no value (" in page.words()


def test_without_an_explanation_every_list_says_so(town: Path) -> None:
    file = town / "data" / "metrics" / "injury-crashes.yml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("explanation:"), text.index("next_step:")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    pages = pages_of(town)

    said = "no explanation given yet"
    assert "No explanation given yet." in pages["measures/injury-crashes/"].words("//*[@id='why']")
    assert said in pages["measures/"].words("//*[@id='metric-injury-crashes']")
    assert said in pages[""].words("//*[@id='not-going-well']/following-sibling::ul[1]")
    assert sum(said in page.words() for address, page in pages.items() if address.startswith("goals/")) == 1
