"""`safety-plan check`: is everything in the plan's files right?"""

from __future__ import annotations

from pathlib import Path

import click

from safety_plan.commands.reading import data_option, looking, mistakes_told, read_plan
from safety_plan.problems import PlanError
from safety_plan.publishing.build import build_site, content_problems
from safety_plan.results.results import compute
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
        plan, pages = read_plan(asked.data, asked.content)
        results = compute(plan, asked.day)
        # Only the finished pages tell where a link from a hand-written page may lead.
        broken = tuple(content_problems(build_site(plan, results, asked.day), pages))
        if broken:
            raise PlanError(broken)
    held = {"goal": plan.goals, "objective": plan.objectives, "action": plan.actions, "metric": plan.metrics}
    counts = (f"{len(things)} {noun}{'' if len(things) == 1 else 's'}" for noun, things in held.items())
    click.echo(f"No mistakes found: {', '.join(counts)}.")
    for warning in warnings(plan, results):
        click.echo(f"Warning: {warning}", err=True)
