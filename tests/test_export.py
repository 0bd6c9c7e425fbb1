"""The pages as files for another engine: built without our plugin, they are the same pages at the same addresses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from safety_plan.commands import main
from tests.support import QUIET, ROOT, BuiltPage, BuiltSite, broken_links, build, change

SMALL = ROOT / "tests" / "plans" / "small"
# The engine has words of its own around a page.
ARTICLE = "//article[contains(@class, 'md-content__inner')]"
AROUND = f"{ARTICLE}//div[@class='sp-around']"


def started(folder: Path) -> Path:
    """A small town in two languages, with a hand-written page that has a picture and is in one language only."""
    project = folder / "town"
    shutil.copytree(SMALL, project)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(f"{settings}\nmarkdown_extensions:\n  - admonition\n", encoding="utf-8")
    town = project / "data" / "town.yml"
    town.write_text(f"{town.read_text(encoding='utf-8').rstrip()}\nlanguages: [en, es]\n", encoding="utf-8")
    (project / "content" / "plan" / "map.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    notes = "!!! note\n    [Home](../index.md) [x][l]\n\n[l]: letter.md\n"
    written = f"---\ntitle: Where we are\n---\n\n# Where we are\n\n![A map](map.svg)\n\n{notes}"
    (project / "content" / "plan" / "where.md").write_text(written, encoding="utf-8")
    return project


def export(project: Path, *words: str) -> Result:
    """Run the command in a project."""
    before = Path.cwd()
    os.chdir(project)
    try:
        return CliRunner().invoke(main, ["export", *words])
    finally:
        os.chdir(before)


def files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A small town of a test's own."""
    return started(tmp_path)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuiltSite, BuiltSite]:
    """The site as our plugin builds it, and as MkDocs builds the export of it without any plugin of ours."""
    project = started(tmp_path_factory.mktemp("export"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", "1795000000")
        done = export(project, "out")
        assert done.exit_code == 0, done.output
        assert "safety-plan" not in yaml.safe_load((project / "out" / "mkdocs.yml").read_text(encoding="utf-8"))
        return build(project), build(project / "out")


def content(page: BuiltPage) -> tuple[list[str], list[str], list[str]]:
    """The words, the headings and the links of a page, without what stands around it."""
    article = BuiltPage(page.address, page.text).content()
    for one in article.xpath(
        ".//*[@class='headerlink' or @class='sp-around' or contains(@class, 'md-content__button')]"
    ):
        one.drop_tree()
    headings = [f"{one.tag} {one.get('id')}" for one in article.xpath(".//h1 | .//h2 | .//h3")]
    links = [str(one) for one in article.xpath(".//a/@href | .//img/@src")]
    return "".join(article.itertext()).split(), headings, links


def test_has_every_page_with_the_same_words_headings_and_links(both: tuple[BuiltSite, BuiltSite]) -> None:
    ours, theirs = both
    assert set(ours.pages) == set(theirs.pages)
    assert any(address.startswith("es/plan/") for address in ours.pages)
    for address, page in ours.pages.items():
        if page.tree.xpath(ARTICLE):
            assert content(theirs[address]) == content(page), address
        else:
            assert theirs[address].text == page.text, address


def test_leads_nowhere_that_is_not_there(both: tuple[BuiltSite, BuiltSite]) -> None:
    assert broken_links(both[1]) == []


def test_has_the_emergency_number_above_and_the_notice_below(both: tuple[BuiltSite, BuiltSite]) -> None:
    for page in both[1].pages.values():
        if page.tree.xpath(ARTICLE):
            above, below = page.tree.xpath(AROUND)
            assert above.xpath(".//p[@class='sp-emergency']//a[starts-with(@href, 'tel:')]")
            assert below.xpath(".//p[@class='sp-trail']")


def test_says_the_language_of_each_page(both: tuple[BuiltSite, BuiltSite]) -> None:
    for address, page in both[1].pages.items():
        if page.tree.xpath(ARTICLE):
            parts = page.tree.xpath(f"{AROUND}/parent::div/@lang")
            assert set(map(str, parts)) == {"es" if address.startswith("es/") else "en"}


def test_brings_tables_forwarding_pages_documents_and_pictures(both: tuple[BuiltSite, BuiltSite]) -> None:
    ours, theirs = (files(site.folder) for site in both)
    ends = (".csv", "results.json", "feed.xml", "print/index.html", "map.svg", "favicon.ico")
    wanted = {name for name in ours if name.endswith(ends)}
    assert len(wanted) > len(ends)
    assert {name: theirs[name] for name in wanted} == {name: ours[name] for name in wanted}


def test_stands_in_html_that_no_markdown_ends(both: tuple[BuiltSite, BuiltSite]) -> None:
    for path in (both[1].folder.parent / "docs").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        if "sp-foot" in text and path.parent.name not in ("letter", "where"):
            _, _, page = text.split("---\n", 2)
            assert "\n\n" not in page.strip(), path


def test_is_the_same_every_time_and_replaces_what_it_wrote(town: Path) -> None:
    assert export(town).exit_code == 0
    first = files(town / "export")
    (town / "export" / "docs" / "mine.txt").write_text("Mine", encoding="utf-8")

    refused = export(town)
    assert refused.exit_code == 1
    assert "export:1:1: found a folder with files in it" in refused.stderr

    change(town / "data" / "risks.yml", "engine-breaks-down", "engine-fails")
    done = export(town, "--force")
    assert done.exit_code == 0, done.stderr
    second = files(town / "export")
    assert second.pop("docs/mine.txt") == b"Mine"
    assert "docs/risks/engine-breaks-down/index.md" in first
    assert "docs/risks/engine-breaks-down/index.md" not in second
    change(town / "data" / "risks.yml", "engine-fails", "engine-breaks-down")
    assert export(town, "--force").exit_code == 0
    assert {**files(town / "export"), "docs/mine.txt": b""} == {**first, "docs/mine.txt": b""}


def test_touches_nothing_that_it_did_not_write(town: Path, tmp_path: Path) -> None:
    out = town / "out"
    (out / "docs").mkdir(parents=True)
    (out / "docs" / "index.md").write_text("Mine", encoding="utf-8")
    outside = tmp_path / "outside.txt"
    outside.write_text("Safe", encoding="utf-8")
    (out / ".safety-plan-export").write_text("../../outside.txt\n/etc/hostname\n", encoding="utf-8")
    before = files(town)
    done = export(town, "out", "--force")
    assert done.exit_code == 1
    assert "out/docs/index.md:1:1: found a file that no export wrote" in done.stderr
    assert files(town) == before
    (out / "docs" / "index.md").unlink()
    (out / "docs" / "goals").symlink_to(tmp_path)
    assert "found a file that no export wrote" in export(town, "out", "--force").stderr
    (out / "docs" / "goals").unlink()
    assert export(town, "out", "--force").exit_code == 0
    assert outside.read_text(encoding="utf-8") == "Safe"


@pytest.mark.parametrize("folder", ["data/out", "content", "content/out"])
def test_refuses_the_folders_of_the_plan(town: Path, folder: str) -> None:
    before = files(town)
    done = export(town, folder, "--force")
    assert done.exit_code == 1
    assert "found a folder that belongs to the plan" in done.stderr
    assert files(town) == before


def test_writes_nothing_where_the_plan_has_mistakes(town: Path) -> None:
    change(town / "data" / "people.yml", "roles:", "rolls:")
    done = export(town)
    assert done.exit_code == 1
    assert 'Did you mean "roles"?' in done.stderr
    assert not (town / "export").exists()


def test_keeps_the_settings_of_the_town_and_none_of_the_plugin(town: Path) -> None:
    assert export(town).exit_code == 0
    found = yaml.safe_load((town / "export" / "mkdocs.yml").read_text(encoding="utf-8"))
    assert found["site_name"] == "Quinnebrook Public Safety Plan"
    assert found["markdown_extensions"] == ["admonition", "md_in_html"]
    assert "plugins" not in found
    assert found["nav"][-1].keys() == {"Español"}


def test_works_without_settings(town: Path) -> None:
    (town / "mkdocs.yml").unlink()
    change(town / "content" / "plan" / "where.md", "!!! note\n    ", "")
    assert export(town).exit_code == 0
    build(town / "export")


def test_is_there_as_a_command(town: Path) -> None:
    command = [sys.executable, "-m", "safety_plan.commands", "export", "--help"]
    done = subprocess.run(command, cwd=town, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "--force" in done.stdout
