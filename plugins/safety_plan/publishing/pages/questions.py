"""Questions and answers, common myths, and what to read up on."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.language import say
from safety_plan.plan.plan import Plan
from safety_plan.problems import Place
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.words import Question, Questions, Reading, Topic


def pages(studio: Studio) -> Iterator[Page]:
    """The page of questions, where the plan answers any."""
    plan = studio.plan
    if "questions" not in plan.pages:
        return
    questions = plan.all(Question)
    yield studio.page(
        "questions",
        place=_place(plan),
        questions=[question for question in questions if question.record.kind == "question"],
        myths=[question for question in questions if question.record.kind == "myth"],
        topics=plan.all(Topic),
        description=say("What residents ask about the plan, with short answers, and a few common myths."),
    )


def _place(plan: Plan) -> Place:
    """Where the questions stand; a plan may also just have a reading list."""
    record = plan.one(Questions) or plan.one(Reading)
    assert record is not None
    return record.at()
