"""The trail of approval: on which day, and in which change, what a page says was last changed, and who let it in.

People are positions: who let a change in is told by the position that the plan names for an e-mail address, or not at
all. Where one of the files of a page has no known last change, the page has none.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from safety_plan.language import Original, say, spoken
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Thing
from safety_plan.problems import shown
from safety_plan.publishing.addresses import address_of
from safety_plan.publishing.site import Page
from safety_plan.reading.history import Change, History
from safety_plan.reading.schema.goals import Goal
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.people import Role

_MOST_LETTERS = 90
"""How much of a title is shown."""


_HOST = re.compile(r"https?://(?:[^/@]*@)?([^/:]+)")

_LINKS = {
    "github": ("pull/{number}", "commit/{commit}"),
    "gitlab": ("-/merge_requests/{number}", "-/commit/{commit}"),
    "bitbucket": ("pull-requests/{number}", "commits/{commit}"),
    "codeberg": ("pulls/{number}", "commit/{commit}"),
}
"""Where a change stands below the address of a repository, by a word in the name of its host."""

Subject = Literal["plan", "part", "page"]


@dataclass(frozen=True)
class Trail:
    """The last change of what a page says: None where that is not known.

    `of` says what it is the last change of: the whole plan, the part of it that the page shows, or a hand-written page.
    `link` leads to the change where it is kept, "" where that is not known. `accepted_by` are the ids of the roles that
    let it in, as far as they are known. `source` is the language of its title.
    """

    of: Subject
    change: Change | None = None
    link: str = ""
    accepted_by: tuple[str, ...] = ()
    source: str = "en"

    @property
    def title(self) -> str:
        """What the change is called, in the language that is spoken."""
        assert self.change is not None
        name = self.change.commit[:7] if self.change.number is None else str(self.change.number)
        if not self.change.title:
            return say("change {name}", name=name)
        title = shown(self.change.title, _MOST_LETTERS)
        said = title if spoken().code == self.source else Original(title, self.source)
        return say("change {name}: {title}", name=name, title=said)


@dataclass(frozen=True)
class Trails:
    """The trail of each page of a plan.

    `repository` is the address where the plan's files are kept, as mkdocs.yml names it, or "". `built_on` is the day of
    the build: a change after it has a wrong date.
    """

    plan: Plan
    history: History
    repository: str
    built_on: dt.date

    def of_page(self, page: Page) -> Trail:
        """The trail of a page of the plan."""
        thing = self._things.get(page.address)
        file = page.place.file
        if thing is not None:
            of_file = thing.place.file
            in_register = (of_file, thing.place.line) in self.history.entries
            found = [self.history.entry(thing.place)] if in_register else self._of_files(_files(self.plan, thing))
            return self._trail("part", found)
        folder = posixpath.dirname(self.plan.document.at().file)
        names_all = {self.plan.document.at().file, self.plan.town.at().file}
        if file in names_all or posixpath.dirname(file) != folder:
            return self._trail("plan", self._of_files(self._all_files(folder)))
        return self._trail("part", self._of_files([file]))

    def of_file(self, file: str) -> Trail:
        """The trail of a hand-written page, by its file."""
        return self._trail("page", self._of_files([file]))

    @cached_property
    def _things(self) -> dict[str, Thing[Any]]:
        every = (thing for things in self.plan.things.values() for thing in things.values())
        return {address_of(thing): thing for thing in every}

    @cached_property
    def _roles(self) -> dict[str, str]:
        return {mail.casefold(): role.id for role in self.plan.all(Role) for mail in role.record.approves_as}

    def _all_files(self, folder: str) -> Iterator[str]:
        start = f"{folder}/" if folder else ""
        return (file for file in self.history.files if file.startswith(start) and not file.endswith(".md"))

    def _of_files(self, files: Iterable[str]) -> list[Change | None]:
        return [self.history.files.get(file) for file in files]

    def _trail(self, of: Subject, changes: Iterable[Change | None]) -> Trail:
        found = list(changes)
        known = [change for change in found if change is not None]
        if not known or len(known) < len(found):
            return Trail(of)
        last = min(known, key=lambda change: change.age)
        # Clocks may stand in another time zone, but not in another year.
        if last.on > self.built_on + dt.timedelta(days=1):
            return Trail(of)
        roles = dict.fromkeys(self._roles[mail] for mail in last.accepted_by if mail in self._roles)
        return Trail(of, last, self._link(last), tuple(roles), self.plan.town.languages[0])

    def _link(self, change: Change) -> str:
        host = _HOST.match(self.repository)
        if host is None:
            return ""
        kind = next((word for word in _LINKS if word in host[1]), "gitlab" if change.on_gitlab else "")
        if not kind:
            return ""
        with_number, without = _LINKS[kind]
        end = without if change.number is None else with_number
        return f"{self.repository.rstrip('/')}/{end.format(number=change.number, commit=change.commit)}"


def _files(plan: Plan, thing: Thing[Any]) -> Iterator[str]:
    """The files that the page of a thing is made of: its own, the tables it names, and those of a goal's measures."""
    record, file = thing.record, thing.place.file
    yield file
    if isinstance(record, Metric):
        tables = (record.observations_file, *(breakdown.observations_file for breakdown in record.breakdowns))
        yield from (posixpath.join(posixpath.dirname(file), table) for table in tables if table is not None)
    if isinstance(record, Goal):
        for id in dict.fromkeys(id for objective in record.objectives for id in objective.metrics):
            yield from _files(plan, plan.metric(id))
