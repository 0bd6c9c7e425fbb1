"""How a measure went: its status as of each value it has had, and what it would be had its target not been moved.

Past values are held against the targets of today: the question is how it went on the way to where the town wants to be
now. What changes when a target is moved is shown by itself.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from safety_plan.language import say
from safety_plan.reading.schema.metrics import Metric, StatusMethod
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target, TargetChange
from safety_plan.results.status import Assessment, Status, assess, assess_at
from safety_plan.rules import RULES, Rules


@dataclass(frozen=True)
class PastStatus:
    """The status that one value gives by the targets of today.

    `old_way` says that the value was measured by a definition that was changed since. `expected` and `ratio` are those
    of the status; None where its rule does not use them.
    """

    observation: Observation
    status: Status
    old_way: bool
    expected: float | None = None
    ratio: float | None = None


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
            old_way = changed is not None and one.period < changed
            found.append(PastStatus(one, then.status, old_way, then.expected, then.ratio))
    return tuple(found)


def _before_the_start(then: Assessment) -> bool:
    return then.method in ("straight-line", "growth-rate") and then.time is not None and then.time.gone <= 0


@dataclass(frozen=True)
class MovedTarget:
    """A target that was moved or dropped: the one before, the one after, and the status today under the old one.

    `after` is None where the target was dropped. `metric` is the measure as if the target had not been moved, and
    `under` its status today; where either cannot be told it is None, and `unknown` says why, as the end of a sentence.
    """

    change: TargetChange
    before: Target
    after: Target | None
    metric: Metric | None = None
    under: Assessment | None = None
    unknown: str = ""


def moved_targets(
    metric: Metric, rules: Rules = RULES, default: StatusMethod = "straight-line"
) -> tuple[MovedTarget, ...]:
    """The moves of the targets, newest first, each undone together with those after it."""
    found = []
    # The targets by the dates they have today, and what each was before the changes gone through so far.
    then: dict[dt.date, Target] = {target.by: target for target in metric.targets}
    last = max(then, default=None)
    for change in sorted(metric.target_changes, key=lambda change: change.on, reverse=True):
        after = then[change.of or last] if last else None
        before = _before(change, after)
        last = last or before.by
        then[change.of or last] = before
        found.append(_undone(metric, MovedTarget(change, before, after), _in_order(then), rules, default))
    return tuple(found)


def _before(change: TargetChange, after: Target | None) -> Target:
    """A target before a change; what the change does not tell is as it was after it."""
    by = change.was_by or (after.by if after else None)
    # A record without it was refused.
    assert by is not None
    keep = after.keep if after and after.value is not None and change.was is not None else None
    if change.was_keep:
        keep = None if change.was_keep == "reach" else change.was_keep
    tolerance = change.was_tolerance
    if tolerance is None and after:
        tolerance = after.tolerance
    return Target(
        by=by,
        value=change.was,
        low=change.was_low,
        high=change.was_high,
        keep=keep,
        tolerance=tolerance,
        why=change.because,
    )


def _in_order(then: dict[dt.date, Target]) -> tuple[Target, ...]:
    """All targets before a change. What would come after the last one was not on the way to it."""
    last = then[max(then)]
    on_the_way = (one for one in then.values() if one.by < last.by)
    return (*sorted(on_the_way, key=lambda one: one.by), last)


def _undone(
    metric: Metric, move: MovedTarget, targets: tuple[Target, ...], rules: Rules, default: StatusMethod
) -> MovedTarget:
    """A move with the status today under the target before it, where that can be told."""
    assert move.before is not None
    if len({one.value is None for one in targets}) > 1:
        return replace(move, unknown=say("some of the targets of then are ranges and some are not"))
    better = _better_before(metric, move.before)
    if better is None:
        return replace(move, unknown=say("which way was better then is not recorded"))
    if better == "within" and metric.covers == "year-to-date":
        return replace(move, unknown=say("no range can be held all year by what counts up from its start"))
    old = metric.model_copy(update={"targets": targets, "better": better})
    under = assess(old, rules, default)
    move = replace(move, metric=old)
    if under.latest is None or under.latest.number is None:
        return replace(move, unknown=under.reason)
    if _rests_on_tolerance(move, under):
        return replace(move, unknown=say("how far it might be missed and be only at risk is not recorded"))
    return replace(move, under=under)


def _better_before(metric: Metric, before: Target) -> Literal["higher", "lower", "within"] | None:
    """Which way was better: a range and a level to hold say so themselves, where the metric of today does not."""
    if before.value is None:
        return "within"
    if metric.better != "within" and metric.better is not None:
        return metric.better
    if before.keep is None:
        return None
    return "higher" if before.keep == "above" else "lower"


def _rests_on_tolerance(move: MovedTarget, under: Assessment) -> bool:
    """Whether the old target is missed, and only a tolerance is on record that nobody says it had."""
    known = under.target is None or under.target.tolerance is None or move.change.was_tolerance is not None
    return under.rule == "level" and not known
