"""`safety-plan status`: what its text says at a glance, and that its JSON holds all that a sum needs."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from safety_plan.publishing.downloads import results_json
from safety_plan.results import report as package
from safety_plan.results.actions import action_reason
from safety_plan.results.results import compute
from tests.core_pages import AS_OF, core_pages, plan_of
from tests.support import ROOT, copy_project
from tests.test_status_command import METRICS, by_id, run

BERLIN = ROOT / "tests" / "plans" / "berlin"


def report(project: Path, day: dt.date = AS_OF) -> dict[str, Any]:
    plan = plan_of(project)
    loaded: dict[str, Any] = json.loads(results_json(plan, compute(plan, day)))
    return loaded


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return report(ROOT)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return run("--as-of", str(AS_OF)).stdout.splitlines()


def test_one_sentence_on_top_counts_everything(lines: list[str], found: dict[str, Any]) -> None:
    aimed = [one for one in found["metrics"] if one["targets"]]
    groups = [one["counted_as"] for one in aimed]

    assert lines[3] == (
        f"{groups.count('good')} of {len(aimed)} measures with a target are on track or met, "
        f"{groups.count('warning')} at risk, {groups.count('bad')} off track; {len(found['late'])} things are late."
    )
    assert (groups.count("good"), len(aimed)) == (24, 33)


def test_values_have_units_and_what_is_odd_is_said(lines: list[str]) -> None:
    text = " ".join(" ".join(lines).split())

    assert "M07 on track 2026-Q3 19 homes Repeat fall calls from the same home M08" in text
    assert "(unstable)" in text
    assert "(newest number withheld)" in text
    assert "(newest number missing)" in text
    assert "Hydrants in service (number 8 days late)" in text
    assert max(map(len, lines)) <= 100


def test_a_measure_in_trouble_without_a_reason_is_marked(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    metric = project / "data" / "metrics" / "injury-crashes.yml"
    text = metric.read_text(encoding="utf-8")
    start = text.index("explanation:")
    metric.write_text(text[:start] + text[text.index("next_step:") :], encoding="utf-8")

    assert "(no explanation given yet)" in run("--as-of", str(AS_OF), project=project).stdout


def test_every_value_of_the_files_is_there(found: dict[str, Any]) -> None:
    for entry in found["metrics"]:
        written = METRICS[entry["id"]]["observations"]
        shown = {one["period"]: one for one in entry["observations"]}
        assert list(shown) == sorted(shown), entry["id"]
        assert set(shown) == {str(one["period"]) for one in written}
        for one in written:
            state = "withheld" if one.get("withheld") else "missing" if "missing" in one else "value"
            same = shown[str(one["period"])]
            assert same["state"] == ("partial" if "partial_until" in one else state)
            if "value" in one:
                assert (same["value"], same["n"], same["was"]) == (one["value"], one.get("n"), one.get("was"))
            if "part" in one:
                assert (same["part"], same["of"]) == (one["part"], one["of"])


def test_nothing_stands_beside_a_withheld_value(found: dict[str, Any]) -> None:
    kept = [
        one
        for entry in found["metrics"]
        for one in (*entry["observations"], *(x for split in entry["breakdowns"] for x in split["observations"]))
        if one["state"] == "withheld"
    ]

    assert len(kept) >= 3
    assert all(one[key] is None for one in kept for key in ("value", "part", "of", "n", "was"))


def test_groups_and_whole_years_are_there(found: dict[str, Any]) -> None:
    falls = by_id(found["metrics"])["repeat-fall-calls"]["breakdowns"]
    assert [one["by"] for one in falls] == ["district"]
    assert {(one["group"], one["value"]) for one in falls[0]["observations"]} == {
        ("River", 7), ("Hill", None), ("Mill", 6), ("Center", None),
    }  # fmt: skip
    hours = by_id(report(ROOT / "tests" / "plans" / "kinds")["metrics"])["hours-trained"]
    assert [(one["period"], one["value"]) for one in hours["annual"]] == [("2024", 1500), ("2025", 1780)]


def test_a_trend_can_be_worked_out_again() -> None:
    # The mean, and 2.66 mean steps above and below it; steps of 3.267 mean steps or more are left out (rules.py).
    judged = 0
    for entry in report(BERLIN)["metrics"]:
        trend = entry["trend_from"]
        if trend["mean"] is None:
            continue
        shown = {one["period"]: one["value"] for one in entry["observations"]}
        values = [shown[period] for period in trend["periods"]]
        assert trend["mean"] == pytest.approx(sum(values) / len(values))
        assert trend["upper_limit"] == pytest.approx(trend["mean"] + 2.66 * trend["step"])
        assert trend["lower_limit"] == pytest.approx(trend["mean"] - 2.66 * trend["step"])
        deciding = [signal for signal in trend["signals"] if signal["decides"]]
        assert all(signal["periods"][-1] == trend["periods"][-1] for signal in deciding)
        assert (entry["trend"] == "no clear change") == (len({signal["up"] for signal in deciding}) != 1)
        judged += 1
    assert judged


def test_the_comparison_is_of_two_values_of_the_file(found: dict[str, Any]) -> None:
    # data/metrics/ems-response-90th.yml: 11.2 in 2025-Q3 and 10.4 in 2026-Q3, where lower is better.
    assert by_id(found["metrics"])["ems-response-90th"]["comparison"] == {
        "period": "2026-Q3",
        "value": 10.4,
        "earlier_period": "2025-Q3",
        "earlier_value": 11.2,
        "years": 1,
        "change": "lower",
        "better": True,
    }


def test_the_reason_is_the_sentence_of_the_page(found: dict[str, Any]) -> None:
    pages = core_pages(plan_of(ROOT))
    for entry in found["metrics"]:
        assert entry["reason"] in " ".join(pages[f"measures/{entry['id']}/"].words("//article").split()), entry["id"]


def test_why_a_status_rests_on_an_older_value_is_said(found: dict[str, Any]) -> None:
    # data/metrics/shelter-places.yml: the value of 2026-Q3 is missing.
    entry = by_id(found["metrics"])["shelter-places"]

    assert entry["newest_value"].startswith("the newest number is missing: ")


def test_an_action_says_why_it_is_overdue(found: dict[str, Any]) -> None:
    # data/goals: due on 2026-06-30; 31 + 31 + 30 + 31 + 22 = 145 days before 2026-11-22.
    posts = by_id(found["actions"])["fill-officer-posts"]

    assert posts["reason"] == "It was due on 2026-06-30, 145 days ago, and is not done."
    assert posts["reason_given"]


def test_every_state_of_an_action_is_put_in_a_sentence(tmp_path: Path) -> None:
    action = plan_of(ROOT).actions[0].record
    day = dt.date(2026, 11, 22)
    base = {"start": dt.date(2026, 1, 1), "due": dt.date(2026, 12, 31), "progress": 0, "done": None, "paused": None}
    paused = next(one.record.paused for one in plan_of(ROOT).actions if one.record.paused)

    def reason(**changes: object) -> str:
        return action_reason(action.model_copy(update={**base, "cancelled": None, **changes}), day)

    assert reason(start=dt.date(2027, 1, 1)) == "It is to start on 2027-01-01."
    assert reason() == "It was to start on 2026-01-01, 325 days ago; nothing of it is done."
    assert reason(progress=40) == "40 percent of it is done; it is due on 2026-12-31."
    assert reason(progress=40, due=dt.date(2026, 11, 21)) == "It was due on 2026-11-21, 1 day ago, and is not done."
    assert reason(done=day, progress=100) == "It was done on 2026-11-22; it was due on 2026-12-31."
    late = {"done": day, "progress": 100, "due": dt.date(2026, 11, 12)}
    assert reason(**late) == "It was done on 2026-11-22; it was due on 2026-11-12, 10 days before."
    assert reason(paused=paused) == f"It was paused on {paused.since}."
    assert reason(paused=paused, due=dt.date(2026, 11, 12)) == (
        f"It was paused on {paused.since}; it was due on 2026-11-12, 10 days ago."
    )


def test_the_keys_that_the_docstring_names_are_there(found: dict[str, Any]) -> None:
    told = (package.__doc__ or "").split("Of a metric:")[1].split("Of an action")[0]
    keys = {word.strip(",") for line in told.splitlines() for word in line[:44].split() if line.startswith("    ")}
    names = {key for key in keys if key.replace("_", "").isalpha()}

    assert len(names) > 20
    assert names <= set(found["metrics"][0])


def test_a_value_of_time_that_is_not_over_is_not_told(tmp_path: Path) -> None:
    entry = by_id(report(ROOT, dt.date(2026, 6, 30))["metrics"])["ems-response-90th"]

    assert entry["observations"][-1]["period"] == "2026-Q2"
