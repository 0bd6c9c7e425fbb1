"""What a plan lacks is said with its place, and keeps nothing from being published."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core_pages import core_pages, plan_of
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
    assert done.stderr.count("Warning: data/goals/") == 3
    # The new title stands in no other language yet.
    assert done.stderr.count("Warning: data/translations/es.po") == 1
    assert done.stderr.count("Warning: ") == 4


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


def test_a_planning_model_without_one_of_its_ingredients_is_a_gap(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    models = project / "data" / "models.yml"
    line = next(one for one in models.read_text(encoding="utf-8").splitlines() if "community_input" in one)
    change(models, f"{line}\n", "")
    done = check(project)

    assert done.returncode == 0
    assert done.stderr == (
        'Warning: data/models.yml:30:7: found the planning model "situational-crime-prevention" without evidence for '
        'the ingredient "community_input"\n'
        "    Allowed: a line for each ingredient that says what the town does\n"
        '    Fix: say what the town does for it. Until then the page of the models says "not yet".\n'
    )
    row = core_pages(plan_of(project))["models/"].words("//table[@id='ingredients']/tbody/tr[1]")
    assert "not yet" in row


def test_what_the_format_demands_is_told_with_the_key_to_add(tmp_path: Path) -> None:
    # An objective without a role that answers for it, and a target without its reason, keep the site from being built.
    project = copy_project(tmp_path)
    goal, metric = project / GOAL, project / "data" / "metrics" / "exercises-held.yml"
    lines = goal.read_text(encoding="utf-8").splitlines()
    del lines[lines.index("    lead: town-manager", lines.index("objectives:"))]
    goal.write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = metric.read_text(encoding="utf-8")
    why = next(line for line in text.splitlines() if line.startswith("    why: "))
    metric.write_text(text.replace(f"{why}\n", ""), encoding="utf-8")
    done = check(project)

    assert done.returncode == 1
    lacks, wanted = 'found no key "lead" in this entry of "objectives"', "role that answers for it"
    assert f'{lacks}\n    Allowed: "lead" with its value: {wanted}\n' in done.stderr
    assert (
        'found no key "why" in this entry of "targets"\n    Allowed: "why" with its value: why this value\n'
        in done.stderr
    )


def test_warnings_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    without_sources(project, "residents-heard")
    change(project / "data" / "metrics" / "exercises-held.yml", "2026-Q3, value: 3", "2026-Q3, value: 4")
    change(project / "data" / "goals" / "disaster-readiness.yml", "due: 2027-09-30}", "due: 2029-09-30}")
    found = re.findall(r"^Warning: ([^:]+):", check(project).stderr, re.MULTILINE)

    assert found == ["data/goals/disaster-readiness.yml", GOAL.as_posix(), "data/metrics/exercises-held.yml"]
