"""What was changed about a measure after it had been published: its target, and what is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.language import say, say_n
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
        return _by(was, before), ""
    then = words.target(record, after)
    if before.keep != after.keep:
        was, then = words.target_by(record, before), words.target_by(record, after)
    elif before.by != after.by or move.change.of is not None:
        was, then = _by(was, before), _by(then, after)
    if before.tolerance != after.tolerance:
        was, then = _may_be_missed(record, before, was), _may_be_missed(record, after, then)
    return was, then


def _by(text: str, target: Target) -> str:
    """A target, already written out, with its date."""
    return say("{target} by {date}", target=text, date=words.date(target.by))


def _may_be_missed(record: MetricRecord, target: Target, text: str) -> str:
    """A target, already written out, with how far it may be missed."""
    if not target.tolerance:
        return say("{target} (not to be missed at all)", target=text)
    amount = _difference(record, target.tolerance)
    return say("{target} (may be missed by up to {amount})", target=text, amount=amount)


def allowed_miss(record: MetricRecord, target: Target) -> str:
    """How far a level may be missed and be only at risk, as a sentence; empty where the target is one to reach."""
    if not target.tolerance or not is_level(record, target):
        return ""
    amount = _difference(record, target.tolerance)
    return say("It may be missed by up to {amount} and is then at risk.", amount=amount)


def _difference(record: MetricRecord, amount: float) -> str:
    """How far two values are apart: of percents not in percent, which would be a part of a value."""
    if record.kind == "percent":
        number = 1 if amount == 1 else _MANY
        return say_n("{n} percentage point", "{n} percentage points", number, n=more_exact(record, amount))
    return words.value(record, amount)


_MANY = 2
"""A number that takes the plural, as all but just one do: also a part of one."""


def definition_changes(metric: Metric) -> Iterator[NewDefinition]:
    """The changes of the definition, newest first."""
    record = metric.record
    for change in sorted(record.definition_changes, key=lambda change: change.on, reverse=True):
        since = words.period(change.since, record.covers) if change.since else ""
        yield NewDefinition(change.on, metric, change.was, change.because, since)
