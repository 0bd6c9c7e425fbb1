"""The risks: the register with its matrix, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safety_plan.language import later, say
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Review, Risk, Thing
from safety_plan.publishing import words
from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.labels import said
from safety_plan.publishing.site import Page
from safety_plan.publishing.slugs import slug
from safety_plan.publishing.view import Studio, View
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.compliance import Requirement as RequirementRecord
from safety_plan.reading.schema.goals import Action as ActionRecord
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.risks import RiskRegister
from safety_plan.reading.schema.words import Topic as TopicRecord
from safety_plan.results.risks import LEVELS, BandRange, Change, Direction, RatedQuarter, RiskResult, bands_of, matrix
from safety_plan.results.state import Group

TREATMENTS = {
    "avoid": later("Avoid it"),
    "reduce": later("Make it smaller"),
    "share": later("Share it with others"),
    "accept": later("Accept it"),
    "pursue": later("Pursue it"),
}
"""What is done with a risk, in the words of the site."""


def pages(studio: Studio) -> Iterator[Page]:
    """The register of all risks, then a page for each."""
    register = studio.plan.one(RiskRegister)
    if register is None:
        return
    yield _register(studio, register)
    for risk in studio.plan.risks:
        yield _page(studio, risk)


@dataclass(frozen=True)
class Moved:
    """How a score moved, in words. `group` gives its shape and colour."""

    words: str
    group: Group


def moved(change: Change) -> Moved:
    """How a score moved. Where quarters went without a rating, the words name the quarter it is compared with."""
    if change.skipped and change.since:
        since = words.short_period(change.since)
        return Moved(say(_MOVED_SINCE[change.direction], points=change.before, quarter=since), change.group)
    return Moved(say(_MOVED[change.direction], points=change.before), change.group)


_MOVED: dict[Direction, str] = {
    "up": later("up from {points}"),
    "down": later("down from {points}"),
    "unchanged": later("unchanged"),
    "first rating": later("first rating"),
    "not rated": later("not rated"),
}
_MOVED_SINCE: dict[Direction, str] = {
    **_MOVED,
    "up": later("up from {points} since {quarter}"),
    "down": later("down from {points} since {quarter}"),
    "unchanged": later("unchanged since {quarter}"),
}
"""How a score moved where quarters went without a rating in between."""


@dataclass(frozen=True)
class _Row:
    """A line of the register."""

    risk: Risk
    result: RiskResult
    moved: Moved
    last: str


def _row(studio: Studio, risk: Risk) -> _Row:
    result = studio.results.risks[risk.id]
    return _Row(risk, result, moved(result.change), words.short_period(result.history[0].quarter))


@dataclass(frozen=True)
class _Section:
    """A group of risks: its rows in the order of its kinds, and the kinds that hold none."""

    name: str
    anchor: str
    kinds: tuple[str, ...]
    empty: tuple[str, ...]
    rows: tuple[_Row, ...]


@dataclass(frozen=True)
class _Band:
    """A band with how many risks stand in it now."""

    range: BandRange
    count: int


@dataclass(frozen=True)
class _Summary:
    """The answer of the page, in counts and in what was not done in time."""

    moves: str
    unseen: tuple[Risk, ...]
    late: tuple[Risk, ...]
    treatment_late: tuple[Risk, ...]
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
        matrix=list(zip(reversed(LEVELS), matrix(plan, threats), strict=True)),
        bands=_bands(studio, threats),
        chance_bands=_bands(studio, chances, chance=True),
        levels=LEVELS,
        scale=plan.categories.risk_scale,
        # An attribute holds no mark of its language, so there a title is a text and nothing else.
        plain_title=lambda risk: str(View(studio, "").title(risk)),
        headlines=_headlines(plan),
        groups=_groups(studio, threats),
        chances=tuple(_row(studio, risk) for risk in chances),
        summary=_summary(studio, threats),
        topics=topics_for(plan, "risks"),
        description=say(
            "What could get in the way of the plan, how likely and how bad it is, and what we do about it."
        ),
    )


def topics_for(plan: Plan, page: str) -> tuple[Thing[TopicRecord], ...]:
    """The topics to read up on that go with a page."""
    return tuple(topic for topic in plan.all(TopicRecord) if topic.record.see == page)


def _summary(studio: Studio, threats: Iterable[Risk]) -> _Summary:
    risks, every = studio.results.risks, studio.plan.risks
    changes = [risks[risk.id].change.direction for risk in threats]
    newest = max(risks[risk.id].history[0].quarter for risk in every)
    return _Summary(
        moves=_moves(changes.count("up"), changes.count("down")),
        unseen=tuple(risk for risk in every if not risks[risk.id].reviewed),
        late=tuple(risk for risk in every if risks[risk.id].days_late),
        treatment_late=tuple(risk for risk in every if risks[risk.id].treatment_days_late),
        quarter=words.period(newest),
    )


def _moves(up: int, down: int) -> str:
    """How many scores moved, in a sentence."""
    values = {"up": words.number(up), "down": words.number(down)}
    if up and down:
        return say("Since the review before, {up} went up and {down} went down.", **values)
    if up:
        return say("Since the review before, {up} went up and none went down.", **values)
    if down:
        return say("Since the review before, none went up and {down} went down.", **values)
    return say("Since the review before, none went up and none went down.")


def _bands(studio: Studio, risks: Iterable[Risk], *, chance: bool = False) -> list[_Band]:
    """The bands with how many of the risks stand there, highest first."""
    held = [studio.results.risks[risk.id].now.band for risk in risks]
    ranges = bands_of(studio.plan.categories.risk_bands, chance=chance)
    return [_Band(one, held.count(one.name)) for one in reversed(ranges)]


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
        groups.append(_Section(group.name, f"group-{slug(group.as_written.name)}", group.items, empty, rows))
    return groups


@dataclass(frozen=True)
class _Entry:
    """The rating of one quarter, and the review that gave it where the plan holds that."""

    quarter: str
    review: Review | None
    rated: RatedQuarter
    moved: Moved


def _page(studio: Studio, risk: Risk) -> Page:
    plan, record = studio.plan, risk.record
    view, chance = View(studio, f"risks/{risk.id}/"), record.kind == "opportunity"
    shown = ("role", "action", "metric", "requirement", "review")
    others: list[Thing[Record]] = [other for other in plan.neighbours[risk] if other.kind not in shown]
    return studio.page_of(
        risk,
        row=_row(studio, risk),
        chance=chance,
        group_anchor=f"group-{slug(record.as_written.group)}",
        scale=plan.categories.risk_scale,
        treatments=said(TREATMENTS),
        entries=_entries(studio, risk),
        actions=plan.near(risk, ActionRecord),
        metrics=plan.near(risk, MetricRecord),
        requirements=plan.near(risk, RequirementRecord),
        # Newest first, as in the history.
        reviews=[review for review in reversed(plan.reviews) if review in plan.neighbours[risk]],
        others=[*others, *plan.mentioned_in[risk]],
        latest=lambda metric: latest_with_period(metric, studio.results),
        description=view.plain(f"{record.cause} {record.effect}"),
    )


def _entries(studio: Studio, risk: Risk) -> list[_Entry]:
    reviews = {review.record.period: review for review in studio.plan.reviews}
    return [
        _Entry(words.period(one.quarter), reviews.get(one.quarter), one, moved(one.change))
        for one in studio.results.risks[risk.id].history
    ]
