"""What leads where: the things that each thing of the plan is linked with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from safety_plan.plan.plan import AnyThing
from safety_plan.plan.things import KIND_OF, Decision, Goal, Objective, Review, Risk
from safety_plan.reading.live import mentions
from safety_plan.reading.schema.base import Reference, Written

Index = Mapping[str, Mapping[str, AnyThing]]
"""All things by kind and id."""

Edge = tuple[AnyThing, AnyThing]


def neighbours_of(things: Iterable[AnyThing], index: Index) -> dict[AnyThing, tuple[AnyThing, ...]]:
    """For each thing those that it names, those that name it, and those that follow from what is named."""
    found: dict[AnyThing, dict[AnyThing, None]] = {thing: {} for thing in things}
    for one, other in (*_named(found, index), *_answered_for(index), *_rated(index), *_served(index)):
        found[one].setdefault(other)
        found[other].setdefault(one)
    return {thing: tuple(others) for thing, others in found.items()}


def mentioned_in(
    neighbours: Mapping[AnyThing, tuple[AnyThing, ...]], index: Index
) -> dict[AnyThing, tuple[AnyThing, ...]]:
    """For each thing those whose prose links to it, apart from its neighbours.

    The other way needs no entry: the prose itself is the link.
    """
    found: dict[AnyThing, dict[AnyThing, None]] = {thing: {} for thing in neighbours}
    for thing in neighbours:
        for other in _linked_in_prose(thing, index):
            if other is not thing and other not in neighbours[thing]:
                found[other].setdefault(thing)
    return {thing: tuple(others) for thing, others in found.items()}


def _named(things: Iterable[AnyThing], index: Index) -> Iterator[Edge]:
    for thing in things:
        if thing.parent is not None:
            yield thing.parent, thing
        # What stands in an objective of a goal is the objective's own link, not the goal's.
        for _, _, mark, value in thing.record.marked(Reference, apart=KIND_OF):
            if mark.kind in index:
                yield thing, index[mark.kind][value]


def _linked_in_prose(thing: AnyThing, index: Index) -> Iterator[AnyThing]:
    for _, _, mark, text in thing.record.marked(Written, apart=KIND_OF):
        for mention in mentions(text) if mark.markdown else ():
            if mention.what == "link" and mention.kind in index:
                yield index[mention.kind][mention.id]


def _answered_for(index: Index) -> Iterator[Edge]:
    """Who leads an objective answers for the results it is measured by, whoever delivers the numbers."""
    for objective in cast(Iterable[Objective], index["objective"].values()):
        for id in objective.record.metrics:
            yield index["metric"][id], index["role"][objective.record.lead]


def _rated(index: Index) -> Iterator[Edge]:
    """A review rates risks that it does not name: those with a rating for its quarter."""
    for review in cast(Iterable[Review], index["review"].values()):
        for risk in cast(Iterable[Risk], index["risk"].values()):
            if review.record.period in (rating.quarter for rating in risk.record.history):
                yield review, risk


def _served(index: Index) -> Iterator[Edge]:
    """A decision serves the goals whose actions carry it out, or whose metrics it is meant to move."""
    for decision in cast(Iterable[Decision], index["decision"].values()):
        for goal in cast(Iterable[Goal], index["goal"].values()):
            if _serves(decision, goal):
                yield decision, goal


def _serves(decision: Decision, goal: Goal) -> bool:
    objectives = goal.record.objectives
    actions = {action.id for objective in objectives for action in objective.actions}
    metrics = {id for objective in objectives for id in objective.metrics}
    return bool(actions & {*decision.record.actions} or metrics & {*decision.record.metrics})
