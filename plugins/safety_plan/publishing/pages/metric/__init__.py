"""The measures: all of them at a glance, and a page for each.

The page of a measure has parts, a module and a template each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.language import say, unmarked
from safety_plan.plan.things import Metric, Objective, Role, Thing
from safety_plan.publishing.addresses import RESULTS, csv_address
from safety_plan.publishing.changes import allowed_miss, definition_changes, target_moves
from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.kinds import how_often, kind
from safety_plan.publishing.pages.metric import answer, breakdowns, chart, mirror, past, trend, values, working
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.goals import Action as ActionRecord
from safety_plan.reading.schema.goals import Objective as ObjectiveRecord
from safety_plan.reading.schema.reviews import Review as ReviewRecord
from safety_plan.reading.schema.risks import Risk as RiskRecord


def pages(studio: Studio) -> Iterator[Page]:
    """The page of all measures, then a page for each."""
    plan = studio.plan
    sections = [(goal, _of_goal(studio, plan.objectives_of(goal))) for goal in plan.goals]
    named = {metric for _, metrics in sections for metric in metrics}
    yield studio.page(
        "measures",
        sections=sections,
        others=[metric for metric in plan.metrics if metric not in named],
        latest=lambda metric: latest_with_period(metric, studio.results),
        counts=studio.results.status_counts(plan.metrics),
        results_file=RESULTS,
        description=say(
            "Every number of the plan: where it stands, where it should be, and whether it is getting better."
        ),
    )
    for metric in plan.metrics:
        yield _page(studio, metric)


def _of_goal(studio: Studio, objectives: tuple[Objective, ...]) -> list[Metric]:
    ids = [id for objective in objectives for id in objective.record.metrics]
    return [studio.plan.metric(id) for id in dict.fromkeys(ids)]


def _page(studio: Studio, metric: Metric) -> Page:
    plan, record = studio.plan, metric.record
    result = studio.results.metrics[metric.id]
    objectives = plan.near(metric, ObjectiveRecord)
    leads = dict.fromkeys(plan.role(objective.record.lead) for objective in objectives)
    return studio.page_of(
        metric,
        description=say(
            "{question} {latest}, {status}.",
            question=unmarked(record.question),
            latest=unmarked(latest_with_period(metric, studio.results)),
            status=result.status.words,
        ),
        result=result,
        **answer.part(studio, metric),
        **working.part(studio, metric),
        **past.part(studio, metric),
        moves=list(target_moves(metric, studio.results)),
        allowed_miss=allowed_miss,
        new_definitions=list(definition_changes(metric)),
        **trend.part(studio, metric),
        **chart.part(studio, metric),
        **values.part(studio, metric),
        csv=csv_address(metric),
        **breakdowns.part(studio, metric),
        **mirror.part(studio, metric),
        kind_words=kind(record),
        how_often=how_often(record),
        caution=values.caution(studio, record, result.assessment.latest),
        answers_for=tuple(leads),
        near=_Near.of(studio, metric, objectives, tuple(leads)),
    )


@dataclass(frozen=True)
class _Near:
    """What a measure is linked with, kind by kind."""

    objectives: tuple[Objective, ...]
    actions: tuple[Thing[ActionRecord], ...]
    risks: tuple[Thing[RiskRecord], ...]
    reviews: tuple[Thing[ReviewRecord], ...]
    others: tuple[Thing[Record], ...]

    @classmethod
    def of(cls, studio: Studio, metric: Metric, objectives: tuple[Objective, ...], leads: tuple[Role, ...]) -> _Near:
        plan = studio.plan
        shown = ("objective", "risk", "review", "role")
        actions = tuple(action for objective in objectives for action in plan.actions_of(objective))
        others = (other for other in plan.neighbours[metric] if other.kind not in shown)
        return cls(
            objectives=objectives,
            actions=actions,
            risks=plan.near(metric, RiskRecord),
            reviews=plan.near(metric, ReviewRecord),
            others=tuple(other for other in (*others, *plan.mentioned_in[metric]) if other not in actions),
        )
