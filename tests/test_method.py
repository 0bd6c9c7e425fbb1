"""The page on method says what the code does: every number in the rules, where it is used and where it comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest
from lxml import html

from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.publishing.pages import method
from safety_plan.publishing.view import Studio
from safety_plan.reading.folder import read_folder
from safety_plan.results.results import compute
from safety_plan.rules import RULES, Rules, constants
from tests.support import ROOT, BuiltSite

TODAY = dt.date(2026, 11, 22)
NAMES = [name for name, _ in constants()]


@cache
def example() -> Plan:
    records, problems = read_folder(ROOT / "data", ROOT)
    return build_plan(records, [], problems)


@cache
def written(rules: Rules) -> str:
    plan = replace(example(), rules=rules)
    (made,) = method.pages(Studio(plan, compute(plan, TODAY), TODAY))
    return made.html


def page(rules: Rules) -> html.HtmlElement:
    """The page on method, made by these rules."""
    return html.fromstring(f"<div>{written(rules)}</div>")


def changed(name: str) -> Rules:
    """The rules with one number a little larger."""
    value = getattr(RULES, name)
    return replace(RULES, **{name: value + 1 if value == int(value) else value + 0.01})


def without_the_list(tree: html.HtmlElement) -> str:
    """The words of the page but for the list of all numbers at its end."""
    for found in tree.xpath("//*[@id='rule-constants']"):
        found.drop_tree()
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize("name", NAMES)
def test_a_number_that_changes_is_another_number_in_the_list(name: str) -> None:
    row = f"//tr[@id='constant-{name.replace('_', '-')}']"
    before, after = page(RULES).xpath(row), page(changed(name)).xpath(row)

    assert before[0].text_content() != after[0].text_content()


@pytest.mark.parametrize("name", NAMES)
def test_a_number_that_changes_changes_the_rule_in_words(name: str) -> None:
    assert without_the_list(page(RULES)) != without_the_list(page(changed(name)))


@pytest.mark.parametrize("name", NAMES)
def test_only_the_row_of_the_number_changes_in_the_list(name: str) -> None:
    def rows(rules: Rules) -> dict[str, str]:
        return {row.get("id", ""): row.text_content() for row in page(rules).xpath("//*[@id='rule-constants']//tr")}

    before, after = rows(RULES), rows(changed(name))

    assert {id for id in before if before[id] != after[id]} == {f"constant-{name.replace('_', '-')}"}


def test_every_number_says_where_it_comes_from(example_site: BuiltSite) -> None:
    rows = example_site["about/method/"].tree.xpath("//table[@id='rule-constants']/tbody/tr")

    assert [row.get("id") for row in rows] == [f"constant-{name.replace('_', '-')}" for name in NAMES]
    for row in rows:
        what, number, source = (cell.text_content().strip() for cell in row)
        assert what
        assert any(sign.isdigit() for sign in number)
        assert source
