"""What stands around a chart: its subtitle, what its lines and marks mean, and what to know about single periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.language import later, say, say_in
from safety_plan.publishing import words
from safety_plan.publishing.charts.paths import is_level
from safety_plan.publishing.charts.trend import Trend
from safety_plan.publishing.kinds import is_wait
from safety_plan.publishing.sentences import capital, joined
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Covers, Metric
from safety_plan.reading.schema.observations import Frequency
from safety_plan.results.status import GROWTH, Method

_OFTEN: dict[Frequency, str] = {
    "monthly": later("{unit}, month by month."),
    "quarterly": later("{unit}, quarter by quarter."),
    "yearly": later("{unit}, year by year."),
}
_OFTEN_ANSWERED: dict[Frequency, str] = {
    "monthly": later("Yes or no, month by month."),
    "quarterly": later("Yes or no, quarter by quarter."),
    "yearly": later("Yes or no, year by year."),
}
_COVERS: dict[Covers, str] = {
    "year-to-date": later("Each value counts from the start of the year."),
    "running-total": later("Each value counts everything so far."),
    "rolling-12-months": later("Each value covers 12 months."),
    "rolling-36-months": later("Each value covers 3 years."),
}


def subtitle(record: Metric) -> tuple[str, ...]:
    """What the numbers are: the unit and how often one comes, what time each covers, and which way is better."""
    if record.kind == "yes-no":
        return (say(_OFTEN_ANSWERED[record.frequency]),)
    said = [capital(say(_OFTEN[record.frequency], unit=words.unit(record)))]
    if record.covers in _COVERS:
        said.append(say(_COVERS[record.covers]))
    return (*said, *_better(record))


def _better(record: Metric) -> Iterator[str]:
    if is_wait(record):
        yield say("Shorter is better.")
    elif record.better == "higher":
        yield say("More is better.") if record.kind in ("count", "sum") else say("Higher is better.")
    elif record.better == "lower":
        yield say("Fewer is better.") if record.kind == "count" else say("Lower is better.")


@dataclass(frozen=True)
class Entry:
    """A line or mark of a chart and what it means. `sign` is the name of its looks."""

    sign: str
    text: str


def key(record: Metric, chart: Trend, method: Method) -> Iterator[Entry]:
    """An entry for each kind of line and mark that the chart has, the values themselves left out."""
    if chart.paths:
        yield Entry("band" if chart.band else "path", _path(record, method))
    if chart.baseline:
        yield Entry("start", joined((chart.baseline.text, "."), ""))
    for aim in chart.aims:
        yield Entry("aim", joined((aim.text, "."), ""))
    if chart.beyond:
        yield Entry("beyond", joined((chart.beyond.text, "."), ""))
    for benchmark in chart.benchmarks:
        yield Entry("benchmark", say("For scale, not a target: {benchmark}.", benchmark=benchmark.text))
    if chart.partial:
        yield Entry("partial", say("The hollow point is not the whole period yet."))
    if chart.old_paths:
        yield Entry("old", say("The dotted line is for the target of before."))
    if chart.changes:
        yield Entry("change", _changed(record))
    if chart.gaps:
        yield Entry("gap", say("A dotted upright line is a time without a number."))
    if chart.withheld:
        yield Entry(
            "withheld",
            say("A dotted upright line with a small box at its foot is a time whose number is withheld."),
        )
    yield from _limits(chart)


def _limits(chart: Trend) -> Iterator[Entry]:
    if chart.limits:
        yield Entry(
            "limit",
            say(
                "Of the thin lines the middle one is the mean; the outer two are the limits between which chance alone "
                "keeps nearly all values."
            ),
        )
        if chart.signals:
            yield Entry("signal", say("A diamond is a value that stands out."))


def _changed(record: Metric) -> str:
    """What the upright lines are that are marked with the word "changed"."""
    if not record.target_changes:
        return say("An upright line marked “changed” is the day a new way of counting began.")
    if record.targets and record.definition_changes:
        return say("An upright line marked “changed” is the day the target was moved or a new way of counting began.")
    if record.targets:
        return say("An upright line marked “changed” is the day the target was moved.")
    if record.definition_changes:
        return say("An upright line marked “changed” is the day the target was dropped or a new way of counting began.")
    return say("An upright line marked “changed” is the day the target was dropped.")


def _path(record: Metric, method: Method) -> str:
    """What the dashed lines of the chart are."""
    if record.better == "within":
        return say("It should stay between the dashed lines.")
    if record.covers == "year-to-date":
        return say(
            "The dashed line is the target for each year; the count starts anew each {month}.",
            month=words.month(record.year_starts),
        )
    if method == GROWTH:
        return say("The dashed line is the straight way to the target; the status goes by yearly growth instead.")
    if record.targets[-1].keep:
        return say("The dashed line is the level to hold.")
    if is_level(record):
        return say("The dashed line is the level to reach by {date}.", date=words.date(record.targets[-1].by))
    return say("The dashed line is the way to the target.")


@dataclass(frozen=True)
class Note:
    """What a reader must know about the numbers of some periods, which the chart marks."""

    periods: str
    text: str


def notes(record: Metric) -> tuple[Note, ...]:
    """The notes on single periods; a text that stands for several is given once."""
    found: dict[str, list[Period]] = {}
    for note in record.notes:
        if note.period is not None:
            found.setdefault(note.text, []).append(note.period)
    return tuple(Note(words.listed([words.period(one) for one in periods]), text) for text, periods in found.items())


def credit(record: Metric) -> str:
    """Where the numbers of a chart are from, with the credit that a licence asks for."""
    source = record.source
    if source.attribution is None:
        return say_in("chart", "Source: {name}.", name=source.name)
    if source.licence is None or source.licence in source.attribution:
        return say("Source: {name}. {credit}.", name=source.name, credit=source.attribution)
    return say("Source: {name}. {credit} ({licence}).", name=source.name, credit=source.attribution,
               licence=source.licence)  # fmt: skip
