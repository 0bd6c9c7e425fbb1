"""Files of an export, written into a folder of their own: what others put there stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from safety_plan.problems import Place, PlanError, Problem

LIST = ".safety-plan-export"
"""The file that names what an export wrote, so that the next one may replace just that."""

_MOST_TOLD = 10


def write_export(folder: Path, files: Mapping[str, bytes], *, replace: bool) -> None:
    """Write files by their names within a folder.

    `replace` lets them take the place of those of the export before; what it wrote and is no more is deleted. Raises
    PlanError, and has written nothing, where something else stands in the folder or in their place.
    """
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
    for name in before - set(files):
        (folder / name).unlink(missing_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / LIST).write_text("".join(f"{name}\n" for name in sorted(files)), encoding="utf-8", newline="\n")
    _without_empty_folders(folder, before)


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
