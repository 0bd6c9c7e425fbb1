"""The kinds of thing a plan is made of, and the thing itself: a record that others can point to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from safety_plan.problems import Place
from safety_plan.reading.schema import (
    compliance,
    ems,
    engagement,
    goals,
    metrics,
    models,
    people,
    plan,
    resources,
    reviews,
    risks,
    words,
)
from safety_plan.reading.schema.base import Record

R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its schema class, and the field that says what a thing of the kind is called."""

    record: type[Record]
    called: str
    noun: str


KINDS: dict[str, Kind] = {
    "goal": Kind(goals.Goal, "title", "goal"),
    "objective": Kind(goals.Objective, "title", "objective"),
    "action": Kind(goals.Action, "title", "action"),
    "metric": Kind(metrics.Metric, "name", "metric"),
    "risk": Kind(risks.Risk, "title", "risk"),
    "requirement": Kind(compliance.Requirement, "title", "legal duty"),
    "law-change": Kind(compliance.LawChange, "title", "change in the law"),
    "role": Kind(people.Role, "title", "role"),
    "training": Kind(people.Training, "title", "training"),
    "exercise": Kind(people.Exercise, "title", "exercise"),
    "competency": Kind(people.Competency, "name", "competency"),
    "review": Kind(reviews.Review, "period", "review"),
    "decision": Kind(reviews.Decision, "what", "decision"),
    "model": Kind(models.PlanningModel, "name", "planning model"),
    "element": Kind(ems.Element, "element", "EMS element"),
    "event": Kind(engagement.Event, "title", "event"),
    "theme": Kind(engagement.Theme, "theme", "theme of feedback"),
    "technology": Kind(resources.Technology, "name", "system"),
    "agreement": Kind(resources.Agreement, "title", "agreement"),
    "factor": Kind(plan.Factor, "trend", "factor"),
    "trigger": Kind(plan.Trigger, "condition", "trigger"),
    "resilience": Kind(plan.ResilienceMeasure, "what", "resilience measure"),
    "question": Kind(words.Question, "question", "question"),
    "term": Kind(words.Term, "term", "word"),
    "topic": Kind(words.Topic, "topic", "topic"),
}
"""Every kind, by the name used in links such as `metric:ems-response-90th`."""

KIND_OF: dict[type[Record], str] = {kind.record: name for name, kind in KINDS.items()}


@dataclass(frozen=True, eq=False)
class Thing(Generic[R_co]):
    """A record with an id. Two things are the same only if they are the same record of the same plan.

    `parent` is the thing it stands within: the goal of an objective, the objective of an action.
    """

    kind: str
    id: str
    record: R_co
    parent: Thing[Record] | None = None

    @property
    def title(self) -> str:
        """What it is called, as written: live figures are not filled in."""
        called = getattr(self.record, KINDS[self.kind].called)
        # A title without a translation knows its language, which str() would make it forget.
        return called if isinstance(called, str) else str(called)

    @property
    def ref(self) -> str:
        """Its short reference for council papers, or nothing."""
        return getattr(self.record, "ref", None) or ""

    @property
    def former_ids(self) -> tuple[str, ...]:
        """Ids it had before."""
        return getattr(self.record, "former_ids", ())

    @property
    def place(self) -> Place:
        """Where it stands in the plan's files."""
        return self.record.at()


Goal = Thing[goals.Goal]
Objective = Thing[goals.Objective]
Action = Thing[goals.Action]
Metric = Thing[metrics.Metric]
Risk = Thing[risks.Risk]
Requirement = Thing[compliance.Requirement]
LawChange = Thing[compliance.LawChange]
Role = Thing[people.Role]
Training = Thing[people.Training]
Exercise = Thing[people.Exercise]
Review = Thing[reviews.Review]
Decision = Thing[reviews.Decision]
Model = Thing[models.PlanningModel]
Element = Thing[ems.Element]
Event = Thing[engagement.Event]
Theme = Thing[engagement.Theme]
Technology = Thing[resources.Technology]
Agreement = Thing[resources.Agreement]
