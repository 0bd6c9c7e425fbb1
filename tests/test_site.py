"""The example town's site as a resident meets it."""

from __future__ import annotations

import re
from collections import deque
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from tests.support import ROOT, BuiltSite, broken_links

METRICS = sorted(path.stem for path in (ROOT / "data" / "metrics").glob("*.yml"))
TOWN = yaml.safe_load((ROOT / "data" / "town.yml").read_text(encoding="utf-8"))
SHEETS = {"scorecard/", "es/scorecard/"}


def documents_of(site: BuiltSite) -> set[str]:
    """The addresses of what is made to be printed, which has no frame of the site around it."""
    goals = [path.stem for path in (ROOT / "data" / "goals").glob("*.yml")]
    found = {"print/", "scorecard/", *(f"goals/{goal}/print/" for goal in goals)}
    found |= {f"es/{address}" for address in found}
    assert found < site.pages.keys()
    return found


def test_every_page_is_reached_from_home(example_site: BuiltSite) -> None:
    distance = {"": 0}
    queue = deque([""])
    while queue:
        here = queue.popleft()
        for link in example_site[here].links():
            there = link.split("#")[0]
            if there in example_site.pages and there not in distance:
                distance[there] = distance[here] + 1
                queue.append(there)

    assert sorted(set(example_site.pages) - set(distance)) == []
    assert {metric: distance[f"measures/{metric}/"] for metric in METRICS if distance[f"measures/{metric}/"] > 3} == {}


def test_no_link_or_anchor_is_broken(example_site: BuiltSite) -> None:
    assert broken_links(example_site) == []


def test_every_page_says_what_every_page_must_say(example_site: BuiltSite) -> None:
    phone = TOWN["contacts"][0]["phone"]
    said: dict[str, tuple[str, ...]] = {
        "en": ("In an emergency call 911", TOWN["notice"], "Data as of September 30, 2026", "Built on "),
        "es": (
            "En una emergencia, llame al 911",
            "Quinnebrook no es un lugar real.",
            "Datos al 30 de septiembre de 2026",
            "Publicado el ",
        ),
    }
    assert {page.tree.get("lang") for page in example_site.pages.values()} == said.keys()
    for page in example_site.pages.values():
        # The quarter on one sheet is there to be printed, and tells of one day only: that of its numbers.
        needed = said[page.tree.get("lang")]
        needed = needed[:-1] if page.address in SHEETS else needed
        text = page.words("//body")
        for words in (phone, *needed):
            assert words in text, f"{page.address} does not say {words!r}"


def test_the_page_for_wrong_addresses_says_it_too(example_site: BuiltSite) -> None:
    text = (example_site.folder / "404.html").read_text(encoding="utf-8")

    assert "In an emergency call" in text
    assert TOWN["notice"] in text


def test_every_page_has_one_heading_and_headings_in_order(example_site: BuiltSite) -> None:
    documents = documents_of(example_site)
    for page in example_site.pages.values():
        shown = page.tree if page.address in documents else page.content()
        levels = [int(heading.tag[1]) for heading in shown.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")]
        assert levels.count(1) == 1, page.address
        assert all(after <= before + 1 for before, after in pairwise(levels)), (page.address, levels)


def test_ids_are_unique_on_every_page(example_site: BuiltSite) -> None:
    for page in example_site.pages.values():
        ids = page.tree.xpath("//@id")
        assert sorted({id for id in ids if ids.count(id) > 1}) == [], page.address


def test_no_page_asks_another_host_for_anything(example_site: BuiltSite) -> None:
    asked = set()
    for page in example_site.pages.values():
        for address in page.tree.xpath(
            # What a page is called elsewhere is named, and never asked for.
            "//script/@src | //img/@src | //iframe/@src"
            " | //link[not(normalize-space(@rel)='canonical' or normalize-space(@rel)='alternate')]/@href"
        ):
            asked |= {address} if urlsplit(address).netloc else set()
    for path in example_site.folder.rglob("*.css"):
        asked |= set(re.findall(r"url\(['\"]?(https?:[^)'\"]+)", path.read_text(encoding="utf-8")))

    assert asked == set()


def test_edit_this_page_leads_to_the_line_that_made_it(example_site: BuiltSite, tmp_path: Path) -> None:
    risk = next(page for address, page in example_site.pages.items() if address == "risks/flash-flood/")
    edit = risk.tree.xpath("//link[@rel='edit']/@href") or risk.tree.xpath(
        "//a[contains(@class, 'md-content__button')]/@href"
    )
    file, _, line = edit[0].rpartition("/data/")[2].partition("#L")

    assert "id: flash-flood" in (ROOT / "data" / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_every_page_can_be_edited_where_it_was_written(example_site: BuiltSite) -> None:
    # A document is many pages in one piece, each of which can be edited by itself.
    for page in (example_site[address] for address in sorted(set(example_site.pages) - documents_of(example_site))):
        edit = page.tree.xpath("//a[contains(@class, 'md-content__button')]/@href")
        assert len(edit) == 1, page.address
        place = re.search(r"/edit/main/(.+?)(?:#L(\d+))?$", edit[0])
        assert place, edit
        file = ROOT / place[1]
        assert file.is_file(), (page.address, edit)
        if file.suffix != ".yml":
            continue
        line = file.read_text(encoding="utf-8").splitlines()[int(place[2]) - 1]
        id = page.address.rstrip("/").rpartition("/")[2]
        # A thing that shares its file with others is found by its id; one with a file of its own by the file's name.
        address = page.address.removeprefix("es/")
        if address.count("/") == 2 and file.stem != id and address.startswith(("risks/", "legal/", "people/")):
            assert f"id: {id}" in line, (page.address, edit)
