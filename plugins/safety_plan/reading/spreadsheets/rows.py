"""Which rows of a table hold numbers: not its totals, not its headings said again, and no hidden ones unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from safety_plan.problems import Problem
from safety_plan.reading.spreadsheets.cells import Cell, CellPlace, Sheet
from safety_plan.reading.spreadsheets.headers import Column, words_of
from safety_plan.reading.spreadsheets.strays import stray_cells
from safety_plan.reading.spreadsheets.tables import Table, Wanted, headings_again, same_headings, together

Hidden = Literal["include", "skip", "refuse"]
"""What to do with hidden rows, columns and sheets."""

_TOTAL = re.compile(
    r"(grand |sub ?)?totals?( (for|of) .*)?|sums?|averages?|overall|all (groups|districts|areas|stations)"
)
_LABELS: tuple[Column, ...] = ("measure", "id", "group", "period", "year")
_SHOW = 'show them and look at them; then say "--hidden include" or "--hidden skip".'


@dataclass(frozen=True)
class Entry:
    """One number of a table, or its empty place: the cells of its row that say something about it.

    `row` and `column` are those of the number. Where the table has periods over its columns, `period` is one of them.
    """

    sheet: Sheet
    row: int
    column: int
    cells: Mapping[Column, Cell]
    period: Cell | None

    @property
    def place(self) -> CellPlace:
        """The address of the number."""
        return self.sheet.place(self.row, self.column)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is delivered: nothing stands in it but what it is about."""
        return all(column in _LABELS for column in self.cells)


@dataclass
class Entries:
    """The entries of a table, what is wrong with its rows, and what should be said of those that are left out."""

    found: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def entries_of(table: Table, wanted: Wanted, hidden: Hidden) -> Entries:
    """All entries of a table, from top to bottom."""
    entries = Entries()
    sheet = table.sheet
    rows = [row for row in sheet.rows if row > table.row]
    unseen = [row for row in rows if row in sheet.hidden_rows and _has_numbers(table, row)]
    columns = [column for column in table.used if column in sheet.hidden_columns]
    for what, numbers, line in (("row", unseen, 0), ("column", columns, table.row)):
        _tell_hidden(entries, table, what, numbers, line, hidden)
    read: list[int] = []
    for row in rows:
        if (hidden == "skip" and row in sheet.hidden_rows) or same_headings(table, row):
            continue
        if headings_again(table, row, wanted):
            entries.remarks.append(f"{sheet.place(row)}: another table starts here; it was not read.")
            break
        total = _total(table, row)
        if total is None:
            _row(entries, table, row, wanted, [] if hidden != "skip" else columns)
            read.append(row)
        elif _has_numbers(table, row):
            entries.remarks.append(f"{total.place}: {total.quoted} was left out, because totals are worked out here.")
    entries.problems += stray_cells(table, read, sheet.hidden_columns if hidden == "skip" else ())
    return entries


def _total(table: Table, row: int) -> Cell | None:
    """The cell that says that a row is a total of others, if one does."""
    return next((cell for _, cell in _labels(table, row) if _TOTAL.fullmatch(words_of(cell.text))), None)


def _row(entries: Entries, table: Table, row: int, wanted: Wanted, passed_over: list[int]) -> None:
    sheet = table.sheet
    labels = dict(_labels(table, row))
    period = _period(labels, table)
    if wanted.one_period:
        period = Cell(sheet.place(row, min(table.used)), wanted.one_period, wanted.one_period)
    own = {column: cell for column, cell in labels.items() if column not in ("period", "year")}
    if table.periods:
        for number, heading in table.periods.items():
            if number not in passed_over:
                cell = sheet.at(row, number)
                cells = own if cell is None else {**own, "value": cell}
                entries.found.append(Entry(sheet, row, number, cells, heading))
        return
    rest: dict[Column, Cell] = {}
    for column, number in table.columns.items():
        cell = sheet.at(row, number)
        if column not in _LABELS and cell is not None and number not in passed_over:
            rest[column] = cell
    if labels or rest:
        number = next((table.columns[column] for column in _BY_WEIGHT if column in rest), min(table.used))
        entries.found.append(Entry(sheet, row, number, {**own, **rest}, period))


_BY_WEIGHT: tuple[Column, ...] = ("value", "part", "withheld", "missing", "n", "of", "because", "note")
"""The columns in the order in which one of them stands for a row in messages."""


def _labels(table: Table, row: int) -> Iterator[tuple[Column, Cell]]:
    for column in _LABELS:
        number = table.columns.get(column)
        cell = None if number is None else table.sheet.at(row, number)
        if cell is not None:
            yield column, cell


def _period(labels: Mapping[Column, Cell], table: Table) -> Cell | None:
    """The cell of the period; with the one of its year, where that has a column of its own."""
    period, year = labels.get("period"), labels.get("year")
    if period is None or year is None:
        return period if "period" in table.columns else year
    heading = table.sheet.cells[table.row][table.columns["year"]]
    return together(period, year, fiscal="fy" in (words := words_of(heading.text)).split() or "fiscal" in words.split())


def _has_numbers(table: Table, row: int) -> bool:
    cells = table.sheet.cells.get(row, {})
    labels = {table.columns[column] for column in _LABELS if column in table.columns}
    return any(number in cells for number in table.used if number not in labels)


def _tell_hidden(entries: Entries, table: Table, what: str, numbers: list[int], line: int, hidden: Hidden) -> None:
    """Refuse hidden rows or columns, or say what became of them."""
    if not numbers:
        return
    sheet = table.sheet
    place = sheet.place(line or numbers[0], numbers[0] if line else min(table.used))
    listed = ", ".join(sheet.place(1, one).address.rstrip("1") if line else str(one) for one in numbers)
    which = f"the hidden {what}{'' if len(numbers) == 1 else 's'} {listed}"
    if hidden == "refuse":
        entries.problems.append(
            Problem(place, f"found numbers in {which}", f"no hidden {what}s with numbers", fix=_SHOW)
        )
    else:
        entries.remarks.append(
            f"{sheet.label}: {which} {'was' if len(numbers) == 1 else 'were'} "
            f"{'read as well' if hidden == 'include' else 'left out'}."
        )
