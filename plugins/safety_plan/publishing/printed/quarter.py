"""The quarter on one page, for the notice board of the library and the table of the council."""

from __future__ import annotations

from collections.abc import Iterable

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.rollups import in_a_sentence
from safety_plan.publishing.site import SCORECARD
from safety_plan.publishing.view import Studio, View
from safety_plan.results.late import LateItem
from safety_plan.results.rollup import of_plan

_MOST_MEASURES = 10
_MOST_TROUBLED = 6
_FEWEST_LATE = 4
"""What fits on one sheet. The rest is counted, and the sheet says where it stands."""

_SHEET = 38
"""How many lines the parts of the sheet that are longer in one plan than in another can have in all."""

_LINES_OF_MEASURE = 2
_LINE = 115
"""How many characters are sure to stand in one line."""


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
    summary = in_a_sentence(of_plan(plan, results))
    others = [_trouble(studio, metric) for metric in troubled[:_MOST_TROUBLED]]
    used = len(shown) * _LINES_OF_MEASURE + _lines([summary, plan.town.notice or "", *others])
    late = _fitting(studio, results.late, _SHEET - used)
    return {
        "summary": summary,
        "measures": shown,
        "latest": lambda metric: latest_with_period(metric, results),
        "troubled": troubled[:_MOST_TROUBLED],
        "more_troubled": max(len(troubled) - _MOST_TROUBLED, 0),
        "late": late,
        "more_late": len(results.late) - len(late),
    }


def _fitting(studio: Studio, late: tuple[LateItem, ...], lines: int) -> tuple[LateItem, ...]:
    """As many of the late things as fit into these lines; where some do not, one line says how many."""
    written = [_lateness(studio, item) for item in late]
    if _lines(written) <= lines:
        return late
    kept = _FEWEST_LATE
    while kept < len(late) and _lines(written[: kept + 1]) < lines:
        kept += 1
    return late[:kept]


def _lines(texts: Iterable[str]) -> int:
    """About how many lines texts take on the sheet, each beginning a line of its own."""
    return sum(-(-len(text) // _LINE) for text in texts)


def _trouble(studio: Studio, metric: Metric) -> str:
    """About what the sheet writes of a measure that is not going well."""
    state = studio.results.metrics[metric.id].status.words
    return f"{metric.record.question} {state} {latest_with_period(metric, studio.results)}"


def _lateness(studio: Studio, item: LateItem) -> str:
    """About what the sheet writes of something late."""
    thing = "" if item.kind == "page" else View(studio, SCORECARD).title(studio.plan.thing(item.kind, item.id))
    return f"{item.what} {item.detail}: {thing}, {words.days(item.days)}"
