"""A third language is one file and a setting, also one that runs from right to left and has six forms for numbers."""

from __future__ import annotations

import shutil
from contextlib import chdir

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from safety_plan.commands import main
from safety_plan.commands.reading import read_plans
from safety_plan.publishing.editions import Edition, editions
from tests.core_pages import AS_OF
from tests.pseudo import CLOSE, OPEN, fill_in, pseudo
from tests.support import ROOT, BuiltSite, broken_links, build, change, served

FURTHER = {"pl": "Polski", "ht": "Kreyòl Ayisyen", "pt-BR": "Português (Brasil)"}
"""Languages for which the search has no rules, for which the theme has no words, and one that is a country's own."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, ...]:
    """The small plan in English, in Spanish without a file, and in a language that the product does not know."""
    project = tmp_path_factory.mktemp("third")
    shutil.copytree(ROOT / "tests" / "plans" / "small" / "data", project / "data")
    change(project / "data" / "town.yml", "population: 2100", "languages: [en, es, ar]\npopulation: 2100")
    with chdir(project):
        CliRunner().invoke(main, ["translations", "extract"], catch_exceptions=False)
        (project / "data" / "translations" / "es.po").unlink()
        fill_in(project / "data" / "translations" / "ar.po", "ar")
        plans = read_plans(project / "data").plans
    return editions(plans, AS_OF, AS_OF)


def test_a_third_language_has_all_the_pages_from_right_to_left(made: tuple[Edition, ...]) -> None:
    english, _, third = made

    assert third.site.language.direction == "rtl"
    assert third.site.prefix == "ar/"
    assert [page.address for page in third.site.pages] == [page.address for page in english.site.pages]
    assert third.plan.document.title.startswith(OPEN)
    assert all(OPEN in page.html and CLOSE in page.html for page in third.site.pages)


def test_a_language_of_the_product_needs_no_file(made: tuple[Edition, ...]) -> None:
    """The interface speaks it; the plan stays as it was written and says so."""
    _, spanish, _ = made
    home = spanish.site.pages[0].html

    assert "¿Cómo vamos?" in home
    assert '<span lang="en">' in home


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The small plan in three further languages, with words of the town's own in mkdocs.yml."""
    project = tmp_path_factory.mktemp("built")
    for name in ("data", "content"):
        shutil.copytree(ROOT / "tests" / "plans" / "small" / name, project / name)
    shutil.copy(ROOT / "mkdocs.yml", project)
    change(project / "mkdocs.yml", "repo_name: The plan's files", "repo_name: Look inside")
    change(project / "mkdocs.yml", "name: Switch to dark mode", "name: Lights off")
    change(
        project / "data" / "town.yml", "population: 2100", f"languages: [en, {', '.join(FURTHER)}]\npopulation: 2100"
    )
    with chdir(project):
        CliRunner().invoke(main, ["translations", "extract"], catch_exceptions=False)
    for code in FURTHER:
        fill_in(project / "data" / "translations" / f"{code}.po", code)
    return build(project)


@pytest.mark.parametrize(("code", "name"), FURTHER.items(), ids=FURTHER)
def test_any_language_is_built_and_led_to(code: str, name: str, built: BuiltSite) -> None:
    english = [address for address in built.pages if not address.startswith(tuple(f"{one}/" for one in FURTHER))]
    link = built["goals/"].tree.xpath(f"//ul[@class='sp-languages']//a[@hreflang='{code}']")[0]

    assert (link.text, link.get("href"), link.get("lang")) == (name, f"../{code}/goals/", code)
    for address in english:
        page = built[f"{code}/{address}"]
        assert page.tree.get("lang") == code, page.address
        assert page.tree.xpath("//body/@dir") in (["ltr"], []), page.address
    heads = built["goals/"].tree.xpath(f"//head/link[@hreflang='{code}']/@href")
    assert heads == [f"https://quinnebrook.example/{code}/goals/"]
    assert not broken_links(built)


@pytest.mark.parametrize("code", FURTHER)
def test_the_search_finds_in_any_language(code: str, built: BuiltSite, browser: Browser) -> None:
    with served(built.folder) as home, browser.new_page() as page:
        page.goto(f"{home}{code}/")
        page.locator(".md-search__input").click()
        page.keyboard.type(pseudo("engine").strip(OPEN).split()[0])
        found = page.locator(f".md-search-result__item a[href*='/{code}/measures/engine-arrival/']")
        expect(found.first).to_be_visible()


@pytest.mark.parametrize(
    ("code", "contents"), {"pl": "Spis treści", "ht": "Table of contents", "pt-BR": "Índice"}.items()
)
def test_the_theme_speaks_the_nearest_language_it_knows(code: str, contents: str, built: BuiltSite) -> None:
    """The list of what is on a page has its name from the theme."""
    assert contents in built[f"{code}/about/"].tree.xpath("//nav/@aria-label")


def test_a_towns_own_words_around_its_pages_say_their_language(built: BuiltSite) -> None:
    for code in FURTHER:
        page = built[f"{code}/goals/"]
        assert page.tree.xpath("//form[@data-md-component='palette']/@lang") == ["en"]
        assert page.tree.xpath("//form[@lang]//button/@aria-label") == ["Lights off", "Switch to light mode"]
        assert page.tree.xpath("//header//a[@data-md-component='source']//span[@lang='en']/text()") == ["Look inside"]
        assert page.tree.xpath("//div[contains(@class, 'sp-menu')]//p/a/span[@lang='en']/text()") == ["Look inside"]
    assert not built["goals/"].tree.xpath("//header//*[@lang='en']")
