"""Cells of a spreadsheet that know their address, and what is said when one of them cannot be understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from safety_plan.problems import Place, Problem, shown

Content = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
"""What a cell holds: a text without spaces around it, a number, a day, a time, yes or no, or nothing."""

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000\t\r\n"), " ") | dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\ufeff"), ""
)
"""Spaces that do not break a line, and signs that nobody sees: both come along when a table is copied."""


class CellPlace(Place):
    """The address of a cell: `file` names the sheet, too. In line 0 it is the sheet as a whole."""

    def __str__(self) -> str:
        return f"{self.shown_file}, cell {self.address}" if self.line else self.shown_file

    def __lt__(self, other: Place) -> bool:
        return self._order < (other.file, other.line, other.column)

    def __gt__(self, other: Place) -> bool:
        return self._order > (other.file, other.line, other.column)

    @property
    def _order(self) -> tuple[str, int, int]:
        # Places in the files of the plan may be told beside it.
        return self.file, self.line, self.column

    @property
    def address(self) -> str:
        """The cell as a spreadsheet names it, such as C7."""
        return f"{get_column_letter(self.column)}{self.line}"


class UnsureError(Exception):
    """A cell that cannot be understood for sure: what was found in it, what is allowed there, and what to do."""

    def __init__(self, found: str, allowed: str, fix: str, nearest: str = "") -> None:
        self.found, self.allowed, self.fix, self.nearest = found, allowed, fix, nearest
        super().__init__(found)

    def problem(self, place: Place) -> Problem:
        """The same as a problem at a place."""
        return Problem(place, self.found, allowed=self.allowed, nearest=self.nearest, fix=self.fix)


@dataclass(frozen=True)
class Cell:
    """One cell that is not empty.

    `shown` is how it was typed or stands there, for messages; `format` is its number format, such as `0%`. `formula` is
    what it is worked out by, "" where it was typed. `error` says that a formula in it failed. `merged` names the cells
    that it was joined from, such as A2:A5. `commented` says that somebody pinned a comment to it.
    """

    place: CellPlace
    value: Content
    shown: str
    format: str = "General"
    formula: str = ""
    error: bool = False
    merged: str = ""
    commented: bool = False

    @property
    def text(self) -> str:
        """What stands in it as a text."""
        return self.value if isinstance(self.value, str) else self.shown

    @property
    def is_percent(self) -> bool:
        """Whether it shows its number as a percent: 0.82 as 82 %."""
        return "%" in self.format

    def unsure(self, allowed: str, fix: str, nearest: str = "", *, what: str = "") -> UnsureError:
        """That it cannot be understood; `what` is said in place of what stands in it."""
        return UnsureError(f"found {what or self.quoted}", allowed, fix, nearest)

    @property
    def quoted(self) -> str:
        """What stands in it, as messages say it."""
        return f'"{shown(self.shown)}"'


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells by row and column, counted from 1, and what is hidden in it.

    `decimal_comma` says that its numbers may be written with a comma before the decimals. `read_as` says what was taken
    for granted when it was read, "" where nothing was.
    """

    file: str
    name: str
    cells: Mapping[int, Mapping[int, Cell]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    decimal_comma: bool = False
    read_as: str = ""
    joined: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The sheet as messages name it. A text file has no sheets."""
        return sheet_label(self.file, self.name)

    def at(self, row: int, column: int) -> Cell | None:
        """What stands in a cell; in one of several joined ones what stands in the first of them."""
        return self.cells.get(row, {}).get(column) or self._of_first(row, column)

    def _of_first(self, row: int, column: int) -> Cell | None:
        first = self.joined.get((row, column))
        return self.cells.get(first[0], {}).get(first[1]) if first else None

    def place(self, row: int = 0, column: int = 1) -> CellPlace:
        """The address of a cell; of the sheet as a whole without a row."""
        return CellPlace(self.label, row, column)

    @property
    def rows(self) -> Iterator[int]:
        """The rows in which anything stands."""
        return iter(sorted({*self.cells, *(row for row, _ in self.joined)}))


def sheet_label(file: str, name: str) -> str:
    """A sheet of a file as messages name it; a text file has just one, without a name."""
    return f'{file}, sheet "{name}"' if name else file


def plain_text(text: str) -> str:
    """A text without unseen signs, and without spaces around it or several in a row."""
    return " ".join(text.translate(_SPACES).split())
