"""The strategy for emergency medical services: who helps, what it is made of, and how it is going."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Element
from safety_plan.publishing import words
from safety_plan.publishing.pages.goals import TAGS
from safety_plan.publishing.site import Page
from safety_plan.publishing.slugs import slug
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema import ems
from safety_plan.reading.schema.ems import EmsStrategy
from safety_plan.reading.schema.goals import Action

_STATUSES = {
    "in-place": ("in place", "good"),
    "in-progress": ("in progress", "neutral"),
    "planned": ("planned", "neutral"),
}
"""How far an element has come: its words, and the group of its mark."""

_KINDS = {"standard": "Standard: state or national", "local": "Local: made for this town"}


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
        statuses=_STATUSES,
        protocol_kinds=_KINDS,
        builds_on={element: _tags(plan, element) for element in elements},
        latest_review=plan.reviews[-1] if plan.reviews else None,
        description=f"How the town cares for people who are hurt or ill. {_summary(elements)}",
    )


def _summary(elements: tuple[Element, ...]) -> str:
    counts: Counter[str] = Counter(element.record.status for element in elements)
    parts = [f"{counts[status]} {text}" for status, (text, _) in _STATUSES.items() if counts[status]]
    return f"The strategy has {words.count(len(elements), 'element')}: {words.listed(parts)}."


def _groups(plan: Plan, elements: tuple[Element, ...]) -> list[_Group]:
    groups = [
        _Group(
            group.name, f"group-{slug(group.name)}", tuple(one for one in elements if one.record.group == group.name)
        )
        for group in plan.categories.ems_groups
    ]
    return [group for group in groups if group.elements]


def _tags(plan: Plan, element: Element) -> list[str]:
    """What the work on an element builds on, in the order and words of the goals."""
    found = {tag for action in plan.near(element, Action) for tag in action.record.tags}
    return [text for tag, text in TAGS.items() if tag in found]
