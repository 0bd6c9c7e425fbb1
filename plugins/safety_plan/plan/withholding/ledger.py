"""All numbers of some metrics as forms over the same unknown counts, and how these hang together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from safety_plan.plan.withholding.counts import Timeline, count_of
from safety_plan.plan.withholding.entries import BASELINE, Entry, columns_of, entries_of
from safety_plan.plan.withholding.forms import WHOLE, Atom, Cell, Count, Fact, Form, Scope, Window, exactly, total
from safety_plan.plan.withholding.partitions import Split, partitions
from safety_plan.plan.withholding.shares import rounded_mean, rounded_share
from safety_plan.reading.schema.metrics import Metric

_WHOLE_PERCENT = 100

Key = tuple[str, str, Scope, Window]
"""What tells a row from all others, and puts rows in an order that no change of lines alters."""


@dataclass(frozen=True)
class Row:
    """A line of a metric, which is published or withheld as one: what it shows, and what it protects.

    `size` is its smallest count above zero; None where it shows no more than zeros, which are never withheld.
    """

    metric: str
    entry: Entry
    cells: tuple[Cell, ...]
    shows: tuple[Fact, ...]
    size: float | None

    @property
    def key(self) -> Key:
        """What tells it from all other rows."""
        return self.metric, str(self.entry.path[0]), self.entry.scope, self.entry.window

    @property
    def hides(self) -> tuple[Fact, ...]:
        """What everyone knows of it when it is withheld: that none of its counts is a zero which would be shown.

        What was left beside the words that withhold it, such as the number of cases, is known as well.
        """
        floors = tuple(Fact(cell.form, cell.floor, None) for cell in self.cells if cell.floor)
        return floors + (self.shows if self.entry.withheld else ())


@dataclass(frozen=True)
class Ledger:
    """Metrics that hang together: their rows, what always holds between the counts, and counts that no row shows.

    `windows` holds the days of each atom.
    """

    rows: tuple[Row, ...]
    always: tuple[Fact, ...]
    implied: tuple[Cell, ...]
    windows: tuple[Window, ...]


def ledger_of(metrics: Mapping[str, Metric], below: Mapping[str, int]) -> Ledger:
    """The ledger of metrics that count the same or parts of it.

    `below` holds for each metric the smallest count that it may show; 0 where it counts things.
    """
    return _Ledger(metrics, below).made()


class _Ledger:
    def __init__(self, metrics: Mapping[str, Metric], below: Mapping[str, int]) -> None:
        self.metrics, self.below = metrics, below
        self.entries = {name: entries_of(metric, below[name]) for name, metric in metrics.items()}
        self.columns = {name: columns_of(metric, self.entries[name]) for name, metric in metrics.items()}
        self.counts = {
            (name, column): count_of(metrics, name, column) for name in metrics for column in self.columns[name]
        }
        windows: dict[Count, list[Window]] = defaultdict(list)
        for (name, _), count in self.counts.items():
            windows[count] += [entry.window for entry in self.entries[name]]
        self.timelines = {count: Timeline(found) for count, found in windows.items()}
        self.atoms: dict[tuple[Count, Scope, Window], Atom] = {}

    def made(self) -> Ledger:
        rows = sorted(
            (self._row(name, entry) for name in self.metrics for entry in self.entries[name] if not entry.missing),
            key=lambda row: row.key,
        )
        always = (*self._parts_of_wholes(), *partitions(self._splits(), self.timelines, self._atom))
        implied = tuple(self._implied(rows))
        return Ledger(tuple(rows), always, implied, tuple(window for _, _, window in self.atoms))

    def _atom(self, count: Count, scope: Scope, window: Window) -> Atom:
        return self.atoms.setdefault((count, scope, window), len(self.atoms))

    def _row(self, name: str, entry: Entry) -> Row:
        shown = [count for count in entry.values.values() if count]
        only_zeros = bool(entry.values) and not shown
        return Row(
            name,
            entry,
            tuple(self._cells(name, entry)),
            tuple(self._facts(name, entry)),
            None if only_zeros else min(shown, default=math.inf),
        )

    def _cells(self, name: str, entry: Entry) -> Iterator[Cell]:
        if entry.path == BASELINE and not entry.values:
            return
        metric, columns = self.metrics[name], self.columns[name]
        for column in columns:
            # A share of zero may be withheld because of the whole, a count of zero because of the cases behind it.
            may_be_zero = {"part": metric.kind != "rate" or "of" in columns, "value": "n" in columns}
            floor = 0 if may_be_zero.get(column, False) else 1
            yield Cell(self._form(name, column, entry), self.below[name], floor)
        if metric.protect_rest and metric.kind == "percent" and columns:
            yield Cell(self._rest(name, entry), self.below[name])

    def _facts(self, name: str, entry: Entry) -> Iterator[Fact]:
        metric, columns = self.metrics[name], self.columns[name]
        for column, count in entry.values.items():
            yield exactly(self._form(name, column, entry), count)
        if entry.rounded is None:
            return
        if entry.mean_of:
            form = self._form(name, "value", entry)
            yield rounded_mean(form, entry.rounded, entry.mean_of, metric.decimals)
        elif {"part", "of"} <= {*columns}:
            part, of = self._form(name, "part", entry), self._form(name, "of", entry)
            per = _WHOLE_PERCENT if metric.kind == "percent" else metric.per or 1
            yield from rounded_share(part, of, entry.rounded, per, metric.decimals)

    def _form(self, name: str, column: str, entry: Entry) -> Form:
        count = self.counts[name, column]
        pieces = self.timelines[count].pieces(entry.window)
        return total(self._atom(count, entry.scope, piece) for piece in pieces)

    def _rest(self, name: str, entry: Entry) -> Form:
        return self._form(name, "of", entry).plus(self._form(name, "part", entry).times(-1))

    def _parts_of_wholes(self) -> Iterator[Fact]:
        """That the part of a percent is never more than its whole."""
        for name, metric in self.metrics.items():
            if metric.kind == "percent" and self.columns[name]:
                for entry in self.entries[name]:
                    yield Fact(self._rest(name, entry), 0, None)

    def _splits(self) -> Iterator[Split]:
        for name, metric in self.metrics.items():
            counts = {column: self.counts[name, column] for column in self.columns[name]}
            for breakdown in metric.breakdowns:
                entries = tuple(entry for entry in self.entries[name] if entry.scope.by == breakdown.by)
                wholes = tuple(entry for entry in self.entries[name] if entry.scope == WHOLE)
                yield Split(breakdown.by, counts, entries, wholes)

    def _implied(self, rows: Iterable[Row]) -> Iterator[Cell]:
        """Counts that no row shows or withholds, though several rows together may tell them."""
        below: dict[Count, int] = defaultdict(int)
        for (name, _), count in self.counts.items():
            below[count] = max(below[count], self.below[name])
        own = {cell.form for row in rows for cell in row.cells}
        seen: dict[Form, int] = {}
        for (name, column), count in self.counts.items():
            for entry in self.entries[name]:
                form = self._form(name, column, entry)
                if entry.missing:
                    own.add(form)
                seen.update((total((atom,)), below[count]) for atom, _ in form.terms)
        yield from (Cell(form, smallest) for form, smallest in seen.items() if smallest and form not in own)
