"""What pages say of themselves to search engines and to programs that show links."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from safety_plan.publishing.icon import icon_file, shield_png, shield_svg
from safety_plan.publishing.share import first_paragraph, robots
from tests.support import BuiltSite, build, change, copy_project

HOME = "https://quinnebrook.example/"


def facts(site: BuiltSite, address: str) -> dict[str, Any]:
    """What a page says in the words of schema.org, by the type of the thing."""
    (text,) = site[address].tree.xpath("//script[@type='application/ld+json']/text()")
    return {one["@type"]: one for one in json.loads(str(text))["@graph"]}


def meta(site: BuiltSite, address: str, name: str) -> str:
    (found,) = site[address].tree.xpath(f"//meta[@property='{name}' or @name='{name}']/@content")
    return str(found)


def test_every_page_has_a_title_and_a_description_of_its_own(example_site: BuiltSite) -> None:
    said: dict[str, dict[str, str]] = {"title": {}, "description": {}}
    for address, page in example_site.pages.items():
        (title,) = page.tree.xpath("/html/head/title/text()")
        for kind, text in (("title", str(title)), ("description", meta(example_site, address, "description"))):
            assert len(text) > 15, (address, kind)
            # The same page in two languages may have one name.
            language = str(page.tree.get("lang"))
            assert said[kind].setdefault(f"{language} {text}", address) == address, (kind, text)
        assert [str(one) for one in page.tree.xpath("//link[@rel='canonical']/@href")] == [f"{HOME}{address}"], address
        assert page.tree.xpath("//link[@rel='icon']"), address


def test_every_page_with_a_frame_says_itself_to_those_who_show_links(example_site: BuiltSite) -> None:
    for address, page in example_site.pages.items():
        if page.tree.xpath("//nav[@class='sp-back']"):
            assert address.endswith(("print/", "scorecard/")), address
            continue
        assert meta(example_site, address, "og:description") == meta(example_site, address, "description"), address
        assert meta(example_site, address, "og:title"), address
        assert meta(example_site, address, "og:url") == f"{HOME}{address}", address


def test_a_measure_says_how_it_stands(example_site: BuiltSite) -> None:
    said = meta(example_site, "measures/ems-response-90th/", "description")

    assert said.startswith("How fast does medical help arrive? 10.4 minutes")
    assert "on track" in said


def test_a_hand_written_page_is_described_by_its_first_words(example_site: BuiltSite) -> None:
    assert meta(example_site, "take-part/volunteer/", "description").startswith(
        "Quinnebrook's fire engines are staffed"
    )


def test_a_measure_is_a_data_set_with_its_table(example_site: BuiltSite) -> None:
    found = facts(example_site, "measures/ems-response-90th/")

    table = found["Dataset"]["distribution"]["contentUrl"]
    assert table == f"{HOME}measures/ems-response-90th.csv"
    assert (example_site.folder / table.removeprefix(HOME)).is_file()
    assert found["Dataset"]["temporalCoverage"].endswith("/2026-09-30")
    assert [step["name"] for step in found["BreadcrumbList"]["itemListElement"]][:2] == ["Home", "Measures"]
    assert found["WebPage"]["inLanguage"] == "en"


@pytest.mark.parametrize("address", ["", "goals/fire-safety/", "about/how-to-ask-for-a-record/", "es/risks/"])
def test_every_page_is_of_the_town(example_site: BuiltSite, address: str) -> None:
    found = facts(example_site, address)

    assert found["GovernmentOrganization"]["name"] == "Quinnebrook, Connecticut"
    assert found["WebPage"]["url"] == f"{HOME}{address}"


def test_each_page_names_itself_in_each_language(example_site: BuiltSite) -> None:
    for address in ("risks/", "es/risks/"):
        found = example_site[address].tree.xpath("//link[@hreflang]")
        assert {link.get("hreflang"): link.get("href") for link in found} == {
            "en": f"{HOME}risks/",
            "es": f"{HOME}es/risks/",
        }


def test_texts_end_no_element(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / "goals" / "fire-safety.yml", "statement: ", "statement: </script><b>Bold</b> ")
    change(
        project / "content" / "take-part" / "volunteer.md", "Quinnebrook's fire", "\"><b>Bold</b> Quinnebrook's fire"
    )

    site = build(project)

    assert meta(site, "take-part/volunteer/", "description").startswith('">Bold Quinnebrook')
    assert facts(site, "goals/fire-safety/")["WebPage"]["name"]


def test_the_list_of_pages_is_named_and_whole(example_site: BuiltSite) -> None:
    assert f"Sitemap: {HOME}sitemap.xml" in (example_site.folder / "robots.txt").read_text(encoding="utf-8")
    listed = re.findall("<loc>(.*?)</loc>", (example_site.folder / "sitemap.xml").read_text(encoding="utf-8"))

    assert {f"{HOME}risks/", f"{HOME}es/risks/", HOME} <= set(listed)


def test_a_town_whose_address_is_not_known_says_nothing_about_it(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "mkdocs.yml", f"site_url: {HOME}\n", "")

    site = build(project)

    assert site["risks/"].tree.xpath("//script[@type='application/ld+json']") == []
    assert site["risks/"].tree.xpath("//meta[@property='og:url']") == []
    assert [str(link) for link in site["risks/"].tree.xpath("//link[@hreflang='es']/@href")] == ["../es/risks/"]
    assert robots("") == "User-agent: *\nAllow: /\n"


def test_the_seal_is_the_picture_of_the_site(example_site: BuiltSite) -> None:
    (link,) = example_site["risks/"].tree.xpath("//link[@rel='icon'][@type='image/svg+xml']/@href")

    assert str(link) == "../images/seal.svg"
    assert (example_site.folder / "images" / "seal.svg").is_file()
    assert (example_site.folder / "favicon.ico").read_bytes()[:4] == b"\0\0\1\0"


def test_a_town_without_a_seal_gets_a_shield_in_its_colour() -> None:
    assert 'fill="#123456"' in shield_svg("#123456")
    png = shield_png("#123456", 32)
    assert png.startswith(b"\x89PNG")
    assert icon_file(png, 32)[22:] == png


def test_the_first_paragraph_is_cut_at_a_word() -> None:
    assert first_paragraph("<h1>A</h1><p>One <b>two</b>\nthree &amp; four.</p><p>Five.</p>") == "One two three & four."
    long = first_paragraph(f"<p>{'word ' * 100}</p>")
    assert len(long) <= 160
    assert long.endswith("word…")
    assert first_paragraph("<h1>A</h1>") == ""
