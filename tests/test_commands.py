"""Every subcommand explains itself, says how it ends, and colours nothing that is not a terminal."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from safety_plan.commands import SUBCOMMANDS, main

WRONG = [
    ["chek"],
    ["record"],
    ["due", "--within", "soon"],
    ["status", "--as-of", "yesterday"],
    ["diff", "--format", "x"],
]


COMMANDS = [[name] for name in SUBCOMMANDS if name != "translations"]
COMMANDS += [["translations", "extract"], ["translations", "report"]]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_help_reads_well_and_says_how_it_ends(words: list[str]) -> None:
    done = CliRunner().invoke(main, [*words, "--help"])

    assert done.exit_code == 0
    assert "Ends with" in " ".join(done.output.split())
    assert "..." not in CliRunner().invoke(main, ["--help"]).output.partition("Commands:")[2]


def test_the_exit_codes_are_those_of_the_help() -> None:
    said = " ".join(CliRunner().invoke(main, ["--help"]).output.split())

    assert "ends with 0 when it did what was asked, with 1 when" in said
    for words in WRONG:
        done = CliRunner().invoke(main, words)

        assert done.exit_code == 2, words
        assert "Usage: " in done.stderr


@pytest.mark.parametrize("words", [["due"], ["done", "A09", "--dry-run"]], ids=" ".join)
def test_colours_are_for_terminals_only(words: list[str]) -> None:
    assert "\x1b[" in CliRunner().invoke(main, words, color=True).output
    assert "\x1b" not in CliRunner().invoke(main, words).output


def test_a_misspelt_command_is_answered_with_the_nearest() -> None:
    assert 'found no command "chek". Did you mean "check"?' in CliRunner().invoke(main, ["chek"]).stderr
