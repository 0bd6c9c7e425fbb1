"""No text of a chart touches another one, crosses the line of the values or leaves the chart, in a real browser.

All charts of all plans are looked at on the narrowest screen that a page must fit, on a phone, on a phone with letters
of twice the size, on a wide screen magnified to 200 %, which then is 640 pixels wide, and as they are drawn on paper.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page

from safety_plan.publishing.charts.places import HEIGHT, NARROWEST, WIDEST, Box, Label, Room, place
from safety_plan.publishing.material.styles import Rule
from safety_plan.publishing.printed.drawing import SIZES, drawn
from tests.core_pages import core_pages, plan_of
from tests.support import ROOT
from tests.test_chart_colours import ASSETS

PLANS = [ROOT, *(ROOT / "tests" / "plans" / name for name in ("berlin", "kinds", "small"))]
SCREENS = {"narrowest": (320, 20), "phone": (360, 20), "phone, large letters": (360, 40), "magnified": (640, 20)}
"""The width of the screen and the size of the root's letters in pixels; the theme's own is 20."""

LOOK = """(least) => {
  const faults = [];
  const inset = ({left, right, top, bottom}) =>
    ({left: left + 1, right: right - 1, top: top + 1.5, bottom: bottom - 1.5});
  const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  const crosses = (p, q, box) => {
    for (let step = 0; step <= 100; step++) {
      const x = p.x + (q.x - p.x) * step / 100, y = p.y + (q.y - p.y) * step / 100;
      if (x > box.left && x < box.right && y > box.top && y < box.bottom) return true;
    }
    return false;
  };
  let texts = 0;
  for (const chart of document.querySelectorAll("svg.sp-trend, svg.sp-bar")) {
    const name = chart.closest("section").title;
    const frame = chart.getBoundingClientRect();
    const found = [...chart.querySelectorAll("text")].map((text) => ({
      said: text.textContent, box: inset(text.getBoundingClientRect()), named: text.classList.contains("sp-label"),
      size: parseFloat(getComputedStyle(text).fontSize),
    }));
    texts += found.length;
    found.forEach((one, at) => {
      if (one.size < least) faults.push(`${name}: ${one.said} is only ${one.size} pixels high`);
      if (one.box.left < frame.left - 1 || one.box.right > frame.right + 1 || one.box.top < frame.top - 2
          || one.box.bottom > frame.bottom + 1) faults.push(`${name}: ${one.said} leaves the chart`);
      for (const other of found.slice(at + 1))
        if (!apart(one.box, other.box)) faults.push(`${name}: ${one.said} touches ${other.said}`);
    });
    for (const line of chart.querySelectorAll("polyline.sp-line")) {
      const matrix = line.getScreenCTM();
      const points = [...line.points].map((point) => point.matrixTransform(matrix));
      for (const one of found)
        for (let at = 1; at < points.length; at++)
          if (crosses(points[at - 1], points[at], one.box)) {
            faults.push(`${name}: the line crosses ${one.said}`);
            break;
          }
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page scrolls sideways");
  return {texts, faults};
}"""


def style() -> str:
    """The theme's style sheets and ours, in the order in which a page has them."""
    spec = find_spec("material")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "templates" / "assets" / "stylesheets"
    files = [next(folder.glob(f"{name}.*.min.css")) for name in ("main", "palette")]
    files += [ASSETS / "safety-plan.css", ASSETS / "charts.css"]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.fixture(scope="module", params=PLANS, ids=lambda project: project.name if project != ROOT else "example")
def charts(request: pytest.FixtureRequest, browser: Browser) -> Any:
    """A page with every chart of a plan, each in a section named after its measure."""
    shown, found = browser.new_page(), sections(request.param, "html")
    shown.set_content(
        f'<!doctype html><html lang="en"><title>Charts</title><style>{style()}</style>'
        f'<body data-md-color-scheme="default"><div class="md-content__inner md-typeset">{found}</div>'
    )
    yield shown
    shown.close()


def sections(project: Path, form: str) -> str:
    """Every chart of a plan, each in a section named after its page."""
    found = []
    for address, page in core_pages(plan_of(project)).items():
        figures = page.tree.xpath("//figure[contains(@class, 'sp-figure')]")
        text = "".join(etree.tostring(one, encoding="unicode", method=form, with_tail=False) for one in figures)
        found += [f'<section title="{address}">{text}</section>'] if text else []
    # The reader of HTML writes this name small, which only another reader of HTML takes as the one of SVG.
    return "".join(found).replace(" viewbox=", " viewBox=")


@pytest.mark.parametrize("screen", SCREENS)
def test_texts_keep_apart(charts: Page, screen: str) -> None:
    width, size = SCREENS[screen]
    charts.set_viewport_size({"width": width, "height": 900})
    charts.add_style_tag(content=f"html {{ font-size: {size}px !important }}")

    found = charts.evaluate(LOOK, 12)

    assert found["texts"] > 10
    assert found["faults"] == []


BOLD = Rule((), (".sp-label",), "font-weight: 700")
"""The widest letters of a chart. What its other rules paint takes no room of its own."""

WITHOUT_RIMS = """() => {
  for (const rim of document.querySelectorAll("text.sp-label:not([style])")) rim.remove();
}"""
"""On paper the rim of a text is a text of its own, below it."""


@pytest.mark.parametrize("project", PLANS, ids=lambda project: project.name if project != ROOT else "example")
def test_texts_keep_apart_on_paper(browser: Browser, project: Path) -> None:
    width, _ = SIZES["sp-trend"]
    page = browser.new_page(viewport={"width": int(width) + 100, "height": 900})
    page.set_content(f"<!doctype html><title>Charts on paper</title>{drawn(sections(project, 'xml'), [BOLD])}")
    page.evaluate(WITHOUT_RIMS)

    assert {one["width"] for one in page.evaluate(BOXES)} == {width}
    found = page.evaluate(LOOK, 9.5)
    page.close()

    assert found["texts"] > 10
    assert found["faults"] == []


BOXES = (
    """() => [...document.querySelectorAll("svg.sp-trend")].map((chart) => chart.getBoundingClientRect().toJSON())"""
)


def test_a_text_keeps_clear_of_a_line_that_is_flatter_on_a_wide_chart() -> None:
    rooms = [Room(Box(0, 0, width, HEIGHT), width) for width in (NARROWEST, WIDEST)]
    for room in rooms:
        room.add_line([(0, 0), (97, 86)])
    beside = Label("target", "Target 0", 97, 86, "end", -20, -0.3)

    assert [room.is_free(beside) for room in rooms] == [True, False]
    assert list(place(rooms, [beside])) == []
    assert list(place(rooms[:1], [beside])) == [beside]
