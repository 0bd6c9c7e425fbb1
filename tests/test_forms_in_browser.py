"""Staff change the plan with forms in a real browser. No test writes a file of the plan itself."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from safety_plan.commands import main
from safety_plan.reading.document import read_document
from tests.editors import SVELTIA_SCRIPT
from tests.forms import FormEditor, form_editor, form_folder
from tests.support import ROOT

SMALL = ROOT / "tests" / "plans" / "small"


def git(project: Path, *arguments: str) -> str:
    """What git says in a project."""
    own = ["-c", "user.name=Town Hall", "-c", "user.email=plan@alder-falls.example", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *own, *arguments], cwd=project, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small plan in a repository."""
    town = tmp_path / "town"
    shutil.copytree(SMALL, town)
    git(town, "init", "--quiet", "--initial-branch", "main")
    git(town, "add", ".")
    git(town, "commit", "--quiet", "--message", "The plan")
    return town


def values(project: Path, file: str) -> dict[str, object]:
    """What the reader takes out of a file."""
    document, problems = read_document((project / "data" / file).read_bytes(), file)
    assert problems == []
    assert isinstance(document.value, dict)
    return document.value


def is_right(project: Path) -> None:
    """`safety-plan check` finds nothing wrong."""
    folders = ["--data", str(project / "data"), "--content", str(project / "content")]
    done = CliRunner().invoke(main, ["check", *folders])
    assert done.exit_code == 0, done.stderr


def test_the_quarter_is_typed_into_forms(project: Path, browser: Browser) -> None:
    before = values(project, "metrics/home-visits.yml")
    goal = values(project, "goals/safe-homes.yml")
    with form_editor(project, browser) as forms:
        expect(forms.page.get_by_text("If nothing happens")).to_be_hidden()
        a_number_is_added(forms)
        a_number_is_missing(forms)
        an_action_is_done(forms)
        a_review_is_added(forms)
        forms.open("plan", "plan").fill("Data as of", "2026-12-31")
        forms.save()

    after = values(project, "metrics/home-visits.yml")
    assert list(after) == list(before)
    assert after["observations"] == (*_rows(before), {"period": "2026-Q4", "value": 31})
    assert {**after, "observations": before["observations"]} == before
    assert _rows(values(project, "metrics/inspections-on-time.yml"))[-1] == {
        "period": "2026-Q4",
        "missing": "The list was moved to a new system",
    }
    assert values(project, "goals/safe-homes.yml") == changed(
        goal, '"progress": 60', '"progress": 100, "done": "2026-11-20"'
    )
    assert values(project, "reviews/2026-q3.yml")["held"] == "2026-10-20"
    is_right(project)


def changed(value: dict[str, object], old: str, new: str) -> dict[str, object]:
    """A value with another in one place, both written as JSON."""
    text = json.dumps(value)
    assert text.count(old) == 1
    found = _as_read(json.loads(text.replace(old, new)))
    assert isinstance(found, dict)
    return found


def _as_read(value: object) -> object:
    """A value with its lists as the reader gives them."""
    if isinstance(value, dict):
        return {key: _as_read(item) for key, item in value.items()}
    return tuple(_as_read(item) for item in value) if isinstance(value, list) else value


def _rows(metric: dict[str, object]) -> tuple[object, ...]:
    rows = metric["observations"]
    assert isinstance(rows, tuple)
    return rows


def a_number_is_added(forms: FormEditor) -> None:
    row = forms.open("numbers", "home-visits").add("observation")
    row.fill("Period", "2026-Q4")
    row.fill("Value", "31")
    forms.save()


def a_number_is_missing(forms: FormEditor) -> None:
    row = forms.open("numbers", "inspections-on-time").add("observation")
    row.fill("Period", "2026-Q4")
    row.fill("Missing", "The list was moved to a new system")
    forms.save()


def an_action_is_done(forms: FormEditor) -> None:
    action = forms.open("goals", "safe-homes").item("Visit {{ target").item("Visit every street once")
    action.fill("Done", "2026-11-20")
    action.fill("Progress", "100")
    forms.save()


def a_review_is_added(forms: FormEditor) -> None:
    review = forms.new("reviews")
    review.fill("Period", "2026-Q3")
    review.fill("Held", "2026-10-20")
    review.choose("Chaired by", "Fire Chief")
    review.choose("Attended", "Fire Chief", "Town Manager")
    for number in range(5):
        review.within.get_by_label("Finding", exact=True).nth(number).fill("Nothing new.")
    review.within.get_by_label("Metrics", exact=True).last.fill("As before.")
    review.within.get_by_label("Technology", exact=True).last.fill("As before.")
    review.within.get_by_label("Feedback", exact=True).last.fill("As before.")
    review.fill("Next", "2027-01-20")
    forms.save()


def test_a_change_waits_on_its_own_branch_until_somebody_lets_it_in(project: Path, browser: Browser) -> None:
    before = git(project, "show", "main:data/metrics/home-visits.yml")
    with form_editor(project, browser, workflow=True) as forms:
        row = forms.open("numbers", "home-visits").add("observation")
        row.fill("Period", "2025-Q4")
        row.fill("Value", "31")
        forms.save()

        branch = "cms/numbers/home-visits"
        assert git(project, "diff", "--name-only", f"main...{branch}").split() == ["data/metrics/home-visits.yml"]
        assert "period: 2025-Q4\n    value: 31\n" in git(project, "show", f"{branch}:data/metrics/home-visits.yml")
        assert git(project, "show", "main:data/metrics/home-visits.yml") == before

        forms.publish()

    assert git(project, "branch", "--format", "%(refname:short)").split() == ["main"]
    assert _rows(values(project, "metrics/home-visits.yml"))[-1] == {"period": "2025-Q4", "value": 31}
    is_right(project)


def test_what_is_not_touched_stays_and_what_is_wrong_is_not_saved(project: Path, browser: Browser) -> None:
    texts = [("registers", "risks", "intro"), ("registers", "people", "intro"), ("plan", "plan", "title")]
    before = {file: values(project, f"{file}.yml") for _, file, _ in texts}
    with form_editor(project, browser) as forms:
        for collection, file, key in texts:
            forms.open(collection, file).fill(key.capitalize(), f"{before[file][key]} Again.")
            forms.save()
        a_number_and_a_part_are_cleared(forms)
        a_period_is_wrong(forms)

    for _, file, key in texts:
        assert values(project, f"{file}.yml") == {**before[file], key: f"{before[file][key]} Again."}
    assert _rows(values(project, "metrics/inspections-on-time.yml"))[-1] == {"period": "2026-Q3", "value": 84}
    assert git(project, "diff", "--stat", "--", "data/metrics/home-visits.yml") == ""
    is_right(project)


def a_number_and_a_part_are_cleared(forms: FormEditor) -> None:
    form = forms.open("numbers", "inspections-on-time")
    form.item("2026-Q3: 84").fill("Number of cases behind it", "")
    step = form.part("Next step")
    for text in ("Ask the state", ""):
        step.fill("What", text)
    forms.save()


def a_period_is_wrong(forms: FormEditor) -> None:
    row = forms.open("numbers", "home-visits").add("observation")
    row.fill("Period", "4th quarter")
    row.fill("Value", "31")
    forms.page.get_by_role("button", name="Publish", exact=True).click()
    forms.page.get_by_role("menuitem", name="Publish now").click()
    expect(row.within).to_contain_text("should be a year, quarter or month such as 2026, 2026-Q3 or 2026-09")


_PUT = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/");
    const name = parts.pop();
    let folder = root;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
_TAKE = """async ([folder, subfolder, name]) => {
  const root = await navigator.storage.getDirectory();
  const inner = await (await root.getDirectoryHandle(folder)).getDirectoryHandle(subfolder);
  return await (await (await inner.getFileHandle(name)).getFile()).text();
}"""


def test_the_other_editor_works_with_the_same_configuration(project: Path, browser: Browser, tmp_path: Path) -> None:
    """Sveltia asks for a folder of this machine: one within the browser stands for it."""
    files = {path.relative_to(project).as_posix(): path.read_text("utf-8") for path in project.glob("data/**/*.*")}
    with form_folder(project, SVELTIA_SCRIPT) as address:
        tab = browser.new_page(viewport={"width": 1200, "height": 4_000})
        tab.goto(f"{address}admin/config.yml")
        tab.evaluate(_PUT, files)
        tab.add_init_script("window.showDirectoryPicker = () => navigator.storage.getDirectory();")
        tab.goto(f"{address}admin/")
        expect(tab.get_by_role("button", name="Sign In Using Access Token")).to_be_visible()
        tab.get_by_role("button", name="Work with Local Repository").click()
        tab.get_by_text("Home safety visits").last.click()
        tab.locator("button", has_text="observation").first.click()
        tab.get_by_label("Period").last.fill("2025-Q4")
        tab.get_by_label("Value").last.fill("31")
        tab.get_by_role("button", name="Save").first.click()
        tab.get_by_text("saved").first.wait_for()
        saved = tab.evaluate(_TAKE, ["data", "metrics", "home-visits.yml"])
        tab.close()

    before = values(project, "metrics/home-visits.yml")
    (project / "data" / "metrics" / "home-visits.yml").write_text(saved, "utf-8")
    after = values(project, "metrics/home-visits.yml")
    assert [_without_false(row) for row in _rows(after)] == [*_rows(before), {"period": "2025-Q4", "value": 31}]
    is_right(project)


def _without_false(row: object) -> dict[str, object]:
    assert isinstance(row, dict)
    return {key: value for key, value in row.items() if value is not False}
