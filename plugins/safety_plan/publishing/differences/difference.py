"""A difference between two states of a plan, and the parts into which differences are sorted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Thing
from safety_plan.problems import Place
from safety_plan.reading.around import Setting
from safety_plan.reading.content import HandWritten
from safety_plan.reading.plan_texts import PlanText
from safety_plan.results.results import Results

Kind = Literal["new", "changed", "gone"]


_NOWHERE = Place("")


class Part(Enum):
    """A part of what changes, with its heading. The parts stand in the order of their importance to residents."""

    NUMBERS = "Numbers"
    STATUS = "How measures stand"
    LATE = "Late, or no longer late"
    TARGETS = "Targets, definitions and how we measure"
    ACTIONS = "Actions"
    DUTIES = "Legal duties"
    RISKS = "Risks"
    REVIEWS = "Reviews and decisions"
    PEOPLE = "Who answers"
    DATES = "Other dates"
    GONE = "No longer on the site"
    NEW = "New on the site"
    TEXTS = "Texts"
    DETAILS = "Further details"
    PAGES = "Hand-written pages and pictures"
    TRANSLATIONS = "Translations"
    SITE = "The site as a whole"
    BEHIND = "Behind the pages, not seen by residents"


@dataclass(frozen=True)
class Difference:
    """One thing that changes, as a whole sentence.

    `about` is the thing of the plan that it is about, where it is about one, and `field` the key within it. `before`
    and `after` are what is shown, in words; each is empty where there is nothing, or where it is not to be repeated.
    `place` is the line that makes it so, in the files after the change; `from_before` says that it is one in those
    before it, where all that stood there is gone. `address` is the page where residents see it, as seen from the site's
    root. `warns` marks what should not happen unseen.
    """

    part: Part
    sentence: str
    kind: Kind = "changed"
    about: Thing[Any] | None = None
    field: str = ""
    before: str = ""
    after: str = ""
    place: Place = _NOWHERE
    address: str = ""
    warns: bool = False
    from_before: bool = False


@dataclass(frozen=True)
class Language:
    """A further language of the site: the translations of the plan's texts by what they are and what the text is."""

    name: str
    file: str
    texts: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Version:
    """A state of a plan: what it says on the day that counts for both, and what stands around it.

    `pages` are the hand-written pages and `pictures` the other files beside them, by their path, each with a mark that
    is another one where its content is. `settings` holds what mkdocs.yml sets, by the way to it. `wanted` are the texts
    to be translated, and `languages` what there is of them in each language after the first, by its code.
    """

    plan: Plan
    results: Results
    pages: tuple[HandWritten, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    wanted: tuple[PlanText, ...] = ()
    languages: Mapping[str, Language] = field(default_factory=dict)


@dataclass(frozen=True)
class Differences:
    """All differences, the most important parts first; within a part those that warn come first.

    `hushed` says that texts as they were before are left out, because a number is taken back that they may repeat.
    """

    as_of: dt.date
    changes: tuple[Difference, ...]
    hushed: bool = False

    @property
    def seen(self) -> tuple[Difference, ...]:
        """Those that residents see."""
        return tuple(one for one in self.changes if one.part is not Part.BEHIND)

    def of(self, part: Part) -> tuple[Difference, ...]:
        """Those of one part."""
        return tuple(one for one in self.changes if one.part is part)
