"""Measures in trouble of which residents are not told why, or what happens next."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem
from safety_plan.results.results import Results

_OWED = {"explanation": "write why it stands there.", "next_step": "write what is done, by whom and when."}


def unexplained(plan: Plan, results: Results) -> Iterator[Problem]:
    """What each measure at risk or off track owes its readers, with its place. The page says so, too."""
    for metric in plan.metrics:
        status, record = results.metrics[metric.id].status, metric.record
        if not status.owes_explanation:
            continue
        for name, fix in _OWED.items():
            if getattr(record, name) is None:
                yield Problem(
                    record.at(),
                    f'found the metric "{metric.id}" without "{name}", although it is {status.words}',
                    allowed='"explanation" and "next_step" for every measure at risk or off track',
                    fix=fix,
                )
