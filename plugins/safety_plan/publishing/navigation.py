"""The navigation, in which hand-written pages stand beside the plan's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from safety_plan.publishing.hand_written import Shown
from safety_plan.publishing.site import Site, source_of


def with_hand_written(site: Site, content: Iterable[Shown]) -> list[Any]:
    """The navigation as MkDocs writes it: a hand-written page joins the section that has its folder's name.

    A page in no such folder stands at the end.
    """
    left = {shown.page.path: shown.page.path.split("/")[0] for shown in content}
    entries: list[Any] = []
    for section in site.navigation:
        below: list[Any] = [_file(site, source_of(section.address))]
        folders = {section.address.rstrip("/")}
        for entry in section.entries:
            below.append({entry.name: _file(site, source_of(entry.address))})
            folders.add(entry.address.rstrip("/"))
        mine = [path for path, folder in left.items() if folder in folders]
        for path in mine:
            del left[path]
        entries.append({section.name: [*below, *(_file(site, path) for path in mine)] if section.address else below[0]})
    return [*entries, *(_file(site, path) for path in left)]


def _file(site: Site, path: str) -> str:
    return f"{site.prefix}{path}"
