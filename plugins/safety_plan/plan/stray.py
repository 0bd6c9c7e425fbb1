"""Braces that would be published as they stand: live figures where none can be, and ones that are not closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety_plan.problems import Place, Problem
from safety_plan.reading.live import without_figures
from safety_plan.reading.schema.base import Record

_OPENING = re.compile(r"\{\{")


def stray_braces(record: Record) -> Iterator[Problem]:
    """Every text of a record that holds braces which will not be filled in."""
    for holder, path, written, text in record.strings():
        if "{{" not in text:
            continue
        place = holder.at(*path)
        if not written:
            yield Problem(
                place,
                f'found a live figure for "{path[0]}"',
                allowed="plain words, because this text is also used where nothing can be filled in",
                fix="write the words themselves, or name the figure in a longer text.",
            )
        elif _OPENING.search(without_figures(text)):
            yield _unclosed(place)


def stray_braces_on(text: str, place: Place) -> Iterator[Problem]:
    """The same for the text of a hand-written page."""
    if _OPENING.search(without_figures(text)):
        yield _unclosed(place)


def _unclosed(place: Place) -> Problem:
    return Problem(
        place,
        "found a live figure that is not closed",
        allowed="{{ at the start and }} at the end",
        fix="add the missing }}.",
    )
