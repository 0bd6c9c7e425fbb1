"""The town's own look: its colour and its seal on every page, and shades of the colour that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety_plan.plan.build import build_plan
from safety_plan.publishing.look import look_style
from safety_plan.reading.contrast import DARK_GROUND, LIGHT_GROUND, contrast, darker, lighter
from safety_plan.reading.folder import read_folder
from safety_plan.reading.look import look_problems
from safety_plan.reading.schema.town import Town
from tests.core_pages import plan_of
from tests.support import ROOT, BuiltSite, change, copy_project

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # The first two are the ends of the scale of WCAG 2.1; #767676 is known as the lightest gray with 4.5 on white.
    [
        ("#000000", "#ffffff", 21.0),
        ("#17406d", "#17406d", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_the_ratio_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio == round(contrast(other, one), 2)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(COLOURS)
def test_the_shades_that_are_chosen_can_always_be_read(colour: str) -> None:
    assert contrast(darker(colour), "#ffffff") >= 4.5
    assert contrast(darker(colour, LIGHT_GROUND), LIGHT_GROUND) >= 4.5
    assert contrast(lighter(colour, DARK_GROUND), DARK_GROUND) >= 4.5


def test_a_colour_that_can_be_read_is_left_alone() -> None:
    assert darker("#17406d") == "#17406d"
    assert lighter("#8fc1f5", DARK_GROUND) == "#8fc1f5"


def test_the_nearest_shade_is_near() -> None:
    # One step lighter would not do.
    assert contrast(darker("#4a90d9"), "#ffffff") < 4.6


def town(project: Path) -> Town:
    return plan_of(project).town


def test_a_town_without_a_colour_adds_no_style() -> None:
    assert look_style(town(ROOT / "tests" / "plans" / "small")) == ""


def test_a_town_chooses_its_own_colour_for_dark_mode(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / "town.yml", '  colour: "#17406d"', '  colour: "#7a1f2b"\n  colour_dark: "#ffb3c0"')
    style = look_style(town(project))

    assert style.startswith(":root{--sp-town:#7a1f2b;")
    assert style.endswith("--sp-link-dark:#ffb3c0}")


def test_every_page_shows_the_seal_and_the_colour(example_site: BuiltSite) -> None:
    # The documents for paper have no header.
    with_header = [
        page for page in example_site.pages.values() if not page.tree.xpath("//body[contains(@class, 'sp-printed')]")
    ]
    assert len(with_header) > 240
    for page in with_header:
        seals = page.tree.xpath("//header//img[@class='sp-seal']")
        assert len(seals) == 1, page.address
        assert "Quinnebrook" in seals[0].get("alt", ""), page.address
        assert page.tree.xpath("//head/style[contains(text(), '--sp-town:#17406d')]"), page.address
        assert not page.tree.xpath("//article//@style"), page.address
    assert (example_site.folder / "images" / "seal.svg").is_file()


def test_the_seal_is_found_from_every_depth_and_language(example_site: BuiltSite) -> None:
    for address, src in (
        ("", "images/seal.svg"),
        ("risks/flash-flood/", "../../images/seal.svg"),
        ("es/", "../images/seal.svg"),
    ):
        assert example_site[address].tree.xpath("//header//img[@class='sp-seal']/@src") == [src]


def test_a_seal_that_every_page_would_load_slowly_is_refused(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    (project / "content" / "images" / "seal.svg").write_text("<svg>" + " " * 30_000 + "</svg>", encoding="utf-8")
    records, _ = read_folder(project / "data", project)
    problem = next(look_problems(records, project / "content", project))

    assert "found a seal of 30 kB" in str(problem)
    assert "at most 30 kB" in str(problem)


def test_a_seal_from_outside_of_the_published_folder_is_not_there(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    seal = project / "content" / "images" / "seal.svg"
    seal.rename(project / "seal.svg")
    seal.symlink_to(project / "seal.svg")
    records, problems = read_folder(project / "data", project)

    assert not problems
    assert "there is no such picture in content/" in str(next(look_problems(records, project / "content", project)))


def test_a_plan_is_made_whether_or_not_the_seal_was_looked_for() -> None:
    records, problems = read_folder(ROOT / "data", ROOT)

    assert build_plan(records, (), problems).town.look.seal is not None
