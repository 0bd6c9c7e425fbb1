"""A plan may do without most of its files: whatever named what was in them is reported, and never a broken link."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from safety_plan.plan.build import build_plan
from safety_plan.problems import PlanError, Problem
from safety_plan.publishing.build import build_site, content_problems
from safety_plan.publishing.hand_written import shown_in
from safety_plan.reading.content import read_content
from safety_plan.reading.folder import FILES, FOLDERS, NEEDED_FOLDERS, REQUIRED, read_folder
from safety_plan.results.results import compute
from tests.support import broken_links, build, copy_project

OPTIONAL = [f"{name}.yml" for name in FILES if name not in REQUIRED]
OPTIONAL += [name for name in FOLDERS if name not in NEEDED_FOLDERS]
TODAY = dt.date(2026, 11, 22)


def without(folder: Path, names: list[str]) -> Path:
    """The example town without these files and folders."""
    project = copy_project(folder)
    for name in names:
        path = project / "data" / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return project


def problems_of(project: Path) -> tuple[Problem, ...]:
    records, problems = read_folder(project / "data", project)
    content, more = read_content(project / "content", project)
    try:
        plan = build_plan(records, content, [*problems, *more])
    except PlanError as error:
        return error.problems
    shown = shown_in([""], content)
    return tuple(content_problems(build_site(plan, compute(plan, TODAY), TODAY), shown[""]))


def mend(file: Path, problem: Problem) -> None:
    """Take away what leads nowhere, or write something that is allowed where something has to stand."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)[: problem.place.line - 1]
    at = len("".join(lines)) + problem.place.column - 1
    before, after = text[:at], text[at + len(problem.found.split('"')[1]) :]
    if " link " in problem.found:
        before, _, words = before.rpartition("[")
        before, after = before + words.removesuffix("]("), after.partition(")")[2]
    elif ' for "' in problem.found:
        before += problem.nearest or problem.allowed.split(", ")[0]
    elif before.endswith("- "):
        before, after = "".join(lines), after.partition("\n")[2]
    elif after.startswith(", "):
        after = after.removeprefix(", ")
    else:
        before = before.removesuffix(", ")
    file.write_text(before + after, encoding="utf-8")


@pytest.mark.parametrize("names", [*([name] for name in OPTIONAL), OPTIONAL], ids=[*OPTIONAL, "all"])
def test_without_a_file_the_site_is_whole_once_nothing_names_it(names: list[str], tmp_path: Path) -> None:
    project = without(tmp_path, names)
    found = problems_of(project)
    # Without the lists of categories, their standard ones are all that may be named.
    gone = r'but (there is no|this page needs) |^found the text "[^"]+" for "\w+"$'

    assert [str(problem) for problem in found if not re.search(gone, problem.found)] == []
    for _ in range(4):
        for problem in reversed(found):
            mend(project / problem.place.file, problem)
        found = problems_of(project)
    assert found == ()
    assert broken_links(build(project)) == []
