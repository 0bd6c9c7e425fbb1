"""The goals: all of them at a glance, and a page for each with its objectives and actions."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Goal
from safety_plan.publishing.figures import goal_summary, latest_with_period
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.results.results import actions_of, metrics_of

TAGS = {
    "technology": "Technology",
    "community-input": "Community input",
    "evidence": "Evidence",
    "human-centered": "People first",
}
"""What objectives and actions build on, in the words of the site."""

_EXPECTED = ("technology", "community-input", "evidence")


def pages(studio: Studio) -> Iterator[Page]:
    """The page of all goals, then a page for each."""
    plan, results = studio.plan, studio.results
    yield studio.page(
        "goals",
        summaries={goal: goal_summary(plan, results, goal) for goal in plan.goals},
        tags={goal: _tags(plan, goal) for goal in plan.goals},
        expected=_EXPECTED,
        tag_words=TAGS,
        description="What the plan is to reach, and how each goal is going.",
    )
    for goal in plan.goals:
        yield _page(studio, goal)


def _tags(plan: Plan, goal: Goal) -> set[str]:
    objectives = plan.objectives_of(goal)
    found = {tag for objective in objectives for tag in objective.record.tags}
    return found | {tag for action in actions_of(plan, goal) for tag in action.record.tags}


def _page(studio: Studio, goal: Goal) -> Page:
    plan, results = studio.plan, studio.results
    reviews = [
        (review, decision)
        for review in reversed(plan.reviews)
        for decision in review.record.decisions
        if {*decision.actions} & {action.id for action in actions_of(plan, goal)}
        or {*decision.metrics} & {metric.id for metric in metrics_of(plan, goal)}
    ]
    return studio.page_of(
        goal,
        summary=goal_summary(plan, results, goal),
        latest=lambda metric: latest_with_period(metric, results),
        decision=reviews[0] if reviews else None,
        tag_words=TAGS,
        description=goal_summary(plan, results, goal),
    )
