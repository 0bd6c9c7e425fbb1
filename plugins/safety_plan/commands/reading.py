"""What subcommands share: where the plan stands and which day counts, reading it, and saying what is wrong with it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from safety_plan.language import Language
from safety_plan.plan.build import build_plans
from safety_plan.plan.plan import Plan
from safety_plan.problems import PlanError
from safety_plan.reading.content import HandWritten, read_content
from safety_plan.reading.folder import Records, read_folder
from safety_plan.reading.look import look_problems
from safety_plan.reading.settings import NAME, read_settings
from safety_plan.reading.translations import read_translations

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    help=f"Folder that holds the plan.  [default: data_dir of {NAME}, else data]",
)
"""The option `--data` of every subcommand that reads the plan."""


content_option = click.option(
    "--content",
    type=click.Path(path_type=Path),
    help=f"Folder with the hand-written pages.  [default: docs_dir of {NAME}, else content]",
)
"""The option `--content` of every subcommand that reads them, too."""


class Day(click.ParamType[dt.date]):
    """A day on the command line, written as in the plan's files."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or an end of the command with what may be written."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f'found "{value}". Allowed: a date such as 2026-11-22. Fix: correct the date.', param, ctx)


day_option = click.option(
    "--as-of",
    "day",
    type=Day(),
    metavar="YYYY-MM-DD",
    help=f"Day that counts as today.  [default: as_of of {NAME}, else today]",
)
"""The option `--as-of` of every subcommand whose answer depends on the day."""


@dataclass(frozen=True)
class Looking:
    """What is looked at: the folders, the day that counts as today, and where it comes from."""

    data: Path
    content: Path
    day: dt.date
    why: str


@contextmanager
def mistakes_told() -> Iterator[None]:
    """Say all that is wrong with the plan, in place of a traceback, and end the command with 1."""
    try:
        yield
    except PlanError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def looking(data: Path | None, content: Path | None = None, day: dt.date | None = None) -> Looking:
    """What was asked for; where nothing was, what `mkdocs.yml` in this folder says, so that the site says the same.

    The day in `mkdocs.yml` is that of its own plan: it does not count for a plan in another folder. Raises PlanError
    where it is no date.
    """
    settings = read_settings(Path.cwd())
    folder = data or Path(settings.data)
    pages = content or Path(settings.content if settings.found else "content")
    if day is not None:
        return Looking(folder, pages, day, "was named with --as-of")
    if settings.as_of is not None and folder == Path(settings.data):
        return Looking(folder, pages, settings.as_of, f"is set in {NAME}, as as_of")
    return Looking(folder, pages, dt.date.today(), "is today")


def read_plan(data: Path) -> Plan:
    """The plan in a folder as seen from here, in the language it is written in.

    Raises PlanError with everything that is wrong in it.
    """
    (_, plan), *_ = read_plans(data).plans
    return plan


@dataclass(frozen=True)
class Read:
    """What was read: the records of the plan's files, the plan in each of its languages, and the hand-written pages."""

    records: Records
    plans: tuple[tuple[Language, Plan], ...]
    pages: tuple[HandWritten, ...] = ()


def read_plans(data: Path, content: Path | None = None, base: Path | None = None) -> Read:
    """The plan in each of its languages, and the hand-written pages of another folder, where one is given.

    `base` is the folder from which both are seen and named; the present one where none is given. Raises PlanError with
    everything that is wrong in them.
    """
    base = base or Path.cwd()
    records, problems = read_folder(base / data, base)
    translations, wrong = read_translations(base / data, base, records)
    if content is None:
        return Read(records, build_plans(records, translations, (), [*problems, *wrong]))
    pages, more = read_content(base / content, base)
    look = look_problems(records, base / content, base)
    return Read(records, build_plans(records, translations, pages, [*problems, *wrong, *more, *look]), pages)
