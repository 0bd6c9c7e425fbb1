"""The list at the top of the page on method leads to everything on it, and the page names no part that it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from safety_plan.plan.plan import Plan
from tests.core_pages import core_pages, plan_of
from tests.support import ROOT

PLANS = (ROOT, *(ROOT / "tests" / "plans" / name for name in ("berlin", "kinds", "small")))


def headings(plan: Plan) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The anchors and words of the list, and those of the headings below it."""
    tree = core_pages(plan)["about/method/"].tree
    listed = [(link.get("href", "")[1:], link.text_content()) for link in tree.xpath("//nav[@id='contents']//a")]
    below = tree.xpath("//nav[@id='contents']/following::h2")
    return listed, [(one.get("id", ""), one.text_content()) for one in below]


@pytest.mark.parametrize("project", PLANS, ids=lambda path: path.name)
def test_the_list_names_every_part_of_the_page_in_its_order(project: Path) -> None:
    listed, below = headings(plan_of(project))

    assert listed == below


def test_a_plan_without_risks_and_duties_does_not_promise_to_explain_them() -> None:
    full, _ = headings(plan_of(ROOT))
    small, _ = headings(plan_of(ROOT / "tests" / "plans" / "small"))

    assert {"duties", "risks"} <= {anchor for anchor, _ in full}
    assert not {"duties", "risks"} & {anchor for anchor, _ in small}
