"""What is late or off track: every promise not kept in time, and every measure that is not where it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.language import say, say_n
from safety_plan.plan.things import Action, Metric
from safety_plan.publishing import words
from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.results.actions import ActionState, delay_of
from safety_plan.results.late import by_promise
from safety_plan.results.state import Group


@dataclass(frozen=True)
class _Trouble:
    """The measures that stand badly in one way: what they are called together, and the measures."""

    heading: str
    anchor: str
    metrics: tuple[Metric, ...]


def pages(studio: Studio) -> Iterator[Page]:
    """The page of what is late or off track."""
    results = studio.results
    troubles = [one for one in _troubles(studio) if one.metrics]
    summary = _summary(len(results.late), troubles)
    yield studio.page(
        "late",
        summary=summary,
        groups=by_promise(results.late),
        troubles=troubles,
        paused=_paused(studio),
        delay=lambda action: delay_of(action.record, results.as_of),
        latest=lambda metric: latest_with_period(metric, results),
        description=summary,
    )


def _troubles(studio: Studio) -> tuple[_Trouble, ...]:
    return (
        _Trouble(say("Measures off track or missed"), "off-track", _in_group(studio, "bad")),
        _Trouble(say("Measures at risk"), "at-risk", _in_group(studio, "warning")),
    )


def _in_group(studio: Studio, group: Group) -> tuple[Metric, ...]:
    metrics = studio.results.metrics
    return tuple(metric for metric in studio.plan.metrics if metrics[metric.id].status.group == group)


def _summary(late: int, troubles: list[_Trouble]) -> str:
    """What the page holds, in a sentence."""
    count = sum(len(trouble.metrics) for trouble in troubles)
    if not late:
        promises = say("Nothing is late")
    else:
        promises = say_n("{n} promise is late", "{n} promises are late", late, n=words.number(late))
    if not count:
        return say("{promises}; no measure is off track or at risk.", promises=promises)
    return say_n(
        "{promises}; {n} measure is off track, missed or at risk.",
        "{promises}; {n} measures are off track, missed or at risk.",
        count,
        promises=promises,
        n=words.number(count),
    )


def _paused(studio: Studio) -> list[Action]:
    """The paused actions, the one paused longest first."""
    found = [(one, one.record.paused) for one in studio.plan.actions]
    states = studio.results.actions
    paused = [(one, stop.since) for one, stop in found if stop and states[one.id] is ActionState.PAUSED]
    return [one for one, _ in sorted(paused, key=lambda pair: pair[1])]
