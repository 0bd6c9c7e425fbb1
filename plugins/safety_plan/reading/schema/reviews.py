"""`reviews/*.yml`: one file for each quarterly review."""

from __future__ import annotations

from pydantic import Field

from safety_plan.reading.schema.base import (
    ActionId,
    Date,
    Fixed,
    Line,
    MetricId,
    Named,
    PeriodField,
    Record,
    RequirementId,
    RiskId,
    RoleId,
    TechnologyId,
    ThemeId,
)  # fmt: skip


class MetricsInput(Record):
    """What the numbers said."""

    finding: Line = Field(description="What was found.")
    looked_at: tuple[MetricId, ...] = Field((), description="Metrics looked at.")


class TechnologyInput(Record):
    """What technology made possible or needed."""

    finding: Line = Field(description="What was found.")
    looked_at: tuple[TechnologyId, ...] = Field((), description="Systems looked at.")


class FeedbackInput(Record):
    """What residents said."""

    finding: Line = Field(description="What was found.")
    looked_at: tuple[ThemeId, ...] = Field((), description="Themes of feedback looked at.")


class LawInput(Record):
    """What the law asked for."""

    finding: Line = Field(description="What was found.")
    looked_at: tuple[RequirementId, ...] = Field((), description="Legal duties looked at.")


class RiskInput(Record):
    """How the risks stood."""

    finding: Line = Field(description="What was found.")
    looked_at: tuple[RiskId, ...] = Field((), description="Risks looked at.")


class EmsInput(Record):
    """The EMS part of the review: all three are looked at every time."""

    metrics: Line = Field(description="What the EMS numbers said.")
    technology: Line = Field(description="What EMS technology needed.")
    feedback: Line = Field(description="What patients and residents said about EMS.")


class Decision(Named):
    """Something that was decided."""

    what: Line = Field(description="What was decided.")
    because: Line = Field(description="The evidence it rests on.")
    owner: RoleId = Field(description="Role that carries it out.")
    by: Date | None = Field(None, description="When it is to be done.")
    done: Date | None = Field(None, description="When it was done.")
    actions: tuple[ActionId, ...] = Field((), description="Actions that carry it out.")
    metrics: tuple[MetricId, ...] = Field((), description="Metrics it is meant to move.")


class Review(Record):
    """A quarterly review: what was looked at and what was decided. Its id is the file's name."""

    ref: Fixed | None = Field(None, description="Short reference for council papers.")
    period: PeriodField = Field(description="Quarter that was reviewed, such as 2026-Q3.")
    held: Date = Field(description="When it was held.")
    chaired_by: RoleId = Field(description="Role that led it.")
    attended: tuple[RoleId, ...] = Field(min_length=1, description="Roles that took part.")
    metrics: MetricsInput = Field(description="What the numbers said.")
    technology: TechnologyInput = Field(description="What technology made possible or needed.")
    feedback: FeedbackInput = Field(description="What residents said.")
    law: LawInput = Field(description="What the law asked for.")
    risks: RiskInput = Field(description="How the risks stood.")
    ems: EmsInput = Field(description="The EMS part of the review.")
    lessons: tuple[Line, ...] = Field((), description="What was learned.")
    decisions: tuple[Decision, ...] = Field((), description="What was decided.")
    next: Date = Field(description="When the next review is held.")
