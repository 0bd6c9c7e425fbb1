"""What a reader knows besides sums: wholes that do not add up, periods not over, groups left out, earlier releases."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from safety_plan.plan.small_numbers import small_counts_of_metrics
from safety_plan.plan.withholding.attack import Attack
from safety_plan.plan.withholding.entries import Entry
from safety_plan.plan.withholding.forms import WHOLE, Cell, Fact, Window, total
from safety_plan.plan.withholding.ledger import Ledger, Row
from safety_plan.plan.withholding.private import withheld_metrics
from safety_plan.plan.withholding.refusals import exposed_problems
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.town import Town
from tests.test_withholding import (
    BELOW,
    GROUPS,
    QUARTERS,
    TOWN,
    exposed,
    hidden,
    metric,
    said,
    steady,
    town,
    withheld,
)  # fmt: skip

HIDDEN = {"withheld": True}
CORRECTED = {"corrected": "2025-08-01", "because": "Late reports"}
PERCENT = {"kind": "percent", "unit": "percent"}
RATE = {"kind": "rate", "per": 1000, "unit": "per 1,000"}

Line = int | float | Mapping[str, object]


def lines(values: Iterable[Line], periods: Iterable[str] = QUARTERS) -> list[dict[str, object]]:
    """Lines of so many periods; a number is a value."""
    return [
        {"period": period, **(value if isinstance(value, Mapping) else {"value": value})}
        for period, value in zip(periods, values, strict=False)
    ]


def share(part: int, of: int) -> dict[str, object]:
    return {"part": part, "of": of}


def groups(values: Mapping[str, Line], by: str = "district", period: str = "2025-Q1") -> dict[str, Any]:
    return {"by": by, "observations": [{**lines([one], [period])[0], "group": name} for name, one in values.items()]}


def year(value: Line, **more: object) -> list[dict[str, object]]:
    return [{**lines([value], ["2025"])[0], **more}]


def problems(of: Town = TOWN, **metrics: Metric) -> list[str]:
    """All that is said of these metrics, in full."""
    return [str(problem) for problem in exposed_problems(metrics, of)]


# --- Wholes that do not add up -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "wholes", "whole"),
    [
        (RATE, (4000, 4000, 4000, 4000), 4000),
        (RATE, (4000, 4010, 4020, 4030), 4015),
        (PERCENT, (400, 400, 400, 400), 400),
        (PERCENT, (400, 401, 402, 403), 401),
    ],
)
def test_people_who_live_here_do_not_add_up_over_the_year(
    kind: dict[str, Any], wholes: tuple[int, ...], whole: int
) -> None:
    # 36 less 10, 11 and 12 is 3, however many people each of them is of.
    counts = [share(part, of) for part, of in zip((3, 10, 11, 12), wholes, strict=True)]
    raw = metric(**kind, observations=lines(counts), annual=year(share(36, whole)))
    safe = metric(**kind, observations=lines([HIDDEN, *counts[1:]]), annual=year(share(36, whole)))

    assert said(calls=safe) == [
        "found a withheld number that can be worked out, because of 2025 under annual, 2025-Q2, 2025-Q3 and 2025-Q4"
    ]
    assert hidden(withheld(raw)) >= {"2025-Q1", "2025-Q2"}


@pytest.mark.parametrize("kind", [RATE, PERCENT])
def test_the_same_people_stand_behind_each_cause(kind: dict[str, Any]) -> None:
    # 23 less 20 is 3; each of them is of the same 4,000.
    raw = metric(
        **kind,
        observations=lines([share(23, 4000)]),
        breakdowns=[groups({"fire": share(3, 4000), "fall": share(20, 4000)}, "cause")],
    )

    assert len(said(calls=raw)) == 1
    gone = {one.group for one in withheld(raw).breakdowns[0].observations if one.withheld}
    assert gone == {"fire", "fall"}


def test_numbers_that_cannot_all_be_true_do_not_blind_the_check() -> None:
    # The year is of fewer people than its quarters, and 60 less 57 leaves 3 of the second quarter for Hill.
    left = [{**HIDDEN, "n": 30}, {"value": 50, "n": 60}, {"value": 50, "n": 60}]
    raw = metric(
        **PERCENT,
        observations=lines(left),
        annual=year({**HIDDEN, "n": 100}),
        breakdowns=[groups({"Hill": HIDDEN, "Mill": {"value": 50, "n": 57}}, period="2025-Q2")],
    )

    assert any("found a withheld number that can be worked out" in found for found in said(calls=raw))
    assert withheld(raw).breakdowns[0].observations[1].withheld


# --- Periods that are not over, or missing -----------------------------------------------------------------------


def test_a_year_that_is_not_over_ends_at_its_last_day() -> None:
    # 24 until the end of September, less 10 and 11, is 3.
    raw = metric(observations=lines([HIDDEN, 10, 11]), annual=year(24, partial_until="2025-09-30"))

    assert len(said(calls=raw)) == 1
    assert hidden(withheld(raw)) == {"2025-Q1", "2025-Q2"}


@pytest.mark.parametrize("covers", ["year-to-date", "running-total"])
def test_a_total_so_far_is_a_window_up_to_its_last_day(covers: str) -> None:
    # 43 until the end of October, less 40 until the end of September, is 3.
    raw = metric(
        covers=covers,
        observations=[*lines([40], ["2025-Q3"]), {"period": "2025-Q4", "value": 43, "partial_until": "2025-10-31"}],
    )

    assert said(calls=raw) == [
        "found numbers that together tell a small count for 2025-10-01 to 2025-10-31: 2025-Q3 and 2025-Q4"
    ]
    assert hidden(withheld(raw)) == {"2025-Q3"}


def test_a_missing_quarter_is_what_the_others_leave_of_the_year() -> None:
    # 33 less three times 10 is 3.
    raw = metric(observations=lines([{"missing": "Lost"}, 10, 10, 10]), annual=year(33))
    enough = metric(observations=lines([{"missing": "Lost"}, 10, 10, 10]), annual=year(40))

    assert len(said(calls=raw)) == 1
    assert [one.withheld for one in withheld(raw).observations] == [False, True, False, False]
    assert said(calls=enough) == []


# --- Groups ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left_out", [{}, {"Hill": {"missing": "Lost"}}])
def test_a_group_that_is_left_out_is_what_the_others_leave(left_out: dict[str, Line]) -> None:
    # 33 less 15 and 15 is 3. In the next quarter the group has its line.
    first = groups({"Mill": 15, "River": 15, **left_out})
    second = groups({"Hill": 20, "Mill": 20, "River": 20}, period="2025-Q2")
    rows = [*first["observations"], *second["observations"]]
    raw = metric(observations=lines([33, 60]), breakdowns=[{"by": "district", "observations": rows}])

    assert said(calls=raw) == [
        "found numbers that together tell a small count for 2025-01-01 to 2025-03-31: "
        "2025-Q1 Mill, 2025-Q1 River and 2025-Q1 as a whole"
    ]
    assert [one.group for one in withheld(raw).breakdowns[0].observations if one.withheld] == ["Mill"]


def test_who_is_in_no_group_is_protected_as_well() -> None:
    # 30 less 15 and 12 leaves 3 who are in none of the groups; 30 less 15 and 5 would leave 10.
    few, many = (
        metric(observations=lines([30]), breakdowns=[groups({"Mill": 15, "River": river})]) for river in (12, 9)
    )

    assert hidden(withheld(few)) == {"2025-Q1 River"}
    assert withheld(many) is many


@pytest.mark.parametrize(
    ("whole", "values", "gone"),
    [
        # 2 are in no group: a reader who does not know that takes Hill for 5.
        (32, {"Hill": 3, "Mill": 15, "River": 12}, {"Hill", "River"}),
        # Who got food and rent counts twice: a reader who does not know that takes food for 3.
        (30, {"food": 4, "rent": 27}, {"food", "rent"}),
    ],
)
def test_groups_that_are_not_all_or_overlap_never_stop_a_private_build(
    whole: int, values: dict[str, Line], gone: set[str]
) -> None:
    found = withheld(metric(observations=lines([whole]), breakdowns=[groups(values)]))

    assert {one.group for one in found.breakdowns[0].observations if one.withheld} == gone
    # The same files could be published as they are now.
    assert said(calls=found) == []


def test_groups_are_the_same_in_small_and_capital_letters() -> None:
    # 30 less the 27 of the other table is 3.
    base = metric(observations=lines([30]), breakdowns=[groups({"Hill": HIDDEN, "Mill": HIDDEN}, "District")])
    same = metric(part_from="base", observations=lines([30]), breakdowns=[groups({"MILL": 27})])

    assert "2025-Q1 MILL (same)" in " ".join(said(base=base, same=same))


@steady
@given(values=some.lists(some.integers(0, 12), min_size=3, max_size=4), is_missing=some.booleans())
def test_no_way_to_share_what_is_left_tells_a_small_group(values: list[int], is_missing: bool) -> None:
    # The first group has no number; every way to share what the total leaves is tried one by one.
    listed: dict[str, Line] = {"Hill": {"missing": "Lost"}} if is_missing else {}
    listed |= dict(zip(GROUPS[2:], values[1:], strict=False))
    found = withheld(metric(observations=lines([sum(values)]), breakdowns=[groups(listed)]))
    shown = [one for one in found.breakdowns[0].observations if one.missing is None]
    if found.observations[0].withheld:
        return
    left = sum(values) - sum(int(one.value or 0) for one in shown)
    gone = sum(one.withheld for one in shown)
    # What is withheld is no zero; who is in the group without a number may be nobody.
    ways = [way for way in itertools.product(range(left + 1), repeat=gone + 1) if sum(way) == left and all(way[1:])]
    assert not (ways and min(way[0] for way in ways) >= 1 and max(way[0] for way in ways) < BELOW)
    # A group that has no line is taken to be empty where another one is withheld.
    ways = ways if is_missing else [way for way in ways if way[0] == 0]
    assert not any(exposed({way[at] for way in ways}) for at in range(1, gone + 1) if ways)


# --- Earlier releases --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [PERCENT, {**RATE, "per": 100}])
def test_an_earlier_share_tells_its_part(kind: dict[str, Any]) -> None:
    # 7.5 percent of 40 are 3.
    raw = metric(**kind, observations=lines([{**share(20, 40), "was": 7.5, **CORRECTED}]))
    (said_so,) = problems(calls=raw)

    assert 'Fix: leave "was", "corrected" and "because" out of this period; its present value may stay.' in said_so
    found = withheld(raw).observations[0]
    assert (found.was, found.corrected, found.because, found.part) == (None, None, None, 20)


@pytest.mark.parametrize("hill", [10, {"value": 10, "was": 3, **CORRECTED}])
def test_an_earlier_total_tells_an_earlier_group(hill: Line) -> None:
    # 23 less 20 was 3, whether the group says that it was corrected or not.
    raw = metric(
        observations=lines([{"value": 30, "was": 23, **CORRECTED}]), breakdowns=[groups({"Mill": 20, "Hill": hill})]
    )

    assert any("found the value of 2025-Q1 before its correction" in found for found in said(calls=raw))
    found = withheld(raw)
    assert [one.was for one in found.every_observation] == [None, None, None]
    assert hidden(found) == set()


def test_a_correction_that_tells_nothing_small_stays() -> None:
    # 27 less 18 is 9, and 27 less 12 is 15.
    raw = metric(
        observations=lines([{"value": 30, "was": 27, **CORRECTED}]), breakdowns=[groups({"Mill": 18, "Hill": 12})]
    )

    assert said(calls=raw) == []
    assert withheld(raw) is raw


def test_a_correction_of_one_quarter_leaves_the_year_and_the_groups_alone() -> None:
    # 42 was 38: neither of the groups, nor another quarter, can have been a small number then.
    districts = [groups({"Mill": 22, "Hill": 20}, period=period)["observations"] for period in QUARTERS]
    raw = metric(
        observations=lines([{"value": 42, "was": 38, **CORRECTED}, 42, 42, 42]),
        annual=year(168),
        breakdowns=[{"by": "district", "observations": [row for rows in districts for row in rows]}],
    )

    assert said(calls=raw) == []
    assert withheld(raw) is raw


# --- Counts of other sorts ---------------------------------------------------------------------------------------


def test_sums_with_decimals_are_counts_of_tenths() -> None:
    # 24.0 less 20.5 is 3.5.
    raw = metric(kind="sum", decimals=1, observations=lines([24.0]), breakdowns=[groups({"Hill": 3.5, "Mill": 20.5})])

    assert len(said(calls=raw)) == 1
    assert hidden(withheld(raw)) == {"2025-Q1 Hill", "2025-Q1 Mill"}


def test_the_cases_beside_a_whole_do_not_stand_for_it() -> None:
    # None of 4: the 4 is too small to show, whatever else was counted.
    raw = metric(**PERCENT, observations=lines([{**share(0, 4), "n": 200}]))

    assert withheld(raw).observations[0].withheld


def test_a_count_that_is_known_to_be_zero_gives_nobody_away() -> None:
    base = metric(observations=lines([0, 30]))
    rate = metric(**PERCENT, part_from="base", observations=lines([HIDDEN, {"value": 50, "n": 60}]))

    assert said(base=base, rate=rate) == []
    assert withheld_metrics({"base": base, "rate": rate}, TOWN)["base"] is base


def test_what_counts_the_same_keeps_to_the_stricter_rule() -> None:
    # Three fires are three things, but here they are the part of a percent of people.
    things = metric(counts="things", observations=lines([3]))
    people = metric(**PERCENT, part_from="things", observations=lines([HIDDEN]))
    found = withheld_metrics({"things": things, "people": people}, TOWN)

    assert found["things"].observations[0].withheld
    assert len([*small_counts_of_metrics({"things": things, "people": people}, TOWN)]) == 1
    assert [*small_counts_of_metrics({"things": things}, TOWN)] == []


def test_two_counts_of_the_same_are_read_side_by_side() -> None:
    # 36 in the 12 months to December, less 10, 11 and 12, is 3.
    quarters = metric(observations=lines([HIDDEN, 10, 11, 12]))
    window = metric(part_from="quarters", covers="rolling-12-months", observations=lines([36], ["2025-Q4"]))

    assert len(said(quarters=quarters, window=window)) == 1
    assert said(quarters=quarters, window=metric(covers="rolling-12-months", observations=lines([36]))) == []


def test_a_starting_point_may_be_a_sum() -> None:
    # 36 is no mean of 10, 11, 12 and a small one; as a sum it leaves 3.
    raw = metric(observations=lines([HIDDEN, 10, 11, 12]), baseline={"period": "2025", "value": 36})
    mean = metric(observations=lines([HIDDEN, 10, 11, 12]), baseline={"period": "2025", "value": 11})

    (said_so,) = problems(calls=raw)
    assert "leave the baseline out, or start from another period" in said_so
    assert withheld(raw).baseline is None
    # As a sum 11 would be less than two of the quarters, as a mean it leaves 11 or so.
    assert said(calls=mean) == []


@pytest.mark.parametrize(
    ("unit", "more", "is_small"),
    [
        # 0.75 per 1,000 of 4,000 residents are 3.
        ("per 1,000 residents", [5.0], True),
        ("per 1,000 calls", [5.0], False),
        # The other quarters are all of 4,000.
        ("per 1,000 calls", [share(20, 4000)], True),
        ("per 1,000 calls", [share(20, 4000), share(20, 5000)], False),
    ],
)
def test_a_rate_without_its_whole_is_tried_with_the_usual_one(unit: str, more: list[Line], is_small: bool) -> None:
    raw = metric(kind="rate", per=1000, unit=unit, decimals=2, observations=lines([0.75, *more]))
    small_town = town(population=4000)

    assert bool(problems(small_town, calls=raw)) is is_small
    assert withheld_metrics({"calls": raw}, small_town)["calls"].observations[0].withheld is is_small


def test_every_small_number_must_be_possible_and_not_only_the_ends() -> None:
    # A withheld count that is one more than twice another one may be 1, 3 or 5, but not 2 or 4.
    count, other = total([0]), total([1])
    days = Window(dt.date(2025, 1, 1), dt.date(2025, 3, 31))
    period = Period(days.end, days.start)
    entry = Entry(("observations", 0), period, days, WHOLE, "", {}, None, small=False, withheld=True)
    row = Row("calls", entry, (Cell(count, BELOW, 1),), (), None)
    odd = Fact(count.plus(other.times(-2)), 1, 1)

    assert Attack(Ledger((row,), (), (), (), (days, days))).is_safe(frozenset([row.key]))
    assert not Attack(Ledger((row,), (odd,), (), (), (days, days))).is_safe(frozenset([row.key]))


# --- What is said ------------------------------------------------------------------------------------------------


def test_what_is_said_never_holds_the_number() -> None:
    # A check is run where everyone can read what it says. Hill is 3.
    raw = metric(observations=lines([30]), breakdowns=[groups({"Hill": HIDDEN, "Mill": 27})])
    (said_so,) = problems(calls=raw)
    found = said_so.splitlines()[0]

    assert "found a withheld number that can be worked out, because of 2025-Q1 Mill and 2025-Q1 as a whole" in found


def test_every_number_to_withhold_is_named() -> None:
    # 12 groups of 1: whoever knows that none is zero knows all, until enough others are withheld. None is left out.
    values: dict[str, Line] = {f"District {number}": 1 for number in range(12)}
    raw = metric(observations=lines([12]), breakdowns=[groups(values)])

    assert all(" more" not in said_so.splitlines()[-1] for said_so in problems(calls=raw))
