"""`safety-plan template`: the workbook in which departments deliver their numbers."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from safety_plan.commands.reading import Looking, data_option, day_option, looking, mistakes_told, read_plan
from safety_plan.commands.template.book import workbook_of
from safety_plan.editing.edits import write
from safety_plan.editing.workbook import Workbook, workbook_bytes
from safety_plan.plan.plan import Plan
from safety_plan.publishing import words
from safety_plan.reading.periods import Period, fiscal_period_from, is_fiscal, period_from
from safety_plan.results.owed import asked_for, asked_on
from safety_plan.results.results import compute

_ENDING = ".xlsx"


@click.command(short_help="Make the workbook that departments fill in.")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[FILE.xlsx]")
@data_option
@day_option
@click.option("--period", metavar="PERIOD", help="Ask for all numbers of this time, such as 2026-Q4, given or not.")
@click.option(
    "--return-to",
    metavar="WHO",
    default="whoever sent it to you",
    show_default=True,
    help="Who gets the workbook back, in words for those who fill it in.",
)
@click.option("--overwrite", is_flag=True, help="Write over a file of this name.")
def template(
    file: Path | None, data: Path | None, day: dt.date | None, period: str | None, return_to: str, overwrite: bool
) -> None:
    """Make the workbook in which departments deliver their numbers.

    It has a sheet for each role that delivers numbers, with a line for each number, locked names and drop-downs.
    Without --period it asks for every number that is not there although its time is over, or more than half over.
    Without FILE it is called numbers-DAY.xlsx, and stands in this folder. Read it in again with safety-plan import.

    Ends with 0 when the workbook is made, or when no number is owed; with 1 when there are mistakes in the plan or the
    file cannot be written; and with 2 when the command was typed wrongly. Nothing in the plan is changed.
    """
    with mistakes_told():
        asked_of = looking(data, day=day)
        plan = read_plan(asked_of.data)
    target = file or Path(f"numbers-{period or asked_of.day}{_ENDING}")
    span = None if period is None else _span(plan, period)
    _check(target, overwrite)
    asked = asked_on(plan, asked_of.day) if span is None else asked_for(plan, span, asked_of.day)
    if not asked:
        click.echo(_nothing(asked_of, period))
        return
    book = workbook_of(plan, compute(plan, asked_of.day), asked, return_to)
    try:
        write({target.absolute(): workbook_bytes(book)})
    except OSError as error:
        raise click.ClickException(f"{target} could not be written: {error.strerror}. Nothing was changed.") from None
    click.echo("\n".join(_made(target, book)))


def _span(plan: Plan, period: str) -> Period:
    """The time that was asked for, or an end of the command with what may be written."""
    starts = plan.town.fiscal_year_starts
    found = fiscal_period_from(period, starts) if starts and is_fiscal(period) else period_from(period)
    if found is None:
        fiscal = ", or FY2026 or FY2026-Q1 for fiscal years" if starts else ""
        raise click.BadParameter(
            f'found "{period}". Allowed: 2026, 2026-Q4 or 2026-12{fiscal}. Fix: correct the period.',
            param_hint="'--period'",
        )
    return found


def _check(target: Path, overwrite: bool) -> None:
    """End the command where the file cannot be made: a workbook that is filled in already must not be lost."""
    if target.suffix.lower() != _ENDING:
        raise click.BadParameter(
            f'found "{target.name}". Allowed: a name that ends in {_ENDING}. Fix: add {_ENDING} to the name.',
            param_hint="'FILE.xlsx'",
        )
    if target.exists() and not overwrite:
        raise click.ClickException(
            f"{target} is there already, and may be filled in. Nothing was changed. Fix: give another name, or add "
            "--overwrite to write over it."
        )


def _nothing(asked: Looking, period: str | None) -> str:
    """That no number is asked for, and what can be done."""
    if period is not None:
        return f"No measure has a number for {period}, so no workbook was made. Fix: name another time."
    return (
        f"On {asked.day} no number is owed of a time that is over, or more than half over, so no workbook was made. To "
        "ask for the numbers of a certain time, name it: --period 2026-Q4."
    )


def _made(target: Path, book: Workbook) -> Iterator[str]:
    """What was made, and what to do with it."""
    numbers = words.count(sum(len(sheet.rows) for sheet in book.sheets), "number")
    sheets = "1 sheet" if len(book.sheets) == 1 else f"{len(book.sheets)} sheets"
    yield f"Made {target}: {numbers} on {sheets}."
    yield from (f"  {sheet.owner}: {words.count(len(sheet.rows), 'number')}" for sheet in book.sheets)
    yield f"Send it out to be filled in. When it is back, type: safety-plan import {shlex.quote(str(target))}"
    yield "It may hold numbers then that are too small to publish: do not commit it."
