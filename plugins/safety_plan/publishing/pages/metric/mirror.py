"""Which register of the plan the numbers of a measure are taken from, and whether the two agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.view import Studio
from safety_plan.results.mirrors import COUNTED, Mirror, mirror

_PAGES = {"duties-current": "legal", "actions-on-schedule": "roadmap", "exercises-held": "people"}
"""The page that shows each register."""


@dataclass(frozen=True)
class _Mirrored:
    """The page of the register, how it is counted, and what it gives for the newest value, in words."""

    page: str
    counted: str
    gives: str


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    register = metric.record.mirrors
    if register is None or _PAGES[register] not in studio.plan.pages:
        return {"mirrored": None}
    found = mirror(studio.plan, metric)
    return {"mirrored": _Mirrored(_PAGES[register], COUNTED[register], _gives(metric, found) if found else "")}


def _gives(metric: Metric, found: Mirror) -> str:
    """What the register gives, and whether that is what the measure shows."""
    values = list(dict.fromkeys(words.value(metric.record, value) for value in found.possible))
    if not values:
        return f"On {words.date(found.day)} the register had nothing to count."
    shown = words.value(metric.record, found.typed)
    start = f"On {words.date(found.day)} the register gives"
    if len(values) == 1:
        of = "" if found.tally.of is None else f" ({found.tally.number} of {found.tally.of})"
        agrees = ", as shown here." if found.agrees else f", but the number shown here is {shown}."
        return f"{start} {values[0]}{of}{agrees}"
    unknown = words.count(found.tally.unknown, "entry was", "entries were")
    why = f"{unknown} brought up to date since, so it no longer tells how things stood that day"
    agrees = f"The number shown here, {shown}, {'fits that' if found.agrees else 'does not fit that'}."
    return f"{start} {' or '.join((', '.join(values[:-1]), values[-1]))}: {why}. {agrees}"
