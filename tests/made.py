"""Records that tests make up, instead of reading them from a plan."""

from __future__ import annotations

from typing import Any

from safety_plan.reading.periods import Period, period_from
from safety_plan.reading.schema.metrics import Metric, Source


def period(text: str) -> Period:
    """The period that a text such as 2026-Q3 names."""
    found = period_from(text)
    assert found is not None
    return found


def made_metric(**changes: Any) -> Metric:
    """A measure of things done, the more the better, with what a test says about it."""
    base = {
        "name": "Things done",
        "question": "How many?",
        "definition": "Things.",
        "kind": "sum",
        "unit": "things",
        "counts": "things",
        "better": "higher",
        "level": "output",
        "frequency": "quarterly",
        "source": Source(name="Book", owner="clerk"),
    }
    return Metric.model_validate({**base, **changes})
