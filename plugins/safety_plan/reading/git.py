"""What a git repository has kept, read without running anything that the repository itself names.

Nothing is read from the working tree and nothing is shown as a patch, so that no filter, hook, monitor or viewer of a
repository's settings is ever started; no other host is asked for what is not there. The repository is the one that the
project's folder stands in. Whatever git refuses, such as a folder of another owner, counts as a missing repository.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 20
"""How long git may take for one answer."""

_MOST_CHANGES = 3_000
"""How many changes git is asked for, the newest first."""

_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    *("-c", "log.showSignature=false"),
    *("-c", "log.mailmap=false"),
    *("-c", "core.fsmonitor=false"),
)
# What these name is where another command, such as a hook, works; here the folder alone decides.
_OF_ANOTHER_COMMAND = frozenset(
    {
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_EXTERNAL_DIFF",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_WORK_TREE",
    }
)
_HEADER = re.compile(r"\x01([0-9a-f]{40,64})((?: [0-9a-f]{40,64})*)")


class NoRepositoryError(Exception):
    """There is no repository to read, or git cannot read it: the text says why."""


@dataclass(frozen=True)
class Step:
    """A change on the main line: its commit, its parents, and the files it touched, by their names after it.

    Each file comes with the name it had before: None where it was not there, and the same name where it was. `moved`
    are files that only have another name since.
    """

    commit: str
    parents: tuple[str, ...]
    before: Mapping[str, str | None]
    moved: frozenset[str]


class Repository:
    """The repository around a folder."""

    def __init__(self, folder: Path) -> None:
        """Find it. Raises NoRepositoryError where there is none, or none with a commit."""
        self._folder = folder
        answer = self._ask("rev-parse", "--show-prefix", "HEAD^{commit}").decode("utf-8", errors="surrogateescape")
        self.prefix, self.head, *_ = answer.split("\n")
        """The folder as seen from the repository's root, with a slash at its end, and the commit that is looked at."""

    def steps(self) -> Iterator[Step]:
        """The main line, newest first: of a merge, what it brought in. Raises NoRepositoryError.

        At most 3,000 steps.
        """
        answer = self._ask(
            "log",
            f"--max-count={_MOST_CHANGES}",
            "--first-parent",
            "--diff-merges=first-parent",
            "--root",
            "--find-renames",
            "--name-status",
            "--no-relative",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=all",
            "-z",
            "--format=%x01%H %P",
            self.head,
            "--",
        )
        tokens = iter(answer.decode("utf-8", errors="surrogateescape").split("\0"))
        header: re.Match[str] | None = None
        before: dict[str, str | None] = {}
        moved: set[str] = set()
        for token in tokens:
            found = _HEADER.fullmatch(token.strip())
            if found:
                if header:
                    yield Step(header[1], tuple(header[2].split()), before, frozenset(moved))
                header, before, moved = found, {}, set()
            elif status := token.strip():
                old = next(tokens)
                new = next(tokens) if status[0] in "RC" else old
                before[new] = None if status[0] == "A" else old
                if status == "R100":
                    moved.add(new)
        if header:
            yield Step(header[1], tuple(header[2].split()), before, frozenset(moved))

    def objects(self, names: Iterable[str]) -> dict[str, bytes]:
        """What stands under names such as a commit, or `commit:path`; a name under which nothing is, is left out.

        Raises NoRepositoryError.
        """
        wanted = [name for name in dict.fromkeys(names) if "\n" not in name]
        if not wanted:
            return {}
        asked = "".join(f"{name}\n" for name in wanted).encode("utf-8", errors="surrogateescape")
        answer = self._ask("cat-file", "--batch=%(objecttype) %(objectsize)", given=asked)
        found, at = {}, 0
        for name in wanted:
            end = answer.index(b"\n", at)
            kind, _, size = answer[at:end].rpartition(b" ")
            at = end + 1
            if kind in (b"blob", b"commit", b"tree", b"tag"):
                if kind in (b"blob", b"commit"):
                    found[name] = answer[at : at + int(size)]
                at += int(size) + 1
        return found

    def _ask(self, *words: str, given: bytes = b"") -> bytes:
        try:
            done = run_git(self._folder, *words, given=given)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoRepositoryError(f"git does not answer: {type(error).__name__}") from None
        if done.returncode:
            raise NoRepositoryError(done.stderr.decode("utf-8", errors="replace").strip())
        return done.stdout


def run_git(folder: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder, with nothing started that the repository's own settings name.

    Raises OSError where there is no git, and TimeoutExpired where it takes longer than it may.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_COMMAND}
    # No protocol has this name: what a partial copy lacks is not fetched, by whatever program its settings name.
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", *_SAFE, "-C", str(folder), *words]
    return subprocess.run(command, input=given, capture_output=True, env=environment, timeout=_SECONDS, check=False)
