"""Percentiles of few cases: below one number of cases they are not shown, below another only with a caution.

The 90th percentile of eight cases is just the slowest of them, so that chance alone decides what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from safety_plan.language import later, say, say_n
from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem
from safety_plan.reading.folder import Records
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.rules import RULES, Rules

One = TypeVar("One", bound=Observation)


_ENDINGS = {1: later("{n}st percentile"), 2: later("{n}nd percentile"), 3: later("{n}rd percentile")}
_TEENS = (11, 12, 13)


def percentile_name(metric: Metric) -> str:
    """What a percentile is called, such as 90th percentile: each with the ending that its number has in English."""
    number = metric.percentile or 0
    text = _ENDINGS.get(number % 10) if number not in _TEENS else None
    return say(text or later("{n}th percentile"), n=number)


def needs_caution(metric: Metric, one: Observation, rules: Rules = RULES) -> bool:
    """Whether a value that is shown is a percentile of so few cases that readers must be told."""
    known = metric.kind == "percentile" and one.number is not None and one.n is not None
    return known and (one.n or 0) < rules.percentile_caution_below


def without_percentiles_of_few(records: Records, rules: Rules = RULES) -> Records:
    """The records, in which each percentile of too few cases is missing, with the reason.

    What is withheld stays so. Nothing later sees the numbers: neither a chart nor a status nor a live figure can be
    built on them.
    """
    folders = {
        name: {id: _checked(record, rules) for id, record in folder.items()} for name, folder in records.folders.items()
    }
    return replace(records, folders=folders)


def _checked(record: Record, rules: Rules) -> Record:
    if not isinstance(record, Metric) or record.kind != "percentile":
        return record
    name = percentile_name(record)
    return record.model_copy(
        update={
            "observations": _shown(record.observations, name, rules),
            "annual": _shown(record.annual, name, rules),
            "breakdowns": tuple(
                split.model_copy(update={"observations": _shown(split.observations, name, rules)})
                for split in record.breakdowns
            ),
        }
    )


def _shown(observations: Iterable[One], name: str, rules: Rules) -> tuple[One, ...]:
    return tuple(_or_missing(one, name, rules) for one in observations)


def _or_missing(one: One, name: str, rules: Rules) -> One:
    if one.number is None or one.n is None or one.n >= rules.percentile_not_shown_below:
        return one
    # An earlier value of the same few cases says as little.
    gone = dict.fromkeys(("value", "was", "corrected", "because"))
    return one.model_copy(update={**gone, "missing": _reason(one.n, name)})


def _reason(cases: int, name: str) -> str:
    """What stands in place of a percentile of too few cases."""
    return say_n(
        "Only {n} case, too few for the {percentile}",
        "Only {n} cases, too few for the {percentile}",
        cases,
        n=cases,
        percentile=name,
    )


def _is_of_few(metric: Metric, one: Observation) -> bool:
    """Whether a value was typed, but is missing from the plan because it is a percentile of too few cases."""
    return metric.kind == "percentile" and one.n is not None and one.missing == _reason(one.n, percentile_name(metric))


def few_case_doubts(plan: Plan) -> Iterator[Problem]:
    """Every percentile that was typed and is not shown: nobody should have to find that out on the site."""
    least = f"{plan.rules.percentile_not_shown_below:g}"
    for metric in plan.metrics:
        for one in metric.record.every_observation:
            if _is_of_few(metric.record, one):
                yield Problem(
                    one.at("value"),
                    f"found a {metric.record.percentile_name} of too few cases for {one.period} in the metric "
                    f'"{metric.id}"; the site does not show it and says: {one.missing}',
                    allowed=f'"n" of at least {least}, so that the percentile is shown',
                    fix="leave the line as it is, or check the number of cases.",
                )
