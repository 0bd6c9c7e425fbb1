"""Tables on a phone: rows become blocks whose cells say their columns, and they stay tables for screen readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser

from safety_plan.publishing.narrow import as_rows
from tests.core_pages import core_pages, plan_of
from tests.support import ROOT, BuiltPage, BuiltSite, served

HEAD = '<thead><tr><th scope="col">What</th><th scope="col">Late by</th><th scope="col">Who</th></tr></thead>'
Pages = dict[str, BuiltPage]


@pytest.fixture(scope="module")
def pages() -> Pages:
    return core_pages(plan_of(ROOT))


def test_each_cell_says_the_name_of_its_column(pages: Pages) -> None:
    for page in pages.values():
        for table in page.tree.xpath("//table[contains(@class, 'sp-data--rows')]"):
            names = [" ".join(head.text_content().split()) for head in table.xpath("./thead/tr/th")]
            for row in table.xpath("./tbody/tr | ./tfoot/tr"):
                cells = row.xpath("./th | ./td")
                said = [cell.get("data-label") or name for cell, name in zip(cells, names, strict=True)]
                assert [" ".join(one.split()) for one in said] == names, (page.address, table.get("id"))


@pytest.mark.parametrize(
    "body",
    [
        f"{HEAD}<tbody><tr><th>a</th><td colspan='2'>b</td></tr></tbody>",
        f"{HEAD}<tbody><tr><th>a</th><td>b</td></tr></tbody>",
        HEAD.replace('"col"', '"col" class="sp-number"') + "<tbody><tr><th>a</th><td>b</td><td>c</td></tr></tbody>",
        "<tbody><tr><th>a</th></tr></tbody>",
        f"{HEAD}<tbody><tr><th>a</th><td>b</td><td>c</td></tr></tbody>",
    ],
    ids=["a cell over two columns", "a cell too few", "numbers", "no head", "it fits on any screen"],
)
def test_columns_that_belong_together_stay_together(body: str) -> None:
    assert as_rows(Markup(body)) is None


def test_a_quotation_mark_in_a_head_stays_in_its_attribute() -> None:
    body = (
        HEAD.replace("Who", 'Who is "it" &amp; why')
        + "<tbody><tr><th>A longer cell</th><td>b</td><td>c</td></tr></tbody>"
    )

    assert 'data-label="Who is &#34;it&#34; &amp; why">c</td>' in str(as_rows(Markup(body)))


def test_no_table_of_words_has_to_be_pushed_sideways_on_a_phone(
    example_site: BuiltSite, browser: Browser, pages: Pages
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 780})
    wide = []
    with served(example_site.folder) as home:
        for address in ("", "late/", "goals/emergency-medical-help/", "legal/", "about/"):
            page.goto(home + address)
            wide += page.evaluate(
                "() => [...document.querySelectorAll('.sp-table')]"
                ".filter(one => one.querySelector('.sp-data--rows') && one.scrollWidth > one.clientWidth)"
                ".map(one => one.querySelector('table').id)"
            )
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    page.close()

    assert wide == []


def test_a_table_shown_as_blocks_is_still_a_table_to_a_screen_reader(example_site: BuiltSite, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 780})
    with served(example_site.folder) as home:
        page.goto(home)
        assert (
            page.evaluate("getComputedStyle(document.querySelector('#headline-measures tbody tr')).display") == "block"
        )
        # What Chromium tells a screen reader, not what the source says.
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    page.close()
    by_id = {node["nodeId"]: node for node in nodes}

    def below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for child in node.get("childIds", []):
            yield by_id[child]
            yield from below(by_id[child])

    (table,) = (
        node
        for node in nodes
        if node.get("role", {}).get("value") == "table"
        and node["name"]["value"] == "The headline measures, with their latest values"
    )
    roles = Counter(node.get("role", {}).get("value") for node in below(table) if not node["ignored"])
    assert roles["row"] == 9
    assert (roles["columnheader"], roles["rowheader"], roles["cell"]) == (4, 8, 24)


def test_the_style_sheet_knows_the_label() -> None:
    assets = ROOT / "plugins" / "safety_plan" / "publishing" / "theme" / "assets"

    assert any("attr(data-label)" in Path(sheet).read_text(encoding="utf-8") for sheet in assets.glob("*.css"))
