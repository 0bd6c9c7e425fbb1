"""How each risk stands: its scores and their bands, how the score moved, and whether it was looked at in time.

A score is likelihood times consequence, each from 1 to 5. The score now is always that of the newest review: it cannot
move without a review that says so. A chance (the kind "opportunity") is rated on the same scales turned round: a high
score is the good news.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from safety_plan.language import later
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Risk
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.categories import Band
from safety_plan.reading.schema.risks import Rating
from safety_plan.results.dates import days_past
from safety_plan.results.reviews import newest_quarter_due
from safety_plan.results.state import Group

LEVELS = range(1, 6)
"""The steps of both scales."""

Direction = Literal["up", "down", "unchanged", "first rating", "not rated"]

DIRECTIONS: dict[Direction, tuple[str, str]] = {
    "up": (
        later("Up"),
        later("The newest review gave more points than the one before. Bad news for a danger, good news for a chance."),
    ),
    "down": (
        later("Down"),
        later("The newest review gave fewer points. Good news for a danger, a warning for a chance."),
    ),
    "unchanged": (later("Unchanged"), later("Both reviews gave the same points.")),
    "first rating": (later("First rating"), later("There was no review of it before.")),
    "not rated": (
        later("Not rated"),
        later(
            "The newest review left it out, or was not held when it was due, so nobody knows whether it moved. Its "
            "last rating stays."
        ),
    ),
}
"""Each way in which a score can move: its name and what it means; to be said.

The review before is the one of the quarter before; where that quarter went without a rating, the page names the quarter
that is compared with."""


@dataclass(frozen=True)
class BandRange:
    """A band of scores: its name, the lowest and highest score in it, and the group it is counted with."""

    name: str
    low: int
    high: int
    group: Group

    @property
    def words(self) -> str:
        """The name, as states of other things have it, so that a band can be shown like them."""
        return self.name


@dataclass(frozen=True)
class Score:
    """A rating (1 to 5 each), their product in points (1 to 25), and the band it falls in with its group."""

    likelihood: int
    consequence: int
    points: int
    band: str
    group: Group

    @property
    def words(self) -> str:
        """The band, as states of other things have their words, so that a score can be shown like them."""
        return self.band


@dataclass(frozen=True)
class Change:
    """How a score moved from the rating before.

    `before` are the points of that rating and `since` is its quarter; both are None for a first rating. `skipped` says
    that quarters went without a rating in between. The direction is "not rated" where the newest quarter has no rating.
    """

    direction: Direction
    group: Group
    before: int | None = None
    since: Period | None = None
    skipped: bool = False


@dataclass(frozen=True)
class RatedQuarter:
    """The rating of one quarter, and how the score had moved since the rating before it."""

    quarter: Period
    score: Score
    change: Change
    note: str


@dataclass(frozen=True)
class RiskResult:
    """How a risk stands.

    `history` is newest first. `newest` is the newest quarter that was reviewed or should have been by now, `change` the
    move since the quarter before it, and `reviewed` says whether the risk was rated for that quarter.
    The days late are counted from the date of the next review, and from that of the treatment; 0 where it has not
    passed.
    """

    before: Score
    now: Score
    after: Score
    history: tuple[RatedQuarter, ...]
    change: Change
    reviewed: bool
    newest: Period
    days_late: int
    treatment_days_late: int


def bands_of(bands: Iterable[Band], *, chance: bool = False) -> tuple[BandRange, ...]:
    """The bands with the scores they hold, lowest first.

    A town may name as many as it likes: of dangers, the highest is bad, the next one a warning, the lowest good. Of
    chances, the highest is good, and none is bad.
    """
    found, low, given = [], 1, tuple(bands)
    for from_top, band in zip(reversed(range(len(given))), given, strict=True):
        group: Group = "good" if chance and from_top == 0 else "neutral"
        if not chance:
            group = _group(from_top, len(given))
        found.append(BandRange(band.name, low, band.up_to, group))
        low = band.up_to + 1
    return tuple(found)


def _group(from_top: int, bands: int) -> Group:
    if from_top == bands - 1:
        return "good"
    if from_top == 0:
        return "bad"
    return "warning" if from_top == 1 else "neutral"


def score_of(rating: Rating, bands: Iterable[Band], *, chance: bool = False) -> Score:
    """The score of a rating. The bands reach up to 25, so that each score has one."""
    points = rating.likelihood * rating.consequence
    band = next(one for one in bands_of(bands, chance=chance) if points <= one.high)
    return Score(rating.likelihood, rating.consequence, points, band.name, band.group)


def newest_quarter(plan: Plan, as_of: dt.date) -> Period | None:
    """The newest quarter for which every risk has to be rated; None where there is no quarter yet.

    It is the newest one that was reviewed, be it by a rating or by a review of the whole plan, or whose review was due
    before this day: where no review is held at all, no risk is looked at.
    """
    due = newest_quarter_due(plan, as_of)
    reviewed = [risk.record.history[-1].quarter for risk in plan.risks]
    reviewed += [review.record.period for review in plan.reviews]
    return max([*reviewed, due] if due else reviewed, default=None)


def risk_results(plan: Plan, as_of: dt.date) -> Mapping[str, RiskResult]:
    """How every risk stands on this day, by its id."""
    newest = newest_quarter(plan, as_of)
    return {risk.id: _result(plan, risk, newest, as_of) for risk in plan.risks}


def _result(plan: Plan, risk: Risk, newest: Period | None, as_of: dt.date) -> RiskResult:
    record, bands, chance = risk.record, plan.categories.risk_bands, risk.record.kind == "opportunity"
    history = _history(risk, bands)
    reviewed = history[0].quarter == newest
    return RiskResult(
        before=score_of(record.before_controls, bands, chance=chance),
        now=history[0].score,
        after=score_of(record.after_treatment, bands, chance=chance),
        history=history,
        change=history[0].change if reviewed else _not_rated(history[0]),
        reviewed=reviewed,
        newest=newest or history[0].quarter,
        days_late=days_past(record.review_by, as_of),
        treatment_days_late=days_past(record.treatment.by if record.treatment else None, as_of),
    )


def _history(risk: Risk, bands: Iterable[Band]) -> tuple[RatedQuarter, ...]:
    chance = risk.record.kind == "opportunity"
    found: list[RatedQuarter] = []
    for review in risk.record.history:
        score = score_of(review, bands, chance=chance)
        change = _change(found[-1] if found else None, review.quarter, score.points, chance=chance)
        found.append(RatedQuarter(review.quarter, score, change, review.note))
    return tuple(reversed(found))


def _change(before: RatedQuarter | None, quarter: Period, points: int, *, chance: bool) -> Change:
    """More danger is bad, more of a chance is good."""
    if before is None:
        return Change("first rating", "neutral")
    was, skipped = before.score.points, before.quarter.next() != quarter
    if was == points:
        return Change("unchanged", "neutral", was, before.quarter, skipped)
    if points > was:
        return Change("up", "good" if chance else "bad", was, before.quarter, skipped)
    return Change("down", "warning" if chance else "good", was, before.quarter, skipped)


def _not_rated(last: RatedQuarter) -> Change:
    return Change("not rated", "warning", last.score.points, last.quarter)


@dataclass(frozen=True)
class Cell:
    """A place in the matrix, and the risks that stand there now."""

    score: Score
    risks: tuple[Risk, ...]


def matrix(plan: Plan, risks: Iterable[Risk]) -> tuple[tuple[Cell, ...], ...]:
    """The places where two ratings meet: rows from the most likely down, each from the least bad to the worst."""
    held: dict[tuple[int, int], list[Risk]] = {}
    for risk in risks:
        newest = risk.record.history[-1]
        held.setdefault((newest.likelihood, newest.consequence), []).append(risk)
    return tuple(
        tuple(
            Cell(
                score_of(Rating(likelihood=likelihood, consequence=consequence), plan.categories.risk_bands),
                tuple(held.get((likelihood, consequence), ())),
            )
            for consequence in LEVELS
        )
        for likelihood in reversed(LEVELS)
    )
