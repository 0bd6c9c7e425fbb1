"""Every page of the built site can be used by everyone: WCAG 2.2 A and AA by axe, valid HTML, the keyboard alone, any
width, light and dark, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.access import (
    FORWARD_MODES,
    MODES,
    PAPER_MODES,
    Checker,
    checker,
    forwards,
    html_faults,
    html_files,
    sitemap_files,
)
from tests.support import BuiltSite

PARTS = 8


@pytest.fixture(scope="session")
def example_checker(example_site: BuiltSite, browser: Browser) -> Iterator[Checker]:
    with checker(example_site, browser) as found:
        yield found


def shares(site: BuiltSite) -> list[list[str]]:
    """The pages in parts that take about the same time: each page goes to the part that is smallest so far."""
    # However short a page is, it is loaded and looked through.
    sizes = {path: 30_000 + (site.folder / path).stat().st_size for path in html_files(site)}
    parts: list[list[str]] = [[] for _ in range(PARTS)]
    for path in sorted(sizes, key=lambda one: (-sizes[one], one)):
        min(parts, key=lambda part: sum(sizes[one] for one in part)).append(path)
    return parts


def test_the_sitemap_names_every_page(example_site: BuiltSite, record_property: Callable[[str, object], None]) -> None:
    files = html_files(example_site)
    errors = [path for path in files if path.endswith("404.html")]

    leading_on = forwards(example_site)
    assert {"measures/road-crashes/index.html", "es/measures/road-crashes/index.html"} <= set(leading_on)
    assert sorted({*sitemap_files(example_site), *errors, *leading_on}) == files
    record_property("said", f"{len(files)} pages to be checked, each in up to {MODES} modes")


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_in_every_mode(
    part: int, example_site: BuiltSite, example_checker: Checker, record_property: Callable[[str, object], None]
) -> None:
    """Each page at two widths, light and dark, with scripts and without; and no page asks another host for anything."""
    pages = shares(example_site)[part]

    before = example_checker.looks.copy()

    faults = [fault for page in pages for fault in example_checker.faults(page)]

    assert not faults, "\n".join(faults)
    assert example_checker.asked == set()
    looks = example_checker.looks - before
    leading_on = set(forwards(example_site))
    assert looks.keys() == set(pages)
    assert all(looks[page] == FORWARD_MODES for page in leading_on & looks.keys()), looks
    others = [modes for page, modes in looks.items() if page not in leading_on]
    whole, paper = others.count(MODES), others.count(PAPER_MODES)
    assert whole + paper == len(others), looks
    record_property(
        "said",
        f"{whole} pages x {MODES} modes, {paper} documents for paper x {PAPER_MODES} and "
        f"{len(pages) - len(others)} pages that lead on x {FORWARD_MODES} checked,"
        f" part {part + 1} of {PARTS}",
    )


def test_every_page_is_valid_html(example_site: BuiltSite, record_property: Callable[[str, object], None]) -> None:
    assert html_faults(example_site.folder) == []
    record_property("said", f"{len(html_files(example_site))} pages checked by the Nu HTML checker")


FAULTY = """<!doctype html><html lang="en"><head><title>Faulty</title>
<meta name="viewport" content="width=device-width">
<style>main a { outline: none } .wide { width: 900px } .faint { color: #999 }
.hidden { position: absolute; left: -900px }</style></head>
<body><header>Head</header><main><h1>One</h1><h3>Three</h3><p class="faint">Faint</p><p class="wide">Wide</p>
<p><img src="x.png"> <a href="#a">No ring</a> <button class="hidden">Away</button></p>
<script>document.querySelector("h1").textContent = "Written by a script"</script>
<script src="https://elsewhere.example/x.js"></script></main><footer>Foot</footer></body></html>"""


def test_faults_are_found(tmp_path: Path, browser: Browser) -> None:
    """The checks themselves: each fault of a page full of them is named, in the modes it shows in."""
    for folder in ("site", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data" / "town.yml").write_text("languages: [en]\n", encoding="utf-8")
    (tmp_path / "site" / "index.html").write_text(FAULTY, encoding="utf-8")

    with checker(BuiltSite(tmp_path / "site"), browser) as faulty:
        faults = faulty.faults("index.html")

    for fault in ("image-alt", "color-contrast", "skips a level", "reaches over the edge", "shows no focus"):
        for scripts in (" scripts ", " no scripts "):
            assert any(fault in one and scripts in one for one in faults), (fault, scripts)
    assert any("takes the focus behind something else, or outside the page" in one for one in faults)
    assert any("the page is not dark" in one for one in faults)
    assert "index.html: without scripts the page says something else" in faults
    assert faulty.asked == {"https://elsewhere.example/x.js"}
    assert any("img" in one for one in html_faults(tmp_path / "site"))
