"""The goals: all of them at a glance, and a page for each with its objectives and actions."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.language import later, say, say_in
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Decision, Goal
from safety_plan.publishing import words
from safety_plan.publishing.figures import goal_summary, latest_with_period
from safety_plan.publishing.labels import APPROACHES, PHASES, said
from safety_plan.publishing.rollups import in_short
from safety_plan.publishing.sentences import capital
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.goals import Action, Horizon
from safety_plan.reading.schema.reviews import Decision as DecisionRecord
from safety_plan.results.actions import delay_of, milestone_days_late
from safety_plan.results.results import actions_of
from safety_plan.results.rollup import of_objective

TAGS = {
    "technology": later("Technology"),
    "community-input": later("Community input"),
    "evidence": later("Evidence"),
    "human-centered": later("People first"),
}
"""What objectives and actions build on, in the words of the site."""

_KINDS_OF_WORK: dict[Horizon, str] = {
    "now": later("{approach} (now)"),
    "next": later("{approach} (next)"),
    "later": later("{approach} (later)"),
}
"""What an action is, and when its time is."""

_EXPECTED = ("technology", "community-input", "evidence")


def pages(studio: Studio) -> Iterator[Page]:
    """The page of all goals, then a page for each."""
    plan, results = studio.plan, studio.results
    yield studio.page(
        "goals",
        summaries={goal: goal_summary(plan, results, goal) for goal in plan.goals},
        tags={goal: _tags(plan, goal) for goal in plan.goals},
        expected=_EXPECTED,
        tag_words=said(TAGS),
        description=say("What the plan is to reach, and how each goal is going."),
    )
    for goal in plan.goals:
        yield _page(studio, goal)


def _tags(plan: Plan, goal: Goal) -> set[str]:
    objectives = plan.objectives_of(goal)
    found = {tag for objective in objectives for tag in objective.record.tags}
    return found | {tag for action in actions_of(plan, goal) for tag in action.record.tags}


def _page(studio: Studio, goal: Goal) -> Page:
    plan, results = studio.plan, studio.results
    return studio.page_of(
        goal,
        summary=goal_summary(plan, results, goal),
        in_short=lambda objective: in_short(of_objective(plan, results, objective)),
        delay=lambda action: delay_of(action, results.as_of),
        milestone_late=lambda action, milestone: milestone_days_late(action, milestone, results.as_of),
        latest=lambda metric: latest_with_period(metric, results),
        decisions=_decisions(plan, goal),
        tag_words=said(TAGS),
        phases={name: capital(text) for name, text in said(PHASES).items()},
        when=_when,
        kind_of_work=_kind_of_work,
        description=goal_summary(plan, results, goal),
    )


def _when(action: Action) -> str:
    """From when to when an action is to run, and when it was finished."""
    start, due = words.date(action.start), words.date(action.due)
    if action.done is None:
        return say_in("days", "{first} to {last}", first=start, last=due)
    return say("{first} to {last}, finished {date}", first=start, last=due, date=words.date(action.done))


def _kind_of_work(action: Action) -> str:
    return say(_KINDS_OF_WORK[action.horizon], approach=say(APPROACHES[action.approach]))


def _decisions(plan: Plan, goal: Goal) -> list[Decision]:
    """What the reviews decided for a goal, the newest review first."""
    near = plan.near(goal, DecisionRecord)
    return [decision for review in reversed(plan.reviews) for decision in near if decision.parent is review]
