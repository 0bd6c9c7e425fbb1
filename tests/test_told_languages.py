"""Languages told truly: what is not translated is marked, its figures speak its own language, and staff get to know."""

from __future__ import annotations

import shutil
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html

from safety_plan.commands import main
from safety_plan.commands.reading import read_plans
from safety_plan.language import CLOSES, OPENS, Language, Original, locale_of, say, speaking
from safety_plan.publishing.editions import Edition, editions
from safety_plan.publishing.marks import marked
from safety_plan.publishing.texts import gettext
from safety_plan.publishing.view import View
from safety_plan.reading.content import HandWritten
from tests.core_pages import AS_OF
from tests.support import ROOT, build, change, copy_project

SMALL = ROOT / "tests" / "plans" / "small"


def run(project: Path, *command: str) -> Result:
    with chdir(project):
        return CliRunner().invoke(main, command, catch_exceptions=False)


def town(folder: Path, *languages: str) -> Path:
    """The small plan in these languages."""
    shutil.copytree(SMALL / "data", folder / "data")
    shutil.copytree(SMALL / "content", folder / "content")
    change(folder / "data" / "town.yml", "population: 2100", f"languages: [{', '.join(languages)}]\npopulation: 2100")
    return folder


@pytest.fixture(scope="module")
def half_french(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, ...]:
    """The small plan in English and in a French in which only the name of one page is translated yet."""
    project = town(tmp_path_factory.mktemp("french"), "en", "fr")
    (project / "data" / "translations").mkdir()
    (project / "data" / "translations" / "fr.po").write_text(
        'msgid "About this plan"\nmsgstr "À propos du plan"\n\nmsgid "Glossary"\nmsgstr "Glossaire"\n', encoding="utf-8"
    )
    page = HandWritten("help.md", "content/help.md", "# Help\n\nIt takes {{ metric engine-arrival }}.\n")
    with chdir(project):
        plans = read_plans(Path("data")).plans
    return editions(plans, AS_OF, AS_OF, [page], "https://plan.example.gov/")


def test_a_language_knows_the_names_of_others_in_its_own_words() -> None:
    names = [Language("es", locale_of("es")).name_of(code) for code in ("en", "es", "fr", "pt-BR")]

    assert names[:3] == ["inglés", "español", "francés"]
    assert names[3].startswith("portugués")


def test_the_notice_names_the_language_that_is_shown(tmp_path: Path) -> None:
    with chdir(town(tmp_path, "en", "es")):
        plans = read_plans(Path("data")).plans
    _, spanish = editions(plans, AS_OF, AS_OF)

    assert "Se muestran en inglés." in spanish.site.pages[0].html


def test_what_the_interface_has_in_english_only_is_marked(half_french: tuple[Edition, ...]) -> None:
    _, french = half_french
    for page in french.site.pages:
        tree = html.fromstring(f"<article>{page.html}</article>")
        bare = [
            words
            for heading in tree.iter("h1", "h2", "h3")
            if (words := "".join(map(str, heading.itertext()))) not in ("À propos du plan", "Glossaire")
            and not any(one.get("lang") for one in (*heading.iter(), *heading.iterancestors()))
        ]
        assert not bare, page.address
        assert 'id="untranslated"' in page.html
    about = next(page for page in french.site.pages if page.address == "about/")
    assert about.title == "À propos du plan"
    assert "<h1>À propos du plan</h1>" in about.html


def test_no_sign_of_a_missing_translation_is_left_anywhere(half_french: tuple[Edition, ...]) -> None:
    _, french = half_french
    texts = [text for page in french.site.pages for text in (page.html, page.title, page.description)]
    texts += [document.html for document in french.site.documents]
    texts += [document.title for document in french.site.documents]
    texts += [text for entry in french.search_entries() for text in (entry.title, entry.text)]
    for section in french.site.navigation:
        texts += [section.name, *(one.name for one in section.entries)]
    texts += [french.not_found("/"), french.frame("", title="x").top, french.frame("", title="x").foot]

    assert not [text for text in texts if OPENS in text or CLOSES in text]
    assert not [text for text in texts if "&lt;span" in text]
    assert not [text for text in texts if 'lang="en"' in text and '="<span' in text]


def test_marks_stand_only_where_there_is_a_place_for_them() -> None:
    said = f"{OPENS}Late{CLOSES}"

    assert marked(f'<p title="{said}">{said}</p>') == '<p title="Late"><span lang="en">Late</span></p>'
    assert (
        marked(f"<svg><title>{said}</title></svg>{said}") == '<svg><title>Late</title></svg><span lang="en">Late</span>'
    )


def test_a_text_without_a_translation_is_english_in_html_and_plain_elsewhere(half_french: tuple[Edition, ...]) -> None:
    with speaking(half_french[1].site.language):
        plain, template = say("Nothing is late."), gettext("Nothing is late.")
        within = say("{day}: {what}", day="x", what=say("Nothing is late."))
    assert plain == "Nothing is late."
    assert marked(str(template)) == '<span lang="en">Nothing is late.</span>'
    assert marked(str(within)).count("<span") == 1


def test_figures_in_an_untranslated_text_speak_the_language_of_the_text(tmp_path: Path) -> None:
    with chdir(town(tmp_path, "en", "es")):
        plans = read_plans(Path("data")).plans
    english, spanish = editions(plans, AS_OF, AS_OF)
    text = "It is {{ metric engine-arrival }}, which is {{ status engine-arrival }}."
    with speaking(english.site.language):
        wanted = View(english.studio, "").plain(text)
    with speaking(spanish.site.language):
        view = View(spanish.studio, "")
        untranslated = Original(text, "en")
        shown = [view.plain(untranslated), view.line(untranslated).striptags(), view.prose(untranslated).striptags()]
        other = view.plain(text)

    assert shown == [wanted] * 3
    assert other != wanted


def test_a_borrowed_page_is_in_one_language(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    (project / "content" / "take-part" / "by-hand.md").write_text(
        "# By hand\n\nWe have {{ value active-volunteers }}, and that is {{ status active-volunteers }}.\n", "utf-8"
    )
    site = build(project)
    page = site["es/take-part/by-hand/"].words()

    assert "We have 41 people, and that is off track." in page
    assert "en inglés" in page
    assert "We have 41 people, and that is off track." in site["es/print/"].words("//body")


def warnings_of(project: Path) -> list[str]:
    found = run(project, "check")
    assert found.exit_code == 0, found.stderr
    return [text for text in found.stderr.replace("\n    ", " ").splitlines() if "translat" in text]


def test_check_says_once_how_much_is_not_translated(tmp_path: Path) -> None:
    project = town(tmp_path, "en", "es")
    run(project, "translations", "extract")

    (warning,) = warnings_of(project)

    assert warning.startswith("Warning: data/translations/es.po:1:1: found 0 of ")
    assert "safety-plan translations report" in warning


def test_check_says_so_where_the_original_of_a_translation_has_changed(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    assert warnings_of(project) == []
    text = (project / "data" / "plan.yml").read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    change(project / "data" / "plan.yml", title, f"{title} too")

    (warning,) = warnings_of(project)

    assert "texts translated; the rest is shown as it was written" in warning


def test_a_page_under_a_name_of_its_own_is_told_with_the_name_it_should_have(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    folder = project / "content" / "es" / "take-part"
    (folder / "volunteer.md").rename(folder / "voluntario.md")

    (warning,) = warnings_of(project)

    assert warning == (
        "Warning: content/es/take-part/voluntario.md:1:1: found a page that translates none: there is no "
        "content/take-part/voluntario.md Allowed: the name of the page that it translates, or a page for readers of "
        'this language only Did you mean "take-part/volunteer.md"? Fix: rename it to "es/take-part/volunteer.md".'
    )


def test_the_report_lists_translations_that_equal_their_originals(tmp_path: Path) -> None:
    project = town(tmp_path, "en", "es")
    run(project, "translations", "extract")
    catalogue = project / "data" / "translations" / "es.po"
    lines = catalogue.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith('msgid "') and line != 'msgid ""' and n > 20)
    text = lines[at].removeprefix("msgid ")
    lines[at + 1] = f"msgstr {text}"
    catalogue.write_text("\n".join([*lines, ""]), encoding="utf-8")

    said = run(project, "translations", "report").stdout

    assert text.strip('"')[:40] in said.partition("Same as the original:")[2]
