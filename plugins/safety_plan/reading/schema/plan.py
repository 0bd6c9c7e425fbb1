"""`plan.yml`: the plan as a document: aims, surroundings, cycle, and what changed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from safety_plan.reading.schema.base import (
    Date,
    Fault,
    Fixed,
    Line,
    Named,
    ObjectiveId,
    PageName,
    PeriodField,
    Prose,
    Record,
    RoleId,
    Text,
    refuse,
)  # fmt: skip
from safety_plan.reading.schema.metrics import StatusMethod

Section = Literal["strategy", "models", "ems", "legal", "people", "risks"]


class Span(Record):
    """From the first day to the last."""

    start: Date = Field(description="First day of the period.")
    end: Date = Field(description="Last day of the period.")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Span:
        if self.end < self.start:
            found = f"found the end {self.end}, which is before the start {self.start}"
            refuse([Fault(("end",), found, "a date that is not before the start", "check both dates.")])
        return self


class Reassessment(Record):
    """The full second look at the whole plan."""

    every_years: int = Field(ge=1, le=20, description="How many years apart.")
    last: Date | None = Field(None, description="When it was last done; absent where it never was.")
    next: Date = Field(description="When it is next due.")


class Takeaway(Record):
    """One of the few points to remember, for the home page."""

    point: Line = Field(description="The point in a few words.")
    details: Line = Field(description="One sentence about it. Numbers are live figures.")
    page: PageName = Field(description="The page that shows more.")


class Maxim(Record):
    """The leading thought of a section, in the town's own words."""

    section: Section = Field(description="Section of the site that opens with it.")
    text: Line = Field(description="The thought, in one sentence.")


class Factor(Named):
    """Something in the town's surroundings that the plan has to reckon with."""

    factor: Literal["Political", "Economic", "Social", "Technological", "Environmental", "Legal"] = Field(
        description="Kind of factor."
    )
    trend: Line = Field(description="What is happening.")
    evidence: Line = Field(description="How the town knows.")
    seen: PeriodField = Field(description="Year or quarter in which this was established.")
    implication: Line = Field(description="What it means for the plan.")
    objectives: tuple[ObjectiveId, ...] = Field((), description="Objectives that answer it.")


class Stakeholder(Record):
    """A group whose safety or work the plan touches."""

    group: Text = Field(description="Who they are.")
    interest: Line = Field(description="What matters to them.")
    part: Line = Field(description="What part they have in the plan.")
    engaged_by: tuple[Line, ...] = Field(min_length=1, description="How the town works with them.")


class Trigger(Named):
    """If this happens, the town does that."""

    condition: Line = Field(description="What would have to happen.")
    response: Line = Field(description="What the town then does.")
    owner: RoleId = Field(description="Role that watches for it.")


class ResilienceMeasure(Named):
    """How the organization itself keeps going."""

    kind: Literal["continuity", "succession", "backup"] = Field(description="What is secured.")
    what: Line = Field(description="What is in place.")
    owner: RoleId = Field(description="Role that answers for it.")


class Amendment(Record):
    """A change to the plan itself."""

    on: Date = Field(description="Date of the change.")
    version: Fixed = Field(description="Version of the plan from then on.")
    change: Line = Field(description="What changed, and why.")
    by: Text = Field(description="Who decided it.")


class WhyItMatters(Record):
    """A reason to have the plan, for its first page."""

    heading: Line = Field(description="A few words.")
    text: Line = Field(description="One or two sentences.")


class PlanDocument(Record):
    """The plan as a document: its years, its aims, what it reckons with, and what changed in it."""

    title: Text = Field(description="Title of the plan.")
    adopted: Date | None = Field(None, description="When it was adopted; absent while it is a draft.")
    adopted_by: Text | None = Field(None, description="Who adopted it; absent while it is a draft.")
    period: Span = Field(description="The years the plan covers.")
    version: Fixed = Field(description="Current version.")
    data_as_of: Date = Field(description="Last day that the newest numbers cover.")
    numbers_due_within_days: int = Field(
        45,
        ge=1,
        le=366,
        description="How many days after a period ends its number is promised, unless a metric says else.",
    )
    status_method: StatusMethod = Field(
        "straight-line", description="How the status of its metrics is worked out, unless a metric says else."
    )
    summary: Prose = Field(description="What this plan is, in two or three plain sentences, for the home page.")
    vision: Line = Field(description="The future the plan works toward.")
    mission: Line = Field(description="Why the organization exists.")
    values: tuple[Line, ...] = Field(min_length=1, description="How it acts.")
    ethics: Prose | None = Field(None, description="What leaders hold themselves to.")
    review_cycle: Literal["quarterly"] = Field("quarterly", description="How often leaders review the plan.")
    next_review: Date = Field(description="Date of the next review.")
    full_reassessment: Reassessment = Field(description="The full second look at the plan.")
    why_it_matters: tuple[WhyItMatters, ...] = Field((), description="Reasons to have the plan.")
    takeaways: tuple[Takeaway, ...] = Field((), description="Points to remember, for the home page.")
    maxims: tuple[Maxim, ...] = Field((), description="Leading thought of each section.")
    environmental_scan: tuple[Factor, ...] = Field((), description="What the town looked at around it.")
    stakeholders: tuple[Stakeholder, ...] = Field((), description="Groups the plan touches.")
    triggers: tuple[Trigger, ...] = Field((), description="If things change: what the town then does.")
    resilience: tuple[ResilienceMeasure, ...] = Field((), description="How the organization keeps going.")
    amendments: tuple[Amendment, ...] = Field((), description="Changes to the plan, oldest first.")

    @model_validator(mode="after")
    def _adopted_by_somebody(self) -> PlanDocument:
        one, other = ("adopted", "adopted_by") if self.adopted_by is None else ("adopted_by", "adopted")
        if (self.adopted is None) != (self.adopted_by is None):
            found, allowed = f'found "{one}" without "{other}"', "both of them, or neither while the plan is a draft"
            refuse([Fault((one,), found, allowed, f'add "{other}", or delete this line.', lacks=True)])
        return self
