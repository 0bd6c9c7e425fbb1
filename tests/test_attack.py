"""An attack on built sites of a town whose repository is private: no small number can be worked out from any of it.

The plan holds tables of random small and large numbers. The attack reads only what the site publishes, writes down all
that a reader can know as a system of whole numbers, in months, quarters or years as the table is, and asks a solver for
the least and the most that each withheld number can be. None of the code under test has a part in it. Who attacks knows
how the numbers of a plan belong together, and that no zero is ever withheld.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import highspy
import pytest
import yaml

from safety_plan.plan.withholding.private import without_small_numbers
from safety_plan.plan.withholding.refusals import exposed_problems
from safety_plan.reading.folder import read_folder
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.town import Town
from tests.support import ROOT, BuiltPage, BuiltSite, build

SMALL = ROOT / "tests" / "plans" / "small"
BELOW = 6
HEALTH_BELOW = 11
QUARTERS = tuple(f"{year}-Q{quarter}" for year in (2023, 2024, 2025) for quarter in (1, 2, 3, 4))
DISTRICTS = ("Hill", "Mill", "River", "Center")
MARK = "planted-beside-a-small-number"

Table = dict[str, Any]


# --- A plan of random tables -------------------------------------------------------------------------------------


def tables(chance: random.Random) -> dict[str, Table]:
    """Metrics of every sort in which numbers hang together, three of each, with small numbers in most of them."""
    made = {}
    for number in range(3):
        for name, make in MAKERS.items():
            for part, table in make(chance).items():
                made[f"{name}{part}-{number}"] = table
                if "part_from" in table:
                    table["part_from"] = f"{name}-{number}"
    return made


def amounts(chance: random.Random, number: int) -> list[int]:
    """Counts of which about half are small."""
    return [chance.choice((0, 1, 2, 3, 5, 6, 7, 9, 12, 20)) for _ in range(number)]


def frame(**more: Any) -> Table:
    return {
        "name": "A count of people",
        "question": "How many?",
        "definition": "People.",
        "kind": "count",
        "unit": "people",
        "counts": "people",
        "level": "outcome",
        "frequency": "quarterly",
        "source": {"name": "Book", "owner": "fire-chief"},
        **more,
    }


def by_quarter(values: list[int], periods: tuple[str, ...] = QUARTERS) -> list[Table]:
    return [{"period": period, "value": value} for period, value in zip(periods, values, strict=False)]


def by_group(by: str, groups: dict[str, list[int]]) -> Table:
    lines = [{**line, "group": group} for group, values in groups.items() for line in by_quarter(values)]
    return {"by": by, "observations": lines}


def grouped(chance: random.Random, quarters: int, names: tuple[str, ...] = DISTRICTS) -> dict[str, list[int]]:
    return {name: amounts(chance, quarters) for name in names}


def added(groups: dict[str, list[int]]) -> list[int]:
    return [sum(values) for values in zip(*groups.values(), strict=True)]


def windows(values: list[int], length: int) -> list[int]:
    return [sum(values[at - length : at]) for at in range(length, len(values) + 1)]


def years(values: list[int]) -> list[Table]:
    sums = [sum(values[at : at + 4]) for at in range(0, len(values), 4)]
    return [{"period": str(2023 + at), "value": value} for at, value in enumerate(sums)]


def districts(chance: random.Random) -> dict[str, Table]:
    groups = grouped(chance, 4)
    return {"": frame(observations=by_quarter(added(groups)), breakdowns=[by_group("district", groups)])}


def two_ways(chance: random.Random) -> dict[str, Table]:
    groups = grouped(chance, 3)
    totals = added(groups)
    young = [chance.randint(0, total) for total in totals]
    ages = {"young": young, "old": [total - one for total, one in zip(totals, young, strict=True)]}
    return {
        "": frame(observations=by_quarter(totals), breakdowns=[by_group("district", groups), by_group("age", ages)])
    }


def annual(chance: random.Random) -> dict[str, Table]:
    values = amounts(chance, 8)
    return {"": frame(observations=by_quarter(values), annual=years(values))}


def annual_districts(chance: random.Random) -> dict[str, Table]:
    groups = grouped(chance, 4, DISTRICTS[:3])
    totals = added(groups)
    return {"": frame(observations=by_quarter(totals), annual=years(totals), breakdowns=[by_group("district", groups)])}


def year_to_date(chance: random.Random) -> dict[str, Table]:
    values = amounts(chance, 8)
    sums = [sum(values[at - at % 4 : at + 1]) for at in range(8)]
    return {"": frame(covers="year-to-date", observations=by_quarter(sums))}


def running_total(chance: random.Random) -> dict[str, Table]:
    values = amounts(chance, 6)
    return {"": frame(covers="running-total", observations=by_quarter([sum(values[: at + 1]) for at in range(6)]))}


def rolling(chance: random.Random) -> dict[str, Table]:
    values = [chance.choice((0, 0, 0, 1, 2, 3, 6)) for _ in range(10)]
    return {"": frame(covers="rolling-12-months", observations=by_quarter(windows(values, 4), QUARTERS[3:]))}


def corrected(chance: random.Random) -> dict[str, Table]:
    lines = by_quarter(amounts(chance, 8))
    for line in lines[::2]:
        if line["value"] < BELOW:
            line |= {"was": line["value"] + 1, "corrected": "2026-01-31", "because": f"{MARK}: a late report"}
    baseline = {"period": "2023-Q1", "value": lines[0]["value"]}
    return {"": frame(observations=lines, baseline=baseline)}


def mean_baseline(chance: random.Random) -> dict[str, Table]:
    values = [number + 4 for number in amounts(chance, 4)]
    baseline = {"period": "2023", "value": round(sum(values) / 4)}
    return {"": frame(observations=by_quarter(values), baseline=baseline)}


def percent(chance: random.Random) -> dict[str, Table]:
    wholes = [chance.randint(8, 60) for _ in range(8)]
    parts = [min(part, of) for part, of in zip(amounts(chance, 8), wholes, strict=True)]
    lines = [
        {"period": period, "value": round(100 * part / of), "n": of}
        for period, part, of in zip(QUARTERS, parts, wholes, strict=False)
    ]
    return {"": frame(kind="percent", unit="percent", observations=lines)}


def percent_districts(chance: random.Random) -> dict[str, Table]:
    parts, others = grouped(chance, 2, DISTRICTS[:3]), grouped(chance, 2, DISTRICTS[:3])
    wholes = {name: [a + b + 1 for a, b in zip(parts[name], others[name], strict=True)] for name in parts}
    lines = [
        {"period": period, "group": name, "part": parts[name][at], "of": wholes[name][at]}
        for name in parts
        for at, period in enumerate(QUARTERS[:2])
    ]
    totals = [
        {"period": period, "part": part, "of": of}
        for period, part, of in zip(QUARTERS, added(parts), added(wholes), strict=False)
    ]
    return {
        "": frame(
            kind="percent",
            unit="percent",
            protect_rest=chance.random() < 0.5,
            observations=totals,
            breakdowns=[{"by": "district", "observations": lines}],
        )
    }


def shared(chance: random.Random) -> dict[str, Table]:
    values = amounts(chance, 6)
    wholes = [value + chance.randint(20, 60) for value in values]
    lines = [
        {"period": period, "value": round(100 * part / of), "n": of}
        for period, part, of in zip(QUARTERS, values, wholes, strict=False)
    ]
    share = frame(kind="percent", unit="percent", part_from="", observations=lines)
    return {"": frame(observations=by_quarter(values)), "-share": share}


def monthly(chance: random.Random) -> dict[str, Table]:
    values = [chance.choice((0, 0, 1, 2, 4, 9)) for _ in range(17)]
    periods = tuple(f"{2023 + at // 12}-{at % 12 + 1:02d}" for at in range(11, 17))
    table = frame(frequency="monthly", covers="rolling-12-months")
    return {"": {**table, "observations": by_quarter(windows(values, 12), periods)}}


def three_years(chance: random.Random) -> dict[str, Table]:
    periods = tuple(str(year) for year in range(2020, 2026))
    table = frame(frequency="yearly", covers="rolling-36-months")
    return {"": {**table, "observations": by_quarter(windows(amounts(chance, 8), 3), periods)}}


def rates(chance: random.Random) -> dict[str, Table]:
    tables = percent_districts(chance)
    return {"": {**tables[""], "kind": "rate", "unit": "per 100 people", "per": 100, "protect_rest": False}}


def health(chance: random.Random) -> dict[str, Table]:
    groups = {name: [2 * one for one in values] for name, values in grouped(chance, 2).items()}
    table = frame(observations=by_quarter(added(groups)), breakdowns=[by_group("district", groups)])
    return {"": {**table, "health": True}}


def fiscal(chance: random.Random) -> dict[str, Table]:
    values = amounts(chance, 8)
    periods = tuple(f"FY{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4))
    sums = [{"period": f"FY{2024 + at}", "value": sum(values[4 * at : 4 * at + 4])} for at in (0, 1)]
    return {"": frame(observations=by_quarter(values, periods), annual=sums)}


def not_over(chance: random.Random) -> dict[str, Table]:
    groups = grouped(chance, 4, DISTRICTS[:3])
    table = frame(observations=by_quarter(added(groups)), breakdowns=[by_group("district", groups)])
    for line in [*table["observations"], *table["breakdowns"][0]["observations"]]:
        if line["period"] == QUARTERS[3]:
            line["partial_until"] = "2023-11-30"
    return {"": table}


def gaps(chance: random.Random) -> dict[str, Table]:
    groups = grouped(chance, 4)
    table = frame(observations=by_quarter(added(groups)), breakdowns=[by_group("district", groups)])
    for lines in (table["observations"], table["breakdowns"][0]["observations"]):
        gap = chance.choice(lines)
        del gap["value"]
        gap["missing"] = "The book was lost."
    return {"": table}


MAKERS = {
    "districts": districts,
    "two-ways": two_ways,
    "annual": annual,
    "annual-districts": annual_districts,
    "year-to-date": year_to_date,
    "running-total": running_total,
    "rolling": rolling,
    "corrected": corrected,
    "mean-baseline": mean_baseline,
    "percent": percent,
    "percent-districts": percent_districts,
    "shared": shared,
    "monthly": monthly,
    "three-years": three_years,
    "rates": rates,
    "health": health,
    "fiscal": fiscal,
    "not-over": not_over,
    "gaps": gaps,
}


def project(folder: Path, metrics: dict[str, Table]) -> Path:
    """The small plan, in a private repository, with these metrics."""
    for name in ("data", "content"):
        shutil.copytree(SMALL / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    with (folder / "data" / "town.yml").open("a", encoding="utf-8") as file:
        file.write(f"  health_below: {HEALTH_BELOW}\nrepository: private\nfiscal_year_starts: 7\n")
    for name, table in metrics.items():
        text = yaml.safe_dump(table, sort_keys=False)
        (folder / "data" / "metrics" / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Attacked:
    """A built site, the tables it was made of, and what it publishes of them."""

    site: BuiltSite
    raw: dict[str, Table]
    rows: dict[str, list[dict[str, str]]]
    results: dict[str, Table]


@pytest.fixture(scope="module", params=[1, 2])
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    raw = tables(random.Random(request.param))
    site = build(project(tmp_path_factory.mktemp("raw"), raw))
    files = {path.stem: path for path in site.folder.rglob("*.csv")}
    rows = {}
    for name in raw:
        with files[name].open(encoding="utf-8-sig", newline="") as file:
            rows[name] = [row for row in csv.DictReader(file) if row["state"] not in ("not-yet-due", "late")]
    (found,) = [json.loads(path.read_text(encoding="utf-8")) for path in site.folder.rglob("results.json")]
    return Attacked(site, raw, rows, {metric["id"]: metric for metric in found["metrics"]})


# --- What a reader knows -----------------------------------------------------------------------------------------

Key = tuple[str, str, str, str]
"""A count that nobody can split further: what is counted, by what, which group, from which month on."""

Sum = dict[Key, int]


@dataclass
class System:
    """All that is known of the counts of some metrics; in `floors` what would be known if only zeros were shown."""

    facts: list[tuple[Sum, int | None, int | None]] = field(default_factory=list)
    floors: list[tuple[Sum, int | None, int | None]] = field(default_factory=list)
    below: int = BELOW
    hidden: list[tuple[str, Sum]] = field(default_factory=list)
    implied: list[tuple[str, Sum]] = field(default_factory=list)

    def least(self, goal: Sum, *, floors_only: bool = False) -> int:
        return self._solved(goal, floors_only=floors_only, most=None)

    def most(self, goal: Sum, most: int) -> int:
        """The most a sum can be, as far as up to a limit."""
        return self._solved(goal, floors_only=False, most=most)

    def _solved(self, goal: Sum, *, floors_only: bool, most: int | None) -> int:
        lines = [*self.floors, *([] if floors_only else self.facts)]
        keys = sorted({key for line, _, _ in [*lines, (goal, 0, 0)] for key in line})
        columns = {key: number for number, key in enumerate(keys)}
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.0)
        for key in keys:
            solver.addVar(0.0, highspy.kHighsInf)
            solver.changeColIntegrality(columns[key], highspy.HighsVarType.kInteger)
            solver.changeColCost(columns[key], float(goal.get(key, 0)))
        for line, low, high in lines:
            ends = (-highspy.kHighsInf if low is None else low, highspy.kHighsInf if high is None else high)
            indices, times = [columns[key] for key in line], [float(one) for one in line.values()]
            solver.addRow(float(ends[0]), float(ends[1]), len(line), indices, times)
        if most is not None:
            # The most that is neither above the goal nor above the limit.
            solver.addVar(0.0, float(most))
            indices, times = (
                [*(columns[key] for key in goal), len(keys)],
                [*(float(one) for one in goal.values()), -1.0],
            )
            solver.addRow(0.0, highspy.kHighsInf, len(indices), indices, times)
            for column in range(len(keys) + 1):
                solver.changeColCost(column, -1.0 if column == len(keys) else 0.0)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        found = round(solver.getInfo().objective_function_value)
        return found if most is None else -found


STEPS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def stretches(first: str, last: str, step: int) -> list[str]:
    """Months, quarters or years from a first to a last day, each by the number of its first month.

    Without a first day they are all there ever were. A period that is not over stands for all of it.
    """
    end = 12 * int(last[:4]) + int(last[5:7])
    if not first:
        return ["before", *map(str, range(12 * 2023, end, step))]
    return [str(month) for month in range(12 * int(first[:4]) + int(first[5:7]) - 1, end, step)]


def sum_of(count: str, row: dict[str, str], step: int) -> Sum:
    return {(count, row["by"], row["group"], stretch): 1 for stretch in stretches(row["from"], row["to"], step)}


def minus(one: Sum, other: Sum) -> Sum:
    return {**one, **{key: -times for key, times in other.items()}}


def system_of(attacked: Attacked, names: list[str]) -> System:
    """What a reader knows who reads the tables of these metrics side by side."""
    system = System(below=below_of(attacked.raw[names[0]]))
    groups: dict[tuple[str, str, str], set[str]] = {}
    for name in names:
        raw, result = attacked.raw[name], attacked.results[name]
        step = STEPS[raw["frequency"]]
        part, of = str(raw.get("part_from", f"{name} part")), f"{name} of"
        counts = (name,) if raw["kind"] == "count" else (part, of)
        for row in attacked.rows[name]:
            if raw["kind"] == "count":
                count_row(system, name, row, step)
            elif row["state"] != "missing":
                share_row(system, (sum_of(part, row, step), sum_of(of, row, step)), row, raw)
            for count in counts if row["by"] else ():
                for stretch in stretches(row["from"], row["to"], step):
                    groups.setdefault((count, row["by"], stretch), set()).add(row["group"])
        if raw["kind"] == "count" and result["baseline"]:
            baseline_of(system, name, result["baseline"])
    for (count, by, stretch), members in groups.items():
        parts = {(count, by, group, stretch): -1 for group in members}
        system.floors.append(({(count, "", "", stretch): 1, **parts}, 0, 0))
    return system


def below_of(table: Table) -> int:
    return HEALTH_BELOW if table.get("health") else BELOW


def count_row(system: System, count: str, row: dict[str, str], step: int) -> None:
    line, where = sum_of(count, row, step), f"{count} {row['period']} {row['group']}"
    if row["state"] == "withheld":
        system.floors.append((line, 1, None))
        system.hidden.append((where, line))
    elif row["state"] != "missing":
        value = int(row["value"])
        # A zero has to be shown, whatever it tells.
        (system.facts if value else system.floors).append((line, value, value))
        system.implied += [(f"{where} {key[3]}", {key: 1}) for key in line]


def share_row(system: System, counts: tuple[Sum, Sum], row: dict[str, str], raw: Table) -> None:
    part, of = counts
    where, rest = f"{next(iter(of))[0]} {row['period']} {row['group']}", minus(of, part)
    protected = [(f"{where} part", part), (f"{where} whole", of)]
    protected += [(f"{where} rest", rest)] if raw.get("protect_rest") else []
    if raw["kind"] == "percent":
        system.floors.append((rest, 0, None))
    if row["state"] == "withheld":
        system.floors.append((of, 1, None))
        system.hidden += protected
        return
    system.implied += protected
    cases = int(row["of"] or row["n"])
    system.facts.append((of, cases, cases))
    if row["part"]:
        system.facts.append((part, int(row["part"]), int(row["part"])))
    else:
        # 8 percent is anything from 7.5 to 8.5 of 100; the tables hold it with as many decimals as there are.
        assert float(row["value"]).is_integer()
        value = int(float(row["value"]))
        fits = [number for number in range(cases + 1) if abs(200 * number - 2 * value * cases) <= cases]
        system.facts.append((part, fits[0], fits[-1]))


def baseline_of(system: System, count: str, baseline: dict[str, Any]) -> None:
    value = int(baseline["value"])
    year, _, quarter = baseline["period"].partition("-Q")
    first = 12 * int(year) + 3 * (int(quarter or 1) - 1)
    line = {(count, "", "", str(month)): 1 for month in range(first, first + (3 if quarter else 12), 3)}
    # The mean of four quarters is rounded.
    slack = 0 if quarter else 2
    system.facts.append((line, len(line) * value - slack, len(line) * value + slack))


def systems(attacked: Attacked) -> Iterator[System]:
    shares = {table["part_from"]: name for name, table in attacked.raw.items() if "part_from" in table}
    for name, table in attacked.raw.items():
        if "part_from" not in table:
            yield system_of(attacked, [name, *([shares[name]] if name in shares else [])])


def exposed(system: System) -> Iterator[str]:
    """Every count that is known better than it may be."""
    for where, line in system.hidden:
        least = system.least(line)
        if least >= system.below:
            continue
        most = system.most(line, system.below)
        if most < system.below - 1 or least > max(1, system.least(line, floors_only=True)):
            yield f"{where}: {least} to {most}"
    withheld = [line for _, line in system.hidden]
    for where, line in system.implied:
        if line in withheld:
            continue
        most = system.most(line, system.below)
        if most < system.below and (least := system.least(line)):
            yield f"{where}: {least} to {most}"


# --- The attack --------------------------------------------------------------------------------------------------


def test_there_is_something_to_attack(attacked: Attacked) -> None:
    states = Counter(row["state"] for rows in attacked.rows.values() for row in rows)

    assert len(attacked.raw) >= 30
    assert states["withheld"] > 100
    assert states["value"] > 200


def test_no_small_number_is_published(attacked: Attacked) -> None:
    for name, rows in attacked.rows.items():
        for row in rows:
            shown = [row[column] for column in ("part", "of", "n")]
            shown += [row["value"], row["was"]] if row["unit"] == "people" else []
            assert all(not 0 < float(number) < below_of(attacked.raw[name]) for number in shown if number), row


def test_no_small_number_can_be_worked_out(attacked: Attacked) -> None:
    assert [found for system in systems(attacked) for found in exposed(system)] == []


def test_the_attack_finds_what_is_not_hidden_well(attacked: Attacked) -> None:
    # Without complements: each number from 1 to 5 is withheld by itself, and nothing else.
    naive = {
        name: [{**row, **withheld_alone(attacked.raw[name], row)} for row in rows]
        for name, rows in attacked.rows.items()
        if attacked.raw[name]["kind"] == "count" and not {"covers", "health"} & attacked.raw[name].keys()
    }
    results = {name: {**attacked.results[name], "baseline": None} for name in naive}
    careless = Attacked(attacked.site, {name: attacked.raw[name] for name in naive}, naive, results)

    assert len([found for system in systems(careless) for found in exposed(system)]) > 10


def withheld_alone(table: Table, row: dict[str, str]) -> dict[str, str]:
    lines = [*table["observations"], *table.get("annual", ())]
    lines += [line for breakdown in table.get("breakdowns", ()) for line in breakdown["observations"]]
    (value,) = {
        line.get("value") for line in lines if line["period"] == row["period"] and line.get("group", "") == row["group"]
    }
    if value is None:
        return {}
    return {"state": "withheld", "value": ""} if 0 < value < BELOW else {"state": "value", "value": str(value)}


def test_the_site_holds_nothing_of_what_is_withheld(attacked: Attacked, tmp_path: Path) -> None:
    # The same plan, in which what the site withholds has never been written down, makes the same site to the byte.
    twin = build(project(tmp_path, {name: unwritten(attacked, name) for name in attacked.raw}))
    files, others = contents(attacked.site), contents(twin)

    assert files.keys() == others.keys()
    assert [name for name in files if files[name] != others[name]] == []
    assert [name for name, content in files.items() if MARK.encode() in content and MARK not in shown_marks(twin)] == []


def shown_marks(site: BuiltSite) -> str:
    return " ".join(page.text for page in site.pages.values())


def contents(site: BuiltSite) -> dict[str, bytes]:
    return {
        path.relative_to(site.folder).as_posix(): path.read_bytes()
        for path in site.folder.rglob("*")
        # A packed file holds the time it was packed at.
        if path.is_file() and path.suffix != ".gz"
    }


def unwritten(attacked: Attacked, name: str) -> Table:
    """A table as staff would have written it, had they withheld just what the site withholds."""
    raw = attacked.raw[name]
    gone = {(row["period"], row["by"], row["group"]) for row in attacked.rows[name] if row["state"] == "withheld"}

    def without(lines: list[Table], by: str = "") -> list[Table]:
        return [
            {key: line[key] for key in ("period", "group", "partial_until") if key in line} | {"withheld": True}
            if (line["period"], by, line.get("group", "")) in gone
            else line
            for line in lines
        ]

    table = {
        **raw,
        "observations": without(raw["observations"]),
        "annual": without(raw.get("annual", [])),
        "breakdowns": [
            {**one, "observations": without(one["observations"], one["by"])} for one in raw.get("breakdowns", [])
        ],
    }
    if "baseline" in raw and attacked.results[name]["baseline"] is None:
        del table["baseline"]
    return table


def test_the_page_and_its_chart_show_just_what_the_table_to_download_shows(attacked: Attacked) -> None:
    charts = 0
    for name, rows in attacked.rows.items():
        page = attacked.site[f"measures/{name}/"]
        periods = {line["period"] for line in attacked.raw[name]["observations"]}
        own = {row["period"]: row for row in rows if not row["by"] and row["period"] in periods}
        values = {float(row["value"]) for row in own.values() if row["value"]}
        drawn, step = chart_values(page)
        charts += bool(drawn)
        for value in drawn:
            # Points and labels are placed to a hundredth of a per cent of the chart's height.
            assert min(abs(value - shown) for shown in values) <= 0.02 * step, (name, value)
        lines = page.tree.xpath("//table[@id='values']//tbody/tr") or page.tree.xpath("//*[@id='values']//tbody/tr")
        hidden = [line for line in lines if "Withheld" in line.text_content()]
        assert len(hidden) == sum(row["state"] == "withheld" for row in own.values()), name
        for line in hidden:
            assert not any(re.search(r"\d", cell.text_content()) for cell in line.xpath("./td")), name

    assert charts > 20


def chart_values(page: BuiltPage) -> tuple[list[float], float]:
    """The values at which a chart has points and corners of lines, read off its axis, and how much a per cent is."""
    labels = [
        (float(text.get("y").rstrip("%")), float(text.text.replace(",", "")))
        for text in page.tree.xpath("//svg[contains(@class, 'sp-trend')]/text[contains(@class, 'sp-level')]")
    ]
    if len(labels) < 2:
        return [], 0.0
    (low_y, low), (high_y, high) = labels[0], labels[-1]
    heights = [float(y.rstrip("%")) for y in page.tree.xpath("//svg//circle[@class='sp-point']/@cy")]
    for points in page.tree.xpath("//svg//polyline[@class='sp-line']/@points"):
        # Lines are drawn in a part of the chart, from 6 to 86 per cent of its height.
        heights += [6 + 0.8 * float(point.split(",")[1]) for point in points.split()]
    step = (high - low) / (high_y - low_y)
    return [low + (y - low_y) * step for y in heights], abs(step)


@pytest.mark.parametrize("seed", range(3, 16))
def test_nothing_is_left_that_would_stop_the_build(seed: int, tmp_path: Path) -> None:
    records, problems = read_folder(project(tmp_path, tables(random.Random(seed))) / "data", tmp_path)
    found = without_small_numbers(records)
    town = found.one(Town)

    assert problems == []
    assert town is not None
    # A public repository is looked at; in a private one nothing stops the build.
    public = town.model_copy(update={"repository": "public"})
    assert [problem.found for problem in exposed_problems(found.all(Metric), public)] == []
    assert [*exposed_problems(records.all(Metric), town)] == []


def test_every_withheld_number_has_the_same_words(attacked: Attacked) -> None:
    reasons = {row["reason"] for rows in attacked.rows.values() for row in rows if row["state"] == "withheld"}

    assert len(reasons) == 1
    for name in attacked.rows:
        words = {
            " ".join(cell.text_content().split())
            for cell in attacked.site[f"measures/{name}/"].tree.xpath("//*[contains(@class, 'sp-nothing--withheld')]")
        }
        assert words <= {"Withheld"}
