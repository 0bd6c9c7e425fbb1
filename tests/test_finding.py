"""Residents find things: by the search, by old addresses, and from addresses where nothing is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from safety_plan.publishing.search import index_of, with_entries, without
from tests.support import BuiltSite, build, change, copy_project, served

INDEX = Path("search", "search_index.json")
PREFIXES = {"en": "", "es": "es/"}


def index(site: BuiltSite, prefix: str = "") -> Any:
    return json.loads((site.folder / prefix / INDEX).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", PREFIXES)
def test_every_entry_leads_to_a_place_that_is_there(example_site: BuiltSite, language: str) -> None:
    prefix = PREFIXES[language]
    for entry in index(example_site, prefix)["docs"]:
        address, _, anchor = entry["location"].partition("#")
        assert not anchor or anchor in example_site[prefix + address].ids, entry
        assert prefix + address in example_site.pages, entry


@pytest.mark.parametrize("language", PREFIXES)
def test_each_language_has_an_index_of_its_own_pages(example_site: BuiltSite, language: str) -> None:
    found = index(example_site, PREFIXES[language])

    assert found["config"]["lang"] == [language]
    assert not [entry for entry in found["docs"] if entry["location"].startswith("es/")]


@pytest.mark.parametrize("language", PREFIXES)
def test_every_page_is_found_once(example_site: BuiltSite, language: str) -> None:
    prefix = PREFIXES[language]
    others = tuple(other for other in PREFIXES.values() if other and other != prefix)
    pages = {
        address.removeprefix(prefix)
        for address in example_site.pages
        if address.startswith(prefix)
        and not address.startswith(others)
        and not address.removeprefix(prefix).endswith(("print/", "scorecard/"))
    }
    found = [entry["location"] for entry in index(example_site, prefix)["docs"] if "#" not in entry["location"]]

    assert sorted(found) == sorted(pages)


@pytest.mark.parametrize("language", PREFIXES)
def test_the_index_is_small_for_it_is_loaded_with_each_page(example_site: BuiltSite, language: str) -> None:
    written = (example_site.folder / PREFIXES[language] / INDEX).read_bytes()

    assert len(written) < 40_000
    assert len(gzip.compress(written)) < 11_000


def test_charts_and_tables_are_no_noise_in_it(example_site: BuiltSite) -> None:
    for entry in index(example_site)["docs"]:
        assert len(entry["text"]) < 160, entry
        assert "<" not in entry["text"], entry


def test_ambulance_finds_emergency_medical_services(example_site: BuiltSite, browser: Browser) -> None:
    with served(example_site.folder) as home:
        page = browser.new_page()
        page.goto(home)
        page.locator(".md-search__input").click()
        page.keyboard.type("ambulance")
        results = page.locator(".md-search-result__item")
        results.first.wait_for()
        page.wait_for_timeout(500)
        links = results.locator("a").evaluate_all("links => links.map(link => link.href)")
        places = {link.removeprefix(home).partition("?")[0].partition("#")[0] for link in links}
        assert {"glossary/", "ems/", "measures/ems-response-90th/"} <= places
        term = results.locator("a", has_text="EMS, Emergency medical services")
        term.first.click()
        page.wait_for_url("**/glossary/**")
        assert page.url.endswith("#term-ems")
        page.close()


def test_a_town_without_search_has_none(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "mkdocs.yml", "  - search\n", "")

    site = build(project)

    assert not (site.folder / "search").exists()


def test_an_index_is_split_by_language() -> None:
    pages = [{"location": at, "title": at, "text": "<p>Some <b>words</b></p>"} for at in ("about/x/", "es/about/x/")]
    written = json.dumps({"config": {"lang": ["en"], "separator": " "}, "docs": pages})

    first = json.loads(with_entries(without(["es/"], written), []))
    second = json.loads(index_of("es", written, [], "es/"))

    assert first == {
        "config": {"lang": ["en"], "separator": " "},
        "docs": [{"location": "about/x/", "title": "about/x/", "text": "Some words"}],
    }
    assert second["config"]["lang"] == ["es"]
    assert [one["location"] for one in second["docs"]] == ["about/x/"]


def test_an_address_where_nothing_is_helps_in_each_language(example_site: BuiltSite) -> None:
    text = (example_site.folder / "404.html").read_text(encoding="utf-8")

    assert "There is no page at this address" in text
    assert '<section lang="es"' in text
    assert '<meta name="robots" content="noindex">' in text
    # It is shown at any depth, so no link may start from where the reader is.
    for start in ('href="../', 'src="../', 'href="./'):
        assert start not in text
    for address in ("/measures/", "/es/measures/", "/about/#reach-us"):
        assert f'href="{address}"' in text


def test_a_thing_that_got_another_name_is_found_at_its_old_addresses(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(
        project / "data" / "risks.yml", "  - id: flash-flood\n", "  - id: flash-flood\n    former_ids: [cloudburst]\n"
    )

    site = build(project)

    for prefix, moved in (("", "This page has moved"), ("es/", "")):
        text = (site.folder / f"{prefix}risks/cloudburst/index.html").read_text(encoding="utf-8")
        assert moved in text
        assert 'content="0; url=../../risks/flash-flood/"' in text
        assert '<link rel="canonical" href="../../risks/flash-flood/">' in text
        assert '<meta name="robots" content="noindex">' in text
