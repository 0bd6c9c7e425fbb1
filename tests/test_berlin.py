"""Real data come out right: a second plan, made from the open data of the Berliner Feuerwehr (tests/plans/berlin)."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.plans.berlin.make import is_small

PLAN = Path(__file__).parent / "plans" / "berlin"
METRICS = PLAN / "data" / "metrics"
ATTRIBUTION = "Berliner Feuerwehr, BF-Open-Data, CC BY 4.0; converted to this format, values rounded"


def rows(name: str) -> list[dict[str, str]]:
    with (METRICS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("berlin") / "plan"
    shutil.copytree(PLAN, folder, ignore=shutil.ignore_patterns("__pycache__"))
    result = run(folder, "mkdocs", "build", "--strict")
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def element(site: Path) -> Callable[[str, str], Any]:
    def read(metric: str, id: str) -> Any:
        page = html.fromstring((site / "measures" / metric / "index.html").read_text(encoding="utf-8"))
        return next(element for element in page.iter() if element.get("id") == id)

    return read


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def table(element: Any) -> dict[str, list[str]]:
    """The body of a table: each row's cells by its heading."""
    lines = [[words(cell) for cell in row] for row in element.iterfind(".//tbody/tr")]
    return {cells[0]: cells[1:] for cells in lines}


def test_the_check_finds_no_mistakes() -> None:
    result = run(PLAN, "safety_plan.commands", "check")

    assert result.returncode == 0, result.stderr
    assert result.stdout == "No mistakes found: 2 goals, 3 objectives, 2 actions, 15 metrics.\n"


# The seconds, counts and places of the originals, as they stand there.
@pytest.mark.parametrize(
    ("name", "period", "value"),
    [
        ("critical-ems-response-mean", "2018-01", 613.0043754700212 / 60),
        ("critical-ems-response-mean", "2025-03", 638.4701857282503 / 60),
        ("critical-ems-response-mean", "2026-08", 585.1652740513607 / 60),
        ("critical-ems-response-median", "2018-01", 575 / 60),
        ("critical-ems-response-median", "2026-07", 570 / 60),
        ("cpr-response-median", "2018-02", 512.5 / 60),
        ("cpr-response-median", "2026-07", 466.5 / 60),
        ("first-pump-mean", "2026-08", 600.0157480314961 / 60),
        ("first-pump-median", "2018-02", 586 / 60),
        ("full-crew-median", "2018-01", 728.77 / 60),
        ("missions", "2018-01", 40698),
        ("missions", "2026-08", 32754),
        ("fire-missions", "2018-02", 980),
        ("fire-missions", "2026-07", 1811),
        ("call-answer-mean", "2024-01", 26.67),
        ("call-answer-median", "2026-08", 8.9),
    ],
)
def test_values_are_those_of_the_originals(name: str, period: str, value: float) -> None:
    found = next(row for row in rows(name) if row["period"] == period)

    # Minutes keep two decimals, seconds one, counts all of theirs.
    assert float(found["value"]) == pytest.approx(value, abs=0.0501 if "call" in name else 0.00501)


@pytest.mark.parametrize(
    ("name", "period", "group", "part", "of"),
    [
        ("calls-answered-10-seconds", "2024-01", "", 32788, 71287),
        ("calls-answered-10-seconds", "2026-08", "", 26540, 50480),
        ("calls-answered-after-60-seconds", "2025-06", "", 9697, 72843),
        ("fire-within-time-goal-by-area", "2025", "Lietzenburger Straße", 225, 238),
        ("fire-within-time-goal-by-area", "2018", "Grunewald", 13, 19),
    ],
)
def test_shares_are_those_of_the_originals(name: str, period: str, group: str, part: int, of: int) -> None:
    found = next(row for row in rows(name) if row["period"] == period and row.get("group", "") == group)

    assert (int(found["part"]), int(found["of"])) == (part, of)


@pytest.mark.parametrize("name", ["ems-within-time-goal", "fire-within-time-goal"])
def test_the_districts_add_up_to_the_city(name: str) -> None:
    for city in rows(name):
        districts = [row for row in rows(f"{name}-by-district") if row["period"] == city["period"]]

        assert len(districts) == (0 if city["missing"] else 12)
        for column in ("part", "of"):
            assert sum(int(row[column]) for row in districts) == int(city[column] or 0)


def test_the_turnout_of_a_station_is_that_of_its_table() -> None:
    found = {(row["period"], row["group"]): row for row in rows("ambulance-turnout-by-station")}

    assert (found["2018-Q1", "Ranke"]["n"], found["2018-Q1", "Ranke"]["value"]) == ("1897", "87.0")
    assert (found["2026-Q3", "Urban"]["n"], found["2026-Q3", "Urban"]["value"]) == ("905", "61.0")
    # Five alarms in the original; and before that, six quarters without the station.
    assert found["2022-Q2", "Ranke"]["withheld"] == "true"
    assert found["2022-Q1", "Ranke"]["missing"]


def test_the_turnout_of_all_stations_is_weighted_by_their_alarms() -> None:
    quarter = next(row for row in rows("ambulance-turnout") if row["period"] == "2026-Q3")

    # Computed once from the 72 rows of the original; its plain mean over the stations would be another number.
    assert (quarter["n"], quarter["value"]) == ("26793", "77.1")


def test_only_the_last_period_is_partial() -> None:
    for path in METRICS.glob("*.csv"):
        table = rows(path.stem)
        last = table[-1]["period"]

        assert {row["partial_until"] for row in table if row["period"] == last} == {"2026-08-21"}, path.name
        assert {row["partial_until"] for row in table if row["period"] != last} == {""}, path.name


def test_no_count_of_cases_is_too_small_to_publish() -> None:
    for path in METRICS.glob("*.csv"):
        for row in rows(path.stem):
            counts = [int(row[column]) for column in ("part", "of", "n") if row.get(column)]

            assert not [count for count in counts if 0 < count < 6], (path.name, row)
            if row.get("of"):
                assert not is_small(int(row["part"]), int(row["of"])), (path.name, row)


@pytest.mark.parametrize(
    ("part", "of", "small"),
    [(0, 40, False), (6, 12, False), (40, 40, False), (5, 40, True), (35, 40, True), (0, 3, True), (0, 0, False)],
)
def test_a_share_is_small_by_those_counted_those_not_counted_or_all(part: int, of: int, small: bool) -> None:
    assert is_small(part, of) is small


def test_the_licence_comes_with_the_data() -> None:
    assert "Attribution 4.0 International" in (PLAN / "LICENSE.txt").read_text(encoding="utf-8")
    assert ATTRIBUTION in (PLAN / "ATTRIBUTION.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("metric", sorted(path.stem for path in METRICS.glob("*.yml")))
def test_every_measure_shows_whose_data_it_is(element: Callable[[str, str], Any], metric: str) -> None:
    source = element(metric, "source")

    assert ATTRIBUTION in words(source)
    assert [link.get("href") for link in source.iterfind(".//a") if "github.com" in link.get("href")] == [
        "https://github.com/Berliner-Feuerwehr/BF-Open-Data"
    ]


@pytest.mark.parametrize(
    "metric", ["calls-answered-10-seconds", "calls-answered-after-60-seconds", "call-answer-mean", "call-answer-median"]
)
def test_the_disclaimer_stands_beside_the_calls(site: Path, metric: str) -> None:
    text = words(html.fromstring((site / "measures" / metric / "index.html").read_text(encoding="utf-8")))

    assert "The emergency call data shown here results from the regular telephony system." in text
    assert "thus no emergency call counts are available for publication as open data." in text
    for month in ("December 2024", "January 2025"):
        assert f"{month}: On New Year's Eve (turn of the year 24/25), there were temporary restrictions" in text


@pytest.mark.parametrize(
    ("metric", "heading", "cells"),
    [
        ("critical-ems-response-mean", "August 2026, so far (to August 21, 2026)", ["9.8"]),
        ("missions", "August 2026, so far (to August 21, 2026)", ["32,754"]),
        (
            "ambulance-turnout",
            "July to September 2026, so far (to August 21, 2026)",
            ["77", "at most 75", "not yet", "26,793"],
        ),
        ("fire-within-time-goal", "2026, so far (to August 21, 2026)", ["84.2", "3,857", "4,581"]),
    ],
)
def test_a_period_that_is_not_over_says_so(
    element: Callable[[str, str], Any], metric: str, heading: str, cells: list[str]
) -> None:
    values = table(element(metric, "values"))

    assert values[heading][: len(cells)] == cells
    assert sum("so far" in name for name in values) == 1


def test_a_period_that_is_not_over_does_not_decide_the_status(element: Callable[[str, str], Any]) -> None:
    # August stood at 52.6 percent after three weeks; July is the newest whole month.
    assert words(element("calls-answered-10-seconds", "latest")) == "47.2%"
    assert words(element("critical-ems-response-median", "latest")) == "9.5 minutes"


def test_a_time_is_shown_as_minutes_and_seconds(element: Callable[[str, str], Any]) -> None:
    # July 2026 stands in the table as 9.4 minutes: 9 minutes and 24 seconds.
    assert words(element("first-pump-median", "latest")) == "9 minutes 24 seconds"
    assert table(element("first-pump-median", "values"))["July 2026"][0] == "9:24"


@pytest.mark.parametrize(
    ("metric", "status"),
    [
        ("calls-answered-10-seconds", "off track"),
        ("first-pump-mean", "at risk"),
        ("ambulance-turnout", "at risk"),
        ("ems-within-time-goal", "on track"),
        ("cpr-response-median", "on track"),
        ("critical-ems-response-median", "meeting target"),
        ("missions", "for information"),
    ],
)
def test_the_status_is_computed_from_real_numbers(element: Callable[[str, str], Any], metric: str, status: str) -> None:
    line = words(element(metric, "latest").getparent())
    # What stands in brackets after the status are words such as "unstable".
    assert line.split(" (")[0].endswith(status)


def test_the_districts_stand_with_part_and_whole(element: Callable[[str, str], Any]) -> None:
    split = element("ems-within-time-goal", "breakdown-1")

    assert "district" in words(split).casefold()
    assert "2026 so far" in words(split)
    districts = table(split)
    assert len(districts) == 12
    assert "68.4 (24,145 of 35,295)" in districts["Mitte"]
    assert "50.3 (10,543 of 20,942)" in districts["Treptow-Köpenick"]


def test_withheld_and_missing_are_told_apart(element: Callable[[str, str], Any]) -> None:
    areas = table(element("fire-within-time-goal", "breakdown-2"))
    years = table(element("fire-within-time-goal", "values"))

    # Fewer than six of its fires missed the time goal in 2026; the year before all is shown.
    newest, before = areas["Schloss Charlottenburg"][:2]
    assert "withheld" in newest.casefold()
    assert before == "87.2 (41 of 47)"
    assert years["2019"][0] == "No value: The table of this year was not copied"


def test_stations_stand_with_their_alarms(element: Callable[[str, str], Any]) -> None:
    stations = table(element("ambulance-turnout", "breakdown-1"))

    assert len(stations) == 13
    assert stations["Neukölln"][0].endswith("(917 cases)")


@pytest.mark.parametrize("address", ["", "measures/", "about/numbers/"])
def test_every_page_says_that_this_is_no_plan_of_berlin(site: Path, address: str) -> None:
    text = words(html.fromstring((site / address / "index.html").read_text(encoding="utf-8")))

    assert "It is not a plan of Berlin" in text
