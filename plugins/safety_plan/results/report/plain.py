"""How days, numbers and the other small parts of a report are written."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

from safety_plan.plan.things import Metric

Entry = dict[str, object]
"""A map of the report: its values are texts, numbers, true or false, None, and lists and maps of these."""

Text = Callable[[str], str]
"""Turns a line of the plan into plain text, with live figures filled in."""


Explain = Callable[[Metric], str]
"""Why a metric has its status, in the words of its page."""


def day(date: dt.date | None) -> str | None:
    """A day as 2026-11-22."""
    return None if date is None else date.isoformat()


def number(value: float | None) -> float | None:
    """A number as it is, not rounded. What is beyond all numbers has no form in JSON, and is left out."""
    return value if value is None or math.isfinite(value) else None


def line(written: str | None, text: Text) -> str | None:
    """A line of the plan as plain text, where there is one."""
    return None if written is None else text(written)
