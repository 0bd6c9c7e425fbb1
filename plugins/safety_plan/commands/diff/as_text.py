"""The differences as text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from safety_plan.commands.diff.told import HEADING, Told
from safety_plan.commands.table import WIDTH
from safety_plan.publishing.differences.difference import Difference


def as_text(told: Told) -> str:
    """The sentences part by part. An exclamation mark stands before those to be looked at closely."""
    return "\n".join([*_lines(told), ""])


def _lines(told: Told) -> Iterator[str]:
    yield HEADING
    yield told.opening
    for remark in told.remarks:
        yield from ("", *textwrap.wrap(remark, WIDTH))
    yield from ("", told.summary)
    for part, found in told.parts:
        yield from ("", part.value, "")
        for one in found:
            yield from _item(one)


def _item(one: Difference) -> Iterator[str]:
    mark = "!" if one.warns else "-"
    place = f"{one.place.shown_file}:{one.place.line}" if one.place.file else ""
    yield from _WRAPPED[mark].wrap(one.sentence)
    if place:
        yield f"  {place}"


_WRAPPED = {
    mark: textwrap.TextWrapper(
        WIDTH, initial_indent=f"{mark} ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    for mark in ("-", "!")
}
