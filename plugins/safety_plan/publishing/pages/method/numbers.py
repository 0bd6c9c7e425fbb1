"""The numbers themselves: their kinds, what stands where there is none, and what a percentile is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.language import say
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.figures import latest
from safety_plan.publishing.kinds import COVERS, KINDS
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.observations import Kind
from safety_plan.results.results import Results


def part(studio: Studio) -> dict[str, Any]:
    """What the template of this part needs."""
    plan, results = studio.plan, studio.results
    return {
        "nothings": _nothings(plan, results),
        "own_promise": [metric for metric in plan.metrics if metric.record.due_within_days],
        "late": [metric for metric in plan.metrics if _days_late(results, metric)],
        "percentile": _percentile(plan, results),
        "kinds": [(name, said.name, said.meaning, _of_kind(plan, name)) for name, said in KINDS.items()],
        "covers": [say(said) for said in COVERS.values() if said],
        "fiscal_start": words.month(plan.town.fiscal_year_starts) if plan.town.fiscal_year_starts else "",
        "rules": plan.rules,
    }


def _of_kind(plan: Plan, kind: Kind) -> int:
    return sum(metric.record.kind == kind for metric in plan.metrics)


def _days_late(results: Results, metric: Metric) -> int:
    return results.metrics[metric.id].next.days_late


@dataclass(frozen=True)
class _Nothing:
    """One of the things that a missing number can mean."""

    anchor: str
    name: str
    shown: str
    meaning: str
    now: str


def _nothings(plan: Plan, results: Results) -> list[_Nothing]:
    values = [one for metric in plan.metrics for one in metric.record.every_observation]
    zero = sum(one.number == 0 for one in values)
    missing = sum(one.missing is not None for one in values)
    withheld = sum(one.withheld for one in values)
    late = sum(bool(_days_late(results, metric)) for metric in plan.metrics)
    skipped = sum(len(results.metrics[metric.id].skipped) for metric in plan.metrics)
    return [
        _Nothing(
            anchor="zero",
            name=say("Zero"),
            shown="0",
            meaning=say("We counted, and there were none."),
            now=words.count(zero, "value"),
        ),
        _Nothing(
            anchor="missing",
            name=say("Missing"),
            shown=say("No value: the reason"),
            meaning=say("We should have a number and have none. We say why."),
            now=words.count(missing, "value"),
        ),
        _Nothing(
            anchor="withheld",
            name=say("Withheld"),
            shown=words.withheld(),
            meaning=say("We have a number, but it could point to a person, or tell another one that could."),
            now=words.count(withheld, "value"),
        ),
        _Nothing(
            anchor="not-given",
            name=say("Not given"),
            shown=say("not given, with the day it was promised for, and the days it is late"),
            meaning=say("The number never came, and nobody said why, although a later one did."),
            now=words.count(skipped, "value"),
        ),
        _Nothing(
            anchor="not-yet-due",
            name=say("Not yet due"),
            shown=say("not yet due, with the day it is promised by"),
            meaning=say("The time it covers is not over, or the day we promised it for has not come."),
            now=words.count(len(plan.metrics) - late, "measure"),
        ),
        _Nothing(
            anchor="late",
            name=say("Late"),
            shown=say("The day it was promised for, and the days it is late"),
            meaning=say("The day we promised it for has passed. The last status stays, with the delay beside it."),
            now=words.count(late, "measure"),
        ),
    ]


@dataclass(frozen=True)
class _Percentile:
    """A measure that is a percentile, to explain the word by."""

    metric: Metric
    percentile: int
    value: str
    others: int


def _percentile(plan: Plan, results: Results) -> _Percentile | None:
    for metric in plan.metrics:
        record, found = metric.record, results.metrics[metric.id].assessment.latest
        if record.percentile is not None and found is not None and found.number is not None:
            return _Percentile(metric, record.percentile, latest(metric, results), 100 - record.percentile)
    return None
