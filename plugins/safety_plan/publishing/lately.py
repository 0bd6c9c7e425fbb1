"""What changed lately: all that the plan dates, newest first, so that good and bad news come by the calendar alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric, Thing
from safety_plan.publishing import words
from safety_plan.publishing.changes import NewDefinition, TargetMove, definition_changes, target_moves
from safety_plan.reading.schema.observations import GroupObservation, Observation
from safety_plan.reading.schema.plan import Amendment
from safety_plan.reading.schema.reviews import Decision
from safety_plan.results.late import LateItem
from safety_plan.results.results import Results

_DAYS = 365
"""How long something is news, in days: the same as for corrections on the page of a measure."""

_MOST = 6
"""How many news the home page shows."""

_MOST_OF_A_KIND = 2
"""How many of them may be of one kind: on a day when ten dates pass, they would hide that a number was corrected."""

Kind = Literal["corrected", "target", "definition", "late", "done", "decision", "review", "amendment"]


@dataclass(frozen=True)
class Correction:
    """A number that was corrected: the time it is about, with its group where it is of one; what it was, and is now.

    `of` tells it from the other numbers of its measure, in every language and for ever.
    """

    when: str
    was: str
    now: str
    of: str


@dataclass(frozen=True)
class News:
    """Something that changed on a day: `thing` is what it is about, None where that is the plan as a whole.

    `about` holds what else there is to say, in the form of its kind: a Correction, a TargetMove, a NewDefinition, a
    LateItem, the day on which finished work was due, what a review decided, or an Amendment; None for a decision.
    """

    on: dt.date
    kind: Kind
    thing: Thing[Any] | None = None
    about: (
        Correction | TargetMove | NewDefinition | LateItem | dt.date | tuple[Thing[Decision], ...] | Amendment | None
    ) = None


def lately(plan: Plan, results: Results) -> tuple[News, ...]:
    """The newest things that changed within a year up to the day of the results, a few of each kind."""
    found: list[News] = []
    shown: Counter[Kind] = Counter()
    for one in news_of_the_year(plan, results):
        shown[one.kind] += 1
        if shown[one.kind] <= _MOST_OF_A_KIND:
            found.append(one)
    return tuple(found[:_MOST])


def news_of_the_year(plan: Plan, results: Results) -> list[News]:
    """Everything that changed within a year up to the day of the results, the newest first."""
    first = results.as_of - dt.timedelta(days=_DAYS)
    known = (one for one in _everything(plan, results) if first < one.on <= results.as_of)
    return sorted(known, key=lambda news: news.on, reverse=True)


def _everything(plan: Plan, results: Results) -> Iterator[News]:
    for metric in plan.metrics:
        yield from _corrections(metric)
        yield from (News(one.on, "target", metric, one) for one in target_moves(metric, results))
        yield from (News(one.on, "definition", metric, one) for one in definition_changes(metric))
    yield from (News(one.due, "late", None, one) for one in results.late)
    for action in plan.actions:
        if action.record.done is not None:
            yield News(action.record.done, "done", action, action.record.due)
    for decision in plan.all(Decision):
        if decision.record.done is not None:
            yield News(decision.record.done, "decision", decision)
    for review in plan.reviews:
        decided = plan.many(Decision, [decision.id for decision in review.record.decisions])
        yield News(review.record.held, "review", review, decided)
    yield from (News(one.on, "amendment", None, one) for one in plan.document.amendments)


def _corrections(metric: Metric) -> Iterator[News]:
    record = metric.record
    groups = chain.from_iterable(breakdown.observations for breakdown in record.breakdowns)
    for one in (*record.observations, *record.annual, *groups):
        if one.corrected is None or one.was is None:
            continue
        now = words.nothing(one) if one.number is None else words.value(record, one.number)
        of = " ".join(filter(None, (str(one.period), getattr(one.as_written, "group", ""))))
        correction = Correction(_when(metric, one), words.value(record, one.was), now, of)
        yield News(one.corrected, "corrected", metric, correction)


def _when(metric: Metric, one: Observation) -> str:
    when = words.for_period(one.period, metric.record.covers)
    return f"{when}, {one.group}" if isinstance(one, GroupObservation) else when
