"""What can be chosen in the files of one plan: the ids of its things, and the lists of `categories.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from safety_plan.reading.schema.base import Category
from safety_plan.reading.schema.categories import Categories, CategoryGroup


@dataclass(frozen=True)
class Choices:
    """All that one plan offers to choose from.

    `ids` holds, for each kind of reference such as role or page, what can be named: each id with what it is called.
    `fiscal` says whether the town has a fiscal year, so that FY2026 means something.
    """

    ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    categories: Categories = field(default_factory=Categories)
    fiscal: bool = False

    def of_kind(self, kind: str) -> Mapping[str, str]:
        """The ids of one kind with what each is called; none where the plan has nothing of the kind yet."""
        return self.ids.get(kind, {})

    def of_category(self, category: Category) -> tuple[str, ...]:
        """The words of a list; for one that is chosen within groups, those of all its groups together."""
        if category.within:
            words = [word for group in self.within(category).values() for word in group]
        else:
            words = [one.name if isinstance(one, CategoryGroup) else one for one in self._entries(category)]
        return tuple(dict.fromkeys(words))

    def within(self, category: Category) -> Mapping[str, tuple[str, ...]]:
        """The finer words of each group of a list, by the name of the group."""
        groups = [one for one in self._entries(category) if isinstance(one, CategoryGroup)]
        # Of two groups of one name, the reader takes the first.
        return {group.name: group.items for group in reversed(groups)}

    def _entries(self, category: Category) -> tuple[CategoryGroup | str, ...]:
        found: tuple[CategoryGroup | str, ...] = getattr(self.categories, category.name)
        return found
