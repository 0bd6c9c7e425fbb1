"""Excel workbooks become sheets of cells. Nothing in them is calculated, and nothing outside them is looked up."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as StoredCell
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from safety_plan.problems import PlanError, Problem
from safety_plan.reading.spreadsheets.cells import Cell, CellPlace, Content, Sheet, plain_text, sheet_label
from safety_plan.reading.spreadsheets.limits import MOST_CELLS, package_problem

_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; those behind them are left over from calculating."""
_MIDNIGHT = dt.time()


def read_workbook(content: bytes, file: str) -> tuple[Sheet, ...]:
    """The sheets of an Excel workbook, in their order. Raises PlanError where it cannot be read, or is too large."""
    problem = package_problem(file, content)
    if problem is not None:
        raise PlanError([problem])
    values, formulas = _loaded(content, file, values=True), _loaded(content, file, values=False)
    pairs = list(zip(values.worksheets, formulas.worksheets, strict=True))
    if values.epoch != WINDOWS_EPOCH:
        raise PlanError([_other_days(file)])
    too_large = [_too_large(file, sheet) for sheet, _ in pairs if sheet.max_row * sheet.max_column > MOST_CELLS]
    if too_large:
        raise PlanError(too_large)
    return tuple(_sheet(file, sheet, typed) for sheet, typed in pairs)


def _loaded(content: bytes, file: str, *, values: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            # It warns of what it leaves out, such as drop-downs of newer programs: no cell is among that.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), data_only=values, keep_links=False)
    # A workbook that is broken in a new way breaks the library in a new way.
    except Exception as error:
        raise PlanError(
            [
                Problem(
                    CellPlace(file, 0),
                    "found a workbook that cannot be read",
                    allowed="an Excel workbook (.xlsx) that a spreadsheet program opens without a complaint",
                    fix="open it in a spreadsheet program and save it again as .xlsx.",
                )
            ]
        ) from error


def _other_days(file: str) -> Problem:
    return Problem(
        CellPlace(file, 0),
        "found a workbook that counts its days from 1904, in which numbers for days mean other days than elsewhere",
        allowed="a workbook that counts its days from 1900",
        fix="copy its sheets into a new workbook, look at the dates there, and import that one.",
    )


def _too_large(file: str, sheet: Worksheet) -> Problem:
    return Problem(
        CellPlace(sheet_label(file, sheet.title), sheet.max_row, sheet.max_column),
        "found a sheet that reaches as far as this cell",
        allowed=f"at most {MOST_CELLS:,} cells in the used part of a sheet",
        fix="copy the table with the numbers into a new sheet, and import that one.",
    )


def _sheet(file: str, stored: Worksheet, typed: Worksheet) -> Sheet:
    label = sheet_label(file, stored.title)
    joined, named = _joined(stored)
    cells: dict[int, dict[int, Cell]] = {}
    for row in stored.iter_rows():
        for one in row:
            # What stands beside the first of joined cells is no cell of its own.
            if isinstance(one, StoredCell):
                formula = _formula(typed.cell(one.row, one.column))
                cell = _cell(one, formula, named.get((one.row, one.column), ""), label)
                if cell is not None:
                    cells.setdefault(one.row, {})[one.column] = cell
    return Sheet(
        file,
        stored.title,
        cells,
        hidden=stored.sheet_state != "visible",
        hidden_rows=frozenset(number for number, row in stored.row_dimensions.items() if row.hidden),
        hidden_columns=frozenset(_hidden_columns(stored)),
        joined=joined,
    )


def _joined(sheet: Worksheet) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[tuple[int, int], str]]:
    """The first cell of each of the joined cells, and the names of the ranges by their first cells."""
    joined: dict[tuple[int, int], tuple[int, int]] = {}
    named: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        first = (area.min_row, area.min_col)
        named[first] = area.coord
        joined |= {place: first for row in area.rows for place in row}
    return joined, named


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    hidden = [
        (column.min, column.max)
        for column in sheet.column_dimensions.values()
        if column.hidden and column.min is not None and column.max is not None
    ]
    reached = 0
    for first, last in sorted(hidden):
        yield from range(max(first, reached + 1), min(last, sheet.max_column) + 1)
        reached = max(reached, last)


def _formula(typed: object) -> str:
    value = typed.value if isinstance(typed, StoredCell) and typed.data_type == "f" else None
    if isinstance(value, ArrayFormula | DataTableFormula):
        return str(getattr(value, "text", None) or "=")
    return "" if value is None else str(value)


def _cell(stored: StoredCell, formula: str, merged: str, label: str) -> Cell | None:
    place = CellPlace(label, stored.row, stored.column)
    value = _content(stored.value)
    if value is None and not formula:
        return None
    return Cell(
        place,
        value,
        formula if value is None else _shown(value, stored.number_format),
        format=stored.number_format,
        formula=formula,
        error=stored.data_type == "e",
        merged=merged,
        commented=stored.comment is not None,
    )


def _content(value: object) -> Content:
    if isinstance(value, str):
        return plain_text(value) or None
    if isinstance(value, float):
        number = float(f"{value:.{_DIGITS}g}")
        return int(number) if number.is_integer() else number
    if isinstance(value, dt.datetime) and value.time() == _MIDNIGHT:
        return value.date()
    return value if isinstance(value, bool | int | dt.datetime | dt.date | dt.time | dt.timedelta) else None


def _shown(value: Content, number_format: str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float) and "%" in number_format:
        return f"{value * 100:.{_DIGITS - 3}g}%"
    return f"{value:.{_DIGITS}g}" if isinstance(value, float) else str(value)
