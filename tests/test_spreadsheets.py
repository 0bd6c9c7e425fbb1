"""Spreadsheets as they come: what is read of a file, of a number and of a period, and what is refused unread."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from safety_plan.problems import Place, PlanError, Problem
from safety_plan.reading.folder import read_folder
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.spreadsheets.cells import Cell, CellPlace, UnsureError, plain_text
from safety_plan.reading.spreadsheets.files import read_sheets
from safety_plan.reading.spreadsheets.numbers import number_of
from safety_plan.reading.spreadsheets.period_texts import Calendar
from safety_plan.reading.spreadsheets.periods import Asked, period_of
from tests.support import ROOT

ROWS = [["Month", "Value"], ["2025-11", "1,200"]]
CSVS: dict[str, tuple[bytes, list[list[str]], str]] = {
    "commas": (b'Month,Value\n2025-11,"1,200"\n', ROWS, "commas between the cells"),
    "semicolons": (b"Month;Value\n2025-11;1,200\n", ROWS, "semicolons between the cells"),
    "tabs": (b"Month\tValue\n2025-11\t1,200\n", ROWS, "tabs between the cells"),
    "a mark at the start": (b"\xef\xbb\xbfMonth;Value\n2025-11;1,200\n", ROWS, "semicolons between the cells"),
    "UTF-16": ("Month\tValue\n2025-11\t1,200\n".encode("utf-16"), ROWS, "tabs between the cells"),
    "Latin-1": (
        "Ort;Value\nKöln;10\n".encode("latin-1"),
        [["Ort", "Value"], ["Köln", "10"]],
        "letters of Western Europe (Latin-1), semicolons between the cells",
    ),
    "lines of Windows": (b"Month;Value\r\n2025-11;1,200\r\n", ROWS, "semicolons between the cells"),
    "spaces nobody sees": ("Month ;Value\u200b\n2025-11\u00a0; 1,200\n".encode(), ROWS, "semicolons between the cells"),
}
REFUSED_CSVS: dict[str, tuple[bytes, str]] = {
    "quotes of Windows": (b"Month,Who\n2025-11,\x93Ann\x94\n", "found signs of which nobody can say for sure"),
    "bytes": (bytes(range(256)), "found signs of which nobody can say for sure"),
    "UTF-16 without a mark": ("Month,Value\n2025-11,12\n".encode("utf-16-le"), "saved as UTF-16 or UTF-32"),
    "UTF-16 with the other end first": ("Month,Value\n2025-11,12\n".encode("utf-16-be"), "saved as UTF-16 or UTF-32"),
    "UTF-16 that is cut off": ("Month,Value\n2025-11,12\n".encode("utf-16")[:-1], "saved as UTF-16 or UTF-32"),
    "UTF-32": ("Month,Value\n2025-11,12\n".encode("utf-32"), "saved as UTF-16 or UTF-32"),
    "one column": (b"Month\n2025-11\n", "found no table"),
    "nothing": (b"", "found no table"),
    "an open quote": (b'Month,Value\n2025-11,"1200\n', "a quote is not closed"),
    "two delimiters": (b"Month,Value;x\n2025-11,1200;y\n", "commas and semicolons could stand between the cells"),
}


@pytest.mark.parametrize("kind", CSVS)
def test_text_tables_are_read_as_they_are(kind: str, tmp_path: Path) -> None:
    content, rows, read_as = CSVS[kind]
    (tmp_path / "a.csv").write_bytes(content)
    (sheet,) = read_sheets(tmp_path / "a.csv")
    assert [[cell.text for _, cell in sorted(row.items())] for _, row in sorted(sheet.cells.items())] == rows
    assert sheet.read_as == read_as


@pytest.mark.parametrize("kind", REFUSED_CSVS)
def test_text_tables_that_may_be_read_in_two_ways_are_refused(kind: str, tmp_path: Path) -> None:
    content, said = REFUSED_CSVS[kind]
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(PlanError) as told:
        read_sheets(tmp_path / "a.csv")
    assert said in str(told.value)


def packed(**parts: bytes) -> bytes:
    """A workbook with further parts, or with others in their place."""
    made, book = io.BytesIO(), io.BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def far_away() -> bytes:
    book = Workbook()
    book.worksheets[0].cell(1_048_576, 16_384, "here")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def sheet_with(more: str) -> bytes:
    """A workbook whose sheet has something more behind its cells."""
    cells = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return packed(**{"xl/worksheets/sheet1.xml": f"<worksheet xmlns='{space}'>{cells}{more}</worksheet>".encode()})


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "old Excel": ("a.xls", lambda: b"x", "found a workbook of the old Excel"),
    "LibreOffice": ("a.ods", lambda: b"x", "found a sheet of LibreOffice"),
    "Apple": ("a.numbers", lambda: b"x", "found a sheet of Apple Numbers"),
    "macros by name": ("a.xlsm", lambda: b"x", "found a workbook with macros"),
    "macros within": ("a.xlsx", lambda: packed(**{"xl/vbaProject.bin": b"x"}), "found a workbook with macros"),
    "a password": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"x" * 600, "or one that is locked with a password"),
    "no workbook": ("a.xlsx", lambda: b"Month,Value\n", "found a file that is no Excel workbook, or a broken one"),
    "an empty package": ("a.xlsx", lambda: b"PK\x05\x06" + b"\0" * 18, "found a workbook that cannot be read"),
    "a bomb": ("a.xlsx", lambda: packed(**{"xl/media/a.bin": b"\0" * 50_000_000}), "found a workbook that unpacks to"),
    "a large file": ("a.csv", lambda: b"a,b\n" * 2_600_000, "found a file of 10,400,000 bytes"),
    "entities": (
        "a.xlsx",
        lambda: packed(**{"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'}),
        "found a workbook that no spreadsheet program would write",
    ),
    "broken inside": (
        "a.xlsx",
        lambda: packed(**{"xl/workbook.xml": b"<workbook"}),
        "found a workbook that cannot be read",
    ),
    "all cells joined": (
        "a.xlsx",
        lambda: sheet_with("<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"),
        "found a workbook in which whole sheets of cells are joined",
    ),
    "all cells leading elsewhere": (
        "a.xlsx",
        lambda: sheet_with("<hyperlinks><hyperlink ref='&#65;1:XFD1048576' location='a'/></hyperlinks>"),
        "found a workbook in which whole sheets of cells are joined",
    ),
    "a far corner": ("a.xlsx", far_away, "cell XFD1048576: found a sheet that reaches as far as this cell"),
    "a folder": ("a.pdf", lambda: b"x", "found a PDF file"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_files_that_are_no_harmless_spreadsheet_are_refused(kind: str, tmp_path: Path) -> None:
    name, content, said = HOSTILE[kind]
    (tmp_path / name).write_bytes(content())
    with pytest.raises(PlanError) as told:
        read_sheets(tmp_path / name)
    assert said in str(told.value)
    assert all(problem.fix for problem in told.value.problems)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"Measure,Period\n{text}".encode()))
def test_no_text_table_breaks_it(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(content)
    # Anything but a PlanError would be a traceback for somebody.
    with suppress(PlanError):
        (sheet,) = read_sheets(file)
        assert all(cell.text for row in sheet.cells.values() for cell in row.values())


def cell(text: str) -> Cell:
    """A cell of a spreadsheet that holds a text."""
    return Cell(CellPlace("made.xlsx", 1, 1), plain_text(text) or None, text)


@pytest.fixture(scope="module")
def metrics() -> dict[str, Metric]:
    """The measures of the plan with one of every kind."""
    records, problems = read_folder(ROOT / "tests" / "plans" / "kinds" / "data", ROOT)
    assert not problems
    return records.all(Metric)


@settings(deadline=None, derandomize=True, max_examples=400)
@given(
    text=st.text("0123456789.,' -%<()\N{MINUS SIGN}\N{NO-BREAK SPACE}", min_size=1, max_size=10),
    id=st.sampled_from(["hours-trained", "calls-by-month", "calls-lost-percent", "readiness-index"]),
    comma=st.booleans(),
)
def test_no_digit_is_ever_lost_or_added(metrics: dict[str, Metric], text: str, id: str, comma: bool) -> None:
    with suppress(UnsureError):
        found = number_of(cell(text), "value", metrics[id], decimal_comma=comma)
        assert re.sub(r"\D", "", found.digits).lstrip("0") == re.sub(r"\D", "", text).lstrip("0")
        assert (float(found.digits) < 0) == (
            text.translate({0x2212: "-"}).strip().startswith("-") and float(found.digits) != 0
        )


DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%m/%d/%y", "%B %d, %Y", "%d %b %Y", "%Y/%m/%d", "%m-%d-%Y")
MONTHS = ("%b-%y", "%B %Y", "%b. %Y", "%m/%Y", "%Y-%m", "%Y %B", "%b '%y", "%Y%m", "%B, %Y")


@settings(deadline=None, derandomize=True, max_examples=400)
@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2026, 11, 22)), form=st.sampled_from(DAYS + MONTHS))
def test_a_month_is_read_as_that_month_or_not_at_all(day: dt.date, form: str) -> None:
    calendar = Calendar(dt.date(2026, 11, 22))
    try:
        found = period_of(cell(day.strftime(form)), Asked("monthly"), calendar)
    except UnsureError:
        # Only where the day could be the month as well.
        assert form in DAYS
        assert day.day <= 12
        assert day.day != day.month
    else:
        assert str(found) == f"{day:%Y-%m}"


@settings(deadline=None, derandomize=True, max_examples=200)
@given(text=st.text(max_size=20), fiscal=st.sampled_from([None, 7]))
def test_any_text_is_a_period_or_refused(text: str, fiscal: int | None) -> None:
    with suppress(UnsureError):
        found = period_of(cell(text), Asked("quarterly"), Calendar(dt.date(2026, 11, 22), fiscal))
        assert found.grain == "quarter"


@pytest.mark.parametrize(
    ("text", "unit", "digits"),
    [
        ("10.4 min", "minutes", "10.4"),
        ("10.4 minutes", "minutes", "10.4"),
        ("10.4 min.", "minutes", "10.4"),
        ("10.4 sec", "minutes", ""),
        ("10.4 m", "minutes", ""),
        ("$1,200.50", "dollars", "1200.50"),
        ("-$3.50", "dollars", "-3.50"),
        ("1,200.50 USD", "dollars", "1200.50"),
        ("$1,200.50", "minutes", ""),
        ("82%", "minutes", ""),
        ("5 calls", "calls", "5"),
        ("5 calls, or 6", "calls", ""),
    ],
)
def test_a_unit_may_stand_behind_a_number_where_it_is_the_right_one(
    metrics: dict[str, Metric], text: str, unit: str, digits: str
) -> None:
    metric = metrics["crew-mean"].model_copy(update={"unit": unit, "unit_one": None})
    if digits:
        assert number_of(cell(text), "value", metric).digits == digits
    else:
        with pytest.raises(UnsureError):
            number_of(cell(text), "value", metric)


def test_a_share_is_taken_for_less_than_one_percent_only_among_its_like(metrics: dict[str, Metric]) -> None:
    metric = metrics["calls-lost-percent"]
    few = [
        one.model_copy(update={"value": value})
        for one, value in zip(metric.observations * 2, (0.4, 0.9, 1.2), strict=False)
    ]
    among_its_like = metric.model_copy(update={"observations": tuple(few)})
    assert number_of(cell("0.82"), "value", among_its_like).digits == "0.82"
    with pytest.raises(UnsureError, match=r"which may be 82% or 0\.82%"):
        number_of(cell("0.82"), "value", metric)


@pytest.mark.parametrize(
    ("text", "digits"), [("10,4", "10.4"), ("1.234,5", "1234.5"), ("1 234,5", "1234.5"), ("1,234", "")]
)
def test_a_comma_before_the_decimals_is_read_where_semicolons_stand_between_the_cells(
    metrics: dict[str, Metric], text: str, digits: str
) -> None:
    metric = metrics["crew-mean"]
    if digits:
        assert number_of(cell(text), "value", metric, decimal_comma=True).digits == digits
    else:
        with pytest.raises(UnsureError):
            number_of(cell(text), "value", metric, decimal_comma=True)


def test_mistakes_in_cells_and_in_files_are_told_together_in_order() -> None:
    cell_place, place = CellPlace('b.xlsx, sheet "Q3"', 7, 3), Place("data/plan.yml", 2, 1)
    told = str(PlanError([Problem(place, "found b", fix="b."), Problem(cell_place, "found a", fix="a.")]))
    assert told.startswith('b.xlsx, sheet "Q3", cell C7: found a\n    Fix: a.\n\ndata/plan.yml:2:1: found b')


@pytest.mark.parametrize(
    ("text", "fiscal", "period"),
    [
        ("FY26 Q1", None, "FY2026-Q1"),
        ("FY26 Q1", True, "FY2026-Q1"),
        ("FY26 Q1", False, "2025-Q3"),
        ("Q3 2026", None, "2026-Q3"),
        ("Q3 2026", True, ""),
        ("third quarter of 2026", False, "2026-Q3"),
        ("2026-09-30T00:00:00", False, "2026-Q3"),
        ("2026-09-30", True, "FY2027-Q1"),
        ("7/1/2026", False, ""),
        ("26Q3", False, ""),
    ],
)
def test_a_fiscal_quarter_is_named_as_the_measure_names_its_periods(
    text: str, fiscal: bool | None, period: str
) -> None:
    calendar, asked = Calendar(dt.date(2026, 11, 22), fiscal_start=7), Asked("quarterly", fiscal)
    if period:
        assert str(period_of(cell(text), asked, calendar)) == period
    else:
        with pytest.raises(UnsureError):
            period_of(cell(text), asked, calendar)
