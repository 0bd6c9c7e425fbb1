"""What a change makes of the lines of files, for people to read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path

import click

from safety_plan.editing.edits import Edits
from safety_plan.editing.given import GivenError
from safety_plan.reading.folder import label


@contextmanager
def given_told() -> Iterator[None]:
    """Say what cannot be taken of what was given to a command, and end it with 1."""
    try:
        yield
    except GivenError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def show_changes(edits: Edits, old: Edits, *, hide_old: bool = False) -> None:
    """Print each line that changes, under its file and number: the old one after a minus, the new one after a plus.

    `old` is what the files hold now. `hide_old` leaves the old lines out, where they hold what should not be repeated.
    """
    for path, content in edits.items():
        before, after = _lines(old.get(path)), _lines(content)
        for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            click.echo(f"{label(path, Path.cwd())}:{first + 1}")
            for line in () if hide_old else before[start:end]:
                click.secho(f"- {line}", fg="red")
            for line in after[first:last]:
                click.secho(f"+ {line}", fg="green")


def what_next(*, dry_run: bool = False) -> str:
    """What is left to do after a change of the plan's files, or after trying one."""
    if dry_run:
        return "Nothing was written: leave --dry-run out to write it."
    return 'Next: commit the change, or open a pull request with it; "mkdocs serve" shows the page before that.'


def _lines(content: bytes | None) -> list[str]:
    return [] if content is None else content.decode("utf-8-sig").splitlines()
