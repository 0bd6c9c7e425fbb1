"""One thing that pydantic found, with all that its wording needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from safety_plan.problems import Problem, shown
from safety_plan.reading.document import Document
from safety_plan.reading.schema.base import Path, Record


@dataclass(frozen=True)
class Mistake:
    """A mistake: where it is, what pydantic calls it, the value found there, and the field it stands in."""

    document: Document
    path: Path
    kind: str
    value: object
    context: Mapping[str, Any]
    owner: type[Record] | None
    field: FieldInfo | None

    @property
    def name(self) -> str:
        """The key that the value stands under, or within whose list it stands."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def what(self) -> str:
        """What was found, and under which key."""
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            found = f"the number {self.document.written.get(self.path, self.value)}"
        else:
            found = describe(self.value)
        if not self.name:
            return found
        return f'{found} {"for" if isinstance(self.path[-1], str) else "in"} "{self.name}"'

    def problem(self, allowed: str, fix: str, guess: str = "", found: str = "") -> Problem:
        place = self.document.value_place(self.path)
        return Problem(place, found or f"found {self.what}", allowed=allowed, nearest=guess, fix=fix)


def describe(value: object) -> str:
    """What was found, in a few words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the text "{shown(value)}"'
    if isinstance(value, tuple):
        return "a list"
    return "keys with values" if isinstance(value, Mapping) else "nothing"
