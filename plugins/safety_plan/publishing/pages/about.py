"""About the plan: who publishes it, how to reach them, how fresh it is, and what was changed or corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from safety_plan.language import say, spoken
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.changes import NewDefinition, TargetMove, definition_changes, target_moves
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.observations import GroupObservation, Observation


def pages(studio: Studio) -> Iterator[Page]:
    """The page about the plan."""
    plan = studio.plan
    yield studio.page(
        "about",
        place=plan.town.at(),
        languages=[spoken().name_of(language) for language in plan.town.languages],
        corrections=_corrections(plan),
        target_changes=_newest_first(move for metric in plan.metrics for move in target_moves(metric, studio.results)),
        definition_changes=_newest_first(change for metric in plan.metrics for change in definition_changes(metric)),
        credits=_credits(plan),
        built_on=studio.built_on,
        description=say("Who publishes this plan, how to reach us, how fresh the numbers are, and what was corrected."),
    )


@dataclass(frozen=True)
class _Correction:
    """A value that was changed after it had been published."""

    on: dt.date
    metric: Metric
    period: str
    was: str
    now: str
    because: str


def _corrections(plan: Plan) -> list[_Correction]:
    found = [
        _correction(metric, one, one.corrected)
        for metric in plan.metrics
        for one in _all_observations(metric)
        if one.corrected is not None
    ]
    return sorted(found, key=lambda correction: correction.on, reverse=True)


def _all_observations(metric: Metric) -> Iterator[Observation]:
    yield from metric.record.observations
    yield from chain.from_iterable(breakdown.observations for breakdown in metric.record.breakdowns)


def _correction(metric: Metric, one: Observation, on: dt.date) -> _Correction:
    record = metric.record
    assert one.was is not None
    period = words.observation_period(record, one)
    return _Correction(
        on=on,
        metric=metric,
        period=f"{period}, {one.group}" if isinstance(one, GroupObservation) else period,
        was=words.value(record, one.was),
        now=words.nothing(one) if one.number is None else words.value(record, one.number),
        because=one.because or "",
    )


_Change = TypeVar("_Change", TargetMove, NewDefinition)


def _newest_first(changes: Iterable[_Change]) -> list[_Change]:
    return sorted(changes, key=lambda change: change.on, reverse=True)


@dataclass(frozen=True)
class _Credit:
    """What the licence of other people's data asks us to say, and the measures made from them."""

    attribution: str
    licence: str
    metrics: tuple[Metric, ...]


def _credits(plan: Plan) -> list[_Credit]:
    found: dict[tuple[str, str], list[Metric]] = {}
    for metric in plan.metrics:
        source = metric.record.source
        if source.attribution or source.licence:
            found.setdefault((source.attribution or source.name, source.licence or ""), []).append(metric)
    return [_Credit(attribution, licence, tuple(metrics)) for (attribution, licence), metrics in found.items()]
