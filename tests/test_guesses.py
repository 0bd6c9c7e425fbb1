"""What was probably meant is only guessed where there is one answer."""

from __future__ import annotations

import pytest

from safety_plan.problems import Place, PlanError, Problem
from safety_plan.reading.guesses import month_number, same_meaning


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("July", 7),
        ("jul", 7),
        ("Sep.", 9),
        (" MAY ", 5),
        ("December", 12),
        ("7", 0),
        ("Ju", 0),
        ("", 0),
        ("Julember", 0),
    ],
)
def test_a_month_is_known_by_its_name(text: str, number: int) -> None:
    assert month_number(text) == number


def test_a_key_is_known_by_what_it_means() -> None:
    assert same_meaning("because", ["since", "reason"], ["since", "reason"]) == "reason"
    assert same_meaning("Why", ["because"], ["because", "note"]) == "because"
    assert same_meaning("lead", ["owner"], ["owner", "about"]) == "owner"


def test_what_is_needed_comes_before_what_may_stand_there() -> None:
    # Both mean the same as "why"; only one of them is needed.
    assert same_meaning("why", ["reason"], ["because", "reason"]) == "reason"


def test_between_two_keys_nothing_is_guessed() -> None:
    assert same_meaning("why", [], ["because", "reason"]) == ""
    assert same_meaning("colour", ["reason"], ["reason", "note"]) == ""


def test_problems_of_one_cause_are_told_once_and_others_are_not_joined() -> None:
    first, second, third = (
        Problem(Place(file, line), f"found {line}", fix="mend it.", cause="one")
        for file, line in (("a.yml", 4), ("a.yml", 9), ("b.yml", 2))
    )
    other = Problem(Place("a.yml", 5), "found another", fix="mend it.")

    told = PlanError([third, other, second, first]).problems

    assert [problem.found for problem in told] == ["found 4; there are 3 of them in 2 files", "found another"]
    assert PlanError([second]).problems == (second,)
    assert PlanError([first, second]).problems[0].found == "found 4; there are 2 of them in 1 file"
