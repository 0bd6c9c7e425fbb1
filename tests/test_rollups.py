"""Counts of a goal, an objective and the whole plan, in a sentence in which the bad news counts as much as the good."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety_plan.publishing.rollups import in_a_sentence, in_short
from safety_plan.results.actions import ActionState
from safety_plan.results.rollup import Rollup
from safety_plan.results.status import Status
from tests.core_pages import core_pages, plan_of
from tests.support import ROOT

ACTIONS = Counter({ActionState.DONE: 2, ActionState.DONE_LATE: 1, ActionState.OVERDUE: 1})
DONE = "3 of 4 actions are done and 1 is overdue"

# The sentences are written by hand from the counts beside them.
MEASURES = [
    (Counter[Status](), 0, "There is no measure yet"),
    (Counter[Status](), 2, "No measure has a target yet"),
    (Counter({Status.ON_TRACK: 1}), 0, "The one measure with a target is on track or met"),
    (Counter({Status.MISSED: 1}), 3, "The one measure with a target is off track or missed"),
    (Counter({Status.ON_TRACK: 2, Status.MEETING: 3}), 0, "All 5 measures with a target are on track or met"),
    (Counter({Status.AT_RISK: 2}), 0, "All 2 measures with a target are at risk"),
    (
        Counter({Status.AT_RISK: 1, Status.OFF_TRACK: 2}),
        0,
        "None of 3 measures with a target is on track or met, 1 is at risk and 2 are off track or missed",
    ),
    (
        Counter({Status.MEETING: 1, Status.AT_RISK: 1}),
        4,
        "1 of 2 measures with a target is on track or met and 1 is at risk",
    ),
    (
        Counter({Status.ON_TRACK: 3, Status.GETTING_WORSE: 1, Status.TOO_EARLY: 2, Status.NONE: 1}),
        0,
        "3 of 7 measures with a target are on track or met, 1 is off track or missed, 2 are too early to say and 1 is "
        "without a status",
    ),
]


@pytest.mark.parametrize(("aimed", "without", "words"), MEASURES)
def test_measures_are_counted_in_words(aimed: Counter[Status], without: int, words: str) -> None:
    assert in_a_sentence(Rollup(aimed, without, 0, ACTIONS)) == f"{words}; {DONE}."


STATES = [
    (Counter[ActionState](), "there is no action yet"),
    (Counter({ActionState.DONE_LATE: 1}), "the one action is done"),
    (Counter({ActionState.NOT_STARTED: 3}), "all 3 actions are not started yet"),
    (
        Counter({ActionState.OVERDUE: 1, ActionState.PAUSED: 2, ActionState.STARTS_LATE: 1, ActionState.CANCELLED: 1}),
        "none of 5 actions is done, 1 is overdue, 1 is not started in time, 2 are paused and 1 is given up",
    ),
]


@pytest.mark.parametrize(("actions", "words"), STATES)
def test_actions_are_counted_in_words(actions: Counter[ActionState], words: str) -> None:
    found = in_a_sentence(Rollup(Counter({Status.ON_TRACK: 1}), 0, 0, actions))

    assert found == f"The one measure with a target is on track or met; {words}."


@pytest.mark.parametrize(("late", "words"), [(1, "; 1 number is late."), (3, "; 3 numbers are late.")])
def test_late_numbers_are_told(late: int, words: str) -> None:
    assert in_a_sentence(Rollup(Counter({Status.ON_TRACK: 1}), 0, late, ACTIONS)).endswith(words)


def test_an_objective_gets_just_the_counts() -> None:
    aimed = Counter({Status.ON_TRACK: 2, Status.AT_RISK: 1})

    assert in_short(Rollup(aimed, 1, 0, ACTIONS)) == (
        "4 measures: 2 on track or met, 1 at risk, 1 without a target. 4 actions: 3 done, 1 overdue."
    )
    assert in_short(Rollup(Counter(), 0, 0, Counter())) == "0 measures. 0 actions."


@settings(deadline=None, derandomize=True)
@given(
    st.dictionaries(st.sampled_from(list(Status)), st.integers(1, 9)),
    st.dictionaries(st.sampled_from(list(ActionState)), st.integers(1, 9)),
    st.integers(0, 9),
)
def test_nothing_is_left_out_of_the_count(
    aimed: dict[Status, int], actions: dict[ActionState, int], without: int
) -> None:
    found = in_short(Rollup(Counter(aimed), without, 0, Counter(actions)))
    measures, work = found.split(". ")

    for part in (measures, work):
        total, _, rest = part.rstrip(".").partition(": ")
        counted = [int(one.split()[0]) for one in rest.split(", ")] if rest else []
        assert sum(counted) == int(total.split()[0])


def test_the_example_says_it_on_its_pages() -> None:
    pages = core_pages(plan_of(ROOT))

    # Counted by hand from the statuses on the page of all measures and from the roadmap.
    assert pages["goals/fire-safety/"].words("//p[@id='summary']") == (
        "5 of 6 measures with a target are on track or met and 1 is at risk; 2 of 7 actions are done, 3 are under way "
        "and 2 are overdue; 1 number is late."
    )
    assert pages[""].words("//p[@id='summary']").startswith("24 of 33 measures with a target are on track or met, ")
    assert "1 measure: 1 off track or missed. 2 actions: 1 overdue, 1 paused." in (
        pages["goals/disaster-readiness/"].words()
    )
