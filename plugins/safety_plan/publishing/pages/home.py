"""The home page: how the town is doing, at a glance and with the bad news in sight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.language import later, say
from safety_plan.plan.plan import Plan
from safety_plan.publishing.charts.sparks import spark
from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.lately import lately
from safety_plan.publishing.rollups import in_a_sentence
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.results.results import Results
from safety_plan.results.rollup import of_plan
from safety_plan.results.state import Group

_SHOWN_LATE = 6
"""How many late promises the home page lists; a plan that nobody keeps up would fill it with nothing else."""


def pages(studio: Studio) -> Iterator[Page]:
    """The home page."""
    plan, results = studio.plan, studio.results
    troubled = [metric for metric in plan.metrics if results.metrics[metric.id].status.owes_explanation]
    summary = in_a_sentence(of_plan(plan, results))
    yield studio.page(
        "home",
        title=plan.document.title,
        tallies=_tallies(plan, results),
        action_counts=results.action_counts(plan.actions),
        duty_counts=results.duty_counts(plan.requirements),
        shown_late=_SHOWN_LATE,
        summary=summary,
        headline=[metric for metric in plan.metrics if metric.record.headline],
        troubled=sorted(troubled, key=lambda metric: results.metrics[metric.id].status.group),
        latest=lambda metric: latest_with_period(metric, results),
        spark_of=lambda metric: spark(metric, results),
        news=lately(plan, results),
        latest_review=plan.reviews[-1] if plan.reviews else None,
        description=summary,
    )


@dataclass(frozen=True)
class Tally:
    """The measures that stand alike: the group of their mark, how many, what they are called, and where they are.

    `page` is the name of a page with an anchor; `start` and `share` are the part of a bar that is theirs, in per cent
    of all measures.
    """

    group: Group
    number: int
    words: str
    page: str
    start: float
    share: float


_NAMES: dict[Group, tuple[str, str]] = {
    "good": (later("on track or met"), "measures"),
    "warning": (later("at risk"), "late#at-risk"),
    "bad": (later("off track or missed"), "late#off-track"),
    "neutral": (later("without a status"), "measures"),
}


def _tallies(plan: Plan, results: Results) -> list[Tally]:
    """Every measure counted once, the good ones first. What there is none of is left out."""
    groups = [results.metrics[metric.id].status.group for metric in plan.metrics]
    found, before = [], 0
    for group, (name, page) in _NAMES.items():
        number = groups.count(group)
        if number:
            start, share = (round(100 * part / len(groups), 2) for part in (before, number))
            found.append(Tally(group, number, say(name), page, start, share))
        before += number
    return found
