"""`safety-plan forms`: put the form editor into the built site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from safety_plan.editing.forms.editors import DECAP, SCRIPT, SVELTIA
from safety_plan.editing.forms.fetching import NotFetchedError, fetch

_EDITORS = {"sveltia": SVELTIA, "decap": DECAP}


@click.command(short_help="Put the form editor into the built site.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("site/admin"))
@click.option(
    "--editor",
    type=click.Choice([*_EDITORS]),
    default="sveltia",
    show_default=True,
    help="sveltia lets staff sign in with an access token; decap needs a server for signing in.",
)
def forms(folder: Path, editor: str) -> None:
    """Put the form editor into the built site, in FOLDER.  [default: site/admin]

    The build has put the page of the forms and their configuration there, where mkdocs.yml says "forms: true". Where it
    has not, nothing is done. The editor comes from the npm registry in one release whose hash is known here, so that it
    is the one that was tried.

    Ends with 0 when the editor is there or no forms are wanted, with 1 when it could not be brought, and with 2 when
    the command was typed wrongly.
    """
    if not (folder / "config.yml").is_file():
        click.echo(f'No forms in {folder}: they are switched on by the line "forms: true" in mkdocs.yml.')
        return
    chosen = _EDITORS[editor]
    try:
        fetch(chosen, folder / SCRIPT)
    except NotFetchedError as error:
        click.echo(f"The form editor was not put into {folder}: {error}.", err=True)
        sys.exit(1)
    click.echo(f"{chosen.package} {chosen.version} is in {folder}.")
