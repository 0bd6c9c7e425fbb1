"""Numbers that were never given although later ones were: a time without a number has to say why."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem
from safety_plan.results.results import Results


def not_given(plan: Plan, results: Results) -> Iterator[Problem]:
    """Each metric with periods that it passes over in silence, at the place of its values."""
    for metric in plan.metrics:
        record, skipped = metric.record, results.metrics[metric.id].skipped
        if not skipped:
            continue
        periods = [str(one.period) for one in skipped]
        listed = f"{', '.join(periods[:-1])} and {periods[-1]}" if periods[1:] else periods[0]
        yield Problem(
            record.at("observations_file" if record.observations_file else "observations"),
            f'found no number for {listed} in the metric "{metric.id}", although there are later ones',
            allowed=f"a value for each {_EACH[record.frequency]}, or missing with the reason",
            fix='add the numbers, or for each a line such as "missing: The records were lost".',
        )


_EACH = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}
