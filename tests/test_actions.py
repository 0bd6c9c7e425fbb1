"""How actions stand: every state from its dates, the words residents read, and what `check` says of clashing dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from safety_plan.problems import Problem
from safety_plan.reading.schema.goals import Action, Milestone, Money, Stop
from safety_plan.results.actions import (
    MEANINGS,
    ActionState,
    action_state,
    days_late,
    milestone_days_late,
    start_days_late,
)  # fmt: skip
from safety_plan.results.results import compute
from safety_plan.results.warnings import warnings
from tests.core_pages import AS_OF, core_pages, plan_of
from tests.support import ROOT, change, copy_project

START, DUE = dt.date(2026, 3, 1), dt.date(2026, 9, 30)
DAY = dt.timedelta(days=1)


def action(
    progress: int = 40,
    done: dt.date | None = None,
    paused: dt.date | None = None,
    cancelled: dt.date | None = None,
    milestones: tuple[Milestone, ...] = (),
) -> Action:
    return Action(
        id="work",
        title="Work",
        owner="chief",
        start=START,
        due=DUE,
        done=done,
        progress=progress,
        paused=Stop(since=paused, reason="Waiting") if paused else None,
        cancelled=Stop(since=cancelled, reason="Not needed") if cancelled else None,
        horizon="now",
        approach="prevention",
        money=Money(cost=0),
        milestones=milestones,
    )


# What each state is on which day follows from the words of the method page, which are those of MEANINGS.
STATES = [
    (action(progress=0), START - DAY, ActionState.NOT_STARTED),
    (action(progress=0), START, ActionState.NOT_STARTED),
    (action(progress=0), START + DAY, ActionState.STARTS_LATE),
    (action(progress=1), START + DAY, ActionState.ON_SCHEDULE),
    (action(), DUE, ActionState.ON_SCHEDULE),
    (action(), DUE + DAY, ActionState.OVERDUE),
    (action(progress=0), DUE + DAY, ActionState.OVERDUE),
    (action(progress=100, done=DUE), DUE + DAY, ActionState.DONE),
    (action(progress=100, done=DUE + DAY), DUE + 2 * DAY, ActionState.DONE_LATE),
    # What is dated later than the day has not happened on it.
    (action(progress=100, done=DUE + DAY), DUE, ActionState.ON_SCHEDULE),
    (action(paused=START + DAY), START, ActionState.ON_SCHEDULE),
    (action(paused=START + DAY), START + DAY, ActionState.PAUSED),
    (action(paused=START), DUE + DAY, ActionState.PAUSED),
    (action(cancelled=DUE), DUE, ActionState.CANCELLED),
    (action(cancelled=DUE), DUE - DAY, ActionState.ON_SCHEDULE),
]


@pytest.mark.parametrize(("work", "day", "state"), STATES)
def test_the_state_follows_from_the_dates(work: Action, day: dt.date, state: ActionState) -> None:
    assert action_state(work, day) is state


def test_every_state_is_seen_above_and_explained() -> None:
    assert {state for _, _, state in STATES} == set(ActionState) == set(MEANINGS)


def test_a_pause_moves_no_date() -> None:
    paused = action(progress=0, paused=START)

    assert days_late(paused, DUE) == 0
    assert days_late(paused, DUE + 12 * DAY) == 12
    assert start_days_late(paused, START + 3 * DAY) == 3


def test_what_is_done_or_given_up_is_not_late() -> None:
    assert days_late(action(progress=100, done=DUE + DAY), DUE + 9 * DAY) == 0
    assert days_late(action(cancelled=DUE - DAY), DUE + 9 * DAY) == 0
    assert start_days_late(action(progress=0, cancelled=START), START + 9 * DAY) == 0


def test_a_milestone_is_late_while_its_action_is_open() -> None:
    waiting = Milestone(title="Half", due=START + DAY)
    reached = Milestone(title="Half", due=START + DAY, done=START + 5 * DAY)

    assert milestone_days_late(action(milestones=(waiting,)), waiting, START + 4 * DAY) == 3
    assert milestone_days_late(action(milestones=(reached,)), reached, START + 4 * DAY) == 3
    assert milestone_days_late(action(milestones=(reached,)), reached, START + 5 * DAY) == 0
    assert milestone_days_late(action(cancelled=START, milestones=(waiting,)), waiting, START + 4 * DAY) == 0


GOAL = Path("data", "goals", "disaster-readiness.yml")


def test_a_paused_action_past_its_date_says_both(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / GOAL, "due: 2028-12-31\n        progress: 15", "due: 2026-11-02\n        progress: 15")
    pages = core_pages(plan_of(project))

    # From November 2 to November 22 there are 20 days.
    for page, element in (
        ("goals/disaster-readiness/", "//article[@id='action-flood-home-buyouts']"),
        ("roadmap/", "//tr[contains(., 'Buy out two flood-prone homes')]"),
        ("late/", "//h2[@id='paused']/following-sibling::ul"),
    ):
        text = pages[page].words(element)
        assert "paused" in text, page
        assert "Due date passed 20 days ago" in text, page
        assert "since June 15, 2026: Waiting for grant decision" in text, page
    row = pages["late/"].words("//table[@id='late-action']//tr[contains(., 'Buy out two flood-prone homes')]")
    assert "paused" in row
    assert "20 days" in row


def test_an_action_that_should_have_begun_says_how_long_ago(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    goal = project / "data" / "goals" / "emergency-medical-help.yml"
    change(goal, "due: 2027-05-02\n        progress: 20", "due: 2027-05-02\n        progress: 0")
    pages = core_pages(plan_of(project))

    # From July 1 to November 22 there are 30 + 31 + 30 + 31 + 22 = 144 days.
    for page, element in (
        ("goals/emergency-medical-help/", "//article[@id='action-ambulance-mutual-aid-renewal']"),
        ("roadmap/", "//tr[contains(., 'Renew and extend ambulance')]"),
    ):
        text = pages[page].words(element)
        assert "not started, past its start date" in text
        assert "Start date passed 144 days ago" in text
        assert "No reason given yet." in text


def test_work_given_up_gives_its_reason_and_day(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(
        project / GOAL,
        "        paused:\n          since: 2026-06-15",
        "        cancelled:\n          since: 2026-06-15",
    )
    pages = core_pages(plan_of(project))

    for page in ("goals/disaster-readiness/", "roadmap/"):
        assert "June 15, 2026: Waiting for grant decision" in pages[page].words()
    assert "given up" in pages["goals/disaster-readiness/"].words("//p[@id='summary']")


def test_the_method_page_explains_every_state_with_its_count() -> None:
    page = core_pages(plan_of(ROOT))["about/method/"]
    # Counted by hand from the files of the goals on November 22, 2026: 12 are done, of which A08 and A11 late; A12,
    # A16, A33 and A09 are overdue, A34 is paused, and the other 25 of the 42 are under way.
    expected = {"done": "10", "done-late": "2", "overdue": "4", "paused": "1", "on-schedule": "25", "cancelled": "0"}

    for state in ActionState:
        row = page.words(f"//tr[@id='action-{state.slug}']")
        assert MEANINGS[state] in row
        assert row.endswith(f" {expected.get(state.slug, '0')}")


def warned(project: Path, as_of: dt.date = AS_OF) -> tuple[Problem, ...]:
    plan = plan_of(project)
    return warnings(plan, compute(plan, as_of))


DOUBTS = [
    (
        "{title: Offers made to the owners, due: 2027-09-30}",
        "{title: Offers made to the owners, due: 2029-09-30}",
        "data/goals/disaster-readiness.yml:169:53: found a milestone due on 2029-09-30, outside the time of the action "
        '"flood-home-buyouts"\n'
        "    Allowed: dates from 2026-01-01 to 2028-12-31\n"
        "    Fix: check the dates of both.",
    ),
    (
        "{title: Grant application sent, due: 2026-05-31, done: 2026-05-20}",
        "{title: Grant application sent, due: 2026-05-31, done: 2025-05-20}",
        "data/goals/disaster-readiness.yml:168:68: found a milestone reached on 2025-05-20, before the action "
        '"flood-home-buyouts" started\n'
        "    Allowed: dates from 2026-01-01 on\n"
        "    Fix: check the date, or the action's start.",
    ),
    (
        "{title: Grant application sent, due: 2026-05-31, done: 2026-05-20}",
        "{title: Grant application sent, due: 2026-05-31, done: 2062-05-20}",
        "data/goals/disaster-readiness.yml:168:68: found the date 2062-05-20 in the action \"flood-home-buyouts\" for "
        "something that has happened, but it lies after 2026-11-22, the day that counts as today\n"
        "    Allowed: dates up to 2026-11-22\n"
        "    Fix: check the year; write the date down once it has come.",
    ),
    (
        "start: 2026-01-01\n        due: 2028-12-31\n        progress: 15",
        "start: 2027-01-01\n        due: 2028-12-31\n        progress: 15",
        "data/goals/disaster-readiness.yml:157:19: found 15 for \"progress\" in the action \"flood-home-buyouts\", "
        "which starts on 2027-01-01\n"
        "    Allowed: 0 until the start date has come, seen from 2026-11-22\n"
        "    Fix: if the work has begun, write the day it began as its start.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), DOUBTS)
def test_doubtful_dates_are_warned_of_word_for_word(old: str, new: str, message: str, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / GOAL, old, new)

    assert message in [str(problem) for problem in warned(project)]


def test_a_milestone_open_after_its_action_was_done_is_warned_of(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    goal = project / "data" / "goals" / "trusted-policing.yml"
    change(goal, "due: 2026-04-30, done: 2026-04-23}", "due: 2026-04-30}")

    found = [str(problem) for problem in warned(project)]
    assert len(found) == 1
    assert 'found a milestone not reached, but the action "lighting-survey" was done on 2026-08-12' in found[0]


def test_the_example_has_nothing_to_warn_of() -> None:
    assert warned(ROOT) == ()


def test_no_warning_comes_because_time_goes_by() -> None:
    for years in (1, 5, 50):
        assert warned(ROOT, AS_OF.replace(year=AS_OF.year + years)) == ()
