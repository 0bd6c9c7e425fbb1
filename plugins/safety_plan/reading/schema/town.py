"""`town.yml`: who publishes the plan, and how to reach them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from safety_plan.reading.schema.base import (
    Address,
    Fault,
    Fixed,
    LanguageCode,
    Line,
    Prose,
    Record,
    RoleId,
    Text,
    Untranslated,
    refuse,
)
from safety_plan.reading.schema.look import Look

FeedbackAddress = Annotated[
    str,
    StringConstraints(pattern=r"^([\w.+-]+@[\w-]+(\.[\w-]+)+|https://([^\s<>\"{}]|\{page\}|\{address\})+)$"),
    Untranslated(),
]
"""An e-mail address, or that of a form, which may name the page by `{page}` and `{address}`."""

PageFile = Annotated[str, StringConstraints(pattern=r"^([\w-]+/)*[\w-]+\.md$"), Untranslated()]
"""A hand-written page by its file within the folder of such pages."""


class Contact(Record):
    """One way to reach the town."""

    name: Text = Field(description="Who answers, such as Police, not an emergency.")
    phone: Fixed | None = Field(None, description="Telephone number as people dial it.")
    hours: Text | None = Field(None, description="When somebody answers.")
    place: Text | None = Field(None, description="Where to go in person.")
    about: Line | None = Field(None, description="What to call about.")


class Service(Record):
    """A department or office of the town that the plan is about."""

    name: Text = Field(description="Full name of the service.")
    about: Prose = Field(description="What it is and what it has, in a sentence or two.")


class SmallNumbers(Record):
    """Which counts are too small to publish."""

    below: int = Field(
        6, ge=2, le=20, description="Counts of people or cases from 1 to one less than this are withheld."
    )
    health_below: int | None = Field(
        None, ge=2, le=20, description="The same for health data, where the town withholds more of them."
    )
    why: Prose = Field(description="Where the cut-off comes from.")


class Town(Record):
    """The town: its name, its people, its services and how to reach it."""

    name: Fixed = Field(description="Name of the town.")
    state: Fixed = Field(description="State the town is in.")
    notice: Text | None = Field(None, description="A notice that stands on every page.")
    population: int | None = Field(None, ge=1, description="How many people live here.")
    area_square_miles: float | None = Field(None, gt=0, description="Land area in square miles.")
    households: int | None = Field(None, ge=1, description="How many households there are.")
    government: Line = Field(description="Form of government.")
    region: Line | None = Field(None, description="Emergency preparedness region the town belongs to.")
    setting: Prose = Field(description="What the town is like, as far as it matters for safety.")
    neighbours: tuple[Fixed, ...] = Field((), description="Neighbouring towns.")
    audience: Prose = Field(description="Who the plan is for.")
    emergency_number: Fixed = Field("911", description="The number to call in an emergency.")
    contacts: tuple[Contact, ...] = Field(
        min_length=1, description="How to reach the town when it is not an emergency."
    )
    feedback: FeedbackAddress | None = Field(
        None,
        description="Where residents write about a page: an e-mail address, or that of a form, in which {page} and "
        "{address} stand for the page.",
    )
    records_page: PageFile | None = Field(
        None,
        description="The hand-written page that says how to ask for a public record, such as about/records.md.",
    )
    records_contact: RoleId | None = Field(None, description="The role that answers requests for public records.")
    services: tuple[Service, ...] = Field((), description="The services the plan is about.")
    languages: tuple[LanguageCode, ...] = Field(
        ("en",),
        min_length=1,
        description="Languages of the site, such as en and es. The first one is that of these files.",
    )
    fiscal_year_starts: int | None = Field(
        None, ge=1, le=12, description="Month in which the fiscal year starts, such as 7 for July, where it has one."
    )
    repository: Literal["public", "private"] = Field(
        "public",
        description="private where nobody outside can read these files; only then may they hold small numbers.",
    )
    small_numbers: SmallNumbers = Field(description="Which counts are too small to publish.")
    website: Address | None = Field(None, description="The town's own website.")
    look: Look = Field(default_factory=Look, description="What the site looks like: the town's colour and its seal.")

    @field_validator("languages")
    @classmethod
    def _each_once(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        refuse(
            Fault(
                (number,),
                f'found the language "{code}" a second time',
                "each language once",
                "delete one of the two.",
            )
            for number, code in enumerate(languages)
            if code in languages[:number]
        )
        return languages
