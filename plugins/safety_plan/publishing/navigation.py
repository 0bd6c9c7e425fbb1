"""The navigation, in which hand-written pages stand beside the plan's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from safety_plan.publishing.site import Section, source_of
from safety_plan.reading.content import HandWritten


def with_hand_written(navigation: Iterable[Section], content: Iterable[HandWritten]) -> list[Any]:
    """The navigation as MkDocs writes it: a hand-written page joins the section that has its folder's name.

    A page in no such folder stands at the end.
    """
    left = {page.path: page.path.split("/")[0] for page in content}
    entries: list[Any] = []
    for section in navigation:
        below: list[Any] = [source_of(section.address)]
        folders = {section.address.rstrip("/")}
        for entry in section.entries:
            below.append({entry.name: source_of(entry.address)})
            folders.add(entry.address.rstrip("/"))
        mine = [path for path, folder in left.items() if folder in folders]
        for path in mine:
            del left[path]
        entries.append({section.name: [*below, *mine]} if section.address else {section.name: below[0]})
    return [*entries, *left]
