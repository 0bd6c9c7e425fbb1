"""A new folder becomes a git repository with a first commit, where git is there and knows who makes it."""

from __future__ import annotations

import shutil
import subprocess
from enum import Enum
from pathlib import Path

_SECONDS = 60
"""A commit that takes longer waits for something that nobody can give it here."""


class Begun(Enum):
    """What became of a new folder."""

    COMMITTED = "committed"
    INSIDE = "inside another repository"
    UNKNOWN = "git does not know who makes the commit, or could not make it"
    NO_GIT = "git is not there"


def begin(folder: Path, message: str) -> Begun:
    """Make a repository of a folder, on the branch main, with everything in it as the first commit,
    of which `message` says what it is.

    A folder within another repository is left to that one.
    """
    if shutil.which("git") is None:
        return Begun.NO_GIT
    if _git(folder, "rev-parse", "--is-inside-work-tree"):
        return Begun.INSIDE
    # Spelt out because `git init --branch` is younger than the git on many machines.
    if not (_git(folder, "init", "--quiet") and _git(folder, "symbolic-ref", "HEAD", "refs/heads/main")):
        return Begun.NO_GIT
    # Git would otherwise make up an address from the name of the machine.
    if not _git(folder, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"):
        return Begun.UNKNOWN
    made = _git(folder, "add", "--all") and _git(folder, "commit", "--quiet", "--message", message)
    return Begun.COMMITTED if made else Begun.UNKNOWN


def _git(folder: Path, *arguments: str) -> bool:
    """Whether git did as it was told. What it says of failures is no help to people: see `Begun`."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
