"""The measures: all of them at a glance, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.plan.things import Metric, Objective, Role, Thing
from safety_plan.publishing import words
from safety_plan.publishing.charts import trend
from safety_plan.publishing.figures import latest, latest_with_period
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.goals import Action as ActionRecord
from safety_plan.reading.schema.goals import Objective as ObjectiveRecord
from safety_plan.reading.schema.metrics import Breakdown, Observation
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.reviews import Review as ReviewRecord
from safety_plan.reading.schema.risks import Risk as RiskRecord
from safety_plan.results.results import MetricResult
from safety_plan.results.status import expected_at

_MIRRORS = {"duties-current": "legal", "actions-on-schedule": "roadmap", "exercises-held": "people"}
_KINDS = {
    "count": "a count",
    "sum": "a sum",
    "mean": "an average",
    "median": "a median: half of the cases are below, half above",
    "percent": "a percentage",
    "rate": "a rate",
    "index": "an index",
    "yes-no": "yes or no",
}


def pages(studio: Studio) -> Iterator[Page]:
    """The page of all measures, then a page for each."""
    plan = studio.plan
    sections = [(goal, _of_goal(studio, plan.objectives_of(goal))) for goal in plan.goals]
    named = {metric for _, metrics in sections for metric in metrics}
    yield studio.page(
        "measures",
        sections=sections,
        others=[metric for metric in plan.metrics if metric not in named],
        latest=lambda metric: latest_with_period(metric, studio.results),
        counts=studio.results.status_counts(plan.metrics),
        description="Every number of the plan: where it stands, where it should be, and whether it is getting better.",
    )
    for metric in plan.metrics:
        yield _page(studio, metric)


def _of_goal(studio: Studio, objectives: tuple[Objective, ...]) -> list[Metric]:
    ids = [id for objective in objectives for id in objective.record.metrics]
    return [studio.plan.metric(id) for id in dict.fromkeys(ids)]


def _page(studio: Studio, metric: Metric) -> Page:
    plan, record = studio.plan, metric.record
    result = studio.results.metrics[metric.id]
    objectives = plan.near(metric, ObjectiveRecord)
    leads = dict.fromkeys(plan.role(objective.record.lead) for objective in objectives)
    return studio.page_of(
        metric,
        description=f"{record.question} {latest_with_period(metric, studio.results)}, {result.status.words}.",
        result=result,
        latest=latest(metric, studio.results),
        sentence=sentence(metric, result),
        chart=trend(metric),
        path_words=_path_words(record),
        rows=[_row(studio, metric, one) for one in _newest_first(record.observations)],
        shows=_Shows.of(record),
        breakdowns=[_breakdown(studio, metric, one) for one in record.breakdowns],
        mirrors=_MIRRORS,
        kind_words=_kind(record),
        answers_for=tuple(leads),
        near=_Near.of(studio, metric, objectives, tuple(leads)),
    )


def sentence(metric: Metric, result: MetricResult) -> str:
    """Where the measure stands and where it should be, in one or two plain sentences."""
    record, assessment = metric.record, result.assessment
    if assessment.latest is None or assessment.latest.number is None:
        return "There is no number to show yet."
    when, what = words.observation_period(record, assessment.latest), words.value(record, assessment.latest.number)
    start = f"In {when} it was {what}."
    if record.covers != "period":
        start = f"{when[0].upper()}{when[1:]}: {what}."
    if assessment.target is None:
        return f"{start} It has no target and is shown for information."
    aim = f"The target is {words.target_by(record, assessment.target)}."
    if assessment.expected is not None:
        aim += f" By now it should be {words.value(record, round(assessment.expected, record.decimals))}."
    return f"{start} {aim}"


def _kind(record: MetricRecord) -> str:
    if record.kind == "percentile":
        return f"a {record.percentile}th percentile: {record.percentile} of 100 cases were at or below it"
    return _KINDS[record.kind]


def _path_words(record: MetricRecord) -> str:
    """What the dashed lines of the chart are."""
    if record.better == "within":
        return "It should stay between the dashed lines"
    if record.covers == "year-to-date":
        return "The dashed line is the target for each year; the count starts anew each January"
    hold = bool(record.targets) and record.targets[-1].keep
    return "The dashed line is the level to hold" if hold else "The dashed line is the way to the target"


def _newest_first(observations: tuple[Observation, ...]) -> list[Observation]:
    return sorted(observations, key=lambda observation: observation.period, reverse=True)


@dataclass(frozen=True)
class _Shows:
    """Which columns the table of values needs."""

    parts: bool
    n: bool
    expected: bool
    remarks: bool

    @classmethod
    def of(cls, record: MetricRecord) -> _Shows:
        observations = record.observations
        return cls(
            parts=any(one.part is not None for one in observations),
            n=any(one.n is not None for one in observations),
            expected=_has_path(record),
            remarks=any(one.note or one.corrected for one in observations),
        )


def _has_path(record: MetricRecord) -> bool:
    return bool(
        record.baseline
        and record.targets
        and record.better in ("higher", "lower")
        and not record.targets[-1].keep
        and record.covers != "year-to-date"
    )


@dataclass(frozen=True)
class _Row:
    period: str
    value: str | None
    nothing: str
    part: str
    of: str
    n: str
    expected: str
    remarks: str


def _row(studio: Studio, metric: Metric, one: Observation) -> _Row:
    record = metric.record
    below = studio.plan.town.small_numbers.below
    remarks = [one.note or ""]
    if one.was is not None and one.corrected:
        was = words.value(record, one.was)
        remarks.append(f"Corrected on {words.date(one.corrected)}; it was {was}. {one.because}")
    expected = ""
    if _has_path(record) and record.baseline and one.period.end >= record.baseline.period.end:
        expected = words.plain(record, round(expected_at(record, one.period.end), record.decimals))
    return _Row(
        period=words.observation_period(record, one),
        value=None if one.number is None else words.plain(record, one.number),
        nothing="" if one.number is not None else words.nothing(record, one, below),
        part="" if one.part is None else words.number(one.part),
        of="" if one.of is None else words.number(one.of),
        n="" if one.n is None else words.number(one.n),
        expected=expected,
        remarks=" ".join(remark for remark in remarks if remark),
    )


@dataclass(frozen=True)
class _Group:
    group: str
    cells: list[str]


@dataclass(frozen=True)
class _Split:
    by: str
    periods: list[str]
    rows: list[_Group]


_MOST_PERIODS = 5


def _breakdown(studio: Studio, metric: Metric, breakdown: Breakdown) -> _Split:
    """The newest periods of a breakdown, side by side, so that a table fits a phone."""
    periods = sorted({one.period for one in breakdown.observations}, reverse=True)[:_MOST_PERIODS]
    groups = dict.fromkeys(one.group for one in breakdown.observations)
    found = {(one.group, one.period): one for one in breakdown.observations}
    below = studio.plan.town.small_numbers.below
    partial = {one.period for one in breakdown.observations if one.partial_until}
    return _Split(
        breakdown.by,
        [words.short_period(period) + (" so far" if period in partial else "") for period in periods],
        [_Group(group, [_cell(metric, found.get((group, period)), below) for period in periods]) for group in groups],
    )


def _cell(metric: Metric, one: Observation | None, below: int) -> str:
    if one is None:
        return "not recorded"
    if one.number is None:
        return words.nothing(metric.record, one, below)
    text = words.plain(metric.record, one.number)
    if one.part is not None and one.of is not None:
        return f"{text} ({words.number(one.part)} of {words.number(one.of)})"
    return text if one.n is None else f"{text} ({words.number(one.n)} cases)"


@dataclass(frozen=True)
class _Near:
    """What a measure is linked with, kind by kind."""

    objectives: tuple[Objective, ...]
    actions: tuple[Thing[ActionRecord], ...]
    risks: tuple[Thing[RiskRecord], ...]
    reviews: tuple[Thing[ReviewRecord], ...]
    others: tuple[Thing[Record], ...]

    @classmethod
    def of(cls, studio: Studio, metric: Metric, objectives: tuple[Objective, ...], leads: tuple[Role, ...]) -> _Near:
        plan = studio.plan
        shown = ("objective", "risk", "review", "role")
        actions = tuple(action for objective in objectives for action in plan.actions_of(objective))
        others = (other for other in plan.neighbours[metric] if other.kind not in shown)
        return cls(
            objectives=objectives,
            actions=actions,
            risks=plan.near(metric, RiskRecord),
            reviews=plan.near(metric, ReviewRecord),
            others=tuple(other for other in (*others, *plan.mentioned_in[metric]) if other not in actions),
        )
