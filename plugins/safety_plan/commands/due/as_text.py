"""What is owed as text, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import click

from safety_plan.commands.due.found import Due, Owed, Owner
from safety_plan.commands.table import table


def as_text(owed: Owed) -> str:
    """A table for each owner, with the line of the plan to change and what to write there."""
    return "\n".join(_lines(owed)) + "\n"


def _lines(owed: Owed) -> Iterator[str]:
    yield owed.summary
    for owner in owed.owners:
        yield from ("", click.style(_heading(owner), bold=True), "")
        yield from table(("Due", "When", "What, where it stands, and what to write"), [_row(due) for due in owner.dues])


def _heading(owner: Owner) -> str:
    soon = len(owner.dues) - owner.late
    parts = [f"{owner.late} late"] if owner.late else []
    return f"{owner.name}: {', '.join([*parts, f'{soon} to come'] if soon else parts)}"


def _row(due: Due) -> tuple[str, str, str]:
    typed = (f"Or type: {due.command}",) if due.command else ()
    return str(due.item.due), due.when, "\n".join((due.what, due.line, due.write, *typed))
