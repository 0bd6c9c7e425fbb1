"""What subcommands that change files share: the whole plan is checked with a change in it before it is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from safety_plan.commands.reading import Looking, Read, read_plans
from safety_plan.editing.edits import Edits, write
from safety_plan.problems import Place, PlanError, Problem
from safety_plan.reading.folder import label, leads_outside, link_problem


def as_it_would_be(asked: Looking, edits: Edits) -> Read:
    """The plan and the hand-written pages as they would be read with these changes; no file is touched.

    `edits` are of files in the folders that are asked for. Raises PlanError with all that would be wrong then, at the
    places where it would stand; also where a change would go through a link to a file outside its folder.
    """
    here = Path.cwd()
    data, content = here / asked.data, here / asked.content
    _refuse_links_outside(edits, _folders(asked), here)
    plain = {folder: _plain(folder) for folder in (here, data, content)}
    root = Path(os.path.commonpath(plain.values()))
    with _disk_told(), tempfile.TemporaryDirectory() as name:
        there = Path(name).resolve()
        copies = {folder: there / path.relative_to(root) for folder, path in plain.items()}
        folders = {folder: copies[folder] for folder in _folders(asked)}
        for folder in folders:
            _copy(folder, folders)
        write({_moved(path, folders): content for path, content in edits.items()}, inside=(there,))
        try:
            return read_plans(copies[data], copies[content], base=copies[here])
        except PlanError as error:
            raise PlanError(_at_home(problem, there, root) for problem in error.problems) from None


def save(asked: Looking, edits: Edits) -> Read:
    """Write these changes, if the plan is in order with them, and give the plan as it is then.

    Raises PlanError with all that would be wrong, and ClickException where a file cannot be written, as on a full disk.
    In both cases nothing is written.
    """
    read = as_it_would_be(asked, edits)
    with _disk_told():
        write(edits, inside=_folders(asked))
    return read


@contextmanager
def _disk_told() -> Iterator[None]:
    """Say why files cannot be written, in place of a traceback."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"nothing was written, because of the folder: {error.strerror or error}.") from None


def _folders(asked: Looking) -> list[Path]:
    """Those of the folders that are there, from the root of the machine on."""
    return [path for path in (Path.cwd() / asked.data, Path.cwd() / asked.content) if path.is_dir()]


def _plain(folder: Path) -> Path:
    """A path without steps upwards: in a copy, they would lead out of it."""
    return folder.resolve() if ".." in folder.parts else folder


def _refuse_links_outside(edits: Edits, folders: Collection[Path], here: Path) -> None:
    wrong = [
        link_problem(label(path, here))
        for path in edits
        if not any(path.is_relative_to(folder) and not leads_outside(path, folder) for folder in folders)
    ]
    if wrong:
        raise PlanError(wrong)


def _moved(path: Path, folders: Mapping[Path, Path]) -> Path:
    """The place in the copies of these folders that stands for a file in one of them."""
    folder = next(folder for folder in folders if path.is_relative_to(folder))
    return folders[folder] / path.relative_to(folder)


def _copy(folder: Path, folders: Mapping[Path, Path]) -> None:
    """Copy one of these folders to its place. Links in it lead to the copies, so that nothing is written beside them.

    A link that leads out of all folders goes on leading where it did, so that the same is said about it.
    """
    real = {Path(os.path.realpath(one)): copy for one, copy in folders.items()}
    for at, below, files in os.walk(folder):
        there = _moved(Path(at), folders)
        there.mkdir(parents=True, exist_ok=True)
        for name in (*below, *files):
            path, made = Path(at, name), there / name
            if path.is_symlink():
                target = Path(os.path.realpath(path))
                inside = any(target.is_relative_to(one) for one in real)
                made.symlink_to(_moved(target, real) if inside else target)
            elif path.is_file():
                shutil.copyfile(path, made)


def _at_home(problem: Problem, there: Path, root: Path) -> Problem:
    """A problem of the copy at its real place, where the plan stands outside the present folder."""
    file = Path(problem.place.file)
    if not file.is_relative_to(there):
        return problem
    place = Place((root / file.relative_to(there)).as_posix(), problem.place.line, problem.place.column)
    return replace(problem, place=place)
