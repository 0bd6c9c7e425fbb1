"""What is wrong, where, and how to fix it.

Every mistake a town employee can make ends up as a `Problem`. Problems are collected, sorted and shown all at once;
`PlanError` is the one exception users see, and it carries them:

    PlanError
        .problems   every Problem found, sorted by file, line and column
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file of the plan. Lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.shown_file}:{self.line}:{self.column}"

    @property
    def shown_file(self) -> str:
        """The file as messages name it. A name may hold signs that would begin a new line, or be seen as nothing."""
        return visible(self.file)

    @classmethod
    def in_text(cls, file: str, text: str, offset: int) -> Place:
        """The place of an offset in the text of a file."""
        return cls(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake, worded for the person who will mend it.

    `found` says what stands there now, `allowed` what may stand there, `nearest` is the right name that comes closest
    to what was written, and `fix` says what to do. Only `found` and `fix` are always there. `cause` is never shown:
    problems that have the same one come from one mistake, and all go away when it is mended.
    """

    place: Place
    found: str
    allowed: str = ""
    nearest: str = ""
    fix: str = ""
    cause: str = ""

    def __str__(self) -> str:
        # What is quoted may be the name of a file, with any sign in it.
        lines = [f"{self.place}: {visible(self.found)}"]
        if self.allowed:
            lines.append(f"    Allowed: {visible(self.allowed)}")
        if self.nearest:
            lines.append(f'    Did you mean "{visible(self.nearest)}"?')
        lines.append(f"    Fix: {visible(self.fix)}")
        return "\n".join(lines)


class PlanError(Exception):
    """The plan cannot be published as it stands.

    `problems` holds everything that was found, without doubles, in the order of the files and their lines. What has one
    cause is told once, at its first place.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(_told_once(sorted(set(problems))))
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.problems)
        summary = "1 mistake found." if count == 1 else f"{count} mistakes found."
        return "\n\n".join([*(str(problem) for problem in self.problems), summary])


def _told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems in their order; of those with one cause only the first, which says how many there are."""
    alike: dict[str, list[Problem]] = defaultdict(list)
    problems = tuple(problems)
    for problem in problems:
        alike[problem.cause].append(problem)
    for problem in problems:
        others = alike[problem.cause][1:] if problem.cause else []
        if others and problem is alike[problem.cause][0]:
            files = len({other.place.file for other in (problem, *others)})
            where = "1 file" if files == 1 else f"{files} files"
            yield replace(problem, found=f"{problem.found}; there are {len(others) + 1} of them in {where}")
        elif not others:
            yield problem


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like the given one, or "" where none is close."""
    plain = {name.casefold(): name for name in allowed}
    matches = difflib.get_close_matches(word.casefold(), plain, n=1, cutoff=0.6)
    return plain[matches[0]] if matches else ""


def one_of(words: Iterable[str], most: int = 12) -> str:
    """A readable list of what is allowed, cut where it would be too long to read."""
    names = sorted(words)
    # "and 1 more" would be no shorter than the one.
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def shown(text: str, most: int = 60) -> str:
    """A text of the plan as it can be quoted in a message: on one line, not too long, with nothing unseen in it."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= most else f"{line[: most - 3]}..."


def visible(text: str) -> str:
    r"""A text on one line, in which signs that cannot be seen are spelt out: \r, \n, \x07. All others stay."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in text
    )


def a(noun: str) -> str:
    """The noun with its article."""
    return f"an {noun}" if noun[0].lower() in "aeiou" else f"a {noun}"
