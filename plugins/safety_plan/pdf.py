"""Documents as tagged PDF files (PDF/UA-1), typeset by WeasyPrint.

WeasyPrint is an extra, `pip install "mkdocs-safety-plan[pdf]"`, since it needs libraries of the system. Nothing is
fetched from anywhere: the style sheets are given, and pictures stand in the document itself.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable
from typing import Any

_STYLE_LINK = re.compile(r'<link rel="stylesheet"[^>]*>\n?')
_CHART = re.compile(r'<svg class="sp-(?:trend|spark|bars|strip|share)"[^>]*>')


class NoTypesetterError(Exception):
    """WeasyPrint, or a library of the system that it needs, is not there."""


def pdf_of(html: str, styles: Iterable[str], address: str = "") -> bytes:
    """The PDF of a document with these style sheets.

    `address` is that of the document on the internet, from which its links to other pages start; without it they are
    left out. Raises NoTypesetterError.
    """
    weasyprint, pikepdf = _libraries()
    sheets = list(styles)
    # Style sheets of a page do not reach into its pictures.
    drawn = f"<style>{chart_styles(sheets)}</style>"
    ready = _CHART.sub(lambda found: f"{found[0]}{drawn}", _STYLE_LINK.sub("", html))
    document = weasyprint.HTML(
        string=ready, base_url=address or None, url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    )
    made = document.write_pdf(
        stylesheets=[weasyprint.CSS(string=sheet) for sheet in sheets], pdf_variant="pdf/ua-1"
    )
    return _with_scopes(pikepdf, made)


def chart_styles(styles: Iterable[str]) -> str:
    """The rules for what is drawn, with each variable replaced by its value on light ground."""
    raise NotImplementedError


def _libraries() -> tuple[Any, Any]:
    try:
        import pikepdf
        import weasyprint
    except (ImportError, OSError) as error:
        raise NoTypesetterError(str(error)) from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint, pikepdf


def _with_scopes(pikepdf: Any, made: bytes) -> bytes:
    """The same file with the scope of each table header, which WeasyPrint does not carry over."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.TH:
                print(element.keys())
        pdf.save(output, deterministic_id=True)
    return output.getvalue()
