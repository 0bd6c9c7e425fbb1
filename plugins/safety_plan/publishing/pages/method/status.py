"""The status of a measure: the rule, its words, and an example worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.language import later, say
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.figures import latest
from safety_plan.publishing.sentences import joined
from safety_plan.publishing.view import Studio
from safety_plan.results import written
from safety_plan.results.growth import growth_method
from safety_plan.results.results import Results
from safety_plan.results.state import Group
from safety_plan.results.status import GROWTH, Status
from safety_plan.results.status_rules import method

_COUNTED_AS: dict[Group, str] = {
    "good": later("on track or met"),
    "warning": later("at risk"),
    "bad": later("off track"),
    "neutral": later("neither good nor bad"),
}


def part(studio: Studio) -> dict[str, Any]:
    """What the template of this part needs."""
    plan, results, rules = studio.plan, studio.results, studio.plan.rules
    return {
        "method": method(rules),
        "growth_method": growth_method(rules),
        "growth_default": plan.document.status_method == GROWTH,
        "by_growth": [one for one in plan.metrics if results.metrics[one.id].assessment.growth is not None],
        "not_by_growth": [one for one in plan.metrics if results.metrics[one.id].assessment.not_used],
        "cuts": [written.percent(share) for share in (rules.on_track_from, rules.at_risk_from)],
        "statuses": [(status, say(_COUNTED_AS[status.group]), _used(plan, results, status)) for status in Status],
        "example": _example(plan, results),
    }


def _used(plan: Plan, results: Results, status: Status) -> int:
    return results.status_counts(plan.metrics)[status]


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
    change: str


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
        started = words.period(record.baseline.period, record.covers)
        return _Example(
            metric=metric,
            status=found.status,
            start=joined((words.value(record, record.baseline.value), f"({started})")),
            target=say("{target} by {day}", target=words.target(record, found.target), day=words.date(end)),
            latest=joined((latest(metric, results), f"({words.observation_period(record, found.latest)})")),
            gone=say(
                "{gone} of {whole}, which is {share}",
                gone=words.number((day - begin).days),
                whole=words.days((end - begin).days),
                share=words.percent(words.number(100 * found.share, 1)),
            ),
            # With more decimals than usual, so that readers can do the sum themselves.
            expected=words.value(record.model_copy(update={"decimals": record.decimals + 2}), found.expected),
            change=say("{share} of what the line asks for", share=words.percent(words.number(100 * found.ratio))),
        )
    return None
