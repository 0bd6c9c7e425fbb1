"""Work is done: `safety-plan done` writes it down in its place, and says what residents will read."""

from __future__ import annotations

import subprocess
from difflib import unified_diff
from pathlib import Path

import pytest

from tests import forked
from tests.support import ROOT, copy_project

GOALS = "data/goals/disaster-readiness.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def done(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return forked.run(project, "safety_plan.commands", "done", *arguments, env={})


def changed(project: Path, file: str) -> list[str]:
    """The lines of a file that differ from those of the example, each behind its sign."""
    old, new = ((folder / file).read_text(encoding="utf-8").splitlines() for folder in (ROOT, project))
    return [line for line in unified_diff(old, new, n=0) if line.startswith(("+ ", "- "))]


def test_an_action_is_done_with_its_last_milestone(project: Path) -> None:
    said = done(project, "mill-lane-culvert", "--on", "2026-11-20", "--milestones")

    assert (said.returncode, said.stderr) == (0, "")
    assert changed(project, GOALS) == [
        "-        progress: 90",
        "+        done: 2026-11-20",
        "+        progress: 100",
        "-          - {title: Road open at its new height, due: 2026-10-31}",
        "+          - {title: Road open at its new height, due: 2026-10-31, done: 2026-11-20}",
    ]
    assert "Residents will read of “Raise Mill Lane culvert”: done, later than planned." in said.stdout


def test_what_is_done_already_stays_as_it_is(project: Path) -> None:
    said = done(project, "A01", "--on", "2026-06-22")

    assert (said.returncode, said.stdout) == (0, "The plan says so already. Nothing was changed.\n")
    assert changed(project, "data/goals/emergency-medical-help.yml") == []


def test_a_legal_duty_is_done_and_due_again(project: Path) -> None:
    said = done(project, "bloodborne-exposure-plan", "--on", "2026-11-20", "--next", "2027-11-30")

    assert (said.returncode, said.stderr) == (0, "")
    assert changed(project, "data/compliance.yml") == [
        "-    last_done: 2026-02-27",
        "-    next_due: 2027-02-26",
        "+    last_done: 2026-11-20",
        "+    next_due: 2027-11-30",
    ]
    assert "Residents will read of “Bloodborne pathogen exposure plan reviewed”: current." in said.stdout


def test_a_decision_is_carried_out(project: Path) -> None:
    said = done(project, "weekend-cpr", "--on", "2026-11-20")

    assert (said.returncode, said.stderr) == (0, "")
    assert changed(project, "data/reviews/2026-q3.yml") == ["+    done: 2026-11-20"]


def test_trying_it_writes_nothing(project: Path) -> None:
    said = done(project, "A09", "--dry-run")

    assert said.returncode == 0
    assert "Nothing was written" in said.stdout
    assert changed(project, "data/goals/fire-safety.yml") == []


REFUSED = {
    "no such action": (
        ["mill-lane-culver"],
        ['ID: found "mill-lane-culver"', '    Did you mean "mill-lane-culvert"?'],
    ),
    "an open milestone": (
        ["A33"],
        ["ID: found milestones of this action that are not reached: “Road open at its new height”"],
    ),
    "a day to come": (["A09", "--on", "2026-12-24"], ["--on: found 2026-12-24, after 2026-11-22"]),
    "another day": (
        ["A01", "--on", "2026-07-01"],
        ["--on: found 2026-07-01, but the plan says that it was done on 2026-06-22"],
    ),
    "a duty that comes again": (
        ["bloodborne-exposure-plan"],
        ["--next: found no day on which this legal duty is due again"],
    ),
    "an action that does not come again": (
        ["A09", "--next", "2027-01-01"],
        ["--next: found a day for something that is done once"],
    ),
    "a decision with milestones": (
        ["weekend-cpr", "--milestones"],
        ["--milestones: found it for something without milestones"],
    ),
    "before it started": (
        ["A09", "--on", "2020-01-01"],
        ["data/goals/fire-safety.yml:62:15: found the date 2020-01-01, when the action was done, before its start"],
    ),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    arguments: list[str], words: list[str], project: Path
) -> None:
    said = done(project, *arguments)

    assert (said.returncode, said.stdout) == (1, "")
    for line in words:
        assert line in said.stderr
    assert "    Fix: " in said.stderr
    for file in ("data/goals/fire-safety.yml", GOALS, "data/compliance.yml", "data/reviews/2026-q3.yml"):
        assert changed(project, file) == []
