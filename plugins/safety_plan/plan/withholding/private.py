"""Small numbers of a private repository are withheld before anything can be made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from safety_plan.plan.withholding.entries import BASELINE
from safety_plan.plan.withholding.links import earlier_ledgers, ledgers, sum_ledgers
from safety_plan.plan.withholding.releases import exposed_by_sum, told_by_corrections
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
    found = {name: _withheld(metric, left[name]) for name, metric in metrics.items()}
    # What is hidden decides what a reader takes for granted, so that more may have to be hidden after it.
    while (hidden := _once(found, town, most_nodes)) != found:
        found = hidden
    return found


def _once(metrics: Mapping[str, Metric], town: Town, most_nodes: int) -> dict[str, Metric]:
    """The metrics with what is known to be given away withheld, and corrections left out that give something away."""
    gone = defaultdict[str, set[Path]](set)
    plain = defaultdict[str, set[Path]](set)
    for ledger in earlier_ledgers(metrics, town):
        small = [row for row in ledger.rows if row.entry.corrected and row.entry.small]
        for row in (*small, *told_by_corrections(ledger, most_nodes)):
            plain[row.metric].add(row.entry.path)
    for ledger in ledgers(metrics, town):
        keys = frozenset(row.key for row in ledger.rows if not row.entry.is_shown)
        keys |= {row.key for row in complements(ledger, keys, most_nodes).rows}
        for row in ledger.rows:
            if row.key in keys and not row.entry.withheld:
                gone[row.metric].add(row.entry.path)
    for ledger in sum_ledgers(metrics, town):
        if exposed_by_sum(ledger, most_nodes):
            for row in ledger.rows:
                if row.entry.path == BASELINE:
                    gone[row.metric].add(BASELINE)
    return {name: _withheld(_uncorrected(metric, plain[name]), gone[name]) for name, metric in metrics.items()}


def _withheld(metric: Metric, paths: set[Path]) -> Metric:
    if not paths:
        return metric
    gone = {**dict.fromkeys(("value", "part", "of", "n", *_CORRECTION)), "withheld": True}

    def hidden(one: One, path: Path) -> One:
        return one.model_copy(update=gone) if path in paths else one

    found = _changed(metric, hidden)
    return found.model_copy(update={"baseline": None}) if BASELINE in paths else found


def _uncorrected(metric: Metric, paths: set[Path]) -> Metric:
    """The metric, in which some lines do not tell their value before a correction; the value itself stays."""
    if not paths:
        return metric

    def plain(one: One, path: Path) -> One:
        return one.model_copy(update=dict.fromkeys(_CORRECTION)) if path in paths else one

    return _changed(metric, plain)


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
