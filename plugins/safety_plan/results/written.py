"""The few numbers that the texts of the rules hold, as they are written in the language that is being spoken."""

from __future__ import annotations

from babel.numbers import parse_pattern

from safety_plan.language import say, spoken

_AS_EXACT_AS_GIVEN = parse_pattern("#,##0.######")


def number(value: float) -> str:
    """A number of the rules with all its decimals, such as 2.66; below zero with a real minus."""
    text = str(_AS_EXACT_AS_GIVEN.apply(value, spoken().locale))
    return text.replace("-", "−", 1) if text.startswith("-") else text


def percent(share: float) -> str:
    """A share as a percentage with all its decimals: 0.015 is 1.5%."""
    return say("{number}%", number=number(100 * share))


def plural(value: float) -> int:
    """The number by which a text chooses its words: any part of a thing is spoken of like several."""
    return int(value) if float(value).is_integer() else 2
