"""A site in long, accented texts and in texts from right to left: nothing is cut off, lies on other text or is broken.

The plan with every kind of measure is built in two languages that nobody speaks, from the catalogues that the real
command writes. Every page of them is looked at in a real browser on the narrowest screen, a phone and a wide screen.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.pseudo import CLOSE, OPEN, fill_in
from tests.support import ROOT, BuiltSite, build, change, copy_project, served

LANGUAGES = {"ar": "rtl", "fi": "ltr"}
WIDTHS = (320, 360, 1280)
SIGHT = (ROOT / "tests" / "sight.js").read_text(encoding="utf-8")
BLOCKS = {
    "h1",
    "h2",
    "h3",
    "h4",
    "table",
    "caption",
    "tr",
    "th",
    "td",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "figure",
    "svg",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The plan in English and in the two languages that nobody speaks."""
    project = copy_project(tmp_path_factory.mktemp("pseudo"), ROOT / "tests" / "plans" / "kinds")
    change(
        project / "data" / "town.yml", "population: 4000", f"languages: [en, {', '.join(LANGUAGES)}]\npopulation: 4000"
    )
    extract = [sys.executable, "-m", "safety_plan.commands", "translations", "extract"]
    subprocess.run(extract, cwd=project, check=True, capture_output=True)
    for code in LANGUAGES:
        fill_in(project / "data" / "translations" / f"{code}.po", code)
    return build(project)


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    """A screen on which nothing moves."""
    found = browser.new_page(reduced_motion="reduce")
    yield found
    found.close()


def addresses(site: BuiltSite, code: str) -> list[str]:
    """The pages in a language."""
    return [address for address in site.pages if address.startswith(f"{code}/")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_is_there_in_its_direction_with_its_markup_whole(site: BuiltSite, code: str) -> None:
    english = [one for one in site.pages if one.split("/")[0] not in LANGUAGES]
    assert len(english) > 25
    assert addresses(site, code) == [f"{code}/{one}" for one in english]
    for address in english:
        page, twin = site[f"{code}/{address}"], site[address]
        # The theme names the direction on the body.
        assert page.tree.xpath("/html/@lang | /html/@dir | /html/body/@dir") == [code, LANGUAGES[code]], address
        text = page.words("//body")
        assert not re.search(r"<\w|</|\{\w*\}|\{\{|%\(|&\w+;", text), address
        assert text.count(OPEN) == text.count(CLOSE) > 3, address
        where = "//article | //body[contains(@class, 'sp-printed')]"
        tags, theirs = ([one.tag for one in each.tree.xpath(where)[0].iter(*BLOCKS)] for each in (page, twin))
        assert tags == theirs, address


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_cut_off_and_no_text_lies_on_another(site: BuiltSite, code: str, screen: Page) -> None:
    found = {}
    with served(site.folder) as home:
        for address in addresses(site, code):
            screen.goto(home + address)
            screen.evaluate(SIGHT)
            for width in WIDTHS:
                screen.set_viewport_size({"width": width, "height": 900})
                assert screen.evaluate("sight.texts().length") > 10, address
                found[f"{address} at {width}"] = screen.evaluate("sight.faults()")

    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("svg.sp-trend { direction: rtl !important }", "cuts off"),
        ("td, th { padding: 0 !important; text-align: left !important; white-space: nowrap }", "run into each other"),
        ("article h1 { min-width: 900px }", "pixels wide"),
        ("article p { height: 1em; overflow: hidden }", "cuts off the height"),
        ("article p { margin-bottom: -2em !important }", "lies on"),
        (".md-header__topic > .md-ellipsis { white-space: nowrap !important; display: block !important }", "cuts off"),
    ],
)
def test_what_goes_wrong_is_seen(site: BuiltSite, screen: Page, style: str, fault: str) -> None:
    """The look at the pages is worth nothing if it sees no fault."""
    with served(site.folder) as home:
        screen.set_viewport_size({"width": 360, "height": 900})
        screen.goto(f"{home}ar/measures/crew-mean/")
        screen.evaluate(SIGHT)
        screen.add_style_tag(content=style)

        assert any(fault in one for one in screen.evaluate("sight.faults()"))
