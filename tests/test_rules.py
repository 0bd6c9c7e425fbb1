"""Every number in the rules decides something: change it, and some result is another."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

import pytest

from safety_plan.plan.few_cases import needs_caution, without_percentiles_of_few
from safety_plan.plan.plain_language import plain_language
from safety_plan.reading.content import HandWritten
from safety_plan.reading.folder import Records
from safety_plan.reading.schema.metrics import Baseline, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target
from safety_plan.results.duties import duty_state
from safety_plan.results.stability import unstable
from safety_plan.results.status import assess
from safety_plan.results.trend import find_trend
from safety_plan.rules import RULES, Rules, constants
from tests.core_pages import plan_of
from tests.made import made_metric, period
from tests.support import ROOT
from tests.test_duties import duty
from tests.test_method import changed

TODAY = dt.date(2026, 11, 22)


def metric(**changes: Any) -> Metric:
    """A made-up measure that is to rise from 100 at the end of 2015 to 200 at the end of 2025."""
    base = made_metric(
        kind="mean",
        frequency="monthly",
        baseline=Baseline(period=period("2015"), value=100),
        targets=(Target(by=dt.date(2025, 12, 31), value=200, why="Because."),),
    )
    return base.model_copy(update=changes)


def statuses(rules: Rules) -> Hashable:
    """The status of many values, early and late."""
    values = [(month, value) for month in ("2016-06", "2016-12", "2017-02", "2020-12") for value in range(90, 160)]
    return tuple(assess(metric(observations=(_seen(*one),)), rules).status for one in values)


def _seen(month: str, value: float, **more: Any) -> Observation:
    return Observation(period=period(month), value=value, **more)


def growths(rules: Rules) -> Hashable:
    """What the growth of many values is called and how it scores, with a target, without one, and near a limit."""
    aims: tuple[dict[str, Any], ...] = ({}, {"targets": ()}, {"targets": (), "natural_limit": 120.0})
    found = []
    for month in ("2016-06", "2017-06", "2018-06"):
        for value in range(90, 160):
            for aim in aims:
                one = assess(metric(status_method="growth-rate", observations=(_seen(month, value),), **aim), rules)
                found.append((one.not_used, one.growth and one.growth.progress, one.growth and one.growth.score))
    return tuple(found)


def trends(rules: Rules) -> Hashable:
    """The trend of many rows of numbers: by chance with gaps and slopes, and calm ones with a leap of many sizes."""
    dice = random.Random("the same each time")
    rows = []
    for _ in range(300):
        slope, whole = dice.choice([0, 0, 0.3]), dice.choice([0.5, 0.95])
        months = [number for number in range(dice.randint(10, 40)) if dice.random() < whole]
        rows.append([(month, dice.gauss(at * slope, 2)) for at, month in enumerate(months)])
    # A leap among steps of 1 is as large as the rule allows at about 4.03.
    rows += [[(at, at % 2 + (at > 6) * (2.9 + size / 200)) for at in range(14)] for size in range(40)]
    return tuple(_trend(row, rules) for row in rows)


def _trend(row: list[tuple[int, float]], rules: Rules) -> Hashable:
    values = [_seen(f"{2010 + month // 12}-{month % 12 + 1:02}", value) for month, value in row]
    found = find_trend(metric(observations=tuple(values)), rules)
    return found.direction, found.reason, found.limits, found.signals


def rates(rules: Rules) -> Hashable:
    """Which rates are unstable, by the events they rest on."""
    rate = metric(kind="rate", per=100)
    return tuple(unstable(rate, _seen("2020-01", 5, n=events), rules) for events in range(60))


def percentiles(rules: Rules) -> Hashable:
    """Which percentiles are shown, and which with a word of caution, by the cases they rest on."""
    seen = tuple(_seen(f"{2000 + number // 12}-{number % 12 + 1:02}", 5, n=number) for number in range(60))
    record = metric(kind="percentile", percentile=90, observations=seen)
    checked = without_percentiles_of_few(Records("data", folders={"metrics": {"some": record}}), rules)
    (shown,) = checked.all(Metric).values()
    return tuple((one.missing, needs_caution(shown, one, rules)) for one in shown.observations)


def duties(rules: Rules) -> Hashable:
    """How legal duties stand that are due on many days ahead."""
    return tuple(
        duty_state(duty(done, TODAY + dt.timedelta(days=days)), TODAY, rules)
        for days in range(100)
        for done in (None, dt.date(2025, 1, 1))
    )


def readings(rules: Rules) -> Hashable:
    """Which texts are told to be hard: of many lengths, with short words and with long ones."""
    plan = replace(plan_of(ROOT / "tests" / "plans" / "small"), rules=rules)
    easy = ["word " * words for words in range(20, 40)]
    hard = ["Community safety evaluation. " * 8 + "Go. " * short for short in range(60)]
    pages = [HandWritten(f"{at}.md", f"{at}.md", text) for at, text in enumerate((*easy, *hard))]
    return tuple(problem.place for problem in plain_language(plan, pages))


RESULTS: tuple[tuple[str, Callable[[Rules], Hashable]], ...] = (
    ("on_track", statuses),
    ("at_risk", statuses),
    ("too_early", statuses),
    ("growth", growths),
    ("trend", trends),
    ("unstable", rates),
    ("percentile", percentiles),
    ("due_soon", duties),
    ("reading", readings),
)
"""What the numbers whose names begin so decide."""


@pytest.mark.parametrize("name", [name for name, _ in constants()])
def test_a_number_that_changes_changes_a_result(name: str) -> None:
    (decides,) = [found for start, found in RESULTS if name.startswith(start)]

    assert decides(RULES) != decides(changed(name))


def test_the_same_numbers_give_the_same_results() -> None:
    for _, found in RESULTS:
        assert found(RULES) == found(replace(RULES))
