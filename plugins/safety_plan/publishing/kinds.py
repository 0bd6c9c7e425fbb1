"""The kinds of measure in words: what each number is, the same on every page."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from safety_plan.language import later, say
from safety_plan.plan.few_cases import percentile_name
from safety_plan.publishing import words
from safety_plan.publishing.sentences import joined
from safety_plan.reading.schema.metrics import Covers, Metric
from safety_plan.reading.schema.observations import Frequency, Kind


@dataclass(frozen=True)
class KindWords:
    """What a kind of measure is called, and what a reader should know about it; in English, marked as `later`."""

    called: str
    means: str

    @property
    def name(self) -> str:
        """What it is called, in the language that is being spoken."""
        return say(self.called)

    @property
    def meaning(self) -> str:
        """What a reader should know about it, in the language that is being spoken."""
        return say(self.means)


KINDS: dict[Kind, KindWords] = {
    "count": KindWords(later("a count"), later("How many there were. Zero is a number like any other.")),
    "sum": KindWords(later("a sum"), later("Amounts added up, such as hours of work.")),
    "mean": KindWords(
        later("an average"),
        later("All cases added up and shared out evenly. A few very large ones can pull it far up."),
    ),
    "median": KindWords(later("a median"), later("The case in the middle: half of the cases are below, half above.")),
    "percentile": KindWords(
        later("a percentile"),
        later("The value that so many of each 100 cases do not go beyond. It shows the slow or large cases."),
    ),
    "percent": KindWords(
        later("a percentage"), later("How many of each 100. Where we know the part and the whole, we show both.")
    ),
    "rate": KindWords(later("a rate"), later("How often something happens for each 100 or 1,000 people or things.")),
    "index": KindWords(later("an index"), later("A number without a unit, put together from other numbers.")),
    "yes-no": KindWords(later("yes or no"), later("Something is in place, or it is not.")),
}
"""Each kind of measure. A kind without an entry stops the build: no number is shown that is not explained."""


def kind(metric: Metric) -> str:
    """What sort of number a measure is, as its page says it."""
    if metric.kind == "percentile":
        called = say("the {percentile}: {share}", percentile=percentile_name(metric), share=of_hundred(metric))
    elif metric.kind == "median":
        called = say("a median: {share}", share=of_hundred(metric))
    elif metric.kind == "rate":
        called = say("a rate per {number}", number=words.number(metric.per or 0))
    else:
        called = KINDS[metric.kind].name
    return joined((called, *_not_given(metric)), ". ")


def of_hundred(metric: Metric) -> str:
    """How many cases a median or a percentile leaves on either side; nothing for other kinds."""
    if metric.kind == "percentile":
        part, whole = Fraction(metric.percentile or 0, 100).as_integer_ratio()
        if is_wait(metric):
            return say("{part} of {whole} cases were this fast or faster", part=part, whole=whole)
        return say("{part} of {whole} cases were at or below it", part=part, whole=whole)
    return say("half of the cases were below it, half above") if metric.kind == "median" else ""


_TIMES = ("seconds", "minutes", "hours", "days")


def is_wait(metric: Metric) -> bool:
    """Whether it is a time that should be short, so that lower values are faster."""
    return metric.as_written.unit in _TIMES and metric.better == "lower"


_NOT_GIVEN: dict[Kind, str] = {
    "percentile": later("The number of cases is not given, so we cannot tell how stable it is"),
    "rate": later("The number of events is not given, so we cannot tell how stable it is"),
}


def _not_given(metric: Metric) -> tuple[str, ...]:
    """What a reader cannot be told because the number of cases is not known; nothing where it is, or is not needed."""
    if any(one.n is not None or one.part is not None for one in metric.every_observation):
        return ()
    return (say(_NOT_GIVEN[metric.kind]),) if metric.kind in _NOT_GIVEN else ()


_FREQUENCIES: dict[Frequency, str] = {
    "monthly": later("Monthly"),
    "quarterly": later("Quarterly"),
    "yearly": later("Yearly"),
}


def how_often(metric: Metric) -> str:
    """How often a value comes, and what a reader should know about the time that it covers."""
    said = (say(_FREQUENCIES[metric.frequency]), covers_words(metric))
    return joined((text for text in said if text), ". ")


COVERS: dict[Covers, str] = {
    "period": "",
    "year-to-date": later("Each value counts from the start of the year"),
    "running-total": later("Each value counts everything so far"),
    "rolling-12-months": later("Each value covers 12 months, so two in a row share most of their numbers"),
    "rolling-36-months": later("Each value covers 3 years, so two in a row share most of their numbers"),
}
"""What a reader should know about the time that a value covers; nothing where it covers just its own period.

Texts to be said: `covers_words` says the one of a measure.
"""


def covers_words(metric: Metric) -> str:
    """The same in the language that is being spoken."""
    return say(COVERS[metric.covers]) if COVERS[metric.covers] else ""
