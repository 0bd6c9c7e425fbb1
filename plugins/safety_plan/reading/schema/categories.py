"""`categories.yml`: the lists that other files choose from. Without the file, the common lists stand."""

from __future__ import annotations

from pydantic import Field

from safety_plan.reading.schema.base import Line, Record, Text


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
        description="Bands of risk scores, lowest first.",
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
