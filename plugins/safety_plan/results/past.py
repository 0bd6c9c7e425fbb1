"""How a measure went: its status as of each value it has had, and what it would be had its target not been moved.

Past values are held against the targets of today: the question is how it went on the way to where the town wants to be
now. What changes when a target is moved is shown by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from safety_plan.reading.schema.metrics import Metric, StatusMethod, Target, TargetChange
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.status import Assessment, Status, assess, assess_at
from safety_plan.rules import RULES, Rules


@dataclass(frozen=True)
class PastStatus:
    """The status that one value gives by the targets of today.

    `old_way` says that the value was measured by a definition that was changed since.
    """

    observation: Observation
    status: Status
    old_way: bool


def past_statuses(
    metric: Metric, rules: Rules = RULES, default: StatusMethod = "straight-line"
) -> tuple[PastStatus, ...]:
    """The status as of each whole period that has a value, newest first; none for a measure that has no status.

    Periods that were over before the starting point are left out where the way begins there.
    """
    found = []
    changed = max((one.since for one in metric.definition_changes if one.since), default=None)
    for one in sorted(metric.observations, key=lambda one: one.period, reverse=True):
        if one.number is None or one.partial_until:
            continue
        then = assess_at(metric, one, rules, default)
        if then.status is not Status.INFORMATION and not _before_the_start(then):
            found.append(PastStatus(one, then.status, changed is not None and one.period < changed))
    return tuple(found)


def _before_the_start(then: Assessment) -> bool:
    return then.method in ("straight-line", "growth-rate") and then.time is not None and then.time.gone <= 0


@dataclass(frozen=True)
class MovedTarget:
    """A target that was moved: the one before, the one after, and what the status would be today under the old one.

    `metric` is the measure as if the target had not been moved, and `under` its status today. Both are None for a
    range, of which the old ends are not known.
    """

    change: TargetChange
    before: Target
    after: Target
    metric: Metric | None
    under: Assessment | None


def moved_targets(
    metric: Metric, rules: Rules = RULES, default: StatusMethod = "straight-line"
) -> tuple[MovedTarget, ...]:
    """The moves of the final target, newest first; none for a measure that has no target any more."""
    if not metric.targets:
        return ()
    found = []
    after = metric.targets[-1]
    for change in sorted(metric.target_changes, key=lambda change: change.on, reverse=True):
        before = after.model_copy(update={"value": change.was, "by": change.was_by or after.by})
        interim = tuple(one for one in metric.targets[:-1] if one.by < before.by)
        old = metric.model_copy(update={"targets": (*interim, before)}) if metric.better != "within" else None
        under = assess(old, rules, default) if old and metric.better else None
        found.append(MovedTarget(change, before, after, old, under))
        after = before
    return tuple(found)
