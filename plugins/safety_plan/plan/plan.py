"""The Plan: everything a town has written down, frozen, with every reference resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from safety_plan.plan.things import (
    KIND_OF,
    Action,
    Goal,
    Metric,
    Objective,
    Requirement,
    Review,
    Risk,
    Role,
    Thing,
)  # fmt: skip
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.categories import Categories
from safety_plan.reading.schema.people import People
from safety_plan.reading.schema.plan import PlanDocument
from safety_plan.reading.schema.town import Town
from safety_plan.rules import RULES, Rules

R = TypeVar("R", bound=Record)
AnyThing = Thing[Record]


@dataclass(frozen=True)
class Plan:
    """A town's whole plan.

    `things` holds every thing by kind and id, in the order of the files. `neighbours` holds for each thing those that
    it names, those that name it, and those that follow from what is named; `mentioned_in` holds for each thing the
    others whose prose links to it. So every link can be walked both ways. `pages` names the pages it has. `rules` holds
    the numbers in the rules by which its results are worked out.
    """

    folder: str
    town: Town
    document: PlanDocument
    people: People
    categories: Categories
    files: tuple[Record, ...]
    things: Mapping[str, Mapping[str, AnyThing]]
    neighbours: Mapping[AnyThing, tuple[AnyThing, ...]]
    mentioned_in: Mapping[AnyThing, tuple[AnyThing, ...]]
    pages: frozenset[str]
    rules: Rules = RULES

    def one(self, record: type[R]) -> R | None:
        """The record of a file that a plan may do without, such as models.yml."""
        return next((found for found in self.files if isinstance(found, record)), None)

    def thing(self, kind: str, id: str) -> AnyThing:
        """The thing of this kind and id. Every reference within the plan leads to one."""
        return self.things[kind][id]

    def all(self, record: type[R]) -> tuple[Thing[R], ...]:
        """All things of one kind, named by the schema class of their records."""
        return cast(tuple[Thing[R], ...], tuple(self.things[KIND_OF[record]].values()))

    def many(self, record: type[R], ids: Iterable[str]) -> tuple[Thing[R], ...]:
        """The things of one kind with these ids, in this order."""
        found = self.things[KIND_OF[record]]
        return cast(tuple[Thing[R], ...], tuple(found[id] for id in ids))

    def near(self, thing: Thing[Any], record: type[R]) -> tuple[Thing[R], ...]:
        """The neighbours of a thing that are of one kind."""
        kind = KIND_OF[record]
        return cast(
            tuple[Thing[R], ...], tuple(other for other in self.neighbours.get(thing, ()) if other.kind == kind)
        )

    def role(self, id: str) -> Role:
        """The role with this id."""
        return cast(Role, self.things["role"][id])

    def roles(self, ids: Iterable[str]) -> tuple[Role, ...]:
        """The roles with these ids."""
        return tuple(self.role(id) for id in ids)

    def metric(self, id: str) -> Metric:
        """The metric with this id."""
        return cast(Metric, self.things["metric"][id])

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals in their order."""
        goals = cast(tuple[Goal, ...], tuple(self.things["goal"].values()))
        return tuple(sorted(goals, key=lambda goal: (goal.record.order, goal.id)))

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """The objectives, goal by goal."""
        return tuple(objective for goal in self.goals for objective in self.objectives_of(goal))

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions, objective by objective."""
        return tuple(action for objective in self.objectives for action in self.actions_of(objective))

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics, in the order in which the goals name them; then those that no objective names."""
        ids = [id for objective in self.objectives for id in objective.record.metrics]
        return tuple(self.metric(id) for id in dict.fromkeys([*ids, *self.things["metric"]]))

    @property
    def risks(self) -> tuple[Risk, ...]:
        """The risks in the order of the register."""
        return cast(tuple[Risk, ...], tuple(self.things["risk"].values()))

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The legal duties in the order of the register."""
        return cast(tuple[Requirement, ...], tuple(self.things["requirement"].values()))

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews, oldest first."""
        reviews = cast(tuple[Review, ...], tuple(self.things["review"].values()))
        return tuple(sorted(reviews, key=lambda review: review.record.held))

    def objectives_of(self, goal: Goal) -> tuple[Objective, ...]:
        """The objectives of a goal."""
        return cast(
            tuple[Objective, ...], tuple(self.things["objective"][objective.id] for objective in goal.record.objectives)
        )

    def actions_of(self, objective: Objective) -> tuple[Action, ...]:
        """The actions of an objective."""
        return cast(tuple[Action, ...], tuple(self.things["action"][action.id] for action in objective.record.actions))
