"""Documents as tagged PDF files (PDF/UA-1), typeset by WeasyPrint.

WeasyPrint is an extra, `pip install "mkdocs-safety-plan[pdf]"`, since it needs libraries of the system. Nothing is
fetched from anywhere: the style sheets are given, and pictures stand in the document itself.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from safety_plan.publishing.printed.drawing import Rule, drawn

_STYLE_LINK = re.compile(r'<link rel="stylesheet"[^>]*>\n?')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"[^{}]*[{}]")
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)")
_DRAWN = ("fill", "stroke", "font-weight")


class NoTypesetterError(Exception):
    """WeasyPrint, or a library of the system that it needs, is not there."""


def pdf_of(html: str, styles: Iterable[str], address: str = "") -> bytes:
    """The PDF of a document with these style sheets.

    `address` is that of the document on the internet, from which its links to other pages start; without it they are
    left out. Raises NoTypesetterError.
    """
    weasyprint, pikepdf = _libraries()
    sheets = [_COMMENT.sub("", sheet) for sheet in styles]
    ready = drawn(_STYLE_LINK.sub("", html), chart_rules(sheets))
    document = weasyprint.HTML(
        string=ready, base_url=address or None, url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    )
    made = document.write_pdf(
        stylesheets=[weasyprint.CSS(string=sheet) for sheet in sheets], pdf_variant="pdf/ua-1"
    )
    return _with_scopes(pikepdf, made)


def chart_rules(sheets: Iterable[str]) -> Iterator[Rule]:
    """The rules for what is drawn, with each variable replaced by its value on light ground."""
    rules = [rule for sheet in sheets for rule in _plain_rules(sheet)]
    values: dict[str, str] = {}
    for selector, text in rules:
        if ":root" in selector:
            values.update((name.strip(), value.strip()) for name, _, value in _declarations(text) if name.startswith("--"))
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
        import pikepdf
        import weasyprint
    except (ImportError, OSError) as error:
        raise NoTypesetterError(str(error)) from None
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
