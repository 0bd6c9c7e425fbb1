"""`goals/*.yml`: a goal, its objectives, and the actions that serve them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from safety_plan.reading.schema.base import (
    Category,
    Date,
    Fault,
    Fixed,
    FormerId,
    Line,
    MetricId,
    Named,
    Prose,
    Record,
    RoleId,
    refuse,
)  # fmt: skip

Tag = Literal["technology", "community-input", "evidence", "human-centered"]
Approach = Literal["prevention", "response", "recovery", "enforcement", "community", "governance"]
Horizon = Literal["now", "next", "later"]


class Milestone(Record):
    """A dated checkpoint of an action."""

    title: Line = Field(description="What is reached.")
    due: Date = Field(description="When it is due.")
    done: Date | None = Field(None, description="When it was reached.")


class Stop(Record):
    """Why work on an action stands still or has ended early."""

    since: Date = Field(description="Since when.")
    reason: Line = Field(description="Why the work stopped.")


class Money(Record):
    """What an action costs and where the money comes from."""

    cost: int = Field(ge=0, description="Total in whole dollars; 0 where it costs only time.")
    funding: Annotated[str, Category("funding")] | None = Field(
        None, description="Where the money comes from; absent while it is not funded."
    )
    staff: Line | None = Field(None, description="Staff it needs.")


class Action(Named):
    """A piece of work. Whether it is done, late or on schedule is computed from its dates."""

    title: Line = Field(description="What is done.")
    about: Prose | None = Field(None, description="More about it, where the title does not say enough.")
    owner: RoleId = Field(description="The one role accountable for it (the A of R/A/C/I).")
    responsible: tuple[RoleId, ...] = Field((), description="Roles that do the work (R).")
    consulted: tuple[RoleId, ...] = Field((), description="Roles asked before decisions (C).")
    informed: tuple[RoleId, ...] = Field((), description="Roles kept up to date (I).")
    start: Date = Field(description="When it starts.")
    due: Date = Field(description="When it is to be finished.")
    done: Date | None = Field(None, description="When it was finished.")
    progress: int = Field(ge=0, le=100, description="How much of the work is done, in percent.")
    paused: Stop | None = Field(None, description="Since when and why it is paused.")
    cancelled: Stop | None = Field(None, description="Since when and why it was given up.")
    late_because: Line | None = Field(None, description="Why it is late, where it is.")
    horizon: Horizon = Field(description="now (within 12 months), next (1 to 3 years) or later.")
    approach: Approach = Field(description="Kind of work.")
    money: Money = Field(description="What it costs and who pays.")
    tags: tuple[Tag, ...] = Field((), description="What it builds on.")
    milestones: tuple[Milestone, ...] = Field((), description="Dated checkpoints.")

    @model_validator(mode="after")
    def _dates_in_order(self) -> Action:
        if self.due < self.start:
            found = f"found the due date {self.due}, which is before the start {self.start}"
            refuse([Fault(("due",), found, "a date that is not before the start", "check both dates.")])
        return self


class Evidence(Record):
    """What an objective rests on."""

    title: Line = Field(description="The source, as a reader would look for it.")
    note: Line | None = Field(None, description="What it shows.")


class Objective(Named):
    """A measurable step toward a goal."""

    title: Line = Field(description="What is to be reached by when. Numbers are live figures.")
    lead: RoleId = Field(description="Role that answers for it.")
    root_cause: Line | None = Field(None, description="The underlying cause it goes after.")
    phase: Literal["anticipate", "prepare", "adapt"] | None = Field(
        None, description="Part of the plan cycle it serves."
    )
    tags: tuple[Tag, ...] = Field((), description="What it builds on.")
    sources: tuple[Evidence, ...] = Field((), description="What it rests on.")
    metrics: tuple[MetricId, ...] = Field((), description="Metrics that show whether it is reached.")
    actions: tuple[Action, ...] = Field((), description="The work that serves it.")


class Goal(Record):
    """A goal: a broad, long-term result, with its objectives and the actions that serve them.

    Its id is the file's name.
    """

    title: Line = Field(description="The goal in a few words.")
    ref: Fixed | None = Field(None, description="Short reference for council papers, such as G1.")
    former_ids: tuple[FormerId, ...] = Field(
        (), description="Names this file had before; their old addresses lead here."
    )
    order: int = Field(ge=1, description="Its place among the goals.")
    lead: RoleId = Field(description="Role that answers for the goal.")
    statement: Prose = Field(description="What the town wants to reach, in a sentence or two.")
    why: Line = Field(description="Why it matters.")
    objectives: tuple[Objective, ...] = Field(min_length=1, description="The steps toward it.")
