"""All numbers of some metrics as forms over the same unknown counts, and how these hang together."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from safety_plan.plan.withholding.counts import Timeline, count_of
from safety_plan.plan.withholding.entries import BASELINE, PLAIN, Entry, Reading, columns_of, entries_of
from safety_plan.plan.withholding.forms import WHOLE, Atom, Cell, Count, Fact, Form, Scope, Window, exactly, total
from safety_plan.plan.withholding.partitions import Split, sums_of
from safety_plan.plan.withholding.shares import rounded_mean, rounded_share
from safety_plan.reading.schema.metrics import Metric

_WHOLE_PERCENT = 100

Key = tuple[str, str, Scope, Window, str]
"""What tells a row from all others, and puts rows in an order that no change of lines alters."""


@dataclass(frozen=True, eq=False)
class Row:
    """A line of a metric, which is published or withheld as one: what it shows, and what it protects.

    `size` is its smallest count above zero; None where it shows no more than zeros, which are never withheld.
    """

    metric: str
    entry: Entry
    cells: tuple[Cell, ...]
    shows: tuple[Fact, ...]
    size: float | None

    @cached_property
    def key(self) -> Key:
        """What tells it from all other rows."""
        return self.metric, str(self.entry.path[0]), self.entry.scope, self.entry.window, str(self.entry.period)

    @cached_property
    def floors(self) -> tuple[Fact, ...]:
        """What everyone knows of it when it is withheld: that none of its counts is a zero which would be shown."""
        return tuple(Fact(cell.form, cell.floor, None) for cell in self.cells if cell.floor)

    @property
    def left(self) -> tuple[Fact, ...]:
        """What was left beside the words that withhold it, such as the number of cases, and is known all the same."""
        return self.shows if self.entry.withheld else ()


@dataclass(frozen=True)
class Ledger:
    """Metrics that hang together: their rows, what holds between the counts, and counts that no row shows.

    `always` holds by definition; `likely` is what a reader takes for granted until the numbers say otherwise, such as
    that groups add up. `windows` holds the days of each atom.
    """

    rows: tuple[Row, ...]
    always: tuple[Fact, ...]
    likely: tuple[Fact, ...]
    implied: tuple[Cell, ...]
    windows: tuple[Window, ...]

    def apart(self) -> Iterator[Ledger]:
        """Its parts that have no count in common: what is known in one of them tells nothing about another."""
        sets: dict[Atom, set[Atom]] = {}
        for forms in (*map(_forms, self.rows), *((fact.form,) for fact in (*self.always, *self.likely))):
            joined: set[Atom] = set()
            for atom in {atom for form in forms for atom, _ in form.terms}:
                joined |= sets.get(atom, {atom})
            sets.update(dict.fromkeys(joined, joined))
        parts: dict[Atom, _Part] = {}

        def part(form: Form) -> _Part:
            atom = form.terms[0][0]
            return parts.setdefault(min(sets.get(atom, {atom})), _Part())

        for row in self.rows:
            for form in _forms(row)[:1]:
                part(form).rows.append(row)
        for fact in self.always:
            part(fact.form).always.append(fact)
        for fact in self.likely:
            part(fact.form).likely.append(fact)
        for cell in self.implied:
            part(cell.form).implied.append(cell)
        for one in parts.values():
            yield Ledger(tuple(one.rows), tuple(one.always), tuple(one.likely), tuple(one.implied), self.windows)


@dataclass
class _Part:
    rows: list[Row] = field(default_factory=list)
    always: list[Fact] = field(default_factory=list)
    likely: list[Fact] = field(default_factory=list)
    implied: list[Cell] = field(default_factory=list)


def _forms(row: Row) -> tuple[Form, ...]:
    """The forms that a row is about; those of no atom say nothing."""
    forms = (*(cell.form for cell in row.cells), *(fact.form for fact in row.shows))
    return tuple(form for form in forms if form.terms)


def ledger_of(metrics: Mapping[str, Metric], below: Mapping[str, int], reading: Reading = PLAIN) -> Ledger:
    """The ledger of metrics that count the same or parts of it.

    `below` holds for each metric the smallest count that it may show; 0 where it counts things.
    """
    return _Ledger(metrics, below, reading).made()


class _Ledger:
    def __init__(self, metrics: Mapping[str, Metric], below: Mapping[str, int], reading: Reading) -> None:
        self.metrics = metrics
        self.entries = {name: entries_of(metric, below[name], reading) for name, metric in metrics.items()}
        self.one = _one(value for entries in self.entries.values() for one in entries for value in one.values.values())
        self.below = {name: self.one * smallest for name, smallest in below.items()}
        self.columns = {name: columns_of(metric, self.entries[name]) for name, metric in metrics.items()}
        self.counts = {
            (name, column): count_of(metrics, name, column) for name in metrics for column in self.columns[name]
        }
        windows: dict[Count, list[Window]] = defaultdict(list)
        for (name, _), count in self.counts.items():
            windows[count] += [entry.window for entry in self.entries[name]]
        self.repeated = {count for count in windows if self._is_repeated(count)}
        self.timelines = {count: Timeline(found, count not in self.repeated) for count, found in windows.items()}
        self.atoms: dict[tuple[Count, Scope, Window], Atom] = {}

    def made(self) -> Ledger:
        rows = sorted(
            (self._row(name, entry) for name in self.metrics for entry in self.entries[name] if not entry.missing),
            key=lambda row: row.key,
        )
        sums = sums_of(self._splits(), self.timelines, self._atom)
        always = (*self._parts_of_wholes(), *sums.certain)
        implied = tuple(self._implied(rows, sums.others))
        return Ledger(tuple(rows), always, sums.likely, implied, tuple(window for _, _, window in self.atoms))

    def _is_repeated(self, count: Count) -> bool:
        """Whether a count stays the same from period to period and group to group, and adds up over neither.

        The whole of a rate is such as a rule: the people who live in a town. So is the whole of a percent that is the
        same in a year and in one of its quarters, or in all groups and in one of several.
        """
        if count.column != "of":
            return False
        if self.metrics[count.metric].kind == "rate":
            return True
        lines = [entry for (name, _), one in self.counts.items() if one == count for entry in self.entries[name]]
        shown = [(entry, entry.values["of"]) for entry in lines if "of" in entry.values]
        groups = Counter((entry.scope.by, entry.window) for entry in lines)
        return any(
            of == other_of
            and _is_part(other, one)
            and (other.scope == one.scope or groups[other.scope.by, other.window] > 1)
            for one, of in shown
            for other, other_of in shown
        )

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
            None if only_zeros else float(min(shown, default=math.inf)),
        )

    def _cells(self, name: str, entry: Entry) -> Iterator[Cell]:
        if entry.path == BASELINE and not entry.values:
            return
        metric, columns = self.metrics[name], self.columns[name]
        for column in columns:
            # A share of zero may be withheld because of the whole, a count of zero because of the cases behind it.
            may_be_zero = {"part": metric.kind != "rate" or "of" in columns, "value": "n" in columns}
            least = 1 if metric.kind == "sum" and column == "value" else self.one
            floor = 0 if may_be_zero.get(column, False) else least
            yield Cell(self._form(name, column, entry), self.below[name], floor, self.one)
        if metric.protect_rest and metric.kind == "percent" and columns:
            yield Cell(self._rest(name, entry), self.below[name], 0, self.one)

    def _facts(self, name: str, entry: Entry) -> Iterator[Fact]:
        metric, columns = self.metrics[name], self.columns[name]
        for column, count in entry.values.items():
            yield exactly(self._form(name, column, entry), int(self.one * count))
        if entry.rounded is None:
            return
        if entry.mean_of:
            form = self._form(name, "value", entry)
            yield rounded_mean(form, entry.rounded, self.one * entry.mean_of, metric.decimals)
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
            counts = {column: count for column, count in counts.items() if count not in self.repeated}
            for breakdown in metric.breakdowns:
                by = Scope.of(breakdown.as_written.by, "").by
                entries = tuple(entry for entry in self.entries[name] if entry.scope.by == by)
                wholes = tuple(entry for entry in self.entries[name] if entry.scope == WHOLE)
                yield Split(by, counts, entries, wholes)

    def _implied(self, rows: Iterable[Row], others: Iterable[tuple[Atom, Count]]) -> Iterator[Cell]:
        """Counts that no row shows or withholds, though several rows together may tell them."""
        below: dict[Count, int] = defaultdict(int)
        for (name, _), count in self.counts.items():
            below[count] = max(below[count], self.below[name])
        own = {cell.form for row in rows for cell in row.cells}
        seen = {total((atom,)): below[count] for atom, count in others}
        for (name, column), count in self.counts.items():
            for entry in self.entries[name]:
                form = self._form(name, column, entry)
                seen.update((total((atom,)), below[count]) for atom, _ in form.terms)
                if entry.missing:
                    seen[form] = below[count]
        for form, smallest in seen.items():
            if smallest and form not in own:
                yield Cell(form, smallest, 0, self.one)


def _is_part(part: Entry, whole: Entry) -> bool:
    """Whether a line is about a shorter time than another one, or about a group at the same time."""
    if part.scope == whole.scope:
        return part.window != whole.window and part.window.is_within(whole.window)
    return whole.scope == WHOLE and part.window == whole.window


def _one(values: Iterable[Decimal]) -> int:
    """In how many parts one has to be split so that all values are whole numbers of them: 10 for tenths."""
    places: int = max((max(0, -_exponent(value)) for value in values), default=0)
    return int(10**places)


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent
