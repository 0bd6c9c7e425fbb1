"""A third language is one file and a setting, also one that runs from right to left and has six forms for numbers."""

from __future__ import annotations

import shutil
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from safety_plan.commands import main
from safety_plan.commands.reading import read_plans
from safety_plan.language import locale_of
from safety_plan.publishing.editions import Edition, editions
from safety_plan.reading.catalogue_merge import Entry, Wanted, merged
from safety_plan.reading.catalogue_text import catalogue_text
from safety_plan.reading.catalogues import entries, read_catalogue
from tests.core_pages import AS_OF
from tests.pseudo import CLOSE, OPEN, pseudo
from tests.support import ROOT, change


def translate_all(file: Path, code: str) -> None:
    """Fill in every entry of a catalogue in the language that nobody speaks."""
    text = file.read_text(encoding="utf-8")
    old, problems = read_catalogue(text.encode(), file.name, locale_of(code))
    assert not problems
    ids = [(one.context or "", (one.id,) if isinstance(one.id, str) else tuple(one.id)) for one in entries(old)]
    made = merged(old, [Wanted(context, texts, ()) for context, texts in ids])
    file.write_text(catalogue_text([translated(entry) for entry in made], code, text), encoding="utf-8")


def translated(entry: Entry) -> Entry:
    texts = [entry.ids[min(form, len(entry.ids) - 1)] for form in range(len(entry.strings))]
    # What names tell apart must stay apart, and not every letter has one of its own in the other writing.
    listed = entry.context.startswith(("categories", "everywhere"))
    return replace(entry, strings=tuple(pseudo(text, right_to_left=not listed) for text in texts))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, ...]:
    """The small plan in English, in Spanish without a file, and in a language that the product does not know."""
    project = tmp_path_factory.mktemp("third")
    shutil.copytree(ROOT / "tests" / "plans" / "small" / "data", project / "data")
    change(project / "data" / "town.yml", "population: 2100", "languages: [en, es, ar]\npopulation: 2100")
    with chdir(project):
        CliRunner().invoke(main, ["translations", "extract"], catch_exceptions=False)
        (project / "data" / "translations" / "es.po").unlink()
        translate_all(project / "data" / "translations" / "ar.po", "ar")
        plans, _ = read_plans(project / "data")
    return editions(plans, AS_OF, AS_OF)


def test_a_third_language_has_all_the_pages_from_right_to_left(made: tuple[Edition, ...]) -> None:
    english, _, third = made

    assert third.site.language.direction == "rtl"
    assert third.site.prefix == "ar/"
    assert [page.address for page in third.site.pages] == [page.address for page in english.site.pages]
    assert third.plan.document.title.startswith(OPEN)
    assert all(OPEN in page.html and CLOSE in page.html for page in third.site.pages)


def test_a_language_of_the_product_needs_no_file(made: tuple[Edition, ...]) -> None:
    """The interface speaks it; the plan stays as it was written and says so."""
    _, spanish, _ = made
    home = spanish.site.pages[0].html

    assert "¿Cómo vamos?" in home
    assert '<span lang="en">' in home
