"""`categories.yml`: the lists that other files choose from. Without the file, the common lists stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pydantic import Field, field_validator

from safety_plan.reading.schema.base import Fault, Line, Record, Text, refuse

_TOP_SCORE = 25
"""The highest score of a risk: 5 for likelihood times 5 for consequence."""


class CategoryGroup(Record):
    """A category with the finer kinds within it."""

    name: Text = Field(description="Name of the category, as other files write it.")
    items: tuple[Text, ...] = Field(min_length=1, description="The finer kinds.")


class Band(Record):
    """A range of risk scores and its name."""

    name: Text = Field(description="Name of the band.")
    up_to: int = Field(ge=1, le=25, description="Highest score (likelihood x consequence) in it.")


class Scale(Record):
    """The words behind the numbers 1 to 5."""

    likelihood: tuple[Line, Line, Line, Line, Line] = Field(
        ("Rare", "Unlikely", "Possible", "Likely", "Almost certain"), description="Words for likelihood 1 to 5."
    )
    consequence: tuple[Line, Line, Line, Line, Line] = Field(
        ("Minimal", "Minor", "Moderate", "Major", "Severe"), description="Words for consequence 1 to 5."
    )


def _group(name: str, *items: str) -> CategoryGroup:
    return CategoryGroup(name=name, items=items)


class Categories(Record):
    """Lists to choose from. A town may change each of them; the defaults are common in the field."""

    ems_groups: tuple[CategoryGroup, ...] = Field(
        (
            _group(
                "Technological integration",
                "Advanced dispatch and communication",
                "Real-time data analytics",
                "Predictive resource allocation",
            ),
            _group(
                "Comprehensive coordination",
                "Communication across responders",
                "Integrated care pathways",
                "Cross-organization collaboration",
            ),
            _group(
                "Adaptive response",
                "Flexible deployment",
                "Continuous performance improvement",
                "Scenario-based training",
            ),
        ),
        description="Groups of elements of the EMS strategy, with their elements.",
    )
    legal_domains: tuple[Text, ...] = Field(
        (
            "Emergency service permitting",
            "Operational standards",
            "Risk management protocols",
            "Liability and accountability",
        ),
        description="Areas of legal duty.",
    )
    document_types: tuple[Text, ...] = Field(
        (
            "Incident reporting",
            "Performance metrics tracking",
            "Equipment and training certification",
            "Continuous quality improvement",
        ),
        description="Kinds of document that a legal duty asks for.",
    )
    leadership_areas: tuple[CategoryGroup, ...] = Field(
        (
            _group(
                "Strategic leadership",
                "Set the vision",
                "Set performance benchmarks",
                "Find new ways to respond",
                "Anticipate challenges",
            ),
            _group(
                "Organizational management",
                "Manage resources",
                "Build team performance",
                "Lead in a crisis",
                "Bring in technology",
            ),
            _group(
                "Community engagement",
                "Build trust",
                "Communicate openly",
                "Solve problems together",
                "Include every culture",
            ),
        ),
        description="Areas of leadership, with what each one asks of a leader.",
    )
    risk_groups: tuple[CategoryGroup, ...] = Field(
        (
            _group(
                "Operational safety",
                "Physical workplace hazards",
                "Equipment and technology failure",
                "Manual handling injuries",
                "Exposure to hazardous substances",
            ),
            _group(
                "Strategic planning",
                "Inadequate resource allocation",
                "Misalignment with objectives",
                "Insufficient stakeholder engagement",
                "Limited adaptability",
            ),
            _group(
                "Organizational",
                "Communication breakdown",
                "Insufficient training",
                "Ineffective conflict resolution",
                "Poor performance tracking",
            ),
        ),
        description="Groups of risk, with the kinds of risk in each.",
    )
    risk_areas: tuple[Text, ...] = Field(
        ("Operational Safety", "Planning Alignment", "Communication", "Training"),
        description="Areas of the summary table of risks, in its order.",
    )
    risk_bands: tuple[Band, ...] = Field(
        (
            Band(name="Low", up_to=4),
            Band(name="Moderate", up_to=9),
            Band(name="High", up_to=14),
            Band(name="Very high", up_to=25),
        ),
        min_length=1,
        description="Bands of risk scores, lowest first; the last one goes up to 25.",
    )
    risk_scale: Scale = Field(Scale(), description="Words for likelihood and consequence.")
    training_strands: tuple[Text, ...] = Field(
        ("Ongoing technical training", "Ethical leadership workshops", "Scenario-based learning"),
        description="Strands of the leadership development programme.",
    )
    funding: tuple[Text, ...] = Field(
        (
            "General fund",
            "Capital plan",
            "Grant",
            "State grant",
            "Federal grant",
            "Donations",
            "In kind",
        ),
        description="Where money for actions comes from.",
    )

    @field_validator("risk_bands")
    @classmethod
    def _hold_every_score(cls, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        # Of bands in the wrong order, the last one says nothing about the highest score.
        refuse([*_name_faults(bands), *(tuple(_order_faults(bands)) or _top_faults(bands))])
        return bands


def _name_faults(bands: tuple[Band, ...]) -> Iterator[Fault]:
    """Two bands that a reader could not tell apart."""
    for number, band in enumerate(bands):
        if band.name in {before.name for before in bands[:number]}:
            yield Fault(
                (number, "name"),
                f'found a second band "{band.name}"',
                "a name that no other band has",
                "give one of the two another name.",
            )


def _order_faults(bands: tuple[Band, ...]) -> Iterator[Fault]:
    """Bands that no score would ever fall in."""
    for number, (before, band) in enumerate(pairwise(bands), start=1):
        if band.up_to <= before.up_to:
            yield Fault(
                (number, "up_to"),
                f'found the band "{band.name}" up to {band.up_to} after "{before.name}" up to {before.up_to}',
                "bands in the order of their scores, each one reaching higher than the one before",
                "put the lower band first, or correct its highest score.",
            )


def _top_faults(bands: tuple[Band, ...]) -> Iterator[Fault]:
    """Scores that no band holds, and that would have no name."""
    last = bands[-1]
    if last.up_to < _TOP_SCORE:
        yield Fault(
            (len(bands) - 1, "up_to"),
            f'found {last.up_to} as the highest score of the last band, "{last.name}"',
            f"{_TOP_SCORE} in the last band, so that every score has a name",
            f"write {_TOP_SCORE}, or add a band that goes up to {_TOP_SCORE}.",
            lacks=True,
        )
