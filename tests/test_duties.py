"""Legal duties and changes in the law: each state at the edges of its dates, and never worded as a legal finding."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace

import pytest
import yaml

from safety_plan.reading.schema.compliance import LawChange, NotApplicable, Proof, Requirement
from safety_plan.results.duties import (
    ANSWERS,
    AnswerState,
    DutyState,
    answer_state,
    duty_days_late,
    duty_state,
    meanings,
)
from safety_plan.rules import RULES
from tests.support import ROOT, BuiltSite

COMPLIANCE = yaml.safe_load((ROOT / "data" / "compliance.yml").read_text(encoding="utf-8"))
CATEGORIES = yaml.safe_load((ROOT / "data" / "categories.yml").read_text(encoding="utf-8"))
AS_OF = dt.date(2026, 11, 22)
DONE = dt.date(2025, 11, 1)

REASON = NotApplicable(reason="No shore.", since=dt.date(2025, 6, 18))


def duty(done: dt.date | None, due: dt.date | None, reason: NotApplicable | None = None) -> Requirement:
    """A duty with these dates; the rest of it plays no part in its state."""
    return Requirement(
        id="a-duty",
        title="A duty",
        summary="What it asks for.",
        citation="A statute",
        level="state",
        domain="Operational standards",
        oversight="A commissioner",
        frequency="yearly",
        last_done=done,
        next_due=due,
        owner="fire-chief",
        evidence=Proof(title="A report"),
        does_not_apply=reason,
    )


# The rules: overdue from the day after it was due; due soon up to 60 days ahead, both ends included. From November 22
# to January 21 there are 8 + 31 + 21 = 60 days.
@pytest.mark.parametrize(
    ("done", "due", "state"),
    [
        (DONE, "2026-11-21", DutyState.OVERDUE),
        (DONE, "2026-11-22", DutyState.DUE_SOON),
        (DONE, "2026-11-23", DutyState.DUE_SOON),
        (DONE, "2027-01-20", DutyState.DUE_SOON),
        (DONE, "2027-01-21", DutyState.DUE_SOON),
        (DONE, "2027-01-22", DutyState.CURRENT),
        (DONE, None, DutyState.CURRENT),
        (AS_OF, "2027-11-22", DutyState.CURRENT),
        (None, "2026-11-21", DutyState.NEVER_DONE),
        (None, "2026-11-22", DutyState.DUE_SOON),
        (None, "2027-01-21", DutyState.DUE_SOON),
        (None, "2027-01-22", DutyState.NOT_YET_DUE),
        (None, None, DutyState.NOT_KNOWN),
    ],
)
def test_the_state_of_a_duty_follows_from_its_dates(done: dt.date | None, due: str | None, state: DutyState) -> None:
    assert duty_state(duty(done, dt.date.fromisoformat(due) if due else None), AS_OF) is state


@pytest.mark.parametrize(
    ("due", "late"), [("2026-11-21", 1), ("2026-11-22", 0), ("2026-08-30", 84), ("2027-01-01", 0), (None, 0)]
)
def test_days_late_count_from_the_day_after(due: str | None, late: int) -> None:
    # From August 30 to November 22 there are 1 + 30 + 31 + 22 = 84 days.
    assert duty_days_late(duty(DONE, dt.date.fromisoformat(due) if due else None), AS_OF) == late


@pytest.mark.parametrize(
    ("day", "state", "late"),
    [("2025-06-17", DutyState.OVERDUE, 168), ("2025-06-18", DutyState.DOES_NOT_APPLY, 0)],
)
def test_a_duty_does_not_apply_from_the_day_on_record(day: str, state: DutyState, late: int) -> None:
    # From December 31, 2024 to June 17, 2025 there are 31 + 28 + 31 + 30 + 31 + 17 = 168 days.
    found = duty(dt.date(2024, 1, 1), dt.date(2024, 12, 31), REASON)

    assert duty_state(found, dt.date.fromisoformat(day)) is state
    assert duty_days_late(found, dt.date.fromisoformat(day)) == late


def test_what_was_done_later_tells_nothing_of_an_earlier_day() -> None:
    assert duty_state(duty(dt.date(2026, 11, 23), dt.date(2027, 11, 23)), AS_OF) is DutyState.NOT_KNOWN


def test_how_soon_is_soon_is_a_number_in_the_rules() -> None:
    rules = replace(RULES, due_soon_days=10)

    assert duty_state(duty(DONE, dt.date(2026, 12, 2)), AS_OF, rules) is DutyState.DUE_SOON
    assert duty_state(duty(DONE, dt.date(2026, 12, 3)), AS_OF, rules) is DutyState.CURRENT
    assert "due within 10 days" in meanings(rules)[DutyState.DUE_SOON]


def law_change(due: str | None, answered: str | None, *affects: str) -> LawChange:
    return LawChange(
        id="a-change",
        title="A change",
        source="A journal",
        affects=affects,
        response="Compare it with what we do.",
        due=dt.date.fromisoformat(due) if due else None,
        answered=dt.date.fromisoformat(answered) if answered else None,
        owner="fire-chief",
    )


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (law_change("2026-11-21", None), AnswerState.LATE),
        (law_change("2026-11-22", None), AnswerState.BEING_ANSWERED),
        (law_change("2026-11-23", None, "a-duty"), AnswerState.BEING_ANSWERED),
        (law_change(None, None, "a-duty"), AnswerState.BEING_ANSWERED),
        (law_change(None, None), AnswerState.NOT_OWED),
        (law_change("2026-11-01", "2026-11-22"), AnswerState.ANSWERED),
        (law_change(None, "2026-11-22"), AnswerState.ANSWERED),
        (law_change("2026-11-01", "2026-11-23"), AnswerState.LATE),
    ],
)
def test_whether_a_change_in_the_law_is_answered(change: LawChange, state: AnswerState) -> None:
    assert answer_state(change, AS_OF) is state


def test_every_state_is_explained_on_the_page_on_method(example_site: BuiltSite) -> None:
    page = example_site["about/method/"]
    for state, meaning in meanings(RULES).items():
        row = page.words(f"//tr[@id='duty-{state.slug}']")
        assert row.startswith(f"{state.words} {meaning}")
    for answer, meaning in ANSWERS.items():
        assert page.words(f"//tr[@id='answer-{answer.slug}']").startswith(f"{answer.words} {meaning}")
    assert set(meanings(RULES)) == set(DutyState)
    assert set(ANSWERS) == set(AnswerState)


def state_by_hand(entry: dict[str, object]) -> str:
    """The state of a duty of the town by the published words of the rule, from the YAML alone."""
    done, due = entry.get("last_done"), entry.get("next_due")
    if entry.get("does_not_apply"):
        return "does not apply"
    if isinstance(due, dt.date):
        left = (due - AS_OF).days
        if left < 0:
            return "overdue" if done else "never done"
        if left <= 60:
            return "due soon"
        return "current" if done else "not yet due"
    return "current" if done else "not known"


@pytest.mark.parametrize(
    ("table", "key", "names"),
    [
        ("by-domain", "domain", {name: name for name in CATEGORIES["legal_domains"]}),
        (
            "by-level",
            "level",
            {
                "federal": "Federal",
                "state": "State",
                "local": "Local",
                "interagency": "Interagency",
                "standard": "Voluntary standard",
            },
        ),
    ],
)
def test_the_counts_are_those_of_the_data(example_site: BuiltSite, table: str, key: str, names: dict[str, str]) -> None:
    rows = example_site["legal/"].tree.xpath(f"//table[@id='{table}']//tr")
    states = [cell.text_content().lower() for cell in rows[0].xpath("th")[2:]]
    shown = {row.xpath("string(th)"): [int(cell.text_content()) for cell in row.xpath("td")] for row in rows[1:]}
    expected: dict[str, list[int]] = {}
    for value, name in names.items():
        counts = Counter(state_by_hand(entry) for entry in COMPLIANCE["requirements"] if entry[key] == value)
        expected[name] = [counts.total(), *(counts[state] for state in states)]
    total = Counter(state_by_hand(entry) for entry in COMPLIANCE["requirements"])
    foot = f"All {'areas' if key == 'domain' else 'levels'}"

    assert shown == {**expected, foot: [len(COMPLIANCE["requirements"]), *(total[state] for state in states)]}


def test_changes_in_the_law_and_duties_lead_to_each_other(example_site: BuiltSite) -> None:
    legal = example_site["legal/"]
    for entry in COMPLIANCE["law_changes"]:
        answered = "answered" if "answered" in entry else "being answered"
        section = f"//section[@id='law-change-{entry['id']}']"
        assert f" {answered} " in legal.words(section)
        for id in entry.get("affects", ()):
            assert f"legal/{id}/" in legal.links(section)
            duty_page = example_site[f"legal/{id}/"]
            assert f"legal/#law-change-{entry['id']}" in duty_page.links("//*[@id='changes']")
            assert answered in duty_page.words("//*[@id='changes']")


FINDINGS = re.compile(
    r"\b(non-?complian\w*|complian(t|tly)|(in|out of|full) compliance|violat\w+|in breach|breach\w*|unlawful\w*|"
    r"illegal\w*|infring\w+|guilty|liable)\b",
    re.IGNORECASE,
)


def test_no_page_about_the_law_words_a_legal_finding(example_site: BuiltSite) -> None:
    pages = [page for address, page in example_site.pages.items() if address.startswith("legal/")]
    pages.append(example_site["about/method/"])
    said = {page.address: found[0] for page in pages if (found := FINDINGS.search(page.words()))}

    assert len(pages) == 2 + len(COMPLIANCE["requirements"])
    assert said == {}


def test_the_page_on_method_works_one_duty_out(example_site: BuiltSite) -> None:
    # data/compliance.yml: of all duties that apply, the fire brigade standard was due first.
    said = example_site["about/method/"].words("//*[@id='duty-example']")

    assert "is next due on August 30, 2026 and was last done on August 30, 2025." in said
    assert said.endswith("As of November 22, 2026 that is: overdue")
