"""What staff are told of numbers and settings that go ill together; nothing of it keeps the site from being built."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem
from safety_plan.results.results import compute
from safety_plan.results.warnings import warnings
from safety_plan.rules import RULES
from tests.core_pages import AS_OF, plan_of
from tests.support import ROOT, change, copy_project

KINDS = ROOT / "tests" / "plans" / "kinds"
FALLS = Path("data", "metrics", "repeat-fall-calls.yml")
WITHHELD = """\
      - {period: 2026-Q3, group: River, value: 7}
      - {period: 2026-Q3, group: Hill, withheld: true}
      - {period: 2026-Q3, group: Mill, value: 6}
      - {period: 2026-Q3, group: Center, withheld: true}
"""


def found(plan: Plan) -> list[Problem]:
    return list(warnings(plan, compute(plan, AS_OF)))


def kinds(folder: Path) -> Path:
    shutil.copytree(KINDS / "data", folder / "data")
    return folder


def groups(*numbers: tuple[str, tuple[int, ...]]) -> str:
    """Lines for districts with these numbers of each period."""
    names = ("River", "Hill", "Mill", "Center")
    return "".join(
        f"      - {{period: {period}, group: {name}, value: {value}}}\n"
        for period, values in numbers
        for name, value in zip(names, values, strict=True)
    )


@pytest.mark.parametrize("plan", [ROOT, KINDS, ROOT / "tests" / "plans" / "berlin"], ids=lambda path: path.name)
def test_groups_that_add_up_or_never_do_are_left_alone(plan: Path) -> None:
    assert [one for one in found(plan_of(plan)) if "add up" in one.found] == []


def test_groups_that_contradict_the_whole_are_named(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    # 7 + 6 + 6 + 6 = 25; the file gives 19 as the whole of 2026-Q3.
    change(project / FALLS, WITHHELD, groups(("2026-Q3", (7, 6, 6, 6))))

    (told,) = found(plan_of(project))

    line = (
        (project / FALLS)
        .read_text(encoding="utf-8")
        .splitlines()
        .index(groups(("2026-Q3", (7, 6, 6, 6))).split("\n")[0])
    )
    assert str(told) == (
        f'{FALLS.as_posix()}:{line + 1}:18: found in the metric "repeat-fall-calls": the groups of 2026-Q3 by '
        '"district" add up to 25, but the whole is 19\n'
        "    Allowed: groups that add up to 19\n"
        "    Fix: check the numbers of the groups and of the whole; if the groups overlap, say so in a note."
    )


def test_a_withheld_group_for_which_nothing_is_left_is_named(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    # 11 + 10 = 21, more than 19: nothing is left for Hill and Center.
    change(project / FALLS, "group: River, value: 7", "group: River, value: 11")
    change(project / FALLS, "group: Mill, value: 6", "group: Mill, value: 10")

    (told,) = found(plan_of(project))

    assert "add up to 21, but the whole is 19, which leaves nothing for the 2 withheld ones" in told.found


def test_one_slip_among_periods_that_add_up_is_named_alone(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    # 2026-Q1 is 21 and 2026-Q2 is 20 in the file: 6 + 6 + 6 + 3 would be small, so that the groups are larger here.
    falls = project / FALLS
    for period, value in (("2026-Q1", 21), ("2026-Q2", 20), ("2026-Q3", 19)):
        change(falls, f"period: {period}, value: {value}}}", f"period: {period}, value: {10 * value}}}")
    right, wrong = ("2026-Q1", (60, 50, 50, 50)), ("2026-Q2", (60, 50, 50, 45))
    change(falls, WITHHELD, groups(right, wrong))

    told = [one for one in found(plan_of(project)) if "add up" in one.found]

    assert ["add up to 205, but the whole is 200" in one.found for one in told] == [True]


def test_groups_that_overlap_in_every_period_are_left_alone(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / FALLS, WITHHELD, groups(("2026-Q2", (17, 16, 16, 16)), ("2026-Q3", (17, 16, 16, 16))))

    assert [one for one in found(plan_of(project)) if "add up" in one.found] == []


def test_sums_may_differ_by_what_rounding_takes(tmp_path: Path) -> None:
    project = kinds(tmp_path)
    hours = project / "data" / "metrics" / "hours-trained.yml"
    text = hours.read_text(encoding="utf-8")
    split = "breakdowns:\n  - by: crew\n    observations:\n      - {period: 2026-Q3, group: A, value: 320.4}\n"
    hours.write_text(f"{text}{split}      - {{period: 2026-Q3, group: B, value: 320.4}}\n", encoding="utf-8")
    assert [one for one in found(plan_of(project)) if "add up" in one.found] == []

    # 320.4 + 330.4 = 650.8 is 10.8 from the 640 of the file: no rounding to whole hours does that.
    hours.write_text(f"{text}{split}      - {{period: 2026-Q3, group: B, value: 330.4}}\n", encoding="utf-8")
    assert [one for one in found(plan_of(project)) if "add up to 651, but the whole is 640" in one.found]


def test_a_percentile_of_too_few_cases_is_told_at_its_line(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    metric = project / "data" / "metrics" / "ems-response-90th.yml"
    change(metric, "2024-Q2, value: 11.5, n: 418", "2024-Q2, value: 11.5, n: 8")

    (told,) = found(plan_of(project))

    assert str(told) == (
        "data/metrics/ems-response-90th.yml:28:30: found a 90th percentile of too few cases for 2024-Q2 in the metric "
        '"ems-response-90th"; the site does not show it and says: Only 8 cases, too few for the 90th percentile\n'
        '    Allowed: "n" of at least 10, so that the percentile is shown\n'
        "    Fix: leave the line as it is, or check the number of cases."
    )
    other = dataclasses.replace(plan_of(project), rules=dataclasses.replace(RULES, percentile_not_shown_below=12))
    assert '"n" of at least 12' in found(other)[0].allowed


GROWTH = "status_method: growth-rate\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("near-misses", "", "", "numbers above zero; the straight line is used"),
        ("calls-by-month", "", "", "it has no status"),
        ("hours-trained", "value: 400}\ntargets", "value: 0}\ntargets", "the straight line is used"),
        ("on-time-percent", "", "", "there is no starting point; it is judged as a level to hold"),
        ("alarms-so-far", "", "", "sums that grow by themselves"),
    ],
)
def test_a_growth_rate_that_cannot_be_used_says_why_and_what_is_used(
    tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    project = kinds(tmp_path)
    metric = project / "data" / "metrics" / f"{name}.yml"
    text = metric.read_text(encoding="utf-8").replace(old, new) if old else metric.read_text(encoding="utf-8")
    metric.write_text(text.replace("\nkind:", f"\n{GROWTH}kind:"), encoding="utf-8")

    (told,) = [one for one in found(plan_of(project)) if "growth-rate" in one.found]

    assert f'found "growth-rate" in the metric "{name}", where it cannot be used: ' in told.found
    assert said in told.found
    assert (
        told.place.line == [*text.splitlines()].index(next(x for x in text.splitlines() if x.startswith("kind:"))) + 1
    )


def test_a_growth_rate_that_is_used_is_not_doubted(tmp_path: Path) -> None:
    project = kinds(tmp_path)
    change(project / "data" / "metrics" / "hours-trained.yml", "\nkind:", f"\n{GROWTH}kind:")

    assert [one for one in found(plan_of(project)) if "growth-rate" in one.found] == []


def test_a_natural_limit_that_no_rule_looks_at_is_named(tmp_path: Path) -> None:
    project = kinds(tmp_path)
    metric = project / "data" / "metrics" / "hours-trained.yml"
    change(metric, "\nkind:", "\nnatural_limit: 5000\nkind:")
    told = [one.found for one in found(plan_of(project)) if "natural_limit" in one.found]
    assert told == [
        'found "natural_limit" in the metric "hours-trained", where it has no effect: the metric has a target, which '
        "decides alone"
    ]

    text = metric.read_text(encoding="utf-8")
    before, after = text.index("targets:"), text.index("benchmarks:")
    metric.write_text(text[:before] + text[after:], encoding="utf-8")
    told = [one.found for one in found(plan_of(project)) if "natural_limit" in one.found]
    assert told == [
        'found "natural_limit" in the metric "hours-trained", where it has no effect: the metric has no '
        '"status_method: growth-rate"'
    ]

    change(metric, "\nkind:", f"\n{GROWTH}kind:")
    assert [one for one in found(plan_of(project)) if "natural_limit" in one.found] == []


def test_a_percent_that_looks_like_a_share_and_a_time_below_zero_are_told(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    answered, response = (project / "data" / "metrics" / name for name in ANSWERED_AND_RESPONSE)
    change(answered, "{period: 2026-Q3, value: 93,", "{period: 2026-Q3, value: 0.93,")
    change(response, "{period: 2026-Q3, value: 10.4,", "{period: 2026-Q3, value: -10.4,")

    told = [str(one) for one in found(plan_of(project))]

    assert any("found 0.93 for a percent; 0.93 looks like a share" in one for one in told)
    assert any("found -10.4, below zero, where all other values" in one for one in told)


ANSWERED_AND_RESPONSE = ("911-answered-15-seconds.yml", "ems-response-90th.yml")
