"""Each page says where to write about it, and how to ask for a public record; paper has a code that leads here."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest
from lxml import html

from safety_plan.publishing.feedback import feedback_link
from safety_plan.publishing.qr import qr_code
from tests.support import BuiltSite, build, change, copy_project


@pytest.mark.parametrize(
    ("address", "name"),
    [("risks/flash-flood/", "Flash flood cuts the valley road"), ("take-part/volunteer/", "Become a volunteer")],
)
def test_a_letter_about_a_page_carries_its_name(example_site: BuiltSite, address: str, name: str) -> None:
    (link,) = example_site[address].tree.xpath("//a[text()='Tell us about this page']/@href")
    letter = urlsplit(str(link))

    assert (letter.scheme, letter.path) == ("mailto", "safety-plan@quinnebrook.example")
    written = parse_qs(letter.query)
    assert written["subject"] == [f"About the page: {name}"]
    assert f"“{name}” (/{address}):" in written["body"][0]


FOOT = {
    "en": ("Tell us about this page", "How to ask for a public record"),
    "es": ("Opine sobre esta página", "Cómo pedir un registro público"),
}


def test_every_page_of_the_site_has_both_links(example_site: BuiltSite) -> None:
    """Documents for paper stand without the foot: they have no header either, and lead back to the site."""
    for address, page in example_site.pages.items():
        if page.tree.xpath("//nav[@class='sp-back']"):
            assert address.endswith(("print/", "scorecard/")), address
            continue
        prefix = "es/" if address.startswith("es/") else ""
        tell, ask = FOOT[prefix.rstrip("/") or "en"]
        (letter,) = page.tree.xpath(f"//section[contains(@class, 'sp-foot')]//a[text()='{tell}']/@href")
        assert f"(/{address}):" in parse_qs(urlsplit(str(letter)).query)["body"][0], address
        (records,) = page.tree.xpath(f"//section[contains(@class, 'sp-foot')]//a[text()='{ask}']/@href")
        there = urlsplit(urljoin(f"https://site/{address}", str(records))).path
        assert there == f"/{prefix}about/how-to-ask-for-a-record/", address


def test_a_form_gets_the_page_in_its_address(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(
        project / "data" / "town.yml",
        "feedback: safety-plan@quinnebrook.example",
        "feedback: https://forms.example.gov/tell?about={page}&at={address}",
    )

    (link,) = build(project)["risks/flash-flood/"].tree.xpath("//a[text()='Tell us about this page']/@href")

    assert parse_qs(urlsplit(str(link)).query) == {
        "about": ["Flash flood cuts the valley road"],
        "at": ["/risks/flash-flood/"],
    }


def test_a_town_without_an_address_for_it_offers_none(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / "town.yml", "feedback: safety-plan@quinnebrook.example\n", "")
    change(project / "data" / "town.yml", "records_page: about/how-to-ask-for-a-record.md\n", "")

    page = build(project)["risks/"]

    assert page.tree.xpath("//a[text()='Tell us about this page']") == []
    assert page.tree.xpath("//a[text()='How to ask for a public record']/@href") == ["../about/#reach-us"]


def test_signs_in_a_name_do_not_break_the_letter() -> None:
    link = feedback_link("a@b.gov", 'Fire & "rescue" 100%?', "/x/")

    assert '"' not in link
    assert parse_qs(urlsplit(link).query)["subject"] == ['About the page: Fire & "rescue" 100%?']
    assert "(" not in unquote(feedback_link("a@b.gov", "Nothing", ""))


def test_a_code_for_paper_is_a_picture_with_words() -> None:
    picture: Any = html.fromstring(str(qr_code("https://quinnebrook.example/goals/", 'The goals "online"')))

    assert picture.get("role") == "img"
    assert picture.get("aria-label") == 'The goals "online"'
    # Version 4 has 33 modules on a side; four empty ones stand on each.
    assert picture.get("viewbox", picture.get("viewBox")) == "0 0 41 41"
    assert picture.xpath("./path")[1].get("d").startswith("M4 4h1v1h-1z")
