"""The quarterly reviews: the round they go, what each one found, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from safety_plan.language import later, say
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric, Review, Risk
from safety_plan.publishing import words
from safety_plan.publishing.labels import REVIEW_CYCLES
from safety_plan.publishing.pages.risks import Moved, moved
from safety_plan.publishing.sentences import joined
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.engagement import Theme as ThemeRecord
from safety_plan.reading.schema.resources import Technology as TechnologyRecord
from safety_plan.reading.schema.reviews import Decision
from safety_plan.reading.schema.reviews import Review as ReviewRecord
from safety_plan.reading.schema.risks import Risk as RiskRecord
from safety_plan.results.results import Results
from safety_plan.results.reviews import decision_days_late, quarters_without_review
from safety_plan.results.risks import Score


@dataclass(frozen=True)
class Part:
    """One of the things that every review looks at: its field, heading and anchor, and the page that shows it today."""

    field: str
    heading: str
    anchor: str
    page: str


PARTS = (
    Part("metrics", later("What the numbers said"), "numbers", "measures"),
    Part("technology", later("Technology"), "technology", "resources"),
    Part("feedback", later("What residents said"), "residents", "take-part"),
    Part("law", later("The law"), "law", "legal"),
    Part("risks", later("Risks"), "risks", "risks"),
)
"""The five things that one quarterly round looks at together, so that none is forgotten."""


def pages(studio: Studio) -> Iterator[Page]:
    """The page of all reviews, then a page for each."""
    plan, as_of = studio.plan, studio.results.as_of
    if not plan.reviews:
        return
    missing = quarters_without_review(plan, as_of)
    decisions = plan.all(Decision)
    waiting = [decision for decision in decisions if not decision.record.done]
    yield studio.page(
        "reviews",
        place=plan.reviews[-1].place,
        latest=plan.reviews[-1],
        parts=_parts(),
        cycle=say(REVIEW_CYCLES[plan.document.review_cycle]),
        days_late=max((as_of - plan.document.next_review).days, 0),
        missing=missing,
        quarters=_quarters(plan.reviews, missing),
        decisions=decisions,
        # Those without a date come last: nothing says when they should be done.
        waiting=sorted(waiting, key=lambda one: (one.record.by is None, one.record.by or as_of)),
        late=lambda decision: decision_days_late(decision, as_of),
        description=say("What leaders find every quarter, what they decide, and whether it was done."),
    )
    for review, after in zip(plan.reviews, (*plan.reviews[1:], None), strict=True):
        yield _page(studio, review, after)


def _parts() -> tuple[Part, ...]:
    return tuple(replace(part, heading=say(part.heading)) for part in PARTS)


@dataclass(frozen=True)
class _Quarter:
    period: Period
    reviews: tuple[Review, ...]


def _quarters(reviews: tuple[Review, ...], missing: tuple[Period, ...]) -> list[_Quarter]:
    """All quarters that have a review or should have one, newest first."""
    periods = sorted({*missing, *(review.record.period for review in reviews)}, reverse=True)
    return [
        _Quarter(period, tuple(review for review in reversed(reviews) if review.record.period == period))
        for period in periods
    ]


def _page(studio: Studio, review: Review, after: Review | None) -> Page:
    plan, record, as_of = studio.plan, review.record, studio.results.as_of
    decisions = plan.many(Decision, [decision.id for decision in record.decisions])
    return studio.page_of(
        review,
        description=say(
            "What leaders found and decided when they reviewed {period}.", period=words.period(record.period)
        ),
        parts=_parts(),
        after=after,
        seen=[_seen(plan.metric(id), record) for id in record.metrics.looked_at],
        seen_systems=plan.many(TechnologyRecord, record.technology.looked_at),
        seen_themes=plan.many(ThemeRecord, record.feedback.looked_at),
        rated=[_rated(studio.results, risk, record) for risk in _risks(plan, review)],
        decisions=decisions,
        late=lambda decision: decision_days_late(decision, as_of),
    )


@dataclass(frozen=True)
class _Seen:
    """A measure, and its value for the quarter that was reviewed, as it stands today."""

    metric: Metric
    value: str


def _seen(metric: Metric, review: ReviewRecord) -> _Seen:
    record = metric.record
    found = [one for one in record.observations if one.period.end == review.period.end and one.number is not None]
    if not found or found[0].number is None:
        return _Seen(metric, "")
    value = words.value(record, found[0].number)
    same = found[0].period == review.period and record.covers == "period"
    return _Seen(metric, value if same else joined((value, f"({words.observation_period(record, found[0])})")))


@dataclass(frozen=True)
class _Rated:
    """A risk, how it was rated in the quarter that was reviewed, and how that had moved since the rating before."""

    risk: Risk
    score: Score | None = None
    moved: Moved | None = None
    note: str = ""


def _risks(plan: Plan, review: Review) -> tuple[Risk, ...]:
    """The risks that a review looked at, then the others that were rated for its quarter."""
    looked_at = plan.many(RiskRecord, review.record.risks.looked_at)
    return tuple(dict.fromkeys((*looked_at, *plan.near(review, RiskRecord))))


def _rated(results: Results, risk: Risk, review: ReviewRecord) -> _Rated:
    found = next((one for one in results.risks[risk.id].history if one.quarter == review.period), None)
    return _Rated(risk, found.score, moved(found.change), found.note) if found else _Rated(risk)
