"""The findings as annotations of a GitHub workflow: each stands beside its line in the pull request.

The form is that of GitHub's workflow commands. GitHub shows ten errors and ten warnings of a step beside their lines;
the log of the step has all of them, so each one tells its place in its text as well.
"""

from __future__ import annotations

from safety_plan.commands.check.found import Findings, Severity
from safety_plan.problems import Problem

_COMMANDS: dict[Severity, tuple[str, str]] = {
    "mistake": ("error", "Mistake in the plan"),
    "warning": ("warning", "Please look at this"),
}


def as_annotations(found: Findings) -> str:
    """A line for each finding, mistakes first; then how it went, in words."""
    lines = [_annotation(severity, problem) for severity, problem in found.all()]
    count = len(found.mistakes)
    told = f"{count} mistake{'' if count == 1 else 's'} found." if count else found.praise
    return "\n".join([*lines, told, ""])


def _annotation(severity: Severity, problem: Problem) -> str:
    command, title = _COMMANDS[severity]
    place = problem.place
    where = {"file": place.file, "line": str(place.line), "col": str(place.column)} if place.file else {}
    keys = {**where, "title": title}
    return f"::{command} {','.join(f'{key}={_key(text)}' for key, text in keys.items())}::{_text(str(problem))}"


def _text(text: str) -> str:
    """A text in which nothing is taken for the end of a line. The percent sign comes first: the others bring it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _key(text: str) -> str:
    """The value of a key, in which nothing is taken for the end of it."""
    return _text(text).replace(":", "%3A").replace(",", "%2C")
