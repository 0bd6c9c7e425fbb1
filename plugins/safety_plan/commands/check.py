"""`safety-plan check`: is everything in the plan's files right?"""

from __future__ import annotations

from pathlib import Path

import click

from safety_plan.commands.reading import data_option, looking, mistakes_told, read_plans
from safety_plan.problems import PlanError
from safety_plan.publishing.editions import broken_links, editions
from safety_plan.reading.translated_share import share_warnings
from safety_plan.results.warnings import warnings


@click.command()
@data_option
@click.option(
    "--content",
    type=click.Path(path_type=Path),
    help="Folder with the hand-written pages.  [default: docs_dir of mkdocs.yml, else content]",
)
def check(data: Path | None, content: Path | None) -> None:
    """Check the plan's files and say what is wrong with them.

    Ends with 0 when everything is right, though something may be missing, and with 1 when there are mistakes. Nothing
    is changed.
    """
    with mistakes_told():
        asked = looking(data, content)
        read = read_plans(asked.data, asked.content)
        # Only finished pages tell where a link from a hand-written page may lead; those of the first language will do.
        (first,) = editions(read.plans[:1], asked.day, asked.day)
        folders = ["", *(f"{language.code}/" for language, _ in read.plans[1:])]
        broken = broken_links(first, folders, read.pages)
        if broken:
            raise PlanError(broken)
    plan, results = first.plan, first.results
    held = {"goal": plan.goals, "objective": plan.objectives, "action": plan.actions, "metric": plan.metrics}
    counts = (f"{len(things)} {noun}{'' if len(things) == 1 else 's'}" for noun, things in held.items())
    click.echo(f"No mistakes found: {', '.join(counts)}.")
    base = Path.cwd()
    shares = share_warnings(base / asked.data, base, read.records)
    for warning in (*warnings(plan, results, read.pages), *shares):
        click.echo(f"Warning: {warning}", err=True)
