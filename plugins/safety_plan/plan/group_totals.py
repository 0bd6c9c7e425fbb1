"""Groups that do not add up to their whole: a slip in one of the numbers, or groups that overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.plan.withholding.counts import COUNTED
from safety_plan.problems import Problem
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Breakdown, GroupObservation, Observation


@dataclass(frozen=True)
class _Sum:
    """The groups of one period, and the whole that they should add up to.

    `rest` is what the groups that are shown leave of the whole; `hidden` are the groups that are withheld.
    """

    whole: float
    shown: float
    rest: float
    groups: tuple[GroupObservation, ...]
    hidden: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether the groups add up to the whole, or those that are withheld can make up for what is left."""
        return self.rest > 0 if self.hidden else self.rest == 0


def group_doubts(plan: Plan) -> Iterator[Problem]:
    """Periods in which the groups of a count or a sum cannot add up to the whole.

    Where that is so in every one of several periods, the groups are no parts of a whole by design, such as areas that
    overlap: nothing is said then.
    """
    for metric in plan.metrics:
        for breakdown in metric.record.breakdowns if metric.record.kind in COUNTED else ():
            sums = [*_sums(metric.record, breakdown)]
            told = [one for one in sums if not one.hidden]
            if len(told) > 1 and not any(one.fits for one in told):
                continue
            for one in sums:
                if not one.fits:
                    yield _doubt(metric.id, metric.record, breakdown, one)


def _sums(metric: Metric, breakdown: Breakdown) -> Iterator[_Sum]:
    """The sums of the periods in which every group of the breakdown stands with a number, or is withheld."""
    names = {one.group for one in breakdown.observations}
    for whole in metric.observations:
        groups = tuple(one for one in breakdown.observations if _same_time(one, whole))
        given = {one.group for one in groups if one.number is not None or one.withheld}
        if whole.number is None or given != names:
            continue
        shown = sum(one.number for one in groups if one.number is not None)
        rest = whole.number - shown
        # Each number may have been rounded by as much as half of its last decimal.
        slack = 0.0 if metric.kind == "count" else (len(groups) + 1) * 10**-metric.decimals / 2
        exact = 0.0 if abs(rest) <= slack else rest
        yield _Sum(whole.number, shown, exact, groups, tuple(one.group for one in groups if one.withheld))


def _same_time(one: Observation, whole: Observation) -> bool:
    return (one.period, one.partial_until) == (whole.period, whole.partial_until)


def _doubt(id: str, metric: Metric, breakdown: Breakdown, one: _Sum) -> Problem:
    first = one.groups[0]
    shown, whole = _written(one.shown, metric), _written(one.whole, metric)
    found = f'the groups of {first.period} by "{breakdown.by}" add up to {shown}, but the whole is {whole}'
    fix = "check the numbers of the groups and of the whole; if the groups overlap, say so in a note."
    if one.hidden:
        kept = "the withheld one" if len(one.hidden) == 1 else f"the {len(one.hidden)} withheld ones"
        found = f"{found}, which leaves nothing for {kept}"
        fix = "check the numbers of the groups and of the whole, and which group has to be withheld."
    return Problem(
        first.at("period"),
        f'found in the metric "{id}": {found}',
        allowed=f"groups that add up to {whole}",
        fix=fix,
    )


def _written(value: float, metric: Metric) -> str:
    return f"{value:.{metric.decimals}f}"
