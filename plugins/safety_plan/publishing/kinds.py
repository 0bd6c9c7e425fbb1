"""The kinds of measure in words: what each number is, the same on every page."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Covers, Metric
from safety_plan.reading.schema.observations import Kind


@dataclass(frozen=True)
class KindWords:
    """What a kind of measure is called, and what a reader should know about it."""

    name: str
    meaning: str


KINDS: dict[Kind, KindWords] = {
    "count": KindWords("a count", "How many there were. Zero is a number like any other."),
    "sum": KindWords("a sum", "Amounts added up, such as hours of work."),
    "mean": KindWords(
        "an average", "All cases added up and shared out evenly. A few very large ones can pull it far up."
    ),
    "median": KindWords("a median", "The case in the middle: half of the cases are below, half above."),
    "percentile": KindWords(
        "a percentile", "The value that so many of each 100 cases do not go beyond. It shows the slow or large cases."
    ),
    "percent": KindWords("a percentage", "How many of each 100. Where we know the part and the whole, we show both."),
    "rate": KindWords("a rate", "How often something happens for each 100 or 1,000 people or things."),
    "index": KindWords("an index", "A number without a unit, put together from other numbers."),
    "yes-no": KindWords("yes or no", "Something is in place, or it is not."),
}
"""Each kind of measure. A kind without an entry stops the build: no number is shown that is not explained."""


def kind(metric: Metric) -> str:
    """What sort of number a measure is, as its page says it."""
    if metric.kind == "percentile":
        return f"the {metric.percentile_name}: {of_hundred(metric)}{_not_given(metric)}"
    if metric.kind == "median":
        return f"a median: {of_hundred(metric)}"
    if metric.kind == "rate":
        return f"a rate per {words.number(metric.per or 0)}{_not_given(metric)}"
    return KINDS[metric.kind].name


def of_hundred(metric: Metric) -> str:
    """How many cases a median or a percentile leaves on either side; nothing for other kinds."""
    if metric.kind == "percentile":
        part, whole = Fraction(metric.percentile or 0, 100).as_integer_ratio()
        return f"{part} of {whole} cases were {'this fast or faster' if is_wait(metric) else 'at or below it'}"
    return "half of the cases were below it, half above" if metric.kind == "median" else ""


_TIMES = ("seconds", "minutes", "hours", "days")


def is_wait(metric: Metric) -> bool:
    """Whether it is a time that should be short, so that lower values are faster."""
    return metric.unit in _TIMES and metric.better == "lower"


def _not_given(metric: Metric) -> str:
    """What a reader cannot be told because the number of cases is not known; nothing where it is, or is not needed."""
    what = {"percentile": "cases", "rate": "events"}.get(metric.kind)
    if what is None or any(one.n is not None or one.part is not None for one in metric.every_observation):
        return ""
    return f". The number of {what} is not given, so we cannot tell how stable it is"


COVERS: dict[Covers, str] = {
    "period": "",
    "year-to-date": "Each value counts from the start of the year",
    "running-total": "Each value counts everything so far",
    "rolling-12-months": "Each value covers 12 months, so two in a row share most of their numbers",
    "rolling-36-months": "Each value covers 3 years, so two in a row share most of their numbers",
}
"""What a reader should know about the time that a value covers; nothing where it covers just its own period."""
