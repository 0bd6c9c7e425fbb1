"""`safety-plan diff`: what residents will see change."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from safety_plan.commands.diff.as_json import as_json
from safety_plan.commands.diff.as_markdown import as_markdown
from safety_plan.commands.diff.as_text import as_text
from safety_plan.commands.diff.state import Folders, State, read_state
from safety_plan.commands.diff.told import Told
from safety_plan.commands.reading import Day, content_option, data_option, mistakes_told
from safety_plan.problems import PlanError
from safety_plan.publishing.differences.compare import compare
from safety_plan.reading.revisions import RevisionError, project_at

_FORMS: dict[str, Callable[[Told], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


@click.command()
@click.argument("before", metavar="[A]", default="HEAD")
@click.argument("after", metavar="[B]", required=False)
@data_option
@content_option
@click.option(
    "--as-of",
    "day",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="Day that counts as today on both sides.  [default: as_of in the mkdocs.yml of B, else today]",
)
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice([*_FORMS]),
    help="markdown is for the summary of a workflow, json for other programs.",
)
def diff(
    before: str, after: str | None, data: Path | None, content: Path | None, day: dt.date | None, form: str
) -> None:
    """Say what residents will see change from A to B.

    A and B are states of the plan: a branch, a tag or a commit in git, such as main or HEAD~1, or a folder. Without B,
    the files as they are now; without A, the last commit. Both are worked out for the same day, so that only the change
    itself shows. Where A has no plan, or one with mistakes, everything in B is shown as new.

    Ends with 0 whatever changes; with 1 when there are mistakes in B, or when there is no such state; and with 2 when
    the command was typed wrongly. Nothing is changed, and the files you work on are not touched.
    """
    with ExitStack() as stack, mistakes_told(), _states_told():
        here = Path.cwd()
        data, content = _within(data, here), _within(content, here)

        def at(name: str) -> Folders:
            return Folders.of(stack.enter_context(project_at(name, here, str(data or "data"))), data, content)

        there = at(after) if after else Folders.of(here, data, content)
        new = read_state(there)
        old, without = _before(lambda: at(before), before)
        today = day or there.day or dt.date.today()
        found = compare(old.on(today) if old else None, new.on(today))
        told = Told(before, after or "the files as they are now", found, without, _lines(os.environ))
        click.echo(_FORMS[form](told), nl=False)


def _before(at: Callable[[], Folders], name: str) -> tuple[State | None, str]:
    """The state before, or why there is none. Raises RevisionError where there is no such revision or folder."""
    try:
        folders = at()
        if not folders.has_plan:
            return None, f"There is no plan in {name}, so everything is shown as new."
        return read_state(folders, leniently=True), ""
    except PlanError as error:
        count = len(error.problems)
        mistakes = "1 mistake" if count == 1 else f"{count} mistakes"
        return None, (
            f"The plan in {name} has {mistakes} and cannot be compared, so everything is shown as new. "
            f"The first one: {error.problems[0].place}: {error.problems[0].found}."
        )


def _within(folder: Path | None, project: Path) -> Path | None:
    """A folder that was named, as seen from the project: it is looked for in both states."""
    if folder is None:
        return None
    path = (project / folder).absolute()
    if ".." in folder.parts or not path.is_relative_to(project):
        raise click.UsageError(
            f"{folder} is outside this folder, so that it is not part of A or B. Name A or B instead."
        )
    return path.relative_to(project)


@contextmanager
def _states_told() -> Iterator[None]:
    """Say that there is no such state, and end the command with 1."""
    try:
        yield
    except RevisionError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _lines(environment: Mapping[str, str]) -> str:
    """The address below which files can be read on the web, as the workflow that runs this knows it."""
    if "GITHUB_SHA" in environment and "GITHUB_REPOSITORY" in environment:
        server = environment.get("GITHUB_SERVER_URL", "https://github.com")
        return f"{server}/{environment['GITHUB_REPOSITORY']}/blob/{environment['GITHUB_SHA']}/"
    if "CI_PROJECT_URL" in environment and "CI_COMMIT_SHA" in environment:
        return f"{environment['CI_PROJECT_URL']}/-/blob/{environment['CI_COMMIT_SHA']}/"
    return ""
