"""Small numbers: which are withheld, what else has to be for their sake, and after whose example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from safety_plan.language import later, say
from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.view import Studio

# What each of them does was read on the page that the link leads to.
_EXAMPLES = (
    (
        later("Connecticut Environmental Public Health Tracking"),
        "https://dphepht.ct.gov/AboutData",
        later("{who} leaves out counts from 1 to 5 for areas with fewer than 100,000 people."),
    ),
    (
        later("The federal Centers for Medicare & Medicaid Services"),
        "https://resdac.org/node/1506",
        later(
            "{who} never show counts from 1 to 10, nor numbers from which one could be worked out. A zero may be shown."
        ),
    ),
)


@dataclass(frozen=True)
class _Example:
    """A measure with withheld numbers of groups, and what stands beside them."""

    metric: Metric
    period: str
    withheld: str
    shown: str


def part(studio: Studio) -> dict[str, Any]:
    """What the template of this part needs."""
    plan = studio.plan
    values = [one for metric in plan.metrics for one in metric.record.every_observation]
    health = [metric for metric in plan.metrics if metric.record.health and metric.record.counts != "things"]
    rests = [metric for metric in plan.metrics if metric.record.protect_rest]
    return {
        "withheld_values": sum(one.withheld for one in values),
        "withheld_examples": [
            say(does, who=Markup('<a href="{}">{}</a>').format(link, say(who))) for who, link, does in _EXAMPLES
        ],
        "withheld_example": next((found for metric in plan.metrics if (found := _example(metric))), None),
        "withheld_health": health if plan.town.small_numbers.health_below is not None else [],
        "withheld_rests": rests,
    }


def _example(metric: Metric) -> _Example | None:
    """The newest period of a breakdown in which some groups are withheld and others are not."""
    for breakdown in metric.record.breakdowns:
        for period in sorted({one.period for one in breakdown.observations}, reverse=True):
            groups = [one for one in breakdown.observations if one.period == period]
            gone = [one.group for one in groups if one.withheld]
            left = [one.group for one in groups if one.number is not None]
            if gone and left:
                time = words.period(period, metric.record.covers)
                return _Example(metric, time, words.listed(gone), words.listed(left))
    return None
