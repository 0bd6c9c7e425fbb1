"""What a reader can prove about sums of counts from what is published."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from safety_plan.plan.withholding.bounds import Bounds, bounds_from, ends_of
from safety_plan.plan.withholding.forms import Atom, Fact, Form, total
from safety_plan.plan.withholding.solver import Line, least


class ContradictionError(Exception):
    """No counts fit all the facts."""


class Knowledge:
    """All facts about some atoms, and what follows from them."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = tuple(dict.fromkeys(facts))
        self._seen: list[dict[Atom, int]] = []

    def is_possible(self) -> bool:
        """Whether the facts can all be true."""
        try:
            for atoms in {*self._tied.values()}:
                self._solved(total(atoms), None)
        except ContradictionError:
            return False
        return True

    def least(self, form: Form) -> int:
        """The least that a form can be, which has to have a least value.

        Raises ContradictionError where the facts cannot all be true.
        """
        if self._is_apart(form):
            low, _ = ends_of(form, self._bounds)
            assert low is not None
            return low
        return self._solved(form, None)

    def most(self, form: Form, enough: int) -> int:
        """The most that a form can be, or `enough` where that is more.

        Raises ContradictionError where the facts cannot all be true.
        """
        if self._is_apart(form):
            _, high = ends_of(form, self._bounds)
            return enough if high is None else min(enough, high)
        if self._was_seen(form, enough):
            return enough
        return -self._solved(form.times(-1), -enough)

    def is_fixed(self, form: Form) -> bool:
        """Whether the facts leave just one value for each atom of a form, as far as can be seen without the solver."""
        return all(self._is_fixed(atom) for atom, _ in form.terms)

    def _was_seen(self, form: Form, enough: int) -> bool:
        """Whether the solver has come upon counts that fit all facts and of which the form is as much as this."""
        return any(
            all(atom in counts for atom, _ in form.terms)
            and sum(times * counts[atom] for atom, times in form.terms) >= enough
            for counts in self._seen
        )

    def _is_fixed(self, atom: Atom) -> bool:
        low, high = self._bounds.get(atom, (0, None))
        return low == high

    def _is_apart(self, form: Form) -> bool:
        """Whether no open atom of a form hangs together with another: then the bounds are all there is to know."""
        return all(len(self._tied.get(atom, (atom,))) == 1 for atom, _ in form.terms)

    @cached_property
    def _bounds(self) -> dict[Atom, Bounds]:
        found = bounds_from(self.facts)
        if any(high is not None and low > high for low, high in found.values()):
            raise ContradictionError
        return found

    @cached_property
    def _tied(self) -> dict[Atom, frozenset[Atom]]:
        """The open atoms that each open atom hangs together with through facts. What is fixed ties nothing."""
        tied: dict[Atom, frozenset[Atom]] = {}
        for fact in self.facts:
            atoms = [atom for atom, _ in fact.form.terms if not self._is_fixed(atom)]
            joined = frozenset(atoms).union(*(tied[atom] for atom in atoms if atom in tied))
            tied.update(dict.fromkeys(joined, joined))
        return tied

    def _solved(self, goal: Form, floor: int | None) -> int:
        """The least value of a goal, or `floor` where that is more."""
        atoms = {atom for atom, _ in goal.terms}
        atoms = atoms.union(*(self._tied.get(atom, frozenset()) for atom in atoms))
        facts = [fact for fact in self.facts if any(atom in atoms for atom, _ in fact.form.terms)]
        columns = {atom: column for column, atom in enumerate(_atoms(goal, facts))}
        bounds = [self._bounds.get(atom, (0, None)) for atom in columns]
        lines = [Line(_times(fact.form, columns), fact.low, fact.high) for fact in facts]
        wanted = _times(goal, columns)
        if floor is not None:
            # One column more, not below the floor and not below the goal: its least is the greater of the two.
            lines.append(Line({**{column: -times for column, times in wanted.items()}, len(columns): 1}, 0, None))
            wanted = {len(columns): 1}
            bounds.append((floor, None))
        found = least(bounds, lines, wanted)
        if found is None:
            raise ContradictionError
        self._seen.append(dict(zip(columns, found, strict=False)))
        return sum(times * found[column] for column, times in wanted.items())


def _atoms(goal: Form, facts: Iterable[Fact]) -> Iterable[Atom]:
    """The atoms of a goal and of facts, each once."""
    return dict.fromkeys(atom for form in (goal, *(fact.form for fact in facts)) for atom, _ in form.terms)


def _times(form: Form, columns: dict[Atom, int]) -> dict[int, int]:
    return {columns[atom]: times for atom, times in form.terms}
