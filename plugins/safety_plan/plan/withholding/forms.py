"""Counts that nobody may know, and what is known about sums of them.

A published number is a sum of counts: a year is the sum of its quarters, a total is the sum of its groups. Each count
is split until no two numbers overlap in part; what is left are the atoms, whole numbers from 0 on. Everything that is
published then says something about a linear form of atoms.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Count:
    """What is counted: the metric and the column of it that counts this first."""

    metric: str
    column: str


@dataclass(frozen=True, order=True)
class Window:
    """A stretch of days, both ends included. One that is not over yet ends at the last day that has been counted."""

    start: dt.date
    end: dt.date

    def is_within(self, other: Window) -> bool:
        """Whether another stretch holds all its days."""
        return other.start <= self.start and self.end <= other.end

    def __str__(self) -> str:
        return f"{self.start} to {self.end}" if self.start > dt.date.min else f"all days up to {self.end}"


@dataclass(frozen=True, order=True)
class Scope:
    """All that is counted, or one group of a breakdown: without a name, all groups that are not listed.

    Names differ by more than by small and capital letters.
    """

    by: str = ""
    group: str = ""

    @staticmethod
    def of(by: str, group: str) -> Scope:
        """The scope of a group as staff wrote it."""
        return Scope(by.strip().casefold(), group.strip().casefold())


WHOLE = Scope()


Atom = int
"""One unknown count, a whole number from 0 on, by its number in the ledger."""


@dataclass(frozen=True)
class Form:
    """A sum of atoms, each taken some whole number of times."""

    terms: tuple[tuple[Atom, int], ...]

    def times(self, factor: int) -> Form:
        """The form taken `factor` times."""
        return Form(tuple((atom, factor * times) for atom, times in self.terms)) if factor else Form(())

    def plus(self, other: Form) -> Form:
        """The sum of two forms."""
        times: Counter[Atom] = Counter()
        for atom, factor in (*self.terms, *other.terms):
            times[atom] += factor
        return Form(tuple((atom, factor) for atom, factor in times.items() if factor))


def total(atoms: Iterable[Atom]) -> Form:
    """The sum of atoms, each once."""
    return Form(tuple((atom, 1) for atom in atoms))


@dataclass(frozen=True)
class Fact:
    """Something known of a form: that it is not below `low`, not above `high`; None where there is no such end."""

    form: Form
    low: int | None
    high: int | None


def exactly(form: Form, value: int) -> Fact:
    """That a form has just this value."""
    return Fact(form, value, value)


@dataclass(frozen=True)
class Cell:
    """A count that may need protection: where `below` is above 1, it must not be known to be from 1 to `below` - 1.

    `floor` is what everyone knows of it when it is withheld: 1 where a zero would be shown. Where the atoms count in
    parts of one, such as tenths of a full-time job, `one` is how many of them make one; `below` and `floor` count these
    parts as well.
    """

    form: Form
    below: int
    floor: int = 0
    one: int = 1
