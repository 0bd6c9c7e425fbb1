"""Accessibility of built pages: each page in each mode, in a real browser, with axe-core and checks of our own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import yaml
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Route

from tests.support import ROOT, BuiltSite, Quiet, served

TOOLS = ROOT / "tests" / "tools" / "node_modules"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MODES = len(WIDTHS) * len(SCHEMES) * 2
"""In how many ways each page is looked at; the last two are with scripts and without."""

_REFRESH = 'http-equiv="refresh"'


class WithoutScripts(Quiet):
    """Serves pages whose scripts the browser refuses to run. Switching scripts off in the browser would stop axe."""

    def end_headers(self) -> None:
        """Forbid scripts."""
        self.send_header("Content-Security-Policy", "script-src 'none'")
        super().end_headers()


def html_files(site: BuiltSite) -> list[str]:
    """Every HTML file of a site by its path, sorted."""
    return sorted(path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html"))


def sitemap_files(site: BuiltSite) -> set[str]:
    """The files that the sitemap names."""
    tree = etree.parse(str(site.folder / "sitemap.xml"))
    found = tree.xpath("//s:loc/text()", namespaces={"s": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    assert isinstance(found, list)
    return {f"{unquote(urlsplit(str(one)).path).lstrip('/')}index.html" for one in found}


def forwards(site: BuiltSite) -> list[str]:
    """The pages that only lead on from a former address."""
    return [path for path in html_files(site) if _REFRESH in (site.folder / path).read_text(encoding="utf-8")]


@dataclass
class Checker:
    """Looks at the pages of a site with and without scripts; `asked` gathers what pages wanted from other hosts."""

    context: BrowserContext
    with_scripts: str
    without_scripts: str
    languages: tuple[str, ...]
    asked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self._note(request.url))
        self.axe = (TOOLS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        self.own = (ROOT / "tests" / "access.js").read_text(encoding="utf-8")

    def faults(self, path: str) -> list[str]:
        """Everything wrong with a page in any mode, each with the mode; empty when all is well."""
        found, texts = [], []
        for scripts, home in (("scripts", self.with_scripts), ("no scripts", self.without_scripts)):
            for scheme in SCHEMES:
                self.open(home + path, scheme)
                found += [f"{path} {scripts} {scheme}: {fault}" for fault in self._whole(path, scheme)]
                for width in WIDTHS:
                    self.page.set_viewport_size({"width": width, "height": 800})
                    # Narrow with all that folds laid open, wide as readers find it.
                    for fault in self.look(unfolded=width == WIDTHS[0]):
                        found.append(f"{path} {scripts} {scheme} {width} px: {fault}")
                    if width == WIDTHS[0] and scheme == SCHEMES[0]:
                        texts.append(self.page.evaluate("access.text()"))
        if texts[0] != texts[1]:
            found.append(f"{path}: without scripts the page says something else")
        return found

    def open(self, address: str, scheme: Literal["light", "dark"]) -> None:
        """Load a page for a reader who prefers this scheme."""
        self.page.set_viewport_size({"width": WIDTHS[1], "height": 800})
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto(address)
        self.page.evaluate(self.own)
        self.page.evaluate("access.still()")

    def look(self, *, unfolded: bool, focus: bool = True) -> list[str]:
        """What is wrong with the page as it stands now: axe, landmarks, and the focus unless that has to stay."""
        if unfolded:
            self.page.evaluate("access.open()")
        if not self.page.evaluate("'axe' in globalThis"):
            self.page.evaluate(self.axe)
        found: list[str] = self.page.evaluate("([tags, focus]) => access.look(tags, focus)", [TAGS, focus])
        return found

    def _whole(self, path: str, scheme: str) -> list[str]:
        self.page.set_viewport_size({"width": 320, "height": 800})
        first, *others = self.languages
        language = next((one for one in others if path.startswith(f"{one}/")), first)
        found: list[str] = self.page.evaluate(
            "([language, scheme]) => [...access.sideways(), ...access.outline(language), ...access.colours(scheme)]",
            [language, scheme],
        )
        return found

    def _note(self, url: str) -> None:
        if not url.startswith((self.with_scripts, self.without_scripts, "data:", "blob:")):
            self.asked.add(url)


@contextmanager
def checker(site: BuiltSite, browser: Browser) -> Iterator[Checker]:
    """A checker for a built site."""
    town = yaml.safe_load((site.folder.parent / "data" / "town.yml").read_text(encoding="utf-8"))
    with served(site.folder) as with_scripts, served(site.folder, WithoutScripts) as without_scripts:
        # Motion would be caught halfway.
        context = browser.new_context(reduced_motion="reduce")
        # Material writes down the scheme of the first page, and would show all others in it.
        context.add_init_script("localStorage.clear()")
        for path in forwards(site):
            for home in (with_scripts, without_scripts):
                context.route(home + path, _stay)
        yield Checker(context, with_scripts, without_scripts, tuple(town.get("languages", ["en"])))
        context.close()


def _stay(route: Route) -> None:
    """Show a page that only forwards, rather than where it leads."""
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace(_REFRESH, 'name="was-refresh"'))


def html_faults(folder: Path) -> list[str]:
    """What the Nu HTML checker calls an error in the HTML files of a folder."""
    command = ["java", "-jar", str(TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar")]
    command += ["--errors-only", "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    messages = json.loads(done.stderr)["messages"]
    return [f"{one['url'].rpartition(folder.name)[2]}:{one.get('lastLine')}: {one['message']}" for one in messages]
