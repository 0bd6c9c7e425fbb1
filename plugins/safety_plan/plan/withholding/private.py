"""Small numbers of a private repository are withheld before anything can be made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from safety_plan.plan.withholding.entries import BASELINE
from safety_plan.plan.withholding.links import ledgers
from safety_plan.plan.withholding.suppression import complements
from safety_plan.reading.folder import Records
from safety_plan.reading.schema.base import Path, Record
from safety_plan.reading.schema.engagement import Engagement, Event, Theme
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.town import Town

One = TypeVar("One", bound=Observation)

_NUMBERS = ("value", "part", "of", "n", "was", "corrected", "because")


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


def withheld_metrics(metrics: Mapping[str, Metric], town: Town) -> dict[str, Metric]:
    """The metrics with small numbers and their complements withheld. A metric without any is the same object."""
    found: dict[str, set[Path]] = defaultdict(set)
    for ledger in ledgers(metrics, town):
        keys = frozenset(row.key for row in ledger.rows if row.entry.withheld or row.entry.small)
        keys |= {row.key for row in complements(ledger, keys)}
        for row in ledger.rows:
            if row.key in keys and not row.entry.withheld:
                found[row.metric].add(row.entry.path)
    return {name: _withheld(metric, found[name]) if name in found else metric for name, metric in metrics.items()}


def _withheld(metric: Metric, paths: set[Path]) -> Metric:
    gone: dict[str, object] = {"baseline": None} if BASELINE in paths else {}
    return metric.model_copy(
        update={
            **gone,
            "observations": _those(metric.observations, ("observations",), paths),
            "annual": _those(metric.annual, ("annual",), paths),
            "breakdowns": tuple(
                one.model_copy(
                    update={"observations": _those(one.observations, ("breakdowns", number, "observations"), paths)}
                )
                for number, one in enumerate(metric.breakdowns)
            ),
        }
    )


def _those(observations: Iterable[One], at: Path, paths: set[Path]) -> tuple[One, ...]:
    gone = {**dict.fromkeys(_NUMBERS), "withheld": True}
    return tuple(
        one.model_copy(update=gone) if (*at, number) in paths else one for number, one in enumerate(observations)
    )


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
