"""The Spanish reads as Spanish: no preposition before the name of a time, one name for each thing, phones to tap."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from safety_plan.language import locale_of
from safety_plan.publishing.slugs import alphabetical
from safety_plan.reading.catalogues import entries, read_catalogue, strings
from tests.support import ROOT, BuiltSite, served
from tests.test_spanish import INTERFACE, PLAN

PHONES = (320, 360)
_PHONE_NUMBER = re.compile(r"\b\d{3}-\d{3}-\d{4}\b")
_GLUED = re.compile(r"\b(?:a|en|para|desde|hasta) (?:el )?(?:%\(|\{)(?:parts|period|quarter)\b")
"""Times are written "octubre a diciembre de 2024" and parts "el trabajo diario": neither follows such a word."""

ONE_NAME = {
    "asesoramiento": "asesoría",
    "gráfica ": "gráfico",
    "líderes": "directivos",
    "Oficina de Manejo": "Oficina de Gestión",
    "recuento": "conteo",
    "no corresponde, con": "no vence",
    "aún no vence": "todavía no vence",
    "Usted dijo": "Usted lo dijo",
    "se esperaba {": "lo esperado era {",
}
"""Other names of things by the one that the site uses."""


def translated() -> dict[str, str]:
    """Every Spanish text of the catalogues by its context and its English."""
    found = {}
    for file in (INTERFACE, PLAN):
        catalogue, _ = read_catalogue(file.read_bytes(), file.name, locale_of("es"))
        assert catalogue is not None
        for message in entries(catalogue):
            found[f"{message.context}: {message.id}"] = " | ".join(strings(message))
    return found


def test_no_preposition_is_glued_to_a_time_or_a_list() -> None:
    assert {text for text in translated().values() if _GLUED.search(text)} == set()


@pytest.mark.parametrize(("other", "name"), ONE_NAME.items())
def test_each_thing_has_one_name(other: str, name: str) -> None:
    pages = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "content" / "es").rglob("*.md")}
    texts = translated() | pages

    assert [where for where, text in texts.items() if other in text] == []
    assert any(name.casefold() in text.casefold() for text in texts.values())


def test_long_forms_in_the_glossary_are_in_spanish_only() -> None:
    for where, text in translated().items():
        place, _, english = where.partition(": long: ")
        if place.startswith("glossary") and english:
            assert english.casefold() not in text.casefold(), text


def test_accents_do_not_change_the_order_of_words(example_site: BuiltSite) -> None:
    assert sorted(["Zona", "Último", "área", "Aviso"], key=alphabetical) == ["área", "Aviso", "Último", "Zona"]
    for address in ("glossary/", "es/glossary/"):
        words = [str(one.xpath("string(.)")) for one in example_site[address].tree.xpath("//article//dt")]
        assert len(words) > 20
        assert words == sorted(words, key=alphabetical)


def test_under_way_looks_the_same_wherever_it_is_said(example_site: BuiltSite) -> None:
    said = {"under way": [""], "en marcha": ["es/"]}
    for words, prefixes in said.items():
        looks = {
            mark.get("class")
            for prefix in prefixes
            for address in ("", "roadmap/", "goals/", "take-part/")
            for mark in example_site[f"{prefix}{address}"].tree.xpath("//*[contains(@class, 'sp-status--')]")
            if mark.text_content().strip() == words
        }
        assert looks == {"sp-status sp-status--good"}


def test_every_phone_number_can_be_tapped(example_site: BuiltSite) -> None:
    found = 0
    for address, page in example_site.pages.items():
        for text in page.tree.xpath("//article//text()[not(ancestor::script or ancestor::style)]"):
            for number in _PHONE_NUMBER.findall(text):
                links = text.getparent().xpath("ancestor-or-self::a/@href")
                assert links == [f"tel:+1{number.replace('-', '')}"], (address, text)
                found += 1
    assert found > 20


def test_no_text_links_to_the_page_it_stands_on(example_site: BuiltSite) -> None:
    for prefix in ("", "es/"):
        for name in ("people/", "plan/"):
            page = example_site[prefix + name]
            assert prefix + name not in page.links("//article//p") | page.links("//article//dd"), page.address


@pytest.mark.parametrize(("prefix", "answer"), [("", "Español"), ("es/", "English")])
def test_the_questions_say_where_the_other_language_is(example_site: BuiltSite, prefix: str, answer: str) -> None:
    page = example_site[f"{prefix}questions/"]

    assert page.tree.xpath("string(//ul[contains(@class, 'sp-languages')])").strip() == answer
    assert answer in page.words("//h3[@id='question-other-language-or-format']/following-sibling::*[1]")


def test_who_reads_spanish_finds_it_on_the_page_of_no_address(example_site: BuiltSite) -> None:
    text = (example_site.folder / "404.html").read_text(encoding="utf-8")
    link = '<a href="#not-found-es" lang="es" hreflang="es">En español, más abajo</a>'

    assert text.index('<h1 id="not-found">') < text.index(link) < text.index('<h2 id="not-found-es">')
    assert text.count("más abajo") == 1


@pytest.mark.parametrize("width", PHONES)
def test_tables_of_risks_and_duties_are_not_cut_on_a_phone(
    example_site: BuiltSite, browser: Browser, width: int
) -> None:
    with served(example_site.folder) as home:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{home}es/risks/")
        for name in ("matrix", "scale"):
            region = page.locator(".sp-table", has=page.locator(f"#{name}"))
            assert region.evaluate("region => region.scrollWidth <= region.clientWidth"), name
        head = page.locator("#matrix thead th").first
        lines = "cell => { const all = new Range(); all.selectNodeContents(cell); return all.getClientRects().length }"
        assert head.inner_text() == "Probabilidad"
        assert head.evaluate(lines) == 1
        page.goto(f"{home}es/legal/")
        for name in ("by-domain", "by-level"):
            total = page.locator(f"#{name} thead th").nth(1)
            box = total.bounding_box()
            assert box is not None
            assert total.inner_text() == "Todas"
            assert box["x"] + box["width"] <= width, name
        page.close()
