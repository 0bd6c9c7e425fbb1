"""Every number in the rules by which results are worked out, with its meaning and where it comes from.

Results are computed from these values and the page on method is made from them, so that no page can claim a rule that
the code does not follow.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from typing import Literal

Shown = Literal["percent", "days", "number", "points", "cases", "score"]


@dataclass(frozen=True)
class Source:
    """Where a number comes from: what a reader would look for, and its address where it has one."""

    name: str
    link: str = ""


OWN = Source("Our own choice")
OPEN_SDG = Source(
    "Progress measure of Open SDG, after Eurostat",
    "https://open-sdg.readthedocs.io/en/latest/progress-methodology/",
)


@dataclass(frozen=True)
class Constant:
    """What a number in the rules means to a resident, how it is written, and where it comes from."""

    means: str
    shown: Shown
    source: Source


def _constant(value: float, means: str, shown: Shown, source: Source = OWN) -> float:
    # `field` stands for its default, as the checker of types has it.
    found: float = field(default=value, metadata={"constant": Constant(means, shown, source)})
    return found


@dataclass(frozen=True)
class Rules:
    """The numbers in the rules. A test may change each one and see the results and the page on method change."""

    on_track_from: float = _constant(
        0.95, "Part of the change asked for by now from which a measure is on track", "percent", OPEN_SDG
    )
    at_risk_from: float = _constant(
        0.60, "Part of the change asked for by now from which a measure is at risk, not off track", "percent", OPEN_SDG
    )
    too_early_up_to: float = _constant(
        0.10, "Part of the time up to which it is too early to judge a measure", "percent"
    )
    due_soon_days: float = _constant(60, "Days ahead within which a legal duty is shown as due soon", "days")


RULES = Rules()
"""The rules as published."""


def constants() -> tuple[tuple[str, Constant], ...]:
    """Every number in the rules by its name, in their order, with what is said about it."""
    return tuple((one.name, _said(one)) for one in fields(Rules))


def _said(one: Field[float]) -> Constant:
    found = one.metadata["constant"]
    assert isinstance(found, Constant)
    return found
