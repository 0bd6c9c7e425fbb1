"""What a rounded percent, rate or mean says about the counts behind it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from safety_plan.plan.withholding.forms import Fact, Form

_HALF = Fraction(1, 2)


def rounded_share(part: Form, of: Form, share: float, per: int, decimals: int) -> Iterator[Fact]:
    """That `part` per `per` of `of` is `share` when it is rounded.

    It is taken to be rounded to `decimals`, or to as many as it was written with. A half may have gone either way.
    """
    low, high = _ends(share, decimals)
    yield Fact(_over(part, of, per, low), 0, None)
    yield Fact(_over(part, of, per, high), None, 0)


def rounded_mean(form: Form, mean: float, periods: int, decimals: int) -> Fact:
    """That a count over so many periods has this mean for each of them when it is rounded."""
    low, high = _ends(mean, decimals)
    return Fact(form, math.ceil(periods * low), math.floor(periods * high))


def _ends(value: float, decimals: int) -> tuple[Fraction, Fraction]:
    """The least and the most that a number can have been before it was rounded."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    half = _HALF / 10 ** max(decimals, -exponent)
    exact = Fraction(repr(value))
    return exact - half, exact + half


def _over(part: Form, of: Form, per: int, share: Fraction) -> Form:
    """How far the part lies above a share of the whole, in whole numbers."""
    return part.times(per * share.denominator).plus(of.times(-share.numerator))
