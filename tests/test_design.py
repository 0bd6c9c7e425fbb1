"""The look of the site: colours that can be read in light and dark, on paper, and where the reader sets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from safety_plan.reading.contrast import DARK_GROUND, LIGHT_GROUND, contrast
from tests.support import ROOT

STYLE = ROOT / "plugins" / "safety_plan" / "publishing" / "theme" / "assets"
DEFAULT_TOWN = "#17406d"


def variables(scheme: str) -> dict[str, str]:
    """The colours of a scheme as they stand in the style sheet; of a setting of the town the one without it."""
    text = (STYLE / "safety-plan.css").read_text(encoding="utf-8")
    block = re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{(.*?)\}}', text, re.DOTALL)
    assert block is not None
    found = dict(re.findall(r"(--[\w-]+):\s*(?:var\([\w-]+,\s*)?(#[0-9a-f]+)", block[1]))
    return {
        name: value if len(value) == 7 else f"#{''.join(2 * one for one in value[1:])}" for name, value in found.items()
    }


# The page itself: Material's own white, and its slate with the hue 215 (hsl 215, 15 %, 14 %).
PAGES = {"default": "#ffffff", "slate": "#1e2329"}
STATES = ("good", "warning", "bad", "neutral")


@pytest.mark.parametrize("scheme", PAGES)
def test_every_text_can_be_read_on_every_ground(scheme: str) -> None:
    colours = variables(scheme)
    grounds = [PAGES[scheme], colours["--sp-soft"], *(colours[f"--sp-{state}-soft"] for state in STATES)]
    texts = ["--md-default-fg-color", "--md-default-fg-color--light", "--md-typeset-a-color"]

    for text in texts:
        for ground in grounds:
            assert contrast(colours[text], ground) >= 4.5, (scheme, text, ground)


@pytest.mark.parametrize("scheme", PAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_status_can_be_read(scheme: str, state: str) -> None:
    colours = variables(scheme)

    for ground in (colours[f"--sp-{state}-soft"], PAGES[scheme], colours["--sp-soft"]):
        assert contrast(colours[f"--sp-{state}"], ground) >= 4.5, (state, ground)


@pytest.mark.parametrize("scheme", PAGES)
def test_lines_that_carry_meaning_can_be_seen(scheme: str) -> None:
    colours = variables(scheme)

    for line in ("--sp-line", "--sp-path", "--sp-edge", *(f"--sp-{state}" for state in STATES)):
        assert contrast(colours[line], PAGES[scheme]) >= 3, line


def test_white_can_be_read_on_the_header_without_a_setting() -> None:
    for scheme in PAGES:
        assert contrast(variables(scheme)["--md-primary-fg-color"], "#ffffff") >= 4.5
    assert variables("default")["--md-primary-fg-color"] == DEFAULT_TOWN


def test_the_grounds_by_which_a_towns_links_are_chosen_are_the_hardest_there_are() -> None:
    light, dark = variables("default"), variables("slate")
    softs = ["--sp-soft", *(f"--sp-{state}-soft" for state in STATES)]
    black, white = "#000000", "#ffffff"

    assert min(contrast(light[soft], black) for soft in softs) >= contrast(LIGHT_GROUND, black)
    assert min(contrast(dark[soft], white) for soft in softs) >= contrast(DARK_GROUND, white)


def style_sheets() -> list[Path]:
    return sorted(STYLE.glob("*.css"))


def test_dark_colours_stay_on_the_screen() -> None:
    text = (STYLE / "safety-plan.css").read_text(encoding="utf-8")
    before = text[: text.index('[data-md-color-scheme="slate"]')]

    assert before.rstrip().endswith("@media screen {")


def test_no_style_sheet_asks_for_anything_else() -> None:
    for sheet in style_sheets():
        text = sheet.read_text(encoding="utf-8")
        assert "url(" not in text, sheet.name
        assert "@import" not in text, sheet.name
