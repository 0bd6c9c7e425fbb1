"""What tests share: copies of the example town, real builds of them, and the pages that come out."""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

ROOT = Path(__file__).parents[1]
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_path() -> str:
    """The browser to test with, looked for in the order of scripts/need.sh."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("SAFETY_PLAN_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    assert found, "no browser: run make test, which looks for one and says what to install"
    return found


def copy_project(folder: Path, source: Path = ROOT) -> Path:
    """A copy of what a town keeps: mkdocs.yml, data/ and content/."""
    project = folder / "town"
    project.mkdir()
    shutil.copy(source / "mkdocs.yml", project)
    for name in ("data", "content"):
        shutil.copytree(source / name, project / name)
    return project


def run_mkdocs(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The real mkdocs, run in a project."""
    command = [sys.executable, "-m", "mkdocs", *arguments]
    # The print edition is typeset where a test asks for it: it takes longer than all the rest of a site.
    environment = {"SAFETY_PLAN_PDF": "false", **os.environ, **QUIET}
    return subprocess.run(
        command, cwd=project, capture_output=True, text=True, env=environment, check=False, timeout=300
    )


def build(project: Path) -> BuiltSite:
    """Build a project as `make site` does."""
    done = run_mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return BuiltSite(project / "site")


def change(file: Path, old: str, new: str) -> None:
    """Change the one place in a file where `old` stands."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


_INLINE = {"a", "b", "code", "em", "i", "span", "strong", "wbr"}


def _texts(element: html.HtmlElement) -> Iterator[str]:
    """The texts of an element in order, with a space wherever a reader would see one begin."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style"):
        return
    gap = "" if element.tag in _INLINE else " "
    yield gap + (element.text or "")
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield gap


@dataclass(frozen=True)
class BuiltPage:
    """A built page: its address within the site, and its HTML."""

    address: str
    text: str

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The parsed page."""
        return html.fromstring(self.text)

    @cached_property
    def ids(self) -> set[str]:
        """Everything on it that a link can lead to."""
        return {element.get("id", "") for element in self.tree.iter() if isinstance(element.tag, str)} - {""}

    def content(self) -> html.HtmlElement:
        """The page without the theme around it."""
        return self.tree.xpath("//article")[0]

    def words(self, xpath: str = "//article") -> str:
        """The visible words of an element, with single spaces."""
        return " ".join("".join(_texts(self.tree.xpath(xpath)[0])).split())

    def links(self, within: str = "//body") -> set[str]:
        """Where its links lead within the site, as address#anchor."""
        found = set()
        for href in self.tree.xpath(f"{within}//a/@href"):
            parts = urlsplit(href)
            if parts.scheme or parts.netloc:
                continue
            there = unquote(urlsplit(urljoin(f"http://site/{self.address}", parts.path or "")).path).lstrip("/")
            if not parts.path:
                there = self.address
            found.add(f"{there}#{parts.fragment}" if parts.fragment else there)
        return found


class BuiltSite:
    """A built site: its folder and its pages by address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Every page for residents but the one for addresses that do not exist and those that only forward."""
        found = {}
        forms = self.folder / "admin" / "index.html"
        for path in sorted({*self.folder.rglob("index.html")} - {forms}):
            text = path.read_text(encoding="utf-8")
            address = posixpath.normpath(path.parent.relative_to(self.folder).as_posix())
            if 'http-equiv="refresh"' not in text:
                found["" if address == "." else f"{address}/"] = BuiltPage(
                    "" if address == "." else f"{address}/", text
                )
        return found

    def __getitem__(self, address: str) -> BuiltPage:
        return self.pages[address]


def broken_links(site: BuiltSite) -> list[str]:
    """Every link of a built site that leads to no page, file or anchor, with its page."""
    broken = []
    for page in site.pages.values():
        for link in page.links():
            there, _, anchor = link.partition("#")
            if there in site.pages:
                if anchor and anchor not in site[there].ids:
                    broken.append(f"{page.address}: {link}")
            elif not (site.folder / there).is_file():
                broken.append(f"{page.address}: {link}")
    return broken


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the tests speak."""


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a built site on this machine; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
