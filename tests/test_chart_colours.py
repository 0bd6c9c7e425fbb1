"""Every colour of a chart can be told from what lies behind it, computed from the style sheets themselves.

A checker of pages cannot do that for SVG: it calls the contrast of such texts incomplete.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from safety_plan.publishing.material import styles
from tests.support import ROOT

ASSETS = ROOT / "plugins" / "safety_plan" / "publishing" / "theme" / "assets"
TEMPLATES = ROOT / "plugins" / "safety_plan" / "publishing" / "templates"

TEXT, MARK = 4.5, 3.0
"""What WCAG 2.1 asks for: success criteria 1.4.3 for text, 1.4.11 for what a reader must see to understand."""

ORNAMENTS = {".sp-grid", ".sp-turn", ".sp-band"}
"""Lines and areas behind a chart. Whatever they say stands in words beside them: levels, years, and both ends."""


@dataclass(frozen=True)
class Rule:
    """A rule of a style sheet, with the condition of the block that it stands in."""

    condition: str
    selectors: tuple[str, ...]
    values: dict[str, str]


def rules(text: str) -> Iterator[Rule]:
    """The rules of a style sheet, each with the innermost of its conditions."""
    for one in styles.rules(text):
        yield Rule(one.conditions[-1] if one.conditions else "", one.selectors, dict(one.declarations))


def sheet(name: str) -> list[Rule]:
    return list(rules((ASSETS / name).read_text(encoding="utf-8")))


def variables(scheme: str) -> dict[str, str]:
    """The variables of a colour scheme: those of the theme that charts use, with ours on top of them."""
    spec = find_spec("material")
    assert spec is not None
    assert spec.origin is not None
    found: dict[str, str] = {}
    folder = Path(spec.origin).parent / "templates" / "assets" / "stylesheets"
    for name in ("main", "palette"):
        (file,) = folder.glob(f"{name}.*.min.css")
        found |= _of_scheme(list(rules(file.read_text(encoding="utf-8"))), scheme)
    return found | _of_scheme(sheet("safety-plan.css"), scheme)


def _of_scheme(found: list[Rule], scheme: str) -> dict[str, str]:
    wanted = {":root", f'[data-md-color-scheme="{scheme}"]', f"[data-md-color-scheme={scheme}]"}
    return {
        name: value
        for rule in found
        if rule.condition in ("", "@media screen") and wanted & set(rule.selectors)
        for name, value in rule.values.items()
        if name.startswith("--")
    }


def colour(written: str, known: dict[str, str]) -> tuple[float, float, float]:
    """Red, green and blue, each from 0 to 1, of a colour as a style sheet writes it."""
    while match := re.search(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)", written):
        written = written.replace(match[0], known.get(match[1]) or match[2])
    if match := re.fullmatch(r"hsla?\(([\d.]+)(?:deg)?,\s*([\d.]+)%,\s*([\d.]+)%(?:,\s*1)?\)", written):
        hue, saturation, light = (float(part) for part in match.groups())
        return colorsys.hls_to_rgb(hue / 360, light / 100, saturation / 100)
    digits = written.removeprefix("#")
    assert re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", digits), written
    digits = digits if len(digits) == 6 else "".join(2 * one for one in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def luminance(rgb: tuple[float, float, float]) -> float:
    """The relative luminance of WCAG 2.1."""
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The contrast ratio of WCAG 2.1, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def painted() -> Iterator[tuple[str, str, bool]]:
    """Every part of a chart that has a colour of its own: its selector, the colour, and whether it is text."""
    for rule in sheet("charts.css"):
        if rule.condition:
            continue
        for selector in rule.selectors:
            for name in ("color", "fill", "stroke"):
                value = rule.values.get(name)
                # The rim of a text and the inside of a hollow mark have the colour of the page.
                if value and value not in ("none", "var(--md-default-bg-color)"):
                    text = name == "color" or selector.startswith((".sp-axis", ".sp-label"))
                    yield selector, value, text


def test_the_formula_gives_the_known_ratios() -> None:
    white, black, grey = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), colour("#767676", {})

    assert contrast(white, black) == pytest.approx(21)
    # The lightest grey that is dark enough for text on white.
    assert contrast(white, grey) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("behind", ["--md-default-bg-color", "--sp-soft"])
def test_what_a_chart_paints_stands_out(scheme: str, behind: str) -> None:
    known = variables(scheme)
    ground = colour(f"var({behind})", known)
    ratios = {
        (selector, value): (contrast(colour(value, known), ground), TEXT if text else MARK)
        for selector, value, text in painted()
        if selector not in ORNAMENTS
    }

    assert len(ratios) > 25
    assert {key: found for key, found in ratios.items() if found[0] < found[1]} == {}


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_the_sign_within_a_shape_stands_out(scheme: str) -> None:
    known = variables(scheme)
    sign = colour("var(--md-default-bg-color)", known)

    for group in ("good", "warning", "bad"):
        assert contrast(sign, colour(f"var(--sp-{group})", known)) >= MARK, group


def test_colours_come_from_classes_and_variables_alone() -> None:
    text = (ASSETS / "charts.css").read_text(encoding="utf-8")

    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl|opacity", text)
    for name in ("trend", "strip", "bars", "spark"):
        template = (TEMPLATES / f"{name}.html").read_text(encoding="utf-8")
        assert not re.search(r"\b(style|fill|stroke|opacity)=", template), name


def test_whoever_sets_their_own_colours_gets_them() -> None:
    forced = [rule for rule in sheet("charts.css") if "forced-colors" in rule.condition]
    covered = {selector for rule in forced for selector in rule.selectors}
    colours = {value for rule in forced for name, value in rule.values.items() if name in ("fill", "stroke")}

    assert colours <= {"CanvasText", "Canvas", "GrayText", "Highlight"}
    # A name that is said more closely elsewhere, such as that of a label of one kind, is covered by the general one.
    for selector, _, _ in painted():
        general = selector.split("--")[0].split(" :is(")[0]
        assert any(general in one or one in selector for one in covered) or not selector.startswith(".sp-"), selector
