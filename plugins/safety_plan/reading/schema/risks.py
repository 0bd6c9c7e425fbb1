"""`risks.yml`: the risk register, and common mistakes."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from safety_plan.reading.schema.base import (
    ActionId,
    Category,
    Date,
    Fault,
    Line,
    MetricId,
    Named,
    PeriodField,
    Prose,
    Record,
    RequirementId,
    RoleId,
    refuse,
)  # fmt: skip

Score = Annotated[int, Field(ge=1, le=5)]


class Rating(Record):
    """How likely, and how bad."""

    likelihood: Score = Field(description="1 (rare) to 5 (almost certain).")
    consequence: Score = Field(description="1 (minimal) to 5 (severe).")


class RiskReview(Rating):
    """How a risk was rated in one quarter."""

    quarter: PeriodField = Field(description="Quarter of the review, such as 2026-Q3.")
    note: Line = Field(description="What was found, in a sentence.")


class Treatment(Record):
    """What is still to be done about a risk."""

    option: Literal["avoid", "reduce", "share", "accept", "pursue"] = Field(description="What is done with the risk.")
    what: Line = Field(description="What will be done.")
    by: Date = Field(description="When it will be done.")


class Risk(Named):
    """Something that could get in the way of the plan, or help it."""

    title: Line = Field(description="The risk in a few words.")
    kind: Literal["threat", "opportunity"] = Field("threat", description="Whether it would do harm or good.")
    group: Annotated[str, Category("risk_groups")] = Field(description="Group of risk.")
    subtype: Annotated[str, Category("risk_groups", within="group")] = Field(
        description="Kind of risk within the group."
    )
    area: Annotated[str, Category("risk_areas")] = Field(description="Area of the summary table.")
    headline: bool = Field(False, description="true for the one risk that stands for its area in the summary table.")
    challenge: Line | None = Field(None, description="The typical challenge, for the summary table.")
    cause: Line = Field(description="What brings it about.")
    effect: Line = Field(description="What would happen.")
    mitigation: Line = Field(description="What the town does about it now.")
    treatment: Treatment | None = Field(None, description="What is still to be done.")
    owner: RoleId = Field(description="Role that answers for it.")
    before_controls: Rating = Field(description="Rating if nothing were done.")
    after_treatment: Rating = Field(description="Rating expected when the treatment is done.")
    history: tuple[RiskReview, ...] = Field(
        min_length=1, description="Rating at each quarterly review, oldest first; the last one is the rating now."
    )
    review_by: Date = Field(description="When it is to be reviewed next.")
    actions: tuple[ActionId, ...] = Field((), description="Actions that make it smaller.")
    metrics: tuple[MetricId, ...] = Field((), description="Metrics that would show it.")
    requirements: tuple[RequirementId, ...] = Field((), description="Legal duties it touches.")

    @model_validator(mode="after")
    def _history_in_order(self) -> Risk:
        quarters = [review.quarter for review in self.history]
        refuse(
            Fault(
                ("history", number, "quarter"),
                f"found the quarter {quarter} after {before}",
                "reviews in the order of their quarters, one for each quarter",
                "put the earlier review first, or correct its quarter.",
            )
            for number, (before, quarter) in enumerate(pairwise(quarters), start=1)
            if quarter <= before
        )
        return self


class CommonMistake(Record):
    """A way in which plans like this fail."""

    mistake: Line = Field(description="The mistake.")
    sign: Line = Field(description="How to notice it.")
    avoided_by: Line = Field(description="How the town avoids it. Numbers are live figures.")


class RiskRegister(Record):
    """The risk register: what could get in the way of the plan, how likely, how bad, and what is done about it."""

    intro: Prose = Field(description="How the town looks at risk.")
    risks: tuple[Risk, ...] = Field(min_length=1, description="The risks, in the order of the register.")
    common_mistakes: tuple[CommonMistake, ...] = Field((), description="Common mistakes and how we avoid them.")
