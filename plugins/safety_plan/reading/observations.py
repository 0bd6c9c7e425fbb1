"""Observations that stand in a CSV beside their metric, with the columns of the data format."""

from __future__ import annotations

import csv
import io

from safety_plan.problems import Place, Problem, nearest, one_of, shown
from safety_plan.reading.document import Document, plain_value, text_of
from safety_plan.reading.schema.base import Path
from safety_plan.reading.schema.observations import GroupObservation, Observation

_NUMBERS = frozenset({"value", "was", "part", "of", "n"})


def read_observations(
    content: bytes, file: str, document: Document, path: Path, grouped: bool
) -> tuple[tuple[dict[str, object], ...], list[Problem]]:
    """The rows of a CSV as observations. Their places are added to `document` below `path`: errors lead here."""
    text, problems = text_of(content, file)
    if problems:
        return (), problems
    table = _Table(file, document, path, list((GroupObservation if grouped else Observation).model_fields))
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[dict[str, object]] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        problems += table.header_problems(header)
        # Rows under a wrong header would only repeat what is wrong with the header.
        for cells in () if problems else reader:
            if any(cell.strip() for cell in cells):
                rows.append(table.row(header, cells, reader.line_num, len(rows)))
    except csv.Error:
        problems.append(
            Problem(
                Place(file, reader.line_num),
                "found a line that does not fit a table",
                allowed="cells with commas between them, and each quote closed",
                fix="open the file in a spreadsheet and save it again as CSV UTF-8.",
            )
        )
    return tuple(rows), problems + table.problems


class _Table:
    """One table, and what is wrong with its rows."""

    def __init__(self, file: str, document: Document, path: Path, allowed: list[str]) -> None:
        self.file, self.document, self.path, self.allowed = file, document, path, allowed
        self.problems: list[Problem] = []

    def row(self, header: list[str], cells: list[str], line: int, number: int) -> dict[str, object]:
        """The cells of a row by their columns; an empty cell is absent."""
        here = (*self.path, number)
        self.document.places[here] = Place(self.file, line)
        values: dict[str, object] = {}
        column = 1
        for position, cell in enumerate(cells):
            text = cell.strip()
            name = header[position] if position < len(header) else ""
            if name:
                self.document.places[(*here, name)] = self.document.keys[(*here, name)] = Place(self.file, line, column)
            if text and name:
                values[name] = _value(name, text)
            elif text:
                self._outside(text, Place(self.file, line, column), len(header))
            column += _width(cell) + 1
        return values

    def _outside(self, text: str, place: Place, columns: int) -> None:
        self.problems.append(
            Problem(
                place,
                f'found the cell "{shown(text)}" outside the columns',
                allowed=f"at most {columns} cells in a row, one for each column",
                fix="put quotes around a cell that holds a comma.",
            )
        )

    def header_problems(self, header: list[str]) -> list[Problem]:
        """What is wrong with the names of the columns."""
        if not any(header):
            fix = "write the names of the columns into line 1."
            return [self._problem(1, "found an empty table", self._columns([]), fix)]
        problems: list[Problem] = []
        column = 1
        for number, name in enumerate(header):
            if name in header[:number] and name:
                found, fix = f'found the column "{shown(name)}" a second time', "delete one of the two, or rename it."
                problems.append(self._problem(column, found, "each column once", fix))
            elif name and name not in self.allowed:
                problems.append(self._unknown(column, name, header))
            column += _width(name) + 1
        if not problems and "period" not in header:
            fix = 'add the column "period".'
            problems.append(self._problem(1, 'found no column "period"', self._columns(header), fix))
        return problems

    def _unknown(self, column: int, name: str, header: list[str]) -> Problem:
        if ";" in name:
            fix = "save the file again as CSV with commas between the cells."
            return self._problem(column, "found semicolons between the columns", "commas between the columns", fix)
        guess = nearest(name, [free for free in self.allowed if free not in header])
        return Problem(
            Place(self.file, 1, column),
            f'found the unknown column "{shown(name)}"',
            allowed=self._columns(header),
            nearest=guess,
            fix=f'write "{guess}" instead, or delete the column.'
            if guess
            else "use a column that is allowed, or delete it.",
        )

    def _columns(self, header: list[str]) -> str:
        return f"a column that is not there yet: {one_of([name for name in self.allowed if name not in header])}"

    def _problem(self, column: int, found: str, allowed: str, fix: str) -> Problem:
        return Problem(Place(self.file, 1, column), found, allowed=allowed, fix=fix)


def _value(name: str, text: str) -> object:
    if name in _NUMBERS:
        return plain_value(text)
    return {"true": True, "false": False}.get(text.lower(), text) if name == "withheld" else text


def _width(cell: str) -> int:
    """How wide a cell was written: a cell with a comma or a quote in it stands in quotes."""
    quoted = any(sign in cell for sign in ',"\n')
    return len(cell) + cell.count('"') + 2 * quoted
