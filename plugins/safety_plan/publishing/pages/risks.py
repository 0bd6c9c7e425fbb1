"""The risks: the register with its matrix, and a page for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Review, Risk, Thing
from safety_plan.publishing import words
from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.site import Page
from safety_plan.publishing.slugs import slug
from safety_plan.publishing.view import Studio, View
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.compliance import Requirement as RequirementRecord
from safety_plan.reading.schema.goals import Action as ActionRecord
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.risks import Rating, RiskRegister
from safety_plan.reading.schema.words import Topic as TopicRecord
from safety_plan.results.results import band_of, change_between
from safety_plan.results.state import Group

TREATMENTS = {
    "avoid": "Avoid it",
    "reduce": "Make it smaller",
    "share": "Share it with others",
    "accept": "Accept it",
    "pursue": "Pursue it",
}
"""What is done with a risk, in the words of the site."""

_LEVELS = range(1, 6)


def pages(studio: Studio) -> Iterator[Page]:
    """The register of all risks, then a page for each."""
    register = studio.plan.one(RiskRegister)
    if register is None:
        return
    yield _register(studio, register)
    for risk in studio.plan.risks:
        yield _page(studio, risk)


@dataclass(frozen=True)
class Score:
    """A rating in numbers and in words. `group` gives its shape and colour."""

    likelihood: int
    consequence: int
    points: int
    band: str
    group: Group

    @property
    def words(self) -> str:
        """The band, under the name that states of other things have, so that it can be shown like them."""
        return self.band


def score(plan: Plan, rating: Rating, *, chance: bool = False) -> Score:
    """The score of a rating. For a chance, a high score is the good news."""
    bands = plan.categories.risk_bands
    points = rating.likelihood * rating.consequence
    band = band_of(points, bands)
    from_top = len(bands) - 1 - [one.name for one in bands].index(band)
    group: Group = "good" if from_top == 0 else "neutral"
    if not chance:
        group = _group(from_top, len(bands))
    return Score(rating.likelihood, rating.consequence, points, band, group)


def _group(from_top: int, bands: int) -> Group:
    """A town may name as many bands as it likes: the highest is bad, the next one a warning, the lowest good."""
    if from_top == bands - 1:
        return "good"
    if from_top == 0:
        return "bad"
    return "warning" if from_top == 1 else "neutral"


def now(plan: Plan, risk: Risk) -> Score:
    """The score of a risk as it stands."""
    return score(plan, risk.record.history[-1], chance=risk.record.kind == "opportunity")


@dataclass(frozen=True)
class Change:
    """How a score moved, in words. `group` gives its shape and colour."""

    words: str
    group: Group


def change_of(risk: Risk, before: int | None, now: int) -> Change:
    """How the score of a risk moved. More danger is bad, more of a chance is good."""
    chance, change = risk.record.kind == "opportunity", change_between(before, now)
    if change == "up":
        return Change(f"up from {before}", "good" if chance else "bad")
    if change == "down":
        return Change(f"down from {before}", "warning" if chance else "good")
    return Change(change, "neutral")


@dataclass(frozen=True)
class _Row:
    """A line of the register."""

    risk: Risk
    before: Score
    now: Score
    after: Score
    change: Change
    last: str
    reviewed: bool
    days_late: int


def _row(studio: Studio, risk: Risk) -> _Row:
    plan, record, result = studio.plan, risk.record, studio.results.risks[risk.id]
    chance = record.kind == "opportunity"
    return _Row(
        risk,
        score(plan, record.before_controls, chance=chance),
        now(plan, risk),
        score(plan, record.after_treatment, chance=chance),
        change_of(risk, result.previous, result.now),
        words.short_period(record.history[-1].quarter),
        result.reviewed,
        result.days_late,
    )


@dataclass(frozen=True)
class _Section:
    """A group of risks: its rows in the order of its kinds, and the kinds that hold none."""

    name: str
    anchor: str
    kinds: tuple[str, ...]
    empty: tuple[str, ...]
    rows: tuple[_Row, ...]


@dataclass(frozen=True)
class _Cell:
    """A place in the matrix. Colour follows from the group, so that a town may name its bands as it likes."""

    points: int
    band: str
    slug: str
    group: Group
    risks: tuple[Risk, ...]


@dataclass(frozen=True)
class _Band:
    score: Score
    low: int
    high: int
    count: int


@dataclass(frozen=True)
class _Summary:
    """The answer of the page, in counts."""

    up: int
    down: int
    unseen: tuple[Risk, ...]
    late: tuple[Risk, ...]
    quarter: str


def _register(studio: Studio, register: RiskRegister) -> Page:
    plan = studio.plan
    threats = tuple(risk for risk in plan.risks if risk.record.kind == "threat")
    chances = tuple(risk for risk in plan.risks if risk.record.kind == "opportunity")
    return studio.page(
        "risks",
        place=register.at(),
        register=register,
        threats=threats,
        matrix=_matrix(plan, threats),
        bands=_bands(plan, threats),
        levels=_LEVELS,
        scale=plan.categories.risk_scale,
        headlines=_headlines(plan),
        groups=_groups(studio, threats),
        chances=tuple(_row(studio, risk) for risk in chances),
        summary=_summary(studio, threats),
        topics=topics_for(plan, "risks"),
        description="What could get in the way of the plan, how likely and how bad it is, and what we do about it.",
    )


def topics_for(plan: Plan, page: str) -> tuple[Thing[TopicRecord], ...]:
    """The topics to read up on that go with a page."""
    return tuple(topic for topic in plan.all(TopicRecord) if topic.record.see == page)


def _summary(studio: Studio, threats: Iterable[Risk]) -> _Summary:
    risks, every = studio.results.risks, studio.plan.risks
    changes = [risks[risk.id].change for risk in threats if risks[risk.id].reviewed]
    newest = max(risk.record.history[-1].quarter for risk in every)
    return _Summary(
        up=changes.count("up"),
        down=changes.count("down"),
        unseen=tuple(risk for risk in every if not risks[risk.id].reviewed),
        late=tuple(risk for risk in every if risks[risk.id].days_late),
        quarter=words.period(newest),
    )


def _matrix(plan: Plan, threats: Iterable[Risk]) -> list[tuple[int, list[_Cell]]]:
    """The rows of the matrix, most likely first; each with its cells, least bad first."""
    held: dict[tuple[int, int], list[Risk]] = {}
    for risk in threats:
        newest = risk.record.history[-1]
        held.setdefault((newest.likelihood, newest.consequence), []).append(risk)

    def cell(likelihood: int, consequence: int) -> _Cell:
        there = score(plan, Rating(likelihood=likelihood, consequence=consequence))
        return _Cell(
            there.points, there.band, slug(there.band), there.group, tuple(held.get((likelihood, consequence), ()))
        )

    return [
        (likelihood, [cell(likelihood, consequence) for consequence in _LEVELS]) for likelihood in reversed(_LEVELS)
    ]


def _bands(plan: Plan, threats: Iterable[Risk]) -> list[_Band]:
    """The bands with the scores they hold and how many risks stand there, highest first."""
    scores = [now(plan, risk) for risk in threats]
    bands, low = [], 1
    for place, band in enumerate(plan.categories.risk_bands):
        group = _group(len(plan.categories.risk_bands) - 1 - place, len(plan.categories.risk_bands))
        there = sum(one.band == band.name for one in scores)
        bands.append(_Band(Score(0, 0, 0, band.name, group), low, band.up_to, there))
        low = band.up_to + 1
    return bands[::-1]


def _headlines(plan: Plan) -> list[tuple[str, Risk]]:
    """The one risk that stands for each area, in the order of the areas."""
    found = [risk for risk in plan.risks if risk.record.headline]
    return [(area, risk) for area in plan.categories.risk_areas for risk in found if risk.record.area == area]


def _groups(studio: Studio, threats: tuple[Risk, ...]) -> list[_Section]:
    groups = []
    for group in studio.plan.categories.risk_groups:
        risks = [risk for risk in threats if risk.record.group == group.name]
        held = {risk.record.subtype for risk in risks}
        rows = tuple(_row(studio, risk) for kind in group.items for risk in risks if risk.record.subtype == kind)
        empty = tuple(kind for kind in group.items if kind not in held)
        groups.append(_Section(group.name, f"group-{slug(group.name)}", group.items, empty, rows))
    return groups


@dataclass(frozen=True)
class _Entry:
    """The rating of one quarter, and the review that gave it where the plan holds that."""

    quarter: str
    review: Review | None
    score: Score
    note: str


def _page(studio: Studio, risk: Risk) -> Page:
    plan, record = studio.plan, risk.record
    view, chance = View(studio, f"risks/{risk.id}/"), record.kind == "opportunity"
    shown = ("role", "action", "metric", "requirement", "review")
    others: list[Thing[Record]] = [other for other in plan.neighbours[risk] if other.kind not in shown]
    return studio.page_of(
        risk,
        row=_row(studio, risk),
        chance=chance,
        group_anchor=f"group-{slug(record.group)}",
        scale=plan.categories.risk_scale,
        treatments=TREATMENTS,
        entries=_entries(plan, risk),
        treatment_days=_days_since(record.treatment.by if record.treatment else None, studio.results.as_of),
        actions=plan.near(risk, ActionRecord),
        metrics=plan.near(risk, MetricRecord),
        requirements=plan.near(risk, RequirementRecord),
        # Newest first, as in the history.
        reviews=[review for review in reversed(plan.reviews) if review in plan.neighbours[risk]],
        others=[*others, *plan.mentioned_in[risk]],
        latest=lambda metric: latest_with_period(metric, studio.results),
        description=view.plain(f"{record.cause} {record.effect}"),
    )


def _days_since(day: dt.date | None, as_of: dt.date) -> int:
    return max((as_of - day).days, 0) if day else 0


def _entries(plan: Plan, risk: Risk) -> list[_Entry]:
    reviews = {review.record.period: review for review in plan.reviews}
    chance = risk.record.kind == "opportunity"
    return [
        _Entry(words.period(one.quarter), reviews.get(one.quarter), score(plan, one, chance=chance), one.note)
        for one in reversed(risk.record.history)
    ]
