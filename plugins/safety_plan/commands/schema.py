"""`safety-plan schema`: help for editors, made from the data format and from this very plan."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from safety_plan.commands.choices import choices_of
from safety_plan.commands.reading import data_option, looking, mistakes_told, read_plans
from safety_plan.editing.edits import Edits, write
from safety_plan.editing.json_schema.records import schema_of, written
from safety_plan.editing.reference.pages import reference
from safety_plan.plan.plan import Plan
from safety_plan.reading.folder import FILES, FOLDERS

SCHEMAS = "schema"
"""The folder of a project in which editors look for the schemas: `.vscode/settings.json` names it."""

_FOLDERS = {"json": SCHEMAS, "markdown": "docs/reference"}
_KINDS = (*FILES, *FOLDERS)


@click.command(short_help="Write what helps while typing, and the reference.")
@data_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to.  [default: schema; for Markdown docs/reference]",
)
@click.option(
    "--kind",
    "kinds",
    metavar="KIND",
    multiple=True,
    type=click.Choice(_KINDS),
    help="Only this kind of file, such as town or metrics; may be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(_FOLDERS)),
    default="json",
    show_default=True,
    help="JSON Schemas for an editor, or Markdown to read: what each key means.",
)
def schema(data: Path | None, output: Path | None, kinds: tuple[str, ...], form: str) -> None:
    """Write what an editor needs to help with the plan's files, and to check them while you type.

    There is one JSON Schema for each kind of file. It explains every key and holds the ids of this plan, so run this
    again when you have added or renamed a role, a measure, an action and so on. Ends with 0 when the files are written,
    and with 1 when there are mistakes in the plan.
    """
    with mistakes_told():
        asked = looking(data)
        read = read_plans(asked.data)
    folder = output or Path(_FOLDERS[form])
    base = Path.cwd()
    if form == "json":
        (_, plan), *_ = read.plans
        edits = schema_edits(plan, base / folder, kinds or _KINDS)
    else:
        pages = reference(read.records, kinds or _KINDS)
        edits = {base / folder / name: text.encode() for name, text in pages.items()}
    changed = changes(edits)
    try:
        write(changed, inside=(base,))
    except OSError as error:
        click.echo(f"{folder}: nothing was written, because {error.strerror or error}.", err=True)
        sys.exit(1)
    files = f"{len(edits)} file{'' if len(edits) == 1 else 's'}"
    click.echo(f"{files} in {folder.as_posix()}: {len(changed) or 'none'} changed.")


def schema_edits(plan: Plan, folder: Path, kinds: tuple[str, ...] = _KINDS) -> Edits:
    """The files of the schemas of a plan, to be written to a folder."""
    choices = choices_of(plan)
    return {folder / f"{kind}.json": written(schema_of(kind, choices)).encode() for kind in kinds}


def changes(edits: Edits) -> Edits:
    """Those of the edits that change anything."""
    return {path: new for path, new in edits.items() if not path.is_file() or path.read_bytes() != new}
