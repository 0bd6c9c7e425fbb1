"""The built site by keyboard alone, with real key presses: every control is reached, works, and shows where one is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.access import WIDTHS, Checker, checker, html_files
from tests.support import BuiltSite


@pytest.fixture(scope="module")
def keyboard(example_site: BuiltSite, browser: Browser) -> Iterator[Checker]:
    with checker(example_site, browser) as found:
        yield found


def kinds(site: BuiltSite) -> list[str]:
    """A page of each kind: the shortest of those that lie in the same folder."""
    found: dict[tuple[str, ...], str] = {}
    for path in html_files(site):
        folder = tuple(path.split("/")[:-2])
        if folder not in found or (site.folder / path).stat().st_size < (site.folder / found[folder]).stat().st_size:
            found[folder] = path
    return sorted(found.values())


def opened(keyboard: Checker, home: str, path: str, width: int) -> Page:
    keyboard.open(home + path, "light")
    keyboard.page.set_viewport_size({"width": width, "height": 800})
    return keyboard.page


def walked(page: Page, stops: int) -> list[str]:
    """What Tab leads to from the top of a page, where it should stop so often, and once more behind the last stop."""
    page.evaluate("access.follow()")
    for _ in range(stops + 1):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate("access.followed")
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_tab_reaches_every_control_in_order(
    width: int, scripts: bool, example_site: BuiltSite, keyboard: Checker
) -> None:
    home = keyboard.with_scripts if scripts else keyboard.without_scripts
    for path in kinds(example_site):
        page = opened(keyboard, home, path, width)
        wanted = page.evaluate("access.stops()")

        assert walked(page, len(wanted)) == wanted, path


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_of_narrow_screens_opens_and_leads_on(scripts: bool, keyboard: Checker) -> None:
    home = keyboard.with_scripts if scripts else keyboard.without_scripts
    page = opened(keyboard, home, "index.html", 360)
    link = page.locator(".sp-menu a").nth(1)
    expect(link).to_be_hidden()

    tab_to(page, ".sp-menu summary")
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    tab_to(page, ".sp-menu li:nth-child(2) > a")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url != f"{home}index.html"
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("opener", ["Enter", " "])
def test_the_search_finds_opens_and_closes(width: int, opener: str, keyboard: Checker) -> None:
    page = opened(keyboard, keyboard.with_scripts, "index.html", width)
    field = page.locator(".md-search__input")
    if width < 960:
        expect(field).to_be_hidden()
        tab_to(page, ".sp-open-search")
        page.keyboard.press(opener)
    else:
        tab_to(page, ".md-search__input")
    expect(field).to_be_focused()

    page.keyboard.type("fire")
    result = page.locator(".md-search-result__item a").first
    expect(result).to_be_visible()
    assert keyboard.look(focus=False) == []
    assert keyboard.asked == set()
    page.keyboard.press("Escape")
    expect(result).to_be_hidden()


def test_a_result_of_the_search_is_reached_by_arrows(keyboard: Checker) -> None:
    page = opened(keyboard, keyboard.with_scripts, "index.html", 1280)
    tab_to(page, ".md-search__input")
    page.keyboard.type("fire")
    expect(page.locator(".md-search-result__item a").first).to_be_visible()

    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__item a')")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_switch_between_light_and_dark_works_and_is_remembered(keyboard: Checker, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    page.goto(keyboard.with_scripts)

    tab_to(page, "[data-md-component=palette] button")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.wait_for_function("document.activeElement.matches('[data-md-component=palette] button:not([hidden])')")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.close()


def test_single_letters_do_nothing(keyboard: Checker) -> None:
    """WCAG 2.1.4: who speaks to a computer sets them off by accident."""
    page = opened(keyboard, keyboard.with_scripts, "goals/index.html", 1280)
    here = page.url

    for letter in "pnsf/,.":
        page.keyboard.press(letter)
    page.wait_for_timeout(200)

    assert page.url == here
    expect(page.locator(".md-search__input")).not_to_be_focused()


def test_the_first_stop_skips_to_the_content(keyboard: Checker) -> None:
    page = opened(keyboard, keyboard.with_scripts, "goals/index.html", 1280)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def tab_to(page: Page, selector: str, *, back: bool = False) -> None:
    """Press Tab until the focus is there."""
    for _ in range(200):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")
