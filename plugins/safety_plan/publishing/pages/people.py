"""Roles and leadership: who answers for what, how leaders learn, and what was learned from exercises and work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.language import later, say
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Action, Exercise, Goal, Role, Thing, Training
from safety_plan.publishing import words
from safety_plan.publishing.pages.risks import topics_for
from safety_plan.publishing.site import Page
from safety_plan.publishing.slugs import slug
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.people import Competency as CompetencyRecord
from safety_plan.reading.schema.people import Exercise as ExerciseRecord
from safety_plan.reading.schema.people import Role as RoleRecord
from safety_plan.reading.schema.people import Training as TrainingRecord
from safety_plan.reading.schema.plan import ResilienceMeasure
from safety_plan.results.dates import days_past
from safety_plan.results.results import actions_of
from safety_plan.results.state import Group

_EXERCISES = {
    "seminar": (
        later("seminar"),
        later("in which people learn about a plan or a new way of working"),
    ),
    "workshop": (
        later("workshop"),
        later("in which people write something together, such as a plan"),
    ),
    "tabletop": (
        later("tabletop exercise"),
        later("in which leaders sit at a table and talk through a made-up event"),
    ),
    "game": (
        later("game"),
        later("in which teams make decisions and see what follows from them"),
    ),
    "drill": (
        later("drill"),
        later("in which one task is tried out for real"),
    ),
    "functional": (
        later("functional exercise"),
        later("in which those in command work as in a real event, but no crews are sent"),
    ),
    "full-scale": (
        later("full-scale exercise"),
        later("in which crews, vehicles and command act as in a real event"),
    ),
}


def pages(studio: Studio) -> Iterator[Page]:
    """The page of all roles and of leadership."""
    plan, as_of = studio.plan, studio.results.as_of
    roles = plan.all(RoleRecord)
    strands = _strands(plan, as_of)
    exercises = sorted(plan.all(ExerciseRecord), key=lambda one: one.record.on, reverse=True)
    yield studio.page(
        "people",
        place=plan.people.at(),
        people=plan.people,
        roles=roles,
        areas=plan.categories.leadership_areas,
        items=_items,
        unheld=_unheld(plan, roles),
        without_backup=[role for role in roles if not role.record.backup],
        vacant=[role for role in roles if role.record.vacant_since],
        successions=[one for one in plan.all(ResilienceMeasure) if one.record.kind in ("succession", "backup")],
        raci=_raci(plan),
        competencies=plan.all(CompetencyRecord),
        days_past=lambda day: days_past(day, as_of),
        strands=strands,
        overdue=[one for strand in strands for one in strand.sessions if one.days_late],
        exercises=[_exercise(plan, one) for one in exercises],
        found=sum(one.record.corrective_actions for one in exercises),
        closed=sum(one.record.closed for one in exercises),
        exercise_kinds=_kinds(exercises),
        lessons=sorted(plan.people.lessons, key=lambda lesson: lesson.on, reverse=True),
        see=lambda thing: _see(plan, thing),
        topics=topics_for(plan, "people"),
        description=say(
            "The positions that answer for the plan, what each one is there for, and how their people learn."
        ),
    )


def _items(role: Role, area: str) -> list[str]:
    """What a role holds of an area, each item once."""
    return list(dict.fromkeys(one.item for one in role.record.responsibilities if one.area == area))


def _unheld(plan: Plan, roles: tuple[Role, ...]) -> list[str]:
    """What an area asks of leaders and no role holds."""
    held = {(one.area, one.item) for role in roles for one in role.record.responsibilities}
    return [item for area in plan.categories.leadership_areas for item in area.items if (area.name, item) not in held]


def _raci(plan: Plan) -> list[tuple[Goal, tuple[Action, ...]]]:
    return [(goal, actions_of(plan, goal)) for goal in plan.goals if actions_of(plan, goal)]


def _see(plan: Plan, thing: Thing[Record]) -> tuple[Thing[Record], ...]:
    """What a thing is linked with, apart from the roles that its own row names."""
    named = tuple(other for other in plan.neighbours[thing] if other.kind != "role")
    return (*named, *plan.mentioned_in[thing])


@dataclass(frozen=True)
class _Session:
    """A training, and how late it is."""

    training: Training
    days_late: int

    @property
    def hours(self) -> str:
        """The hours it takes each time, with just the decimals they are written with."""
        hours = self.training.record.hours
        return words.number(hours, len(f"{hours:g}".partition(".")[2]))


@dataclass(frozen=True)
class _Strand:
    """A strand of the leadership development programme."""

    name: str
    anchor: str
    sessions: tuple[_Session, ...]


def _strands(plan: Plan, as_of: dt.date) -> list[_Strand]:
    strands = plan.categories.training_strands
    return [
        _Strand(
            name,
            f"strand-{slug(written)}",
            tuple(
                _Session(one, days_past(one.record.next, as_of))
                for one in plan.all(TrainingRecord)
                if one.record.strand == name
            ),
        )
        for name, written in zip(strands, plan.categories.as_written.training_strands, strict=True)
    ]


@dataclass(frozen=True)
class _Mended:
    """An exercise, and how much of what it showed has been mended."""

    exercise: Exercise
    kind: str
    words: str
    group: Group
    see: tuple[Thing[Record], ...]


def _exercise(plan: Plan, exercise: Exercise) -> _Mended:
    record = exercise.record
    group: Group
    if record.corrective_actions == 0:
        text, group = say("nothing to mend"), "good"
    elif record.closed == record.corrective_actions:
        text, group = say("all {all} mended", all=words.number(record.closed)), "good"
    else:
        mended, found = words.number(record.closed), words.number(record.corrective_actions)
        text, group = say("{mended} of {all} mended", mended=mended, all=found), "warning"
    return _Mended(exercise, say(_EXERCISES[record.type][0]), text, group, _see(plan, exercise))


def _kinds(exercises: list[Exercise]) -> list[tuple[str, str]]:
    """What the kinds of exercise that were held mean."""
    held = {one.record.type for one in exercises}
    return [(say(name), say(explained)) for kind, (name, explained) in _EXERCISES.items() if kind in held]
