"""ProperDocs, the fork of MkDocs, builds the same site from the same files, but for the line that names the engine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import QUIET, ROOT

SMALL = ROOT / "tests" / "plans" / "small"
ENGINE = re.compile(r'<meta name="generator" content="mkdocs-[^"]*"')


def run(engine: str, project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run an engine in a project."""
    environment = {**os.environ, **QUIET, "SAFETY_PLAN_PDF": "false", "SOURCE_DATE_EPOCH": "1795000000"}
    command = [sys.executable, "-m", engine, *words]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a site with what is in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small town."""
    shutil.copytree(SMALL, tmp_path / "town")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "town")
    return tmp_path / "town"


def test_builds_the_same_site(project: Path) -> None:
    sites = {}
    for engine in ("mkdocs", "properdocs"):
        done = run(engine, project, "build", "--strict")
        assert done.returncode == 0, done.stderr
        sites[engine] = files(project / "site")
        shutil.rmtree(project / "site")
    ours, theirs = sites["mkdocs"], sites["properdocs"]
    assert set(ours) == set(theirs)
    differ = {name for name in ours if ours[name] != theirs[name]}
    assert differ == {name for name in ours if ENGINE.search(ours[name].decode(errors="ignore"))}
    for name in differ:
        assert ENGINE.sub("", ours[name].decode()) == ENGINE.sub("", theirs[name].decode()), name


def test_is_stopped_by_a_mistake_with_the_same_words(project: Path) -> None:
    people = project / "data" / "people.yml"
    people.write_text(people.read_text(encoding="utf-8").replace("roles:", "rolls:", 1), encoding="utf-8")
    told = [run(engine, project, "build", "--strict") for engine in ("mkdocs", "properdocs")]
    assert all(done.returncode == 1 for done in told)
    assert all('Did you mean "roles"?' in done.stderr for done in told)
    assert not (project / "site").exists()
