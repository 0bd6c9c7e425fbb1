"""What is told of two states of a plan, whatever the form."""

from __future__ import annotations

from dataclasses import dataclass

from safety_plan.publishing import words
from safety_plan.publishing.differences.difference import Difference, Differences, Part

HEADING = "What residents will see"
NOTHING = "Residents will see no change."


@dataclass(frozen=True)
class Told:
    """The differences between two states of a plan.

    `before` and `after` name the states in words. `without` says why there is no state before, so that everything is
    shown as new; it is empty where there is one. `lines` is the address on the web below which the files can be read,
    with a slash at its end; empty where it is not known.
    """

    before: str
    after: str
    differences: Differences
    without: str = ""
    lines: str = ""

    @property
    def parts(self) -> tuple[tuple[Part, tuple[Difference, ...]], ...]:
        """The parts in which something changes."""
        return tuple((part, found) for part in Part if (found := self.differences.of(part)))

    @property
    def summary(self) -> str:
        """How much changes, in a sentence."""
        seen = self.differences.seen
        count = len(seen)
        if not count:
            return NOTHING
        warned = sum(one.warns for one in seen)
        look = f", {warned} of them to be looked at closely" if warned else ""
        return f"{count} {'change' if count == 1 else 'changes'} that residents will see{look}."

    @property
    def opening(self) -> str:
        """What is held against what."""
        return f"From {self.before} to {self.after}, both as they look on {words.date(self.differences.as_of)}."

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader has to know about the whole."""
        hushed = (
            "A number of people or cases is taken back. So texts are not quoted as they were before: they may hold it. "
            "The history in git still does."
        )
        return tuple(text for text in (self.without, hushed if self.differences.hushed else "") if text)
