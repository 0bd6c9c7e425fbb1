"""`safety-plan done`: an action, a decision or a legal duty was done."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from safety_plan.commands.changed import given_told, show_changes, what_next
from safety_plan.commands.reading import Day, data_option, looking, mistakes_told, read_plan
from safety_plan.commands.saving import as_it_would_be, save
from safety_plan.editing.finishing import Finish, Finished, finished
from safety_plan.editing.given import GivenError
from safety_plan.plan.plan import Plan
from safety_plan.problems import nearest, one_of, shown
from safety_plan.publishing.figures import in_plain_text
from safety_plan.reading.schema.compliance import Requirement
from safety_plan.reading.schema.goals import Action
from safety_plan.results.results import compute

_KINDS = ("action", "decision", "requirement")


@click.command()
@click.argument("id")
@data_option
@click.option("--on", type=Day(), metavar="DAY", help="When it was done.  [default: the day that counts as today]")
@click.option("--next", "again", type=Day(), metavar="DAY", help="Of a legal duty: when it is due again.")
@click.option("--milestones", is_flag=True, help="Of an action: what was open of its milestones was reached, too.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
def done(
    id: str, data: Path | None, dry_run: bool, on: dt.date | None, again: dt.date | None, milestones: bool
) -> None:
    """Say that an action, a decision or a legal duty was done.

    ID is its id, or its ref such as A07.

    \b
    An action:     safety-plan done crash-hot-spots --on 2026-12-04
    A legal duty:  safety-plan done fire-brigade-standard --on 2026-12-11 --next 2027-12-31

    A line or two of one file change, and nothing around them. Ends with 0 when the plan says now that it is done, with
    1 when there are mistakes in the plan or in what was given; then nothing is written.
    """
    with mistakes_told(), given_told():
        looked = looking(data)
        plan = read_plan(looked.data)
        day = on or looked.day
        if day > looked.day:
            raise GivenError.of(
                "--on",
                f"found {day}, after {looked.day}",
                f"a day up to {looked.day}, which {looked.why}",
                "correct the day; what is planned is not done.",
            )
        record = _named(id, plan)
        file = Path.cwd() / record.at().file
        old = file.read_bytes()
        new = finished(record, old, Finish(day, again, milestones))
        if new == old:
            click.echo("The plan says so already. Nothing was changed.")
            return
        after = (as_it_would_be if dry_run else save)(looked, {file: new})
    show_changes({file: new}, {file: old})
    (_, later), *_ = after.plans
    click.echo(f"\n{_seen(record, later, looked.day)}\n")
    click.echo(what_next(dry_run=dry_run))


def _named(text: str, plan: Plan) -> Finished:
    """The record of this id or ref. Raises GivenError where there is none."""
    things = [thing for kind in _KINDS for thing in plan.things.get(kind, {}).values()]
    word = text.strip().casefold()
    for thing in things:
        if word in (thing.id.casefold(), thing.ref.casefold()) and isinstance(thing.record, Finished):
            return thing.record
    ids = [thing.id for thing in things]
    guess = nearest(word, ids)
    fix = f'write "{guess}" instead.' if guess else "write the id of an action, a decision or a legal duty."
    raise GivenError.of("ID", f'found "{shown(text)}"', one_of(ids), fix, guess)


def _seen(record: Finished, plan: Plan, day: dt.date) -> str:
    """What residents will read of it."""
    results = compute(plan, day)
    if isinstance(record, Action):
        title, state = record.title, results.actions[record.id].words
    elif isinstance(record, Requirement):
        title, state = record.title, results.duties[record.id].words
    else:
        title, state = record.what, "done"
    return f"Residents will read of “{in_plain_text(title, plan, results)}”: {state}."
