"""Small numbers are withheld before they enter the plan, and with them what would tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from safety_plan.editing.importing import Importing, Key, Step, lists_of
from safety_plan.editing.observations import Line, Series
from safety_plan.editing.recording import Change, withheld_line
from safety_plan.plan.withholding.private import withheld_metrics
from safety_plan.plan.withholding.releases import UNCORRECT
from safety_plan.problems import Problem
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.town import Town
from safety_plan.reading.spreadsheets.said import Said

_CORRECTION = ("was", "corrected", "because")


def steps_over_border(importing: Importing, said: Iterable[Said], town: Town) -> tuple[Step, ...]:
    """What becomes of the plan's lines, with all withheld that must not be public.

    Besides small numbers these are those that would tell them, in the spreadsheet and in the plan. In a private
    repository nothing is withheld here. What cannot be done is added to the problems of `importing`.
    """
    said = tuple(said)
    steps = importing.steps(said)
    if town.repository != "public" or importing.problems:
        return steps
    before, behind = importing.after(steps)
    after = withheld_metrics(before, town)
    hidden = {key: behind.get(key) for key in _newly_withheld(importing, before, after)}
    if not hidden and all(metric is before[id] for id, metric in after.items()):
        return steps
    importing.problems += [_of_baseline(before[id]) for id in _without_baseline(before, after)]
    keys = frozenset(step.said.key for step in hidden.values() if step is not None and step.said is not None)
    plain: set[object] = set()
    for key in _uncorrected(importing, before, after):
        step = behind.get(key)
        if step is None or step.said is None or step.change.line is None:
            importing.problems.append(_of_correction(importing, before, key))
        else:
            plain.add(step.said.key)
    steps = tuple(
        _uncorrect(step) if step.said and step.said.key in plain else step for step in importing.steps(said, keys)
    )
    return (*steps, *(_withdrawn(importing, key) for key, step in hidden.items() if step is None))


def _newly_withheld(importing: Importing, before: Mapping[str, Metric], after: Mapping[str, Metric]) -> Iterator[Key]:
    """The lines that are withheld in the one and not in the other; both have the same lines."""
    for series, known in _changed(importing, before, after):
        for number, one in enumerate(series.observations):
            if one.withheld and not known.observations[number].withheld:
                yield series.id, series.at, number


def _uncorrected(importing: Importing, before: Mapping[str, Metric], after: Mapping[str, Metric]) -> Iterator[Key]:
    """The lines that lose the value before their correction, and stay otherwise."""
    for series, known in _changed(importing, before, after):
        for number, one in enumerate(series.observations):
            if one.was is None and known.observations[number].was is not None and not one.withheld:
                yield series.id, series.at, number


def _changed(
    importing: Importing, before: Mapping[str, Metric], after: Mapping[str, Metric]
) -> Iterator[tuple[Series, Series]]:
    """The lists of the measures that differ, as they are after and before."""
    for id, metric in after.items():
        for series in lists_of(importing.folder, id, metric) if metric is not before[id] else ():
            yield series, series.of(before[id])


def _without_baseline(before: Mapping[str, Metric], after: Mapping[str, Metric]) -> Iterator[str]:
    return (id for id, metric in after.items() if metric.baseline is None and before[id].baseline is not None)


def _uncorrect(step: Step) -> Step:
    line: Line = {key: value for key, value in (step.change.line or {}).items() if key not in _CORRECTION}
    return replace(step, change=replace(step.change, line=line), deed="delivered")


def _withdrawn(importing: Importing, key: Key) -> Step:
    """The step that withholds a line of the plan of which no cell says anything."""
    id, at, position = key
    series = Series(importing.folder, id, importing.metrics[id], at)
    one = series.observations[position]
    return Step(None, Change(series, one.period, position, withheld_line(one)), "withdrawn")


def _of_baseline(metric: Metric) -> Problem:
    return Problem(
        metric.at("baseline"),
        "found a baseline that would tell a small number of this spreadsheet",
        allowed="a baseline from which no small number can be worked out, because everyone can read this folder",
        fix="leave the baseline out, or start from another period; then import again.",
    )


def _of_correction(importing: Importing, metrics: Mapping[str, Metric], key: Key) -> Problem:
    id, at, position = key
    return Problem(
        metrics[id].at(*at, position, "was"),
        "found the value of a period before its correction, which would tell a small number of this spreadsheet",
        allowed="no earlier value that tells a small number, because everyone can read this folder",
        fix=UNCORRECT,
    )
