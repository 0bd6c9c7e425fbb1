"""What a spreadsheet says becomes changes of the plan's files: new lines, corrections, and what has to be withheld."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from safety_plan.editing.given import GivenError, problems_in
from safety_plan.editing.observations import Series
from safety_plan.editing.recording import Change, Delivery, change_of, says_already, shown_number
from safety_plan.editing.whole_files import with_value
from safety_plan.editing.yaml_values import Typed
from safety_plan.problems import PlanError, Problem
from safety_plan.reading.document import plain_value
from safety_plan.reading.schema.base import FISCAL_YEAR_STARTS
from safety_plan.reading.schema.base import Path as ValuePath
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import GroupObservation, Observation
from safety_plan.reading.spreadsheets.said import Said

Key = tuple[str, ValuePath, int]
"""A line of a measure: its id, the way to its list, and its position there; new lines stand behind the others."""

Deed = Literal["new", "same", "correction", "delivered", "missing", "withheld", "stays withheld", "withdrawn"]
"""What becomes of a line. `delivered` fills one that was missing or not complete; `withdrawn` was public before."""


@dataclass(frozen=True)
class Step:
    """What becomes of one line of the plan. `said` is None where no cell asks for it."""

    said: Said | None
    change: Change
    deed: Deed


@dataclass
class Importing:
    """The plan that is imported into: its folder, its measures, the day that counts as today, and the fiscal year.

    `fiscal_start` is the month in which the fiscal year starts, None in a town without one. `problems` collects what
    cannot be done.
    """

    folder: Path
    metrics: Mapping[str, Metric]
    day: dt.date
    fiscal_start: int | None = None
    problems: list[Problem] = field(default_factory=list)
    _contents: dict[Path, bytes] = field(default_factory=dict)

    def steps(self, said: Iterable[Said], hidden: frozenset[object] = frozenset()) -> tuple[Step, ...]:
        """What becomes of each line that something is said of. What is in `hidden`, by its key, is withheld.

        What cannot be done is added to `problems`.
        """
        found = (self._step(one, hide=one.key in hidden) for one in said)
        return tuple(step for step in found if step is not None)

    def content(self, file: Path) -> bytes:
        """A file of the plan as it is now."""
        if file not in self._contents:
            self._contents[file] = file.read_bytes()
        return self._contents[file]

    def _step(self, said: Said, *, hide: bool) -> Step | None:
        series = Series(self.folder, said.metric, self.metrics[said.metric], self._at(said))
        position = series.find(said.period, said.group)
        old = None if position is None else series.observations[position]
        given = _delivery(said, hide=hide)
        if old is not None and old.withheld and not given.withheld:
            # What was withheld once is not shown because somebody sends the number again.
            return Step(said, Change(series, said.period, position, None), "stays withheld")
        if old is not None and old.partial_until is not None and _is_that_part(old, given):
            # The same numbers again do not say that the rest of the period is in them.
            return Step(said, Change(series, said.period, position, None), "same")
        try:
            change = change_of(series, self.content(series.file), given, self.day)
        except PlanError:
            self.problems.append(_contradiction(said, series, old, self.content(series.file)))
            return None
        except GivenError:
            found = f"found a reason for a correction of {said.about}, of which the plan has no number yet"
            fix = "empty that cell; what residents should know of the number belongs into Note."
            self.problems.append(Problem(said.place, found, "a reason only where a number is corrected", fix=fix))
            return None
        self._refuse_faults(said, change)
        return Step(said, change, _deed(change, given, old))

    def _at(self, said: Said) -> ValuePath:
        metric = self.metrics[said.metric]
        if said.split is not None:
            return ("breakdowns", said.split, "observations")
        is_annual = bool(metric.annual) and said.period.grain == "year" and metric.frequency != "yearly"
        return ("annual",) if is_annual else ("observations",)

    def _refuse_faults(self, said: Said, change: Change) -> None:
        """What reading would say against the line is told at the cell that it comes from."""
        if change.line is not None:
            _, problems = self._read(change)
            self.problems += [replace(problem, place=said.place) for problem in problems]

    def _read(self, change: Change) -> tuple[Observation | None, list[Problem]]:
        values = {
            key: plain_value(value) if isinstance(value, Typed) else value for key, value in (change.line or {}).items()
        }
        model = GroupObservation if change.series.grouped else Observation
        context = {FISCAL_YEAR_STARTS: self.fiscal_start}
        record, problems = problems_in(model, {**values, "period": str(values["period"])}, context)
        return (record if isinstance(record, Observation) else None), problems

    def after(self, steps: Iterable[Step]) -> tuple[dict[str, Metric], dict[Key, Step]]:
        """The measures as they would be, and the step behind each of their lines. New lines stand last."""
        metrics, behind = dict(self.metrics), dict[Key, Step]()
        for step in steps:
            series = step.change.series.of(metrics[step.change.series.id])
            lines = list(series.observations)
            position = len(lines) if step.change.position is None else step.change.position
            record = self._read(step.change)[0] if step.change.line is not None else None
            if record is not None:
                lines[position : position + 1] = [record]
                metrics[series.id] = with_lines(series, lines)
            behind[series.id, series.at, position] = step
        return metrics, behind

    def edits(self, steps: Iterable[Step]) -> dict[Path, bytes]:
        """The new content of each file that changes."""
        new: dict[Path, bytes] = {}
        added: dict[tuple[str, ValuePath], Series] = {}
        # Lines that are there keep their positions only as long as none is added before them.
        for change in sorted((step.change for step in steps), key=lambda change: change.position is None):
            if change.line is None:
                continue
            series = added.get((change.series.id, change.series.at), change.series)
            content = new.get(series.file) or self.content(series.file)
            new[series.file] = replace(change, series=series).applied(content)
            record, _ = self._read(change)
            if change.position is None and record is not None:
                lines = list(series.observations)
                lines.insert(series.place_of(change.period), record)
                added[series.id, series.at] = series.of(with_lines(series, lines))
        return new

    def with_date(self, edits: Mapping[Path, bytes], steps: Iterable[Step], known: dt.date) -> dict[Path, bytes]:
        """The same with the day up to which the plan's numbers reach, `known` until now, where one reaches further."""
        last = (step.change.last_day for step in steps if step.change.line and "missing" not in step.change.line)
        newest = max(last, default=known)
        if newest <= known:
            return dict(edits)
        file = self.folder / "plan.yml"
        return {**edits, file: with_value(self.content(file), ("data_as_of",), newest)}


def with_lines(series: Series, lines: Iterable[Observation]) -> Metric:
    """The measure of a list with other lines in it."""
    found = tuple(lines)
    metric = series.metric
    for one in found:
        if metric.per is not None:
            one.count_per(metric.per)
    if not series.grouped:
        return metric.model_copy(update={str(series.at[0]): found})
    splits = list(metric.breakdowns)
    number = int(series.at[1])
    splits[number] = splits[number].model_copy(update={"observations": found})
    return metric.model_copy(update={"breakdowns": tuple(splits)})


def lists_of(folder: Path, id: str, metric: Metric) -> Iterator[Series]:
    """Every list of values of a measure."""
    paths: list[ValuePath] = [("observations",), ("annual",)]
    paths += [("breakdowns", number, "observations") for number in range(len(metric.breakdowns))]
    for path in paths:
        yield Series(folder, id, metric, path)


def _delivery(said: Said, *, hide: bool) -> Delivery:
    content = said.content
    if hide or content.withheld:
        # Neither the number nor what was said of it leaves the spreadsheet.
        return Delivery(said.period, said.group, withheld=True, until=content.until)
    return Delivery(
        said.period,
        group=said.group,
        numbers={name: Typed(digits) for name, digits in content.numbers.items()},
        missing=content.missing,
        because=content.because,
        note=content.note,
        until=content.until,
    )


def _is_that_part(old: Observation, given: Delivery) -> bool:
    """Whether the numbers of a period that is covered in part are sent again."""
    whole = replace(given, until=old.partial_until)
    return given.until is None and bool(given.numbers) and says_already(old, whole)


def _deed(change: Change, given: Delivery, old: Observation | None) -> Deed:
    if change.line is None:
        return "stays withheld" if old is not None and old.withheld else "same"
    if given.withheld:
        return "withdrawn" if old is not None and old.number is not None else "withheld"
    if given.missing:
        return "missing"
    if old is None:
        return "new"
    return "correction" if given.because else "delivered"


def _contradiction(said: Said, series: Series, old: Observation | None, content: bytes) -> Problem:
    assert old is not None
    position = series.find(said.period, said.group)
    stands = shown_number(old, series.typed(content, position or 0))
    return Problem(
        said.place,
        f"found something else for {said.about} than the plan, which says {stands} ({old.at()})",
        allowed="what the plan says already, or another number with the reason for the correction",
        fix='write the reason into a column "Corrected because"; or leave the row empty, if the plan is right.',
    )
