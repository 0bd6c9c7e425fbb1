"""The site in every language: nothing is left out, and no text is left behind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from lxml import html

from safety_plan.language import speaking
from safety_plan.plan.build import build_plan
from safety_plan.publishing.build import build_site
from safety_plan.publishing.site import Page
from safety_plan.reading.folder import read_folder
from safety_plan.reading.plan_texts import in_other_words
from safety_plan.results.results import compute
from tests.core_pages import AS_OF
from tests.pseudo import CLOSE, LONG, OPEN, pseudo
from tests.support import ROOT, BuiltSite

_INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_DATES = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
)
_NOT_SAID = ("code", "script", "style")
_WORD = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def pseudo_pages() -> tuple[Page, ...]:
    """The example town's pages in a language in which every text has brackets around it."""
    records, problems = read_folder(ROOT / "data", ROOT)
    said = in_other_words(records, lambda text: pseudo(text.text))
    with speaking(LONG):
        plan = build_plan(said, (), problems)
        return build_site(plan, compute(plan, AS_OF), dt.date(2026, 11, 22)).pages


def _texts(element: html.HtmlElement) -> Iterator[str]:
    """The texts of an element but for code, codes, and what says itself which language it is in, such as a citation."""
    if element.tag not in _NOT_SAID and not element.get("lang") and "sp-ref" not in (element.get("class") or ""):
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _left_behind(page: Page) -> set[str]:
    """The words of a page that stand in no brackets."""
    text = " ".join(_texts(html.fromstring(f"<article>{page.html}</article>")))
    while _INNERMOST.search(text):
        text = _INNERMOST.sub(" ", text)
    return set(_WORD.findall(_DATES.sub("", text)))


def test_no_text_is_left_behind(pseudo_pages: tuple[Page, ...]) -> None:
    left = {page.address: found for page in pseudo_pages if (found := _left_behind(page))}
    assert not left
