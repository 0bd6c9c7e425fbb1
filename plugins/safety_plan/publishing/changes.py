"""What was changed about a measure after it had been published: its target, and what is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.results.past import MovedTarget
from safety_plan.results.results import Results
from safety_plan.results.status import Status


@dataclass(frozen=True)
class TargetMove:
    """A target that was moved: what it was, what it became, and the status today had it stayed where it was.

    `under` is None where there is no status to compare.
    """

    on: dt.date
    metric: Metric
    was: str
    then: str
    because: str
    under: Status | None


@dataclass(frozen=True)
class NewDefinition:
    """A definition that was changed; `since` says from when on the values are measured the new way."""

    on: dt.date
    metric: Metric
    was: str
    because: str
    since: str


def target_moves(metric: Metric, results: Results) -> Iterator[TargetMove]:
    """The moves of the target, newest first."""
    record = metric.record
    if not record.targets:
        for change in sorted(record.target_changes, key=lambda change: change.on, reverse=True):
            yield TargetMove(change.on, metric, words.value(record, change.was), "no target", change.because, None)
    for move in results.metrics[metric.id].moved:
        under = move.under.status if move.under is not None and move.under.latest is not None else None
        was, then = _before_and_after(record, move)
        yield TargetMove(move.change.on, metric, was, then, move.change.because, under)


def _before_and_after(record: MetricRecord, move: MovedTarget) -> tuple[str, str]:
    """The two targets, with their dates where these were moved, too."""
    was, then = words.value(record, move.change.was), words.target(record, move.after)
    if move.before.by == move.after.by:
        return was, then
    return f"{was} by {words.date(move.before.by)}", f"{then} by {words.date(move.after.by)}"


def definition_changes(metric: Metric) -> Iterator[NewDefinition]:
    """The changes of the definition, newest first."""
    record = metric.record
    for change in sorted(record.definition_changes, key=lambda change: change.on, reverse=True):
        since = words.period(change.since, record.covers) if change.since else ""
        yield NewDefinition(change.on, metric, change.was, change.because, since)
