"""The kinds of promise that a plan makes: what each is called, when it is due, and when it counts as kept.

The page on method shows this list, and `late` holds every promise of these kinds against the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from safety_plan.language import later, say


@dataclass(frozen=True)
class Terms:
    """A kind of promise in words to be said: one of them, several of them, the day it is due, and what keeps it."""

    one: str
    many: str
    due: str
    kept: str


class Promise(Enum):
    """Every kind of promise, in the order in which the page on method lists them."""

    NUMBER = Terms(
        later("number"),
        later("Numbers"),
        later("so many days after the time it covers is over as the plan, or the measure itself, promises"),
        later("the number is published, or the reason why there is none"),
    )
    NEXT_STEP = Terms(
        later("next step"),
        later("Next steps"),
        later("its date on the measure's page"),
        later("a new step takes its place, or it is no longer needed"),
    )
    ACTION = Terms(
        later("action"),
        later("Actions"),
        later("its due date; a pause does not move it"),
        later("its date of finishing is on record"),
    )
    START = Terms(
        later("start of an action"),
        later("Actions not started"),
        later("its start date; a pause does not move it"),
        later("some of it is done"),
    )
    MILESTONE = Terms(
        later("milestone"),
        later("Milestones"),
        later("its date; one due on the same day as its action is not counted again"),
        later("the day it was reached is on record"),
    )
    DUTY = Terms(
        later("legal duty"),
        later("Legal duties"),
        later("its next due date"),
        later("it was done, and has a new next date"),
    )
    DOCUMENT = Terms(
        later("document for a legal duty"),
        later("Documents for legal duties"),
        later("its own next date, where it differs from that of the duty"),
        later("a newer document is on record"),
    )
    ANSWER = Terms(
        later("answer to a change in the law"),
        later("Answers to changes in the law"),
        later("the date set for the answer"),
        later("the day it was finished is on record"),
    )
    RISK_REVIEW = Terms(
        later("risk review"),
        later("Risk reviews"),
        later("its next review"),
        later("it was looked at, and has a new date"),
    )
    TREATMENT = Terms(
        later("work on a risk"),
        later("Work on risks"),
        later("the date by which it is to be done"),
        later("the work is taken off the risk's page, because it is done or replaced"),
    )
    REVIEW = Terms(
        later("quarterly review"),
        later("Quarterly reviews"),
        later("the day set for the next review; for an older quarter, the end of the quarter after it"),
        later("the review of that quarter is published"),
    )
    DECISION = Terms(
        later("decision"),
        later("Decisions"),
        later("the date set by the review"),
        later("the day it was carried out is on record"),
    )
    TRAINING = Terms(
        later("training"), later("Trainings"), later("its next date"), later("it was held, and has a new next date")
    )
    LEARNING = Terms(
        later("learning goal"),
        later("Learning goals of leaders"),
        later("its date"),
        later("it is reached, and taken off the list"),
    )
    EVENT = Terms(
        later("event"),
        later("Events"),
        later("its day, or the last day of a survey"),
        later("the number of people is published"),
    )
    AGREEMENT = Terms(
        later("review of an agreement"),
        later("Reviews of agreements"),
        later("its review date"),
        later("it was reviewed, and has a new date"),
    )
    REASSESSMENT = Terms(
        later("full reassessment of the plan"),
        later("Full reassessment of the plan"),
        later("its next date"),
        later("it has a new next date"),
    )
    BARRIER = Terms(
        later("barrier on these pages"),
        later("Barriers on these pages"),
        later("the day by which it is to work for everyone"),
        later("it works, and is taken off the list of what does not"),
    )

    @property
    def one(self) -> str:
        """What one promise of this kind is called."""
        return say(self.value.one)

    @property
    def many(self) -> str:
        """The heading over promises of this kind."""
        return say(self.value.many)

    @property
    def due(self) -> str:
        """The day on which it is due."""
        return say(self.value.due)

    @property
    def kept(self) -> str:
        """When it counts as kept."""
        return say(self.value.kept)

    @property
    def slug(self) -> str:
        """A word for anchors."""
        return self.name.lower().replace("_", "-")
