"""The home page: how the town is doing, at a glance and with the bad news in sight."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.rollups import in_a_sentence
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.results.rollup import of_plan

_SHOWN_LATE = 12
"""How many late promises the home page lists; a plan that nobody keeps up would fill it with nothing else."""


def pages(studio: Studio) -> Iterator[Page]:
    """The home page."""
    plan, results = studio.plan, studio.results
    troubled = [metric for metric in plan.metrics if results.metrics[metric.id].status.owes_explanation]
    yield studio.page(
        "home",
        title=plan.document.title,
        counts=results.status_counts(plan.metrics),
        action_counts=results.action_counts(plan.actions),
        duty_counts=results.duty_counts(plan.requirements),
        shown_late=_SHOWN_LATE,
        summary=in_a_sentence(of_plan(plan, results)),
        headline=[metric for metric in plan.metrics if metric.record.headline],
        troubled=sorted(troubled, key=lambda metric: results.metrics[metric.id].status.group),
        latest=lambda metric: latest_with_period(metric, results),
        latest_review=plan.reviews[-1] if plan.reviews else None,
        description=plan.document.title,
    )
