"""Everything staff should look at that keeps nothing from being published: gaps, doubts, and what does not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safety_plan.plan.coverage import gaps
from safety_plan.plan.few_cases import few_case_doubts
from safety_plan.plan.group_totals import group_doubts
from safety_plan.plan.odd_values import odd_value_doubts
from safety_plan.plan.plain_language import plain_language
from safety_plan.plan.plan import Plan
from safety_plan.plan.twins import lonely_twins
from safety_plan.plan.work import doubts
from safety_plan.problems import Problem
from safety_plan.reading.content import HandWritten
from safety_plan.results.against_today import against_today
from safety_plan.results.mirrors import COUNTED, Mirror, mirror
from safety_plan.results.no_effect import without_effect
from safety_plan.results.not_given import not_given
from safety_plan.results.results import Results
from safety_plan.results.unexplained import unexplained


def warnings(plan: Plan, results: Results, pages: Iterable[HandWritten] = ()) -> tuple[Problem, ...]:
    """All warnings about a plan and its hand-written pages, in the order of its files and their lines.

    None of them comes because time goes by: what is late stands on a page of its own.
    """
    pages = tuple(pages)
    found = [
        *gaps(plan),
        *doubts(plan),
        *few_case_doubts(plan),
        *group_doubts(plan),
        *odd_value_doubts(plan),
        *against_today(plan, results.as_of),
        *not_given(plan, results),
        *unexplained(plan, results),
        *without_effect(plan, results),
        *disagreeing(plan),
        *plain_language(plan, pages),
        *lonely_twins(plan, pages),
    ]
    return tuple(sorted(found))


_HELD_IN = {
    "duties-current": "compliance.yml",
    "actions-on-schedule": "the files in goals/",
    "exercises-held": "people.yml",
}
"""Where each register is kept."""


def disagreeing(plan: Plan) -> Iterator[Problem]:
    """Measures that show another number than the register they are taken from gave at the end of the period."""
    for metric in plan.metrics:
        found = mirror(plan, metric)
        if found is None or found.agrees:
            continue
        observation = next(one for one in metric.record.observations if one.period == found.period)
        yield Problem(
            observation.at("value"),
            f'found {found.typed:g} for {found.period} in the metric "{metric.id}", but its register, '
            f"{_HELD_IN[found.register]}, gives {_given(found, metric.record.decimals)} on {found.day}",
            allowed=f"what the register gives, counted as: {COUNTED[found.register]}",
            fix=f"correct the number, or the dates in {_HELD_IN[found.register]}.",
        )


def _given(found: Mirror, decimals: int) -> str:
    values = list(dict.fromkeys(f"{value:.{decimals}f}" for value in found.possible))
    tally = found.tally
    counted = "" if tally.of is None else f" ({tally.number} of {tally.of})"
    if not tally.unknown:
        return f"{values[0]}{counted}"
    return f"one of {', '.join(values)} ({tally.number} to {tally.number + tally.unknown} of {tally.of})"
