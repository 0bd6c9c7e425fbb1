"""What was found wrong or doubtful in a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from safety_plan.problems import Problem

Severity = Literal["mistake", "warning"]

MEANINGS: dict[Severity, str] = {
    "mistake": "Something is wrong in the plan's files. The site cannot be built until it is mended.",
    "warning": "Something is missing or doubtful in the plan's files. The site can be built.",
}
"""How bad a finding is. There are these two kinds and no finer ones: what was found is told in words, for the person
who will mend it, and a name for each of some two hundred messages would be one more thing to keep in step with them."""


@dataclass(frozen=True)
class Findings:
    """All mistakes and all warnings, each in the order of the files and their lines.

    `counts` says by its noun how many of each kind of thing the plan has; it is empty where there are mistakes.
    """

    mistakes: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def all(self) -> Iterator[tuple[Severity, Problem]]:
        """Everything that was found, with how bad it is, mistakes first."""
        yield from (("mistake", one) for one in self.mistakes)
        yield from (("warning", one) for one in self.warnings)

    @property
    def praise(self) -> str:
        """The sentence that nothing is wrong, with what was looked at."""
        counts = (f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in self.counts.items())
        return f"No mistakes found: {', '.join(counts)}."
