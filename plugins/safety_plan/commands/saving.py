"""What subcommands that change files share: the whole plan is checked with a change in it before it is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from safety_plan.commands.reading import Looking, Read, read_plans
from safety_plan.editing.edits import Edits, write
from safety_plan.problems import Place, PlanError, Problem


def as_it_would_be(asked: Looking, edits: Edits) -> Read:
    """The plan and the hand-written pages as they would be read with these changes; no file is touched.

    `edits` are of files in the folders that are asked for. Raises PlanError with all that would be wrong then, at the
    places where it would stand.
    """
    here = Path.cwd()
    folders = [path for path in ((here / asked.data).absolute(), (here / asked.content).absolute()) if path.is_dir()]
    root = Path(os.path.commonpath([here, *folders]))
    with tempfile.TemporaryDirectory() as name:
        there = Path(name).resolve()

        def copied(path: Path) -> Path:
            return there / path.absolute().relative_to(root)

        for folder in folders:
            shutil.copytree(folder, copied(folder), dirs_exist_ok=True, symlinks=True)
        write({copied(path): content for path, content in edits.items()})
        try:
            return read_plans(copied(here / asked.data), copied(here / asked.content), base=copied(here))
        except PlanError as error:
            raise PlanError(_at_home(problem, there, root) for problem in error.problems) from None


def save(asked: Looking, edits: Edits) -> Read:
    """Write these changes, if the plan is in order with them, and give the plan as it is then.

    Raises PlanError with all that would be wrong, and ClickException where a file cannot be written, as on a full disk.
    In both cases nothing is written.
    """
    read = as_it_would_be(asked, edits)
    try:
        write(edits)
    except OSError as error:
        raise click.ClickException(f"nothing was written, because of the folder: {error.strerror or error}.") from None
    return read


def _at_home(problem: Problem, there: Path, root: Path) -> Problem:
    """A problem of the copy at its real place, where the plan stands outside the present folder."""
    file = Path(problem.place.file)
    if not file.is_relative_to(there):
        return problem
    place = Place((root / file.relative_to(there)).as_posix(), problem.place.line, problem.place.column)
    return replace(problem, place=place)
