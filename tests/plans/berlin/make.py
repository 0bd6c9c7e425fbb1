"""Make the CSVs of this plan from the originals of the Berliner Feuerwehr.

    python tests/plans/berlin/make.py FOLDER

FOLDER holds the folders Daily_Data, Turnout_Times and Regional_Data of the source that ATTRIBUTION.txt names. The same
originals give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Row = dict[str, str]

METRICS = Path(__file__).parent / "data" / "metrics"
SMALLEST = 6

MINUTES = {
    "critical-ems-response-mean": "response_time_ems_critical_mean",
    "critical-ems-response-median": "response_time_ems_critical_median",
    "cpr-response-median": "response_time_ems_critical_cpr_median",
    "first-pump-mean": "response_time_fire_time_to_first_pump_mean",
    "first-pump-median": "response_time_fire_time_to_first_pump_median",
    "full-crew-median": "response_time_fire_time_to_full_crew_median",
}
COUNTS = {"missions": "mission_count_all", "fire-missions": "mission_count_fire"}
SHARES = {
    "calls-answered-10-seconds": "call_count_112_answered_within_10_seconds",
    "calls-answered-after-60-seconds": "call_count_112_answered_after_60_seconds",
}
ANSWER_TIMES = {"call-answer-mean": "answer_time_mean_112", "call-answer-median": "answer_time_median_112"}
TIME_GOALS = {"ems-within-time-goal": "ems_critical", "fire-within-time-goal": "fire"}

# The tables name the areas only; the first two digits of an area's number are the number of its district.
DISTRICTS = {
    "01": "Mitte",
    "02": "Friedrichshain-Kreuzberg",
    "03": "Pankow",
    "04": "Charlottenburg-Wilmersdorf",
    "05": "Spandau",
    "06": "Steglitz-Zehlendorf",
    "07": "Tempelhof-Schöneberg",
    "08": "Neukölln",
    "09": "Treptow-Köpenick",
    "10": "Marzahn-Hellersdorf",
    "11": "Lichtenberg",
    "12": "Reinickendorf",
}
# The one district whose areas are kept as well: some of them have too few fires to publish.
AREAS_OF = "04"

# A dozen stations from all over the city, by number since some names changed, and Ranke, which pauses for over a year.
STATIONS = {
    "1500": "Urban",
    "1600": "Kreuzberg",
    "2200": "Wittenau",
    "2500": "Wedding",
    "3100": "Spandau-Nord",
    "3300": "Suarez",
    "3500": "Ranke",
    "4100": "Zehlendorf",
    "5100": "Neukölln",
    "5200": "Buckow",
    "5400": "Köpenick",
    "6100": "Marzahn",
    "6400": "Lichtenberg",
}


def read(path: Path) -> list[Row]:
    """The rows of an original."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a CSV of the plan. What a row does not have stays empty."""
    with (METRICS / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def whole(number: str) -> int:
    """A count; some originals write 488 as 488.0."""
    return int(float(number))


def is_small(part: int, of: int) -> bool:
    """Whether a share would show a group too small to publish: those counted, all, or those not counted."""
    return any(0 < count < SMALLEST for count in (part, of, of - part))


def share(part: int, of: int) -> Row:
    """The cells of a share, or those of one that is withheld."""
    return {"withheld": "true"} if is_small(part, of) else {"part": str(part), "of": str(of)}


def until(end: dt.date, last_day: dt.date) -> Row:
    """The cell that marks a period which the originals do not cover to its end."""
    return {"partial_until": last_day.isoformat()} if last_day < end else {}


def month_end(month: str) -> dt.date:
    """The last day of a month such as 2026-08."""
    first = dt.date.fromisoformat(f"{month}-01")
    return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def make_missions(folder: Path, last_day: dt.date) -> None:
    """Monthly times, from seconds to minutes, and monthly counts."""
    months = [
        (row, {"period": row["mission_created_month"], **until(month_end(row["mission_created_month"]), last_day)})
        for row in read(folder / "Daily_Data" / "BFw_mission_data_monthly.csv")
    ]
    columns = ("period", "value", "partial_until")
    for name, column in MINUTES.items():
        write(name, columns, ({**at, "value": round(float(row[column]) / 60, 2)} for row, at in months))
    for name, column in COUNTS.items():
        write(name, columns, ({**at, "value": whole(row[column])} for row, at in months))


def make_calls(folder: Path, last_day: dt.date) -> None:
    """Monthly shares of calls, and answer times in seconds with the calls behind them."""
    months = [
        (
            row,
            whole(row["call_count_112"]),
            {"period": row["calls_received_month"], **until(month_end(row["calls_received_month"]), last_day)},
        )
        for row in read(folder / "Daily_Data" / "BFw_call_data_monthly.csv")
    ]
    share_columns = ("period", "part", "of", "withheld", "partial_until")
    for name, column in SHARES.items():
        write(name, share_columns, ({**at, **share(whole(row[column]), calls)} for row, calls, at in months))
    time_columns = ("period", "value", "n", "partial_until")
    for name, column in ANSWER_TIMES.items():
        values = [(round(float(row[column]), 1), calls, at) for row, calls, at in months]
        write(name, time_columns, ({**at, "value": value, "n": calls} for value, calls, at in values))


def make_time_goals(folder: Path, last_day: dt.date) -> None:
    """Yearly shares of missions within the time goal: the city, its districts, and the areas of one district."""
    tables = {path.stem[-4:]: read(path) for path in sorted((folder / "Regional_Data").glob("*_data_20??.csv"))}
    years = [str(year) for year in range(int(min(tables)), int(max(tables)) + 1)]
    groups = ("period", "group", "part", "of", "withheld", "partial_until")
    for name, kind in TIME_GOALS.items():
        city: list[Row] = []
        districts: list[Row] = []
        areas: list[Row] = []
        for year in years:
            if year not in tables:
                city.append({"period": year, "missing": "The table of this year was not copied"})
                continue
            at = {"period": year, **until(dt.date(int(year), 12, 31), last_day)}
            counts = [(row, *in_time(row, kind)) for row in tables[year]]
            city.append({**at, **share_of(counts, "")})
            districts += [{**at, "group": DISTRICTS[key], **share_of(counts, key)} for key in DISTRICTS]
            areas += [
                {**at, "group": row["district_area_name"], **share(part, of)}
                for row, part, of in counts
                if row["district_area_id"].startswith(AREAS_OF)
            ]
        write(name, ("period", "part", "of", "missing", "partial_until"), city)
        write(f"{name}-by-district", groups, districts)
        if name == "fire-within-time-goal":
            write(f"{name}-by-area", groups, areas)


def in_time(row: Row, kind: str) -> tuple[int, int]:
    """How many missions of an area were within the time goal, and of how many."""
    columns = (f"mission_count_{kind}_timegoal_reached", f"mission_count_{kind}_timegoal_computed")
    return whole(row[columns[0]]), whole(row[columns[1]])


def share_of(counts: Iterable[tuple[Row, int, int]], start: str) -> Row:
    """The share over all areas whose number starts so."""
    chosen = [(part, of) for row, part, of in counts if row["district_area_id"].startswith(start)]
    return share(sum(part for part, _ in chosen), sum(of for _, of in chosen))


def make_turnout(folder: Path, last_day: dt.date) -> None:
    """Quarterly turnout of ambulances: each chosen station, and all stations weighted by their alarms."""
    city: list[dict[str, object]] = []
    stations: list[dict[str, object]] = []
    for path in sorted((folder / "Turnout_Times").glob("crew_turnout_times_20??_q?.csv")):
        rows = read(path)
        times = {row["wache_nummer"]: (whole(alarms), float(mean)) for row, alarms, mean in ambulances(rows)}
        at: Row = {
            "period": path.stem[-7:].upper().replace("_", "-"),
            **until(dt.date.fromisoformat(rows[0]["end_date"]), last_day),
        }
        alarms = sum(count for count, _ in times.values())
        mean = sum(count * seconds for count, seconds in times.values()) / alarms
        city.append({**at, "value": round(mean, 1), "n": alarms})
        for number, station in STATIONS.items():
            row: dict[str, object] = {**at, "group": station}
            if number not in times:
                row["missing"] = "Not in the table of this quarter"
            elif times[number][0] < SMALLEST:
                row["withheld"] = "true"
            else:
                row["n"], row["value"] = times[number]
            stations.append(row)
    write("ambulance-turnout", ("period", "value", "n", "partial_until"), city)
    write(
        "ambulance-turnout-by-station",
        ("period", "group", "value", "n", "withheld", "missing", "partial_until"),
        stations,
    )


def ambulances(rows: Iterable[Row]) -> Iterator[tuple[Row, str, str]]:
    """The stations that have ambulances (RTW): the row, the number of alarms and the mean time in seconds."""
    for row in rows:
        alarms, mean = row["anzahl_alarmierungen_RTW"], row["mittlere_ausrueckedauer_RTW"]
        if alarms and mean:
            yield row, alarms, mean


def make(folder: Path) -> None:
    """Make all CSVs of the plan."""
    # The last quarter's table gives the quarter's own end, so the newest day of the calls says how far the data reach.
    last_day = max(
        dt.date.fromisoformat(row["calls_received_day"])
        for row in read(folder / "Daily_Data" / "BFw_call_data_daily.csv")
        if row["call_count"]
    )
    make_missions(folder, last_day)
    make_calls(folder, last_day)
    make_time_goals(folder, last_day)
    make_turnout(folder, last_day)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the CSVs of this plan from the originals.")
    parser.add_argument("folder", type=Path, help="folder with Daily_Data, Turnout_Times and Regional_Data")
    make(parser.parse_args().folder)
