"""The registers in another language and on a phone: every word of the data format has words, and the matrix fits."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import get_args

import pytest
from playwright.sync_api import Browser

from safety_plan.language import speaking
from safety_plan.publishing import labels
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.goals import Action, Objective
from safety_plan.reading.schema.plan import Factor, PlanDocument, ResilienceMeasure
from safety_plan.reading.schema.resources import Technology
from tests.core_pages import core_pages, plan_of
from tests.pseudo import LONG, pseudo
from tests.support import ROOT, BuiltPage, BuiltSite, served

PHONE = 360


@pytest.mark.parametrize(
    ("register", "record", "field"),
    [
        (labels.APPROACHES, Action, "approach"),
        (labels.PHASES, Objective, "phase"),
        (labels.FACTORS, Factor, "factor"),
        (labels.RESILIENCE, ResilienceMeasure, "kind"),
        (labels.REVIEW_CYCLES, PlanDocument, "review_cycle"),
        (labels.SYSTEMS, Technology, "status"),
    ],
)
def test_each_word_that_a_file_may_hold_has_words_on_the_pages(
    register: Collection[str], record: type[Record], field: str
) -> None:
    assert set(register) == set(_choices(record.model_fields[field].annotation))


def _choices(annotation: object) -> Iterator[str]:
    """The words of a literal, also of one that may be left out."""
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from _choices(part)


@pytest.fixture(scope="module")
def pages() -> dict[str, BuiltPage]:
    """The pages of the example in a language of which only the texts are another's."""
    with speaking(LONG):
        return core_pages(plan_of(ROOT))


def test_the_words_of_the_data_format_are_said(pages: dict[str, BuiltPage]) -> None:
    assert pseudo("Prevention") in pages["roadmap/"].words("//*[@id='actions-now']")
    assert pseudo("Political") in pages["plan/"].words("//*[@id='factors']")
    assert pseudo("Continuity") in pages["plan/"].words("//*[@id='resilience-measures']")
    assert pseudo("Make it smaller") in pages["risks/flash-flood/"].words("//*[@id='treatment']")
    assert pseudo("to be replaced") in pages["resources/"].words()


def test_the_places_on_a_page_are_the_same_in_every_language(pages: dict[str, BuiltPage]) -> None:
    written = core_pages(plan_of(ROOT))
    for address in ("risks/", "people/", "ems/", "legal/", "plan/"):
        assert pages[address].tree.xpath("//@id") == written[address].tree.xpath("//@id")


def test_the_matrix_of_risks_is_seen_whole_on_a_phone_and_heard_in_words(
    example_site: BuiltSite, browser: Browser
) -> None:
    with served(example_site.folder) as home:
        page = browser.new_page(viewport={"width": PHONE, "height": 800})
        page.goto(f"{home}risks/")
        region = page.locator(".sp-table", has=page.locator("#matrix"))
        assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
        assert page.get_by_role("columnheader", name="5 Severe").count() == 1
        assert page.get_by_role("rowheader", name="1 Rare").count() == 1
        small = "links => links.filter(link => { const box = link.getBoundingClientRect(); return box.height < 24 })"
        assert page.locator("#matrix a").evaluate_all(f"links => ({small})(links).length") == 0
        page.close()
