"""How residents take part: how to reach the town, what is on, and what came of what they said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safety_plan.language import later, say, say_in
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Action, Objective, Review, Role, Theme, Thing
from safety_plan.publishing.figures import latest_with_period
from safety_plan.publishing.labels import said
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.engagement import Engagement
from safety_plan.reading.schema.engagement import Event as EventRecord
from safety_plan.reading.schema.engagement import Theme as ThemeRecord
from safety_plan.reading.schema.goals import Action as ActionRecord
from safety_plan.reading.schema.goals import Objective as ObjectiveRecord
from safety_plan.reading.schema.people import Responsibility
from safety_plan.reading.schema.people import Role as RoleRecord
from safety_plan.reading.schema.reviews import Review as ReviewRecord
from safety_plan.results.state import Group

_EVENTS = {
    "open-house": later("Open house"),
    "survey": later("Survey"),
    "listening-session": later("Listening session"),
    "online-meeting": later("Online meeting"),
    "drill": later("Drill"),
    "class": later("Class"),
}


def _answers() -> dict[str, tuple[str, Group]]:
    """How far the answer to a theme has come: in words, and the look of them."""
    return {
        "planned": (say_in("an answer", "planned"), "neutral"),
        "acting": (say_in("an answer", "under way"), "good"),
        "done": (say_in("an answer", "done"), "good"),
        "answered": (say_in("an answer", "answered"), "neutral"),
    }


# The area that is about residents, as the common list of areas calls it. A town with other areas shows them all on the
# page of its roles.
_AREA = "Community engagement"


def pages(studio: Studio) -> Iterator[Page]:
    """The page on taking part, where the plan has something to say on it."""
    plan, as_of = studio.plan, studio.results.as_of
    record = plan.one(Engagement)
    if record is None:
        return
    events = sorted(plan.all(EventRecord), key=lambda event: event.record.on)
    yield studio.page(
        "take-part",
        place=record.at(),
        record=record,
        upcoming=[event for event in events if event.record.on >= as_of],
        past=[event for event in reversed(events) if event.record.on < as_of],
        themes=[_Answered.of(plan, theme) for theme in plan.all(ThemeRecord)],
        opinions=[metric for metric in plan.metrics if metric.record.perception],
        latest=lambda metric: latest_with_period(metric, studio.results),
        engagement=_engagement(plan),
        event_words=said(_EVENTS),
        answer_words=_answers(),
        description=say("How to reach the town, what is on, and what the town did with what residents said."),
    )


@dataclass(frozen=True)
class _Answered:
    """A theme of feedback with all it is linked to."""

    theme: Theme
    actions: tuple[Action, ...]
    objectives: tuple[Objective, ...]
    reviews: tuple[Review, ...]

    @property
    def kinds_of_link(self) -> tuple[tuple[Thing[Any], ...], ...]:
        """What it is linked to, kind by kind."""
        return self.actions, self.objectives, self.reviews

    @classmethod
    def of(cls, plan: Plan, theme: Theme) -> _Answered:
        return cls(
            theme,
            plan.near(theme, ActionRecord),
            plan.near(theme, ObjectiveRecord),
            plan.near(theme, ReviewRecord),
        )


@dataclass(frozen=True)
class _Asked:
    """Something that leaders are asked to do for residents, and what each role does for it."""

    item: str
    by: tuple[tuple[Role, Responsibility], ...]


def _engagement(plan: Plan) -> list[_Asked]:
    areas = plan.categories.leadership_areas
    items = [item for area in areas if area.as_written.name == _AREA for item in area.items]
    roles = plan.all(RoleRecord)
    duties = [(role, duty) for role in roles for duty in role.record.responsibilities if duty.as_written.area == _AREA]
    return [_Asked(item, tuple((role, duty) for role, duty in duties if duty.item == item)) for item in items]
