"""The page "What is late or off track": all of it, from dates alone, with who answers for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from safety_plan.reading.folder import FILES, FOLDERS
from safety_plan.reading.schema.base import Record, records_in
from safety_plan.results.promises import Promise
from tests.core_pages import AS_OF, core_pages, late_page, plan_of
from tests.support import ROOT, BuiltPage, change, copy_project

Pages = dict[str, BuiltPage]


@cache
def example() -> Pages:
    return core_pages(plan_of(ROOT))


@dataclass(frozen=True)
class Row:
    """A row of the page: what is late, by how many days, when it was due, and who answers for it."""

    what: str
    late: str
    due: str
    owner: str


def rows(pages: Pages, promise: Promise) -> list[Row]:
    """What the page lists as late of one kind of promise."""
    found = pages["late/"].tree.xpath(f"//table[@id='late-{promise.slug}']/tbody/tr")
    said = [
        [" ".join(part.text_content().split()) for part in row.xpath("th | td/span[@class='sp-late'] | td[2]")]
        for row in found
    ]
    due = [row.xpath("string(td[1]/span[@class='sp-small'])").removeprefix("due ") for row in found]
    return [Row(what, late, day, owner) for (what, late, owner), day in zip(said, due, strict=True)]


def kinds(pages: Pages) -> list[str]:
    """The kinds of promise of which something is late, in the order of the page."""
    return [str(id) for id in pages["late/"].tree.xpath("//h2[@id='late']/following-sibling::h3/@id")]


# The days are counted by hand to November 22, 2026: from June 30 there are 0 + 31 + 31 + 30 + 31 + 22 = 145, from
# August 30 there are 1 + 30 + 31 + 22 = 84, from September 30 there are 31 + 22 = 53, from October 21 there are
# 10 + 22 = 32, from October 31 there are 22. The number for the hydrants was due 45 days after September 30.
EXPECTED = {
    Promise.ACTION: [
        ("Fill four vacant officer posts", "145 days", "June 30, 2026", "Police Chief"),
        ("Move inspections to a mobile form", "53 days", "September 30, 2026", "Fire Marshal"),
        ("Raise Mill Lane culvert", "22 days", "October 31, 2026", "Public Works Director"),
        ("Sign automatic aid renewal with a neighbour town", "7 days", "November 15, 2026", "Fire Chief"),
    ],
    Promise.DUTY: [("Fire brigade standard (training and gear)", "84 days", "August 30, 2026", "Fire Chief")],
    Promise.RISK_REVIEW: [
        ("Disputes between services slow decisions", "32 days", "October 21, 2026", "Town Manager"),
        ("Exposure to smoke or blood-borne disease", "4 days", "November 18, 2026", "Fire Chief"),
    ],
    Promise.NEXT_STEP: [
        ("Flood-mitigation projects finished (total)", "22 days", "October 31, 2026", "Public Works Director")
    ],
    Promise.TRAINING: [("Peer support and healthy leadership", "11 days", "November 11, 2026", "the town")],
    Promise.NUMBER: [
        ("Hydrants in service for July to September 2026", "8 days", "November 14, 2026", "Fire Chief"),
    ],
    Promise.AGREEMENT: [("Fire automatic aid agreement", "7 days", "November 15, 2026", "Fire Chief")],
    Promise.DECISION: [("Fire gear records to be brought up to date", "7 days", "November 15, 2026", "Fire Chief")],
}


@pytest.mark.parametrize("promise", Promise, ids=lambda promise: promise.slug)
def test_the_page_lists_what_is_late_in_the_example(promise: Promise) -> None:
    found, expected = rows(example(), promise), EXPECTED.get(promise, [])

    assert len(found) == len(expected)
    for row, (what, late, due, owner) in zip(found, expected, strict=True):
        assert row.what.startswith(what)
        assert (row.late, row.due) == (late, due)
        assert row.owner.startswith(owner)


def test_the_longest_overdue_comes_first_and_empty_groups_are_left_out() -> None:
    assert kinds(example()) == [
        "action", "duty", "risk-review", "next-step", "training", "number", "agreement", "decision",
    ]  # fmt: skip


def test_every_row_leads_to_the_thing_and_to_the_role() -> None:
    links = example()["late/"].links("//table")

    for link in (
        "goals/trusted-policing/#action-fill-officer-posts",
        "measures/hydrants-in-service/",
        "people/#training-healthy-leadership",
        "legal/fire-brigade-standard/",
        "people/police-chief/",
        "resources/#agreement-fire-automatic-aid",
    ):
        assert link in links


def test_late_work_gives_its_reason() -> None:
    text = example()["late/"].words("//table[@id='late-action']")

    assert "Two candidates withdrew" in text
    assert "No reason given yet." not in text


def test_home_leads_to_the_whole_list() -> None:
    home = example()[""]

    assert home.words("//p[@id='all-late']").startswith("What is late or off track: all 12,")
    assert "late/" in home.links("//p[@id='all-late']")


def test_home_keeps_its_list_short() -> None:
    # By June 2027 far more than six promises have passed if nobody writes anything down.
    pages = core_pages(plan_of(ROOT), dt.date(2027, 6, 1))
    everything = sum(len(rows(pages, promise)) for promise in Promise)

    assert everything > 12
    assert len(pages[""].tree.xpath("//ul[@id='late-list']/li")) == 6
    assert f"all {everything}," in pages[""].words("//p[@id='all-late']")


def test_nothing_is_late_on_a_day_on_which_nothing_is() -> None:
    # On the day the plan was adopted none of its dates had passed.
    pages = core_pages(plan_of(ROOT), dt.date(2024, 12, 10))

    assert "Nothing is late." in pages["late/"].words()
    assert "Nothing is late." in pages[""].words()
    assert kinds(pages) == []


def test_each_role_shows_what_it_owes_and_what_it_has_a_part_in() -> None:
    chief = example()["people/fire-chief/"]
    own = chief.words("//h2[@id='late']/following-sibling::ul[1]")
    parts = chief.words("//h2[@id='late-parts']/following-sibling::ul[1]")

    assert own.count(" late") == 6
    for words in ("Legal duty: Fire brigade standard", "Number for July to September 2026: Hydrants in service"):
        assert words in own
    assert parts.startswith("Training: Peer support and healthy leadership, due November 11, 2026, 11 days late")
    # The Emergency Management Director does the work at the culvert, for which the Public Works Director answers.
    doing = example()["people/emergency-management-director/"].words("//h2[@id='late-parts']/following-sibling::ul[1]")
    assert "Action: Raise Mill Lane culvert" in doing
    assert "(Public Works Director)" in doing


def test_what_is_late_stands_on_the_page_of_whoever_owes_it() -> None:
    plan = plan_of(ROOT)
    titles = {plan.role(id).title: f"people/{id}/" for id in plan.things["role"]}
    for promise in EXPECTED:
        for row in rows(example(), promise):
            owner = next((address for title, address in titles.items() if row.owner.startswith(title)), None)
            if owner is not None:
                assert f"{row.late} late" in example()[owner].words("//h2[@id='late']/following-sibling::ul[1]")


def test_every_measure_in_trouble_is_listed_with_what_is_done_about_it() -> None:
    page = example()["late/"]
    text = page.words("//section[@id='metric-flood-projects-done']")

    assert len(page.tree.xpath("//h2[@id='off-track']/following-sibling::section")) == 9
    assert "off track" in text
    assert "1 flood-mitigation project (up to September 2026)" in text
    assert "Mill Lane missed its October date" in text
    assert "(Public Works Director, by October 31, 2026). 22 days late." in text
    assert "5" in page.words("//h2[@id='off-track']")
    assert "4" in page.words("//h2[@id='at-risk']")


def test_a_measure_in_trouble_without_a_word_says_so(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    metric = project / "data" / "metrics" / "injury-crashes.yml"
    text = metric.read_text(encoding="utf-8")
    metric.write_text(text[: text.index("explanation:")], encoding="utf-8")
    shown = core_pages(plan_of(project))["late/"].words("//section[@id='metric-injury-crashes']")

    assert "No explanation given yet." in shown
    assert "No next step given yet." in shown


def test_the_method_page_tells_every_kind_of_promise_apart() -> None:
    page = example()["about/method/"]
    for promise in Promise:
        cells = page.tree.xpath(f"//tr[@id='promise-{promise.slug}']/td[last()]")
        assert [cell.text_content() for cell in cells] == [str(len(EXPECTED.get(promise, [])))]


@dataclass(frozen=True)
class Broken:
    """A change that breaks a promise of the example town, and the row that must then stand on the page."""

    promise: Promise
    file: str
    old: str
    new: str
    what: str
    days: int
    owner: str


BROKEN = [
    # From October 23 to November 22 there are 8 + 22 = 30 days; the others in November are counted from their day.
    Broken(
        Promise.NEXT_STEP, "metrics/police-response-90th.yml", "by: 2027-01-31", "by: 2026-11-12",
        "Police priority-1 response time, 90th percentile", 10, "Police Chief",
    ),
    # The number for July to September is due 45 days after September 30, which is November 14.
    Broken(
        Promise.NUMBER, "metrics/injury-crashes.yml", "  - {period: 2026-Q3, value: 29}\n", "",
        "Injury crashes on town roads for July to September 2026", 8, "Police Chief",
    ),
    Broken(
        Promise.ACTION, "goals/disaster-readiness.yml", "due: 2026-12-31\n        progress: 65",
        "due: 2026-11-02\n        progress: 65", "Update the Local Emergency Operations Plan", 20,
        "Emergency Management Director",
    ),
    # From July 1 to November 22 there are 30 + 31 + 30 + 31 + 22 = 144 days.
    Broken(
        Promise.START, "goals/emergency-medical-help.yml", "due: 2027-05-02\n        progress: 20",
        "due: 2027-05-02\n        progress: 0", "Renew and extend ambulance mutual aid agreements", 144, "EMS Chief",
    ),
    Broken(
        Promise.MILESTONE, "goals/disaster-readiness.yml", "Plan sent to the state for approval, due: 2026-12-15",
        "Plan sent to the state for approval, due: 2026-11-20",
        "Update the Local Emergency Operations Plan “Plan sent to the state for approval”", 2,
        "Emergency Management Director",
    ),
    Broken(
        Promise.DUTY, "compliance.yml", "next_due: 2026-12-08", "next_due: 2026-11-21", "Meetings and minutes open", 1,
        "Compliance Coordinator",
    ),
    Broken(
        Promise.DOCUMENT, "compliance.yml", "dated: 2026-01-29", "dated: 2026-01-29\n      next_due: 2026-11-01",
        "Yearly use-of-force and pursuit report", 21, "Police Chief",
    ),
    Broken(
        Promise.ANSWER, "compliance.yml", "due: 2027-03-31\n    owner: fire-chief",
        "due: 2026-11-01\n    owner: fire-chief", "NFPA 1750 combines", 21, "Fire Chief",
    ),
    Broken(
        Promise.TREATMENT, "risks.yml", "by: 2026-12-08", "by: 2026-11-10", "Plan falls behind new law", 12,
        "Compliance Coordinator",
    ),
    # Every quarter has its review, so that only the new date is missing. The chair of the last review calls the next.
    Broken(
        Promise.REVIEW, "plan.yml", "next_review: 2027-01-27", "next_review: 2026-11-01", "Quarterly reviews", 21,
        "Town Manager",
    ),
    Broken(
        Promise.DECISION, "reviews/2026-q3.yml", "by: 2026-11-15", "by: 2026-11-20", "Fire gear records", 2,
        "Fire Chief",
    ),
    Broken(
        Promise.TRAINING, "people.yml", "next: 2026-12-09", "next: 2026-11-19", "Quarterly multi-service scenario", 3,
        "the town",
    ),
    Broken(
        Promise.LEARNING, "people.yml", "by: 2027-03-31", "by: 2026-10-23", "Read a chart", 30, "the town",
    ),
    Broken(
        Promise.EVENT, "engagement.yml", "on: 2027-01-16", "on: 2026-11-16", "Learn hands-only CPR", 6, "the town",
    ),
    Broken(
        Promise.AGREEMENT, "resources.yml", "review_by: 2027-05-02", "review_by: 2026-11-01",
        "Ambulance mutual aid agreement", 21, "EMS Chief",
    ),
    Broken(
        Promise.RISK_REVIEW, "risks.yml", "review_by: 2026-11-18", "review_by: 2026-11-21",
        "Exposure to smoke", 1, "Fire Chief",
    ),
    Broken(
        Promise.REASSESSMENT, "plan.yml", "next: 2026-12-08", "next: 2026-11-08", "The plan", 14, "Town Manager",
    ),
    Broken(
        Promise.BARRIER, "accessibility.yml", "to every part of the plan.",
        "to every part of the plan.\n    until: 2026-11-12", "The search needs scripts.", 10, "the town",
    ),
]  # fmt: skip


def test_every_kind_of_promise_is_broken_below() -> None:
    assert {broken.promise for broken in BROKEN} == set(Promise)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.promise.slug)
def test_a_promise_that_is_not_kept_is_late_from_the_day_after(broken: Broken, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / broken.file, broken.old, broken.new)
    plan, due = plan_of(project), AS_OF - dt.timedelta(days=broken.days)

    def shown(day: dt.date) -> list[tuple[str, str]]:
        found = rows(late_page(plan, day), broken.promise)
        return [(row.late, row.owner) for row in found if row.what.startswith(broken.what)]

    assert shown(due) == []
    assert [late for late, _ in shown(due + dt.timedelta(days=1))] == ["1 day"]
    assert [late for late, _ in shown(AS_OF)] == ["1 day" if broken.days == 1 else f"{broken.days} days"]
    assert [owner.startswith(broken.owner) for _, owner in shown(AS_OF)] == [True]


def test_a_quarter_without_its_review_is_late(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    # The newest quarter is due on the day set for the next review, an older one by the end of the quarter after it.
    (project / "data" / "reviews" / "2026-q3.yml").unlink()
    (project / "data" / "reviews" / "2025-q2.yml").unlink()
    change(project / "data" / "plan.yml", "next_review: 2027-01-27", "next_review: 2026-10-28")
    found = rows(late_page(plan_of(project)), Promise.REVIEW)

    # From September 30, 2025 to November 22, 2026 there are 365 + 31 + 22 = 418 days, from October 28 there are 25.
    assert [(row.what, row.late, row.due) for row in found] == [
        ("April to June 2025", "418 days", "September 30, 2025"),
        ("July to September 2026", "25 days", "October 28, 2026"),
    ]


def test_a_milestone_due_with_its_overdue_action_is_told_once() -> None:
    # The road over the culvert is due on the day of the action itself.
    assert "Raise Mill Lane culvert" in example()["late/"].words("//table[@id='late-action']")
    assert rows(example(), Promise.MILESTONE) == []


def test_what_was_given_up_or_does_not_apply_is_never_late(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(
        project / "data" / "goals" / "trusted-policing.yml",
        "late_because: Two candidates withdrew\n",
        "cancelled: {since: 2026-10-01, reason: The posts were merged}\n",
    )
    change(
        project / "data" / "compliance.yml",
        "next_due: 2026-08-30\n",
        "next_due: 2026-08-30\n    does_not_apply: {reason: There is no brigade, since: 2026-09-01}\n",
    )
    pages = core_pages(plan_of(project))

    assert "Fill four vacant officer posts" not in pages["late/"].words("//table[@id='late-action']")
    assert rows(pages, Promise.DUTY) == []


# Every date that the data format knows: the promise it makes, or why it makes none.
DATES: dict[str, Promise | str] = {
    "Accessibility.checked": "it has happened",
    "Action.start": Promise.START,
    "Action.due": Promise.ACTION,
    "Action.done": "it has happened",
    "Agreement.signed": "it has happened",
    "Agreement.review_by": Promise.AGREEMENT,
    "Amendment.on": "it has happened",
    "Decision.by": Promise.DECISION,
    "Decision.done": "it has happened",
    "DefinitionChange.on": "it has happened",
    "Event.on": Promise.EVENT,
    "Exercise.on": "an exercise is written down once it was held, with its lesson; one to come is an event or training",
    "LawChange.on": "it has happened",
    "LawChange.due": Promise.ANSWER,
    "LawChange.answered": "it has happened",
    "LearningGoal.by": Promise.LEARNING,
    "Lesson.on": "it has happened",
    "Limit.until": Promise.BARRIER,
    "Milestone.due": Promise.MILESTONE,
    "Milestone.done": "it has happened",
    "NextStep.by": Promise.NEXT_STEP,
    "NotApplicable.since": "it has happened",
    "Observation.partial_until": "it says how far a value goes",
    "Observation.corrected": "it has happened",
    "GroupObservation.partial_until": "it says how far a value goes",
    "GroupObservation.corrected": "it has happened",
    "PlanDocument.adopted": "it has happened",
    "PlanDocument.data_as_of": "it says how far the numbers go",
    "PlanDocument.next_review": Promise.REVIEW,
    "Proof.dated": "it has happened",
    "Proof.next_due": Promise.DOCUMENT,
    "Reassessment.last": "it has happened",
    "Reassessment.next": Promise.REASSESSMENT,
    "Requirement.text_checked": "it has happened",
    "Requirement.last_done": "it has happened",
    "Requirement.next_due": Promise.DUTY,
    "Review.held": "it has happened",
    "Review.next": "it keeps what was said then; the promise is next_review in plan.yml",
    "Risk.review_by": Promise.RISK_REVIEW,
    "Role.vacant_since": "it has happened",
    "Span.start": "it says which years the plan covers",
    "Span.end": "it says which years the plan covers",
    "Stop.since": "it has happened",
    "Target.by": "the status says whether the target is missed, with the explanation beside it",
    "TargetChange.of": "it is the date of a target, named once more",
    "TargetChange.on": "it has happened",
    "TargetChange.was_by": "it is the date of an earlier target",
    "Technology.supported_until": "it is the maker's date; the town's own promise is the action to replace the system",
    "Training.last": "it has happened",
    "Training.next": Promise.TRAINING,
    "Treatment.by": Promise.TREATMENT,
}


def dates_of_the_format() -> Iterator[str]:
    files: tuple[type[Record], ...] = (*FILES.values(), *FOLDERS.values())
    for record in {record for file in files for record in records_in(file)}:
        for name, field in record.model_fields.items():
            if "datetime.date" in str(field.annotation):
                yield f"{record.__name__}.{name}"


def test_every_date_of_the_format_is_a_promise_or_named_as_none() -> None:
    assert sorted(set(dates_of_the_format())) == sorted(DATES)
    # A number's promise is the only one without a date of its own: it follows from the newest period.
    assert {promise for promise in DATES.values() if isinstance(promise, Promise)} == set(Promise) - {Promise.NUMBER}
