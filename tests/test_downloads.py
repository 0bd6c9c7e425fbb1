"""The tables and the file that anybody can download: they hold what the data hold, and tell nothing from nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from safety_plan.plan.build import build_plan
from safety_plan.publishing.downloads import COLUMNS, downloads
from safety_plan.reading.folder import read_folder
from safety_plan.results.results import compute
from tests.support import ROOT, BuiltSite, change

SMALL = ROOT / "tests" / "plans" / "small"
AS_OF = dt.date(2026, 11, 22)
METRICS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "data" / "metrics").glob("*.yml")
}


def parsed(text: str) -> list[dict[str, str]]:
    """The lines of a table, read as strictly as Python can."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]


def table_of(site: BuiltSite, metric: str) -> list[dict[str, str]]:
    return parsed((site.folder / "measures" / f"{metric}.csv").read_bytes().decode("utf-8"))


def small(folder: Path, old: str, new: str, as_of: dt.date = AS_OF) -> list[dict[str, str]]:
    """The table of the home visits in the small plan, after a change in the metric's file."""
    shutil.copytree(SMALL / "data", folder / "data")
    change(folder / "data" / "metrics" / "home-visits.yml", old, new)
    records, problems = read_folder(folder / "data", folder)
    plan = build_plan(records, (), problems)
    return parsed(downloads(plan, compute(plan, as_of))["measures/home-visits.csv"])


def cell(value: object) -> str:
    """A number, a date or nothing as it stands in a table."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def same_number(shown: str, value: float | None) -> bool:
    return shown == "" if value is None else float(shown) == value


def number(entry: dict[str, Any]) -> float | None:
    if "part" in entry:
        return float(100 * entry["part"] / entry["of"])
    value = entry.get("value")
    return None if value is None else float(value)


@pytest.mark.parametrize("metric", sorted(METRICS))
def test_a_table_holds_what_the_data_hold(example_site: BuiltSite, metric: str) -> None:
    record = METRICS[metric]
    rows = table_of(example_site, metric)
    whole = {row["period"]: row for row in rows if not row["by"] and row["state"] not in ("not-yet-due", "late")}
    split = {(row["by"], row["group"], row["period"]): row for row in rows if row["by"]}
    told = [(str(one["period"]), one) for one in record.get("observations", ())]
    groups = [
        ((breakdown["by"], one["group"], str(one["period"])), one)
        for breakdown in record.get("breakdowns", ())
        for one in breakdown["observations"]
    ]

    assert sorted(whole) == sorted(period for period, _ in told)
    assert sorted(split) == sorted(key for key, _ in groups)
    for row, entry in [*((whole[key], one) for key, one in told), *((split[key], one) for key, one in groups)]:
        assert same_number(row["value"], number(entry)), (metric, entry)
        assert [row[name] for name in ("part", "of", "corrected")] == [
            cell(entry.get(name)) for name in ("part", "of", "corrected")
        ]
        assert row["was"] == cell(entry.get("was"))
        assert row["unit"] == record["unit"]
        assert row["state"] == ("withheld" if entry.get("withheld") else "missing" if "missing" in entry else "value")
        assert row["n"] == ("" if row["state"] == "withheld" else cell(entry.get("n")))


def test_lines_and_quotes_are_those_of_the_standard(example_site: BuiltSite) -> None:
    # RFC 4180, 2: lines end with CR LF, the last one may, too; no other line break stands outside of quotes.
    for metric in METRICS:
        written = (example_site.folder / "measures" / f"{metric}.csv").read_bytes()

        assert written.endswith(b"\r\n")
        assert not written.startswith(b"\xef\xbb\xbf")
        assert b"\n" not in written.replace(b"\r\n", b"")


def test_every_measure_offers_its_table_and_the_file_with_all_results_is_linked(example_site: BuiltSite) -> None:
    for metric in METRICS:
        page = example_site[f"measures/{metric}/"]
        assert page.links("//*[@id='download']") == {f"measures/{metric}.csv"}
        assert (example_site.folder / "measures" / f"{metric}.csv").is_file()
    for address in ("measures/", "about/method/"):
        assert "results.json" in example_site[address].links("//article")
    loaded = json.loads((example_site.folder / "results.json").read_text(encoding="utf-8"))
    assert len(loaded["metrics"]) == len(METRICS)


def test_the_next_number_is_not_yet_due_or_late(example_site: BuiltSite) -> None:
    # data/plan.yml promises numbers within 45 days: for 2026-Q4 by February 14, 2027; the hydrants' number of 2026-Q3
    # was promised by November 14, 2026, and the site is as of November 22.
    ahead, late = table_of(example_site, "injury-crashes"), table_of(example_site, "hydrants-in-service")

    def owed(rows: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
        return [
            (row["period"], row["value"], row["state"], row["reason"]) for row in rows if "promised" in row["reason"]
        ]

    assert owed(ahead) == [("2026-Q4", "", "not-yet-due", "promised by 2027-02-14")]
    assert owed(late) == [("2026-Q3", "", "late", "promised by 2026-11-14")]


LAST = "  - {period: 2026-Q3, value: 26}\n"


def test_zero_missing_withheld_partial_and_not_yet_due_are_told_apart(tmp_path: Path) -> None:
    kinds = (
        "  - {period: 2025-Q3, value: 0}\n"
        "  - {period: 2025-Q4, missing: The book was lost}\n"
        "  - {period: 2026-Q1, withheld: true}\n"
        "  - {period: 2026-Q2, value: 12}\n"
        "  - {period: 2026-Q3, value: 8, partial_until: 2026-08-31}\n"
    )
    text = (SMALL / "data" / "metrics" / "home-visits.yml").read_text(encoding="utf-8")
    old = text[text.index("observations:\n") + len("observations:\n") :]
    rows = small(tmp_path, old, kinds)

    assert [(row["period"], row["value"], row["state"], row["reason"]) for row in rows] == [
        ("2025-Q3", "0", "value", ""),
        ("2025-Q4", "", "missing", "The book was lost"),
        ("2026-Q1", "", "withheld", "too few, or kept back so that none that are too few can be worked out"),
        ("2026-Q2", "12", "value", ""),
        ("2026-Q3", "8", "partial", "so far, up to 2026-08-31"),
    ]


def test_the_town_shows_every_kind_of_nothing(example_site: BuiltSite) -> None:
    states = {(row["state"], row["value"] == "0") for metric in METRICS for row in table_of(example_site, metric)}

    assert states == {
        ("value", True), ("value", False), ("missing", False), ("withheld", False), ("not-yet-due", False),
        ("late", False),
    }  # fmt: skip


def test_a_period_shown_in_part_is_not_owed_a_second_line(tmp_path: Path) -> None:
    rows = small(tmp_path, LAST, "  - {period: 2026-Q3, value: 9, partial_until: 2026-08-31}\n")

    assert [row["period"] for row in rows] == ["2026-Q1", "2026-Q2", "2026-Q3"]


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("'=1+1'", "'=1+1"),
        ("'+41 homes'", "'+41 homes"),
        ("'-3 since spring'", "'-3 since spring"),
        ("'@home'", "'@home"),
        ("'Rain, then snow'", "Rain, then snow"),
        ("'They say \"never\", but'", 'They say "never", but'),
        ("'Latest is {{ value home-visits }}'", "Latest is 26 homes"),
    ],
)
def test_a_text_stays_a_text_in_a_spreadsheet(tmp_path: Path, note: str, shown: str) -> None:
    rows = small(tmp_path, LAST, f"  - {{period: 2026-Q3, value: 26, note: {note}}}\n")

    assert rows[2]["note"] == shown


def test_a_number_below_zero_is_no_formula(tmp_path: Path) -> None:
    corrected = "was: -3, corrected: 2026-10-30, because: A slip"
    row = small(tmp_path, LAST, f"  - {{period: 2026-Q3, value: 26, {corrected}}}\n")[2]

    assert (row["was"], row["corrected"], row["corrected_because"]) == ("-3", "2026-10-30", "A slip")


def test_the_way_to_the_target_is_there_for_each_period(tmp_path: Path) -> None:
    rows = small(tmp_path, LAST, LAST)

    # From 12 on March 31, 2025 to 30 on December 31, 2027 there are 1005 days; September 30, 2026 is day 548.
    assert float(rows[2]["expected"]) == pytest.approx(12 + 18 * 548 / 1005)
    assert {(row["target"], row["target_low"], row["target_high"]) for row in rows} == {("30", "", "")}


@pytest.mark.parametrize(
    ("covers", "first"),
    [
        ("period", "2026-07-01"),
        ("year-to-date", "2026-01-01"),
        ("rolling-12-months", "2025-10-01"),
        ("rolling-36-months", "2023-10-01"),
        ("running-total", ""),
    ],
)
def test_a_line_says_which_days_its_value_covers(tmp_path: Path, covers: str, first: str) -> None:
    row = small(tmp_path, "frequency: quarterly", f"frequency: quarterly\ncovers: {covers}")[2]

    assert (row["period"], row["from"], row["to"]) == ("2026-Q3", first, "2026-09-30")
