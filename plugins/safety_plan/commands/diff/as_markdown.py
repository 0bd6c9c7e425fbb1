"""The differences as Markdown, for the summary of a workflow or a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from safety_plan.commands.diff.told import HEADING, Told
from safety_plan.publishing.differences.difference import Difference, Part

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~!&$])")
_CALLS = re.compile(r"([@#])(?=\w)")
"""Signs that make a link of what follows: somebody's name, the number of an issue."""

_UNSEEN = "\u200b"
_ROOM = 900_000
"""How many characters are written at most. GitHub takes 1 MB for the summary of a step, and drops what is longer."""

_MOST = 20
"""How many changes of a part are shown at once."""

_AS_TABLE = frozenset({Part.STATUS, Part.RISKS})
"""The parts whose changes are short words on both sides, which a table shows at a glance."""


def as_markdown(told: Told) -> str:
    """A heading, how much changes, and a section for each part, with links to the lines where they can be read."""
    lines: list[str] = []
    room = _ROOM
    for line in _lines(told):
        room -= len(line.encode()) + 1
        if room < 0:
            lines += ["", "There is more; run `safety-plan diff` to see all of it."]
            break
        lines.append(line)
    return "\n".join([*lines, ""])


def _lines(told: Told) -> Iterator[str]:
    yield from (f"## {HEADING}", "", f"**{told.summary}** {_plain(told.opening)}")
    for remark in told.remarks:
        yield from ("", f"> {_plain(remark)}")
    for part, found in told.parts:
        yield from ("", f"### {part.value}", "")
        if part in _AS_TABLE and all(one.about is not None and one.before and one.after for one in found):
            yield from _table(found, told.lines)
        else:
            yield from _list([_item(one, told.lines) for one in found])


def _list(items: list[str]) -> Iterator[str]:
    """The items, of which those beyond the first few are unfolded by who wants to see them."""
    yield from items[:_MOST]
    if len(items) > _MOST:
        yield from ("", f"<details><summary>{len(items) - _MOST} more</summary>", "", *items[_MOST:], "", "</details>")


def _item(one: Difference, lines: str) -> str:
    mark = "**Look closely:** " if one.warns else ""
    place = _place(one, lines)
    return f"- {mark}{_plain(one.sentence)}{f' ({place})' if place else ''}"


def _table(found: tuple[Difference, ...], lines: str) -> Iterator[str]:
    yield "| What changes | Before | After | Where |"
    yield "|---|---|---|---|"
    for one in found:
        cells = (_plain(one.sentence), _plain(one.before), _plain(one.after), _place(one, lines))
        yield f"| {' | '.join(cells)} |"


def _place(one: Difference, lines: str) -> str:
    """The line that makes it so, as a link where files can be read on the web."""
    if not one.place.file:
        return ""
    name = _plain(f"{one.place.shown_file}:{one.place.line}")
    # What is gone has no line there.
    linked = lines and not one.from_before
    return f"[{name}]({lines}{quote(one.place.file)}#L{one.place.line})" if linked else name


def _plain(text: str) -> str:
    """A text of the plan in which nothing is taken for Markdown or HTML: it may come from anybody's fork."""
    text = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    text = _CALLS.sub(rf"\1{_UNSEEN}", text)
    return text.replace("://", f":{_UNSEEN}//").replace("www.", f"www{_UNSEEN}.")
