"""`safety-plan record`: one number, or the reason why there is none, goes to its place in the plan's files."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from safety_plan.commands.changed import given_told, show_changes, what_next
from safety_plan.commands.reading import Day, Looking, data_option, looking, mistakes_told, read_plans
from safety_plan.commands.record.complements import complements
from safety_plan.commands.record.seen import Seen, seen_after
from safety_plan.commands.saving import as_it_would_be, save
from safety_plan.editing.edits import Edits
from safety_plan.editing.finding import group_named, metric_named, period_named, series_for
from safety_plan.editing.given import GivenError
from safety_plan.editing.recording import Change, Delivery, change_of
from safety_plan.editing.typed_numbers import typed_count, typed_value
from safety_plan.editing.whole_files import with_value
from safety_plan.editing.yaml_values import Typed
from safety_plan.plan.plan import Plan
from safety_plan.problems import PlanError
from safety_plan.reading.folder import Records, read_folder
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.plan import PlanDocument
from safety_plan.reading.schema.town import Town
from safety_plan.results.results import compute


class _Command(click.Command):
    """A command that takes -3 for a number, and not for an option of this name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, in which a number below zero has a real minus."""
        return super().parse_args(ctx, [re.sub(r"^-(?=[.\d])", "\N{MINUS SIGN}", arg) for arg in args])


@dataclass(frozen=True)
class _Asked:
    """What was typed: the arguments and options by their names."""

    metric: str
    period: str
    value: str | None
    part: str | None
    of: str | None
    cases: str | None
    missing: str | None
    correct: str | None
    withheld: bool
    others: bool
    by: str
    group: tuple[str, ...]
    new_group: bool
    until: dt.date | None
    note: str

    def __post_init__(self) -> None:
        number = self.value is not None or self.part is not None
        if [number, self.missing is not None, self.withheld].count(True) != 1:
            raise click.UsageError("give one of these: VALUE, --part with --of, --missing REASON, or --withheld.")
        if self.missing is not None and not self.missing.strip():
            raise click.UsageError("say why there is no number: --missing REASON.")
        if (self.part is None) != (self.of is None):
            raise click.UsageError("give --part and --of together.")
        if self.withheld and self.correct is not None:
            raise click.UsageError("leave --correct out: what is withheld is not told with the number before.")
        if self.by and not self.group:
            raise click.UsageError("say which --group it is.")
        if len(self.group) > 1 and not self.withheld:
            raise click.UsageError("give one --group at a time; several only with --withheld.")
        if self.others and not self.withheld:
            raise click.UsageError("--others goes with --withheld.")


@click.command(cls=_Command)
@click.argument("metric")
@click.argument("period")
@click.argument("value", required=False)
@data_option
@click.option("--part", metavar="N", help="Of a percent or rate: how many did. The value is worked out.")
@click.option("--of", metavar="N", help="Of a percent or rate: how many there were.")
@click.option("--n", "cases", metavar="N", help="How many cases stand behind the value.")
@click.option("--missing", metavar="REASON", help="There is no number, and this is why.")
@click.option("--correct", metavar="REASON", help="The number that stands there is wrong, and this is why.")
@click.option("--withheld", is_flag=True, help="The number is too small to publish, or must not be public any more.")
@click.option("--others", is_flag=True, help="With --withheld: withhold also what would tell the number.")
@click.option("--by", default="", metavar="SPLIT", help="What the measure is split by, such as district.")
@click.option("--group", multiple=True, metavar="NAME", help="The group that the number is of, such as River.")
@click.option("--new-group", is_flag=True, help="The group is a new one.")
@click.option("--until", type=Day(), metavar="DAY", help="Last day covered, where the period is not over.")
@click.option("--note", default="", metavar="TEXT", help="What a reader should know about this number.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
def record(data: Path | None, dry_run: bool, **given: Any) -> None:
    """Write one number of a measure into the plan's files.

    METRIC is the id of a measure or its ref, such as M01. PERIOD is written as in the files: 2026, 2026-Q3, 2026-09 or
    FY2026-Q1. VALUE is a number such as 10.4, 1,234 or "82 %"; for a yes-or-no measure it is yes or no.

    \b
    A new number:           safety-plan record M01 2026-Q4 10.2 --n 471
    A percent by its parts: safety-plan record M33 2026-Q3 --part 590 --of 604
    It will not come:       safety-plan record M01 2026-Q4 --missing "Dispatch system replaced"
    It was wrong:           safety-plan record M01 2026-Q3 10.6 --correct "Two late reports added"
    Too small to publish:   safety-plan record M07 2026-Q4 --group Hill --withheld

    One line of a file changes, and nothing around it. The whole plan is checked with the change before anything is
    written. Ends with 0 when the plan says now what was given, also where it did already; with 1 when there are
    mistakes in the plan or in what was given, and then nothing is written.
    """
    asked = _Asked(**given)
    asked = _Asked(**given)
    with mistakes_told(), given_told():
        looked = looking(data)
        records, problems = read_folder(Path.cwd() / looked.data, Path.cwd())
        if problems:
            raise PlanError(problems)
        changes = _changes(asked, records, looked)
        if all(change.line is None for change in changes):
            click.echo(f"The plan says so already: {changes[0].series.id}, {changes[0].period}. Nothing was changed.")
            return
        old, edits = _edits(changes, records.one(PlanDocument), looked)
        before = _plan(looked)
        with _hinted(asked):
            (_, plan), *_ = (as_it_would_be if dry_run else save)(looked, edits).plans
    show_changes(edits, old, hide_old=asked.withheld)
    seen = None if before is None else Seen(before, compute(before, looked.day))
    click.echo("\n".join(["", *seen_after(changes, seen, Seen(plan, compute(plan, looked.day))), ""]))
    click.echo("\n".join(_what_next(changes, dry_run)))


def _plan(looked: Looking) -> Plan | None:
    """The plan as it is now; None where a mistake keeps it from being read, which the change may be there to mend."""
    try:
        (_, plan), *_ = read_plans(looked.data).plans
    except PlanError:
        return None
    return plan


def _changes(asked: _Asked, records: Records, looked: Looking) -> list[Change]:
    """What was asked for, line by line."""
    metrics, town = records.all(Metric), records.one(Town)
    id = metric_named(asked.metric, metrics)
    period = period_named(asked.period, town.fiscal_year_starts if town else None)
    _has_to_be_over(period, asked, looked)
    changes = []
    for name in asked.group or ("",):
        series = series_for(Path.cwd() / looked.data, id, metrics[id], period, asked.by, name)
        delivery = Delivery(
            period,
            group=group_named(name, series, new=asked.new_group) if name else "",
            numbers=_numbers(asked, metrics[id]),
            missing=(asked.missing or "").strip(),
            withheld=asked.withheld,
            because=(asked.correct or "").strip(),
            note=asked.note.strip(),
            until=asked.until,
        )
        changes.append(change_of(series, series.file.read_bytes(), delivery, looked.day))
    if asked.others and town is not None:
        changes += complements(changes, metrics, town)
    return changes


def _numbers(asked: _Asked, metric: Metric) -> dict[str, Typed]:
    numbers: dict[str, Typed] = {}
    if asked.part is not None and asked.of is not None:
        numbers = {"part": typed_count(asked.part, "--part"), "of": typed_count(asked.of, "--of")}
    if asked.value is not None:
        value = typed_value(asked.value, metric)
        if numbers:
            _agree(value, numbers, metric)
        else:
            numbers["value"] = value
    if asked.cases is not None:
        numbers["n"] = typed_count(asked.cases, "--n")
    return numbers


def _agree(value: Typed, numbers: dict[str, Typed], metric: Metric) -> None:
    """Refuse a value that is not what its part and its whole give, as exact as it was typed."""
    part, whole = int(numbers["part"]), int(numbers["of"])
    given = (metric.per or 100) * part / whole if whole else 0.0
    if abs(given - float(value)) > 0.5 / 10 ** len(value.partition(".")[2]) + 1e-9:
        raise GivenError.of(
            "VALUE",
            f"found {value}, but {part} of {whole} gives {given:.{metric.decimals + 1}f}",
            "a value that fits --part and --of",
            "leave the value out, for it is worked out; or check the three numbers.",
        )


def _has_to_be_over(period: Period, asked: _Asked, looked: Looking) -> None:
    last = asked.until or period.end
    if asked.missing is None and last > looked.day:
        what = f"{period}, which ends on {last}" if asked.until is None else f"{last} as the last day covered"
        raise GivenError.of(
            "PERIOD" if asked.until is None else "--until",
            f"found {what}, after {looked.day}",
            f"what is over by {looked.day}, the day that {looked.why}",
            "check the year; for a period that is not over, say the last day covered with --until.",
        )


def _edits(changes: list[Change], document: PlanDocument | None, looked: Looking) -> tuple[Edits, Edits]:
    """The files as they are, and as they are to be. The plan's own date follows where a number is newer than it."""
    new: dict[Path, bytes] = {}
    # Lines that are there keep their positions only as long as none is added before them.
    for change in sorted(changes, key=lambda change: change.position is None):
        file = change.series.file
        new[file] = change.applied(new.get(file) or file.read_bytes())
    newest = max((change.last_day for change in changes if change.line and "missing" not in change.line), default=None)
    if document is not None and newest is not None and newest > document.data_as_of:
        file = Path.cwd() / looked.data / "plan.yml"
        new[file] = with_value(file.read_bytes(), ("data_as_of",), newest)
    return {file: file.read_bytes() for file in new}, new


@contextmanager
def _hinted(asked: _Asked) -> Iterator[None]:
    """Say, after what is wrong, how this command withholds a number where that is the way out."""
    try:
        yield
    except PlanError as error:
        click.echo(str(error), err=True)
        if any(_WITHHOLD in problem.fix for problem in error.problems):
            more = (
                "--others as well, to withhold"
                if asked.withheld
                else "--withheld in place of the number, and --others for"
            )
            click.echo(f"\nWith this command: say {more} what would tell it.", err=True)
        sys.exit(1)


_WITHHOLD = "withheld: true"
"""What check says to write in place of a number."""


def _what_next(changes: list[Change], dry_run: bool) -> Iterator[str]:
    if any(change.before and change.before.note for change in changes if change.withholds):
        yield "The note of that line is taken out with its number, which it may tell; --note writes another one."
    if any(change.before and change.before.number is not None for change in changes if change.withholds):
        yield "Look through the texts of this measure, and comments in its file: what names the number there stays."
        yield "The number stands in the git history of this folder still, and so do copies that others made of it."
        yield 'The handbook of Safety Plan, page "When something goes wrong", says how to take it out there.'
    yield what_next(dry_run=dry_run)
