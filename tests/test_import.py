"""`safety-plan import`: each messy cell is understood or refused with its address; nothing is guessed or let slip."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from safety_plan.commands import main
from tests.support import ROOT

WORKBOOKS = ROOT / "tests" / "workbooks"
MESSY = WORKBOOKS / "messy.xlsx"
CASES: list[dict[str, Any]] = yaml.safe_load((WORKBOOKS / "messy.yml").read_text(encoding="utf-8"))
FALLS = """\
# Falls, counted for a test.
name: Falls at home
question: How many people fall at home?
definition: People helped after a fall at home.
kind: count
unit: people
counts: people
level: outcome
frequency: quarterly
source: {name: Run book, owner: keeper}
observations:
  - {period: 2026-Q1, value: 40}  # the first one
  - {period: 2026-Q2, value: 44}
breakdowns:
  - by: district
    observations:
      # Three districts.
      - {period: 2026-Q1, group: Hill, value: 18}
      - {period: 2026-Q1, group: Mill, value: 12}
      - {period: 2026-Q1, group: River, value: 10}
"""


@dataclass(frozen=True)
class Town:
    """A copy of a plan, and the command run in it."""

    folder: Path

    def run(self, *arguments: str | Path) -> Result:
        """What `safety-plan import` says and does here."""
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            return CliRunner().invoke(main, ["import", *map(str, arguments)])
        finally:
            os.chdir(before)

    def table(self, text: str, *arguments: str) -> Result:
        """The same for a text table."""
        file = self.folder / "numbers.csv"
        file.write_text(text, encoding="utf-8")
        return self.run(file, *arguments)

    def metric(self, id: str) -> str:
        """The file of a measure."""
        return (self.folder / "data" / "metrics" / f"{id}.yml").read_text(encoding="utf-8")

    def bytes(self) -> dict[str, bytes]:
        """Every file of the plan."""
        return {str(path): path.read_bytes() for path in sorted((self.folder / "data").rglob("*")) if path.is_file()}


def copied(plan: str, folder: Path) -> Town:
    shutil.copytree(ROOT / "tests" / "plans" / plan, folder, dirs_exist_ok=True)
    return Town(folder)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town of which no test may change anything."""
    town = copied("kinds", tmp_path_factory.mktemp("untouched"))
    before = town.bytes()
    yield town
    assert town.bytes() == before


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town with a measure that counts people, in all and by district."""
    found = copied("kinds", tmp_path)
    (tmp_path / "data" / "metrics" / "falls.yml").write_text(FALLS, encoding="utf-8")
    return found


def plain(text: str) -> str:
    return " ".join(text.split())


def name_of(case: dict[str, Any]) -> str:
    return plain(" ".join([case["sheet"], *case.get("arguments", [])]))


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_each_messy_cell_is_understood_or_refused_word_for_word(case: dict[str, Any], untouched: Town) -> None:
    done = untouched.run(MESSY, "--sheet", case["sheet"], "--yes", "--dry-run", *case.get("arguments", []))
    said = plain(done.stdout)
    rows = re.findall(rf"(?m)^{re.escape(case['sheet'])} [A-Z]+\d+ ", done.stdout)
    understood, refused = case.get("understood", []), case.get("refused", [])
    assert done.exit_code == (1 if refused else 0), done.output
    assert len(rows) == len(understood)
    for one in understood:
        assert plain(f"{case['sheet']} {one['row']}") in said
    for remark in case.get("remarks", []):
        assert remark in done.stdout
    for one in refused:
        where = f", cell {one['cell']}" if one["cell"] else ""
        assert any(
            f"messy.xlsx{sheet}{where}: {one['says']}" in done.stderr for sheet in (f', sheet "{case["sheet"]}"', "")
        ), one
    if refused:
        count = len(refused)
        assert done.stderr.endswith(f"\n\n{count} mistake{'' if count == 1 else 's'} found.\n")


def test_the_table_of_messy_cells_is_true_and_long_enough() -> None:
    cells = {
        (case["sheet"], one["cell"]): one["holds"]
        for case in CASES
        for one in (*case.get("understood", []), *case.get("refused", []))
        if one["cell"]
    }
    assert len(cells) >= 150
    values, formulas = load_workbook(MESSY, data_only=True), load_workbook(MESSY)
    for (sheet, address), told in cells.items():
        cell, formula = values[sheet][address], formulas[sheet][address]
        value = "" if cell.value is None else str(cell.value).removesuffix(" 00:00:00")
        if formula.data_type == "f":
            value = f"{formula.value} -> {cell.value}"
        elif cell.number_format not in ("General", "@"):
            value = f"{value} as {cell.number_format}"
        assert value == told, (sheet, address)
    assert "LibreOffice" in zipfile.ZipFile(MESSY).read("docProps/app.xml").decode()


def test_nothing_is_written_where_one_cell_is_wrong(town: Town) -> None:
    before = town.bytes()
    done = town.table("Measure,Period,Value\nHydrants checked,2026-Q3,44\nCalls,2026-Q3,12\n", "--yes")
    assert done.exit_code == 1
    assert "numbers.csv, cell B3: found" in done.stderr
    assert town.bytes() == before


def test_what_check_refuses_is_not_written_either(town: Town) -> None:
    before = town.bytes()
    done = town.table("Measure,Period,Value,Note\nHydrants checked,2026-Q3,44,See {{ value nothing }}\n", "--yes")
    assert done.exit_code == 1
    assert 'found "nothing"' in done.stderr or "nothing" in done.stderr
    assert town.bytes() == before


def test_without_yes_it_shows_and_writes_nothing(town: Town) -> None:
    before = town.bytes()
    for arguments in ((), ("--dry-run",), ("--dry-run", "--yes")):
        done = town.table("Measure,Period,Value\nHydrants checked,2026-Q3,44\n", *arguments)
        assert done.exit_code == 0
        assert "C2 late-number 2026-Q3 44 new" in plain(done.stdout)
        assert "Nothing was written" in done.stdout
        assert town.bytes() == before


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False), ("", False)])
def test_on_a_terminal_it_asks_first(town: Town, answer: str, written: bool) -> None:
    before = town.bytes()
    (town.folder / "numbers.csv").write_text("Measure,Period,Value\nHydrants checked,2026-Q3,44\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "safety_plan.commands", "import", "numbers.csv"]
    with subprocess.Popen(command, cwd=town.folder, stdin=theirs, stdout=subprocess.PIPE, text=True) as running:
        os.write(ours, f"{answer}\n".encode())
        said, _ = running.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert "Write this? [y/N]" in said
    assert plain(said).index("2026-Q3 44 new") < plain(said).index("Write this?")
    assert (town.bytes() != before) is written
    assert ("- {period: 2026-Q3, value: 44}" in town.metric("late-number")) is written


def test_only_the_lines_concerned_change_and_the_second_time_none(town: Town) -> None:
    before = town.metric("falls")
    table = """\
Measure,District,Quarter,Number
M-none,,,
Falls at home,,Q3 2026,60
Falls at home,Mill,Q3 2026,22
Falls at home,Hill,Q3 2026,20
Falls at home,River,Q3 2026,18
Falls at home,,Q4 2025,39
""".replace("M-none,,,\n", "")
    assert town.table(table, "--yes").exit_code == 0
    after = town.metric("falls")
    assert [line for line in after.splitlines() if line not in before] == [
        "  - {period: 2025-Q4, value: 39}",
        "  - {period: 2026-Q3, value: 60}",
        "      - {period: 2026-Q3, group: Mill, value: 22}",
        "      - {period: 2026-Q3, group: Hill, value: 20}",
        "      - {period: 2026-Q3, group: River, value: 18}",
    ]
    assert [line for line in after.splitlines() if line in before.splitlines()] == before.splitlines()
    periods = re.findall(r"period: (\S+),", after.partition("breakdowns")[0])
    assert periods == sorted(periods)
    done = town.table(table, "--yes")
    assert "The plan says all of this already. Nothing was changed." in done.stdout
    assert town.metric("falls") == after


def test_another_number_needs_a_reason_and_becomes_a_correction(town: Town) -> None:
    head = "Measure,Period,Value,Corrected because\n"
    done = town.table(f"{head}Hydrants checked,2026-Q2,45,\n", "--yes")
    assert done.exit_code == 1
    assert (
        "numbers.csv, cell C2: found something else for late-number, 2026-Q2 than the plan, which says 41"
        in done.stderr
    )
    table = f"{head}Hydrants checked,2026-Q2,45,Two streets were left out\n"
    assert "correction of 41: Two streets were left out" in plain(town.table(table, "--yes").stdout)
    line = "{period: 2026-Q2, value: 45, was: 41, corrected: 2026-11-22, because: Two streets were left out}"
    assert f"  - {line}" in town.metric("late-number")
    assert "Nothing was changed" in town.table(table, "--yes").stdout


def test_the_first_numbers_of_a_measure_stand_in_the_order_of_time(town: Town) -> None:
    file = town.folder / "data" / "metrics" / "falls.yml"
    file.write_text(re.sub(r"(?ms)^observations:.*", "observations: []  # none yet\n", FALLS), encoding="utf-8")
    done = town.table("Period,Value\nQ3 2026,12\nQ1 2026,10\nQ4 2025,9\n", "--metric", "falls", "--yes")
    assert done.exit_code == 0, done.output
    assert re.findall(r"period: (\S+), value: (\d+)", town.metric("falls")) == [
        ("2025-Q4", "9"),
        ("2026-Q1", "10"),
        ("2026-Q3", "12"),
    ]
    assert "# none yet" in town.metric("falls")


def test_an_empty_table_says_so(untouched: Town, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Measure,Period,Value\nHydrants checked,2026-Q3,\n", encoding="utf-8")
    done = untouched.run(tmp_path / "a.csv")
    assert done.exit_code == 0
    assert "No number was delivered.\n1 number was left empty: not delivered yet, left alone." in done.stdout


def test_a_number_in_another_order_of_size_is_pointed_out(untouched: Town, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Quarter,Value\n2026-Q3,410\n", encoding="utf-8")
    done = untouched.run(tmp_path / "a.csv", "--metric", "late-number", "--dry-run")
    assert "410 new; look twice: it was 41 in 2026-Q2" in plain(done.stdout)
    (tmp_path / "a.csv").write_text("Quarter,Value\n2026-Q3,409\n", encoding="utf-8")
    done = untouched.run(tmp_path / "a.csv", "--metric", "late-number", "--dry-run")
    assert "look twice" not in done.stdout


def test_decimals_that_only_a_calculation_gives_are_rounded_with_a_word(untouched: Town, tmp_path: Path) -> None:
    file = saved(tmp_path, ("Quarter", "Value"), ("2024-Q1", 6.20000000000001), ("2024-Q2", 31 / 3), ("2024-Q3", 6))
    done = untouched.run(file, "--metric", "crew-mean", "--dry-run")
    assert "2024-Q2 10.3333 new; rounded from 10.3333333333333" in plain(done.stdout)
    # This measure is shown with one decimal.
    assert "2024-Q3 6.0 new" in plain(done.stdout)


@pytest.mark.parametrize("number", ["1e15", "1e30", "-1e300", "1e999", "1e-300"])
def test_a_number_beyond_all_counting_is_refused(number: str, untouched: Town, tmp_path: Path) -> None:
    file = saved(tmp_path, ("Quarter", "Value"), ("2024-Q1", 6.2))
    written = tmp_path / "beyond.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>6.2</v>", f"<v>{number}</v>".encode()))
    for metric in ("crew-mean", "late-number"):
        done = untouched.run(written, "--metric", metric, "--dry-run")
        assert done.exit_code == 1, done.output
        assert 'beyond.xlsx, sheet "Sheet", cell B2: found "' in done.stderr
        assert "Allowed: a number of at most 15 d" in done.stderr


def test_a_number_that_was_missing_is_delivered(town: Town) -> None:
    done = town.table("Measure,Period,Value\nPeople brought to hospital,2026-Q2,9\n", "--yes")
    assert "delivered; was missing (The list was lost in a move)" in plain(done.stdout)
    assert "- {period: 2026-Q2, value: 9}" in town.metric("four-nothings")


def test_a_month_that_was_covered_in_part_is_complete_with_a_new_number_only(town: Town) -> None:
    done = town.table("Month,Value\n2026-09,120\n", "--metric", "calls-by-month", "--yes")
    assert "the same as before, of the days until 2026-09-14" in plain(done.stdout)
    done = town.table("Month,Value\n2026-09,244\n", "--metric", "calls-by-month", "--yes")
    assert "complete now" in done.stdout
    assert "- {period: 2026-09, value: 244}" in town.metric("calls-by-month")


def test_the_date_up_to_which_the_numbers_reach_moves_along(town: Town) -> None:
    plan = town.folder / "data" / "plan.yml"
    assert "data_as_of: 2026-09-30" in plan.read_text(encoding="utf-8")
    done = town.table("Month,Value\n2026-10,250\n", "--metric", "calls-by-month", "--yes")
    assert "data_as_of in plan.yml" in done.stdout
    # Without it, the number would be one from the future.
    assert "data_as_of: 2026-10-31" in plan.read_text(encoding="utf-8")


SMALL = """\
Measure,District,Quarter,Number,Note
Falls at home,,Q3 2026,8200,
Falls at home,Hill,Q3 2026,3,Three of them
Falls at home,Mill,Q3 2026,8020,
Falls at home,River,Q3 2026,177,
"""


def test_small_numbers_are_withheld_at_the_border_with_what_would_tell_them(town: Town) -> None:
    done = town.table(SMALL, "--yes")
    assert done.exit_code == 0, done.output
    assert "D3 falls, Hill 2026-Q3 withheld withheld: too small to publish" in plain(done.stdout)
    assert "      - {period: 2026-Q3, group: Hill, withheld: true}\n" in town.metric("falls")
    # Hill could be worked out from the whole and the other two.
    assert "      - {period: 2026-Q3, group: River, withheld: true}\n" in town.metric("falls")
    assert "Three" not in town.metric("falls").replace("# Three districts", "")
    for text in (done.output, town.metric("falls")):
        assert "177" not in text
        assert not re.search(r"[ :]3\b(?!\d)", text)
    after = town.metric("falls")
    assert "Nothing was changed" in town.table(SMALL, "--yes").stdout
    assert town.metric("falls") == after


def test_what_was_public_before_is_withheld_only_with_a_word(town: Town) -> None:
    file = town.folder / "data" / "metrics" / "falls.yml"
    line = "      - {period: 2026-Q3, group: River, value: 177}\n"
    file.write_text(f"{FALLS}      - {{period: 2026-Q3, group: Mill, value: 8020}}\n{line}", encoding="utf-8")
    table = "\n".join(SMALL.splitlines()[:3])
    done = town.table(table, "--dry-run")
    assert "(none) falls, River 2026-Q3 withheld withheld from now on: it is public now" in plain(done.stdout)
    assert line in town.metric("falls")
    done = town.table(table, "--yes")
    assert 'The handbook of Safety Plan, page "When something goes wrong", says' in done.stdout
    assert line.replace("value: 177", "withheld: true") in town.metric("falls")


def test_a_private_repository_keeps_its_small_numbers(town: Town) -> None:
    file = town.folder / "data" / "town.yml"
    file.write_text(file.read_text(encoding="utf-8") + "repository: private\n", encoding="utf-8")
    assert town.table(SMALL, "--yes").exit_code == 0
    assert "{period: 2026-Q3, group: Hill, value: 3, note: Three of them}" in town.metric("falls")


def test_a_file_that_is_not_there_is_told(untouched: Town) -> None:
    done = untouched.run("nowhere.xlsx")
    assert done.exit_code == 1
    assert done.stderr.startswith("nowhere.xlsx: found no such file")


def saved(folder: Path, *rows: tuple[str | float, ...]) -> Path:
    """A workbook that no spreadsheet program has opened yet."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "made.xlsx")
    return folder / "made.xlsx"


STRAYS: dict[str, tuple[str, str]] = {
    "a number cut in two": (
        "Measure,Period,Value\nHydrants checked,2026-Q3,1,234\n",
        'numbers.csv, cell D2: found "234" beyond the last heading\n    Allowed: filled cells below a heading only\n'
        "    Fix: check the row: a number with a comma in it stands in quotes; a remark belongs into the column Note; "
        "else write a heading over the column, or empty it.",
    ),
    "a remark in three rows": (
        "Measure,Period,Value,,Note\nHydrants checked,2026-Q3,41,(est.),\nHydrants checked,2025-Q3,40,x,\n"
        "Hydrants checked,2025-Q2,40,x,\n",
        'numbers.csv, cell D2: found "(est.)" in a column without a heading of its own, and 2 more below it',
    ),
    "numbers of rows": (
        ",Measure,Period,Value\n1,Hydrants checked,2026-Q3,41\n",
        'numbers.csv, cell A2: found "1" in a column without a heading of its own',
    ),
    "a value that slipped": (
        "Measure;Period;Value\nHydrants checked;2026-Q3;;41\n",
        'numbers.csv, cell D2: found "41" beyond the last heading',
    ),
    "a wide table": (
        "Measure,2026-Q2,2026-Q3\nHydrants checked,41,40,39\n",
        'numbers.csv, cell D2: found "39" beyond the last heading',
    ),
}


@pytest.mark.parametrize("kind", STRAYS)
def test_a_filled_cell_below_no_heading_is_refused(kind: str, town: Town) -> None:
    table, told = STRAYS[kind]
    before = town.bytes()
    done = town.table(table, "--yes")
    assert done.exit_code == 1, done.output
    assert told in done.stderr
    assert "\n\n1 mistake found." in done.stderr
    assert town.bytes() == before


def test_what_stands_around_a_table_does_no_harm(untouched: Town, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("Numbers of the quarter", "", "", "", "as of November"),
        ("Measure", "Period", "Value", "Remarks of the crew", "", ""),
        ("Hydrants checked", "2026-Q3", 41, "two", "words"),
        ("Hydrants checked", "2025-Q3", 40, "", "", " \N{NO-BREAK SPACE} "),
        ("Total", "", 81, "", "", "sum"),
        ("", "", "", "", "", "a note beside the table"),
    ):
        sheet.append(row)
    sheet.merge_cells("D2:E2")
    book.save(tmp_path / "made.xlsx")
    done = untouched.run(tmp_path / "made.xlsx", "--dry-run")
    assert done.exit_code == 0, done.output
    assert 'not read: "Remarks of the crew" (D2).' in done.stdout
    assert "C3 late-number 2026-Q3 41 new" in plain(done.stdout)


def test_a_remark_behind_a_number_of_a_workbook_is_refused(untouched: Town, tmp_path: Path) -> None:
    file = saved(tmp_path, ("Measure", "Period", "Value"), ("Hydrants checked", "2026-Q3", 10.2, "(est.)"))
    done = untouched.run(file)
    assert done.exit_code == 1
    assert 'made.xlsx, sheet "Sheet", cell D2: found "(est.)" beyond the last heading' in done.stderr
    assert "in quotes" not in done.stderr


@pytest.mark.parametrize("heading", ["FY26 Q1", "Sept", "Q5 2026", "1990"])
@pytest.mark.parametrize("beside", ["2026-Q2,", ""])
def test_a_heading_like_a_period_is_refused_as_in_a_cell(heading: str, beside: str, tmp_path: Path) -> None:
    # This town has no fiscal year.
    town = copied("small", tmp_path)
    wide = town.table(f"Measure,{beside}{heading}\nHome safety visits,{'22,' if beside else ''}20\n", "--dry-run")
    narrow = town.table(f"Measure,Period,Value\nHome safety visits,{heading},20\n", "--dry-run")
    assert wide.exit_code == narrow.exit_code == 1
    assert wide.stderr.startswith(f'numbers.csv, cell {"C" if beside else "B"}1: found "{heading}"')
    assert wide.stderr.partition(": found")[2] == narrow.stderr.partition(": found")[2]
    assert 'add "fiscal_year_starts" to town.yml' in wide.stderr or not heading.startswith("FY")


@pytest.mark.parametrize(
    ("table", "arguments"),
    [
        ("Measure,2026-Q2,2026-Q1,Share of Q1,FY26 target,Q1 to Q2\nHome safety visits,22,17,0.5,20,x\n", ()),
        ("Measure,Period,Value,FY26 Q1\nHome safety visits,2026-Q2,22,20\n", ()),
        ("Measure,Value,FY26 Q1\nHome safety visits,22,20\n", ("--period", "2026-Q2")),
        ("Measure,2026-Q2,FY26 Q1\nHome safety visits,22,\n", ()),
    ],
)
def test_other_headings_with_a_period_in_them_are_refused_nowhere(
    table: str, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    done = copied("small", tmp_path).table(table, *arguments)
    assert done.exit_code == 0, done.output
    assert "2026-Q2 22 the same as before" in plain(done.stdout)


def test_a_number_far_from_all_others_is_pointed_out_as_record_does(town: Town) -> None:
    file = town.folder / "data" / "metrics" / "late-number.yml"
    more = "\n".join(f"  - {{period: 2025-Q{quarter}, value: {40 + quarter}}}" for quarter in (1, 2, 3))
    content = file.read_text(encoding="utf-8")
    file.write_text(content.replace("observations:\n", f"observations:\n{more}\n", 1), encoding="utf-8")
    head = "Measure,Period,Value,Corrected because\n"
    said = "look twice: far from all its other numbers, which go from 33 to 43"
    done = town.table(f"{head}Hydrants checked,2016-Q4,500,\nHydrants checked,2016-Q3,44,\n", "--dry-run")
    assert f"C2 late-number 2016-Q4 500 new; {said}" in plain(done.stdout)
    assert plain(done.stdout).count("look twice") == 1
    done = town.table(f"{head}Hydrants checked,2026-Q2,500,A slip\n", "--dry-run")
    assert "correction of 41: A slip; look twice: far from all" in plain(done.stdout)


def test_the_first_numbers_of_a_measure_are_held_against_each_other_and_none_withheld_is_named(town: Town) -> None:
    rows = "".join(f"Falls at home,2024-Q{quarter},{value}\n" for quarter, value in enumerate((3, 41, 42, 430), 1))
    file = town.folder / "data" / "metrics" / "falls.yml"
    file.write_text(re.sub(r"(?ms)^observations:.*", "observations: []\n", FALLS), encoding="utf-8")
    done = town.table(f"Measure,Period,Value\n{rows}Falls at home,2023-Q4,44\n", "--dry-run")
    assert "D" not in done.stderr, done.stderr
    assert "430 new; look twice: far from all its other numbers, which go from 41 to 44" in plain(done.stdout)
    assert "2024-Q1 withheld withheld: too small to publish" in plain(done.stdout)


def test_a_folder_is_told_to_be_one(untouched: Town, tmp_path: Path) -> None:
    (tmp_path / "numbers.xlsx").mkdir()
    for folder, name in ((tmp_path, tmp_path.name), (tmp_path / "numbers.xlsx", "numbers.xlsx")):
        done = untouched.run(folder)
        assert done.exit_code == 1
        assert done.stderr.startswith(f"{name}: found a folder\n    Allowed: an Excel workbook (.xlsx) or a text table")
        assert "Fix: name a file in that folder" in done.stderr


def test_a_formula_that_nobody_has_worked_out_is_refused(untouched: Town, tmp_path: Path) -> None:
    file = saved(tmp_path, ("Measure", "Period", "Value"), ("Hydrants checked", "2024-Q1", "=20+21"))
    done = untouched.run(file)
    assert done.exit_code == 1
    assert 'made.xlsx, sheet "Sheet", cell C2: found the formula "=20+21" without a result' in done.stderr


def test_a_wrong_name_of_a_sheet_or_column_is_told(untouched: Town) -> None:
    done = untouched.run(MESSY, "--sheet", "Month")
    assert 'messy.xlsx: found no sheet "Month"' in done.stderr
    assert 'Did you mean "Months"?' in done.stderr
    done = untouched.run(MESSY, "--column", "worth=Value")
    assert done.exit_code == 2
    assert "columns are measure, id, group, period" in done.stderr
    done = untouched.run(MESSY, "--metric", "late-numbr")
    assert done.exit_code == 1
    assert 'Did you mean "late-number"?' in done.stderr


def test_one_period_may_be_named_for_a_whole_file(untouched: Town, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Measure,Value\nHydrants checked,44\nSerious fires,0\n", encoding="utf-8")
    done = untouched.run(tmp_path / "a.csv", "--period", "Q3 2026", "--dry-run")
    assert "B2 late-number 2026-Q3 44 new B3 serious-fires 2026-Q3 0 the same as before" in plain(done.stdout)


BERLIN = {
    "calls-answered-10-seconds": (
        *("BFw_call_data_monthly.csv", "--column", "period=calls_received_month"),
        *("--column", "part=call_count_112_answered_within_10_seconds", "--column", "of=call_count_112"),
    ),
    "missions": (
        *("BFw_mission_data_monthly.csv", "--column", "period=mission_created_month"),
        *("--column", "value=mission_count_all"),
    ),
    "fire-within-time-goal": (
        *("BFw_district_area_data_2025.csv", "--by", "area of Charlottenburg-Wilmersdorf", "--period", "2025"),
        *("--column", "group=district_area_name", "--column", "part=mission_count_fire_timegoal_reached"),
        *("--column", "of=mission_count_fire_timegoal_computed"),
    ),
}


@pytest.mark.parametrize("id", BERLIN)
def test_the_files_of_berlin_say_what_its_plan_says(id: str, tmp_path: Path) -> None:
    berlin = copied("berlin", tmp_path)
    before = berlin.bytes()
    name, *arguments = BERLIN[id]
    done = berlin.run(WORKBOOKS / "berlin" / name, "--metric", id, *arguments, "--yes")
    assert "Nothing was changed" in done.stdout, done.output
    assert berlin.bytes() == before


def test_the_files_of_berlin_fill_its_plan(tmp_path: Path) -> None:
    berlin = copied("berlin", tmp_path)
    id = "missions"
    table = berlin.folder / "data" / "metrics" / f"{id}.csv"
    before = table.read_text(encoding="utf-8")
    table.write_text(re.sub(r"(?m)^2026-0[1-7],.*\n", "", before), encoding="utf-8")
    # August was not over when the file was copied.
    file = berlin.folder / BERLIN[id][0]
    original = (WORKBOOKS / "berlin" / BERLIN[id][0]).read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^2026-08,.*\n", "", original), encoding="utf-8")
    done = berlin.run(file, "--metric", id, *BERLIN[id][1:], "--yes")
    assert "7 new." in done.stdout, done.output
    assert table.read_text(encoding="utf-8") == before


def test_the_template_comes_back_filled_in(town: Town) -> None:
    command = [sys.executable, "-m", "safety_plan.commands", "template", "t.xlsx", "--period", "2026-Q3"]
    subprocess.run(command, cwd=town.folder, check=True, capture_output=True)
    book = load_workbook(town.folder / "t.xlsx")
    filled = 0
    for sheet in book.worksheets:
        heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row if cell.value}
        for row in range(1, sheet.max_row + 1) if "Id" in heads else ():
            if sheet.cell(row, heads["Id"]).value == "late-number":
                sheet.cell(row, heads["Value"], 44)
                filled += 1
    assert filled == 1
    book.save(town.folder / "t.xlsx")
    done = town.run("t.xlsx", "--yes")
    assert done.exit_code == 0, done.output
    assert "late-number 2026-Q3 44 new" in plain(done.stdout)
    assert "left empty: not delivered yet, left alone" in done.stdout
    assert "  - {period: 2026-Q3, value: 44}" in town.metric("late-number")


def test_a_table_beside_its_measure_gets_its_row(tmp_path: Path) -> None:
    small = copied("small", tmp_path)
    settings_of_site = (
        "site_name: Alder Falls\ndocs_dir: content\nplugins:\n  - safety-plan:\n      as_of: 2026-11-22\n"
    )
    (tmp_path / "mkdocs.yml").write_text(settings_of_site, encoding="utf-8")
    table = tmp_path / "data" / "metrics" / "engine-arrival.csv"
    before = table.read_text(encoding="utf-8").splitlines()
    given = "Ref,Quarter,Value,Cases,Corrected because\nM03,2025-Q4,12.2,35,\nM03,2026-Q2,11.9,41,A trip was left out\n"
    assert small.table(given, "--yes").exit_code == 0
    after = table.read_text(encoding="utf-8").splitlines()
    assert after[0] == "period,value,n,note,was,corrected,because"
    assert after[1].startswith("2025-Q4,12.2,35")
    assert '2026-Q2,11.9,41,"Two long trips, both in the snow",11.8,2026-11-22,A trip was left out' in after
    assert [line for line in before[1:] if line not in after] == [before[2]]
    assert "Nothing was changed" in small.table(given, "--yes").stdout
