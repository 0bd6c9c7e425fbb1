"""Measures whose numbers are taken from a register of the plan: both must say the same, or somebody has to look.

What each register gives for the example town on September 30, 2026 is worked out by hand from its files:

- people.yml: exercises in 2026 up to that day are those of February 25, May 16 and September 16, which makes 3.
- goals/: all 42 actions had begun. Once the day was over, A12 (due that day) and A16 (due June 30) were overdue, and
  A34 was paused since June 15. The other 39 were done or on schedule: 39 / 42 = 92.86 percent.
- compliance.yml: 23 of 24 duties apply. L20 was overdue since August 30. L02, L07 and L08 were done again in October,
  so that the register no longer tells how they stood. So 19 to 22 of 23 were current: 82.6, 87.0, 91.3 or 95.7 percent.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from safety_plan.reading.periods import period_from
from safety_plan.reading.schema.metrics import Covers
from safety_plan.results.mirrors import mirror, tally
from safety_plan.results.results import compute
from safety_plan.results.warnings import warnings
from tests.core_pages import AS_OF, core_pages, plan_of
from tests.support import ROOT, change, copy_project

END = dt.date(2026, 9, 30)


def warned(project: Path) -> list[str]:
    plan = plan_of(project)
    return [str(problem) for problem in warnings(plan, compute(plan, AS_OF))]


@pytest.mark.parametrize(
    ("metric", "possible"),
    [
        ("exercises-held", (3.0,)),
        ("actions-on-schedule-share", (100 * 39 / 42,)),
        ("legal-duties-current-share", (100 * 19 / 23, 100 * 20 / 23, 100 * 21 / 23, 100 * 22 / 23)),
    ],
)
def test_the_registers_of_the_example_give_what_its_measures_show(metric: str, possible: tuple[float, ...]) -> None:
    plan = plan_of(ROOT)
    found = mirror(plan, plan.metric(metric))

    assert found is not None
    assert found.day == END
    assert found.possible == pytest.approx(possible)
    assert found.agrees


# The exercises of the example, by hand: 2025-03-19, 2025-06-11, 2025-09-24, 2025-12-03, 2026-02-25, 2026-05-16 and
# 2026-09-16.
@pytest.mark.parametrize(
    ("period", "covers", "count"),
    [
        ("2025-Q4", "year-to-date", 4),
        ("2026-Q1", "year-to-date", 1),
        ("2026-Q3", "period", 1),
        ("2026-Q3", "running-total", 7),
        # From October 1, 2025: those of December, February, May and September.
        ("2026-Q3", "rolling-12-months", 4),
        ("2026-Q3", "rolling-36-months", 7),
        ("2026-Q2", "rolling-12-months", 4),
    ],
)
def test_exercises_are_counted_over_the_time_that_the_number_covers(period: str, covers: Covers, count: int) -> None:
    span = period_from(period)
    assert span is not None

    assert tally(plan_of(ROOT), "exercises-held", span, span.end, covers).number == count


def test_an_exercise_that_the_number_forgets_is_warned_of(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / "metrics" / "exercises-held.yml", "2026-Q3, value: 3", "2026-Q3, value: 4")

    assert warned(project) == [
        'data/metrics/exercises-held.yml:33:30: found 4 for 2026-Q3 in the metric "exercises-held", but its register, '
        "people.yml, gives 3 on 2026-09-30\n"
        "    Allowed: what the register gives, counted as: exercises held in the time that the number covers\n"
        "    Fix: correct the number, or the dates in people.yml."
    ]


def test_a_share_of_actions_that_nobody_can_count_is_warned_of(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    file = project / "data" / "metrics" / "actions-on-schedule-share.yml"
    change(file, "2026-Q3, value: 93", "2026-Q3, value: 98")

    (message,) = warned(project)
    assert message.startswith("data/metrics/actions-on-schedule-share.yml:")
    assert "found 98 for 2026-Q3" in message
    assert "its register, the files in goals/, gives 93 (39 of 42) on 2026-09-30" in message
    assert "without those given up" in message


def test_a_register_that_no_longer_knows_gives_a_range(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    file = project / "data" / "metrics" / "legal-duties-current-share.yml"
    shown = 96
    for fits in (83, 87, 91):
        change(file, f"2026-Q3, value: {shown}", f"2026-Q3, value: {fits}")
        shown = fits
        assert not [message for message in warned(project) if "its register" in message]
    change(file, "2026-Q3, value: 91", "2026-Q3, value: 90")

    (message,) = (message for message in warned(project) if "its register" in message)
    assert "gives one of 83, 87, 91, 96 (19 to 22 of 23) on 2026-09-30" in message


def test_the_page_of_the_measure_says_what_the_register_gives(tmp_path: Path) -> None:
    pages = core_pages(plan_of(ROOT))

    exercises = pages["measures/exercises-held/"].words("//*[@id='mirror']")
    assert "Roles and leadership. On September 30, 2026 the register gives 3 exercises, as shown here." in exercises
    actions = pages["measures/actions-on-schedule-share/"].words("//*[@id='mirror']")
    assert "Roadmap. On September 30, 2026 the register gives 93% (39 of 42), as shown here." in actions
    duties = pages["measures/legal-duties-current-share/"].words("//*[@id='mirror']")
    assert "the register gives 83%, 87%, 91% or 96%: 3 entries were brought up to date since" in duties
    assert "The number shown here, 96%, fits that." in duties

    project = copy_project(tmp_path)
    change(project / "data" / "metrics" / "exercises-held.yml", "2026-Q3, value: 3", "2026-Q3, value: 4")
    wrong = core_pages(plan_of(project))["measures/exercises-held/"].words("//*[@id='mirror']")
    assert "the register gives 3 exercises, but the number shown here is 4 exercises." in wrong


def test_what_is_due_on_the_last_day_and_not_done_by_it_was_missed(tmp_path: Path) -> None:
    # A12 was due on September 30. Had it been finished that day, 40 of 42 actions would have been in order.
    project = copy_project(tmp_path)
    goal = project / "data" / "goals" / "fire-safety.yml"
    text = goal.read_text(encoding="utf-8")
    start = text.index("ref: A12")
    part = text[start:].replace("        progress: 75\n", "        progress: 100\n        done: 2026-09-30\n", 1)
    goal.write_text(text[:start] + part, encoding="utf-8")
    plan = plan_of(project)
    found = mirror(plan, plan.metric("actions-on-schedule-share"))

    assert found is not None
    assert (found.tally.number, found.tally.of) == (40, 42)
    assert not found.agrees


def test_a_measure_of_another_kind_is_not_held_against_the_register(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / "metrics" / "exercises-held.yml", "kind: count", "kind: mean")
    plan = plan_of(project)

    assert mirror(plan, plan.metric("exercises-held")) is None
    assert mirror(plan, plan.metric("injury-crashes")) is None
