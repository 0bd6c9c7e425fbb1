"""`safety-plan check`: is everything in the plan's files right?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from safety_plan.commands.check.as_annotations import as_annotations
from safety_plan.commands.check.as_json import as_json
from safety_plan.commands.check.as_sarif import as_sarif
from safety_plan.commands.check.found import Findings
from safety_plan.commands.reading import content_option, data_option, looking, read_plans
from safety_plan.problems import PlanError
from safety_plan.publishing.editions import broken_links, editions
from safety_plan.reading.translated_share import share_warnings
from safety_plan.results.warnings import warnings

_FORMS: dict[str, Callable[[Findings], str]] = {"json": as_json, "github": as_annotations, "sarif": as_sarif}
"""The forms for other programs; each goes to the standard output as a whole."""


@click.command()
@data_option
@content_option
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", *_FORMS]),
    help="text is for people; github puts each finding beside its line in a pull request; json and sarif are for other "
    "programs.",
)
def check(data: Path | None, content: Path | None, form: str) -> None:
    """Check the plan's files and say what is wrong with them.

    Ends with 0 when everything is right, though something may be missing; with 1 when there are mistakes; and with 2
    when the command was typed wrongly. Nothing is changed.

    As text, mistakes and warnings go to the standard error output. In every other form all of them go to the standard
    output.
    """
    try:
        found = _look(data, content)
    except PlanError as error:
        found = Findings(mistakes=error.problems)
    if form == "text":
        _tell(found)
    else:
        click.echo(_FORMS[form](found), nl=False)
    if found.mistakes:
        sys.exit(1)


def _tell(found: Findings) -> None:
    if found.mistakes:
        click.echo(str(PlanError(found.mistakes)), err=True)
        return
    click.echo(found.praise)
    for warning in found.warnings:
        click.echo(f"Warning: {warning}", err=True)


def _look(data: Path | None, content: Path | None) -> Findings:
    """What there is to say of the plan. Raises PlanError where there are mistakes in it."""
    asked = looking(data, content)
    read = read_plans(asked.data, asked.content)
    # Only finished pages tell where a link from a hand-written page may lead; those of the first language will do.
    (first,) = editions(read.plans[:1], asked.day, asked.day)
    folders = ["", *(f"{language.code}/" for language, _ in read.plans[1:])]
    broken = broken_links(first, folders, read.pages)
    if broken:
        raise PlanError(broken)
    plan, base = first.plan, Path.cwd()
    held = {"goal": plan.goals, "objective": plan.objectives, "action": plan.actions, "metric": plan.metrics}
    shares = share_warnings(base / asked.data, base, read.records)
    doubts = (*warnings(plan, first.results, read.pages), *shares)
    return Findings(warnings=doubts, counts={noun: len(things) for noun, things in held.items()})
