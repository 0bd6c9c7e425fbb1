"""Which register of the plan the numbers of a measure are taken from, and whether the two agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.language import say, say_n
from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.sentences import joined
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
    return {"mirrored": _Mirrored(_PAGES[register], say(COUNTED[register]), _gives(metric, found) if found else "")}


def _gives(metric: Metric, found: Mirror) -> str:
    """What the register gives, and whether that is what the measure shows."""
    values = list(dict.fromkeys(words.value(metric.record, value) for value in found.possible))
    day = words.date(found.day)
    if not values:
        return say("On {date} the register had nothing to count.", date=day)
    shown = words.value(metric.record, found.typed)
    if len(values) == 1:
        of = found.tally.of
        value = values[0] if of is None else _of(values[0], found.tally.number, of)
        if found.agrees:
            return say("On {date} the register gives {value}, as shown here.", date=day, value=value)
        return say(
            "On {date} the register gives {value}, but the number shown here is {shown}.",
            date=day, value=value, shown=shown,
        )  # fmt: skip
    gives = say_n(
        "On {date} the register gives {values}: {n} entry was brought up to date since, so it no longer tells how "
        "things stood that day.",
        "On {date} the register gives {values}: {n} entries were brought up to date since, so it no longer tells how "
        "things stood that day.",
        found.tally.unknown,
        date=day,
        values=say("{all_before} or {last}", all_before=", ".join(values[:-1]), last=values[-1]),
        n=words.number(found.tally.unknown),
    )
    if found.agrees:
        return joined((gives, say("The number shown here, {shown}, fits that.", shown=shown)))
    return joined((gives, say("The number shown here, {shown}, does not fit that.", shown=shown)))


def _of(value: str, part: int, whole: int) -> str:
    return say("{value} ({part} of {whole})", value=value, part=words.number(part), whole=words.number(whole))
