"""Cells of a table below no heading: a remark behind a number, or the rest of one that a comma cut in two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from safety_plan.problems import Problem
from safety_plan.reading.spreadsheets.cells import Cell
from safety_plan.reading.spreadsheets.tables import Table


def stray_cells(table: Table, rows: Iterable[int], passed_over: Iterable[int]) -> Iterator[Problem]:
    """A problem for each column in which cells of these rows are filled below no heading, told at the first of them.

    Nothing is read from such a cell, and what it says may change the number beside it. A column whose heading is not
    understood is no such column: its heading is told. Those in `passed_over` are left out on purpose.
    """
    told = {*table.used, *passed_over, *_below_unread(table)}
    found: dict[int, list[Cell]] = {}
    for row in rows:
        cells = table.sheet.cells.get(row, {})
        if any(table.sheet.at(row, column) is not None for column in table.used):
            for column, cell in _filled(cells):
                if column not in told:
                    found.setdefault(column, []).append(cell)
    for _, (first, *others) in sorted(found.items()):
        yield _stray(table, first, len(others))


def _filled(cells: Mapping[int, Cell]) -> Iterator[tuple[int, Cell]]:
    """The cells in which something is seen: a formula may have nothing to say."""
    return ((column, cell) for column, cell in cells.items() if cell.value is not None)


def _below_unread(table: Table) -> Iterator[int]:
    """The columns below headings that are told as not read. Such a heading may be joined over several columns."""
    unread = {cell.place.column for cell in table.unread}
    for (row, column), (_, first) in table.sheet.joined.items():
        if row == table.row and first in unread:
            yield column
    yield from unread


def _stray(table: Table, cell: Cell, others: int) -> Problem:
    last = max(cell.place.column for cell in table.sheet.cells[table.row].values())
    where = "beyond the last heading" if cell.place.column > last else "in a column without a heading of its own"
    more = f", and {others} more below it" if others else ""
    is_text = not table.sheet.name
    comma = "a number with a comma in it stands in quotes; " if is_text and not table.sheet.decimal_comma else ""
    return Problem(
        cell.place,
        f"found {cell.quoted} {where}{more}",
        allowed="filled cells below a heading only",
        fix=f"check the row: {comma}a remark belongs into the column Note; "
        "else write a heading over the column, or empty it.",
    )
