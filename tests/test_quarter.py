"""The quarter of a town employee, done in three ways: in forms, with the command, and with the departments' workbook.

Two numbers are due, of which one will not come; two actions are done; a review was held. All ways lead to one site.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser

from tests import forked
from tests.forms import FormEditor, form_editor
from tests.support import ROOT, BuiltSite, build, change

DAY = "2027-01-20"
REASON = "The list was moved to a new system"
REVIEW = {
    "period": "2026-Q4",
    "held": "2027-01-15",
    "chaired_by": "fire-chief",
    "attended": "fire-chief, town-manager",
    **{f"{part}.finding": "Nothing new." for part in ("metrics", "technology", "feedback", "law", "risks")},
    **{f"ems.{part}": "As before." for part in ("metrics", "technology", "feedback")},
    "next": "2027-04-15",
}


def town(folder: Path) -> Path:
    """The small plan in January, when the numbers of the last quarter are due."""
    project = folder / "town"
    shutil.copytree(ROOT / "tests" / "plans" / "small", project)
    shutil.copy(ROOT / "mkdocs.yml", project)
    change(project / "mkdocs.yml", "as_of: 2026-11-22", f"as_of: {DAY}")
    return project


def run(project: Path, *arguments: str) -> str:
    done = forked.run(project, "safety_plan.commands", *arguments, env={})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rest_with_the_command(project: Path) -> None:
    """What no spreadsheet holds: the work that is done, and the review."""
    run(project, "done", "visit-every-street", "--on", "2027-01-10")
    run(project, "done", "A02", "--on", "2027-01-12")
    run(project, "new", "review", *(part for key, value in REVIEW.items() for part in ("--set", f"{key}={value}")))


def by_command(project: Path, browser: Browser) -> None:
    run(project, "record", "home-visits", "2026-Q4", "31")
    run(project, "record", "M02", "2026-Q4", "--missing", REASON)
    rest_with_the_command(project)


def by_workbook(project: Path, browser: Browser) -> None:
    run(project, "template", "numbers.xlsx", "--period", "2026-Q4")
    book = load_workbook(project / "numbers.xlsx")
    for sheet in book.worksheets:
        fill_in(sheet)
    book.save(project / "numbers.xlsx")
    assert "31" in run(project, "import", "numbers.xlsx", "--yes")
    (project / "numbers.xlsx").unlink()
    rest_with_the_command(project)


def fill_in(sheet: Worksheet) -> None:
    """Type into the sheet of a department what it knows."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next((number for number, row in enumerate(rows, start=1) if "Id" in row), None)
    if head is None:
        return
    columns = {name: column for column, name in enumerate(rows[head - 1], start=1)}
    for number, row in enumerate(rows[head:], start=head + 1):
        if row[columns["Id"] - 1] == "home-visits":
            sheet.cell(number, columns["Value"]).value = 31
        if row[columns["Id"] - 1] == "inspections-on-time":
            sheet.cell(number, columns["Why missing"]).value = REASON


def by_forms(project: Path, browser: Browser) -> None:
    with form_editor(project, browser) as forms:
        for metric, label, text in (("home-visits", "Value", "31"), ("inspections-on-time", "Missing", REASON)):
            row = forms.open("numbers", metric).add("observation")
            row.fill("Period", "2026-Q4")
            row.fill(label, text)
            forms.save()
        goal = forms.open("goals", "safe-homes")
        for objective, action, day in (
            ("Visit {{ target", "Visit every street once", "2027-01-10"),
            ("Bring the engine", "Build a second bay door", "2027-01-12"),
        ):
            part = goal.item(objective).item(action)
            part.fill("Done", day)
            part.fill("Progress", "100")
        forms.save()
        review(forms)
        forms.open("plan", "plan").fill("Data as of", "2026-12-31")
        forms.save()


def review(forms: FormEditor) -> None:
    form = forms.new("reviews")
    form.fill("Period", REVIEW["period"])
    form.fill("Held", REVIEW["held"])
    form.choose("Chaired by", "Fire Chief")
    form.choose("Attended", "Fire Chief", "Town Manager")
    for number in range(5):
        form.within.get_by_label("Finding", exact=True).nth(number).fill("Nothing new.")
    for label in ("Metrics", "Technology", "Feedback"):
        form.within.get_by_label(label, exact=True).last.fill("As before.")
    form.fill("Next", REVIEW["next"])
    forms.save()


WAYS: dict[str, Callable[[Path, Browser], None]] = {"forms": by_forms, "command": by_command, "workbook": by_workbook}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> dict[str, BuiltSite]:
    found = {}
    for name, way in WAYS.items():
        project = town(tmp_path_factory.mktemp(name))
        way(project, browser)
        assert run(project, "check").startswith("No mistakes found")
        found[name] = build(project)
    return found


def files(site: BuiltSite) -> dict[str, bytes]:
    """Every file of a site. An editor may write the same on other lines: those to which "Edit this page" leads."""
    found = {path.relative_to(site.folder).as_posix(): path for path in sorted(site.folder.rglob("*"))}
    return {name: re.sub(rb"\.yml#L\d+", b".yml", path.read_bytes()) for name, path in found.items() if path.is_file()}


@pytest.mark.parametrize("way", ["forms", "workbook"])
def test_every_way_leads_to_the_same_site(way: str, sites: dict[str, BuiltSite]) -> None:
    expected, found = files(sites["command"]), files(sites[way])

    assert found.keys() == expected.keys()
    assert [name for name in expected if found[name] != expected[name]] == []


def test_residents_see_the_quarter(sites: dict[str, BuiltSite]) -> None:
    site = sites["workbook"]

    assert "31 homes" in site["measures/home-visits/"].words()
    assert REASON in site["measures/inspections-on-time/"].words()
    assert "reviews/2026-q4/" in site.pages
    assert "finished January 12, 2027" in site["goals/safe-homes/"].words()
