"""`ems.yml`: the strategy for emergency medical services."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from safety_plan.reading.schema.base import (
    ActionId,
    AgreementId,
    Category,
    ExerciseId,
    Line,
    MetricId,
    Named,
    Prose,
    Record,
    RoleId,
    Text,
    TrainingId,
)  # fmt: skip


class ServiceLevel(Record):
    """A level of emergency medical help and who gives it."""

    level: Text = Field(description="Name of the level.")
    provider: Line = Field(description="Who provides it.")
    responsible: RoleId = Field(description="Role responsible for it.")
    standard: Line = Field(description="What the town asks of it.")


class Element(Named):
    """One of the elements of the strategy."""

    group: Annotated[str, Category("ems_groups")] = Field(description="Group it belongs to.")
    element: Text = Field(description="Name of the element.")
    current: Line = Field(description="Where the town stands today.")
    target: Line = Field(description="Where the town wants to be.")
    status: Literal["planned", "in-progress", "in-place"] = Field(description="How far it has come.")
    actions: tuple[ActionId, ...] = Field((), description="Actions that bring it about.")
    metrics: tuple[MetricId, ...] = Field((), description="Metrics that show it.")
    agreements: tuple[AgreementId, ...] = Field((), description="Agreements it rests on.")
    training: tuple[TrainingId, ...] = Field((), description="Training it rests on.")
    exercises: tuple[ExerciseId, ...] = Field((), description="Exercises that tested it.")


class Protocol(Record):
    """A way of working that crews follow."""

    name: Text = Field(description="Name of the protocol.")
    kind: Literal["standard", "local"] = Field(description="standard (state or national) or local to this town.")
    about: Line = Field(description="What it settles.")


class Finance(Record):
    """How the service is organized and paid for."""

    topic: Text = Field(description="What it is about, such as reimbursement.")
    text: Line = Field(description="Where the town stands.")


class EmsStrategy(Record):
    """The strategy for emergency medical services."""

    intro: Prose = Field(description="What the strategy is, seen from the patient.")
    principles: tuple[Line, ...] = Field(min_length=1, description="What it is built on.")
    service_levels: tuple[ServiceLevel, ...] = Field((), description="Levels of help and who gives them.")
    elements: tuple[Element, ...] = Field(min_length=1, description="The elements of the strategy.")
    local_context: Prose = Field(description="What is special about this town.")
    protocols: tuple[Protocol, ...] = Field((), description="Standard and local ways of working.")
    finance: tuple[Finance, ...] = Field((), description="How the service is organized and paid for.")
