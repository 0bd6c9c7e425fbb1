"""`safety-plan import`: the numbers of a spreadsheet go to their places in the plan's files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from safety_plan.commands.changed import given_told
from safety_plan.commands.import_.at_the_border import steps_over_border
from safety_plan.commands.import_.understood import shown
from safety_plan.commands.reading import Looking, data_option, looking, mistakes_told, read_plans
from safety_plan.commands.saving import as_it_would_be, save
from safety_plan.editing.finding import metric_named
from safety_plan.editing.importing import Importing, Step
from safety_plan.problems import PlanError
from safety_plan.reading.folder import Records, label
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.plan import PlanDocument
from safety_plan.reading.schema.town import Town
from safety_plan.reading.spreadsheets.files import Choice, Understood, understand
from safety_plan.reading.spreadsheets.headers import COLUMNS, Column
from safety_plan.reading.spreadsheets.period_texts import Calendar
from safety_plan.reading.spreadsheets.rows import Hidden
from safety_plan.reading.spreadsheets.said import Asking
from safety_plan.reading.spreadsheets.who import Names


class _Columns(click.ParamType[tuple[Column, str]]):
    """A column and the heading that it has in this file: value=answer_time_mean."""

    name = "column=heading"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Column, str]:
        """The column and its heading, or an end of the command with what may be written."""
        name, _, heading = str(value).partition("=")
        column = next((one for one in COLUMNS if one == name.strip().casefold()), None)
        if column is None or not heading.strip():
            allowed = f"a column, =, and its heading; columns are {', '.join(COLUMNS)}"
            self.fail(f'found "{value}". Allowed: {allowed}.', param, ctx)
        return column, heading.strip()


@click.command("import", short_help="Take over the numbers of a spreadsheet.")
@click.argument("file", type=click.Path(path_type=Path))
@data_option
@click.option("--sheet", default="", metavar="NAME", help="Read this sheet only.")
@click.option("--metric", default="", metavar="ID", help="The file is about this one measure.")
@click.option("--period", default="", metavar="PERIOD", help="The file is about this one period.")
@click.option("--by", default="", metavar="SPLIT", help="What the groups in the file are, such as district.")
@click.option("--column", "columns", type=_Columns(), multiple=True, help="Which heading stands over a column.")
@click.option(
    "--hidden",
    type=click.Choice(["include", "skip"]),
    help="Read hidden rows, columns and sheets as well, or leave them out.  [default: refuse them]",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def import_(file: Path, data: Path | None, dry_run: bool, yes: bool, **given: Any) -> None:
    """Take the numbers of a spreadsheet over into the plan's files.

    FILE is an Excel workbook (.xlsx) or a text table (.csv): the workbook that "safety-plan template" makes, or one of
    your own with a row of headings such as Measure, Period and Value, or with a column for each period.

    \b
    The template, filled in:   safety-plan import numbers.xlsx
    A table of one measure:    safety-plan import calls.csv --metric M19
    With other headings:       safety-plan import calls.csv --metric M19 --column value=share --column period=when
    Numbers of districts:      safety-plan import districts.xlsx --metric M01 --by district

    It shows what it understood, and asks before it writes; without a terminal it writes only with --yes. A cell that
    could mean two things is refused with its address, and then nothing at all is written. Numbers too small to publish
    are withheld before they get into the plan's files, and so are those that would tell them. Importing a file twice
    changes nothing the second time.

    Ends with 0 when the plan says what the file says, or when you chose not to write; with 1 when there are mistakes
    in the plan or in the file.
    """
    with mistakes_told(), given_told():
        looked = looking(data)
        records = read_plans(looked.data).records
        importing, town = _into(records, looked)
        understood = _understood(file, importing, _Given(**given))
        importing.problems += understood.problems
        steps = steps_over_border(importing, understood.said, town)
        if importing.problems:
            raise PlanError(importing.problems)
        document = records.one(PlanDocument)
        edits = importing.edits(steps)
        if document is not None:
            edits = importing.with_date(edits, steps, document.data_as_of)
        click.echo("\n".join(shown(understood, steps)))
        if not edits:
            click.echo("\nThe plan says all of this already. Nothing was changed." if steps else "Nothing was changed.")
            return
        if importing.folder / "plan.yml" in edits:
            click.echo("\nThe day up to which the plan's numbers reach (data_as_of in plan.yml) moves along with them.")
        as_it_would_be(looked, edits)
        if dry_run or not (yes or _agreed()):
            click.echo(f"\nNothing was written{_how(dry_run)}.")
            return
        save(looked, edits)
    for path in edits:
        click.echo(f"Written: {label(path, Path.cwd())}")
    click.echo("\n".join(_what_next(steps)))


@dataclass(frozen=True)
class _Given:
    """What was said of the file."""

    sheet: str
    metric: str
    period: str
    by: str
    columns: tuple[tuple[Column, str], ...]
    hidden: Hidden | None


def _into(records: Records, looked: Looking) -> tuple[Importing, Town]:
    """The plan to import into, and its town."""
    town = records.one(Town)
    # A plan that could be read has a town.
    assert town is not None
    folder = Path.cwd() / looked.data
    return Importing(folder, records.all(Metric), looked.day, town.fiscal_year_starts), town


def _understood(file: Path, importing: Importing, given: _Given) -> Understood:
    calendar = Calendar(importing.day, importing.fiscal_start)
    metric = metric_named(given.metric, importing.metrics) if given.metric else ""
    asking = Asking(Names(importing.metrics), calendar, metric, given.by)
    return understand(file, asking, Choice(given.sheet, given.period, given.hidden or "refuse", dict(given.columns)))


def _agreed() -> bool:
    """Whether somebody at the terminal says yes. Where nobody sits at one, nobody does."""
    if not sys.stdin.isatty():
        return False
    click.echo("")
    return click.confirm("Write this?", default=False)


def _how(dry_run: bool) -> str:
    if dry_run:
        return ": leave --dry-run out to write it"
    return "" if sys.stdin.isatty() else ": say --yes to write it"


def _what_next(steps: Sequence[Step]) -> Iterator[str]:
    if any(step.deed == "withdrawn" for step in steps):
        yield "Numbers that were public before stand in the git history of this folder still, and in copies of it:"
        yield 'The handbook of Safety Plan, page "When something goes wrong", says how to take them out there.'
    yield 'Next: "safety-plan diff HEAD" says what residents will see change; then commit it, or open a pull request.'
