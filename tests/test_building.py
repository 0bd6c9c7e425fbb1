"""What happens to the old site when a new one is built: swapped when whole, untouched when not."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.support import QUIET, build, change, copy_project, run_mkdocs


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its content."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example town with a site that was published before."""
    town = copy_project(tmp_path)
    site = town / "site"
    site.mkdir()
    (site / "index.html").write_text("published before", encoding="utf-8")
    (site / "gone.html").write_text("a page of old", encoding="utf-8")
    return town


def test_a_whole_new_site_takes_the_place_of_the_old_one(project: Path) -> None:
    site = build(project)

    assert "published before" not in site[""].text
    assert not (project / "site" / "gone.html").exists()
    assert sorted(path.name for path in project.iterdir()) == ["content", "data", "mkdocs.yml", "site"]


def assert_nothing_changed(project: Path) -> None:
    assert fingerprint(project / "site").keys() == {"index.html", "gone.html"}
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "published before"
    assert sorted(path.name for path in project.iterdir()) == ["content", "data", "mkdocs.yml", "site"]


def test_a_mistake_in_the_plan_leaves_the_old_site(project: Path) -> None:
    change(project / "data" / "metrics" / "ems-response-90th.yml", "better: lower", "bettr: lower")
    done = run_mkdocs(project, "build", "--strict")

    assert done.returncode == 1
    assert 'Did you mean "better"?' in done.stderr
    assert_nothing_changed(project)


def test_a_warning_of_mkdocs_under_strict_leaves_the_old_site(project: Path) -> None:
    # An anchor between two hand-written pages is checked by MkDocs itself, after everything has been written.
    letter = project / "content" / "plan" / "letter-from-the-town-manager.md"
    letter.write_text(
        letter.read_text(encoding="utf-8") + "\n[records](../about/how-to-ask-for-a-record.md#nowhere)\n",
        encoding="utf-8",
    )
    done = run_mkdocs(project, "build", "--strict")

    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert_nothing_changed(project)


def test_a_build_that_dies_halfway_leaves_the_old_site(project: Path) -> None:
    hook = project / "hook.py"
    hook.write_text(
        "def on_post_page(output, page, config):\n    raise RuntimeError('the disk is full')\n", encoding="utf-8"
    )
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nhooks: [hook.py]\n")
    done = run_mkdocs(project, "build", "--strict")
    hook.unlink()
    shutil.rmtree(project / "__pycache__", ignore_errors=True)

    assert done.returncode == 1
    assert_nothing_changed(project)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    project = copy_project(tmp_path)
    build(project)
    first = fingerprint(project / "site")
    build(project)

    assert fingerprint(project / "site") == first


def fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode("utf-8"))
    except OSError:
        return ""


def wait_for(address: str, words: str, seconds: int = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if words in fetched(address):
            return
        time.sleep(0.3)
    raise AssertionError(f"{words!r} never appeared at {address}")


def test_the_preview_follows_changes_in_data_and_content(tmp_path: Path, unused_port: int) -> None:
    project = copy_project(tmp_path)
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{unused_port}"]
    server = subprocess.Popen(command, cwd=project, stderr=subprocess.DEVNULL, env={**os.environ, **QUIET})
    try:
        home = f"http://127.0.0.1:{unused_port}/"
        wait_for(f"{home}measures/ems-response-90th/", "10.4 minutes")
        change(
            project / "data" / "metrics" / "ems-response-90th.yml",
            "{period: 2026-Q3, value: 10.4,",
            "{period: 2026-Q3, value: 10.2,",
        )
        wait_for(f"{home}measures/ems-response-90th/", "10.2 minutes")
        (project / "content" / "plan" / "letter-from-the-town-manager.md").write_text(
            "# A new letter\n\nHello.\n", encoding="utf-8"
        )
        wait_for(f"{home}plan/letter-from-the-town-manager/", "A new letter")
        # After a mistake MkDocs waits until it is mended, and then shows what has changed since.
        change(project / "data" / "town.yml", "state: Connecticut", "stat: Connecticut")
        time.sleep(3)
        change(project / "data" / "metrics" / "ems-response-90th.yml", "value: 10.2, n: 468", "value: 10.1, n: 468")
        change(project / "data" / "town.yml", "stat: Connecticut", "state: Connecticut")
        wait_for(f"{home}measures/ems-response-90th/", "10.1 minutes")
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
    assert not (project / "site").exists()
