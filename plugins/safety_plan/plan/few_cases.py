"""Percentiles of few cases: below one number of cases they are not shown, below another only with a caution.

The 90th percentile of eight cases is just the slowest of them, so that chance alone decides what it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from safety_plan.reading.folder import Records
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.rules import RULES, Rules

One = TypeVar("One", bound=Observation)


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
    name = record.percentile_name
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
    cases = "Only 1 case" if one.n == 1 else f"Only {one.n} cases"
    # An earlier value of the same few cases says as little.
    gone = dict.fromkeys(("value", "was", "corrected", "because"))
    return one.model_copy(update={**gone, "missing": f"{cases}, too few for the {name}"})
