"""Values as YAML text, in the way in which the plan's files are written."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date

from safety_plan.reading.document import plain_value

WIDTH = 120
"""Most characters of a line, as in the plan's own files."""

_STEP = "  "
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~](?:[^\x00-\x1f\x7f]*[^\s:])?")
"""A text that needs no quotes, as far as its first and last sign decide."""
_DOTTED = re.compile(r"[0-9.:_+-]+|[0-9]{4}-.*")
"""What other readers of YAML take for a number, a time of day or a date."""
_LOOKS_LIKE_PERIOD = re.compile(r"\d{4}-(Q[1-4]|\d{2}(-\d{2})?)")
_WORDS_OF_OLD = frozenset({"yes", "no", "on", "off", "y", "n"})


class Typed(str):
    """A number as somebody typed it, such as 10.40: it is written just so."""

    __slots__ = ()


class Braced(dict[str, "Value"]):
    """A mapping that is written on one line, in braces, where it fits there."""


Value = str | int | float | bool | None | date | Sequence["Value"] | Mapping[str, "Value"]
"""What can stand in a file of the plan."""


def in_line(value: Value, *, flow: bool = False) -> str:
    """A value on one line; `flow` says that it stands within brackets or braces, where a comma would end it."""
    if isinstance(value, Typed):
        return str(value)
    if isinstance(value, str):
        return _text(value, flow)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key}: {in_line(item, flow=True)}" for key, item in value.items())
        return f"{{{inside}}}"
    if isinstance(value, Sequence):
        return f"[{', '.join(in_line(item, flow=True) for item in value)}]"
    return str(value)


def in_block(value: Value, indent: str) -> list[str]:
    """The lines of a mapping or a sequence, one entry below the other, each starting with `indent`.

    Short lists of plain values stay on the line of their key, and long texts are folded.
    """
    if isinstance(value, Mapping):
        return [line for key, item in value.items() for line in entry_lines(f"{indent}{key}:", item, indent)]
    assert isinstance(value, Sequence)
    assert not isinstance(value, str)
    return [line for item in value for line in item_lines(item, indent)]


def item_lines(value: Value, indent: str) -> list[str]:
    """The lines of an item of a list whose dash stands behind `indent`."""
    if isinstance(value, Braced) and len(line := f"{indent}- {in_line(value)}") <= WIDTH:
        return [line]
    if isinstance(value, Mapping) and value:
        first, *rest = in_block(value, indent + _STEP)
        return [f"{indent}- {first.removeprefix(indent + _STEP)}", *rest]
    return entry_lines(f"{indent}-", value, indent)


def entry_lines(head: str, value: Value, indent: str) -> list[str]:
    """A value behind its key or dash: on the same line if it fits, below it otherwise."""
    if isinstance(value, str) and not isinstance(value, Typed):
        return _textentry_lines(head, value, indent)
    nested = isinstance(value, Mapping | Sequence) and not isinstance(value, str) and bool(value)
    line = f"{head} {in_line(value)}"
    plain = isinstance(value, Sequence) and not any(isinstance(item, Mapping) for item in value)
    if not nested or (plain and len(line) <= WIDTH):
        return [line]
    return [head, *in_block(value, indent + _STEP)]


def _textentry_lines(head: str, text: str, indent: str) -> list[str]:
    line = f"{head} {in_line(text)}"
    inner = indent + _STEP
    if "\n" in text.strip("\n") and _block_is_exact(text):
        chomped = "" if text.endswith("\n") else "-"
        return [f"{head} |{chomped}", *(f"{inner}{one}".rstrip() for one in text.rstrip("\n").split("\n"))]
    if len(line) <= WIDTH or not _folds(text):
        return [line]
    folded = textwrap.wrap(text, WIDTH - len(inner), break_long_words=False, break_on_hyphens=False)
    return [f"{head} >-", *(f"{inner}{one}" for one in folded)]


def _block_is_exact(text: str) -> bool:
    """Whether a text of several lines can be written line by line and be read back as it was."""
    lines = text.removesuffix("\n").split("\n")
    whole = not text.endswith("\n\n") and bool(lines[0])
    return whole and all(line == line.strip() and line.isprintable() for line in lines)


def _folds(text: str) -> bool:
    """Whether a text can be broken at its spaces and be read back as it was."""
    return text == " ".join(text.split()) and text.isprintable()


def _text(text: str, flow: bool) -> str:
    quoted = (
        not _PLAIN.fullmatch(text)
        or not text.isprintable()
        or ": " in text
        or " #" in text
        or (flow and any(sign in text for sign in ",[]{}"))
        or plain_value(text) is not text
        or text.lower() in _WORDS_OF_OLD
        or (_DOTTED.fullmatch(text) is not None and not _LOOKS_LIKE_PERIOD.fullmatch(text))
    )
    return json.dumps(text, ensure_ascii=False) if quoted else text
