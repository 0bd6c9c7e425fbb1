"""Units behind a number: they may be there where they are those of the measure."""

from __future__ import annotations

import re

from safety_plan.reading.schema.metrics import Metric

_SHORT = (
    frozenset({"minutes", "minute", "min", "mins"}),
    frozenset({"seconds", "second", "sec", "secs", "s"}),
    frozenset({"hours", "hour", "hr", "hrs", "h"}),
    frozenset({"days", "day"}),
    frozenset({"dollars", "dollar", "usd", "$"}),
    frozenset({"percent", "per cent", "pct", "%"}),
)
_BEHIND = re.compile(r"(?P<number>[-\d.,][-\d., ]*?)\s*(?P<unit>[^\d\s.,\-][^\d]*)")
_IN_FRONT = re.compile(r"(?P<sign>-?)(?P<unit>\$|usd)\s*(?P<number>[\d.,][\d., ]*)")


def without_unit(text: str, metric: Metric) -> tuple[str, bool]:
    """A text without the unit of the metric, and whether it had it. With any other unit it is left as it is."""
    match = _BEHIND.fullmatch(text) or _IN_FRONT.fullmatch(text.casefold())
    if match is None or not _is_unit(match["unit"].casefold().strip().rstrip("."), metric):
        return text, False
    return match.groupdict().get("sign", "") + match["number"].strip(), True


def has_another_unit(text: str, metric: Metric) -> bool:
    """Whether a text is a number with a unit that is not that of the metric."""
    match = _BEHIND.fullmatch(text) or _IN_FRONT.fullmatch(text.casefold())
    unit = "" if match is None else match["unit"].casefold().strip().rstrip(".")
    return any(unit in names for names in _SHORT) and not _is_unit(unit, metric)


def _is_unit(word: str, metric: Metric) -> bool:
    own = {metric.unit.casefold(), (metric.unit_one or metric.unit).casefold()}
    if metric.kind == "percent":
        own.add("percent")
    return word in own or any(word in names and names & own for names in _SHORT)
