"""What was changed about a measure after it had been published: its target, and what is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.exact import more_exact
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.targets import Target
from safety_plan.results.past import MovedTarget
from safety_plan.results.results import Results
from safety_plan.results.status import Status, is_level


@dataclass(frozen=True)
class TargetMove:
    """A target that was moved or dropped: what it was, what it became, and the status today had it stayed as it was.

    `then` is empty where it was dropped. `under` is None where the status cannot be told; `unknown` says why, as the
    end of a sentence.
    """

    on: dt.date
    metric: Metric
    was: str
    then: str
    because: str
    under: Status | None
    unknown: str


@dataclass(frozen=True)
class NewDefinition:
    """A definition that was changed; `since` says from when on the values are measured the new way."""

    on: dt.date
    metric: Metric
    was: str
    because: str
    since: str


def target_moves(metric: Metric, results: Results) -> Iterator[TargetMove]:
    """The moves of the targets, newest first."""
    record = metric.record
    for move in results.metrics[metric.id].moved:
        under = move.under.status if move.under is not None else None
        was, then = _before_and_after(record, move)
        yield TargetMove(move.change.on, metric, was, then, move.change.because, under, move.unknown)


def _before_and_after(record: MetricRecord, move: MovedTarget) -> tuple[str, str]:
    """The two targets; with their dates and with how far they may be missed where these are what was changed."""
    before, after = move.before, move.after
    was = words.target(record, before)
    if after is None:
        return f"{was} by {words.date(before.by)}", ""
    then = words.target(record, after)
    if before.keep != after.keep:
        was, then = words.target_by(record, before), words.target_by(record, after)
    elif before.by != after.by or move.change.of is not None:
        was, then = f"{was} by {words.date(before.by)}", f"{then} by {words.date(after.by)}"
    if before.tolerance != after.tolerance:
        was, then = was + _may_be_missed(record, before), then + _may_be_missed(record, after)
    return was, then


def _may_be_missed(record: MetricRecord, target: Target) -> str:
    if not target.tolerance:
        return " (not to be missed at all)"
    return f" (may be missed by up to {_difference(record, target.tolerance)})"


def allowed_miss(record: MetricRecord, target: Target) -> str:
    """How far a level may be missed and be only at risk, as a sentence; empty where the target is one to reach."""
    if not target.tolerance or not is_level(record, target):
        return ""
    return f"It may be missed by up to {_difference(record, target.tolerance)} and is then at risk."


def _difference(record: MetricRecord, amount: float) -> str:
    """How far two values are apart: of percents not in percent, which would be a part of a value."""
    if record.kind == "percent":
        return f"{more_exact(record, amount)} percentage point{'' if amount == 1 else 's'}"
    return words.value(record, amount)


def definition_changes(metric: Metric) -> Iterator[NewDefinition]:
    """The changes of the definition, newest first."""
    record = metric.record
    for change in sorted(record.definition_changes, key=lambda change: change.on, reverse=True):
        since = words.period(change.since, record.covers) if change.since else ""
        yield NewDefinition(change.on, metric, change.was, change.because, since)
