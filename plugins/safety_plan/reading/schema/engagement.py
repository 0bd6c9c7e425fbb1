"""`engagement.yml`: events, surveys, and what the town did with what residents said."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from safety_plan.reading.schema.base import ActionId, Date, Fault, Line, Named, ObjectiveId, Prose, Record, refuse


class Event(Named):
    """An event or survey that brought residents and the town together."""

    title: Line = Field(description="Name of the event.")
    on: Date = Field(description="Date of the event, or the last day of a survey.")
    type: Literal["open-house", "survey", "listening-session", "online-meeting", "drill", "class"] = Field(
        description="Kind of event."
    )
    people: int | None = Field(None, ge=0, description="How many came or answered; absent before it is held.")
    withheld: bool = Field(False, description="true where too few came or answered to publish the number.")
    method: Line | None = Field(None, description="For a survey: how people were asked.")
    about: Line = Field(description="What it was about, or will be.")

    @model_validator(mode="after")
    def _people_or_withheld(self) -> Event:
        if self.people is not None and self.withheld:
            found = 'found an event with both "people" and "withheld: true"'
            refuse(
                [Fault(("people",), found, '"people" with a number, or "withheld: true"', "keep just one of the two.")]
            )
        return self


class Theme(Named):
    """Something residents said, and what the town did."""

    theme: Line = Field(description="What residents said, in a few words.")
    mentions: int | None = Field(None, ge=0, description="How often it was said.")
    withheld: bool = Field(False, description="true where it was said too few times to publish the number.")
    status: Literal["planned", "acting", "done", "answered"] = Field(description="How far the answer has come.")
    we_did: Line = Field(description="What the town did, or why it did not.")
    actions: tuple[ActionId, ...] = Field((), description="Actions that answer it.")
    objectives: tuple[ObjectiveId, ...] = Field((), description="Objectives it bears on.")

    @model_validator(mode="after")
    def _mentions_or_withheld(self) -> Theme:
        if (self.mentions is None) != self.withheld:
            both = self.mentions is not None
            words = ("both", "and") if both else ("neither", "nor")
            found = f'found a theme with {words[0]} "mentions" {words[1]} "withheld: true"'
            allowed = '"mentions" with a number, or "withheld: true"'
            fix = "keep just one of the two." if both else "add one of the two."
            refuse([Fault(("mentions",) if both else (), found, allowed, fix, lacks=not both)])
        return self


class Engagement(Record):
    """How residents take part: events, surveys, and what the town did with what they said."""

    intro: Prose = Field(description="How residents can take part.")
    events: tuple[Event, ...] = Field((), description="Events and surveys, oldest first.")
    themes: tuple[Theme, ...] = Field((), description="You said, we did.")
