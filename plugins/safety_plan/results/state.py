"""How something stands: the words residents read, and the group it is counted with."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from safety_plan.language import say

Group = Literal["good", "warning", "bad", "neutral"]


class State(Enum):
    """A state of a metric, an action or a duty. Its value is its words in English, marked as `later`, and its group."""

    @property
    def words(self) -> str:
        """The state as residents read it."""
        return say(self.value[0])

    @property
    def group(self) -> Group:
        """The group it is counted with."""
        group: Group = self.value[1]
        return group

    @property
    def slug(self) -> str:
        """A word for style sheets and anchors."""
        return self.name.lower().replace("_", "-")
