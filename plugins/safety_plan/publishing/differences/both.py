"""Both sides of a change, and which numbers of the earlier one must not be repeated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from safety_plan.plan.plan import AnyThing
from safety_plan.plan.things import Thing
from safety_plan.publishing.differences.difference import Version
from safety_plan.publishing.differences.teller import Teller
from safety_plan.publishing.differences.walk import matched
from safety_plan.reading.schema.engagement import Event, Theme
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation


@dataclass(frozen=True)
class Both:
    """A plan before and after a change."""

    before: Version
    after: Version

    @cached_property
    def old(self) -> Teller:
        """Puts what was before into words."""
        return Teller(self.before, self.hushed)

    @cached_property
    def new(self) -> Teller:
        """Puts what is after it into words."""
        return Teller(self.after)

    @cached_property
    def pairs(self) -> tuple[tuple[AnyThing | None, AnyThing | None], ...]:
        """Every thing of the plan on both sides, in the order of the kinds and of the plan after the change.

        What has another id now is the same thing where its former ids tell so. Things that are gone come last within
        their kind.
        """
        found: list[tuple[AnyThing | None, AnyThing | None]] = []
        for kind, things in self.after.plan.things.items():
            left = dict(self.before.plan.things[kind])
            for id, thing in things.items():
                ids = [one for one in (id, *thing.former_ids) if one in left]
                # A former id that another thing has on both sides is that thing's own.
                own = next((one for one in ids if one == id or one not in things), None)
                found.append((left.pop(own) if own else None, thing))
            found += [(thing, None) for thing in left.values()]
        return tuple(found)

    @cached_property
    def _twins(self) -> dict[AnyThing, AnyThing]:
        return {old: new for old, new in self.pairs if old is not None and new is not None}

    @cached_property
    def renamed(self) -> dict[tuple[str, str], str]:
        """The new ids of things that have another one now, by their kinds and their old ids."""
        pairs = ((old, new) for old, new in self._twins.items() if old.id != new.id)
        return {(old.kind, old.id): new.id for old, new in pairs}

    def is_kept(self, old: Thing[Any] | None, new: Thing[Any] | None) -> bool:
        """Whether two things, or two nothings, are the same on both sides."""
        return old is new is None or (old is not None and self._twins.get(old) is new)

    @cached_property
    def hushed(self) -> bool:
        """Whether a number of people or cases that was shown is not shown any more.

        Then no text is repeated as it was before: it may hold that number.
        """
        return any(_takes_back(old, new) for old, new in self.pairs if old is not None)

    def may_repeat(self, metric: Metric, before: Observation, after: Observation) -> bool:
        """Whether a number may be said that was shown before and is not any more, because another took its place.

        What the site shows as the value before a correction is no secret. Any other number of people or cases might
        tell one that is withheld, or is itself one that should not have been published.
        """
        if before.number is not None and after.was == before.number:
            return True
        rest = before.of - before.part if before.part is not None and before.of is not None else None
        return self._may_repeat(metric, (before.part, before.of, before.n, rest, _count(metric, before.number)))

    def may_repeat_baseline(self, metric: Metric, value: float) -> bool:
        """Whether a starting point may be said that is another one now."""
        return self._may_repeat(metric, (_count(metric, value),))

    def may_repeat_count(self, people: int | None) -> bool:
        """Whether a number of people may be said that came to an event or said something."""
        small = self.after.plan.town.small_numbers
        return not (self.hushed or 0 < (people or 0) < small.below)

    def _may_repeat(self, metric: Metric, counts: tuple[float | None, ...]) -> bool:
        if metric.counts == "things":
            return True
        small = self.after.plan.town.small_numbers
        below = max(small.below, small.health_below or 0) if metric.health else small.below
        few = any(0 < (count or 0) < below for count in counts)
        kept_back = any(one.withheld for one in metric.every_observation)
        return not (few or kept_back or self.hushed)


def _count(metric: Metric, number: float | None) -> float | None:
    return number if metric.kind in ("count", "sum") else None


def _takes_back(old: AnyThing, new: AnyThing | None) -> bool:
    """Whether a number of people or cases is shown by a thing before the change, and not after it."""
    record, then = old.record, new.record if new is not None else None
    if isinstance(record, Event):
        return record.people is not None and (not isinstance(then, Event) or then.people is None)
    if isinstance(record, Theme):
        return record.mentions is not None and (not isinstance(then, Theme) or then.mentions is None)
    return isinstance(record, Metric) and _takes_back_numbers(record, then if isinstance(then, Metric) else None)


def _takes_back_numbers(old: Metric, new: Metric | None) -> bool:
    """The same of a measure that counts people or cases, or whose numbers stand on them."""
    if new is None:
        return old.counts != "things"
    if old.counts == new.counts == "things":
        return False
    if old.baseline is not None and new.baseline is None:
        return True
    rows = ((one, other) for _, one, other in observation_pairs(old, new) if one is not None)
    return any(one.number is not None and (other is None or other.number is None) for one, other in rows)


Row = tuple[str, Observation | None, Observation | None]
"""A line of a measure's numbers: by what they are split, or empty; the observation before, and after."""


def observation_pairs(old: Metric, new: Metric) -> Iterator[Row]:
    """Every line of numbers of a measure on both sides, whichever of its lists it stands in."""
    for field in ("observations", "annual"):
        yield from _rows("", getattr(old, field), getattr(new, field))
    for before, after in matched(old.breakdowns, new.breakdowns):
        by = getattr(after or before, "by", "")
        yield from _rows(by, getattr(before, "observations", ()), getattr(after, "observations", ()))


def _rows(by: str, before: tuple[Observation, ...], after: tuple[Observation, ...]) -> Iterator[Row]:
    for old, new in matched(before, after):
        assert old is None or isinstance(old, Observation)
        assert new is None or isinstance(new, Observation)
        yield by, old, new
