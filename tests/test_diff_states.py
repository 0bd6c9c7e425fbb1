"""`safety-plan diff`: the states of a plan that can be compared, and what is said where one cannot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.differing import VISITS, changes, diff, git, save, sentences, town_entered
from tests.support import change


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return town_entered(tmp_path, monkeypatch)


def test_without_a_state_the_last_commit_is_held_against_the_files_as_they_are(town: Path) -> None:
    change(town / "data" / "town.yml", "population: 2100", "population: 2200")

    assert diff().stdout == diff("HEAD").stdout
    assert "The population of the town changes from 2,100 to 2,200." in diff().stdout


def test_both_sides_are_looked_at_on_the_day_of_the_second(town: Path) -> None:
    """Only the change itself shows: that a year has gone by since is not one."""
    change(town / "mkdocs.yml", "as_of: 2026-11-22", "as_of: 2027-11-22")

    assert sentences("main") == ["The day that counts as today changes from “2026-11-22” to “2027-11-22”."]
    assert json.loads(diff("main", "--format", "json").stdout)["as_of"] == "2027-11-22"
    done = diff("main", "--as-of", "2026-12-24", "--format", "json")
    assert json.loads(done.stdout)["as_of"] == "2026-12-24"


def test_two_states_are_held_against_each_other_whatever_stands_in_the_folder(town: Path) -> None:
    change(town / "data" / "town.yml", "population: 2100", "population: 2200")
    save(town)
    git(town, "tag", "v2")
    change(town / "data" / "town.yml", "population: 2200", "population: 9999")
    before = git(town, "status", "--porcelain")

    told = ["The population of the town changes from 2,100 to 2,200."]
    assert sentences("HEAD~1", "v2") == told
    assert sentences("v2", "HEAD~1") == ["The population of the town changes from 2,200 to 2,100."]
    assert git(town, "status", "--porcelain") == before
    shutil.copytree(town, town.parent / "other")
    git(town.parent / "other", "checkout", "-q", "-f", "v2")
    assert sentences("HEAD~1", "../other") == told


def test_mistakes_in_what_is_new_end_the_command(town: Path) -> None:
    change(town / VISITS, "kind: count", "kind: cuont")
    done = diff("main")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith('data/metrics/home-visits.yml:6:7: found the text "cuont" for "kind"')
    save(town)
    assert diff("HEAD~1", "HEAD").stderr == done.stderr


def test_mistakes_in_what_was_there_are_told_and_all_is_new(town: Path) -> None:
    change(town / VISITS, "kind: count", "kind: cuont")
    save(town)
    change(town / VISITS, "kind: cuont", "kind: count")
    done = diff("HEAD", "--format", "json")

    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert found["without"] == (
        "The plan in HEAD has 1 mistake and cannot be compared, so everything is shown as new. The first one: "
        'data/metrics/home-visits.yml:6:7: found the text "cuont" for "kind".'
    )
    assert {one["change"] for one in found["changes"]} == {"new"}
    told = {one["sentence"] for one in found["changes"]}
    assert "The measure “Home safety visits” (M01) is new; it is on track." in told
    assert "The page “Goals” is new, at goals/." in told


def test_a_first_plan_is_all_new(town: Path) -> None:
    git(town, "checkout", "-q", "--orphan", "before")
    git(town, "rm", "-q", "-r", "--cached", ".")
    git(town, "commit", "-q", "--allow-empty", "-m", "Nothing yet")
    done = diff("before")

    assert "There is no plan in before, so everything is shown as new." in done.stdout
    assert "- The goal “Safe homes” (G1) is new." in done.stdout


def test_a_state_that_is_not_there_is_told_with_the_nearest_name(town: Path) -> None:
    done = diff("mian")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        'found "mian", which is no folder with a plan and no revision that this clone has\n'
        "    Allowed: a folder, or a branch, tag or commit, such as main\n"
        '    Did you mean "main"?\n'
        '    Fix: write "main" instead.\n'
    )
    for name in ("--upload-pack=x", "-x", ""):
        assert diff("--", name).exit_code == 1


def test_a_shallow_clone_says_how_to_get_the_rest(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(town / "data" / "town.yml", "population: 2100", "population: 2200")
    save(town)
    git(town.parent, "clone", "-q", "--depth", "1", f"file://{town}", "clone")
    monkeypatch.chdir(town.parent / "clone")
    done = diff("HEAD~1")

    assert done.exit_code == 1
    assert "for it holds only the newest part of the history" in done.stderr
    assert "`fetch-depth: 0`" in done.stderr
    assert diff("HEAD").exit_code == 0


def test_without_git_folders_can_be_compared(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(town, tmp_path / "old")
    change(town / "data" / "town.yml", "population: 2100", "population: 2200")
    shutil.rmtree(town / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    done = diff("main")
    assert done.exit_code == 1
    assert done.stderr.startswith('found "main", which is no folder with a plan, and no history in git here')
    assert "Fix: name a folder, or run the command in a clone of the plan's repository." in done.stderr

    monkeypatch.setenv("PATH", str(tmp_path))
    assert "found no git on this computer" in diff("main").stderr
    assert sentences("../old") == ["The population of the town changes from 2,100 to 2,200."]


def test_a_plan_in_a_folder_of_a_larger_repository_is_found(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = town / "towns" / "alder"
    inner.mkdir(parents=True)
    for name in ("data", "content", "mkdocs.yml"):
        git(town, "mv", name, f"towns/alder/{name}")
    save(town)
    monkeypatch.chdir(inner)
    change(inner / "data" / "town.yml", "population: 2100", "population: 2200")

    (told,) = changes("HEAD")
    assert told["sentence"] == "The population of the town changes from 2,100 to 2,200."
    assert told["file"] == "data/town.yml"


def test_links_in_the_history_lead_nowhere_outside_it(town: Path) -> None:
    (town.parent / "outside.md").write_text("# Not part of the plan\n", encoding="utf-8")
    (town / "content" / "outside.md").symlink_to("../../outside.md")
    save(town)

    assert "The hand-written page outside/ is new." in sentences("HEAD~1")
    assert sentences("HEAD~1", "HEAD") == []


def test_a_folder_outside_is_no_part_of_a_state(town: Path) -> None:
    for folder in ("/tmp", "../data"):
        done = diff("main", "--data", folder)
        assert done.exit_code == 2
        assert "is outside this folder, so that it is not part of A or B" in done.stderr
    assert diff("main", "--data", "data").exit_code == 0
    assert diff("main", "--data", str(town / "data")).exit_code == 0
