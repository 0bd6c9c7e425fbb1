"""Accessibility of built pages: each page in each mode, in a real browser, with axe-core and checks of our own."""

from __future__ import annotations

import io
import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Literal
from urllib.parse import unquote, urlsplit

import yaml
from lxml import etree
from playwright.sync_api import Browser, BrowserContext

from tests.support import ROOT, BuiltSite, Quiet, served

TOOLS = ROOT / "tests" / "tools" / "node_modules"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 1280)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
MODES = len(WIDTHS) * len(SCHEMES) * 2
"""In how many ways a page can be looked at; the last two are with scripts and without."""

PAPER_MODES = len(WIDTHS)
"""The same of a document for paper, which has neither scripts nor dark colours."""

FORWARD_MODES = len(WIDTHS) * len(SCHEMES)
"""The same of a page that only leads on, which has no scripts."""

_REFRESH = 'http-equiv="refresh"'


class WithScripts(Quiet):
    """Serves pages as a town's server does, but shows those that only forward rather than where they lead."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """A page, or what the server of Python's library makes of another file."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if file.suffix != ".html" or not file.is_file():
            return super().send_head()
        text = file.read_text(encoding="utf-8").replace(_REFRESH, 'name="was-refresh"').encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        return io.BytesIO(text)

    def end_headers(self) -> None:
        """Let the browser keep style sheets and scripts: all pages have the same."""
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


class WithoutScripts(WithScripts):
    """Serves pages whose scripts the browser refuses to run. Switching scripts off in the browser would stop axe."""

    def end_headers(self) -> None:
        """Forbid scripts."""
        self.send_header("Content-Security-Policy", "script-src 'none'")
        super().end_headers()


def html_files(site: BuiltSite) -> list[str]:
    """Every HTML file of a site by its path, sorted, but for the forms of the staff: their editor is not ours."""
    found = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html")}
    return sorted(found - {"admin/index.html"})


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
    """Looks at the pages of a site with and without scripts; `asked` gathers what pages wanted from other hosts, and
    `looks` counts the modes of each page."""

    context: BrowserContext
    with_scripts: str
    without_scripts: str
    languages: tuple[str, ...]
    asked: set[str] = field(default_factory=set)
    looks: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self._note(request.url))
        self.axe = (TOOLS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        self.own = (ROOT / "tests" / "access.js").read_text(encoding="utf-8")

    def faults(self, path: str) -> list[str]:
        """Everything wrong with a page in any mode, each with the mode; empty when all is well.

        A page without any script is the same with scripts and without, and one that has no dark colours is the same in
        light and dark: such modes are not there, and not counted.
        """
        found, texts = [], []
        for scripts, home in (("no scripts", self.without_scripts), ("scripts", self.with_scripts)):
            # With scripts the page comes up dark and is switched to light, without them the other way round.
            schemes = SCHEMES if scripts == "no scripts" else SCHEMES[::-1]
            self.open(home + path, schemes[0])
            if not self.page.evaluate("access.hasDark()"):
                schemes = SCHEMES[:1]
            for fault in self._modes(path, schemes):
                found.append(f"{path} {scripts} {fault}")
            found += [f"{path} {scripts} 320 px: {fault}" for fault in self._whole(path)]
            texts.append(self.page.evaluate("access.text()"))
            if not self.page.evaluate("access.hasScripts()"):
                break
        if len(set(texts)) > 1:
            found.append(f"{path}: without scripts the page says something else")
        return found

    def _modes(self, path: str, schemes: Sequence[Scheme]) -> Iterator[str]:
        """What is wrong at each width in each scheme: wide as readers find it, narrow with all that folds laid open."""
        now = list(schemes)
        for width in reversed(WIDTHS):
            self.page.set_viewport_size({"width": width, "height": 800})
            if width == WIDTHS[0]:
                self.page.evaluate("access.open()")
            before = None
            for scheme in now:
                self.page.emulate_media(color_scheme=scheme)
                yield from self.page.evaluate("scheme => access.become(scheme)", scheme)
                # Colours apart, a page that stands as it stood has the faults it had.
                stands = self.page.evaluate("access.stands()")
                for fault in self.look(only_colours=stands == before):
                    yield f"{scheme} {width} px: {fault}"
                before = stands
                self.looks[path] += 1
            now.reverse()

    def open(self, address: str, scheme: Scheme) -> None:
        """Load a page for a reader who prefers this scheme."""
        self.page.set_viewport_size({"width": WIDTHS[1], "height": 800})
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto(address)
        self.page.evaluate(self.own)
        self.page.evaluate("access.still()")

    def look(self, *, only_colours: bool = False, focus: bool = True) -> list[str]:
        """What is wrong with the page as it stands now: axe, landmarks, and the focus unless that has to stay."""
        if not self.page.evaluate("'axe' in globalThis"):
            self.page.evaluate(self.axe)
        found: list[str] = self.page.evaluate(
            "([tags, onlyColours, focus]) => access.look(tags, onlyColours, focus)", [TAGS, only_colours, focus]
        )
        return found

    def _whole(self, path: str) -> list[str]:
        self.page.set_viewport_size({"width": 320, "height": 800})
        first, *others = self.languages
        language = next((one for one in others if path.startswith(f"{one}/")), first)
        found: list[str] = self.page.evaluate(
            "language => [...access.sideways(), ...access.outline(language)]", language
        )
        return found

    def _note(self, url: str) -> None:
        if not url.startswith((self.with_scripts, self.without_scripts, "data:", "blob:")):
            self.asked.add(url)


@contextmanager
def checker(site: BuiltSite, browser: Browser) -> Iterator[Checker]:
    """A checker for a built site."""
    town = yaml.safe_load((site.folder.parent / "data" / "town.yml").read_text(encoding="utf-8"))
    with served(site.folder, WithScripts) as with_scripts, served(site.folder, WithoutScripts) as without_scripts:
        # Motion would be caught halfway.
        context = browser.new_context(reduced_motion="reduce")
        # Material writes down the scheme of the first page, and would show all others in it.
        context.add_init_script("localStorage.clear()")
        yield Checker(context, with_scripts, without_scripts, tuple(town.get("languages", ["en"])))
        context.close()


def html_faults(folder: Path) -> list[str]:
    """What the Nu HTML checker calls an error in the HTML files of a folder."""
    command = ["java", "-jar", str(TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar")]
    command += ["--errors-only", "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    messages = json.loads(done.stderr)["messages"]
    return [f"{one['url'].rpartition(folder.name)[2]}:{one.get('lastLine')}: {one['message']}" for one in messages]
