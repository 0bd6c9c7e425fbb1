"""What a reader who adds and subtracts can find out about counts that must not be known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from safety_plan.plan.withholding.forms import Atom, Cell, Fact, Form, exactly
from safety_plan.plan.withholding.knowledge import Answer, Examples, Knowledge
from safety_plan.plan.withholding.ledger import Key, Ledger, Row
from safety_plan.plan.withholding.solver import MOST_NODES

_TABLES = ("observations", "breakdowns", "annual", "baseline")
"""The tables of a metric, the one first whose numbers stand where numbers cannot all be true."""

_MOST_TRIES = 50
"""How often rows are left out to see whether the others still give a count away."""


_FEW = 12
"""Up to how many rows are left out by trying alone. Of more, those are tried that a proof of the solver needs."""


@dataclass(frozen=True)
class Range:
    """The least that a count can be, and the most; None where it may be large."""

    least: int
    most: int | None


@dataclass(frozen=True)
class Exposure:
    """A count that must not be known, what can be proven of it, and the rows that give it away.

    `row` is the row that withholds the count, or, where it is not `hidden`, shows a number behind which it stands; None
    where no row is just about this count. `found` is None where nothing can be proven, not even that the count is safe,
    because there are too many ways to try them all. What cannot be shown to be safe is taken to be exposed.
    """

    cell: Cell
    row: Row | None
    hidden: bool
    found: Range | None
    reasons: tuple[Row, ...]


class Attack:
    """All that can be tried on the numbers of a ledger, whichever of its rows are withheld.

    `most_nodes` is how long the solver may search for one answer. What it has found once serves all that comes after:
    counts that fit what is published still fit when less is.
    """

    def __init__(self, ledger: Ledger, most_nodes: int = MOST_NODES) -> None:
        self._ledger = ledger
        self._examples = Examples(most_nodes)

    def exposures(self, withheld: frozenset[Key]) -> Iterator[Exposure]:
        """Every count of the ledger that can be narrowed down when these rows are withheld.

        A withheld count may be anything from 1 to one less than the smallest that may be shown, or a large one that
        hides others. It is exposed where it may be small and some of that range can be ruled out. A count that is not
        withheld is exposed where it is proven to lie in that range. Both are exposed, too, where the opposite cannot be
        shown because the search for an answer is broken off.
        """
        reader = self._reader(withheld)
        for cell, row in self._cells():
            hidden = row is not None and row.key in withheld
            if not reader.is_safe(cell, hidden):
                yield reader.exposure(cell, row, hidden)

    def is_safe(self, withheld: frozenset[Key]) -> bool:
        """Whether no count is exposed when these rows are withheld."""
        reader = self._reader(withheld)
        return all(reader.is_safe(cell, row is not None and row.key in withheld) for cell, row in self._cells())

    def passed_over(self, withheld: frozenset[Key]) -> frozenset[Fact]:
        """What a reader passes over, because it cannot be true beside all else, when these rows are withheld."""
        return self._reader(withheld).passed_over

    def _cells(self) -> Iterator[tuple[Cell, Row | None]]:
        for row in self._ledger.rows:
            yield from ((cell, row) for cell in row.cells if cell.below)
        yield from ((cell, None) for cell in self._ledger.implied if cell.below)

    def _reader(self, withheld: frozenset[Key]) -> _Reader:
        shown = [row for row in self._ledger.rows if row.key not in withheld]
        hidden = [row for row in self._ledger.rows if row.key in withheld]
        return _Reader(self._ledger, shown, hidden, self._examples)


class _Reader:
    """Somebody who knows what always holds and what is likely, and reads the rows that are shown.

    A reader passes over a number that cannot be true, and goes on with all others. What is likely gives way first, then
    what was left beside a withheld number, then the starting point, years and groups.
    """

    def __init__(self, ledger: Ledger, shown: list[Row], hidden: list[Row], examples: Examples) -> None:
        certain = (*ledger.always, *(fact for row in hidden for fact in row.floors))
        unsure = (*(fact for row in hidden for fact in row.left), *ledger.likely)
        self.given, self.shown, self.examples = (*certain, *unsure), shown, examples
        self.passed_over = frozenset[Fact]()
        self.knowledge = self._knowing(shown)
        if self.knowledge.can_be_true is Answer.NO:
            read = sorted(shown, key=lambda row: (_TABLES.index(row.key[1]), row.key))
            self.passed_over = self._clashing([*certain, *(fact for row in read for fact in row.shows), *unsure])
            self.knowledge = self._knowing(shown)
        # Zeros are never withheld, so what they tell cannot be helped: two groups that are not zero make 2 at least.
        self.before = self._knowing(row for row in shown if row.size is None)

    def is_safe(self, cell: Cell, hidden: bool) -> bool:
        """Whether a count is shown to be no more exposed than it may be."""
        can_be, form, largest = self.knowledge.can_be, cell.form, cell.below - 1
        if not hidden:
            return can_be(form, cell.below) is Answer.YES or can_be(form.times(-1), 0) is Answer.YES
        # A zero points to nobody.
        if self._is_true and (can_be(form.times(-1), -largest) is Answer.NO or can_be(form, 1) is Answer.NO):
            return True
        least = cell.one if can_be(form.times(-1), -cell.one) is Answer.YES else self._told_by_zeros(cell)
        return least is not None and self._hole(cell, least) is None

    def exposure(self, cell: Cell, row: Row | None, hidden: bool) -> Exposure:
        """A count that is not safe, with what can be proven of it and the rows that give it away."""
        # What other rows of other times say is left out first.
        rows = sorted(self._near(cell), key=lambda one: (_closeness(one, row), one.key))
        found = self._range(cell)
        if found is not None:
            rows = self._reasons(rows, self._refuted(cell, found))
        reasons = tuple(sorted(rows, key=lambda one: one.key))
        return Exposure(cell, row, hidden, found, reasons)

    def _reasons(self, rows: list[Row], claims: list[Fact]) -> list[Row]:
        """Few rows, rather from the end on, that prove that none of the claims can be true."""
        examples = self.knowledge.examples()

        def tells(rows: list[Row]) -> bool:
            return all(self._knowing(rows, examples).can_hold(claim) is Answer.NO for claim in claims)

        if len(rows) > _FEW:
            proof = frozenset[Fact]().union(*(self.knowledge.proof(claim) for claim in claims))
            few = [row for row in rows if not proof.isdisjoint(row.shows)]
            if tells(few):
                return few
        return _fewest(rows, tells)

    @property
    def _is_true(self) -> bool:
        return self.knowledge.can_be_true is Answer.YES

    def _knowing(self, rows: Iterable[Row], examples: Examples | None = None) -> Knowledge:
        facts = (*self.given, *(fact for row in rows for fact in row.shows))
        return Knowledge((fact for fact in facts if fact not in self.passed_over), examples or self.examples)

    def _clashing(self, facts: list[Fact]) -> frozenset[Fact]:
        """The facts that contradict those before them, of which none do so with each other."""
        kept: list[Fact] = []
        gone: list[Fact] = []

        def keep(some: list[Fact]) -> None:
            if Knowledge((*kept, *some), self.examples).can_be_true is not Answer.NO:
                kept.extend(some)
            elif len(some) == 1:
                gone.extend(some)
            else:
                keep(some[: len(some) // 2])
                keep(some[len(some) // 2 :])

        keep(facts)
        return frozenset(gone)

    def _told_by_zeros(self, cell: Cell) -> int | None:
        """The least that a withheld count can be, where that follows from zeros alone."""
        least = self._least(cell)
        is_told = least is not None and self.before.can_be(cell.form.times(-1), cell.one - least) is Answer.NO
        return least if is_told else None

    def _hole(self, cell: Cell, least: int) -> int | None:
        """The first small number from `least` on that a count is not shown to be possibly; None where there is none."""
        for amount in range(least, cell.below, cell.one):
            if self.knowledge.can_hold(exactly(cell.form, amount)) is not Answer.YES:
                return amount
        return None

    def _refuted(self, cell: Cell, found: Range) -> list[Fact]:
        """What a count was found not to be, which together tells what is known of it."""
        below = [Fact(cell.form, None, found.least - cell.one)] if found.least else []
        above = [] if found.most is None else [Fact(cell.form, found.most + cell.one, None)]
        if above or found.least > cell.one:
            return below + above
        hole = self._hole(cell, cell.one)
        return below if hole is None else [exactly(cell.form, hole)]

    def _least(self, cell: Cell) -> int | None:
        """The least that a count can be, where it is less than what may be shown; None where it cannot be proven."""
        return _first(self.knowledge, cell.form.times(-1), (-least for least in range(0, cell.below, cell.one)))

    def _range(self, cell: Cell) -> Range | None:
        """What is proven of a count that is exposed; None where nothing is."""
        least = self._least(cell)
        most = _first(self.knowledge, cell.form, range(cell.below, -1, -cell.one))
        if not self._is_true or least is None or most is None:
            return None
        return Range(least, most if most < cell.below else None)

    def _near(self, cell: Cell) -> set[Row]:
        """The rows that hang together with a count, however far off."""
        about: dict[Atom, list[tuple[Fact, Row | None]]] = defaultdict(list)
        facts: list[tuple[Fact, Row | None]] = [(fact, None) for fact in self.given]
        facts += [(fact, row) for row in self.shown for fact in row.shows]
        for fact, row in facts:
            for atom, _ in fact.form.terms:
                about[atom].append((fact, row))
        # An atom that a row shows by itself is all that can be known of it: nothing beyond it matters.
        known = {fact.form.terms[0][0] for fact, _ in facts if _is_value(fact)}
        own = {atom for atom, _ in cell.form.terms}
        reached = [*own]
        seen, found = {*own}, set[Row]()
        for atom in reached:
            for fact, row in about[atom]:
                if atom in known - own and not _is_value(fact):
                    continue
                found |= {row} if row else set()
                further = [other for other, _ in fact.form.terms if other not in seen]
                reached += further
                seen.update(further)
        return found


def _first(knowledge: Knowledge, form: Form, amounts: Iterable[int]) -> int | None:
    """The first amount that a form can be, of amounts that fall, without its sign; None where that is not proven."""
    for amount in amounts:
        answer = knowledge.can_be(form, amount)
        if answer is not Answer.NO:
            return abs(amount) if answer is Answer.YES else None
    return None


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
