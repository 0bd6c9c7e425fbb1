"""Small numbers of a private repository are withheld before anything can be made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from safety_plan.plan.withholding.counts import COUNTED
from safety_plan.plan.withholding.entries import BASELINE
from safety_plan.plan.withholding.links import ledgers, smallest_shown
from safety_plan.plan.withholding.solver import MOST_NODES
from safety_plan.plan.withholding.suppression import complements
from safety_plan.reading.folder import Records
from safety_plan.reading.schema.base import Path, Record
from safety_plan.reading.schema.engagement import Engagement, Event, Theme
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.town import Town

One = TypeVar("One", bound=Observation)

_CORRECTION = ("was", "corrected", "because")


def without_small_numbers(records: Records) -> Records:
    """The records of a town whose repository is private, in which small numbers and what would tell them are withheld.

    Those of a public repository stay as they are: there a small number has been published already, and is refused.
    """
    town = records.one(Town)
    if town is None or town.repository == "public":
        return records
    metrics = withheld_metrics(records.all(Metric), town)
    folders = {
        name: {id: metrics.get(id, record) if isinstance(record, Metric) else record for id, record in folder.items()}
        for name, folder in records.folders.items()
    }
    below = town.small_numbers.below
    files = {
        name: _engagement(record, below) if isinstance(record, Engagement) else record
        for name, record in records.files.items()
    }
    return replace(records, files=files, folders=folders)


def withheld_metrics(metrics: Mapping[str, Metric], town: Town, most_nodes: int = MOST_NODES) -> dict[str, Metric]:
    """The metrics with small numbers and their complements withheld. A metric without any is the same object.

    After this nothing is exposed, whatever it took: the build never stops because of a small number. `most_nodes` is
    how long the solver may search for one answer.
    """
    # What was left beside the words that withhold a number goes first: nothing could make up for it.
    left = defaultdict[str, set[Path]](set)
    for ledger in ledgers(metrics, town):
        for row in ledger.rows:
            if row.entry.withheld and row.entry.values:
                left[row.metric].add(row.entry.path)
    metrics = {name: _withheld(metric, left[name]) for name, metric in metrics.items()}
    found = defaultdict[str, set[Path]](set)
    for ledger in ledgers(metrics, town):
        keys = frozenset(row.key for row in ledger.rows if row.entry.withheld or row.entry.small)
        keys |= {row.key for row in complements(ledger, keys, most_nodes).rows}
        for row in ledger.rows:
            if row.key in keys and not row.entry.withheld:
                found[row.metric].add(row.entry.path)
    return {
        name: _without_small_corrections(_withheld(metric, found[name]), smallest_shown(metric, town))
        for name, metric in metrics.items()
    }


def _withheld(metric: Metric, paths: set[Path]) -> Metric:
    if not paths:
        return metric
    gone = {**dict.fromkeys(("value", "part", "of", "n", *_CORRECTION)), "withheld": True}

    def hidden(one: One, path: Path) -> One:
        return one.model_copy(update=gone) if path in paths else one

    found = _changed(metric, hidden)
    return found.model_copy(update={"baseline": None}) if BASELINE in paths else found


def _without_small_corrections(metric: Metric, below: int) -> Metric:
    """The metric, in which no count that is too small is told as the value before a correction.

    The value itself may be shown, or be a zero, which is never withheld.
    """
    if metric.kind not in COUNTED or not any(_was_small(one, below) for one in metric.every_observation):
        return metric

    def plain(one: One, path: Path) -> One:
        return one.model_copy(update=dict.fromkeys(_CORRECTION)) if _was_small(one, below) else one

    return _changed(metric, plain)


def _was_small(one: Observation, below: int) -> bool:
    return 0 < (one.was or 0) < below


class _Change(Protocol):
    """Makes a line of a metric into another one; it is told the way to the line from the metric on."""

    def __call__(self, one: One, path: Path, /) -> One:
        """The line as it is to be."""


def _changed(metric: Metric, change: _Change) -> Metric:
    def all_of(observations: Iterable[One], at: Path) -> tuple[One, ...]:
        return tuple(change(one, (*at, number)) for number, one in enumerate(observations))

    splits = tuple(
        split.model_copy(update={"observations": all_of(split.observations, ("breakdowns", number, "observations"))})
        for number, split in enumerate(metric.breakdowns)
    )
    own = {name: all_of(getattr(metric, name), (name,)) for name in ("observations", "annual")}
    return metric.model_copy(update={**own, "breakdowns": splits})


def _engagement(record: Engagement, below: int) -> Record:
    return record.model_copy(
        update={
            "events": tuple(_event(one) if 0 < (one.people or 0) < below else one for one in record.events),
            "themes": tuple(_theme(one) if 0 < (one.mentions or 0) < below else one for one in record.themes),
        }
    )


def _event(event: Event) -> Event:
    return event.model_copy(update={"people": None, "withheld": True})


def _theme(theme: Theme) -> Theme:
    return theme.model_copy(update={"mentions": None, "withheld": True})
