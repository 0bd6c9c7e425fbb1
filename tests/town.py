"""A new town as a newcomer gets it: the program from a package built here, and the folder that `init` makes."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support import QUIET, ROOT

IDENTITY = {
    "GIT_AUTHOR_NAME": "Town Clerk",
    "GIT_AUTHOR_EMAIL": "clerk@riverbend.example",
    "GIT_COMMITTER_NAME": "Town Clerk",
    "GIT_COMMITTER_EMAIL": "clerk@riverbend.example",
}


@dataclass(frozen=True)
class Newcomer:
    """Somebody with a fresh Python, an empty folder and a package of this program, who can call `programs`."""

    folder: Path
    programs: Path
    packages: Path

    @property
    def environment(self) -> dict[str, str]:
        """All that what they call can see. Pip finds the package in the folder it was built into, and asks nobody."""
        return {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PIP_FIND_LINKS": str(self.packages),
            "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
            **IDENTITY,
            **QUIET,
        }

    def call(
        self, *command: str, within: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """What a command says and how it ends."""
        return subprocess.run(
            command,
            cwd=within or self.folder,
            env={**self.environment, **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def git(self, project: Path, *arguments: str) -> str:
        """What git says in a project."""
        done = self.call("git", *arguments, within=project)
        assert done.returncode == 0, done.stderr
        return done.stdout


def newcomer(folder: Path) -> Newcomer:
    """A newcomer in an empty folder.

    The libraries are those of this repository, seen through links, so that pip finds all of them but this program.
    """
    libraries, python, packages = folder / "libraries", folder / "python", folder / "packages"
    libraries.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not path.name.startswith(("mkdocs_safety_plan", "_editable_impl_mkdocs_safety_plan")):
            (libraries / path.name).symlink_to(path)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(python)], check=True)
    programs = python / "bin"
    (found,) = (python / "lib").glob("python*/site-packages")
    (found / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    _program(programs / "mkdocs", f'exec "{programs}/python" -m mkdocs "$@"')
    built = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(packages), str(ROOT)]
    subprocess.run([sys.executable, "-m", "pip", *built], check=True)
    (folder / "home").mkdir()
    return Newcomer(folder / "home", programs, packages)


def stand_in(path: Path, module: str) -> None:
    """A program that one of the modules in `tests/stand_ins` is."""
    _program(path, f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m tests.stand_ins.{module} "$@"')


def _program(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)
