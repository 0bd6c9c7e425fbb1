"""`safety-plan template`: a workbook that asks each post for just its numbers, and lets nobody slip."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from safety_plan.commands import main
from safety_plan.editing.workbook import ASKED, KEPT, sheet_titles
from safety_plan.reading.contrast import LEAST, contrast
from tests.core_pages import AS_OF
from tests.support import ROOT, change

SMALL = ROOT / "tests" / "plans" / "small"
KINDS = ROOT / "tests" / "plans" / "kinds"
HEADER = [
    "Measure", "Id", "Group", "Period", "Unit", "Last value",
    "Value", "Part", "Of", "Cases", "Why missing", "Corrected because", "Note",
]  # fmt: skip


def template(*arguments: str, day: dt.date = AS_OF) -> Result:
    """The command, typed in the present folder."""
    return CliRunner().invoke(main, ["template", "--as-of", str(day), *arguments])


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small plan, in which commands are typed."""
    project = tmp_path / "town"
    shutil.copytree(SMALL, project)
    monkeypatch.chdir(project)
    return project


def made(*arguments: str, day: dt.date = AS_OF) -> Workbook:
    """The workbook that the command makes in the present folder."""
    done = template("made.xlsx", "--overwrite", *arguments, day=day)
    assert done.exit_code == 0, done.output
    return load_workbook("made.xlsx")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook of the example town."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        file = tmp_path_factory.mktemp("example") / "numbers.xlsx"
        assert template(str(file)).exit_code == 0
        return load_workbook(file)


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook of a plan with a measure of every kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(KINDS)
        file = tmp_path_factory.mktemp("kinds") / "numbers.xlsx"
        assert template(str(file)).exit_code == 0
        return load_workbook(file)


def rows(sheet: Worksheet) -> list[dict[str, Cell]]:
    """The lines of a sheet: their cells by the names of the columns."""
    return [
        {name: cell for name, cell in zip(HEADER, line, strict=True) if isinstance(cell, Cell)}
        for line in sheet.iter_rows(min_row=3)
    ]


def row(book: Workbook, id: str, period: str = "", group: str | None = None) -> dict[str, Cell]:
    """The line of a measure."""
    found = [
        line
        for sheet in book.worksheets[1:]
        for line in rows(sheet)
        if line["Id"].value == id and period in ("", line["Period"].value) and line["Group"].value == group
    ]
    assert len(found) == 1, f"{id} stands on {len(found)} lines"
    return found[0]


def open_columns(line: dict[str, Cell]) -> set[str]:
    return {name for name, cell in line.items() if not cell.protection.locked}


def rule(cell: Cell) -> DataValidation:
    """The rule of what may be typed into a cell."""
    sheet = cell.parent
    assert isinstance(sheet, Worksheet)
    found: list[DataValidation] = [one for one in sheet.data_validations.dataValidation if cell.coordinate in one.sqref]
    assert len(found) == 1
    return found[0]


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for (cell,) in sheet.iter_rows(max_col=1) if cell.value]


def cells(book: Workbook) -> Iterator[Cell]:
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            yield from (cell for cell in line if isinstance(cell, Cell))


def test_a_sheet_for_each_post_with_a_line_for_each_number(small: Path) -> None:
    book = made()
    sheet = book["Fire Chief"]

    assert book.sheetnames == ["Read me", "Fire Chief"]
    assert [cell.value for cell in sheet[2]] == HEADER
    assert [[line[name].value for name in KEPT] for line in rows(sheet)] == [
        ["Home safety visits", "home-visits", None, "2026-Q4", "homes", "26 homes (2026-Q3)"],
        ["Inspections on time", "inspections-on-time", None, "2026-Q4", "percent", "84% (2026-Q3)"],
        ["Engine arrival, 90th percentile", "engine-arrival", None, "2026-Q4", "minutes", "11.6 minutes (2026-Q3)"],
    ]
    assert all(line[name].value is None for line in rows(sheet) for name in ASKED)


def test_the_heading_says_what_it_is_for_whom_and_by_when(small: Path) -> None:
    change(small / "data" / "metrics" / "home-visits.yml", "  - {period: 2026-Q3, value: 26}\n", "")
    heading = made("--return-to", "the Town Manager's office")["Fire Chief"]["A1"].value

    assert heading == (
        "Numbers from the Fire Chief for: Alder Falls Safety Plan. 1 number is late: please send what is late now. "
        "Due by February 14, 2027. Return to: the Town Manager's office."
    )


def test_the_example_asks_every_post_in_the_order_of_the_plan(example: Workbook) -> None:
    assert example.sheetnames[:5] == [
        "Read me", "Town Manager", "Emergency Management Director", "Fire Chief", "Police Chief",
    ]  # fmt: skip
    # Of 36 measures each has a line but the survey that is dated by the summer; the hydrants owe two numbers, and two
    # measures have four groups each.
    assert sum(len(rows(sheet)) for sheet in example.worksheets[1:]) == 36 - 1 + 1 + 8
    assert row(example, "hydrants-in-service", "2026-Q3")["Last value"].value == "97.5% (589 of 604, 2026-Q2)"


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        # The numbers up to September are there. Of October to December (92 days) half is over on November 16.
        (dt.date(2026, 11, 16), []),
        (dt.date(2026, 11, 17), ["2026-Q4"]),
        (dt.date(2027, 1, 5), ["2026-Q4"]),
        (dt.date(2027, 3, 1), ["2026-Q4", "2027-Q1"]),
    ],
)
def test_numbers_are_asked_for_once_half_of_their_time_is_over(small: Path, day: dt.date, periods: list[str]) -> None:
    done = template("asked.xlsx", day=day)

    assert done.exit_code == 0
    if periods:
        found = rows(load_workbook("asked.xlsx")["Fire Chief"])
        assert [line["Period"].value for line in found if line["Id"].value == "home-visits"] == periods
    else:
        assert f"On {day} no number is owed" in done.stdout
        assert not Path("asked.xlsx").exists()


def test_a_time_that_is_named_is_asked_for_whether_it_was_given_or_not(small: Path) -> None:
    book = made("--period", "2026-Q3")
    line = row(book, "home-visits")

    assert (line["Period"].value, line["Last value"].value) == ("2026-Q3", "26 homes (2026-Q3)")
    # Only a number that is there can be corrected.
    assert "Corrected because" in open_columns(line)
    assert "Corrected because" not in open_columns(row(made(), "home-visits"))
    assert "only to correct it" in str(line["Period"].comment.text if line["Period"].comment else "")
    assert "only what is to be corrected" in str(book["Fire Chief"]["A1"].value)


def test_a_year_asks_for_all_that_ends_in_it(small: Path) -> None:
    found = rows(made("--period", "2026")["Fire Chief"])

    assert [line["Period"].value for line in found if line["Id"].value == "home-visits"] == [
        "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("id", "columns"),
    [
        ("home-visits", {"Value"}),
        ("engine-arrival", {"Value", "Cases"}),
        # Its newest number came as a percent with its cases, though older ones came as part and whole.
        ("inspections-on-time", {"Value", "Cases"}),
    ],
)
def test_a_line_asks_for_what_the_newest_number_had(small: Path, id: str, columns: set[str]) -> None:
    assert open_columns(row(made(), id)) == columns | {"Why missing", "Note"}


def test_parts_are_asked_for_where_they_were_given(example: Workbook, small: Path) -> None:
    assert open_columns(row(example, "hydrants-in-service", "2026-Q4")) == {"Part", "Of", "Why missing", "Note"}
    # Where there is no number yet, it may come in either way.
    metric = small / "data" / "metrics" / "inspections-on-time.yml"
    text = metric.read_text(encoding="utf-8")
    metric.write_text(text[: text.index("observations:")], encoding="utf-8")
    first = row(made(), "inspections-on-time", "2026-Q1")
    assert open_columns(first) == {"Value", "Part", "Of", "Cases", "Why missing", "Note"}
    assert first["Last value"].value == "None so far"


def test_groups_have_lines_of_their_own(example: Workbook) -> None:
    found = [line for line in rows(example["Emergency Communications"]) if line["Id"].value == "repeat-fall-calls"]

    assert [line["Group"].value for line in found] == [None, "River", "Hill", "Mill", "Center"]
    assert [line["Last value"].value for line in found][1:3] == ["7 homes (2026-Q3)", "Withheld (2026-Q3)"]


SPLITS = """\
breakdowns:
  - by: district
    observations:
      - {period: 2026-Q3, group: River, value: 14}
      - {period: 2026-Q3, group: Hill, value: 12}
  - by: season
    observations:
      - {period: 2026-Q3, group: Weekdays, value: 16}
      - {period: 2026-Q3, group: Weekends, value: 10}
"""


def test_what_comes_back_goes_to_its_place(small: Path) -> None:
    visits = small / "data" / "metrics" / "home-visits.yml"
    before = visits.read_text(encoding="utf-8")
    visits.write_text(before + SPLITS, encoding="utf-8")
    (small / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\nplugins:\n  - safety-plan: {as_of: 2027-01-05}\n", encoding="utf-8"
    )
    book = made(day=dt.date(2027, 1, 5))
    for group, value in ((None, 28), ("River", 15), ("Hill", 13), ("Weekdays", 18), ("Weekends", 10)):
        row(book, "home-visits", group=group)["Value"].value = value
    late = row(book, "inspections-on-time")
    late["Value"].value, late["Cases"].value, late["Note"].value = 86, 51, "One inspector was away"
    row(book, "engine-arrival")["Why missing"].value = "The dispatch system was replaced"
    book.save("made.xlsx")
    done = CliRunner().invoke(main, ["import", "made.xlsx", "--yes"])

    assert done.exit_code == 0, done.output
    # Of each list the lines that were there stay; the new one follows them.
    expected = (before + SPLITS).replace(
        "2026-Q3, value: 26}\n", "2026-Q3, value: 26}\n  - {period: 2026-Q4, value: 28}\n"
    )
    for old, new in (("Hill, value: 12", ("River, value: 15", "Hill, value: 13")),
                     ("Weekends, value: 10", ("Weekdays, value: 18", "Weekends, value: 10"))):  # fmt: skip
        added = "".join(f"      - {{period: 2026-Q4, group: {one}}}\n" for one in new)
        expected = expected.replace(f"group: {old}}}\n", f"group: {old}}}\n{added}")
    assert visits.read_text(encoding="utf-8") == expected
    assert "  - {period: 2026-Q4, value: 86, n: 51, note: One inspector was away}\n" in (
        small / "data" / "metrics" / "inspections-on-time.yml"
    ).read_text(encoding="utf-8")
    assert "The dispatch system was replaced" in (small / "data" / "metrics" / "engine-arrival.csv").read_text(
        encoding="utf-8"
    )
    again = template("again.xlsx", day=dt.date(2027, 1, 5))
    assert "On 2027-01-05 no number is owed" in again.stdout


def test_numbers_that_are_withheld_do_not_leave_in_the_workbook(small: Path) -> None:
    town = small / "data" / "town.yml"
    town.write_text(f"{town.read_text(encoding='utf-8')}repository: private\n", encoding="utf-8")
    visits = small / "data" / "metrics" / "home-visits.yml"
    change(visits, "counts: things", "counts: people")
    change(visits, "{period: 2026-Q3, value: 26}", "{period: 2026-Q3, value: 3}")

    assert row(made(), "home-visits")["Last value"].value == "Withheld (2026-Q3)"


def test_only_what_is_asked_for_can_be_typed_into(example: Workbook) -> None:
    for sheet in example.worksheets:
        assert sheet.protection.sheet
        # Without a password: it keeps from slips, not from people.
        assert not sheet.protection.password
    for sheet in example.worksheets[1:]:
        for line in rows(sheet):
            assert not open_columns(line) & set(KEPT)
            assert {"Why missing", "Note"} <= open_columns(line)
            assert {"Value", "Part"} & open_columns(line)
            assert ("Part" in open_columns(line)) == ("Of" in open_columns(line))


def test_whatever_is_not_asked_for_is_crossed_out_and_says_so(example: Workbook) -> None:
    for sheet in example.worksheets[1:]:
        for line in rows(sheet):
            for name in ASKED:
                closed = line[name].protection.locked
                assert bool(line[name].border.diagonalUp) == closed
                assert ("Nothing is to be written here" in str(rule(line[name]).prompt)) == closed


@pytest.mark.parametrize(
    ("id", "column", "type", "least", "most"),
    [
        ("serious-fires", "Value", "whole", "0", "1000000000000"),
        ("calls-lost-percent", "Value", "decimal", "0", "100"),
        ("burglary-rate", "Part", "whole", "0", "1000000000000"),
        ("burglary-rate", "Of", "whole", "1", "1000000000000"),
        ("readiness-index", "Value", "decimal", "-1000000000000", "1000000000000"),
        ("answer-median", "Value", "decimal", "-1000000000000", "1000000000000"),
    ],
)
def test_a_number_of_another_kind_is_refused_in_words(
    kinds: Workbook, id: str, column: str, type: str, least: str, most: str
) -> None:
    lines = [line for sheet in kinds.worksheets[1:] for line in rows(sheet) if line["Id"].value == id]
    found = rule(lines[0][column])

    assert (found.type, found.formula1, found.formula2) == (type, least, most)
    assert found.errorStyle in (None, "stop")
    assert found.showErrorMessage
    assert 'say why under "Why missing"' in str(found.error)


def test_yes_and_no_are_chosen_from_a_list(kinds: Workbook) -> None:
    line = next(line for sheet in kinds.worksheets[1:] for line in rows(sheet) if line["Id"].value == "shelter-open")
    found = rule(line["Value"])

    assert (found.type, found.formula1) == ("list", '"Yes,No"')
    assert line["Unit"].value == "Yes or No"


def test_help_is_as_short_as_spreadsheet_programs_keep_it(example: Workbook, kinds: Workbook) -> None:
    for book in (example, kinds):
        for sheet in book.worksheets[1:]:
            for found in sheet.data_validations.dataValidation:
                assert found.showInputMessage
                assert len(found.promptTitle or "") <= 32
                assert len(found.prompt or "") <= 255
                assert len(found.errorTitle or "") <= 32
                assert len(found.error or "") <= 255


def test_notes_say_what_is_counted_and_by_when_it_is_due(example: Workbook) -> None:
    hydrants = row(example, "hydrants-in-service", "2026-Q3")
    times = row(example, "911-handling-time-90th")

    assert hydrants["Period"].comment
    assert hydrants["Period"].comment.text == "July to September 2026.\nDue by November 14, 2026. It is 8 days late."
    assert times["Measure"].comment
    assert times["Measure"].comment.text == (
        "Seconds from call answered to first unit dispatched, all fire and EMS calls.\n"
        "The 90th percentile.\n"
        "In seconds: not as minutes:seconds.\n"
        "How: Nearest rank.\n"
        "From: Dispatch records."
    )
    assert times["Last value"].value == "91 seconds (2026-Q3)"


def test_the_first_sheet_says_what_to_do(example: Workbook) -> None:
    said = texts(example["Read me"])

    assert said[0] == "Quinnebrook Public Safety Strategic Plan 2025-2029: numbers to deliver"
    assert said[1].startswith("Quinnebrook is not a real place.")
    assert "Made on November 22, 2026 for the departments of Quinnebrook." in said
    assert any("below 6 are never written into the plan's files" in line for line in said)
    assert any(line.startswith("7. ") and "whoever sent it to you" in line for line in said)
    for name in example.sheetnames[1:]:
        assert any(line.startswith(f"{name}: ") for line in said)


def test_everyone_can_find_their_way(example: Workbook) -> None:
    assert example.properties.title == "Quinnebrook Public Safety Strategic Plan 2025-2029: numbers to deliver"
    assert example.properties.language == "en"
    for sheet in example.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.page_setup.fitToWidth == 1
    for sheet in example.worksheets[1:]:
        (table,) = sheet.tables.values()
        # The row with the names of the columns is one to a screen reader, too.
        assert (table.ref, table.headerRowCount) == (f"A2:M{sheet.max_row}", 1)
        assert sheet.freeze_panes == "B3"
        assert sheet.print_title_rows == "$2:$2"
        assert sheet.page_setup.orientation == "landscape"


def test_every_text_can_be_read_on_its_ground(example: Workbook) -> None:
    pairs = {
        (f"#{cell.font.color.rgb[2:]}", f"#{cell.fill.fgColor.rgb[2:]}" if cell.fill.patternType else "#ffffff")
        for cell in cells(example)
        if cell.value and cell.font.color
    }

    assert len(pairs) >= 3
    assert all(contrast(text, ground) >= LEAST for text, ground in pairs)


def test_the_same_plan_gives_the_same_bytes(small: Path) -> None:
    files = []
    for name in ("one.xlsx", "two.xlsx"):
        assert template(name).exit_code == 0
        files.append(Path(name).read_bytes())
    found = load_workbook(io.BytesIO(files[0])).properties

    assert files[0] == files[1]
    assert (found.created, found.modified) == (dt.datetime(2026, 11, 22), dt.datetime(2026, 11, 22))


def test_a_name_is_never_taken_for_a_formula(small: Path) -> None:
    change(small / "data" / "metrics" / "home-visits.yml", "name: Home safety visits", 'name: "=1+1"')
    cell = row(made(), "home-visits")["Measure"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


@settings(deadline=None, derandomize=True)
@given(st.lists(st.text(st.characters(exclude_categories=["C"])), max_size=12))
def test_titles_of_sheets_are_such_as_spreadsheet_programs_take(owners: list[str]) -> None:
    titles = sheet_titles(owners)

    assert len(titles) == len(owners)
    assert len({title.casefold() for title in (*titles, "Read me", "History")}) == len(owners) + 2
    for title in titles:
        assert 0 < len(title) <= 31
        assert not set(title) & set("[]:*?/\\")
        assert not title.startswith("'")
        assert not title.endswith("'")


def test_long_titles_lose_their_asides_and_their_last_words() -> None:
    assert sheet_titles(
        [
            "EMS Medical Director (sponsor hospital)",
            "Emergency Communications Director",
            "Emergency Communications Supervisor",
            "History",
        ]
    ) == ("EMS Medical Director", "Emergency Communications", "Emergency Communications 2", "History 2")


def test_a_workbook_that_may_be_filled_in_is_not_written_over(small: Path) -> None:
    Path("numbers-2026-11-22.xlsx").write_bytes(b"filled in")
    done = template()

    assert done.exit_code == 1
    assert "numbers-2026-11-22.xlsx is there already, and may be filled in. Nothing was changed." in done.stderr
    assert Path("numbers-2026-11-22.xlsx").read_bytes() == b"filled in"
    assert template("--overwrite").exit_code == 0
    assert load_workbook("numbers-2026-11-22.xlsx").sheetnames == ["Read me", "Fire Chief"]


def test_it_says_what_it_made_and_what_comes_next(small: Path) -> None:
    done = template("sent out/fall numbers.xlsx")

    assert done.stdout == (
        "Made sent out/fall numbers.xlsx: 3 numbers on 1 sheet.\n"
        "  Fire Chief: 3 numbers\n"
        "Send it out to be filled in. When it is back, type: safety-plan import 'sent out/fall numbers.xlsx'\n"
        "It may hold numbers then that are too small to publish: do not commit it.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["numbers.xls"], 2, 'found "numbers.xls". Allowed: a name that ends in .xlsx.'),
        (["--period", "2026Q4"], 2, 'found "2026Q4". Allowed: 2026, 2026-Q4 or 2026-12. Fix: correct the period.'),
        (["--period", "FY2026"], 2, 'found "FY2026". Allowed: 2026, 2026-Q4 or 2026-12.'),
        (["data/town.yml/numbers.xlsx"], 1, "data/town.yml/numbers.xlsx could not be written: "),
    ],
)
def test_what_cannot_be_is_told_in_words(small: Path, arguments: list[str], code: int, said: str) -> None:
    done = template(*arguments)

    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr
    assert not list(small.glob("*.xls*"))


def test_a_time_without_numbers_makes_no_workbook(small: Path) -> None:
    done = template("--period", "2019")

    assert done.exit_code == 0
    assert done.stdout == "No measure has a number for 2019, so no workbook was made. Fix: name another time.\n"
    assert not list(small.glob("*.xlsx"))


def test_fiscal_years_are_named_as_the_town_names_them(small: Path) -> None:
    town = small / "data" / "town.yml"
    town.write_text(f"{town.read_text(encoding='utf-8')}fiscal_year_starts: 7\n", encoding="utf-8")

    # July to September 2026 is the first quarter of the fiscal year 2027.
    assert row(made("--period", "FY2027-Q1"), "home-visits")["Period"].value == "2026-Q3"


def test_mistakes_in_the_plan_are_told_and_no_workbook_is_made(small: Path) -> None:
    change(small / "data" / "metrics" / "home-visits.yml", "kind: count", "kind: counted")
    done = template()

    assert done.exit_code == 1
    assert "data/metrics/home-visits.yml:6:7: " in done.stderr
    assert not list(small.glob("*.xlsx"))
