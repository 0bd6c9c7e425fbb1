"""Catalogues of translations: what keeps its translation when the plan changes, and what is marked as out of date."""

from __future__ import annotations

import re
import shutil
from contextlib import chdir
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from safety_plan.commands import main
from safety_plan.language import locale_of, say_n, speaking
from safety_plan.reading.catalogue_merge import Entry, Wanted, merged
from safety_plan.reading.catalogue_text import catalogue_text
from safety_plan.reading.catalogues import read_catalogue
from safety_plan.reading.folder import read_folder
from safety_plan.reading.interface import interface_texts
from safety_plan.reading.translations import SHIPPED, Translation, read_translations
from tests.support import ROOT, change, copy_project

SPANISH = locale_of("es")


def catalogue(text: str) -> Catalog:
    found, problems = read_catalogue(text.encode(), "es.po", SPANISH)
    assert not problems
    return found


def after(old: tuple[Entry, ...], *wanted: Wanted) -> tuple[Entry, ...]:
    """The entries after the catalogue was written, read and brought up to date."""
    return merged(catalogue(catalogue_text(old, "es")), wanted)


def title(text: str, goal: str = "safe") -> Wanted:
    return Wanted(f"goals/{goal}: title", (text,), (f"data/goals/{goal}.yml",))


def translated(wanted: Wanted, *strings: str) -> Entry:
    return Entry(wanted.context, wanted.ids, strings, wanted.files)


def test_a_translation_stays_where_its_text_stays() -> None:
    (entry,) = after((translated(title("Safe homes"), "Hogares seguros"),), title("Safe homes"))

    assert entry.is_translated
    assert entry.strings == ("Hogares seguros",)


def test_a_changed_text_marks_its_translation_as_out_of_date() -> None:
    (entry,) = after((translated(title("Safe homes"), "Hogares seguros"),), title("Homes where nobody burns"))

    assert entry.strings == ("Hogares seguros",)
    assert entry.fuzzy
    assert not entry.is_translated
    assert entry.previous == ("Safe homes",)


def test_a_text_that_is_changed_back_has_its_translation_again() -> None:
    changed = after((translated(title("Safe homes"), "Hogares seguros"),), title("Safe houses"))
    (again,) = after(changed, title("Safe houses"))
    (back,) = after((again,), title("Safe homes"))

    assert again == changed[0]
    assert back.is_translated
    assert back.strings == ("Hogares seguros",)


def test_a_text_that_moves_takes_its_translation_along() -> None:
    (entry,) = after((translated(title("Safe homes"), "Hogares seguros"),), title("Safe homes", "homes"))

    assert entry.context == "goals/homes: title"
    assert entry.is_translated


def test_what_is_no_longer_wanted_is_kept_and_comes_back() -> None:
    other = title("Safe roads", "roads")
    (new, old) = after((translated(title("Safe homes"), "Hogares seguros"),), other)

    assert (new.strings, old.obsolete) == (("",), True)
    back = {entry.key: entry for entry in after((new, old), other, title("Safe homes"))}
    assert back[title("Safe homes").key].is_translated


def test_two_texts_of_one_place_are_told_apart_by_their_words() -> None:
    point = [Wanted("plan takeaways: point", (text,), ()) for text in ("Help comes fast", "Homes are safe", "Come in")]
    old = tuple(translated(one, text) for one, text in zip(point, ("Rápido", "Seguros", "Pase"), strict=True))
    faster = Wanted("plan takeaways: point", ("Help comes faster",), ())

    fast, safe, come = after(old, faster, point[1], point[2])

    assert (fast.strings, fast.fuzzy) == (("Rápido",), True)
    assert safe.is_translated
    assert come.is_translated


def test_a_text_that_counts_has_a_form_for_each_number() -> None:
    days = Wanted("", ("{n} day", "{n} days"), ())

    (entry,) = after((), days)
    (single,) = after((Entry("", ("{n} day",), ("{n} día",)),), days)

    assert entry.strings == ("", "")
    assert (single.strings, single.fuzzy) == (("{n} día", ""), True)


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n\t"), min_size=1, max_size=300)
WORDS = TEXTS.map(lambda text: " ".join(text.split()) or "x")


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(WORDS, WORDS, st.booleans()), max_size=8))
def test_every_text_comes_back_from_the_file_as_it_went_in(texts: list[tuple[str, str, bool]]) -> None:
    made = {
        id: Entry("", (id,), (string,), ("a.yml",), fuzzy=fuzzy, previous=("before " * 30,) if fuzzy else ())
        for id, string, fuzzy in texts
    }
    entries = tuple(made.values())
    wanted = [Wanted("", entry.ids, entry.files) for entry in entries]
    written = catalogue_text(entries, "es")

    assert merged(catalogue(written), wanted) == entries
    assert catalogue_text(merged(catalogue(written), wanted), "es", written) == written


def test_what_other_programs_write_into_a_catalogue_can_be_read() -> None:
    text = (
        '# Spanish of Quinnebrook\nmsgid ""\nmsgstr ""\n"Last-Translator: Town Clerk\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n\n# Ask the chief.\n#, fuzzy\n#| msgid "Old"\n'
        'msgid "New"\nmsgstr "Viejo"\n\n#~| msgid "Older"\n#~ msgid "Gone"\n#~ msgstr "Ido"\n'
    )

    new, gone = merged(catalogue(text), [Wanted("", ("New",), ())])
    written = catalogue_text((new, gone), "es", text)

    assert (new.comments, new.previous, new.fuzzy) == (("Ask the chief.",), ("Old",), True)
    assert gone.obsolete
    assert "Last-Translator: Town Clerk" in written
    assert "# Spanish of Quinnebrook" in written


def command(project: Path, *arguments: str) -> Result:
    with chdir(project):
        return CliRunner().invoke(main, ["translations", *arguments], catch_exceptions=False)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A project whose site is in English and in French, a language that the product does not know."""
    shutil.copytree(ROOT / "tests" / "plans" / "small" / "data", tmp_path / "data")
    change(tmp_path / "data" / "town.yml", "population: 2100", "languages: [en, fr]\npopulation: 2100")
    return tmp_path


def french(town: Path) -> Translation:
    records, _ = read_folder(town / "data", town)
    (found,), problems = read_translations(town / "data", town, records)
    assert not problems
    return found


def translate(file: Path, text: str, *strings: str) -> None:
    """Fill in the first entry of a catalogue with this text."""
    found = re.search(
        rf'^msgid "{re.escape(text)}"\n(msgid_plural .*\n)?msgstr.*\n(msgstr.*\n)?', read(file), re.MULTILINE
    )
    assert found is not None
    names = ["msgstr"] if len(strings) == 1 else [f"msgstr[{number}]" for number in range(len(strings))]
    ids = found.group().partition("msgstr")[0]
    filled = ids + "".join(f'{name} "{string}"\n' for name, string in zip(names, strings, strict=True))
    file.write_text(read(file).replace(found.group(), filled, 1), encoding="utf-8")


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_a_third_language_is_one_file_and_a_setting(town: Path) -> None:
    done = command(town, "extract")
    file = town / "data" / "translations" / "fr.po"
    assert done.exit_code == 0, done.stderr

    translate(file, "Town Hall", "Mairie")
    translate(file, "{n} goal", "{n} objectif", "{n} objectifs")
    found = french(town)

    assert ("town contacts: name", "Town Hall") in found.plan
    with speaking(found.language):
        assert say_n("{n} goal", "{n} goals", 2, n="2") == "2 objectifs"
        assert found.language.name == "Français"
    again = command(town, "extract")
    assert "Nothing has changed." in again.stdout


def test_the_report_says_what_is_not_translated_and_where(town: Path) -> None:
    command(town, "extract")
    file = town / "data" / "translations" / "fr.po"
    translate(file, "Town Hall", "Mairie")
    change(town / "data" / "town.yml", "Town Hall", "The Town Hall")

    report = command(town, "report")

    assert report.exit_code == 0
    assert "Out of date:\n  data/town.yml:" in report.stdout
    assert ": The Town Hall" in report.stdout
    assert "Everyone who lives in Alder Falls." in report.stdout.partition("Not translated:")[2]
    assert not any(line.startswith("#| ") for line in read(file).splitlines()), "a report changes nothing"
    assert command(town, "report", "--fail-under", "1").exit_code == 1


def test_a_town_of_one_language_has_nothing_to_translate(town: Path) -> None:
    change(town / "data" / "town.yml", "languages: [en, fr]", "languages: [en]")

    assert "names one language only" in command(town, "extract").stdout
    assert not (town / "data" / "translations").exists()


def test_a_mistake_in_a_catalogue_is_told_by_the_command_too(town: Path) -> None:
    command(town, "extract")
    file = town / "data" / "translations" / "fr.po"
    file.write_text(read(file).replace('msgid "Town Hall"', "msgid Town Hall", 1), encoding="utf-8")

    done = command(town, "extract")

    assert done.exit_code == 1
    assert 'found a line that cannot be read: "msgid Town Hall"' in done.stderr


def test_the_texts_of_code_and_templates_are_found() -> None:
    texts = {text.key: text for text in interface_texts()}

    assert ("", "{n} goal") in texts
    assert texts["", "{n} goal"].ids == ("{n} goal", "{n} goals")
    assert any(file.startswith("publishing/templates/") for text in texts.values() for file in text.files)
    assert ("categories risk_bands: name", "Low") in texts


def test_the_catalogues_of_the_product_are_up_to_date() -> None:
    """`make translations` writes them."""
    files = sorted(SHIPPED.glob("*.po"))
    assert files
    wanted = interface_texts()
    for file in files:
        text = read(file)
        old, problems = read_catalogue(text.encode(), file.name, locale_of(file.stem))
        assert not problems
        assert catalogue_text(merged(old, wanted), file.stem, text) == text, f"make translations changes {file.name}"


def test_the_catalogues_of_the_example_are_up_to_date(tmp_path: Path) -> None:
    """`safety-plan translations extract` writes them."""
    project = copy_project(tmp_path)
    done = command(project, "extract")

    assert done.exit_code == 0, done.stderr
    for line in done.stdout.splitlines():
        assert line.endswith("Nothing has changed."), line
