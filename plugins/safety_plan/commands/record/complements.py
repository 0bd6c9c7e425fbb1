"""Which other numbers have to go with one that is withheld, so that nobody can work it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from safety_plan.editing.importing import lists_of
from safety_plan.editing.observations import Series
from safety_plan.editing.recording import Change, withheld_line
from safety_plan.plan.withholding.private import withheld_metrics
from safety_plan.reading.schema.base import Path as ValuePath
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import GroupObservation, Observation
from safety_plan.reading.schema.town import Town

_GONE = {**dict.fromkeys(("value", "part", "of", "n", "was", "corrected", "because")), "withheld": True}


def complements(changes: Iterable[Change], metrics: Mapping[str, Metric], town: Town) -> Iterator[Change]:
    """The changes that withhold the other numbers that would tell those withheld by `changes`."""
    changes = tuple(changes)
    folder = changes[0].series.folder
    as_withheld = dict(metrics)
    for change in changes:
        as_withheld[change.series.id] = _with(as_withheld[change.series.id], change)
    for id, metric in withheld_metrics(as_withheld, town).items():
        for series in lists_of(folder, id, as_withheld[id]):
            hidden = Series(folder, id, metric, series.at).observations
            known = Series(folder, id, metrics[id], series.at).observations
            for number, one in enumerate(known):
                if hidden[number].withheld and not series.observations[number].withheld:
                    yield Change(Series(folder, id, metrics[id], series.at), one.period, number, withheld_line(one))


def _with(metric: Metric, change: Change) -> Metric:
    """The metric as it is with a line withheld: in its place, or as a further one at the end of its list."""
    lines = list(Series(change.series.folder, change.series.id, metric, change.series.at).observations)
    if change.position is not None:
        lines[change.position] = lines[change.position].model_copy(update=_GONE)
    elif change.series.grouped:
        group = str((change.line or {})["group"])
        lines.append(GroupObservation(period=change.period, group=group, withheld=True))
    else:
        lines.append(Observation(period=change.period, withheld=True))
    return _put(metric, change.series.at, tuple(lines))


def _put(metric: Metric, at: ValuePath, lines: tuple[Observation, ...]) -> Metric:
    if at[0] != "breakdowns":
        return metric.model_copy(update={str(at[0]): lines})
    splits = list(metric.breakdowns)
    splits[int(at[1])] = splits[int(at[1])].model_copy(update={"observations": lines})
    return metric.model_copy(update={"breakdowns": tuple(splits)})
