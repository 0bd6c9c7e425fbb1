"""`compliance.yml`: legal duties, and changes in the law."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from safety_plan.reading.schema.base import (
    ActionId,
    Address,
    Category,
    Date,
    Fixed,
    Line,
    Named,
    ObjectiveId,
    Prose,
    Record,
    RequirementId,
    RoleId,
    Text,
)  # fmt: skip


class Proof(Record):
    """The document that shows a duty was done."""

    title: Line = Field(description="Name of the document.")
    type: Annotated[str, Category("document_types")] | None = Field(None, description="Kind of document.")
    held: Literal["public", "internally"] = Field("public", description="Whether residents can ask for it freely.")
    dated: Date | None = Field(None, description="Date of the document.")
    next_due: Date | None = Field(None, description="When the next one is due, where it differs from the duty itself.")


class NotApplicable(Record):
    """Why a duty does not apply to the town."""

    reason: Line = Field(description="Why the duty does not apply.")
    since: Date = Field(description="Since when.")


class Requirement(Named):
    """A legal duty or standard. Whether it is current is computed from its dates."""

    title: Line = Field(description="What the town has to do, in a few words.")
    summary: Prose = Field(description="What the rule asks for, in plain words. A summary, not advice.")
    citation: Fixed = Field(description="Where the rule stands.")
    source: Address | None = Field(None, description="Address of the text.")
    text_checked: Date | None = Field(None, description="When somebody last compared this summary with the text.")
    level: Literal["federal", "state", "local", "interagency", "standard"] = Field(
        description="Who made the rule; standard for one that is followed by choice."
    )
    domain: Annotated[str, Category("legal_domains")] = Field(description="Area of legal duty.")
    oversight: Text = Field(description="Who watches over it.")
    frequency: Line = Field(description="How often it is to be done.")
    last_done: Date | None = Field(None, description="When it was last done; absent where it never was.")
    next_due: Date | None = Field(None, description="When it is next due; absent where there is no fixed date.")
    owner: RoleId = Field(description="Role that answers for it.")
    evidence: Proof = Field(description="The document that shows it was done.")
    impact_areas: tuple[Literal["operations", "legal", "environment", "community"], ...] = Field(
        (), description="What it touches."
    )
    does_not_apply: NotApplicable | None = Field(None, description="Why it does not apply, where it does not.")
    objectives: tuple[ObjectiveId, ...] = Field((), description="Objectives it goes with.")
    actions: tuple[ActionId, ...] = Field((), description="Actions that fulfil it.")
    note: Line | None = Field(None, description="What a reader should know about it.")


class LawChange(Named):
    """A change in the law or in a standard, and what the town does about it."""

    title: Line = Field(description="What changed.")
    on: Date | None = Field(None, description="When it changed.")
    edition: Line | None = Field(None, description="The edition, where there is no exact date.")
    source: Line = Field(description="Where the change is published.")
    affects: tuple[RequirementId, ...] = Field((), description="Legal duties it touches.")
    response: Line = Field(description="What the town does about it.")
    due: Date | None = Field(None, description="When the response is due.")
    answered: Date | None = Field(None, description="When the response was finished.")
    owner: RoleId = Field(description="Role that answers for the response.")
    note: Line | None = Field(None, description="What a reader should know about it.")


class Compliance(Record):
    """All legal duties and the log of changes in the law."""

    intro: Prose = Field(description="How the town keeps track of its duties.")
    requirements: tuple[Requirement, ...] = Field(min_length=1, description="The duties.")
    law_changes: tuple[LawChange, ...] = Field((), description="Changes in the law, newest first.")
