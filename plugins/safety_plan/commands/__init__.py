"""Stage 5, the door for staff: the command `safety-plan`, a file per subcommand."""

from __future__ import annotations

import click

from safety_plan import __version__
from safety_plan.commands.check import check
from safety_plan.commands.status import status
from safety_plan.commands.translations import translations


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Look after a town's public-safety plan."""


main.add_command(check)
main.add_command(status)
main.add_command(translations)
