"""The site in every language: nothing is left out, and no text is left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import html

from safety_plan.language import Language, Original, locale_of, speaking
from safety_plan.plan.build import build_plan
from safety_plan.publishing.build import build_site, site_of
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.folder import read_folder
from safety_plan.reading.plan_texts import PlanText, in_other_words
from safety_plan.results.results import compute
from tests.core_pages import AS_OF
from tests.pseudo import CLOSE, LONG, OPEN, pseudo
from tests.support import ROOT

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
        return build_site(plan, compute(plan, AS_OF), AS_OF).pages


def _of_town(text: PlanText) -> Original:
    return Original(f"{OPEN}{text.text}{CLOSE}", "en")


@pytest.fixture(scope="module")
def untranslated_pages() -> tuple[Page, ...]:
    """The example town's pages in Spanish, without a translation of a single one of its own texts."""
    records, problems = read_folder(ROOT / "data", ROOT)
    with speaking(Language("es", locale_of("es"))):
        plan = build_plan(in_other_words(records, _of_town), (), problems)
        return site_of(Studio(plan, compute(plan, AS_OF), AS_OF, prefix="es/")).pages


def test_what_is_not_translated_says_its_language(untranslated_pages: tuple[Page, ...]) -> None:
    bare, marked = [], 0
    for page in untranslated_pages:
        assert "&lt;span" not in page.html + page.title + page.description
        for element in html.fromstring(f"<article>{page.html}</article>").iter():
            # In a picture and its key there is no place for a mark. The table below has the same texts with theirs.
            if any(one.tag in ("svg", "figure") for one in (element, *element.iterancestors())):
                continue
            for text, around in ((element.text, [element]), (element.tail, [])):
                if OPEN in (text or ""):
                    said = any(one.get("lang") == "en" for one in (*around, *element.iterancestors()))
                    marked += said
                    if not said:
                        bare.append((page.address, text))
    assert marked > 5000
    assert not bare


def _texts(element: html.HtmlElement) -> Iterator[str]:
    """The texts of an element but for code, codes, and what stays in every language, such as a citation."""
    stays = element.get("translate") == "no" or element.get("lang") or "sp-ref" in (element.get("class") or "")
    if element.tag not in _NOT_SAID and not stays:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _left_behind(page: Page) -> set[str]:
    """The words of a page that stand in no brackets."""
    text = " ".join(_texts(html.fromstring(f"<article>{page.html}</article>")))
    while _INNERMOST.search(text):
        text = _INNERMOST.sub(" ", text)
    return set(_WORD.findall(_DATES.sub("", text))) - {"Quinnebrook", "Connecticut"}


def test_no_text_is_left_behind(pseudo_pages: tuple[Page, ...]) -> None:
    left = {page.address: found for page in pseudo_pages if (found := _left_behind(page))}
    assert not left


def test_every_language_has_the_same_pages_with_the_same_places(untranslated_pages: tuple[Page, ...]) -> None:
    records, problems = read_folder(ROOT / "data", ROOT)
    plan = build_plan(records, (), problems)
    written = {page.address: page.anchors for page in build_site(plan, compute(plan, AS_OF), AS_OF).pages}

    assert {page.address: page.anchors - {"untranslated"} for page in untranslated_pages} == written
