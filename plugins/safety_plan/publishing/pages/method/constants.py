"""Every number in the rules, with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.language import say
from safety_plan.publishing import words
from safety_plan.publishing.view import Studio
from safety_plan.results import written
from safety_plan.rules import Shown, constants


@dataclass(frozen=True)
class _Constant:
    name: str
    means: str
    value: str
    source: str
    link: str


def part(studio: Studio) -> dict[str, Any]:
    """What the template of this part needs."""
    rules = studio.plan.rules
    return {
        "constants": [
            _Constant(
                name,
                say(said.means),
                _written(getattr(rules, name), said.shown),
                say(said.source.name),
                said.source.link,
            )
            for name, said in constants()
        ]
    }


def _written(value: float, shown: Shown) -> str:
    if shown == "percent":
        return written.percent(value)
    return words.days(round(value)) if shown == "days" else written.number(value)
