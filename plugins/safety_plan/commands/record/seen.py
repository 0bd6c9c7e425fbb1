"""What residents will see of a number that was recorded: its words, and the status before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from safety_plan.commands.far import far_from
from safety_plan.editing.recording import Change
from safety_plan.plan.plan import Plan
from safety_plan.publishing import words
from safety_plan.publishing.flags import flags
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import GroupObservation, Observation
from safety_plan.results.results import MetricResult, Results


@dataclass(frozen=True)
class Seen:
    """A plan and what it says on a day."""

    plan: Plan
    results: Results


def seen_after(changes: Iterable[Change], before: Seen | None, after: Seen) -> Iterator[str]:
    """What residents will read of each line that changed, and how the status of its measure changes, in sentences.

    `before` is None where the plan could not be read before.
    """
    changes = tuple(changes)
    for change in changes:
        metric = after.plan.metric(change.series.id).record
        now = change.series.of(metric)
        position = now.find(change.period, change.group)
        if position is not None:
            yield f"Residents will read of {metric.name}, {_told(metric, now.observations[position])}."
            yield from _doubt(metric, now.observations, position)
    for id in dict.fromkeys(change.series.id for change in changes):
        old = None if before is None else before.results.metrics[id]
        record = after.plan.metric(id).record
        yield _status(old, after.results.metrics[id])
        yield from _owed(record, old, after.results.metrics[id])


def _told(metric: Metric, one: Observation) -> str:
    time = words.observation_period(metric, one)
    where = f"{one.group}, {time}" if isinstance(one, GroupObservation) else time
    number = words.nothing(one) if one.number is None else words.measured(metric, one.number)
    corrected = ""
    if one.was is not None and one.corrected is not None:
        corrected = f", corrected on {words.date(one.corrected)} from {words.measured(metric, one.was)}"
    return f"{where}: {number}{corrected}"


def _status(old: MetricResult | None, new: MetricResult) -> str:
    now = new.status.words
    if old is None:
        return f"Status: “{now}”."
    return (
        f"Status: “{now}”, as before."
        if old.status is new.status
        else f"Status: “{old.status.words}” before, “{now}” now."
    )


def _doubt(metric: Metric, observations: Sequence[Observation], position: int) -> Iterator[str]:
    """That a number is far from all others of the same kind: perhaps a digit or the point is wrong."""
    one = observations[position]
    group = one.group if isinstance(one, GroupObservation) else ""
    others = [
        other.number
        for other in observations
        if other is not one and other.number is not None and getattr(other, "group", "") == group
    ]
    far = "" if one.number is None else far_from(metric, one.number, others)
    if far:
        yield f"That is {far}: look at it again."


def _owed(record: Metric, old: MetricResult | None, new: MetricResult) -> Iterator[str]:
    """What else residents are told beside the status, and what staff owe them now."""
    remarks = flags(record, new)
    if remarks:
        yield f"Beside it stands: {', '.join(remarks)}."
    file = record.at().file
    missing = [key for key in ("explanation", "next_step") if getattr(record, key) is None]
    if new.status.owes_explanation and missing:
        keys = " and ".join(f'"{key}"' for key in missing)
        yield f"Residents are owed why it stands there and what is done about it: write {keys} into {file}."
    elif record.explanation and (old is None or old.assessment.latest != new.assessment.latest):
        yield f'Read "explanation" in {file} again: it was written for the number before.'
