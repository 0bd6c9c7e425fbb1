"""Bounds of single counts that follow from one fact at a time, without a solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safety_plan.plan.withholding.forms import Atom, Fact, Form

Bounds = tuple[int, int | None]
"""The least and the most that a count can be; None where it has no upper end."""

_Ends = tuple[int | None, int | None]
_ANY: Bounds = (0, None)
_MOST_PASSES = 5
"""How often bounds are drawn closer from each other; whatever is left then is for the solver."""


def bounds_from(facts: Iterable[Fact]) -> dict[Atom, Bounds]:
    """Bounds for each atom of the facts. From all facts together closer ones may follow.

    Where the facts contradict each other, a lower end may come to stand above an upper one.
    """
    facts = tuple(facts)
    found: dict[Atom, Bounds] = {atom: _ANY for fact in facts for atom, _ in fact.form.terms}
    for _ in range(_MOST_PASSES):
        before = dict(found)
        for fact in facts:
            found.update(_closer(fact, found))
        if found == before:
            break
    return found


def ends_of(form: Form, bounds: Mapping[Atom, Bounds]) -> _Ends:
    """The ends between which a form lies when each of its atoms may be anything within its bounds."""
    ends = [_times(bounds.get(atom, _ANY), times) for atom, times in form.terms]
    return _Total(low for low, _ in ends).value, _Total(high for _, high in ends).value


def _closer(fact: Fact, bounds: Mapping[Atom, Bounds]) -> dict[Atom, Bounds]:
    """The atoms of a fact whose bounds it draws closer, with what each bound becomes."""
    found: dict[Atom, Bounds] = {}
    ends = {atom: _times(bounds[atom], times) for atom, times in fact.form.terms}
    lows, highs = _Total(low for low, _ in ends.values()), _Total(high for _, high in ends.values())
    for atom, times in fact.form.terms:
        rest_low, rest_high = lows.without(ends[atom][0]), highs.without(ends[atom][1])
        most = None if fact.high is None or rest_low is None else fact.high - rest_low
        least = None if fact.low is None or rest_high is None else fact.low - rest_high
        if times < 0:
            least, most = (None if most is None else -most), (None if least is None else -least)
        low, high = bounds[atom]
        if least is not None:
            low = max(low, -(-least // abs(times)))
        if most is not None:
            high = most // abs(times) if high is None else min(high, most // abs(times))
        if (low, high) != bounds[atom]:
            found[atom] = (low, high)
    return found


def _times(bounds: Bounds, times: int) -> _Ends:
    low, high = times * bounds[0], None if bounds[1] is None else times * bounds[1]
    return (low, high) if times > 0 else (high, low)


class _Total:
    """The sum of ends, of which some may be open."""

    def __init__(self, ends: Iterable[int | None]) -> None:
        self.known, self.open = 0, 0
        for end in ends:
            self.known += end or 0
            self.open += end is None

    @property
    def value(self) -> int | None:
        """The sum of all ends."""
        return None if self.open else self.known

    def without(self, end: int | None) -> int | None:
        """The sum of all ends but one."""
        return None if self.open > (end is None) else self.known - (end or 0)
