"""The command looks at the same folders and the same day as the site: both stand in mkdocs.yml."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from safety_plan.problems import PlanError
from safety_plan.reading.settings import Settings, read_settings
from tests.support import ROOT, change, copy_project

SMALL = ROOT / "tests" / "plans" / "small"


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "safety_plan.commands", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def settings(folder: Path, text: str) -> Settings:
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return read_settings(folder)


def test_the_day_of_the_site_is_the_day_of_the_command(tmp_path: Path) -> None:
    lines = run(copy_project(tmp_path), "status").stdout.splitlines()

    assert lines[0] == "Quinnebrook Public Safety Strategic Plan 2025-2029, as of 2026-11-22"
    assert lines[1] == "That day is set in mkdocs.yml, as as_of. The plan's numbers go up to 2026-09-30."


def test_an_option_counts_before_the_setting_and_today_after_both(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    asked = run(project, "status", "--as-of", "2026-11-14").stdout.splitlines()
    assert asked[0].endswith(", as of 2026-11-14")
    assert asked[1].startswith("That day was named with --as-of.")

    change(project / "mkdocs.yml", "      as_of: 2026-11-22\n", "")
    unset = run(project, "status").stdout.splitlines()
    assert unset[0].endswith(f", as of {dt.date.today()}")
    assert unset[1].startswith("That day is today.")


def test_the_day_of_one_plan_does_not_count_for_another(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    shutil.copytree(SMALL / "data", project / "other")

    assert "That day is today." in run(project, "status", "--data", "other").stdout


def test_folders_with_other_names_are_found(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    (project / "data").rename(project / "plan")
    (project / "content").rename(project / "pages")
    change(project / "mkdocs.yml", "data_dir: data", "data_dir: plan")
    change(project / "mkdocs.yml", "docs_dir: content", "docs_dir: pages")
    page = project / "pages" / "about" / "new.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("# New\n\n{{ value nobody }}\n", encoding="utf-8")

    assert run(project, "status").returncode == 0
    done = run(project, "check")
    assert done.returncode == 1
    assert done.stderr.startswith('pages/about/new.md:3:1: found the live figure "value nobody"')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list\n",
        "plugins: [search\n",
        "\x00",
        "docs_dir: [a, list]\nplugins: {}\n",
        "plugins:\n  - safety-plan\n",
        "? [a, key]\n: value\nplugins: 7\n",
    ],
)
def test_settings_that_cannot_be_read_are_as_good_as_none(tmp_path: Path, text: str) -> None:
    found = settings(tmp_path, text)

    assert (found.data, found.as_of) == ("data", None)


def test_tags_of_other_programs_are_passed_over(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        "docs_dir: pages\n"
        "markdown_extensions:\n"
        "  - emoji:\n"
        "      to: !!python/name:material.extensions.emoji.to_svg\n"
        "plugins:\n"
        "  - search\n"
        "  - safety-plan: {data_dir: plan, as_of: !ENV DAY}\n",
    )

    assert found == Settings("plan", "pages", None, found=True)


def test_plugins_may_stand_as_keys(tmp_path: Path) -> None:
    found = settings(tmp_path, 'plugins:\n  safety-plan:\n    data_dir: plan\n    as_of: "2026-11-22"\n')

    # Without docs_dir MkDocs takes the folder docs.
    assert found == Settings("plan", "docs", dt.date(2026, 11, 22), found=True)


def test_a_day_that_is_none_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as told:
        settings(tmp_path, "plugins:\n  - safety-plan:\n      as_of: 22.11.2026\n")

    assert str(told.value) == (
        'mkdocs.yml:3:14: found "22.11.2026" for "as_of"\n'
        "    Allowed: a date such as 2026-11-22\n"
        "    Fix: correct the date.\n\n"
        "1 mistake found."
    )
