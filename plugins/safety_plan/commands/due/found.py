"""What is owed on a day, grouped by who owes it, in words: the same for every form of `safety-plan due`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from safety_plan.commands.due.where import command_for, place_of, what_to_write
from safety_plan.commands.posts import post
from safety_plan.plan.plan import Plan
from safety_plan.problems import Place
from safety_plan.publishing import words
from safety_plan.publishing.figures import in_plain_text
from safety_plan.publishing.slugs import slug
from safety_plan.results.late import LateItem
from safety_plan.results.owed import owed_by
from safety_plan.results.promises import Promise
from safety_plan.results.results import Results, compute

NOBODY = "The town as a whole"
"""Who owes what no role answers for alone."""


@dataclass(frozen=True)
class Due:
    """One promise that is not kept: what it is, its place in the plan's files and what to write there.

    `command` is the line to type in place of that, "" where there is none. `uid` stays the same however its
    date is moved; `days_left` is 0 on the day itself and for what is late.
    """

    item: LateItem
    uid: str
    what: str
    place: Place
    write: str
    command: str
    days_left: int

    @property
    def when(self) -> str:
        """How late it is, or how soon it is due: 8 days late, due today, due in 16 days."""
        if self.item.days:
            return f"{words.days(self.item.days)} late"
        return f"due in {words.days(self.days_left)}" if self.days_left else "due today"

    @property
    def line(self) -> str:
        """Where it stands, as editors understand it: data/people.yml:12."""
        return f"{self.place.shown_file}:{self.place.line}"


@dataclass(frozen=True)
class Owner:
    """A role, or the town as a whole, with all that it owes; what was due first stands first.

    `id` is that of the role, None for the town; `name` says so where the post is vacant.
    """

    id: str | None
    name: str
    dues: tuple[Due, ...]

    @property
    def late(self) -> int:
        """How many of the promises are late."""
        return sum(due.item.days > 0 for due in self.dues)


@dataclass(frozen=True)
class Owed:
    """All that is late on a day, or due within some days after it."""

    plan: Plan
    as_of: dt.date
    within: int
    owners: tuple[Owner, ...]

    @property
    def until(self) -> dt.date:
        """The last day that counts as soon."""
        return self.as_of + dt.timedelta(days=self.within)

    @property
    def summary(self) -> str:
        """How much is owed, in a sentence."""
        late = sum(owner.late for owner in self.owners)
        soon = sum(len(owner.dues) for owner in self.owners) - late
        # "2 promises are late, and 3 fall due": the noun is said once.
        first = words.count(late, "promise") if late else "Nothing"
        second = "nothing" if not soon else words.number(soon) if late else words.count(soon, "promise")
        is_or_are, falls = "are" if late > 1 else "is", "fall" if soon > 1 else "falls"
        return f"{first} {is_or_are} late, and {second} {falls} due by {words.date(self.until)}."


def owed(plan: Plan, as_of: dt.date, within: int, owner: str | None = None) -> Owed:
    """What is owed on a day: what is late, and what falls due within so many days; of one role or of everybody.

    `owner` is the id of a role of the plan. The roles stand in the order of people.yml, the town as a whole last.
    """
    results = compute(plan, as_of)
    items = owed_by(plan, as_of, as_of + dt.timedelta(days=within))
    uids = _uids(plan, items)
    dues = [_due(plan, results, item, uid) for item, uid in zip(items, uids, strict=True)]
    names: dict[str | None, str] = {id: post(plan, id) for id in plan.things["role"]} | {None: NOBODY}
    owners = (
        Owner(id, name, tuple(due for due in dues if due.item.owner == id))
        for id, name in names.items()
        if owner in (None, id)
    )
    return Owed(plan, as_of, within, tuple(one for one in owners if one.dues))


def _due(plan: Plan, results: Results, item: LateItem, uid: str) -> Due:
    left = max((item.due - results.as_of).days, 0)
    what = _what(plan, results, item)
    return Due(
        item=item,
        uid=uid,
        what=f"{what[:1].upper()}{what[1:]}",
        place=place_of(plan, item),
        write=what_to_write(item),
        command=command_for(plan, item),
        days_left=left,
    )


def _what(plan: Plan, results: Results, item: LateItem) -> str:
    """What is promised: Number for July to September 2026: Hydrants in service."""
    detail = in_plain_text(item.detail, plan, results)
    if item.kind == "page":
        about = words.period(item.period) if item.period else detail
        return f"{item.what}: {about}" if about else item.what
    thing = plan.thing(item.kind, item.id)
    named = f"{in_plain_text(thing.title, plan, results)}{f' ({thing.ref})' if thing.ref else ''}"
    if item.promise is Promise.NUMBER and item.period:
        return f"{item.what} {words.for_period(item.period, plan.metric(item.id).record.covers)}: {named}"
    return f"{item.what} “{detail}”: {named}" if detail else f"{item.what}: {named}"


def _uids(plan: Plan, items: Iterable[LateItem]) -> tuple[str, ...]:
    """A name for each promise that nothing else has and no new date changes."""
    town, seen, found = slug(plan.town.name), set[str](), list[str]()
    for item in items:
        told_apart = str(item.period or "") if item.promise is not Promise.NEXT_STEP else ""
        if item.promise in (Promise.MILESTONE, Promise.LEARNING, Promise.BARRIER):
            told_apart = slug(item.detail)
        name = "-".join(filter(None, (item.promise.slug, slug(item.id), told_apart.lower())))
        while name in seen:
            name += "-again"
        seen.add(name)
        found.append(f"{name}@{town}.safety-plan")
    return tuple(found)
