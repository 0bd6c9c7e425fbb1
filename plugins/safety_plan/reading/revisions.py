"""The files of a plan as they are at a revision in git, or in a folder; the files people work on are not touched."""

from __future__ import annotations

import os
import posixpath
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from safety_plan.problems import nearest, one_of, shown
from safety_plan.reading.git import run_git
from safety_plan.reading.settings import NAME, read_settings

_LINK, _REPOSITORY = "120000", "160000"
"""The modes under which git keeps a link to a file, and another repository within this one."""

_FETCH_ALL = (
    "fetch the whole history: `fetch-depth: 0` under actions/checkout in a GitHub workflow, GIT_DEPTH: 0 in GitLab, "
    "or git fetch --unshallow on a computer."
)


class RevisionError(Exception):
    """A revision that cannot be read: `found`, `allowed`, `nearest` and `fix` say so as those of a `Problem`."""

    def __init__(self, found: str, allowed: str, fix: str, guess: str = "") -> None:
        self.found, self.allowed, self.nearest, self.fix = found, allowed, guess, fix
        told = [found, f"    Allowed: {allowed}", f'    Did you mean "{guess}"?' if guess else "", f"    Fix: {fix}"]
        super().__init__("\n".join(line for line in told if line))


@contextmanager
def project_at(name: str, project: Path, data: str = "data") -> Iterator[Path]:
    """A project as it is at a revision in git, such as `main` or `HEAD~1`, or as it is in a folder.

    `name` is the revision, or the path of the folder, as seen from `project`; `data` is the folder of the plan within
    it, where `mkdocs.yml` names none. Of a revision, only `mkdocs.yml`, the plan and the hand-written pages are read;
    they stand in a folder that is gone after the block. Raises RevisionError where there is neither.
    """
    folder = project / name
    # A branch may have the name of a folder, such as docs: what is no folder of a plan is not meant.
    if name and ((folder / NAME).is_file() or (folder / data).is_dir()):
        yield folder
        return
    commit = _commit(name, project)
    with tempfile.TemporaryDirectory() as made:
        there = Path(made).resolve()
        files = tuple(_tree(commit, project))
        _write([one for one in files if one.path == NAME], there, project)
        settings = read_settings(there)
        wanted = (data, settings.data, "content", settings.content)
        folders = tuple("" if (path := posixpath.normpath(one)) == "." else f"{path}/" for one in wanted)
        _write([one for one in files if one.path.startswith(folders)], there, project)
        yield there


@dataclass(frozen=True)
class _File:
    """A file at a revision: its mode, the name of its content, and its path as seen from the project."""

    mode: str
    content: str
    path: str


def _commit(name: str, project: Path) -> str:
    """The full name of the commit that a revision stands for."""
    done = _git(project, "rev-parse", "--is-inside-work-tree")
    if done.returncode:
        raise RevisionError(
            f'found "{shown(name)}", which is no folder with a plan, and no history in git here ({_said(done.stderr)})',
            "a folder with another state of the plan, or a revision where the plan is kept in git",
            "name a folder, or run the command in a clone of the plan's repository.",
        )
    # What starts with a hyphen would be an option.
    done = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if done.returncode == 0 and name:
        return done.stdout.decode().strip()
    names = _git(project, "for-each-ref", "--format=%(refname:short)").stdout.decode(errors="replace").split()
    shallow = _git(project, "rev-parse", "--is-shallow-repository").stdout.decode().strip() == "true"
    guess = nearest(name, names)
    known = f", such as {one_of(names)}" if names else ""
    raise RevisionError(
        f'found "{shown(name)}", which is no folder with a plan and no revision that this clone has'
        + (", for it holds only the newest part of the history" if shallow else ""),
        f"a folder, or a branch, tag or commit{known}",
        _FETCH_ALL if shallow else f'write "{guess}" instead.' if guess else "correct the name, or run git fetch.",
        "" if shallow else guess,
    )


def _tree(commit: str, project: Path) -> Iterator[_File]:
    """All files at a commit in the folder of the project and below."""
    done = _git(project, "ls-tree", "-r", "-z", commit, "--", ".")
    for line in done.stdout.split(b"\0"):
        if line:
            about, _, path = line.partition(b"\t")
            mode, _, content = about.decode().split()
            yield _File(mode, content, os.fsdecode(path))


def _write(files: list[_File], folder: Path, project: Path) -> None:
    """Write files as they are at a commit into a folder. Other repositories, and links out of it, are left out."""
    files = [one for one in files if one.mode != _REPOSITORY]
    asked = "".join(f"{one.content}\n" for one in files).encode()
    rest = _git(project, "cat-file", "--batch", given=asked).stdout if files else b""
    for one in files:
        head, _, rest = rest.partition(b"\n")
        size = int(head.split()[-1]) if not head.endswith(b" missing") else -1
        if size < 0:
            raise RevisionError(
                f'found no content for "{shown(one.path)}" at that revision in this clone',
                "a clone that holds the files of the whole history",
                _FETCH_ALL,
            )
        content, rest = rest[:size], rest[size + 1 :]
        path = folder / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if one.mode != _LINK:
            path.write_bytes(content)
        elif (path.parent / os.fsdecode(content)).resolve().is_relative_to(folder):
            path.symlink_to(os.fsdecode(content))


def _git(project: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What git answers in the folder of the project."""
    try:
        return run_git(project, "-c", "core.quotePath=false", *arguments, given=given)
    except (OSError, subprocess.TimeoutExpired):
        raise RevisionError(
            "found no git on this computer that answers",
            "git, which keeps the history of the plan",
            "install git, or name a folder.",
        ) from None


def _said(error: bytes) -> str:
    lines = error.decode(errors="replace").split("\n")
    return shown(lines[0].rstrip("."), most=120)
