"""How we measure: every rule behind a status, made from the definitions that the code itself uses.

The page has parts, a module and a template each.
"""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.publishing.addresses import RESULTS
from safety_plan.publishing.pages.method import constants, numbers, small_numbers, states, status, trend
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio


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
        results_file=RESULTS,
        description="How a status is worked out, what late means, and what stands where there is no number.",
    )
