"""Every number in the rules by which results are worked out, with its meaning and where it comes from.

Results are computed from these values and the page on method is made from them, so that no page can claim a rule that
the code does not follow.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from typing import Literal

from safety_plan.language import later

Shown = Literal["percent", "days", "number", "points", "cases", "score"]


@dataclass(frozen=True)
class Source:
    """Where a number comes from: what a reader would look for (to be said), and its address where it has one."""

    name: str
    link: str = ""


OWN = Source(later("Our own choice"))
PLOT_THE_DOTS = Source(
    later("NHSRplotthedots, the charts of Making Data Count, NHS England"),
    "https://nhsrplotthedots.nhsrcommunity.com",
)
EPHT = Source(later("Environmental Public Health Tracking, Connecticut"), "https://dphepht.ct.gov/AboutData")
OPEN_SDG = Source(
    later("Progress measure of Open SDG, after Eurostat"),
    "https://open-sdg.readthedocs.io/en/latest/progress-methodology/",
)


@dataclass(frozen=True)
class Constant:
    """What a number in the rules means to a resident (to be said), how it is written, and where it comes from."""

    means: str
    shown: Shown
    source: Source


def _constant(value: float, means: str, shown: Shown, source: Source = OWN) -> float:
    # `field` stands for its default, as the checker of types has it.
    found: float = field(default=value, metadata={"constant": Constant(means, shown, source)})
    return found


@dataclass(frozen=True)
class Rules:
    """The numbers in the rules. A test may change each one and see the results and the page on method change."""

    on_track_from: float = _constant(
        0.95, later("Part of the change asked for by now from which a measure is on track"), "percent", OPEN_SDG
    )
    at_risk_from: float = _constant(
        0.60,
        later("Part of the change asked for by now from which a measure is at risk, not off track"),
        "percent",
        OPEN_SDG,
    )
    too_early_up_to: float = _constant(
        0.10, later("Part of the time up to which it is too early to judge a measure"), "percent"
    )
    growth_years_needed: float = _constant(
        1, later("Years that must lie between two values before a yearly growth is worked out"), "number", OPEN_SDG
    )
    growth_substantial_from: float = _constant(
        0.015,
        later("Yearly growth in the better direction that is substantial progress without a target"),
        "percent",
        OPEN_SDG,
    )
    growth_moderate_from: float = _constant(
        0.005,
        later("Yearly growth in the better direction that is moderate progress without a target"),
        "percent",
        OPEN_SDG,
    )
    growth_limit_exponent: float = _constant(
        4.44,
        later("Power by which a natural limit nearby lowers the growth asked for without a target"),
        "number",
        OPEN_SDG,
    )
    growth_score_most: float = _constant(
        5, later("Highest score of a growth; the lowest is the same below zero"), "score", OPEN_SDG
    )
    growth_ratio_for_most: float = _constant(
        1.30, later("Part of the growth asked for that gets the highest score"), "percent", OPEN_SDG
    )
    growth_ratio_for_least: float = _constant(
        -0.60, later("Part of the growth asked for that gets the lowest score"), "percent", OPEN_SDG
    )
    growth_for_most: float = _constant(
        0.02, later("Yearly growth that gets the highest score without a target"), "percent", OPEN_SDG
    )
    growth_for_least: float = _constant(
        -0.02, later("Yearly growth that gets the lowest score without a target"), "percent", OPEN_SDG
    )
    trend_points_needed: float = _constant(
        12, later("Values that a trend needs; limits from fewer are only a first guess"), "number", PLOT_THE_DOTS
    )
    trend_steps_needed: float = _constant(
        6, later("Steps from one period to the next that a trend needs where periods are missing"), "number"
    )
    trend_limit_factor: float = _constant(
        2.66, later("Mean steps from the mean to each limit of a trend"), "number", PLOT_THE_DOTS
    )
    trend_screen_factor: float = _constant(
        3.267, later("Mean steps from which a single step is left out of the mean step"), "number", PLOT_THE_DOTS
    )
    trend_run: float = _constant(
        7, later("Values in a row on one side of the mean that are more than chance"), "number", PLOT_THE_DOTS
    )
    trend_moves: float = _constant(
        7, later("Values in a row that only rise or only fall that are more than chance"), "number", PLOT_THE_DOTS
    )
    trend_near_count: float = _constant(
        2, later("Values near a limit that are more than chance, among neighbours on one side"), "number", PLOT_THE_DOTS
    )
    trend_near_among: float = _constant(
        3, later("Neighbours in a row among which values near a limit are counted"), "number", PLOT_THE_DOTS
    )
    trend_near_thirds: float = _constant(
        2, later("Thirds of the way from the mean to a limit beyond which a value is near it"), "number", PLOT_THE_DOTS
    )
    unstable_rse_from: float = _constant(
        0.30, later("Relative standard error from which a rate is marked as unstable"), "percent", EPHT
    )
    percentile_caution_below: float = _constant(
        30, later("Cases below which a percentile is shown only with a word of caution"), "cases"
    )
    percentile_not_shown_below: float = _constant(
        10, later("Cases below which a percentile is not shown at all"), "cases"
    )
    due_soon_days: float = _constant(60, later("Days ahead within which a legal duty is shown as due soon"), "days")
    reading_grade_most: float = _constant(
        10, later("Year of school (Flesch-Kincaid grade) above which a text is too hard to read"), "number"
    )
    reading_words_needed: float = _constant(
        25, later("Words that a text needs before its grade is worked out"), "number"
    )
    reading_sentence_most: float = _constant(30, later("Words above which a sentence is too long"), "number")


RULES = Rules()
"""The rules as published."""


def constants() -> tuple[tuple[str, Constant], ...]:
    """Every number in the rules by its name, in their order, with what is said about it."""
    return tuple((one.name, _said(one)) for one in fields(Rules))


def _said(one: Field[float]) -> Constant:
    found = one.metadata["constant"]
    assert isinstance(found, Constant)
    return found
