"""`people.yml`: roles, leadership, training and exercises. People are positions, never names."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from safety_plan.reading.schema.base import (
    Category,
    Date,
    Fault,
    Line,
    Named,
    Prose,
    Record,
    RoleId,
    Text,
    Untranslated,
    refuse,
)

EmailAddress = Annotated[str, StringConstraints(pattern=r"^[^\s@<>]+@[^\s@<>]+$"), Untranslated()]


class Responsibility(Record):
    """One thing a role is there for."""

    area: Annotated[str, Category("leadership_areas")] = Field(description="Area of leadership.")
    item: Annotated[str, Category("leadership_areas", within="area")] = Field(
        description="What the area asks of a leader."
    )
    what: Line = Field(description="What the role does for it.")


class Role(Named):
    """A position that answers for parts of the plan."""

    title: Text = Field(description="Title of the position.")
    body: Text = Field(description="Department or body it belongs to.")
    about: Prose = Field(description="What the role is there for, in a sentence or two.")
    responsibilities: tuple[Responsibility, ...] = Field(
        min_length=1, description="What it does, by area of leadership."
    )
    backup: Text | None = Field(None, description="Position that steps in.")
    vacant_since: Date | None = Field(None, description="Since when the post is vacant.")
    approves_as: tuple[EmailAddress, ...] = Field(
        (),
        description="E-mail addresses under which the post lets changes into the plan's public files. Pages then name "
        "the post as the one that accepted a change; the addresses are never shown.",
    )


class Competency(Named):
    """Something leaders are expected to be good at."""

    name: Text = Field(description="Name of the competency.")
    meaning: Line = Field(description="What it looks like here.")


class LearningGoal(Record):
    """What leaders want to get better at."""

    goal: Line = Field(description="What is to be learned.")
    by: Date = Field(description="Date by which it is to be learned.")


class Training(Named):
    """A recurring piece of the leadership development programme."""

    title: Line = Field(description="Name of the training.")
    strand: Annotated[str, Category("training_strands")] = Field(description="Strand of the programme.")
    about: Line = Field(description="What people learn.")
    audience: tuple[RoleId, ...] = Field(min_length=1, description="Roles whose people take part.")
    frequency: Line = Field(description="How often it is held.")
    hours: float = Field(gt=0, description="Hours each time.")
    last: Date | None = Field(None, description="When it was last held.")
    next: Date | None = Field(None, description="When it is held next.")
    completion_percent: int | None = Field(None, ge=0, le=100, description="Share of those due who finished it.")


class Exercise(Named):
    """An exercise that was held, and what was mended after it."""

    title: Line = Field(description="What was exercised.")
    on: Date = Field(description="Date of the exercise.")
    type: Literal["seminar", "workshop", "tabletop", "game", "drill", "functional", "full-scale"] = Field(
        description="Kind of exercise, by the words of HSEEP."
    )
    lesson: Line = Field(description="What was learned, as far as it can be public.")
    corrective_actions: int = Field(ge=0, description="How many things were to be mended.")
    closed: int = Field(ge=0, description="How many of them are mended.")

    @model_validator(mode="after")
    def _no_more_closed_than_found(self) -> Exercise:
        if self.closed > self.corrective_actions:
            found = (
                f'found {self.closed} for "closed", more than the {self.corrective_actions} for "corrective_actions"'
            )
            refuse([Fault(("closed",), found, f"a number from 0 to {self.corrective_actions}", "check both numbers.")])
        return self


class Lesson(Record):
    """Something learned from work, not from an exercise."""

    lesson: Line = Field(description="What was learned.")
    change: Line = Field(description="What is done differently now.")
    on: Date = Field(description="Date it was learned.")


class People(Record):
    """Roles, leadership, training and exercises."""

    intro: Prose = Field(description="How the town is led when it matters.")
    leadership: Prose = Field(description="What leading means here, beyond managing.")
    roles: tuple[Role, ...] = Field(min_length=1, description="Positions that answer for the plan.")
    competencies: tuple[Competency, ...] = Field((), description="What leaders are expected to be good at.")
    learning_goals: tuple[LearningGoal, ...] = Field((), description="What leaders want to get better at.")
    training: tuple[Training, ...] = Field((), description="The leadership development programme.")
    exercises: tuple[Exercise, ...] = Field((), description="Exercises held, oldest first.")
    lessons: tuple[Lesson, ...] = Field((), description="Lessons learned from daily work.")

    @model_validator(mode="after")
    def _one_post_for_an_address(self) -> People:
        first: dict[str, Role] = {}
        faults = []
        for number, role in enumerate(self.roles):
            for place, address in enumerate(role.approves_as):
                other = first.setdefault(address.casefold(), role)
                if other is not role:
                    faults.append(
                        Fault(
                            ("roles", number, "approves_as", place),
                            f'found an address that "{other.id}" approves under already',
                            "an address that one post uses",
                            "leave it with the post in which changes are approved.",
                        )
                    )
        refuse(faults)
        return self
