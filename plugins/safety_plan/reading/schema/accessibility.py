"""`accessibility.yml`: when the pages were last checked for people with disabilities, and what is known not to work."""

from __future__ import annotations

from pydantic import Field

from safety_plan.reading.schema.base import Date, Fixed, Line, Record


class Limit(Record):
    """Something on the pages that some people cannot use, or not well."""

    what: Line = Field(description="What does not work, and for whom.")
    instead: Line = Field(description="What people can do until it works.")
    until: Date | None = Field(None, description="The day by which it is to work, where there is one.")


class Accessibility(Record):
    """The last check that people with disabilities can use every page, and what is known not to work."""

    checked: Date = Field(description="The day of the last check of every page.")
    pages: int = Field(ge=1, description="How many pages were checked.")
    modes: int = Field(
        ge=1, description="In how many ways pages were checked at most, such as wide and narrow, light and dark."
    )
    faults: int = Field(0, ge=0, description="How many faults that check left open.")
    checkers: tuple[Fixed, ...] = Field(min_length=1, description="What it was done with, each with its version.")
    by_people: Line | None = Field(None, description="What people tried out themselves, who they were, and when.")
    limits: tuple[Limit, ...] = Field((), description="What is known not to work.")
