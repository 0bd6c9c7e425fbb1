"""Stage 5, the door for staff: the command `safety-plan`, a file or a folder for each subcommand."""

from __future__ import annotations

from importlib import import_module

import click

from safety_plan import __version__
from safety_plan.problems import nearest

SUBCOMMANDS = {
    "init": "init",
    "check": "check",
    "status": "status",
    "diff": "diff",
    "record": "record",
    "done": "done",
    "new": "new",
    "due": "due",
    "template": "template",
    "import": "import_",
    "schema": "schema",
    "forms": "forms",
    "export": "export",
    "translations": "translations",
}
"""The subcommands in the order in which the help names them, each with the module that holds it.

The command has the name of its module.
"""


class _Group(click.Group):
    """Loads a subcommand when it is asked for: libraries for spreadsheets and calendars take longer than `check`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        module = import_module(f"safety_plan.commands.{SUBCOMMANDS[cmd_name]}")
        found = getattr(module, SUBCOMMANDS[cmd_name])
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand that was asked for; where there is none of that name, the message names the nearest."""
        guess = nearest(args[0], SUBCOMMANDS)
        if args[0] not in SUBCOMMANDS and guess:
            ctx.fail(f'found no command "{args[0]}". Did you mean "{guess}"?')
        return super().resolve_command(ctx, args)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Look after a town's public-safety plan.

    Every command ends with 0 when it did what was asked, with 1 when something in the plan or in what was given is
    wrong (it says what, and has changed nothing), and with 2 when the command itself was typed wrongly.
    """
