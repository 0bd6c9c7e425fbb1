"""A chart tells where the target is: at its own height and day, or else that it lies beyond the end of the chart.

Where a height or a day lies on a chart is read off the values that are drawn on it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import pytest

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.charts.axes import level_text
from safety_plan.publishing.charts.key import key
from safety_plan.publishing.charts.paths import short_value
from safety_plan.publishing.charts.places import HEIGHT, NARROWEST, Label
from safety_plan.publishing.charts.trend import Trend, trend
from safety_plan.reading.schema.metrics import Metric as Record
from safety_plan.reading.schema.targets import Target
from safety_plan.results.results import Results, compute
from tests.core_pages import AS_OF, plan_of
from tests.support import ROOT

PLANS = {"example": ROOT, **{name: ROOT / "tests" / "plans" / name for name in ("berlin", "kinds", "small")}}
BESIDE = 40.0
"""Pixels on the narrowest screen up to which a text is seen to belong to a mark: three times its own height."""


@dataclass(frozen=True)
class Drawn:
    """A measure, its chart, and what the key below the chart says."""

    metric: Metric
    chart: Trend
    key: str

    @property
    def record(self) -> Record:
        return self.metric.record


def charts(name: str, change: Callable[[Metric], Metric] = lambda metric: metric) -> Iterator[Drawn]:
    """The charts of all measures of a plan that have a target, each measure changed before it is drawn."""
    plan = plan_of(PLANS[name])
    results = compute(plan, AS_OF)
    for metric in map(change, plan.metrics):
        found = drawn(metric, results)
        if found is not None and metric.record.targets and metric.record.better and found.chart.paths:
            yield found


def drawn(metric: Metric, results: Results) -> Drawn | None:
    result = results.metrics[metric.id]
    chart = trend(metric, result.trend, result.moved, tuple(one.period for one in result.skipped))
    if chart is None:
        return None
    entries = " ".join(entry.text for entry in key(metric.record, chart, result.assessment.method))
    return Drawn(metric, chart, entries)


def due_in(year: int) -> Callable[[Metric], Metric]:
    """A change that moves the day of each final target to the end of a year."""

    def moved(metric: Metric) -> Metric:
        if not metric.record.targets:
            return metric
        *others, last = metric.record.targets
        aims = (*others, last.model_copy(update={"by": dt.date(year, 12, 31)}))
        return replace(metric, record=metric.record.model_copy(update={"targets": aims}))

    return moved


def place(one: Drawn, day: dt.date, value: float) -> tuple[float, float]:
    """Where a value of a day lies, in pixels of the narrowest screen, by the places of the values that are drawn."""
    marks = {
        mark.text: mark for mark in (*one.chart.points, *one.chart.signals, *one.chart.partial)
    }  # fmt: skip
    known = []
    for seen in one.record.observations:
        start = f"{words.observation_period(one.record, seen)}: "
        known += [(seen.period.end, seen.number or 0.0, mark) for text, mark in marks.items() if text.startswith(start)]
    if one.chart.baseline and one.record.baseline:
        known.append((one.record.baseline.period.end, one.record.baseline.value, one.chart.baseline))
    first, last = min(known, key=lambda a: a[0]), max(known, key=lambda a: a[0])
    share = (day - first[0]).days / (last[0] - first[0]).days
    # The levels of the axis tell heights apart where all values are the same.
    heights = [(number, mark.y) for _, number, mark in known]
    heights += [
        (number, level.y) for level in one.chart.levels if (number := _number(one.record, level.text)) is not None
    ]
    low, high = max(combinations(heights, 2), key=lambda pair: abs(pair[0][0] - pair[1][0]))
    rise = (value - low[0]) / (high[0] - low[0])
    return (
        (first[2].x + share * (last[2].x - first[2].x)) * NARROWEST / 100,
        (low[1] + rise * (high[1] - low[1])) * HEIGHT / 100,
    )


def _number(record: Record, text: str) -> float | None:
    if record.kind == "yes-no":
        return next(number for number in (0.0, 1.0) if level_text(record, number) == text)
    bare = text.replace(",", "").replace("%", "")
    return float(bare) if re.fullmatch(r"\d+(\.\d+)?", bare) and text == level_text(record, float(bare)) else None


def is_beside(label: Label, x: float, y: float) -> bool:
    """Whether a text stands so near a place that it is seen to belong to it."""
    box = label.box
    across = max(box.left - x, x - box.right, 0.0)
    down = max(box.top - y, y - box.bottom, 0.0)
    return across <= BESIDE and down <= BESIDE


def of_target(one: Drawn) -> list[Label]:
    return [label for label in one.chart.labels if label.kind == "target"]


def meant(record: Record, label: Label) -> tuple[Target, float]:
    """The target and its edge that a label names."""
    found = [
        (target, edge)
        for target in reversed(record.targets)
        for edge in target.edges
        if re.search(rf"(?<!\S){re.escape(short_value(record, edge))}(?!\S)", label.text)
    ]
    # Of two targets with the same value the year tells which one is meant.
    return next((one for one in found if label.text.endswith(f" by {one[0].by.year}")), found[0])


def leads_to_a_day(one: Drawn) -> bool:
    """Whether a way leads to the target, which is not a level."""
    return bool(one.chart.aims or one.chart.beyond)


@pytest.mark.parametrize("name", PLANS)
def test_a_target_stands_where_it_is(name: str) -> None:
    seen = 0
    for one in charts(name):
        assert one.chart.beyond is None, one.metric.id
        for label in of_target(one):
            target, edge = meant(one.record, label)
            x, y = place(one, target.by, edge)
            # A level is as high everywhere, so that its name may stand anywhere along it.
            along = label.x * NARROWEST / 100 if not leads_to_a_day(one) else x
            assert is_beside(label, along, y), (one.metric.id, label)
            seen += 1
        for mark in one.chart.aims:
            (target,) = [aim for aim in one.record.targets if mark.text.endswith(words.target_by(one.record, aim))]
            assert target.value is not None
            x, y = place(one, target.by, target.value)
            assert (mark.x * NARROWEST / 100, mark.y * HEIGHT / 100) == pytest.approx((x, y), abs=1.0), one.metric.id
            assert mark.text in one.key
            seen += 1
        if leads_to_a_day(one):
            assert one.chart.aims[-1].text.startswith("Target: "), one.metric.id
            assert one.chart.aims[-1].x <= 97

    assert seen > 5


def test_every_target_of_the_example_with_a_day_has_its_name_beside_it() -> None:
    named = {
        one.metric.id: [label.text for label in of_target(one)] for one in charts("example") if leads_to_a_day(one)
    }

    assert len(named) > 20
    assert {metric: texts for metric, texts in named.items() if not any(" by 20" in text for text in texts)} == {}
    assert named["smoke-alarms-installed"] == ["Target 1,500 by 2029"]
    assert named["ems-response-90th"] == ["Target 9.5 by 2029"]


@pytest.mark.parametrize("name", PLANS)
def test_a_target_beyond_the_chart_is_said_to_lie_there(name: str) -> None:
    far = 0
    for one in charts(name, due_in(2099)):
        target = one.record.targets[-1]
        if not leads_to_a_day(one):
            continue
        far += 1
        mark = one.chart.beyond
        assert mark is not None, one.metric.id
        assert not [aim for aim in one.chart.aims if aim.text.startswith("Target: ")]
        said = words.target_by(one.record, target)
        assert mark.text == f"The target lies beyond the end of the chart: {said}"
        assert f"{mark.text}." in one.key
        assert one.chart.description.endswith(f"The target is {said}, which lies beyond the end of the chart.")
        for label in of_target(one):
            if label.text.endswith(" by 2099"):
                assert re.match(r"(Leads to|To) ", label.text), label
                assert is_beside(label, mark.x * NARROWEST / 100, mark.y * HEIGHT / 100)

    assert far >= 3


def test_a_chart_ends_with_the_target_as_long_as_its_values_can_be_read() -> None:
    ends = {}
    for year in (2029, 2035, 2045):
        (one,) = [one for one in charts("example", due_in(year)) if one.metric.id == "ems-response-90th"]
        whole = [mark.x for mark in one.chart.points]
        ends[year] = one.chart.beyond is None
        # A sixth of the plot is the least that eleven values take.
        assert (max(whole) - min(whole)) / one.chart.width >= 1 / 6

    assert ends == {2029: True, 2035: True, 2045: False}


def test_the_last_year_of_a_chart_is_named() -> None:
    for one in charts("example"):
        if leads_to_a_day(one):
            last = max(one.record.targets[-1].by.year, *(seen.period.end.year for seen in one.record.observations))
            assert str(last) in [label.text for label in one.chart.times], one.metric.id


def test_the_way_to_a_target_of_before_does_not_end_at_a_wrong_height() -> None:
    plan = plan_of(ROOT)
    metric, results = plan.metric("training-finished-on-time"), compute(plan, AS_OF)
    result = results.metrics[metric.id]
    later = tuple(
        replace(move, before=move.before.model_copy(update={"by": dt.date(2060, 12, 31)}),
                metric=move.metric and move.metric.model_copy(update={"targets": tuple(
                    aim.model_copy(update={"by": dt.date(2060, 12, 31)}) for aim in move.metric.targets)}))
        for move in result.moved
    )  # fmt: skip
    chart = trend(metric, result.trend, later)

    assert later
    assert chart is not None
    texts = [label.text for label in chart.labels if label.kind == "old"]
    assert texts in (["Before: to 99% by 2060"], ["Before: to 99%"])
