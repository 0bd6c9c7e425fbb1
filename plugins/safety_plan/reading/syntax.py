"""What the YAML parser cannot read, in the words of a town employee.

The parser says where it got stuck, which is often far below the slip of the hand: a quote that is not closed only shows
at the next quote. So the last value read and the text itself are looked at, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from safety_plan.problems import Place, Problem

_START = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?")
_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- +)*[\w-]+(?P<colon>:)[^\s:/]")
_KEY = "a key, a colon, a space and the value"
_QUOTE = ("a closing quote of the same kind", "add the missing quote at the end of the text.")
_ALIKE = ("keys that belong together, indented alike", "indent the line like its neighbours.")
_CLOSING = {"[": "]", "{": "}"}
_SIGNS = "*&!%@`|>[{]},?"
"""What has a meaning of its own at the start of a value, so that no text can start with it."""

_STUCK_AFTER_VALUE = ("did not find expected key", "did not find expected '-' indicator", "<document start>")
_SCALAR_SIGN = (
    "expected alphabetic or numeric character",
    "character that cannot start any token",
    "did not find expected node content",
    "expected comment or line break",
    "did not find the expected",
    "mapping keys are not allowed",
)


@dataclass(frozen=True)
class Stuck:
    """Where the parser got stuck: what it said, and the last value that it had read."""

    file: str
    text: str
    error: yaml.MarkedYAMLError
    last: yaml.Event | None

    @property
    def said(self) -> str:
        return self.error.problem or ""

    @property
    def mark(self) -> yaml.Mark:
        """Where reading ended."""
        mark = self.error.problem_mark or self.error.context_mark
        assert mark is not None
        return mark

    def place(self, line: int, column: int) -> Place:
        """A place by line and column as the parser counts them, from 0."""
        return Place(self.file, line + 1, column + 1)

    def line(self, number: int) -> str:
        lines = lines_of(self.text)
        return lines[number] if number < len(lines) else ""


def lines_of(text: str) -> list[str]:
    """The lines as the parser counts them."""
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)


def syntax_problem(stuck: Stuck) -> Problem:
    """The one problem for which the parser gave up."""
    for look in (_quote, _sign, _bracket, _colon, _indentation):
        problem = look(stuck)
        if problem is not None:
            return problem
    return _starting_sign(stuck) or Problem(
        stuck.place(stuck.mark.line, stuck.mark.column),
        "found something that cannot be read",
        allowed=_KEY,
        fix="compare the line with the ones around it; put quotes around a text with special characters.",
    )


def starts_with_sign(place: Place, sign: str) -> Problem:
    """A text without quotes that starts with what means something else."""
    return Problem(
        place,
        f'found a text that starts with "{sign}"',
        allowed="a letter, a digit or a quote at the start of a text",
        fix="put quotes around the whole text.",
    )


def no_space(place: Place) -> Problem:
    """A key whose value follows without a space, so that both read as one word."""
    found = "found a colon without a space after it"
    return Problem(place, found, allowed=_KEY, fix="add a space after the colon.")


def _quote(stuck: Stuck) -> Problem | None:
    opened = stuck.error.context_mark
    if "unexpected end of stream" in stuck.said and opened is not None:
        found = "found a quote that is opened here and never closed"
        return Problem(stuck.place(opened.line, opened.column), found, *_allowed_fix(_QUOTE))
    if "unknown escape character" in stuck.said:
        return Problem(
            stuck.place(stuck.mark.line, max(stuck.mark.column - 1, 0)),
            "found a backslash inside double quotes",
            allowed="a backslash only inside single quotes",
            fix="put single quotes around the text instead.",
        )
    last = stuck.last
    if not isinstance(last, yaml.ScalarEvent) or last.style not in ("'", '"') or last.start_mark is None:
        return None
    start, end = last.start_mark, last.end_mark
    if end is None or stuck.mark.line != end.line:
        return None
    if start.line < end.line:
        found = "found a quote that is opened here and never closed"
        return Problem(stuck.place(start.line, start.column), found, *_allowed_fix(_QUOTE))
    return Problem(
        stuck.place(start.line, start.column),
        "found a text that goes on after its closing quote",
        allowed="quotes around the whole text",
        fix="put single quotes around the whole text, and write an apostrophe inside it twice.",
    )


def _allowed_fix(pair: tuple[str, str]) -> tuple[str, str, str]:
    allowed, fix = pair
    return allowed, "", fix


def _sign(stuck: Stuck) -> Problem | None:
    stuck_here = any(words in stuck.said for words in (*_STUCK_AFTER_VALUE, *_SCALAR_SIGN))
    return _starting_sign(stuck) if stuck_here else None


def _starting_sign(stuck: Stuck) -> Problem | None:
    line = stuck.line(stuck.mark.line)
    start = _START.match(line)
    assert start is not None
    sign = line[start.end() : start.end() + 1]
    if not sign or sign not in _SIGNS or _is_row(line[start.end() :].rstrip()):
        return None
    return starts_with_sign(stuck.place(stuck.mark.line, start.end()), sign)


def _is_row(value: str) -> bool:
    """Whether a value is a whole row, such as {period: 2026-Q3, value: 10.4}, and no text that starts oddly."""
    return value[:1] in _CLOSING and value[:2] != "{{" and value.endswith(_CLOSING[value[0]])


def _bracket(stuck: Stuck) -> Problem | None:
    if "node content" in stuck.said or "block sequence entries" in stuck.said:
        return _left_open(stuck)
    closing = next((sign for sign in "]}" if f"did not find expected ',' or '{sign}'" in stuck.said), "")
    opened = stuck.error.context_mark
    if not closing or opened is None:
        return None
    if opened.line == stuck.mark.line:
        return Problem(
            stuck.place(stuck.mark.line, stuck.mark.column),
            "found two entries without a comma between them",
            allowed="entries with commas between them",
            fix="add the comma, or put quotes around a text that holds a colon, a comma or a bracket.",
        )
    return _not_closed(stuck.place(opened.line, opened.column), "[" if closing == "]" else "{")


def _left_open(stuck: Stuck) -> Problem | None:
    """A bracket that the last lines before the place opened at the start of a value and did not close."""
    for number in range(stuck.mark.line, -1, -1):
        line = stuck.line(number)
        start = _START.match(line)
        opening = line[start.end() : start.end() + 1] if start is not None else ""
        if start is not None and opening in ("[", "{") and line.count(opening) > line.count(_CLOSING[opening]):
            return _not_closed(stuck.place(number, start.end()), opening)
    return None


def _not_closed(place: Place, opening: str) -> Problem:
    closing = _CLOSING[opening]
    return Problem(
        place,
        f"found a {opening} that is not closed",
        allowed=f"a comma between entries and a {closing} at the end",
        fix=f"add the missing comma or the missing {closing}.",
    )


def _colon(stuck: Stuck) -> Problem | None:
    if "could not find expected ':'" in stuck.said:
        mark = stuck.error.context_mark or stuck.mark
        return _no_colon(stuck, mark.line)
    if "mapping values are not allowed" not in stuck.said:
        return None
    line, last = stuck.line(stuck.mark.line), stuck.last
    if ": " in line[: stuck.mark.column]:
        return Problem(
            stuck.place(stuck.mark.line, stuck.mark.column),
            "found a second colon in the line",
            allowed=_KEY,
            fix="put quotes around a text that holds a colon; start a new line for a second key.",
        )
    start = last.start_mark if last is not None else None
    # A key without its colon runs on into the next line, whose colon then is one too many.
    if start is not None and start.line < stuck.mark.line and _first(stuck.line(start.line)) == start.column:
        return _no_colon(stuck, start.line)
    return Problem(
        stuck.place(stuck.mark.line, _first(line)),
        "found a line that is indented further than the one before",
        *_allowed_fix(_ALIKE),
    )


def _no_colon(stuck: Stuck, number: int) -> Problem:
    line = stuck.line(number)
    match = _KEY_WITHOUT_SPACE.match(line)
    if match is not None:
        return no_space(stuck.place(number, match.start("colon")))
    return Problem(
        stuck.place(number, _first(line)),
        "found a line without a colon",
        allowed=_KEY,
        fix="add the colon after the key; if the line goes on from the one before, indent it further.",
    )


def _indentation(stuck: Stuck) -> Problem | None:
    if "block sequence entries are not allowed" in stuck.said:
        return Problem(
            stuck.place(stuck.mark.line, stuck.mark.column),
            "found a list that starts behind its key",
            allowed="a list below its key, each item on a line of its own",
            fix="start a new line for the hyphen, or put quotes around a text that starts with a hyphen.",
        )
    if not any(words in stuck.said for words in _STUCK_AFTER_VALUE):
        return None
    number = next(
        i for i, line in enumerate(lines_of(stuck.text)) if line.strip() and not line.lstrip().startswith("#")
    )
    if "<document start>" in stuck.said and _first(stuck.line(number)):
        # All lines would have to be indented as far as the first one.
        return Problem(
            stuck.place(number, _first(stuck.line(number))),
            "found a line that is indented further than those after it",
            *_allowed_fix(_ALIKE),
        )
    return Problem(
        stuck.place(stuck.mark.line, stuck.mark.column),
        "found a line that does not line up with the lines before it",
        *_allowed_fix(_ALIKE),
    )


def _first(line: str) -> int:
    return len(line) - len(line.lstrip())
