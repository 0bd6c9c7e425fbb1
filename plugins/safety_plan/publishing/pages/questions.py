"""Questions and answers, common myths, and what to read up on."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.words import Question, Topic


def pages(studio: Studio) -> Iterator[Page]:
    """The page of questions, where the plan answers any."""
    plan = studio.plan
    if plan.faq is None:
        return
    questions = plan.all(Question)
    yield studio.page(
        "questions.html",
        "questions/",
        "Questions and answers",
        place=plan.faq.at(),
        questions=[question for question in questions if question.record.kind == "question"],
        myths=[question for question in questions if question.record.kind == "myth"],
        topics=plan.all(Topic),
        description="What residents ask about the plan, with short answers, and a few common myths.",
    )
