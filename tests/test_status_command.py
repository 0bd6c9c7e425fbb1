"""`safety-plan status`: what it prints can be worked out again from the plan's files, and is what the site says."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import math
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import ROOT, BuiltSite, change

SMALL = ROOT / "tests" / "plans" / "small"
AS_OF = dt.date(2026, 11, 22)
METRICS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "data" / "metrics").glob("*.yml")
}


def run(*arguments: str, project: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The real command, run in a project."""
    command = [sys.executable, "-m", "safety_plan.commands", "status", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def printed() -> str:
    """What the command prints as JSON about the example town."""
    done = run("--as-of", str(AS_OF), "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def found(printed: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(printed)
    return loaded


def by_id(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in entries}


def read(file: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "data" / file).read_text(encoding="utf-8"))
    return loaded


def last_day(period: str) -> dt.date:
    """The last day of 2026, 2026-Q3 or 2026-09."""
    year, _, rest = str(period).partition("-")
    month = 12 if not rest else 3 * int(rest[1]) if rest.startswith("Q") else int(rest)
    return dt.date(int(year), month, calendar.monthrange(int(year), month)[1])


def latest(metric: dict[str, Any]) -> tuple[str, float]:
    """The newest number of a whole period, as it stands in the file."""
    whole = [one for one in metric["observations"] if "partial_until" not in one and ("value" in one or "part" in one)]
    newest = max(whole, key=lambda one: last_day(one["period"]))
    value = newest["value"] if "value" in newest else 100 * newest["part"] / newest["of"]
    return str(newest["period"]), value


def on_the_line(metric: dict[str, Any], day: dt.date) -> float:
    """Where the straight pieces from the baseline through the targets are on a day."""
    before, start = last_day(metric["baseline"]["period"]), metric["baseline"]["value"]
    for target in metric["targets"]:
        if day <= target["by"]:
            gone, whole = (day - before).days, (target["by"] - before).days
            return float(start + (target["value"] - start) * gone / whole)
        before, start = target["by"], target["value"]
    raise AssertionError("the last target has passed")


def asks_for_a_change(metric: dict[str, Any]) -> bool:
    """Whether the steps of the rule before the straight line leave a measure to it."""
    if "better" not in metric or metric["better"] == "within" or "baseline" not in metric or not metric.get("targets"):
        return False
    target = metric["targets"][-1]
    if "keep" in target or metric.get("covers") == "year-to-date":
        return False

    def met(value: float) -> bool:
        return bool(value >= target["value"] if metric["better"] == "higher" else value <= target["value"])

    period, value = latest(metric)
    begin, day = last_day(metric["baseline"]["period"]), last_day(period)
    share = (day - begin).days / (target["by"] - begin).days
    return not met(metric["baseline"]["value"]) and not met(value) and 0.10 < share < 1


def test_every_straight_line_can_be_worked_out_again_from_the_files(found: dict[str, Any]) -> None:
    # The published rule: E = B + (T - B) x share of time gone, in days; R = (V - B) / (E - B).
    entries = by_id(found["metrics"])
    judged = {id for id, metric in METRICS.items() if asks_for_a_change(metric)}
    for entry in map(entries.__getitem__, judged):
        metric = METRICS[entry["id"]]
        period, value = latest(metric)
        begin, expected = metric["baseline"]["value"], on_the_line(metric, last_day(period))
        ratio = (value - begin) / (expected - begin)
        word = "on track" if ratio >= 0.95 else "at risk" if ratio >= 0.60 else "off track"

        assert entry["method"] == "straight-line"
        assert entry["latest"]["period"] == period
        assert entry["latest"]["value"] == value
        assert math.isclose(entry["expected"], expected, rel_tol=1e-9), entry["id"]
        assert math.isclose(entry["ratio"], ratio, rel_tol=1e-9, abs_tol=1e-9), entry["id"]
        assert entry["status"] == (word if ratio >= 0 else "off track, getting worse"), entry["id"]

    assert {id for id, entry in entries.items() if entry["rule"] == "line"} == judged
    assert len(judged) > 20


def test_every_count_of_a_year_can_be_worked_out_again(found: dict[str, Any]) -> None:
    # R = V / (T x share of the year gone); 2026-Q3 ends after 273 of 365 days.
    entries = by_id(found["metrics"])
    for id in ("fire-inspections-done", "exercises-held"):
        _, value = latest(METRICS[id])
        expected = METRICS[id]["targets"][-1]["value"] * 273 / 365

        assert entries[id]["method"] == "year-to-date"
        assert math.isclose(entries[id]["expected"], expected, rel_tol=1e-9)
        assert math.isclose(entries[id]["ratio"], value / expected, rel_tol=1e-9)


def test_every_measure_is_there_with_all_that_is_promised(found: dict[str, Any]) -> None:
    promised = (
        "id ref status reason ratio expected latest method trend trend_reason unstable late_days rule baseline target"
    )
    assert {entry["id"] for entry in found["metrics"]} == set(METRICS)
    for entry in found["metrics"]:
        assert set(promised.split()) <= set(entry), entry["id"]
        assert entry["ref"] == METRICS[entry["id"]]["ref"]
    assert len({tuple(entry) for entry in found["metrics"]}) == 1, "every entry has the same keys in the same order"


def test_late_days_of_a_number_count_from_the_promise(found: dict[str, Any]) -> None:
    # data/metrics/hydrants-in-service.yml: the newest value is of 2026-Q2; that of 2026-Q3 was promised 45 days after
    # September 30 (data/plan.yml), which is November 14, eight days before November 22.
    entry = by_id(found["metrics"])["hydrants-in-service"]

    assert (entry["next"], entry["late_days"]) == ({"period": "2026-Q3", "due": "2026-11-14"}, 8)


def test_actions_risks_and_duties_are_there_with_their_own_fields(found: dict[str, Any]) -> None:
    actions = [action for goal in (ROOT / "data" / "goals").glob("*.yml") for action in actions_in(goal)]
    risks, duties = read("risks.yml")["risks"], read("compliance.yml")["requirements"]

    shown = by_id(found["actions"])
    assert {id: (one["due"], one["progress"], one["owner"]) for id, one in shown.items()} == {
        one["id"]: (str(one["due"]), one["progress"], one["owner"]) for one in actions
    }
    assert [(one["id"], one["now"]["score"], one["rated_for"]) for one in found["risks"]] == [
        (one["id"], last["likelihood"] * last["consequence"], last["quarter"])
        for one in risks
        for last in one["history"][-1:]
    ]
    assert [(one["id"], one["due"]) for one in found["requirements"]] == [
        (one["id"], str(one["next_due"]) if "next_due" in one else None) for one in duties
    ]
    # data/compliance.yml: due on August 30, 1 + 30 + 31 + 22 = 84 days before November 22.
    overdue = by_id(found["requirements"])["fire-brigade-standard"]
    assert (overdue["state"], overdue["late_days"]) == ("overdue", 84)
    # data/goals: due on June 30, 31 + 31 + 30 + 31 + 22 = 145 days before.
    posts = by_id(found["actions"])["fill-officer-posts"]
    assert (posts["state"], posts["late_days"]) == ("overdue", 145)


def actions_in(goal: Path) -> list[dict[str, Any]]:
    objectives = yaml.safe_load(goal.read_text(encoding="utf-8"))["objectives"]
    return [action for objective in objectives for action in objective["actions"]]


def test_counts_are_those_of_the_entries(found: dict[str, Any]) -> None:
    for kind, key in (("metrics", "status"), ("actions", "state"), ("requirements", "state"), ("risks", "state")):
        counted = Counter(entry[key] for entry in found[kind])
        assert counted == {words: number for words, number in found["counts"][kind].items() if number}
    assert found["counts"]["late"] == len(found["late"])


def test_it_is_the_same_file_as_on_the_site(printed: str, example_site: BuiltSite) -> None:
    assert (example_site.folder / "results.json").read_text(encoding="utf-8") == printed


def test_a_withheld_number_stays_withheld(found: dict[str, Any]) -> None:
    # data/metrics/cardiac-arrest-survival.yml: the newest value is withheld.
    entry = by_id(found["metrics"])["cardiac-arrest-survival"]

    assert (entry["status"], entry["reason"]) == ("no status", "It has no status: its newest number is not shown.")
    assert entry["latest"] is None or entry["latest"]["value"] is None


def test_the_day_is_an_argument(tmp_path: Path) -> None:
    early = json.loads(run("--as-of", "2026-11-14", "--format", "json").stdout)

    # On the day it was promised for, the number is not late yet.
    assert early["as_of"] == "2026-11-14"
    assert by_id(early["metrics"])["hydrants-in-service"]["late_days"] == 0


def test_the_text_fits_a_window_and_begins_with_bad_news() -> None:
    done = run("--as-of", str(AS_OF))
    lines = done.stdout.splitlines()

    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, lines)) <= 100
    assert lines[0] == "Quinnebrook Public Safety Strategic Plan 2025-2029, as of 2026-11-22"
    first = {
        lines[number]: lines[number + 4].split()[:3]
        for number in range(1, len(lines) - 4)
        if lines[number + 3].startswith("---")
    }
    assert first == {
        "36 measures": ["M13", "off", "track"],
        "42 actions": ["A16", "overdue", "2026-06-30"],
        "21 risks": ["K13", "16", "Very"],
        "24 legal duties": ["L20", "overdue", "2026-08-30"],
        "4 changes in the law": ["being", "answered", "2027-03-31"],
    }


def test_mistakes_are_told_as_by_check(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "data", tmp_path / "data")
    change(tmp_path / "data" / "risks.yml", "owner: fire-chief", "owner: fire-chef")
    told = run(project=tmp_path)
    check = [sys.executable, "-m", "safety_plan.commands", "check"]
    checked = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == checked.stderr
    assert 'found "fire-chef" for "owner"' in told.stderr


def test_a_folder_without_a_plan_and_a_wrong_day_are_told_in_plain_words(tmp_path: Path) -> None:
    lost, wrong = run(project=tmp_path), run("--as-of", "22.11.2026")

    assert lost.returncode == 1
    assert "Traceback" not in lost.stderr
    assert wrong.returncode == 2
    assert 'found "22.11.2026". Allowed: a date such as 2026-11-22. Fix: correct the date.' in wrong.stderr


def test_another_folder_may_hold_the_plan() -> None:
    done = run("--data", "tests/plans/small/data", "--as-of", str(AS_OF), "--format", "json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["town"] == "Alder Falls"


def test_a_very_long_name_of_a_band_breaks_no_table(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "data", tmp_path / "data")
    long = "Higher than anything that this town has ever had to live with in all the years that anybody remembers"
    (tmp_path / "data" / "categories.yml").write_text(
        f"risk_bands:\n  - {{name: {long}, up_to: 25}}\n", encoding="utf-8"
    )
    done = run("--as-of", str(AS_OF), project=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert long in done.stdout
    assert "The only engine" in done.stdout
