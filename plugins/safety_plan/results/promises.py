"""The kinds of promise that a plan makes: what each is called, when it is due, and when it counts as kept.

The page on method shows this list, and `late` holds every promise of these kinds against the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Terms:
    """A kind of promise in words: one of them, several of them, the day it is due, and what keeps it."""

    one: str
    many: str
    due: str
    kept: str


class Promise(Enum):
    """Every kind of promise, in the order in which the page on method lists them."""

    NUMBER = Terms(
        "number",
        "Numbers",
        "so many days after the time it covers is over as the plan, or the measure itself, promises",
        "the number is published, or the reason why there is none",
    )
    NEXT_STEP = Terms(
        "next step",
        "Next steps",
        "its date on the measure's page",
        "a new step takes its place, or it is no longer needed",
    )
    ACTION = Terms("action", "Actions", "its due date; a pause does not move it", "its date of finishing is on record")
    START = Terms(
        "start of an action", "Actions not started", "its start date; a pause does not move it", "some of it is done"
    )
    MILESTONE = Terms(
        "milestone",
        "Milestones",
        "its date; one due on the same day as its action is not counted again",
        "the day it was reached is on record",
    )
    DUTY = Terms("legal duty", "Legal duties", "its next due date", "it was done, and has a new next date")
    DOCUMENT = Terms(
        "document for a legal duty",
        "Documents for legal duties",
        "its own next date, where it differs from that of the duty",
        "a newer document is on record",
    )
    ANSWER = Terms(
        "answer to a change in the law",
        "Answers to changes in the law",
        "the date set for the answer",
        "the day it was finished is on record",
    )
    RISK_REVIEW = Terms("risk review", "Risk reviews", "its next review", "it was looked at, and has a new date")
    TREATMENT = Terms(
        "work on a risk",
        "Work on risks",
        "the date by which it is to be done",
        "the work is taken off the risk's page, because it is done or replaced",
    )
    REVIEW = Terms(
        "quarterly review",
        "Quarterly reviews",
        "the day set for the next review; for an older quarter, the end of the quarter after it",
        "the review of that quarter is published",
    )
    DECISION = Terms("decision", "Decisions", "the date set by the review", "the day it was carried out is on record")
    TRAINING = Terms("training", "Trainings", "its next date", "it was held, and has a new next date")
    LEARNING = Terms("learning goal", "Learning goals of leaders", "its date", "it is reached, and taken off the list")
    EVENT = Terms("event", "Events", "its day, or the last day of a survey", "the number of people is published")
    AGREEMENT = Terms(
        "review of an agreement", "Reviews of agreements", "its review date", "it was reviewed, and has a new date"
    )
    REASSESSMENT = Terms(
        "full reassessment of the plan", "Full reassessment of the plan", "its next date", "it has a new next date"
    )

    @property
    def one(self) -> str:
        """What one promise of this kind is called."""
        return self.value.one

    @property
    def many(self) -> str:
        """The heading over promises of this kind."""
        return self.value.many

    @property
    def due(self) -> str:
        """The day on which it is due."""
        return self.value.due

    @property
    def kept(self) -> str:
        """When it counts as kept."""
        return self.value.kept

    @property
    def slug(self) -> str:
        """A word for anchors."""
        return self.name.lower().replace("_", "-")
