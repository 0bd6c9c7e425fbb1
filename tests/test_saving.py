"""Files are written all together or not at all, and never where a link leads out of the plan."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safety_plan.commands import main
from safety_plan.commands.reading import looking
from safety_plan.commands.saving import save
from safety_plan.editing.edits import write
from safety_plan.problems import PlanError
from tests.support import ROOT

NUMBER = ["record", "M01", "2025-Q4", "12"]
MISTAKE = ["record", "M02", "2025-Q4", "130"]
SMALL_DISK = """
import resource, signal, sys
from safety_plan.commands import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
main(sys.argv[2:])
"""


def run(folder: Path, *words: str) -> Result:
    """The command, run in a folder."""
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        return CliRunner().invoke(main, words)


def run_on_small_disk(folder: Path, most: int, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, run in a folder, where no file of more than so many bytes can be written."""
    command = [sys.executable, "-c", SMALL_DISK, str(most), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def every(folder: Path) -> dict[str, bytes | None]:
    """Every file in a folder, folders (None), and what links lead to."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: str(path.readlink()).encode() if path.is_symlink() else path.read_bytes() if path.is_file() else None
        for name, path in found.items()
    }


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the small plan."""
    return Path(shutil.copytree(ROOT / "tests" / "plans" / "small", tmp_path / "town"))


def linked(town: Path, target: Path) -> None:
    """Let the folder of the measures be a link, from the root of the machine on."""
    shutil.move(town / "data" / "metrics", target)
    (town / "data" / "metrics").symlink_to(target.absolute())


@pytest.mark.parametrize("words", [[*NUMBER, "--dry-run"], MISTAKE], ids=["dry run", "refused"])
def test_what_is_only_tried_changes_nothing_behind_a_link(town: Path, words: list[str]) -> None:
    linked(town, town / "data" / ".metrics")
    before = every(town)
    done = run(town, *words)

    assert done.exit_code == int("--dry-run" not in words), done.stderr
    assert every(town) == before


def test_a_number_goes_where_the_link_leads_and_the_link_stays(town: Path) -> None:
    linked(town, town / "data" / ".metrics")
    file = town / "data" / ".metrics" / "home-visits.yml"
    file.rename(file.with_name(".home-visits"))
    file.symlink_to(".home-visits")
    done = run(town, *NUMBER)

    assert done.exit_code == 0, done.stderr
    assert (town / "data" / "metrics").is_symlink()
    assert file.is_symlink()
    assert "{period: 2025-Q4, value: 12}" in file.with_name(".home-visits").read_text()


def test_a_number_never_goes_through_a_link_out_of_the_plan(town: Path, tmp_path: Path) -> None:
    linked(town, tmp_path / "elsewhere")
    before = every(tmp_path)
    done = run(town, *NUMBER)

    assert done.exit_code == 1
    assert "found a link to a file outside this folder" in done.stderr
    assert every(tmp_path) == before


def test_nothing_new_goes_into_a_linked_folder_outside(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (town / "data" / "reviews").symlink_to(tmp_path / "elsewhere")
    monkeypatch.chdir(town)
    with pytest.raises(PlanError, match="found a link to a file outside this folder"):
        save(looking(None), {town / "data" / "reviews" / "autumn.yml": b"period: 2026-Q3"})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_copy_of_a_plan_named_with_steps_upwards_stays_a_copy(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "beside"
    beside.mkdir()
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "copies"))
    before = every(tmp_path)
    done = run(beside, *NUMBER, "--data", "../town/data", "--dry-run")

    assert done.exit_code == 0, done.stderr
    assert every(tmp_path) == before
    assert run(beside, *NUMBER, "--data", "../town/data").exit_code == 0
    assert "{period: 2025-Q4, value: 12}" in (town / "data" / "metrics" / "home-visits.yml").read_text()


def test_links_that_lead_nowhere_are_told_as_before(town: Path) -> None:
    (town / "content" / "circle").symlink_to("circle")
    (town / "content" / "nothing.txt").symlink_to("/nothing/at/all")
    assert run(town, *NUMBER, "--dry-run").exit_code == 0

    (town / "data" / "risks.yml").unlink()
    (town / "data" / "risks.yml").symlink_to("risks.yml")
    done = run(town, *NUMBER)
    assert done.exit_code == 1
    assert "data/risks.yml:1:1: found something that cannot be opened" in done.stderr


def test_a_full_disk_is_told_in_words_and_nothing_changes(town: Path) -> None:
    before = every(town)
    done = run_on_small_disk(town, 100, *NUMBER)

    assert done.returncode == 1
    assert done.stderr == "Error: nothing was written, because of the folder: File too large.\n"
    assert every(town) == before


def test_a_folder_that_was_made_goes_again_where_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("Mine")
    (tmp_path / "taken").mkdir()
    before = every(tmp_path)
    for wrong in (tmp_path / "file" / "below", tmp_path / "taken"):
        with pytest.raises(OSError, match=r"File exists|Is a directory"):
            write({tmp_path / "new" / "deep" / "a.yml": b"a", tmp_path / "file": b"b", wrong: b"c"})
        assert every(tmp_path) == before


def test_a_link_out_of_the_folders_is_replaced_and_one_within_is_followed(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    for folder in (tmp_path, tmp_path / "project"):
        (folder / "target").write_text("Before")
    out, within = tmp_path / "project" / "out", tmp_path / "project" / "within"
    out.symlink_to(tmp_path / "target")
    within.symlink_to("target")
    write({out: b"New", within: b"New"}, inside=(tmp_path / "project",))

    assert (tmp_path / "target").read_text() == "Before"
    assert (out.is_symlink(), out.read_text()) == (False, "New")
    assert (within.is_symlink(), (tmp_path / "project" / "target").read_text()) == (True, "New")


def test_schemas_that_cannot_be_written_leave_no_folder(town: Path) -> None:
    before = every(town)
    done = run_on_small_disk(town, 100, "schema", "--output", "deep/er")

    assert done.returncode == 1
    assert done.stderr == "deep/er: nothing was written, because File too large.\n"
    assert every(town) == before


def test_a_town_that_cannot_be_written_can_be_started_again(tmp_path: Path) -> None:
    # The schemas are by far the largest files: all others would fit.
    done = run_on_small_disk(tmp_path, 20_000, "init", "towns/riverbend")

    assert done.returncode == 1
    assert done.stderr == "towns/riverbend: nothing was written, because File too large.\n"
    assert every(tmp_path) == {}
    assert run(tmp_path, "init", "towns/riverbend").exit_code == 0


def test_an_export_that_cannot_be_written_leaves_nothing(town: Path) -> None:
    before = every(town)
    done = run_on_small_disk(town, 1_000, "export", "deep/out")

    assert done.returncode == 1
    assert done.stderr.startswith("Error: deep/out: the export was not written, or not in full: File too large.")
    assert every(town) == before

    (town / "mine").write_text("Mine")
    below = run(town, "export", "mine/out")
    assert below.exit_code == 1
    assert below.stderr.startswith("Error: mine/out: the export was not written, or not in full: File exists.")


def test_an_export_that_cannot_be_written_keeps_the_one_before(town: Path) -> None:
    assert run(town, "export").exit_code == 0
    before = every(town)
    assert run_on_small_disk(town, 1_000, "export", "--force").returncode == 1
    assert every(town) == before
