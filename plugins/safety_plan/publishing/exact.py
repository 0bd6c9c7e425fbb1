"""Numbers written more exactly than elsewhere, as a sum or a status needs them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from safety_plan.language import say, say_n
from safety_plan.publishing import words
from safety_plan.publishing.sentences import joined
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.line import same
from safety_plan.rules import Rules

MOST_DECIMALS = 12
MORE_DECIMALS = 2

_DIGITS = 5
"""Figures to which the change asked for is written, so that dividing by it gives the ratio that is shown."""

GROWN = 8
"""Figures to which values are written where a yearly growth is made from them, for it is small beside them."""

_LONGEST = 1e12
"""A time beyond this is not counted in parts of a second."""


def decimals_for(amount: float, figures: int) -> int:
    """How many decimals show so many figures of a number."""
    return figures - 1 - math.floor(math.log10(abs(amount))) if amount else 0


@dataclass(frozen=True)
class Numbers:
    """How the numbers of one measure are written in its sum: in its unit, and with up to so many decimals."""

    record: Metric
    decimals: int

    @classmethod
    def of(cls, record: Metric, divisor: float, figures: int = _DIGITS) -> Numbers:
        """As many decimals as a number that the sum divides by needs, to be written to so many figures."""
        needed = decimals_for(divisor, figures)
        return cls(record, min(max(record.decimals + MORE_DECIMALS, needed), MOST_DECIMALS))

    def plain(self, amount: float) -> str:
        """A number without its unit, and without zeros that say nothing."""
        if self.record.kind == "yes-no":
            return words.plain(self.record, amount)
        return words.number(amount, self._decimals(amount))

    def amount(self, amount: float) -> str:
        """A number with its unit; a time in one unit, for minutes and seconds cannot be divided."""
        as_number = {"shown_as": "number", "decimals": self._decimals(amount)}
        return words.value(self.record.model_copy(update=as_number), amount)

    def counted(self, amount: float) -> str:
        """The end of a sum: a number with its unit, and a time as it is shown elsewhere behind it."""
        if not _is_time(self.record):
            return self.amount(amount)
        return joined((self.amount(amount), f"({_spoken(self.record, amount, MORE_DECIMALS)})"))

    def value(self, amount: float) -> str:
        """A number with its unit; of a time also in one unit, as the sum goes on with it."""
        shown, counted = words.value(self.record, amount), self.amount(amount)
        return (
            joined((shown, "=", counted)) if self.record.shown_as == "minutes-seconds" and shown != counted else counted
        )

    def _decimals(self, amount: float) -> int:
        return _fewest(amount, self.record.decimals, self.decimals)


def _fewest(amount: float, least: int, most: int) -> int:
    """The fewest decimals that show a number as exactly as the most that it may have."""
    exact = round(amount, most)
    return next((few for few in range(least, most) if same(round(exact, few), exact)), most)


def more_exact(record: Metric, amount: float) -> str:
    """A value without its unit, as exact as a status may hang on: two that look alike elsewhere can differ in it."""
    if record.shown_as == "minutes-seconds":
        return _clock(record, amount, MORE_DECIMALS)
    return Numbers(record, record.decimals + MORE_DECIMALS).plain(amount)


def expected_plain(record: Metric, expected: float, value: float | None) -> str:
    """Where a measure should be, without its unit: so exactly that it never looks like a value that differs from it."""
    decimals = _telling(record, expected, value)
    return _clock(record, expected, decimals) if _is_time(record) else Numbers(record, decimals).plain(expected)


def expected_value(record: Metric, expected: float, value: float | None) -> str:
    """The same with its unit, and with "about" where it is rounded: about 88.7 seconds, 252 inspections."""
    decimals = _telling(record, expected, value)
    shown = round(expected, decimals)
    if _is_time(record):
        text = _spoken(record, expected, decimals)
        shown = round(_in_unit_shown(record, expected), decimals) / _in_unit_shown(record, 1)
    else:
        text = Numbers(record, decimals).amount(shown)
    return text if same(shown, expected) else say("about {value}", value=text)


def _telling(record: Metric, expected: float, value: float | None) -> int:
    """One decimal more than elsewhere, or as many as it takes to tell what is expected from the value."""
    least = 1 if _is_time(record) else record.decimals + 1
    if value is None or same(expected, value):
        return least
    due, has = _in_unit_shown(record, expected), _in_unit_shown(record, value)
    for decimals in range(least, MOST_DECIMALS):
        shown = round(due, decimals)
        if shown != has and (shown > has) == (due > has):
            return decimals
    return MOST_DECIMALS


def _is_time(record: Metric) -> bool:
    return record.shown_as == "minutes-seconds"


def _in_unit_shown(record: Metric, amount: float) -> float:
    """A time in seconds, whatever its unit; any other number as it is."""
    return amount * words.SECONDS if _is_time(record) and record.as_written.unit == "minutes" else amount


def _parts(record: Metric, amount: float, decimals: int) -> tuple[int, float]:
    """The whole minutes of a time, and its seconds with up to so many decimals."""
    minutes, seconds = divmod(round(abs(_in_unit_shown(record, amount)), decimals), words.SECONDS)
    return int(minutes), round(seconds, decimals)


def _clock(record: Metric, amount: float, decimals: int) -> str:
    """1:28.66, without zeros that say nothing."""
    if abs(amount) >= _LONGEST:
        return words.plain(record, amount)
    minutes, seconds = _parts(record, amount, decimals)
    whole, rest = f"{seconds:0{3 + decimals}.{decimals}f}".split(".")
    rest = rest.rstrip("0")
    sign = "−" if amount < 0 and (minutes or seconds) else ""
    return f"{sign}{words.number(minutes)}:{whole}{'.' if rest else ''}{rest}"


def _spoken(record: Metric, amount: float, decimals: int) -> str:
    """1 minute 28.7 seconds."""
    if abs(amount) >= _LONGEST:
        return words.value(record, amount)
    minutes, seconds = _parts(record, amount, decimals)
    said = [words.count(minutes, "minute")] if minutes else []
    if seconds or not minutes:
        said.append(_seconds(seconds, words.number(seconds, _fewest(seconds, 0, decimals))))
    time = " ".join(said)
    return say("minus {time}", time=time) if amount < 0 else time


def _seconds(seconds: float, written: str) -> str:
    # Only just one second is singular: a part of one is not.
    return say_n("{n} second", "{n} seconds", 1 if seconds == 1 else _MANY, n=written)


_MANY = 2
"""A number that takes the plural."""


def ratio(part: float, rules: Rules) -> str:
    """A ratio in percent, with as many decimals as it takes not to be rounded onto a cut point or across it."""
    cuts = (rules.on_track_from, rules.at_risk_from, 0.0)
    for decimals in range(1, MOST_DECIMALS):
        shown = round(100 * part, decimals)
        if all((shown >= 100 * cut) == (part >= cut or same(part, cut)) for cut in cuts):
            return words.percent(words.number(shown, decimals))
    return words.percent(words.number(100 * part, MOST_DECIMALS))
