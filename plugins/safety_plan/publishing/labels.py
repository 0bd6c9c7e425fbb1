"""The fixed words of the plan's files as residents read them, in the language that is being spoken.

What a file calls `prevention` or `replace` is a word of this project and not of the town. Each register holds such
words in English, by the word of the file; `said` and `marked` say a whole register. Registers that only one page shows
stand with that page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from safety_plan.language import later, say
from safety_plan.reading.schema.goals import Approach
from safety_plan.results.state import Group

Key = TypeVar("Key", bound=str)

APPROACHES: dict[Approach, str] = {
    "prevention": later("Prevention"),
    "response": later("Response"),
    "recovery": later("Recovery"),
    "enforcement": later("Enforcement"),
    "community": later("Community"),
    "governance": later("Governance"),
}
"""What kind of work an action is."""

SYSTEMS: dict[str, tuple[str, Group]] = {
    "supported": (later("supported"), "good"),
    "new": (later("new"), "good"),
    "replace": (later("to be replaced"), "warning"),
}
"""How a system stands, and the group that gives it shape and colour."""

PHASES = {"anticipate": later("anticipate"), "prepare": later("prepare"), "adapt": later("adapt")}
"""The steps of the plan's cycle, within a sentence."""

FACTORS = {
    "Political": later("Political"),
    "Economic": later("Economic"),
    "Social": later("Social"),
    "Technological": later("Technological"),
    "Environmental": later("Environmental"),
    "Legal": later("Legal"),
}
"""The kinds of trend around the town."""

RESILIENCE = {"continuity": later("Continuity"), "succession": later("Succession"), "backup": later("Backup")}
"""What is secured for the time when something fails."""

REVIEW_CYCLES = {"quarterly": later("quarterly")}
"""How often leaders review the plan."""


def said(register: Mapping[Key, str]) -> dict[Key, str]:
    """A register of words in the language that is being spoken."""
    return {key: say(text) for key, text in register.items()}


def marked(register: Mapping[Key, tuple[str, Group]]) -> dict[Key, tuple[str, Group]]:
    """The same for words that come with a shape and a colour."""
    return {key: (say(text), group) for key, (text, group) in register.items()}
