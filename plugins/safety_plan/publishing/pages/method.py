"""How we measure: every rule behind a status, made from the definitions that the code itself uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.figures import latest
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.categories import Categories
from safety_plan.reading.schema.metrics import Observation
from safety_plan.results.dates import DUE_SOON_DAYS, ActionState, DutyState
from safety_plan.results.results import Results
from safety_plan.results.state import Group
from safety_plan.results.status import AT_RISK_FROM, METHOD, ON_TRACK_FROM, TOO_EARLY_UP_TO, Status

_COUNTED_AS: dict[Group, str] = {
    "good": f"{Status.ON_TRACK.words} or met",
    "warning": Status.AT_RISK.words,
    "bad": Status.OFF_TRACK.words,
    "neutral": "neither good nor bad",
}

_ACTIONS = {
    ActionState.NOT_STARTED: "Its start date has not come yet.",
    ActionState.STARTS_LATE: "Its start date has passed, and nothing is done yet.",
    ActionState.ON_SCHEDULE: "Some of it is done, and its date has not passed.",
    ActionState.OVERDUE: "Its date has passed, and it is not done.",
    ActionState.DONE: "It was done by its date.",
    ActionState.DONE_LATE: "It was done, but after its date.",
    ActionState.PAUSED: "Work has stopped for a while; the reason is given.",
    ActionState.CANCELLED: "It was given up; the reason is given.",
}
_DUTIES = {
    DutyState.CURRENT: f"It was done, and is not due within {DUE_SOON_DAYS} days.",
    DutyState.DUE_SOON: f"It is due within {DUE_SOON_DAYS} days.",
    DutyState.OVERDUE: "It was done before, but its next date has passed.",
    DutyState.NOT_YET_DUE: f"It was never done, and is not due within {DUE_SOON_DAYS} days.",
    DutyState.NEVER_DONE: "It was never done, and its date has passed.",
    DutyState.DOES_NOT_APPLY: "The rule does not touch the town; the reason is given.",
    DutyState.NOT_KNOWN: "There is no date on record.",
}
"""What each state means. A state without an entry stops the build: no word is used that is not explained here."""


def pages(studio: Studio) -> Iterator[Page]:
    """The page on method."""
    plan, results = studio.plan, studio.results
    yield studio.page(
        "method",
        method=METHOD,
        cuts=[f"{share:.0%}" for share in (ON_TRACK_FROM, AT_RISK_FROM, TOO_EARLY_UP_TO)],
        statuses=[(status, _COUNTED_AS[status.group], _used(plan, results, status)) for status in Status],
        example=_example(plan, results),
        nothings=_nothings(plan, results),
        own_promise=[metric for metric in plan.metrics if metric.record.due_within_days],
        late=[metric for metric in plan.metrics if _days_late(results, metric)],
        actions=[(state, _ACTIONS[state], results.action_counts(plan.actions)[state]) for state in ActionState],
        duties=[(state, _DUTIES[state], results.duty_counts(plan.requirements)[state]) for state in DutyState],
        bands=_bands(plan.categories),
        scale=_scale(plan.categories),
        percentile=_percentile(plan, results),
        description="How a status is worked out, what late means, and what stands where there is no number.",
    )


def _used(plan: Plan, results: Results, status: Status) -> int:
    return results.status_counts(plan.metrics)[status]


def _days_late(results: Results, metric: Metric) -> int:
    owed = results.metrics[metric.id].next
    return owed.days_late if owed else 0


@dataclass(frozen=True)
class _Example:
    """One measure of the plan, worked out step by step as in the rule of the straight line."""

    metric: Metric
    status: Status
    start: str
    target: str
    latest: str
    gone: str
    expected: str
    ratio: str


def _example(plan: Plan, results: Results) -> _Example | None:
    """The first measure that the straight line decides, from the headline ones if possible."""
    for metric in sorted(plan.metrics, key=lambda metric: not metric.record.headline):
        record, found = metric.record, results.metrics[metric.id].assessment
        # With targets on the way the line has corners, which makes a poor first example.
        if found.rule != "line" or len(record.targets) != 1 or record.baseline is None or found.latest is None:
            continue
        if found.target is None or found.share is None or found.expected is None or found.ratio is None:
            continue
        begin, day, end = record.baseline.period.end, found.latest.period.end, found.target.by
        return _Example(
            metric=metric,
            status=found.status,
            start=f"{words.value(record, record.baseline.value)} ({words.period(record.baseline.period)})",
            target=f"{words.target(record, found.target)} by {words.date(end)}",
            latest=f"{latest(metric, results)} ({words.observation_period(record, found.latest)})",
            gone=f"{words.number((day - begin).days)} of {words.days((end - begin).days)}, which is {found.share:.1%}",
            # With more decimals than usual, so that readers can do the sum themselves.
            expected=words.value(record.model_copy(update={"decimals": record.decimals + 2}), found.expected),
            ratio=f"{found.ratio:.0%}",
        )
    return None


@dataclass(frozen=True)
class _Nothing:
    """One of the things that a missing number can mean."""

    anchor: str
    name: str
    shown: str
    meaning: str
    now: str


def _nothings(plan: Plan, results: Results) -> list[_Nothing]:
    values = [one for metric in plan.metrics for one in _values(metric)]
    zero = sum(one.number == 0 for one in values)
    missing = sum(one.missing is not None for one in values)
    withheld = sum(one.withheld for one in values)
    owed = [metric for metric in plan.metrics if results.metrics[metric.id].next]
    late = sum(bool(_days_late(results, metric)) for metric in plan.metrics)
    below = plan.town.small_numbers.below
    return [
        _Nothing("zero", "Zero", "0", "We counted, and there were none.", words.count(zero, "value")),
        _Nothing(
            "missing", "Missing", "No value: the reason",
            "We should have a number and have none. We say why.", words.count(missing, "value"),
        ),
        _Nothing(
            "withheld", "Withheld", f"{words.withheld(below)}, or: {words.TOO_FEW}",
            "We have a number, but it is so small that it could point to a person.", words.count(withheld, "value"),
        ),
        _Nothing(
            "not-yet-due", "Not yet due", "The next number, and the day it is due by",
            "The time it covers is not over, or the day we promised it for has not come.",
            words.count(len(owed) - late, "measure"),
        ),
        _Nothing(
            "late", "Late", "The number of days it is late",
            "The day we promised it for has passed. The last status stays, with the delay beside it.",
            words.count(late, "measure"),
        ),
    ]  # fmt: skip


def _values(metric: Metric) -> list[Observation]:
    split = [one for breakdown in metric.record.breakdowns for one in breakdown.observations]
    return [*metric.record.observations, *split]


def _bands(categories: Categories) -> list[tuple[str, str]]:
    bands = categories.risk_bands
    starts = [1, *(band.up_to + 1 for band in bands)]
    return [(band.name, f"{start} to {band.up_to}") for band, start in zip(bands, starts, strict=False)]


def _scale(categories: Categories) -> list[tuple[int, str, str]]:
    scale = categories.risk_scale
    return [(step, *found) for step, found in enumerate(zip(scale.likelihood, scale.consequence, strict=True), 1)]


@dataclass(frozen=True)
class _Percentile:
    """A measure that is a percentile, to explain the word by."""

    metric: Metric
    percentile: int
    value: str
    others: int


def _percentile(plan: Plan, results: Results) -> _Percentile | None:
    for metric in plan.metrics:
        record, found = metric.record, results.metrics[metric.id].assessment.latest
        if record.percentile is not None and found is not None and found.number is not None:
            return _Percentile(metric, record.percentile, latest(metric, results), 100 - record.percentile)
    return None
