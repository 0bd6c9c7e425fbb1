"""`safety-plan due`: who owes what by when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from safety_plan.commands.due.as_calendar import as_calendar
from safety_plan.commands.due.as_json import as_json
from safety_plan.commands.due.as_markdown import as_markdown
from safety_plan.commands.due.as_text import as_text
from safety_plan.commands.due.found import owed
from safety_plan.commands.reading import data_option, day_option, looking, mistakes_told, read_plan
from safety_plan.plan.plan import Plan
from safety_plan.problems import nearest, one_of
from safety_plan.reading.settings import read_settings

_MOST_DAYS = 3660
"""Ten years: longer than any plan."""


@click.command(short_help="Say who owes what, and by when.")
@data_option
@day_option
@click.option(
    "--within",
    type=click.IntRange(0, _MOST_DAYS),
    default=45,
    show_default=True,
    metavar="DAYS",
    help="How many days to look ahead.",
)
@click.option("--owner", metavar="ROLE", help="Only what this role owes, by its id, its reference or its title.")
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "markdown", "ics", "json"]),
    help="text is for people; markdown for an issue; ics for a calendar; json for other programs.",
)
def due(data: Path | None, day: dt.date | None, within: int, owner: str | None, form: str) -> None:
    """Say who owes what by when: what is late first, then what falls due soon.

    Everything that the plan promises for a day is here: numbers, actions, legal duties, reviews and all else that the
    page "How we measure" lists. Each comes with the line of the plan to change and what to write there.

    As JSON there are the keys plan, as_of, until, late and soon (how many), and items. Each item has uid (stays when
    the date is moved), promise (what kind), kind and id (of the thing it is about), what (in words), owner (id of the
    role, null for the town), owner_name, with (ids of roles that take part), period (for numbers and reviews, else
    null), due, days_late, days_left, file, line, write (what to write there), and command
    (the line to type in place of that, empty where there is none).

    Ends with 0, also where much is late; with 1 when there are mistakes in the plan; and with 2 when the command was
    typed wrongly. Nothing is changed.
    """
    with mistakes_told():
        asked = looking(data, day=day)
        plan = read_plan(asked.data)
        settings = read_settings(Path.cwd())
    found = owed(plan, asked.day, within, None if owner is None else _role(plan, owner))
    if form == "text":
        click.echo(f"{plan.document.title}, as of {asked.day}\nThat day {asked.why}.\n")
        click.echo(as_text(found), nl=False)
    elif form == "markdown":
        click.echo(as_markdown(found, settings.edit_address), nl=False)
    else:
        click.echo(as_calendar(found) if form == "ics" else as_json(found), nl=False)


def _role(plan: Plan, given: str) -> str:
    """The id of the role that was asked for, or an end of the command with those there are."""
    roles = plan.things["role"].values()
    names = {name.casefold(): role.id for role in roles for name in (role.title, role.ref, role.id) if name}
    found = names.get(given.casefold())
    if found is None:
        guess = nearest(given, names)
        meant = f' Did you mean "{names[guess]}"?' if guess else ""
        raise click.BadParameter(
            f'found "{given}". Allowed: {one_of(plan.things["role"])}.{meant} Fix: write one of these.',
            param_hint="'--owner'",
        )
    return found
