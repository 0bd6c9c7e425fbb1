"""What is wrong with the cells of a spreadsheet, collected so that all of it can be told at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from safety_plan.problems import Problem
from safety_plan.reading.spreadsheets.cells import Cell, UnsureError
from safety_plan.reading.spreadsheets.rows import Entry

T = TypeVar("T")


@dataclass
class Refusals:
    """Problems with cells and rows, in the order in which they were found."""

    problems: list[Problem] = field(default_factory=list)

    def read(self, cell: Cell, understand: Callable[[Cell], T]) -> T | None:
        """What is understood of a cell; None where it cannot be, which becomes a problem."""
        try:
            return understand(cell)
        except UnsureError as error:
            self.refuse(cell, error)
            return None

    def refuse(self, cell: Cell, error: UnsureError) -> None:
        """A cell that cannot be understood."""
        self.problems.append(error.problem(cell.place))

    def lacks(self, entry: Entry, found: str, fix: str) -> None:
        """What is wrong with a row as a whole, told at its number."""
        self.problems.append(Problem(entry.place, f"found {found}", fix=fix))
