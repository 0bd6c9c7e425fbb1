"""A rate from few events is marked as unstable, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from safety_plan.reading.schema.metrics import Metric, Source
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.stability import unstable
from safety_plan.rules import Rules
from tests.made import period
from tests.support import BuiltSite

INJURIES = "measures/responder-injury-rate/"


def rate(**changes: Any) -> Metric:
    base = Metric(
        name="Injury rate",
        question="How often do we get hurt?",
        definition="Injuries per 100 staff.",
        kind="rate",
        per=100,
        unit="injuries per 100 staff",
        counts="cases",
        level="outcome",
        frequency="yearly",
        source=Source(name="Log", owner="clerk"),
    )
    return base.model_copy(update=changes)


def seen(**changes: Any) -> Observation:
    return Observation(period=period("2025"), **changes)


# The relative standard error of a Poisson count is 1 / root of it: 1 / 3.3166 = 30.15% for 11, 28.87% for 12. Rates are
# flagged from 30% (Connecticut Environmental Public Health Tracking).
@pytest.mark.parametrize(("events", "error"), [(6, 0.4082), (11, 0.3015), (12, None), (400, None)])
def test_eleven_events_are_unstable_and_twelve_are_not(events: int, error: float | None) -> None:
    found = unstable(rate(), seen(value=9.9, n=events))

    assert (found is None) == (error is None)
    if found is not None:
        assert found.events == events
        assert found.error == pytest.approx(error, abs=0.0001)


def test_no_event_at_all_is_unstable_too() -> None:
    found = unstable(rate(), seen(value=0, n=0))

    assert found is not None
    assert (found.events, found.error) == (0, None)


def test_the_part_is_the_number_of_events_where_it_is_given() -> None:
    found = unstable(rate(), seen(part=7, of=900))

    assert found is not None
    assert found.events == 7


def test_nothing_is_said_where_the_number_of_events_is_not_known() -> None:
    assert unstable(rate(), seen(value=9.9)) is None
    assert unstable(rate(), seen(withheld=True)) is None
    assert unstable(rate(), None) is None


def test_only_rates_and_percents_are_marked() -> None:
    assert unstable(rate(kind="percentile"), seen(value=9.9, n=8)) is None
    assert unstable(rate(kind="mean"), seen(value=9.9, n=8)) is None


# The standard error of a share is the root of p (1 - p) / n (domain/publishing.md, D1). For 9 of 50: root of
# 0.18 x 0.82 / 50 = 0.05433, or 30.2% of 0.18; for 10 of 50: root of 0.2 x 0.8 / 50 = 0.05657, or 28.3% of 0.2.
@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"part": 9, "of": 50}, 0.3018),
        ({"part": 10, "of": 50}, None),
        ({"value": 18, "n": 50}, 0.3018),
        ({"part": 50, "of": 50}, None),
        ({"part": 0, "of": 50}, None),
        ({"value": 18}, None),
    ],
)
def test_a_small_share_of_few_cases_is_unstable(values: dict[str, int], error: float | None) -> None:
    found = unstable(rate(kind="percent", per=None), seen(**values))

    assert (found is None) == (error is None)
    if found is not None:
        assert found.of == 50
        assert found.error == pytest.approx(error, abs=0.0001)


def test_the_number_of_the_rule_decides() -> None:
    # 1 / root of 16 is just 25%.
    assert unstable(rate(), seen(value=9.9, n=16), Rules(unstable_rse_from=0.25)) is not None
    assert unstable(rate(), seen(value=9.9, n=17), Rules(unstable_rse_from=0.25)) is None


def test_a_resident_sees_the_mark_wherever_the_status_stands(example_site: BuiltSite) -> None:
    page = example_site[INJURIES]

    assert (
        page.words("//*[@id='unstable']") == "Unstable: it rests on only 11 events, so chance alone can move it a lot."
    )
    assert page.words("//p[@class='sp-answer__value']").endswith("off track, getting worse (unstable)")
    remark = page.words("//tr[@id='values-2026-Q3']/following-sibling::tr[1][@class='sp-remark']")
    assert remark == "Unstable: only 11 events."
    listed = example_site["measures/"].words("//tr[@id='metric-responder-injury-rate']/td[1]")
    assert listed.startswith("off track, getting worse (unstable)")
    troubled = example_site[""].words("//h3[@id='not-going-well']/following-sibling::ul[1]")
    assert "How often do our responders get hurt? off track, getting worse (unstable) 9.9" in troubled


def test_other_measures_carry_no_such_mark(example_site: BuiltSite) -> None:
    marked = {address for address, page in example_site.pages.items() if page.tree.xpath("//p[@id='unstable']")}

    assert marked == {INJURIES, f"es/{INJURIES}"}


def test_the_page_on_method_says_the_rule(example_site: BuiltSite) -> None:
    method = example_site["about/method/"]

    rule = method.words("//h2[@id='unstable']/following-sibling::p[1]")
    assert "From 30% we mark the rate as unstable: that is 11 events or fewer; 11 have an error of 30.2%." in rule
    assert "we mark it in the same way: of 50 cases, 9 or fewer." in method.words("//p[@id='unstable-percents']")
    assert method.words("//p[@id='unstable-now']") == "Unstable at present: Responder injury rate."
    constant = method.tree.xpath("//tr[@id='constant-unstable-rse-from']//a/@href")
    assert constant == ["https://dphepht.ct.gov/AboutData"]
