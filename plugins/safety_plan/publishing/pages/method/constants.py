"""Every number in the rules, with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.publishing import words
from safety_plan.publishing.view import Studio
from safety_plan.rules import Shown, Source, constants


@dataclass(frozen=True)
class _Constant:
    name: str
    means: str
    value: str
    source: Source


def part(studio: Studio) -> dict[str, Any]:
    """What the template of this part needs."""
    rules = studio.plan.rules
    return {
        "constants": [
            _Constant(name, said.means, _written(getattr(rules, name), said.shown), said.source)
            for name, said in constants()
        ]
    }


def _written(value: float, shown: Shown) -> str:
    if shown == "percent":
        return f"{100 * value:g}%"
    return words.days(round(value)) if shown == "days" else f"{value:g}"
