"""The roles: a page for each position, with everything it answers for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from safety_plan.language import later, say, say_in
from safety_plan.plan.things import Decision, Metric, Role, Thing
from safety_plan.publishing import words
from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.flags import flags
from safety_plan.publishing.labels import SYSTEMS
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio, View
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.compliance import LawChange as LawChangeRecord
from safety_plan.reading.schema.compliance import Requirement as RequirementRecord
from safety_plan.reading.schema.ems import EmsStrategy, ServiceLevel
from safety_plan.reading.schema.goals import Action as ActionRecord
from safety_plan.reading.schema.goals import Goal as GoalRecord
from safety_plan.reading.schema.goals import Objective as ObjectiveRecord
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.people import Responsibility
from safety_plan.reading.schema.people import Role as RoleRecord
from safety_plan.reading.schema.people import Training as TrainingRecord
from safety_plan.reading.schema.plan import ResilienceMeasure, Trigger
from safety_plan.reading.schema.resources import Agreement as AgreementRecord
from safety_plan.reading.schema.resources import Technology as TechnologyRecord
from safety_plan.reading.schema.reviews import Decision as DecisionRecord
from safety_plan.reading.schema.reviews import Review as ReviewRecord
from safety_plan.reading.schema.risks import Risk as RiskRecord
from safety_plan.results.dates import days_past
from safety_plan.results.risks import RiskResult
from safety_plan.results.state import Group


class State(Protocol):
    """What can be shown as a status: words, and the group that gives shape and colour."""

    @property
    def words(self) -> str: ...

    @property
    def group(self) -> Group: ...


@dataclass(frozen=True)
class _Says:
    words: str
    group: Group = "neutral"


@dataclass(frozen=True)
class _Line:
    """Something a role answers for: its state, and a few words more."""

    thing: Thing[Any]
    state: State | None = None
    note: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Block:
    """The things of one kind that a role answers for, or has a part in."""

    heading: str
    anchor: str
    lines: tuple[_Line, ...]


def pages(studio: Studio) -> Iterator[Page]:
    """A page for each role."""
    for role in studio.plan.all(RoleRecord):
        yield _page(studio, role)


def _page(studio: Studio, role: Role) -> Page:
    plan, record, view = studio.plan, role.record, View(studio, "")
    answers, parts = _answers(studio, role), _parts(studio, role)
    shown = {line.thing for block in (*answers, *parts) for line in block.lines}
    return studio.page_of(
        role,
        areas=_areas(studio, role),
        late=[item for item in studio.results.late if item.owner == role.id],
        late_parts=[item for item in studio.results.late if role.id in item.parts and item.owner != role.id],
        answers=answers,
        parts=parts,
        services=_services(studio, role),
        others=[other for other in (*plan.neighbours[role], *plan.mentioned_in[role]) if other not in shown],
        description=say(
            "{role}, {body}: what this position answers for.",
            role=view.plain(record.title),
            body=view.plain(record.body),
        ),
    )


def _areas(studio: Studio, role: Role) -> list[tuple[str, list[Responsibility]]]:
    found = role.record.responsibilities
    areas = [area.name for area in studio.plan.categories.leadership_areas]
    return [(area, [one for one in found if one.area == area]) for area in areas]


def _services(studio: Studio, role: Role) -> list[ServiceLevel]:
    """The levels of emergency medical service it is responsible for; they have no place of their own to link to."""
    ems = studio.plan.one(EmsStrategy)
    return [level for level in ems.service_levels if level.responsible == role.id] if ems else []


def _block(heading: str, anchor: str, lines: Iterable[_Line]) -> _Block:
    """The heading is a text that is said here, so that it can be marked where it stands."""
    return _Block(say(heading), anchor, tuple(lines))


def _answers(studio: Studio, role: Role) -> list[_Block]:
    """What a role answers for, kind by kind; kinds without anything are left out."""
    found = [*_leading(studio, role), *_delivering(studio, role), *_guarding(studio, role), *_standing(studio, role)]
    return [block for block in found if block.lines]


def _leading(studio: Studio, role: Role) -> list[_Block]:
    """What a role is to reach: goals and objectives, and the results that show whether it does."""
    plan = studio.plan
    objectives = _led(plan.near(role, ObjectiveRecord), role)
    results = dict.fromkeys(plan.metric(id) for objective in objectives for id in objective.record.metrics)
    return [
        _block(later("Goals"), "goals", map(_Line, _led(plan.near(role, GoalRecord), role))),
        _block(later("Objectives"), "objectives", map(_Line, objectives)),
        _block(later("Results to answer for"), "results", (_metric_line(studio, one) for one in results)),
    ]


def _delivering(studio: Studio, role: Role) -> list[_Block]:
    """What a role is to do or to hand in by a day."""
    plan, states = studio.plan, studio.results.actions
    metrics = plan.near(role, MetricRecord)
    actions = [one for one in plan.near(role, ActionRecord) if one.record.owner == role.id]
    numbers = [one for one in metrics if one.record.source.owner == role.id]
    return [
        _block(
            later("Actions"),
            "actions",
            (_Line(one, states[one.id], say("due {date}", date=words.date(one.record.due))) for one in actions),
        ),
        _block(later("Numbers to deliver"), "numbers", (_metric_line(studio, one) for one in numbers)),
        _block(later("Next steps"), "next-steps", (line for one in metrics for line in _step_lines(studio, one, role))),
    ]


def _guarding(studio: Studio, role: Role) -> list[_Block]:
    """The risks, the law and the decisions that a role keeps an eye on."""
    plan, duties, as_of = studio.plan, studio.results.duties, studio.results.as_of
    states, answers = studio.results.risks, studio.results.answers
    risks, laws = plan.near(role, RiskRecord), plan.near(role, RequirementRecord)
    changes, decisions = plan.near(role, LawChangeRecord), plan.near(role, DecisionRecord)
    return [
        _block(
            later("Risks"),
            "risks",
            (_Line(one, states[one.id].now, _review_note(one.record.review_by, states[one.id])) for one in risks),
        ),
        _block(
            later("Legal duties"), "duties", (_Line(one, duties[one.id], _due(one.record.next_due)) for one in laws)
        ),
        _block(later("Answers to changes in the law"), "law-changes", (_Line(one, answers[one.id]) for one in changes)),
        _block(later("Decisions to carry out"), "decisions", (_decision_line(one, as_of) for one in decisions)),
    ]


def _standing(studio: Studio, role: Role) -> list[_Block]:
    """What a role looks after all the time."""
    plan, as_of = studio.plan, studio.results.as_of
    return [
        _block(
            later("Systems"), "systems", (_system_line(one.record, one) for one in plan.near(role, TechnologyRecord))
        ),
        _block(
            later("Agreements"),
            "agreements",
            (
                _Line(one, _late(one.record.review_by, as_of), _to_review(one.record.review_by))
                for one in plan.near(role, AgreementRecord)
            ),
        ),
        _block(later("Signs to watch for"), "triggers", map(_Line, plan.near(role, Trigger))),
        _block(later("Keeping the organization going"), "resilience", map(_Line, plan.near(role, ResilienceMeasure))),
    ]


def _parts(studio: Studio, role: Role) -> list[_Block]:
    """What a role has a part in without answering for it."""
    plan, results = studio.plan, studio.results
    actions = plan.near(role, ActionRecord)

    def named(heading: str, anchor: str, has: Callable[[ActionRecord], tuple[str, ...]]) -> _Block:
        return _block(
            heading, anchor, (_Line(one, results.actions[one.id]) for one in actions if role.id in has(one.record))
        )

    found = [
        named(later("Does the work"), "responsible", lambda action: action.responsible),
        named(later("Is asked before decisions"), "consulted", lambda action: action.consulted),
        named(later("Is kept informed"), "informed", lambda action: action.informed),
        _block(
            later("Training to take part in"),
            "training",
            (_training_line(one.record, one, results.as_of) for one in plan.near(role, TrainingRecord)),
        ),
        _block(
            later("Quarterly reviews"),
            "reviews",
            (
                _Line(one, None, _part(one.record, role))
                for one in reversed(plan.reviews)
                if one in plan.neighbours[role]
            ),
        ),
    ]
    return [block for block in found if block.lines]


def _led(things: Iterable[Thing[Any]], role: Role) -> list[Thing[Any]]:
    return [thing for thing in things if thing.record.lead == role.id]


def _metric_line(studio: Studio, metric: Metric) -> _Line:
    """A metric with where it stands."""
    result = studio.results.metrics[metric.id]
    return _Line(metric, result.status, latest_with_period(metric, studio.results), flags(metric.record, result))


def _step_lines(studio: Studio, metric: Metric, role: Role) -> Iterator[_Line]:
    step = metric.record.next_step
    if step is not None and step.owner == role.id:
        late = _late(step.by, studio.results.as_of)
        yield _Line(metric, late, _step(step.by, View(studio, "").plain(step.what)))


def _step(by: dt.date, what: str) -> str:
    return say("by {date}: {step}", date=words.date(by), step=what)


def _late(day: dt.date | None, as_of: dt.date) -> _Says | None:
    days = days_past(day, as_of)
    return _Says(say("{days} late", days=words.days(days)), "bad") if days else None


def _review_note(day: dt.date, result: RiskResult) -> str:
    note = say("next review by {date}", date=words.date(day))
    if result.days_late:
        note = say("next review by {date}, {days} late", date=words.date(day), days=words.days(result.days_late))
    if result.reviewed:
        return note
    unseen = say("not reviewed {for_period}", for_period=words.for_period(result.newest))
    return f"{unseen}; {note}"


def _to_review(day: dt.date) -> str:
    return say("to be reviewed by {date}", date=words.date(day))


def _due(day: dt.date | None) -> str:
    return say("next due {date}", date=words.date(day)) if day else say("no fixed date")


def _decision_line(decision: Decision, as_of: dt.date) -> _Line:
    record = decision.record
    if record.done:
        return _Line(decision, _Says(say("done"), "good"), say("on {date}", date=words.date(record.done)))
    note = say("by {date}", date=words.date(record.by)) if record.by else say("no fixed date")
    return _Line(decision, _late(record.by, as_of) or _Says(say_in("decision", "open")), note)


def _system_line(record: TechnologyRecord, thing: Thing[Record]) -> _Line:
    until = say("supported until {date}", date=words.date(record.supported_until)) if record.supported_until else ""
    text, _ = SYSTEMS[record.status]
    return _Line(thing, _Says(say(text), "warning" if record.status == "replace" else "neutral"), until)


def _training_line(record: TrainingRecord, thing: Thing[Record], as_of: dt.date) -> _Line:
    late = _late(record.next, as_of)
    if record.next is None:
        return _Line(thing, late, say("no date set"))
    when = later("was due on {date}") if late else later("next on {date}")
    return _Line(thing, late, say(when, date=words.date(record.next)))


def _part(review: ReviewRecord, role: Role) -> str:
    part = later("in the chair, held {date}") if review.chaired_by == role.id else later("took part, held {date}")
    return say(part, date=words.date(review.held))
