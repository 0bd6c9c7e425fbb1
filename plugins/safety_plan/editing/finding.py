"""Which measure, which period and which group somebody means: found in the plan, or refused with the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from safety_plan.editing.given import GivenError, problems_in
from safety_plan.editing.observations import Series
from safety_plan.problems import nearest, one_of, shown
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.base import FISCAL_YEAR_STARTS
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Breakdown, Observation, list_faults

_MOST_STEPS = 2_000
"""More periods than any measure has."""


def metric_named(text: str, metrics: Mapping[str, Metric]) -> str:
    """The id of the measure with this id, ref, name or former id. Raises GivenError where there is none."""
    word = text.strip().removesuffix(".yml").casefold()
    for id, metric in metrics.items():
        if word in {name.casefold() for name in (id, metric.ref or "", metric.name)}:
            return id
    for id, metric in metrics.items():
        if word in metric.former_ids:
            return id
    names = {metric.name.casefold(): id for id, metric in metrics.items()}
    guess = nearest(word, metrics) or names.get(nearest(word, names), "")
    fix = f'write "{guess}" instead.' if guess else "write the id of a measure, or its ref such as M01."
    found = f'found "{shown(text)}", but there is no measure with this id, ref or name'
    raise GivenError.of("METRIC", found, one_of(metrics, 40), fix, guess)


def period_named(text: str, fiscal_year_starts: int | None) -> Period:
    """The period that is written as in the plan's files: 2026, 2026-Q3, 2026-09 or FY2026-Q1.

    `fiscal_year_starts` is the month in which the town's fiscal year starts, where it has one. Raises GivenError.
    """
    context = {FISCAL_YEAR_STARTS: fiscal_year_starts}
    found, problems = problems_in(Observation, {"period": text.strip(), "value": 0}, context)
    if not isinstance(found, Observation):
        raise GivenError("PERIOD", problems[0])
    return found.period


def series_for(folder: Path, id: str, metric: Metric, period: Period, by: str = "", group: str = "") -> Series:
    """The list of a measure that a value of this period belongs to: its own, that of whole years, or of a group.

    `by` names the breakdown and may be left out where there is just one. Raises GivenError where the period is none of
    the measure's, or where it is not split so.
    """
    if group:
        number = _breakdown(metric, by)
        series = Series(folder, id, metric, ("breakdowns", number, "observations"))
    elif period.grain == "year" and metric.frequency != "yearly" and metric.annual:
        return Series(folder, id, metric, ("annual",))
    else:
        series = Series(folder, id, metric, ("observations",))
    faults = list_faults((Observation(period=period, value=0),), (), metric.kind, metric.frequency)
    for fault in faults:
        guess = _like(period, [one.period for one in metric.every_observation])
        raise GivenError.of("PERIOD", fault.found, fault.allowed, fault.fix, guess)
    grains = {one.period.grain for one in series.observations}
    if grains and period.grain not in grains:
        others = [one.period for one in series.observations]
        kinds = " and ".join(f"{grain}s" for grain in sorted(grains))
        raise GivenError.of(
            "PERIOD",
            f"found {period}, but its other numbers are those of {kinds}",
            f"a period such as {others[-1]}",
            "write the period in the same form.",
            _like(period, others),
        )
    return series


def group_named(text: str, series: Series, *, new: bool = False) -> str:
    """A group of a breakdown as it is written there. Raises GivenError for one that it does not have, unless `new`."""
    groups = {name.casefold(): name for name in (getattr(one, "group", "") for one in series.observations)}
    found = groups.get(text.strip().casefold())
    if found or new or not groups:
        return found or text.strip()
    guess = nearest(text, groups.values())
    fix = f'write "{guess}" instead' if guess else "write one of these groups"
    allowed = one_of(groups.values(), 40)
    raise GivenError.of("--group", f'found "{shown(text)}"', allowed, f"{fix}, or say --new-group as well.", guess)


def _breakdown(metric: Metric, by: str) -> int:
    splits: dict[str, int] = {one.by.casefold(): number for number, one in enumerate(metric.breakdowns)}
    if by.strip().casefold() in splits:
        return splits[by.strip().casefold()]
    if not by and len(splits) == 1:
        return 0
    if not splits:
        fix = 'leave --group out, or write "breakdowns" into the file of the measure first.'
        raise GivenError.of("--group", "found a group for a measure that is not split", "no group", fix)
    names = _names(metric.breakdowns)
    guess = nearest(by, names)
    found = f'found "{shown(by)}"' if by else "found no word for what it is split by"
    raise GivenError.of("--by", found, one_of(names), "write what the measure is split by.", guess)


def _names(breakdowns: Iterable[Breakdown]) -> list[str]:
    return [one.by for one in breakdowns]


def _like(period: Period, others: Iterable[Period]) -> str:
    """The period of a measure's own kind that ends when another one does, or the one in which that one ends."""
    own = min(others, default=None)
    for _ in range(_MOST_STEPS):
        if own is None or own.end >= period.end:
            break
        own = own.next()
    return str(own) if own is not None and own.start <= period.end else ""
