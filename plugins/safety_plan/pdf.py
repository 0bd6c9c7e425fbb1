"""Documents as tagged PDF files (PDF/UA-1), typeset by WeasyPrint.

WeasyPrint is an extra, `pip install "mkdocs-safety-plan[pdf]"`, since it needs libraries of the system. Nothing is
fetched from anywhere: the style sheets are given, and pictures stand in the document itself.
"""

from __future__ import annotations

import io
import logging
import posixpath
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from safety_plan.publishing.printed.drawing import Rule, drawn

_STYLE_LINK = re.compile(r'<link rel="stylesheet"[^>]*>\n?')
_PICTURE = re.compile(r'(<img\b[^>]*\bsrc=")([^"]*)("[^>]*>)')
_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"[^{}]*[{}]")
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)")
_DRAWN = ("fill", "stroke", "font-weight")


class NoTypesetterError(Exception):
    """WeasyPrint, or a library of the system that it needs, is not there."""


@dataclass(frozen=True)
class Manuscript:
    """A document to be typeset: its HTML, and its address within the whole site, such as `es/print/`."""

    address: str
    html: str


@dataclass(frozen=True)
class Typesetter:
    """Makes PDF files of documents with these style sheets.

    `pictures` are the files that documents show, by their addresses within the site. `site_url` is the address of the
    site on the internet, from which links to other pages start; where it is not known they are left out.
    """

    styles: tuple[str, ...]
    pictures: Mapping[str, bytes]
    site_url: str = ""

    def every(self, manuscripts: Iterable[Manuscript]) -> Iterator[tuple[Manuscript, bytes]]:
        """Each document and its PDF, made by as many processes as the machine can run at once.

        The longest come first, so that no process waits long for the last one.
        """
        waiting = sorted(manuscripts, key=lambda one: -len(one.html))
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            yield from zip(waiting, pool.map(self.pdf_of, waiting), strict=True)

    def pdf_of(self, manuscript: Manuscript) -> bytes:
        """The PDF of a document. Raises NoTypesetterError."""
        weasyprint, pikepdf = _libraries()
        sheets = [_COMMENT.sub("", sheet) for sheet in self.styles]
        html = _PICTURE.sub(lambda found: self._shown(found, manuscript.address), _STYLE_LINK.sub("", manuscript.html))
        document = weasyprint.HTML(
            string=drawn(html, chart_rules(sheets)),
            base_url=f"{self.site_url}{manuscript.address}" if self.site_url else None,
            # Nothing is asked for from anywhere.
            url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols={"data"}),
        )
        made = document.write_pdf(
            stylesheets=[weasyprint.CSS(string=sheet) for sheet in sheets], pdf_variant="pdf/ua-1"
        )
        return _with_scopes(pikepdf, made)

    def _shown(self, found: re.Match[str], address: str) -> str:
        """A picture with its content in the place of its address; one that is not there is left out."""
        file = posixpath.normpath(posixpath.join(address, found[2]))
        kind = _KINDS.get(posixpath.splitext(file)[1].lower())
        if file not in self.pictures or kind is None:
            return ""
        return f"{found[1]}data:{kind};base64,{b64encode(self.pictures[file]).decode()}{found[3]}"


def need_typesetter() -> None:
    """Raises NoTypesetterError when no PDF can be made here."""
    _libraries()


def chart_rules(sheets: Iterable[str]) -> Iterator[Rule]:
    """The rules for what is drawn, with each variable replaced by its value on light ground."""
    rules = [rule for sheet in sheets for rule in _plain_rules(sheet)]
    values: dict[str, str] = {}
    for selector, text in rules:
        if ":root" in selector or selector == ".sp-printed":
            values.update(
                (name.strip(), value.strip()) for name, _, value in _declarations(text) if name.startswith("--")
            )
    for selector, text in rules:
        declared = ";".join(f"{name}:{_value(value, values)}" for name, _, value in _declarations(text) if _draws(name))
        if declared and ".sp-" in selector:
            yield Rule(selector, declared)


def _plain_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selector and declarations of each rule that holds under no condition."""
    around: list[str] = []
    for piece in _PIECE.findall(_COMMENT.sub("", sheet)):
        text, sign = piece[:-1].strip(), piece[-1]
        if sign == "{":
            around.append(text)
            continue
        selector = around.pop()
        if not around and not selector.startswith("@"):
            yield selector, text


def _declarations(text: str) -> Iterator[tuple[str, str, str]]:
    return (one.strip().partition(":") for one in text.split(";") if ":" in one)


def _draws(name: str) -> bool:
    return name.strip().startswith(_DRAWN)


def _value(value: str, values: Mapping[str, str]) -> str:
    """A value with the values of its variables; one that is not known has the value that stands beside it."""
    while _VARIABLE.search(value):
        value = _VARIABLE.sub(lambda found: values.get(found[1], found[2] or "none"), value)
    return value.strip()


def _libraries() -> tuple[Any, Any]:
    try:
        # An extra is loaded when it is needed, not when the plugin is.
        weasyprint, pikepdf = import_module("weasyprint"), import_module("pikepdf")
    except (ImportError, OSError) as error:
        raise NoTypesetterError(str(error).splitlines()[0]) from None
    # What it says is about rules of style sheets that are meant for screens.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint, pikepdf


def _with_scopes(pikepdf: Any, made: bytes) -> bytes:
    """The same file with the scope of each table header, which WeasyPrint does not carry over.

    A header in the head of a table is that of a column, and any other that of a row.
    """
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.TH:
                in_head = element.P.P.get("/S") == pikepdf.Name.THead
                element.A.Scope = pikepdf.Name.Column if in_head else pikepdf.Name.Row
        pdf.save(output, deterministic_id=True)
    return output.getvalue()
