"""The published rule for the status of a metric, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from safety_plan.reading.folder import read_folder
from safety_plan.reading.schema.metrics import Baseline, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target
from safety_plan.results.status import Status, assess
from safety_plan.results.status_rules import method
from tests.made import made_metric, period
from tests.support import ROOT

# Each ratio is worked out by hand from the plan's files: (latest - baseline) / (expected - baseline), where expected
# lies on the straight line from the last day of the baseline period to the target date. From 2024-12-31, the last day
# of a baseline of 2024 or 2024-Q4, it is 638 days to 2026-09-30; to 2029-12-31 it is 1,826 days, a share of 0.3494, and
# to 2028-12-31 it is 1,461 days, a share of 0.4367.
EXPECTED = {
    "ems-response-90th": ("on track", 1.506),  # (10.4 - 11.4) / (-1.9 x 0.3494)
    "ems-within-9-minutes": ("on track", 1.356),  # 9 / (19 x 0.3494)
    "bystander-cpr": ("on track", 1.251),  # to 2025-12-31, 365 days: 3 / (12 x 0.1999)
    "cardiac-arrest-survival": ("no status", None),
    "ems-calls-passed-on": ("at risk", 0.894),  # -1.5 / (-4.8 x 0.3494)
    "patient-ratings": ("meeting target", None),
    "repeat-fall-calls": ("on track", 2.003),  # -7 / (-10 x 0.3494)
    "firefighters-within-10-minutes": ("on track", 1.363),  # 10 / (21 x 0.3494)
    "first-engine-response-90th": ("on track", 1.178),  # -0.7 / (-1.7 x 0.3494)
    "fire-inspections-done": ("at risk", 0.936),  # year to date: 70 / (100 x 273/365)
    "smoke-alarms-installed": ("on track", 1.046),  # 548 / (1500 x 0.3494)
    "structure-fires": ("for information", None),
    "police-response-90th": ("off track", 0.220),  # -0.1 / (-1.3 x 0.3494)
    "injury-crashes": ("off track", 0.477),  # -1 / (-6 x 0.3494)
    "complaints-resolved": ("on track", 2.357),  # 14 / (17 x 0.3494)
    "use-of-force": ("for information", None),
    "crisis-trained-share": ("on track", 1.048),  # 27 / (59 x 0.4367)
    "trust-in-police": ("at risk", 0.717),  # from 2024-09-30: 3 / (11 x 730/1918)
    "911-answered-15-seconds": ("meeting target", None),
    "medical-calls-protocol": ("on track", 1.457),  # 7 / (11 x 0.4367)
    "911-handling-time-90th": ("at risk", 0.681),  # -5 / (-21 x 0.3494)
    "dispatch-availability": ("meeting target", None),
    "alert-sign-ups": ("on track", 1.293),  # 14 / (31 x 0.3494)
    "exercises-held": ("on track", 1.003),  # year to date: 3 / (4 x 273/365)
    "improvements-on-time": ("on track", 1.946),  # 17 / (25 x 0.3494)
    "active-volunteers": ("off track", 0.0),
    "training-finished-on-time": ("on track", 0.954),  # 2 / (6 x 0.3494)
    "responder-injury-rate": ("off track, getting worse", -0.179),  # 0.3 / (-4.8 x 0.3494)
    "legal-duties-current-share": ("meeting target", None),
    "resident-contacts": ("on track", 2.165),  # 870 / (1150 x 0.3494)
    "actions-on-schedule-share": ("meeting target", None),
    "flood-projects-done": ("off track", 0.477),  # 1 / (6 x 0.3494)
}


def example_metrics() -> dict[str, Metric]:
    records, problems = read_folder(ROOT / "data", ROOT)
    assert problems == []
    return records.all(Metric)


def test_the_notes_have_32_measures() -> None:
    assert len(EXPECTED) == 32


@pytest.mark.parametrize("id", sorted(EXPECTED))
def test_every_measure_of_the_example_follows_the_rule(id: str) -> None:
    found = assess(example_metrics()[id])
    status, ratio = EXPECTED[id]

    assert found.status.words == status
    assert (found.ratio is None) == (ratio is None)
    if found.ratio is not None:
        assert found.ratio == pytest.approx(ratio, abs=0.0006)


def test_as_the_council_counted_it_20_of_29_are_on_track_or_met() -> None:
    metrics = example_metrics()
    with_target = [id for id in EXPECTED if metrics[id].targets]

    assert len(with_target) == 29
    assert sum(assess(metrics[id]).status.group == "good" for id in with_target) == 20


def metric(**changes: Any) -> Metric:
    """A made-up measure that goes from 0 at the end of 2024 to 100 at the end of 2028: 1,461 days."""
    base = made_metric(
        kind="count",
        baseline=Baseline(period=period("2024"), value=0),
        targets=(target(100),),
    )
    return base.model_copy(update=changes)


def target(value: float | None, by: str = "2028-12-31", **changes: Any) -> Target:
    return Target(by=dt.date.fromisoformat(by), value=value, why="Because.", **changes)


def seen(*values: tuple[str, float]) -> tuple[Observation, ...]:
    return tuple(Observation(period=period(when), value=value) for when, value in values)


def status(**changes: Any) -> str:
    return assess(metric(**changes)).status.words


def test_nothing_yet() -> None:
    assert status() == "no status"


def test_the_newest_value_is_withheld() -> None:
    withheld = Observation(period=period("2026-Q4"), withheld=True)

    assert status(observations=(*seen(("2026-Q3", 90)), withheld)) == "no status"


def test_a_missing_newest_value_keeps_the_status_and_says_so() -> None:
    missing = Observation(period=period("2026-Q4"), missing="The book was lost")
    found = assess(metric(observations=(*seen(("2026-Q3", 90)), missing)))

    assert found.status is Status.ON_TRACK
    assert found.reason == "the newest number is missing: The book was lost"


def test_a_missing_value_after_a_withheld_one_gives_no_older_status() -> None:
    withheld = Observation(period=period("2026-Q3"), withheld=True)
    missing = Observation(period=period("2026-Q4"), missing="The book was lost")

    assert status(observations=(*seen(("2026-Q2", 90)), withheld, missing)) == "no status"


def test_no_better_or_no_target_is_for_information() -> None:
    observations = seen(("2026-Q3", 90))

    assert status(observations=observations, better=None) == "for information"
    assert status(observations=observations, targets=()) == "for information"


@pytest.mark.parametrize(("value", "words"), [(100, "meeting target"), (101, "meeting target"), (99.9, "on track")])
def test_meeting_the_target(value: float, words: str) -> None:
    assert status(observations=seen(("2027-Q4", value))) == words


# At the end of 2026 half of the time (730 of 1,461 days, 0.49966) has passed: 49.966 is expected.
@pytest.mark.parametrize(
    ("value", "words"),
    [
        (47.5, "on track"),
        (47.4, "at risk"),
        (30.0, "at risk"),
        (29.9, "off track"),
        (0.0, "off track"),
        (-0.1, "off track, getting worse"),
    ],
)
def test_the_cut_points(value: float, words: str) -> None:
    assert status(observations=seen(("2026-Q4", value))) == words


def test_too_early_ends_at_a_tenth_of_the_time() -> None:
    short = (target(100, "2027-09-27"),)  # 1,000 days after the baseline

    assert status(targets=short, observations=seen(("2025-Q1", 1))) == "too early to say"  # 90 days
    assert status(targets=short, observations=seen(("2025-Q2", 1))) == "off track"  # 181 days


def test_a_missed_target_is_counted_with_off_track() -> None:
    found = assess(metric(observations=seen(("2028-Q4", 99))))

    assert found.status.words == "target missed"
    assert found.status.group == "bad"


def test_interim_targets_bend_the_line() -> None:
    # Straight to 100, 50 would be right at half time; by way of 20 at the end of 2026 it is 20 that is expected.
    steps = (target(20, "2026-12-31"), target(100))
    found = assess(metric(targets=steps, observations=seen(("2026-Q4", 20))))

    assert found.expected == pytest.approx(20)
    assert found.status is Status.ON_TRACK


def test_an_interim_target_may_ask_to_hold_or_allow_a_loss() -> None:
    # Neither leaves a change to be shared out: the value is as good as the line, or it is not.
    for interim, enough, too_little in ((0, 0, -1), (-10, -10, -11)):
        steps = (target(interim, "2026-12-31"), target(100))
        assert status(targets=steps, observations=seen(("2026-Q4", enough))) == "on track"
        assert status(targets=steps, observations=seen(("2026-Q4", too_little))) == "off track, getting worse"


def test_a_level_to_hold() -> None:
    hold = (target(90, keep="above", tolerance=5),)

    assert status(targets=hold, observations=seen(("2025-Q1", 90))) == "meeting target"
    assert status(targets=hold, observations=seen(("2025-Q1", 85))) == "at risk"
    assert status(targets=hold, observations=seen(("2025-Q1", 84))) == "off track"


def test_no_baseline_is_judged_like_a_level() -> None:
    assert status(baseline=None, observations=seen(("2026-Q4", 99))) == "off track"
    assert status(baseline=None, observations=seen(("2026-Q4", 100))) == "meeting target"


def test_a_baseline_at_the_target_is_a_level_to_hold() -> None:
    there = Baseline(period=period("2024"), value=100)

    assert status(baseline=there, observations=seen(("2026-Q4", 99))) == "off track"


def test_within_a_range() -> None:
    band = (target(None, low=6, high=9, tolerance=1),)

    assert status(better="within", targets=band, observations=seen(("2025-Q4", 6))) == "meeting target"
    assert status(better="within", targets=band, observations=seen(("2025-Q4", 10))) == "at risk"
    assert status(better="within", targets=band, observations=seen(("2025-Q4", 4.9))) == "off track"


@pytest.mark.parametrize(
    ("when", "value", "words"),
    [
        ("2026-Q1", 24, "on track"),  # 100 x 90/365 = 24.66
        ("2026-Q1", 14, "off track"),
        ("2026-Q2", 40, "at risk"),  # 49.59
        ("2026-Q2", 100, "meeting target"),
        ("2026-Q4", 99, "target missed"),
    ],
)
def test_year_to_date_where_more_is_better(when: str, value: float, words: str) -> None:
    assert status(covers="year-to-date", observations=seen((when, value))) == words


@pytest.mark.parametrize(
    ("when", "value", "words"),
    [
        ("2026-Q2", 49, "meeting target"),
        ("2026-Q2", 60, "at risk"),
        ("2026-Q2", 101, "off track"),
        ("2026-Q4", 100, "meeting target"),
        ("2026-Q4", 101, "off track"),
    ],
)
def test_year_to_date_where_less_is_better(when: str, value: float, words: str) -> None:
    assert status(covers="year-to-date", better="lower", observations=seen((when, value))) == words


def test_a_partial_last_period_is_left_out() -> None:
    partial = Observation(period=period("2026-Q4"), value=1, partial_until=dt.date(2026, 10, 20))
    found = assess(metric(observations=(*seen(("2026-Q3", 90)), partial)))

    assert found.latest is not None
    assert str(found.latest.period) == "2026-Q3"


@settings(derandomize=True, max_examples=200, deadline=None)
@given(some.floats(-50, 150), some.floats(-50, 150))
def test_a_better_value_never_has_a_worse_status(one: float, other: float) -> None:
    order = ["off track, getting worse", "off track", "at risk", "on track", "meeting target"]
    low, high = sorted((one, other))

    worse, better = (order.index(status(observations=seen(("2026-Q4", value)))) for value in (low, high))

    assert worse <= better


def test_the_published_rule_names_every_rule_that_is_used() -> None:
    used = {assess(found).rule for found in example_metrics().values()}

    assert used <= {name for name, _, _ in method()}
