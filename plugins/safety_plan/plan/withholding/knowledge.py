"""What a reader can prove about sums of counts from what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property

from safety_plan.plan.withholding.bounds import Bounds, bounds_from, ends_of
from safety_plan.plan.withholding.forms import Atom, Fact, Form
from safety_plan.plan.withholding.solver import MOST_NODES, Line, UnprovenError, lines_that_clash, numbers_that_fit

_MOST_KEPT = 200
"""How many examples are kept; the oldest are forgotten first."""


_NOTHING = Form(())


class Answer(Enum):
    """Whether something can be. It is a yes only where there is an example, and a no only where there is a proof."""

    YES = "yes"
    NO = "no"
    UNPROVEN = "unproven"


Example = Mapping[Atom, int]
"""A value for each atom, which fits the facts for which it was found."""


class Examples:
    """Values of atoms that the solver has come upon, for whatever facts they fit."""

    def __init__(self, most_nodes: int = MOST_NODES) -> None:
        self.most_nodes = most_nodes
        self._kept: list[Example] = []

    def __iter__(self) -> Iterator[Example]:
        return reversed(self._kept)

    def add(self, example: Example) -> None:
        """Keep an example."""
        self._kept = [*self._kept[1 - _MOST_KEPT :], example]


class Knowledge:
    """All facts about some atoms, and what follows from them.

    Most questions are answered by bounds that follow from single facts, or by an example that was found for another
    question: one example shows what many counts can be. The solver is asked only where neither does.
    """

    def __init__(self, facts: Iterable[Fact], examples: Examples) -> None:
        self.facts = tuple(facts)
        self._examples = examples
        self._fitting: dict[int, tuple[Example, bool]] = {}

    @cached_property
    def can_be_true(self) -> Answer:
        """Whether there are counts that fit all the facts."""
        if any(True for _ in self._that_fit()):
            return Answer.YES
        if any(high is not None and low > high for low, high in self._bounds.values()):
            return Answer.NO
        example = {atom: low for atom, (low, _) in self._bounds.items()}
        try:
            for atoms in {*self._tied.values()}:
                found = self._solved(atoms)
                if found is None:
                    return Answer.NO
                example |= found
        except UnprovenError:
            return Answer.UNPROVEN
        return self._kept(example)

    def can_be(self, form: Form, least: int) -> Answer:
        """Whether a form can be so much or more."""
        if self.can_be_true is not Answer.YES:
            return self.can_be_true
        _, high = ends_of(form, self._bounds)
        if high is not None and high < least:
            return Answer.NO
        if any(True for _ in self._that_fit(form, least)):
            return Answer.YES
        if self._is_apart(form) and self._kept(self._largest(form, least)) is Answer.YES:
            return Answer.YES
        return self._answer(Fact(form, least, None))

    def can_hold(self, claim: Fact) -> Answer:
        """Whether a claim about a form can be true besides all the facts."""
        if claim.high is None and claim.low is not None:
            return self.can_be(claim.form, claim.low)
        if claim.low is None and claim.high is not None:
            return self.can_be(claim.form.times(-1), -claim.high)
        if self.can_be_true is not Answer.YES:
            return self.can_be_true
        low, high = ends_of(claim.form, self._bounds)
        if _is_above(low, claim.high) or _is_above(claim.low, high):
            return Answer.NO
        if any(fits(example, (claim,)) for example in self._that_fit()):
            return Answer.YES
        return self._answer(claim)

    def _answer(self, claim: Fact) -> Answer:
        """The solver's answer."""
        atoms = frozenset[Atom]().union(*(self._tied.get(atom, frozenset((atom,))) for atom, _ in claim.form.terms))
        try:
            found = self._solved(atoms, claim)
        except UnprovenError:
            return Answer.UNPROVEN
        return Answer.NO if found is None else self._kept({**next(self._that_fit()), **found})

    def proof(self, claim: Fact) -> frozenset[Fact]:
        """Some of the facts from which follows that a claim cannot be true; all where it is not that simple."""
        lines, columns = _program([*self.facts, claim])
        clash = lines_that_clash([(0, None)] * len(columns), lines)
        return frozenset(fact for number, fact in enumerate(self.facts) if clash is None or number in clash)

    def examples(self) -> Examples:
        """One example that fits all facts, by itself; none where none is known."""
        found = Examples(self._examples.most_nodes)
        for example in self._that_fit():
            found.add(example)
            break
        return found

    def _kept(self, example: Example) -> Answer:
        """Yes, with an example that fits. The solver works with fractions: what it says is looked at again."""
        if not fits(example, self.facts):
            return Answer.UNPROVEN
        self._examples.add(example)
        return Answer.YES

    def _that_fit(self, form: Form = _NOTHING, least: int = 0) -> Iterator[Example]:
        """The examples known so far that fit all facts and show that a form can be so much."""
        for example in self._examples:
            if value_of(form, example) < least:
                continue
            known = self._fitting.get(id(example))
            if known is None:
                # The example is kept beside the answer, so that no other can come to have its number.
                known = self._fitting[id(example)] = (example, fits(example, self.facts))
            if known[1]:
                yield example

    def _is_fixed(self, atom: Atom) -> bool:
        low, high = self._bounds.get(atom, (0, None))
        return low == high

    def _is_apart(self, form: Form) -> bool:
        """Whether no open atom of a form hangs together with another: then the bounds are all there is to know."""
        return all(len(self._tied.get(atom, (atom,))) == 1 for atom, _ in form.terms)

    def _largest(self, form: Form, least: int) -> Example:
        """An example in which each atom of a form is as it makes the form largest, or so much where there is no end."""
        ends = {atom: self._bounds.get(atom, (0, None)) for atom, _ in form.terms}
        found = {atom: ends[atom][0] if times < 0 else ends[atom][1] for atom, times in form.terms}
        closed = {atom: ends[atom][0] if value is None else value for atom, value in found.items()}
        short = max(least - value_of(form, closed), 0)
        open_ends = {atom: ends[atom][0] + short for atom, value in found.items() if value is None}
        return {**next(self._that_fit()), **closed, **open_ends}

    @cached_property
    def _bounds(self) -> dict[Atom, Bounds]:
        return bounds_from(self.facts)

    @cached_property
    def _tied(self) -> dict[Atom, frozenset[Atom]]:
        """The open atoms that each open atom hangs together with through facts. What is fixed ties nothing."""
        tied: dict[Atom, frozenset[Atom]] = {}
        for fact in self.facts:
            atoms = [atom for atom, _ in fact.form.terms if not self._is_fixed(atom)]
            joined = frozenset(atoms).union(*(tied[atom] for atom in atoms if atom in tied))
            tied.update(dict.fromkeys(joined, joined))
        return tied

    def _solved(self, atoms: frozenset[Atom], *more: Fact) -> dict[Atom, int] | None:
        """Values of these atoms that fit all facts about them, and more; None where there are none."""
        facts = [fact for fact in self.facts if any(atom in atoms for atom, _ in fact.form.terms)] + [*more]
        lines, columns = _program(facts)
        bounds = [self._bounds.get(atom, (0, None)) for atom in columns]
        found = numbers_that_fit(bounds, lines, self._examples.most_nodes)
        return None if found is None else dict(zip(columns, found, strict=True))


def _is_above(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other


def _program(facts: Iterable[Fact]) -> tuple[list[Line], list[Atom]]:
    """A line for each fact, and the atoms that its columns stand for."""
    columns: dict[Atom, int] = {}
    lines = []
    for fact in facts:
        times = {columns.setdefault(atom, len(columns)): times for atom, times in fact.form.terms}
        lines.append(Line(times, fact.low, fact.high))
    return lines, [*columns]


def value_of(form: Form, example: Example) -> int:
    """What a form is in an example; what the example says nothing of is 0."""
    value = 0
    for atom, times in form.terms:
        value += times * example.get(atom, 0)
    return value


def fits(example: Example, facts: Iterable[Fact]) -> bool:
    """Whether all facts are true in an example."""
    for fact in facts:
        low, high, value = fact.low, fact.high, value_of(fact.form, example)
        if (low is not None and value < low) or (high is not None and value > high):
            return False
    return True
