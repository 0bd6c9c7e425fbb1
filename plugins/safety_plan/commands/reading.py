"""What subcommands share: where the plan stands, reading it, and saying what is wrong with it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.problems import PlanError
from safety_plan.reading.content import HandWritten, read_content
from safety_plan.reading.folder import read_folder

data_option = click.option(
    "--data", default="data", show_default=True, type=click.Path(path_type=Path), help="Folder that holds the plan."
)
"""The option `--data` of every subcommand that reads the plan."""


class Day(click.ParamType[dt.date]):
    """A day on the command line, written as in the plan's files."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or an end of the command with what may be written."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f'found "{value}". Allowed: a date such as 2026-11-22. Fix: correct the date.', param, ctx)


@contextmanager
def mistakes_told() -> Iterator[None]:
    """Say all that is wrong with the plan, in place of a traceback, and end the command with 1."""
    try:
        yield
    except PlanError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def read_plan(data: Path, content: Path | None = None) -> tuple[Plan, tuple[HandWritten, ...]]:
    """The plan in a folder, and the hand-written pages in another, where one is given; both as seen from here.

    Raises PlanError with everything that is wrong in them.
    """
    base = Path.cwd()
    records, problems = read_folder(base / data, base)
    pages, more = read_content(base / content, base) if content is not None else ((), ())
    return build_plan(records, pages, [*problems, *more]), tuple(pages)
