"""How we measure: every rule behind a status, made from the definitions that the code itself uses.

The page has parts, a module and a template each. It is long: a list of what is on it stands at its top, in the order of
the headings. Nothing on it is folded away, since links from everywhere lead into its middle, and not every browser
opens what it is sent to.
"""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.language import later, say
from safety_plan.publishing.addresses import RESULTS
from safety_plan.publishing.pages.method import constants, numbers, small_numbers, states, status, trend
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio

_CONTENTS = {
    "status": later("How a status is worked out"),
    "trend": later("How a trend is told from chance"),
    "unstable": later("When a rate or percent is unstable"),
    "late-numbers": later("When a number is late"),
    "no-number": later("Where there is no number"),
    "small-numbers": later("Very small counts"),
    "kinds": later("What kinds of numbers there are"),
    "percentile": later("What a percentile is"),
    "actions": later("How work stands"),
    "promises": later("What counts as late"),
    "duties": later("How legal duties stand"),
    "risks": later("How risks are scored"),
    "plain-language": later("How we keep our words plain"),
    "corrections": later("Corrections"),
    "constants": later("Every number in the rules"),
    "sources": later("Where the rule comes from"),
    "work-it-out": later("Work it out for yourself"),
}
"""The headings of the page by their anchors, in their order; to be said."""


def _contents(studio: Studio) -> list[tuple[str, str]]:
    """The headings that stand on this plan's page."""
    plan = studio.plan
    there = {"duties": "legal" in plan.pages, "risks": "risks" in plan.pages}
    there["plain-language"] = plan.town.languages[0] == "en"
    return [(anchor, say(title)) for anchor, title in _CONTENTS.items() if there.get(anchor, True)]


def pages(studio: Studio) -> Iterator[Page]:
    """The page on method."""
    yield studio.page(
        "method",
        **status.part(studio),
        **trend.part(studio),
        **numbers.part(studio),
        **small_numbers.part(studio),
        **states.part(studio),
        **constants.part(studio),
        contents=_contents(studio),
        results_file=RESULTS,
        description=say("How a status is worked out, what late means, and what stands where there is no number."),
    )
