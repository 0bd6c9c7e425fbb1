"""Residents find things: by the search, by old addresses, and from addresses where nothing is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from safety_plan.publishing.material.search_place import with_own_search
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
    assert len(gzip.compress(written)) < 10_240


def test_charts_and_tables_are_no_noise_in_it(example_site: BuiltSite) -> None:
    for entry in index(example_site)["docs"]:
        assert len(entry["text"]) < 160, entry
        assert "<" not in entry["text"], entry


def test_the_search_is_loaded_only_when_somebody_asks_it(example_site: BuiltSite, browser: Browser) -> None:
    """It is a fifth of what a reader on a phone would have to wait for."""
    with served(example_site.folder) as home:
        page = browser.new_page()
        asked: list[str] = []
        page.context.on("request", lambda request: asked.append(request.url))
        page.goto(home)
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if "safety-plan-search.js" in url]
        assert not [url for url in asked if "/search." in url.partition("?")[0]]
        with page.context.expect_event("request", lambda request: "/search." in request.url.partition("?")[0]):
            page.locator(".md-search__input").click()
            page.keyboard.type("risk")
        page.close()


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


SEARCHED = {
    "": {
        "ambulances": "ems/",
        "mayor": "people/town-manager/",
        "traffic accident": "measures/injury-crashes/",
        "car crash": "measures/injury-crashes/",
        "floods": "risks/flash-flood/",
        "injuries": "measures/responder-injury-rate/",
        "crashes": "measures/injury-crashes/",
    },
    "es/": {
        "ambulancia": "es/ems/",
        "policia": "es/people/police-chief/",
        "policías": "es/people/police-chief/",
        "camion": "es/risks/vehicle-out-of-service/",
        "camiones": "es/risks/vehicle-out-of-service/",
        "inundacion": "es/risks/flash-flood/",
        "medico": "es/people/ems-medical-director/",
        "alcalde": "es/people/town-manager/",
        "accidente de transito": "es/measures/injury-crashes/",
    },
}


@pytest.mark.parametrize("prefix", SEARCHED)
def test_what_residents_type_finds_what_they_mean(prefix: str, example_site: BuiltSite, browser: Browser) -> None:
    """One or many, with accents or without, by the word of the town or another one; and no other host is asked."""
    with served(example_site.folder) as home:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(home + prefix)
        page.locator(".md-search__input").click()
        for words, place in SEARCHED[prefix].items():
            page.locator(".md-search__input").fill("")
            page.keyboard.type(words)
            wanted = page.locator(f".md-search-result__item a[href^='{home}{place}?'], [href='{home}{place}']")
            expect(wanted.first, words).to_be_attached()
        assert [url for url in asked if not url.startswith(home)] == []
        assert any("/workers/" in url for url in asked)
        page.close()


def test_a_theme_that_says_nothing_of_its_search_stops_the_build() -> None:
    page = '<script id="__config" type="application/json">{}</script>'
    settings = json.dumps({"base": "../..", "search": "../../assets/javascripts/workers/search.1.min.js"})

    with pytest.raises(ValueError, match="settings for its search"):
        with_own_search(page.replace("{}", '{"base": "."}'), folder=False)
    for folder, base in ((True, ".."), (False, "../..")):
        made = with_own_search(page.replace("{}", settings), folder=folder)
        assert f'"base": "{base}"' in made
        assert "workers/safety-plan-search.js?search.1.min.js" in made


def test_a_name_is_the_same_with_words_in_brackets_behind_it(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(
        project / "data" / "glossary.yml",
        "long: Emergency medical services",
        "long: Emergency medical services (servicios)",
    )

    (entry,) = [one for one in index(build(project))["docs"] if one["location"] == "ems/"]

    assert "ambulance" in entry["title"]


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
    parts = ("goals/", "late/", "measures/", "risks/", "take-part/", "people/", "questions/", "about/method/")
    for address in (*(prefix + part for part in parts for prefix in ("/", "/es/")), "/about/#reach-us"):
        assert f'href="{address}"' in text


def test_a_thing_that_got_another_name_is_found_at_its_old_addresses(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(
        project / "data" / "risks.yml", "  - id: flash-flood\n", "  - id: flash-flood\n    former_ids: [cloudburst]\n"
    )

    site = build(project)

    for prefix, moved in (("", "<h1>This page has moved</h1>"), ("es/", "<h1>Esta página")):
        text = (site.folder / f"{prefix}risks/cloudburst/index.html").read_text(encoding="utf-8")
        assert moved in text
        assert 'content="0; url=../../risks/flash-flood/"' in text
        assert f'<link rel="canonical" href="https://quinnebrook.example/{prefix}risks/flash-flood/">' in text
        assert '<meta name="robots" content="noindex">' in text
