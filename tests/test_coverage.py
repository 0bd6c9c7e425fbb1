"""What a plan lacks is said with its place, and keeps nothing from being published."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import change, copy_project, run_mkdocs

GOAL = Path("data", "goals", "open-government.yml")


def check(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "safety_plan.commands", "check"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def line_of(project: Path, words: str) -> int:
    lines = (project / GOAL).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def without_sources(project: Path, objective: str) -> None:
    """Take the sources of an objective away."""
    lines = (project / GOAL).read_text(encoding="utf-8").splitlines()
    start = lines.index("    sources:", line_of(project, f"id: {objective}"))
    end = next(number for number in range(start + 1, len(lines)) if not lines[number].startswith("      "))
    (project / GOAL).write_text("\n".join([*lines[:start], *lines[end:]]) + "\n", encoding="utf-8")


def test_the_example_has_no_gaps(tmp_path: Path) -> None:
    done = check(copy_project(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")


def test_an_objective_without_sources_is_named_with_its_line(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    without_sources(project, "residents-heard")
    done = check(project)

    assert done.returncode == 0
    assert done.stdout.startswith("No mistakes found: ")
    place = f"{GOAL.as_posix()}:{line_of(project, 'id: residents-heard')}:"
    assert done.stderr.startswith(f"Warning: {place}")
    assert 'found the objective "residents-heard" without a source' in done.stderr
    assert done.stderr.count("Warning: ") == 1


@pytest.mark.parametrize(("key", "noun"), [("metrics", "a metric"), ("sources", "a source"), ("actions", "an action")])
def test_an_empty_list_is_a_gap_too(tmp_path: Path, key: str, noun: str) -> None:
    project = copy_project(tmp_path)
    added = f"  - id: not-worked-out-yet\n    title: A new objective\n    lead: town-manager\n    {key}: []\n"
    change(project / GOAL, "objectives:\n", f"objectives:\n{added}")
    done = check(project)

    assert done.returncode == 0, done.stderr
    assert f'"not-worked-out-yet" without {noun}' in done.stderr
    assert f"{GOAL.as_posix()}:{line_of(project, f'{key}: []')}:" in done.stderr
    assert done.stderr.count("Warning: ") == 3


def test_a_gap_is_told_when_the_site_is_built_and_stops_nothing(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    without_sources(project, "residents-heard")
    done = run_mkdocs(project, "build", "--strict")

    assert done.returncode == 0, done.stderr
    assert 'found the objective "residents-heard" without a source' in done.stderr
    assert (project / "site" / "index.html").is_file()


def test_a_measure_in_trouble_owes_its_readers_a_reason(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    metric = project / "data" / "metrics" / "injury-crashes.yml"
    text = metric.read_text(encoding="utf-8")
    start = text.index("explanation:")
    metric.write_text(text[:start] + text[text.index("next_step:") :], encoding="utf-8")
    done = check(project)

    assert done.returncode == 0
    assert 'found the metric "injury-crashes" without "explanation", although it is off track' in done.stderr
    page = run_mkdocs(project, "build", "--strict")
    assert page.returncode == 0
    built = (project / "site" / "measures" / "injury-crashes" / "index.html").read_text(encoding="utf-8")
    assert "No explanation given yet." in built
