"""The feed of what changed: valid Atom, the same news as on the home page, and nothing that is not on a page."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path

from lxml import etree

from safety_plan.plan.build import build_plans
from safety_plan.publishing.editions import Edition, editions
from safety_plan.publishing.feed import FEED
from safety_plan.publishing.share import Shared
from safety_plan.reading.folder import read_folder
from safety_plan.reading.translations import read_translations
from tests.core_pages import AS_OF
from tests.support import ROOT, BuiltPage, change

HOME = "https://town.example/plan/"
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = dt.timedelta(days=1)


def made(project: Path, home: str = HOME, as_of: dt.date = AS_OF) -> tuple[Edition, ...]:
    """A project's sites in all its languages."""
    records, problems = read_folder(project / "data", project)
    translations, wrong = read_translations(project / "data", project, records)
    return editions(build_plans(records, translations, (), [*problems, *wrong]), as_of, as_of, (), home)


@cache
def example() -> tuple[Edition, ...]:
    """The example town, read once."""
    return made(ROOT)


def feed_of(edition: Edition) -> etree._Element:
    """The feed of a site, parsed."""
    return etree.fromstring(edition.site.downloads[f"{edition.site.prefix}{FEED}"].encode())


def texts(feed: etree._Element, name: str) -> list[str]:
    """What stands in the elements of a name in each entry."""
    return [entry.findtext(f"{ATOM}{name}") or "" for entry in feed.iter(f"{ATOM}entry")]


def plain(content: str) -> str:
    """The words of an entry's content."""
    return BuiltPage("", f"<p>{content}</p>").words("//p")


def home_page(edition: Edition) -> BuiltPage:
    """The home page of a site."""
    return BuiltPage("", next(page.html for page in edition.site.pages if page.address == ""))


def test_has_everything_that_atom_asks_for() -> None:
    for edition in example():
        feed = feed_of(edition)
        for name in ("id", "title", "updated"):
            assert len(feed.findall(f"{ATOM}{name}")) == 1
            assert all(texts(feed, name))
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Quinnebrook, Connecticut"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        home = f"{HOME}{edition.site.prefix}"
        assert links == {"self": f"{home}feed.xml", "alternate": home}
        assert feed.findtext(f"{ATOM}updated") == max(texts(feed, "updated"))
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == edition.site.language.code


def test_tells_everything_of_the_year_once_and_newest_first() -> None:
    feed = feed_of(example()[0])
    days = [dt.date.fromisoformat(day.removesuffix("T00:00:00Z")) for day in texts(feed, "updated")]
    assert days == sorted(days, reverse=True)
    assert AS_OF - 365 * DAY < days[-1] <= days[0] <= AS_OF
    names = [name for edition in example() for name in texts(feed_of(edition), "id")]
    assert len(names) == len(set(names)) == 2 * len(days)
    assert all(name.startswith("tag:town.example,20") for name in names)


def test_says_what_the_home_page_says_in_each_language() -> None:
    for edition in example():
        rows = home_page(edition).tree.xpath("//ul[@id='lately-list']/li")
        on_page = {" ".join(row.text_content().split()) for row in rows}
        told = {plain(content) for content in texts(feed_of(edition), "content")}
        assert all(any(line.endswith(sentence) for sentence in told) for line in on_page)
        assert len(told) > len(on_page)


def test_leads_to_places_that_are_there() -> None:
    for edition in example():
        feed, start = feed_of(edition), f"{HOME}{edition.site.prefix}"
        anchors = {page.address: page.anchors for page in edition.site.pages}
        contents = texts(feed, "content")
        links = [str(link.get("href")) for link in feed.iter(f"{ATOM}link")][2:]
        links += [str(href) for one in contents for href in BuiltPage("", f"<p>{one}</p>").tree.xpath("//a/@href")]
        for link in links:
            assert link.startswith(start)
            address, _, anchor = link.removeprefix(start).partition("#")
            assert not anchor or anchor in anchors[address], link


def test_is_offered_in_the_head_of_a_page_and_in_words_on_the_home_page() -> None:
    for edition in example():
        (link,) = home_page(edition).tree.xpath("//p[@id='follow']/a/@href")
        assert str(link).endswith("feed.xml")
        assert not str(link).startswith("../")
        head = BuiltPage("", f"<head>{edition.head(Shared('Risks', 'All', 'risks/', 'risks/'), 'A site')}</head>")
        (link,) = head.tree.xpath("//link[@type='application/atom+xml']/@href")
        assert str(link) == f"{HOME}{edition.site.prefix}feed.xml"


def test_is_not_there_where_the_address_of_the_site_is_not_known() -> None:
    (edition,) = made(ROOT / "tests" / "plans" / "small", home="")
    assert FEED not in edition.site.downloads
    assert not home_page(edition).tree.xpath("//p[@id='follow']")


def test_of_a_plan_without_news_is_valid_and_empty() -> None:
    (edition,) = made(ROOT / "tests" / "plans" / "small", as_of=dt.date(2020, 1, 1))
    feed = feed_of(edition)
    assert texts(feed, "id") == []
    assert feed.findtext(f"{ATOM}updated")


def test_names_of_entries_outlive_other_words_and_other_news(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    crashes = tmp_path / "data" / "metrics" / "injury-crashes.yml"
    before = set(texts(feed_of(example()[0]), "id"))
    name = next(line for line in crashes.read_text(encoding="utf-8").split("\n") if line.startswith("name: "))
    change(crashes, name, "name: Crashes in other words")
    later, *_ = made(tmp_path, as_of=AS_OF + 3 * DAY)
    feed = feed_of(later)
    assert any("Crashes in other words" in title for title in texts(feed, "title"))
    gone = {one for one in before - set(texts(feed, "id")) if one.partition(",")[2] > "2025-11-25"}
    assert gone == set()


def test_forgets_a_number_that_is_withheld(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    crashes = tmp_path / "data" / "metrics" / "injury-crashes.yml"
    line = "{period: 2025-Q4, value: 29, was: 27, corrected: 2026-07-22, because: Late crash reports were added}"
    corrected = [one for one in texts(feed_of(example()[0]), "title") if one.startswith("Number corrected")]
    assert len(corrected) == 1
    assert "27" in corrected[0]
    change(crashes, line, "{period: 2025-Q4, withheld: true}")
    document = tmp_path / "data" / "plan.yml"
    change(document, "corrected from {{ was injury-crashes 2025-Q4 }} to", "taken back")
    change(document, "      {{ value injury-crashes 2025-Q4 }} after", "      after")
    edition, *_ = made(tmp_path)
    assert not [one for one in texts(feed_of(edition), "title") if one.startswith("Number corrected")]
