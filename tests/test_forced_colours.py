"""Whoever sets their own colours sees every part of a chart in them, in a real browser that forces colours."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.core_pages import core_pages, plan_of
from tests.support import ROOT
from tests.test_chart_layout import style

PAINTED = """() => {
  const probe = document.createElement("div");
  document.body.append(probe);
  const named = {};
  for (const name of ["CanvasText", "Canvas", "GrayText", "Highlight", "LinkText"]) {
    probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
    named[getComputedStyle(probe).color] ??= name;
  }
  probe.remove();
  const parts = [];
  const ofCharts = "svg.sp-trend, svg.sp-bar, svg.sp-spark, svg.sp-swatch, svg.sp-strip__shapes";
  for (const chart of document.querySelectorAll(ofCharts))
    for (const part of chart.querySelectorAll("path, rect, circle, line, polyline, text")) {
      const {fill, stroke} = getComputedStyle(part);
      // A line has nothing inside that could be filled.
      const inside = part.tagName === "line" ? "none" : fill;
      const say = (colour) => colour === "none" ? "none" : named[colour] ?? colour;
      parts.push({looks: part.getAttribute("class") ?? part.parentNode.getAttribute("class") ?? part.tagName,
                  fill: say(inside), stroke: say(stroke)});
    }
  return {forced: matchMedia("(forced-colors: active)").matches, parts};
}"""

SYSTEM = {"CanvasText", "Canvas", "GrayText", "Highlight", "none"}
ON_OTHERS = {"sp-band", "sp-mark__sign"}
"""What may have the colour of the page: the area between two lines, and the sign within a filled shape."""


@pytest.fixture(scope="module")
def charts() -> str:
    """Every chart, key, strip and spark line of the example and of a plan with measures of all kinds."""
    pages = [page for project in (ROOT, ROOT / "tests" / "plans" / "kinds", ROOT / "tests" / "plans" / "berlin")
             for page in core_pages(plan_of(project)).values()]  # fmt: skip
    return "".join(page.text for page in pages if page.address in ("home/", "") or page.address.startswith("measures/"))


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_part_of_a_chart_has_a_colour_of_the_reader(browser: Browser, charts: str, scheme: str) -> None:
    page = browser.new_page(forced_colors="active")
    page.set_content(
        f'<!doctype html><html lang="en"><title>Charts</title><style>{style()}</style>'
        f'<body data-md-color-scheme="{scheme}"><div class="md-content__inner md-typeset">{charts}</div>'
    )
    found: dict[str, Any] = page.evaluate(PAINTED)
    page.close()

    assert found["forced"]
    looks = Counter(part["looks"].split()[0] for part in found["parts"])
    assert {"sp-line", "sp-path", "sp-point", "sp-aim", "sp-start", "sp-axis", "sp-label", "sp-grid"} <= set(looks)
    foreign = {tuple(part.values()) for part in found["parts"] if not {part["fill"], part["stroke"]} <= SYSTEM}
    assert foreign == set()
    unseen = {tuple(part.values()) for part in found["parts"] if {part["fill"], part["stroke"]} <= {"Canvas", "none"}}
    assert {part for part in unseen if part[0] not in ON_OTHERS} == set()
