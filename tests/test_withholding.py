"""No small number can be worked out from what is published beside it."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from safety_plan.plan.withholding.private import withheld_metrics, without_small_numbers
from safety_plan.plan.withholding.refusals import exposed_problems
from safety_plan.reading.folder import read_folder
from safety_plan.reading.schema.engagement import Engagement
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.town import Town
from tests.support import ROOT

BELOW = 6
LARGE = 20
"""Stands for "any number, however large" where possibilities are tried one by one."""

FRAME = {
    "name": "Calls",
    "question": "How many?",
    "definition": "Calls.",
    "kind": "count",
    "unit": "calls",
    "counts": "people",
    "level": "outcome",
    "frequency": "quarterly",
    "source": {"name": "Book", "owner": "fire-chief"},
}
QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
GROUPS = ("Center", "Hill", "Mill", "River", "Lake")

steady = settings(deadline=None, derandomize=True, max_examples=80)


def frozen(value: Any) -> Any:
    """Lists as tuples, as the records hold them."""
    if isinstance(value, dict):
        return {key: frozen(one) for key, one in value.items()}
    return tuple(frozen(one) for one in value) if isinstance(value, list) else value


def metric(**changes: Any) -> Metric:
    return Metric.model_validate(frozen({**FRAME, **changes}))


def town(**changes: Any) -> Town:
    records, problems = read_folder(ROOT / "data", ROOT)
    found = records.one(Town)
    assert problems == []
    assert found is not None
    return found.model_copy(update=changes)


TOWN = town()


def split(totals: Mapping[str, int | None], groups: Mapping[str, Mapping[str, int | None]], **more: Any) -> Metric:
    """A count by quarter and by district; None is withheld."""
    return metric(
        observations=[{"period": period, **cell(value)} for period, value in totals.items()],
        breakdowns=[
            {
                "by": "district",
                "observations": [
                    {"period": period, "group": group, **cell(value)}
                    for period, values in groups.items()
                    for group, value in values.items()
                ],
            }
        ]
        if groups
        else [],
        **more,
    )


def cell(value: int | None) -> dict[str, object]:
    return {"withheld": True} if value is None else {"value": value}


def shown(found: Metric) -> dict[str, float | None]:
    """What each line shows after everything that needs to be is withheld, by period and group."""
    lines: dict[str, float | None] = {str(one.period): one.value for one in found.observations}
    lines |= {f"{one.period} year": one.value for one in found.annual}
    lines |= {f"{one.period} {one.group}": one.value for of in found.breakdowns for one in of.observations}
    return lines


def hidden(found: Metric) -> set[str]:
    return {name for name, value in shown(found).items() if value is None}


def withheld(one: Metric, of: Town = TOWN) -> Metric:
    return withheld_metrics({"calls": one}, of)["calls"]


def said(**metrics: Metric) -> list[str]:
    """The first line of every message, without its place."""
    return [problem.found for problem in exposed_problems(metrics, TOWN)]


# --- By hand -----------------------------------------------------------------------------------------------------


def test_what_has_no_small_number_stays_the_same_object() -> None:
    one = split({"2025-Q1": 30}, {"2025-Q1": {"Hill": 10, "Mill": 0, "River": 20}})

    assert withheld(one) is one
    assert said(calls=one) == []


def test_the_smallest_other_group_hides_a_small_one() -> None:
    # 3 is small. With it alone withheld, 30 - 20 - 7 gives it away; 7 is the smallest of the others.
    found = withheld(split({"2025-Q1": 30}, {"2025-Q1": {"Hill": 3, "Mill": 7, "River": 20}}))

    assert hidden(found) == {"2025-Q1 Hill", "2025-Q1 Mill"}


def test_a_zero_is_shown_and_hides_nothing() -> None:
    # A zero is never withheld, so that 8 goes, not 0.
    found = withheld(split({"2025-Q1": 11}, {"2025-Q1": {"Hill": 3, "Mill": 8, "River": 0}}))

    assert shown(found)["2025-Q1 River"] == 0
    assert hidden(found) == {"2025-Q1 Hill", "2025-Q1 Mill"}


def test_two_small_groups_that_add_up_to_too_little_need_a_third() -> None:
    # 1 + 1 = 30 - 20 - 8: whoever knows that neither is zero knows both.
    found = withheld(split({"2025-Q1": 30}, {"2025-Q1": {"Hill": 1, "Mill": 1, "River": 20, "Lake": 8}}))

    assert hidden(found) == {"2025-Q1 Hill", "2025-Q1 Mill", "2025-Q1 Lake"}


def test_two_small_groups_that_could_be_anything_need_no_third() -> None:
    # 2 + 4 = 6: each may be 1 to 5.
    found = withheld(split({"2025-Q1": 26}, {"2025-Q1": {"Hill": 2, "Mill": 4, "River": 20}}))

    assert hidden(found) == {"2025-Q1 Hill", "2025-Q1 Mill"}


def test_where_no_other_group_is_left_the_total_goes() -> None:
    # 2 + 3 = 5: each could be 1 to 4 only, and there is no third group.
    found = withheld(split({"2025-Q1": 5}, {"2025-Q1": {"Hill": 2, "Mill": 3}}))

    assert hidden(found) == {"2025-Q1", "2025-Q1 Hill", "2025-Q1 Mill"}


def test_a_small_quarter_is_not_what_the_year_leaves() -> None:
    found = withheld(
        split(dict(zip(QUARTERS, (3, 9, 20, 30), strict=True)), {}, annual=[{"period": "2025", "value": 62}])
    )

    assert hidden(found) == {"2025-Q1", "2025-Q2"}


def test_a_small_group_hides_in_two_ways_of_splitting() -> None:
    # Sex and district share the total. Withholding the total would not do: the two sexes add up to it.
    one = metric(
        observations=[{"period": "2025-Q1", "value": 30}],
        breakdowns=[
            {
                "by": by,
                "observations": [{"period": "2025-Q1", "group": name, "value": value} for name, value in of.items()],
            }
            for by, of in {"district": {"Hill": 4, "Mill": 26}, "age": {"young": 12, "old": 18}}.items()
        ],
    )

    assert hidden(withheld(one)) == {"2025-Q1 Hill", "2025-Q1 Mill"}


def test_year_to_date_does_not_tell_a_small_quarter() -> None:
    # 10, then 12: 2 in the second quarter.
    one = split(dict(zip(QUARTERS, (10, 12, 20, 30), strict=True)), {}, covers="year-to-date")

    assert said(calls=one) == [
        "found numbers that together tell a small count for 2025-04-01 to 2025-06-30: 2025-Q1 and 2025-Q2"
    ]
    assert hidden(withheld(one)) == {"2025-Q1"}


def test_a_running_total_does_not_tell_a_small_quarter() -> None:
    one = split(dict(zip(QUARTERS, (100, 120, 121, 150), strict=True)), {}, covers="running-total")

    # 120 to 121 is one person. Without 120, up to 20 people could have come in either quarter.
    assert hidden(withheld(one)) == {"2025-Q2"}


def test_a_new_quarter_after_none_is_the_whole_window() -> None:
    # Nobody in the year to June: whoever is in the year to September came in the third quarter.
    one = metric(
        covers="rolling-12-months",
        observations=[{"period": "2025-Q2", "value": 0}, {"period": "2025-Q3", "value": 7}],
        breakdowns=[],
    )

    assert withheld(one) is one
    assert said(calls=one) == []


def test_windows_that_differ_by_a_quarter_tell_no_withheld_window() -> None:
    # The quarter that drops out had 3 more than the one that came in, so the window that is withheld has 3 at least.
    one = metric(
        covers="rolling-12-months",
        observations=[
            {"period": "2024-Q1", "withheld": True},
            {"period": "2024-Q4", "value": 10},
            {"period": "2025-Q1", "value": 7},
        ],
    )

    assert said(calls=one) == ["found a withheld number that can be worked out, because of 2024-Q4 and 2025-Q1"]
    assert hidden(withheld(one)) == {"2024-Q1", "2025-Q1"}


@pytest.mark.parametrize(
    ("value", "n", "small"),
    [
        (4, 50, True),  # 2 of 50 is the only count between 3.5 and 4.5 percent
        (8, 60, True),  # 5 of 60 is 8.3 percent; 4 is 6.7, 6 is 10
        (8, 80, False),  # 6 of 80 is 7.5 percent, which may be rounded up; 7 of 80 is 8.75
        (0, 50, False),
        (1, 1000, False),  # 5 to 15
    ],
)
def test_a_percent_with_its_cases_is_a_count(value: int, n: int, small: bool) -> None:
    one = metric(kind="percent", unit="percent", observations=[{"period": "2025-Q1", "value": value, "n": n}])

    assert (hidden(withheld(one)) == {"2025-Q1"}) is small
    assert bool(said(calls=one)) is small


def test_the_rest_of_a_percent_is_protected_where_the_metric_says_so() -> None:
    # 92 percent of 25 is 23, which leaves 2.
    seen = {"kind": "percent", "unit": "percent", "observations": [{"period": "2025-Q1", "value": 92, "n": 25}]}

    assert withheld(metric(**seen)).observations[0].value == 92
    assert withheld(metric(**seen, protect_rest=True)).observations[0].withheld


def test_a_count_is_not_told_by_a_percent_of_it() -> None:
    count = split({"2025-Q1": 4, "2025-Q2": 30}, {})
    share = metric(
        kind="percent",
        unit="percent",
        counts="things",
        part_from="calls",
        observations=[{"period": "2025-Q1", "value": 8, "n": 52}, {"period": "2025-Q2", "value": 50, "n": 60}],
    )
    found = withheld_metrics({"calls": count, "share": share}, TOWN)

    assert hidden(found["calls"]) == {"2025-Q1"}
    assert hidden(found["share"]) == {"2025-Q1"}


def test_a_rate_with_the_people_it_is_per_is_a_count() -> None:
    # 0.2 per 100 of 2,000 people are 3 to 5.
    people = metric(counts="people", observations=[{"period": "2025-Q1", "value": 2000}])
    rate = metric(
        kind="rate", per=100, decimals=1, of_from="people", observations=[{"period": "2025-Q1", "value": 0.2}]
    )
    found = withheld_metrics({"people": people, "rate": rate}, TOWN)

    assert hidden(found["rate"]) == {"2025-Q1"}
    assert found["people"] is people


def test_the_starting_point_does_not_tell_a_withheld_quarter() -> None:
    # A baseline of the same quarter is the same number, one of the year is the mean of its quarters: 4 x 12 - 43 = 5,
    # or 3 to 6 as 12 is rounded.
    same = split({"2025-Q1": 4, "2025-Q2": 30}, {}, baseline={"period": "2025-Q1", "value": 4})
    mean = split(dict(zip(QUARTERS, (14, 14, 15, 5), strict=True)), {}, baseline={"period": "2025", "value": 12})

    assert withheld(same).baseline is None
    assert hidden(withheld(mean)) == {"2025-Q1", "2025-Q4"}


def test_health_data_have_a_limit_of_their_own() -> None:
    small_numbers = TOWN.small_numbers.model_copy(update={"health_below": 11})
    one = split({"2025-Q1": 8, "2025-Q2": 12}, {}, health=True)

    assert hidden(withheld(one, town(small_numbers=small_numbers))) == {"2025-Q1"}
    assert hidden(withheld(one)) == set()


def test_things_are_never_withheld() -> None:
    one = split({"2025-Q1": 3}, {"2025-Q1": {"Hill": 1, "Mill": 2}}, counts="things")

    assert withheld(one) is one


def test_a_period_that_is_not_over_is_a_number_of_its_own() -> None:
    # 30 so far and 33 at the end would tell 3 people, but only one of the two is ever there; here they are two periods.
    one = metric(
        observations=[
            {"period": "2025-Q1", "value": 30},
            {"period": "2025-Q2", "value": 9, "partial_until": "2025-05-31"},
        ],
        breakdowns=[
            {
                "by": "district",
                "observations": [
                    {"period": "2025-Q2", "group": "Hill", "value": 2, "partial_until": "2025-05-31"},
                    {"period": "2025-Q2", "group": "Mill", "value": 7, "partial_until": "2025-05-31"},
                ],
            }
        ],
    )

    assert hidden(withheld(one)) == {"2025-Q2 Hill", "2025-Q2 Mill"}


def test_groups_that_are_only_some_of_all_hide_each_other_less() -> None:
    # Where all is shown, the two stations make 60 of 100: there are others, which hide the small one.
    one = split(
        {"2025-Q1": 100, "2025-Q2": 40}, {"2025-Q1": {"Hill": 20, "Mill": 40}, "2025-Q2": {"Hill": 3, "Mill": 20}}
    )

    assert hidden(withheld(one)) == {"2025-Q2 Hill"}


def test_everything_that_tells_the_number_goes_but_the_note_and_the_place_stay(tmp_path: Path) -> None:
    one = metric(
        observations=[
            {
                "period": "2025-Q1",
                "value": 4,
                "was": 2,
                "corrected": "2025-08-01",
                "because": "Two reports came late",
                "note": "A mild winter.",
            }
        ]
    )
    found = withheld(one).observations[0]

    assert found.note == "A mild winter."
    assert found == Observation.model_validate({"period": "2025-Q1", "withheld": True, "note": "A mild winter."})


def test_a_year_that_cannot_be_true_is_passed_over() -> None:
    # The quarters make 60, whatever the year says; and the groups of the first quarter make its 20.
    one = split(
        dict(zip(QUARTERS, (20, 10, 15, 15), strict=True)),
        {"2025-Q1": {"Hill": 3, "Mill": 17}},
        annual=[{"period": "2025", "value": 12}],
    )

    assert hidden(withheld(one)) == {"2025-Q1 Hill", "2025-Q1 Mill"}


def test_what_is_left_beside_the_word_withheld_is_known() -> None:
    # The percent is withheld, but not that it is of 30 cases: 50 less 30 less 17 leaves 3 for the third group.
    lines = [
        {"period": "2025-Q1", "group": "Hill", "withheld": True, "n": 30},
        {"period": "2025-Q1", "group": "Mill", "value": 53, "n": 17},
        {"period": "2025-Q1", "group": "River", "withheld": True},
    ]
    one = metric(
        kind="percent",
        unit="percent",
        observations=[{"period": "2025-Q1", "value": 50, "n": 50}],
        breakdowns=[{"by": "district", "observations": lines}],
    )

    assert said(calls=one) == [
        "found a withheld number that can be worked out, because of 2025-Q1 Mill and 2025-Q1 as a whole"
    ]


def test_few_people_at_an_event_are_withheld_in_a_private_repository() -> None:
    records, _ = read_folder(ROOT / "data", ROOT)
    engagement = records.one(Engagement)
    assert engagement is not None
    event, *events = engagement.events
    theme, *themes = engagement.themes
    few = engagement.model_copy(
        update={
            "events": (event.model_copy(update={"people": 4}), *events),
            "themes": (theme.model_copy(update={"mentions": 2, "withheld": False}), *themes),
        }
    )
    files = {**records.files, "engagement": few, "town": town(repository="private")}
    found = without_small_numbers(replace(records, files=files)).one(Engagement)
    public = without_small_numbers(replace(records, files={**files, "town": TOWN})).one(Engagement)

    assert found is not None
    assert (found.events[0].people, found.events[0].withheld) == (None, True)
    assert (found.themes[0].mentions, found.themes[0].withheld) == (None, True)
    assert found.events[1:] == engagement.events[1:]
    # A line keeps its place, so that every problem can still say where it is.
    assert found.events[0].at("title") == event.at("title")
    assert public is few


def test_the_example_town_has_nothing_to_work_out() -> None:
    records, _ = read_folder(ROOT / "data", ROOT)

    assert [*exposed_problems(records.all(Metric), TOWN)] == []


def test_three_years_of_five_districts_are_done_in_a_moment() -> None:
    # Numbers from 0 to 12, so that about half of them are small.
    years = [f"{year}-Q{quarter}" for year in (2023, 2024, 2025) for quarter in (1, 2, 3, 4)]
    groups = {
        period: {name: (7 * at + 5 * number) % 13 for number, name in enumerate(GROUPS)}
        for at, period in enumerate(years)
    }
    totals = {period: sum(values.values()) for period, values in groups.items()}
    annual = [
        {"period": str(year), "value": sum(total for period, total in totals.items() if period.startswith(str(year)))}
        for year in (2023, 2024, 2025)
    ]
    one = split(totals, groups, annual=annual)
    started = time.perf_counter()
    found = withheld(one)

    assert time.perf_counter() - started < 10
    assert hidden(found)
    assert said(calls=found) == []


def test_every_quarter_that_is_given_away_is_told_at_once() -> None:
    # 10, then 12; 40, then 43: two quarters that have nothing to do with each other.
    one = split(dict(zip(QUARTERS, (10, 12, 40, 43), strict=True)), {}, covers="year-to-date")

    assert said(calls=one) == [
        "found numbers that together tell a small count for 2025-04-01 to 2025-06-30: 2025-Q1 and 2025-Q2",
        "found numbers that together tell a small count for 2025-10-01 to 2025-12-31: 2025-Q3 and 2025-Q4",
    ]


def test_what_cannot_be_proven_to_be_safe_is_taken_to_be_exposed() -> None:
    # Center had 9 of 44, Hill 9 of 21, which the percents of the other districts, rounded, do not tell. A search that
    # may take no step at all cannot show it.
    lines: list[dict[str, object]] = [{"period": "2025-Q1", "group": group, "withheld": True} for group in GROUPS[:2]]
    for group, value in {"Mill": 19.4, "River": 31.2, "Lake": 20.0}.items():
        lines.append({"period": "2025-Q1", "group": group, "value": value})
    one = metric(
        kind="percent",
        unit="percent",
        decimals=1,
        observations=[{"period": "2025-Q1", "part": 42, "of": 168}],
        breakdowns=[{"by": "district", "observations": lines}],
    )
    unproven = [problem.found for problem in exposed_problems({"calls": one}, TOWN, most_nodes=0)]

    assert said(calls=one) == []
    assert "that hang together in too many ways to prove that none of them is given away" in unproven[0]
    # More is withheld until it is sure, however short the search.
    found = withheld_metrics({"calls": one}, TOWN, most_nodes=0)["calls"]
    withheld_lines = [line for line in found.breakdowns[0].observations if line.withheld]
    assert found.observations[0].withheld or len(withheld_lines) > 2


def test_numbers_that_contradict_each_other_are_not_taken_to_be_safe() -> None:
    # Both percents are of the same people: of 30 and of 40, which is left beside the words that withhold them.
    # Whichever is wrong, 40 less 37 in the next quarter is 3.
    share = {"kind": "percent", "unit": "percent", "of_from": "base"}
    districts = [{"period": "2025-Q2", "group": "Hill", "withheld": True}]
    districts += [{"period": "2025-Q2", "group": "Mill", "value": 37}]
    metrics = {
        "base": metric(
            observations=[{"period": "2025-Q1", "withheld": True}, {"period": "2025-Q2", "value": 40}],
            annual=[{"period": "2025", "value": 80}],
            breakdowns=[{"by": "district", "observations": districts}],
        ),
        "one": metric(**share, observations=[{"period": "2025-Q1", "withheld": True, "n": 30}]),
        "two": metric(**share, observations=[{"period": "2025-Q1", "withheld": True, "n": 40}]),
    }

    assert said(**metrics) == [
        "found a withheld number that can be worked out, because of 2025-Q2 Mill and 2025-Q2 as a whole"
    ]
    assert said(**withheld_metrics(metrics, TOWN)) == []


def test_eight_years_of_rolling_months_are_done_in_seconds() -> None:
    chance = random.Random(1)
    months = [chance.randint(0, 2) for _ in range(107)]
    one = metric(
        frequency="monthly",
        covers="rolling-12-months",
        observations=[
            {"period": f"{2017 + at // 12}-{at % 12 + 1:02d}", "value": sum(months[at : at + 12])} for at in range(96)
        ],
    )
    started = time.process_time()

    # Several months are given away, and each is told.
    assert len(said(calls=one)) > 5
    assert time.process_time() - started < 30


# --- By trying every possibility ---------------------------------------------------------------------------------


def exposed(possible: set[int], floor: int = 1) -> bool:
    """Whether a withheld number is known better than that it is 1 to 5, or large. `floor` is what all know of it.

    Who knows that it is zero knows of nobody.
    """
    return possible != {0} and min(possible) < BELOW and (min(possible) > floor or max(possible) < BELOW - 1)


def ways(total: int | None, values: list[int | None]) -> Iterator[tuple[int, ...]]:
    """Every way in which withheld values may stand for numbers that add up to a total, which may be withheld too."""
    if not values:
        if total in (None, 0):
            yield ()
        return
    most = LARGE if total is None else total
    for value in range(1, most + 1) if values[0] is None else (values[0],):
        if value <= most:
            for more in ways(None if total is None else total - value, values[1:]):
                yield value, *more


@steady
@given(values=some.lists(some.integers(0, 9), min_size=2, max_size=4))
def test_no_group_of_one_quarter_can_be_worked_out(values: list[int]) -> None:
    # The total is taken for granted to be no zero where it is withheld.
    names = GROUPS[: len(values)]
    one = split({"2025-Q1": sum(values)}, {"2025-Q1": dict(zip(names, values, strict=True))})
    found = shown(withheld(one))
    total, left = found["2025-Q1"], [found[f"2025-Q1 {name}"] for name in names]
    seen = [None if value is None else int(value) for value in left]

    assert all(value is None or not 0 < value < BELOW for value in (total, *left))
    assert all(value is not None for value, true in zip(left, values, strict=True) if true == 0)
    every = [*ways(None if total is None else int(total), seen)]
    for at, value in enumerate(seen):
        assert value is not None or not exposed({way[at] for way in every})
    if total is None:
        assert not exposed({sum(way) for way in every}, max(1, sum(value is None for value in seen)))


@steady
@given(values=some.lists(some.integers(0, 15), min_size=4, max_size=4))
def test_no_quarter_of_a_year_can_be_worked_out(values: list[int]) -> None:
    one = split(dict(zip(QUARTERS, values, strict=True)), {}, annual=[{"period": "2025", "value": sum(values)}])
    found = shown(withheld(one))
    year = found["2025 year"]
    seen = [None if found[name] is None else int(found[name] or 0) for name in QUARTERS]
    if year is None:
        # With an unknown year, the quarters are free, and the year is at least what is shown and 1 for each other.
        least = sum(1 if value is None else value for value in seen)
        assert None in seen
        assert least >= BELOW or least == max(1, sum(value is None for value in seen))
        return
    for at, value in enumerate(seen):
        assert value is not None or not exposed({way[at] for way in ways(int(year), seen)})


@steady
@given(
    cells=some.lists(some.tuples(some.integers(0, 12), some.integers(0, 12)), min_size=2, max_size=3),
    rest=some.booleans(),
)
def test_no_part_of_a_percent_can_be_worked_out(cells: list[tuple[int, int]], rest: bool) -> None:
    cells = [(part, part + other) for part, other in cells if part + other]
    total = (sum(part for part, _ in cells), sum(of for _, of in cells))
    if len(cells) < 2:
        return
    one = metric(
        kind="percent",
        unit="percent",
        protect_rest=rest,
        observations=[{"period": "2025-Q1", "part": total[0], "of": total[1]}],
        breakdowns=[
            {
                "by": "district",
                "observations": [
                    {"period": "2025-Q1", "group": name, "part": part, "of": of}
                    for name, (part, of) in zip(GROUPS, cells, strict=False)
                ],
            }
        ],
    )
    found = withheld(one)
    whole, lines = found.observations[0], found.breakdowns[0].observations
    for line in (whole, *lines):
        small = [line.part, line.of, (line.of or 0) - (line.part or 0) if rest else 0]
        assert all(not 0 < (count or 0) < BELOW for count in small)
    if whole.withheld:
        return
    gone = [at for at, line in enumerate(lines) if line.withheld]
    left = (
        total[0] - sum(line.part or 0 for line in lines),
        total[1] - sum(line.of or 0 for line in lines),
    )
    # The groups that are withheld share what is left of the part and of the rest in every way there is.
    for at in range(len(gone)):
        parts = {way[at] for way in shares(left, len(gone))}
        assert not exposed({part for part, _ in parts})
        assert not exposed({of for _, of in parts})
        assert not rest or not exposed({of - part for part, of in parts})


def shares(left: tuple[int, int], number: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every way to give each of so many groups a part and a whole of at least 1, so that all is given."""
    part, of = left
    if number == 1:
        yield (left,)
        return
    for one in itertools.product(range(part + 1), range(1, of)):
        if one[0] <= one[1] and 0 <= part - one[0] <= of - one[1]:
            for more in shares((part - one[0], of - one[1]), number - 1):
                yield one, *more


# --- Whatever the numbers ----------------------------------------------------------------------------------------


@settings(steady, max_examples=25)
@given(
    table=some.lists(some.lists(some.integers(0, 14), min_size=3, max_size=3), min_size=4, max_size=4),
    seed=some.randoms(use_true_random=False),
)
def test_the_order_of_lines_changes_nothing_and_once_is_enough(table: list[list[int]], seed: Any) -> None:
    groups = {period: dict(zip(GROUPS, row, strict=False)) for period, row in zip(QUARTERS, table, strict=True)}
    totals = {period: sum(row.values()) for period, row in groups.items()}
    annual = [{"period": "2025", "value": sum(totals.values())}]
    found = withheld(split(totals, groups, annual=annual))
    mixed = [*groups.items()]
    seed.shuffle(mixed)
    again = withheld(split(dict(reversed(totals.items())), dict(mixed), annual=annual))

    assert shown(again) == shown(found)
    assert withheld(found) is found
    assert said(calls=found) == []
