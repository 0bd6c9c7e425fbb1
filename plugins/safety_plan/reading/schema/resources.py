"""`resources.yml`: technology, partners and agreements. Money stands with the actions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from safety_plan.reading.schema.base import ActionId, Date, Line, MetricId, Named, Prose, Record, RoleId, Text


class Technology(Named):
    """A system the services depend on. No security detail."""

    name: Text = Field(description="Name of the system, without maker or version.")
    purpose: Line = Field(description="What it is for.")
    need: Line = Field(description="The need it answers, and what it is expected to improve.")
    status: Literal["supported", "new", "replace"] = Field(
        description="State of the system: supported, new, or to be replaced."
    )
    supported_until: Date | None = Field(None, description="When support ends, where that is known.")
    owner: RoleId = Field(description="Role that answers for it.")
    actions: tuple[ActionId, ...] = Field((), description="Actions about it.")
    metrics: tuple[MetricId, ...] = Field((), description="Metrics it is expected to move.")


class Agreement(Named):
    """An agreement with partners."""

    title: Line = Field(description="Name of the agreement.")
    partners: tuple[Text, ...] = Field(min_length=1, description="The other parties.")
    type: Literal["mutual-aid", "automatic-aid", "medical", "co-response", "other"] = Field(
        description="Kind of agreement."
    )
    about: Line = Field(description="What it settles.")
    signed: Date = Field(description="When it was signed.")
    review_by: Date = Field(description="When it is to be reviewed.")
    owner: RoleId = Field(description="Role that answers for it.")
    actions: tuple[ActionId, ...] = Field((), description="Actions about it.")


class Resources(Record):
    """What the plan can draw on: systems, partners and agreements."""

    intro: Prose = Field(description="How the town decides what to spend on.")
    technology: tuple[Technology, ...] = Field((), description="Systems the services depend on.")
    agreements: tuple[Agreement, ...] = Field((), description="Partners and agreements.")
