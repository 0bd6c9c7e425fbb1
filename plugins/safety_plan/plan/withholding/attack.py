"""What a reader who adds and subtracts can find out about counts that must not be known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from safety_plan.plan.withholding.forms import Atom, Cell, Fact
from safety_plan.plan.withholding.knowledge import ContradictionError, Knowledge
from safety_plan.plan.withholding.ledger import Key, Ledger, Row

_TABLES = ("observations", "breakdowns", "annual", "baseline")
"""The tables of a metric, the one first whose numbers stand where numbers cannot all be true."""

_MOST_TRIES = 50
"""How often rows are left out to see whether the others still give a count away."""


@dataclass(frozen=True)
class Range:
    """The least that a count can be, and the most; None where it may be large."""

    least: int
    most: int | None


@dataclass(frozen=True)
class Exposure:
    """A count that must not be known, what can be proven of it, and the rows that give it away.

    `row` is the row that withholds the count, or, where it is not `hidden`, shows a number behind which it stands; None
    where no row is just about this count.
    """

    cell: Cell
    row: Row | None
    hidden: bool
    found: Range
    reasons: tuple[Row, ...]


def exposures(ledger: Ledger, withheld: frozenset[Key]) -> Iterator[Exposure]:
    """Every count of a ledger that can be narrowed down when these rows are withheld.

    A withheld count may be anything from 1 to one less than the smallest that may be shown, or a large one that hides
    others. It is exposed where it may be small and some of that range can be ruled out. A count that is not withheld is
    exposed where it is proven to lie in that range.
    """
    shown = [row for row in ledger.rows if row.key not in withheld]
    hidden = [row for row in ledger.rows if row.key in withheld]
    facts = (*ledger.always, *(fact for row in hidden for fact in row.hides))
    attacker = _Attacker(facts, shown)
    for row in ledger.rows:
        for cell in row.cells:
            yield from attacker.on(cell, row, row.key in withheld)
    for cell in ledger.implied:
        yield from attacker.on(cell, None, False)


class _Attacker:
    def __init__(self, given: tuple[Fact, ...], shown: list[Row]) -> None:
        self.given = given
        self.shown = shown if _knowledge(given, shown).is_possible() else _that_fit(given, shown)
        self.knowledge = _knowledge(given, self.shown)
        # Zeros are never withheld, so what they tell cannot be helped: two groups that are not zero make 2 at least.
        self.before = _knowledge(given, (row for row in self.shown if row.size is None))
        facts = (*given, *(fact for row in self.shown for fact in row.shows))
        self.about: dict[Atom, list[Fact]] = defaultdict(list)
        for fact in facts:
            for atom, _ in fact.form.terms:
                self.about[atom].append(fact)
        # An atom that a row shows by itself is all that can be known of it: nothing beyond it matters.
        self.known = {fact.form.terms[0][0] for fact in facts if _is_value(fact)}

    def on(self, cell: Cell, row: Row | None, hidden: bool) -> Iterator[Exposure]:
        found = self._found(self.knowledge, cell, hidden)
        if found is None:
            return
        near = self._near(cell)
        given = tuple(fact for fact in self.given if fact in near)
        rows = [one for one in self.shown if not near.isdisjoint(one.shows)]

        def tells(rows: list[Row]) -> bool:
            return self._found(_knowledge(given, rows), cell, hidden) == found

        # What other rows of other times say is left out first.
        order = sorted(rows, key=lambda one: (_closeness(one, row), one.key))
        yield Exposure(cell, row, hidden, found, tuple(sorted(_fewest(order, tells), key=lambda one: one.key)))

    def _near(self, cell: Cell) -> set[Fact]:
        """The facts that hang together with a cell, however far off."""
        reached = {atom for atom, _ in cell.form.terms}
        found = {fact for atom in reached for fact in self.about[atom]}
        left = [atom for atom in reached if atom not in self.known]
        while left:
            for fact in self.about[left.pop()]:
                found.add(fact)
                for atom, _ in fact.form.terms:
                    if atom not in reached:
                        reached.add(atom)
                        left += [] if atom in self.known else [atom]
                        found.update(one for one in self.about[atom] if _is_value(one))
        return found

    def _found(self, knowledge: Knowledge, cell: Cell, hidden: bool) -> Range | None:
        """What can be proven of a cell that is more than may be known. Numbers that fit no counts prove nothing."""
        try:
            return self._narrowed(knowledge, cell, hidden)
        except ContradictionError:
            return None

    def _narrowed(self, knowledge: Knowledge, cell: Cell, hidden: bool) -> Range | None:
        if not cell.below:
            return None
        largest = cell.below - 1
        most = knowledge.most(cell.form, cell.below)
        if not hidden:
            least = knowledge.least(cell.form) if most <= largest else 0
            return Range(least, most) if least else None
        least = knowledge.least(cell.form)
        if least > largest:
            return None
        if most >= largest and (least <= 1 or least <= self.before.least(cell.form)):
            return None
        return Range(least, most if most <= largest else None)


def _knowledge(given: Iterable[Fact], rows: Iterable[Row]) -> Knowledge:
    return Knowledge((*given, *(fact for row in rows for fact in row.shows)))


def _that_fit(given: tuple[Fact, ...], rows: list[Row]) -> list[Row]:
    """Rows that do not contradict those before them: a reader passes over a number that cannot be true."""
    found: list[Row] = []
    for row in sorted(rows, key=lambda row: (_TABLES.index(row.key[1]), row.key)):
        if _knowledge(given, [*found, row]).is_possible():
            found.append(row)
    return found


def _is_value(fact: Fact) -> bool:
    """Whether a fact says just what one atom is."""
    return len(fact.form.terms) == 1 and fact.low is not None and fact.low == fact.high


def _closeness(one: Row, row: Row | None) -> tuple[bool, ...]:
    if row is None:
        return ()
    same = one.metric == row.metric
    return same, one.entry.window == row.entry.window, one.key[1] == row.key[1], one.key == row.key


def _fewest(rows: list[Row], tells: Callable[[list[Row]], bool]) -> list[Row]:
    """Rows of which none can be left out: few from the end on, of which many are left out at a time before one is.

    Where that takes many tries, some stay in that could be left out.
    """
    size = 1
    while size < len(rows) and not tells(rows[-size:]):
        size *= 2
    kept = rows[-size:]
    size, tries = max(len(kept) // 2, 1), 0
    while True:
        start = 0
        while start < len(kept):
            tries += 1
            if tries > _MOST_TRIES:
                return kept
            fewer = [*kept[:start], *kept[start + size :]]
            if tells(fewer):
                kept = fewer
            else:
                start += size
        if size == 1:
            return kept
        size //= 2
