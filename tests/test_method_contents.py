"""The list at the top of the page on method leads to everything on it, and the page names no part that it lacks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from lxml import html

from safety_plan.publishing.pages import method
from safety_plan.publishing.view import Studio
from safety_plan.results.results import compute
from tests.core_pages import plan_of
from tests.support import ROOT

PLANS = (ROOT, *(ROOT / "tests" / "plans" / name for name in ("berlin", "kinds", "small")))
TODAY = dt.date(2026, 11, 22)


def headings(project: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The anchors and words of the list, and those of the headings below it."""
    plan = plan_of(project)
    (made,) = method.pages(Studio(plan, compute(plan, TODAY), TODAY))
    tree: html.HtmlElement = html.fromstring(f"<div>{made.html}</div>")
    listed = [(link.get("href", "")[1:], link.text_content()) for link in tree.xpath("//nav[@id='contents']//a")]
    below = tree.xpath("//nav[@id='contents']/following::h2")
    return listed, [(one.get("id", ""), one.text_content()) for one in below]


@pytest.mark.parametrize("project", PLANS, ids=lambda path: path.name)
def test_the_list_names_every_part_of_the_page_in_its_order(project: Path) -> None:
    listed, below = headings(project)

    assert listed == below
