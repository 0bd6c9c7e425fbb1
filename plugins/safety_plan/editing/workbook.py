"""The workbook that departments fill in: a sheet for each owner, with a row for each number that is asked for.

What each row asks for is decided elsewhere; here it becomes a file. The same workbook gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import textwrap
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl import Workbook as File
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from safety_plan.editing.cell_rules import cell_rule
from safety_plan.reading.schema.observations import Kind

KEPT = {"Measure": 30, "Id": 20, "Group": 12, "Period": 10, "Unit": 13, "Last value": 19}
"""The columns that are filled in and locked, each with its width in characters."""

ASKED = {"Value": 11, "Part": 9, "Of": 9, "Cases": 9, "Why missing": 24, "Corrected because": 24, "Note": 24}
"""The columns for those who deliver the numbers, each with its width in characters."""

HEADER_ROW = 2
"""The row that names the columns; above it stands what the sheet is."""

_LONGEST_TITLE = 31
_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\"), " ")
_TAKEN = ("history",)
"""Titles that spreadsheet programs keep for themselves."""

_READ_ME = "Read me"
_MEASURE = "Safety Plan"

_FONT, _SIZE = "Calibri", 11
_INK = Font(_FONT, _SIZE, color="1A1A1A")
_BOLD = Font(_FONT, _SIZE, bold=True, color="1A1A1A")
_HEADING = Font(_FONT, _SIZE + 2, bold=True, color="1A1A1A")
_HEADER = Font(_FONT, _SIZE, bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", fgColor="17406D")
_LOCKED_FILL = PatternFill("solid", fgColor="F2F2F2")
_CLOSED_FILL = PatternFill("solid", fgColor="E0E0E0")
_LETTER = 1
_LONGEST_HEADER = 80
"""Spreadsheet programs refuse a file whose page headers have more than 255 characters, signs for layout included."""

_LINE = Side("thin", color="767676")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CROSSED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE, diagonal=_LINE, diagonalUp=True, diagonalDown=True)
"""Not by colour alone: a cell that asks for nothing is crossed out."""

_TOP = Alignment(vertical="top", wrap_text=True)
_OPEN = Protection(locked=False)
_LINE_HEIGHT = 15.0
"""Points that a line of text takes. Not every program makes rows as high as their text by itself."""


class _Rules(dict[tuple[str, Kind, str], DataValidation]):
    """The rules of the cells of a sheet, each made once: by column, kind of measure and unit."""

    def __missing__(self, key: tuple[str, Kind, str]) -> DataValidation:
        self[key] = rule = cell_rule(*key)
        return rule


@dataclass(frozen=True)
class Row:
    """A number that is asked for. `open` names the columns of ASKED that may be filled in; the others are locked.

    `about` says what is counted and how, `when` what time it is about and by when it is due; both are shown as notes.
    """

    measure: str
    id: str
    group: str
    period: str
    unit: str
    last: str
    about: str
    when: str
    kind: Kind
    open: frozenset[str]

    @property
    def kept(self) -> tuple[str, ...]:
        """What stands in the columns of KEPT."""
        return self.measure, self.id, self.group, self.period, self.unit, self.last


@dataclass(frozen=True)
class Sheet:
    """The rows of one owner. `heading` says what the sheet is, for whom, by when it is due and who gets it back."""

    owner: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Workbook:
    """A workbook to hand out. `read_me` are the lines of the first sheet: headings start with "# "."""

    title: str
    town: str
    made: dt.date
    read_me: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def workbook_bytes(book: Workbook) -> bytes:
    """The workbook as a file of the kind .xlsx, as openpyxl writes it, but without the time of day."""
    file = File()
    made = dt.datetime.combine(book.made, dt.time())
    properties = file.properties
    properties.title, properties.creator, properties.language = book.title, book.town, "en"
    properties.subject = "Numbers that departments deliver for the public-safety plan"
    properties.created = properties.modified = made
    first = file.worksheets[0]
    first.title = _READ_ME
    _write_read_me(first, book.read_me)
    titles = sheet_titles(sheet.owner for sheet in book.sheets)
    for number, (title, sheet) in enumerate(zip(titles, book.sheets, strict=True), start=1):
        _write_sheet(file.create_sheet(title), sheet, number)
    for made_sheet in file.worksheets:
        _set_up(made_sheet, book)
    return _still(file, made)


def sheet_titles(owners: Iterable[str]) -> tuple[str, ...]:
    """What the sheets of these owners are called: at most 31 characters, none forbidden, no two alike."""
    taken, titles = {_READ_ME.casefold(), *_TAKEN}, list[str]()
    for owner in owners:
        plain = " ".join(owner.translate(_FORBIDDEN).split()).strip("'") or "Owner"
        title, number = _shortened(plain, _LONGEST_TITLE), 1
        while title.casefold() in taken:
            number += 1
            title = f"{_shortened(plain, _LONGEST_TITLE - len(str(number)) - 1)} {number}"
        taken.add(title.casefold())
        titles.append(title)
    return tuple(titles)


def _shortened(title: str, most: int) -> str:
    """A title of at most so many characters: without what stands in brackets, then without its last words."""
    if len(title) > most:
        title = " ".join(re.sub(r"\([^()]*\)", " ", title).split()) or title
    if len(title) > most:
        title = title[: most + 1].rpartition(" ")[0] or title[:most]
    return title.strip("' ")


def _write_read_me(sheet: Worksheet, lines: Iterable[str]) -> None:
    width = sheet.column_dimensions["A"].width = 78
    for number, line in enumerate(lines, start=1):
        cell = _text(sheet, number, 1, line.removeprefix("# "))
        sheet.row_dimensions[number].height = _height([(cell, width)]) + (6 if line.startswith("# ") else 0)
        cell.font = (_HEADING if number == 1 else _BOLD) if line.startswith("# ") else _INK
        cell.alignment = _TOP


def _write_sheet(sheet: Worksheet, content: Sheet, number: int) -> None:
    _text(sheet, 1, 1, content.heading).font = _HEADING
    sheet.row_dimensions[1].height = _LINE_HEIGHT + 6
    columns = {**KEPT, **ASKED}
    for column, (name, width) in enumerate(columns.items(), start=1):
        cell = _text(sheet, HEADER_ROW, column, name)
        cell.font, cell.fill, cell.border, cell.alignment = _HEADER, _HEADER_FILL, _BOX, _TOP
        sheet.column_dimensions[get_column_letter(column)].width = width
    rules = _Rules()
    for line, row in enumerate(content.rows, start=HEADER_ROW + 1):
        _write_row(sheet, line, row, rules)
    for rule in rules.values():
        sheet.add_data_validation(rule)
    last = f"{get_column_letter(len(columns))}{HEADER_ROW + len(content.rows)}"
    # A table tells a screen reader which row names the columns.
    table = Table(displayName=f"Numbers{number}", ref=f"A{HEADER_ROW}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _write_row(sheet: Worksheet, line: int, row: Row, rules: _Rules) -> None:
    kept = [_text(sheet, line, column, text) for column, text in enumerate(row.kept, start=1)]
    for cell in kept:
        cell.font, cell.fill, cell.border, cell.alignment = _INK, _LOCKED_FILL, _BOX, _TOP
    sheet.row_dimensions[line].height = _height(zip(kept, KEPT.values(), strict=True))
    _note(sheet.cell(line, 1), row.about)
    _note(sheet.cell(line, list(KEPT).index("Period") + 1), row.when)
    for column, name in enumerate(ASKED, start=len(KEPT) + 1):
        empty = sheet.cell(line, column)
        empty.font, empty.border, empty.alignment = _INK, _BOX, _TOP
        opened = name in row.open
        if opened:
            empty.protection = _OPEN
        else:
            empty.fill, empty.border = _CLOSED_FILL, _CROSSED
        rules[name if opened else "", row.kind, row.unit].add(empty.coordinate)


def _text(sheet: Worksheet, line: int, column: int, text: str) -> Cell:
    """A cell that holds a text, and never a formula, whatever the text starts with."""
    cell = sheet.cell(line, column)
    assert isinstance(cell, Cell)
    cell.value = text
    if text:
        cell.data_type = "s"
    return cell


def _height(cells: Iterable[tuple[Cell, int]]) -> float:
    """How high a row has to be for its texts, in points; each cell comes with the width of its column."""
    return _LINE_HEIGHT * max(len(textwrap.wrap(str(cell.value), width - 1)) or 1 for cell, width in cells)


def _note(cell: object, text: str) -> None:
    if isinstance(cell, Cell) and text:
        note = Comment(text, _MEASURE)
        note.width, note.height = 380, 60 + 18 * (len(text) // 48 + text.count("\n"))
        cell.comment = note


def _set_up(sheet: Worksheet, book: Workbook) -> None:
    """Protection against slips of the hand, without a password; and paper."""
    sheet.protection.sheet = True
    # These are prohibitions: False allows it.
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False
    sheet.page_setup.orientation = "portrait" if sheet.title == _READ_ME else "landscape"
    sheet.page_setup.paperSize = _LETTER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    header.left.text = book.title[:_LONGEST_HEADER].replace("&", "&&")
    header.right.text = sheet.title.replace("&", "&&")
    footer.right.text = "Page &P of &N"


def _still(file: File, made: dt.datetime) -> bytes:
    """The file with the day it was made for in place of every moment at which it was written."""
    written, still = io.BytesIO(), io.BytesIO()
    file.save(written)
    # Saving has set it to the moment.
    file.properties.modified = made
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = tostring(file.properties.to_tree())
            entry = zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return still.getvalue()
