"""A CSV of the plan in which single rows change: every other line stays as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safety_plan.editing.yaml_values import Value


@dataclass(frozen=True)
class CsvText:
    """The text of a table with its names of columns in the first line. Rows count from 0; empty lines are none.

    Every change gives a new one.
    """

    text: str

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in their order."""
        return [name.strip() for name in next(csv.reader(io.StringIO(self.text)), [])]

    def row(self, number: int) -> dict[str, str]:
        """The cells of a row that are not empty, by their columns."""
        _, _, cells = self._rows()[number]
        named = zip(self.columns, cells, strict=False)
        return {name: cell.strip() for name, cell in named if cell.strip()}

    def insert(self, number: int, values: Mapping[str, Value]) -> CsvText:
        """With a further row at this position. Columns that are not there yet are added behind the others."""
        wider = self._with_columns(values)
        rows = wider._rows()
        lines = wider._lines()
        at = rows[number][0] if number < len(rows) else rows[-1][1] if rows else 1
        line = wider._line(["" for _ in wider.columns], values)
        if at >= len(lines) and lines and not lines[-1].endswith("\n"):
            # The last line of a file that does not end with a line break.
            return CsvText(wider.text + wider._newline + line)
        lines.insert(at, line + wider._newline)
        return CsvText("".join(lines))

    def replace(self, number: int, values: Mapping[str, Value]) -> CsvText:
        """With other values in a row. A column that has no value among them is emptied."""
        wider = self._with_columns(values)
        first, end, cells = wider._rows()[number]
        lines = wider._lines()
        ending = wider._newline if lines[end - 1].endswith("\n") else ""
        lines[first:end] = [wider._line([*cells, *[""] * (len(wider.columns) - len(cells))], values) + ending]
        return CsvText("".join(lines))

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def _lines(self) -> list[str]:
        return list(io.StringIO(self.text, newline=""))

    def _rows(self) -> list[tuple[int, int, list[str]]]:
        """For each row its first line, the line after it, counted from 0, and its cells."""
        reader = csv.reader(io.StringIO(self.text, newline=""))
        found, start = [], 0
        for cells in reader:
            if start and any(cell.strip() for cell in cells):
                found.append((start, reader.line_num, cells))
            start = reader.line_num
        return found

    def _with_columns(self, values: Mapping[str, Value]) -> CsvText:
        more = [name for name in values if name not in self.columns]
        if not more:
            return self
        head, newline, rest = self.text.partition(self._newline)
        return CsvText(",".join([head, *more]) + newline + rest)

    def _line(self, cells: Sequence[str], values: Mapping[str, Value]) -> str:
        """A row in which each column has its value; what a column without a name holds stays."""
        columns = self.columns
        named = [_cell(values.get(name)) if name else cell for name, cell in zip(columns, cells, strict=False)]
        made = io.StringIO(newline="")
        # Line breaks within a cell are put in quotes only by a writer that ends its own lines with them.
        csv.writer(made, lineterminator="\r\n").writerow(named)
        return made.getvalue().removesuffix("\r\n")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
