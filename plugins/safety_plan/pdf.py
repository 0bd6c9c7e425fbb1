"""Documents as tagged PDF files (PDF/UA-1), typeset by WeasyPrint.

WeasyPrint is an extra, `pip install "mkdocs-safety-plan[pdf]"`, since it needs libraries of the system. Nothing is
fetched from anywhere: the style sheets are given, and pictures stand in the document itself.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from safety_plan.publishing.material.styles import without_comments
from safety_plan.publishing.printed.ready import ready


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
        sheets = [without_comments(sheet) for sheet in self.styles]
        document = weasyprint.HTML(
            string=ready(manuscript.html, manuscript.address, sheets, self.pictures),
            base_url=f"{self.site_url}{manuscript.address}" if self.site_url else None,
            # Nothing is asked for from anywhere.
            url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols={"data"}),
        )
        made = document.write_pdf(
            stylesheets=[weasyprint.CSS(string=sheet) for sheet in sheets], pdf_variant="pdf/ua-1"
        )
        return _with_scopes(pikepdf, made)


def need_typesetter() -> None:
    """Raises NoTypesetterError when no PDF can be made here."""
    _libraries()


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
