"""Files of an export, written into a folder of their own: what others put there stays."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import click

from safety_plan.editing.edits import folders_made
from safety_plan.problems import Place, PlanError, Problem

LIST = ".safety-plan-export"
"""The file that names what an export wrote, so that the next one may replace just that."""

_MOST_TOLD = 10


def write_export(folder: Path, files: Mapping[str, bytes], *, replace: bool) -> None:
    """Write files by their names within a folder.

    `replace` lets them take the place of those of the export before; what it wrote and is no more is deleted. Raises
    PlanError, and has written nothing, where something else stands in the folder or in their place; ClickException
    where they cannot be written, as on a full disk. A new folder is not there then; one that was can be replaced.
    """
    try:
        before = _replaceable(folder, files, replace=replace)
        with folders_made() as make, tempfile.TemporaryDirectory(dir=_near(folder, make), prefix=".") as name:
            made = Path(name) / "export"
            _fill(made, {**files, LIST: _listed(files)})
            _put(made, folder, files, before)
    except OSError as error:
        why = f"{folder.as_posix()}: the export was not written, or not in full: {error.strerror or error}."
        raise click.ClickException(
            f"{why} Set that right and export again, with --force if the folder is there."
        ) from None


def _replaceable(folder: Path, files: Mapping[str, bytes], *, replace: bool) -> set[str]:
    """What the export before wrote into the folder. Raises PlanError where something else stands in the way."""
    if folder.exists() and not folder.is_dir():
        raise PlanError(
            [_problem(folder, "found a file", "a folder, or a name that is still free", "name another one.")]
        )
    if not replace and folder.is_dir() and any(folder.iterdir()):
        fix = "name another folder; or add --force, to put these files in the place of those of the export before."
        raise PlanError([_problem(folder, "found a folder with files in it", "an empty folder, or a new one", fix)])
    before = set(_before(folder))
    foreign = [name for name in sorted({*files, LIST}) if name not in before and _is_taken(folder, name)]
    if foreign:
        what, fix = "found a file that no export wrote", "move it away, or name another folder."
        raise PlanError(
            _problem(folder / name, what, "names that are still free", fix) for name in foreign[:_MOST_TOLD]
        )
    return before


def _near(folder: Path, make: Callable[[Path], None]) -> Path:
    """Where files are written first, from where they can be moved into the folder as they are."""
    if folder.is_dir():
        return folder
    make(folder.absolute().parent)
    return folder.absolute().parent


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _put(made: Path, folder: Path, files: Mapping[str, bytes], before: set[str]) -> None:
    """Move the files, and the list of them, into the folder."""
    if not folder.is_dir():
        made.rename(folder)
        return
    # As long as not all is done, the list names what was there and what comes, so that either can be replaced.
    both = made.parent / LIST
    both.write_bytes(_listed({*files, *before} - {LIST}))
    both.replace(folder / LIST)
    for name in before - {*files, LIST}:
        (folder / name).unlink(missing_ok=True)
    for name in (*files, LIST):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (made / name).replace(path)
    _without_empty_folders(folder, before)


def _listed(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in sorted(names)).encode()


def _before(folder: Path) -> Iterator[str]:
    """What the export before wrote, and the list of it. A list that leads elsewhere counts for nothing."""
    path = folder / LIST
    if path.is_file():
        yield LIST
        for name in path.read_text(encoding="utf-8").splitlines():
            parts = PurePosixPath(name)
            here = (folder / parts.parent).resolve().is_relative_to(folder.resolve())
            if not parts.is_absolute() and ".." not in parts.parts and here:
                yield name


def _is_taken(folder: Path, name: str) -> bool:
    """Whether something stands in the place of a file, or a link to elsewhere on the way to it."""
    path = folder / name
    return path.exists() or path.is_symlink() or not path.parent.resolve().is_relative_to(folder.resolve())


def _without_empty_folders(folder: Path, before: set[str]) -> None:
    parents = {parent for name in before for parent in PurePosixPath(name).parents}
    for parent in sorted(parents, key=lambda one: len(one.parts), reverse=True):
        path = folder / parent
        if path != folder and path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _problem(path: Path, found: str, allowed: str, fix: str) -> Problem:
    return Problem(Place(path.as_posix()), found, allowed=allowed, fix=fix)
