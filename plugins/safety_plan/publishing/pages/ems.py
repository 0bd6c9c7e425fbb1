"""The strategy for emergency medical services: who helps, what it is made of, and how it is going."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from safety_plan.language import later, say, say_in, say_n
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Element
from safety_plan.publishing import words
from safety_plan.publishing.labels import said
from safety_plan.publishing.pages.goals import TAGS
from safety_plan.publishing.site import Page
from safety_plan.publishing.slugs import slug
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema import ems
from safety_plan.reading.schema.ems import EmsStrategy
from safety_plan.reading.schema.goals import Action
from safety_plan.results.state import Group

_STATUSES = ("in-place", "in-progress", "planned")
"""How far an element may have come, the furthest first."""


def _status_words() -> dict[str, tuple[str, Group]]:
    """The words for how far an element has come, and the group of their mark."""
    return {
        "in-place": (say_in("an element", "in place"), "good"),
        "in-progress": (say_in("an element", "in progress"), "neutral"),
        "planned": (say_in("an element", "planned"), "neutral"),
    }


_COUNTED: dict[str, Callable[[int], str]] = {
    "in-place": lambda amount: say_n("{n} in place", "{n} in place", amount, n=words.number(amount)),
    "in-progress": lambda amount: say_n("{n} in progress", "{n} in progress", amount, n=words.number(amount)),
    "planned": lambda amount: say_n("{n} planned", "{n} planned", amount, n=words.number(amount)),
}
"""The same with how many elements have come so far."""

_KINDS = {"standard": later("Standard: state or national"), "local": later("Local: made for this town")}


@dataclass(frozen=True)
class _Group:
    name: str
    anchor: str
    elements: tuple[Element, ...]


def pages(studio: Studio) -> Iterator[Page]:
    """The page of the EMS strategy, where the plan has one."""
    plan = studio.plan
    record = plan.one(EmsStrategy)
    if record is None:
        return
    elements = plan.all(ems.Element)
    yield studio.page(
        "ems",
        place=record.at(),
        record=record,
        strategy=record,
        summary=_summary(elements),
        groups=_groups(plan, elements),
        statuses=_status_words(),
        protocol_kinds=said(_KINDS),
        builds_on={element: _tags(plan, element) for element in elements},
        latest_review=plan.reviews[-1] if plan.reviews else None,
        description=say("How the town cares for people who are hurt or ill. {summary}", summary=_summary(elements)),
    )


def _summary(elements: tuple[Element, ...]) -> str:
    counts: Counter[str] = Counter(element.record.status for element in elements)
    parts = [_COUNTED[status](counts[status]) for status in _STATUSES if counts[status]]
    return say(
        "The strategy has {elements}: {states}.",
        elements=words.count(len(elements), "element"),
        states=words.listed(parts),
    )


def _groups(plan: Plan, elements: tuple[Element, ...]) -> list[_Group]:
    groups = [
        _Group(
            group.name,
            f"group-{slug(group.as_written.name)}",
            tuple(one for one in elements if one.record.group == group.name),
        )
        for group in plan.categories.ems_groups
    ]
    return [group for group in groups if group.elements]


def _tags(plan: Plan, element: Element) -> list[str]:
    """What the work on an element builds on, in the order and words of the goals."""
    found = {tag for action in plan.near(element, Action) for tag in action.record.tags}
    return [say(text) for tag, text in TAGS.items() if tag in found]
