"""The quarter on one page, for the notice board of the library and the table of the council."""

from __future__ import annotations

from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.rollups import in_a_sentence
from safety_plan.publishing.view import Studio
from safety_plan.results.rollup import of_plan

_MOST_MEASURES = 10
_MOST_TROUBLED = 6
_MOST_LATE = 4
"""What fits on one sheet. The rest is counted, and the sheet says where it stands."""


def quarter(studio: Studio) -> dict[str, object]:
    """What the template of the sheet shows: the headline measures, the bad news, and what is late."""
    plan, results = studio.plan, studio.results
    headline = [metric for metric in plan.metrics if metric.record.headline] or list(plan.metrics)
    shown = headline[:_MOST_MEASURES]
    troubled = [
        metric
        for metric in plan.metrics
        if results.metrics[metric.id].status.group in ("bad", "warning") and metric not in shown
    ]
    troubled.sort(key=lambda metric: results.metrics[metric.id].status.group)
    return {
        "summary": in_a_sentence(of_plan(plan, results)),
        "measures": shown,
        "latest": lambda metric: latest_with_period(metric, results),
        "troubled": troubled[:_MOST_TROUBLED],
        "more_troubled": max(len(troubled) - _MOST_TROUBLED, 0),
        "late": results.late[:_MOST_LATE],
        "more_late": max(len(results.late) - _MOST_LATE, 0),
    }
