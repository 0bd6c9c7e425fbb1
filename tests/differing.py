"""The small town in git, and what `safety-plan diff` says of its changes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from safety_plan.commands import main
from tests.support import ROOT

VISITS = Path("data", "metrics", "home-visits.yml")
INSPECTIONS = Path("data", "metrics", "inspections-on-time.yml")
GOAL = Path("data", "goals", "safe-homes.yml")
SETTINGS = """\
site_name: Alder Falls
docs_dir: content
plugins:
  - search
  - safety-plan:
      as_of: 2026-11-22
"""


def git(folder: Path, *arguments: str) -> str:
    """What git answers; nothing of this machine's own settings counts."""
    names = {f"GIT_{who}_{what}": "town" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True, env={**os.environ, **names, **own}
    )
    return done.stdout


def save(folder: Path) -> None:
    """Put everything into a commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "A change")


def small_town(folder: Path) -> Path:
    """The small town in git, on the branch main."""
    town = folder / "town"
    shutil.copytree(ROOT / "tests" / "plans" / "small", town)
    (town / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    git(town, "init", "-q", "-b", "main")
    save(town)
    return town


def town_entered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small town in git, as the present folder, outside any workflow."""
    town = small_town(folder)
    monkeypatch.chdir(town)
    for name in ("GITHUB_SHA", "CI_COMMIT_SHA"):
        monkeypatch.delenv(name, raising=False)
    return town


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments])


def sentences(*arguments: str) -> list[str]:
    """The sentences of what changes since main, or between what is named."""
    done = diff(*(arguments or ("main",)), "--format", "json")
    assert done.exit_code == 0, done.output
    return [one["sentence"] for one in json.loads(done.stdout)["changes"]]


def changes(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(diff(*arguments, "--format", "json").stdout)["changes"]
    return found
