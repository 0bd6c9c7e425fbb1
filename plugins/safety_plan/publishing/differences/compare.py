"""A plan before and after a change becomes the list of what residents will see change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from safety_plan.plan.pages import PAGES, page_address
from safety_plan.publishing.addresses import address_of
from safety_plan.publishing.differences.around import (
    hand_written_differences,
    setting_differences,
    translation_differences,
)
from safety_plan.publishing.differences.both import Both
from safety_plan.publishing.differences.difference import Difference, Differences, Part, Version
from safety_plan.publishing.differences.standings import late_differences, state_of, whole_differences
from safety_plan.publishing.differences.teller import Teller, capital
from safety_plan.publishing.differences.things import file_differences, page_differences, thing_differences

_ORDER = {part: number for number, part in enumerate(Part)}


def compare(before: Version | None, after: Version) -> Differences:
    """What residents see change from one state of a plan to another one; both are worked out for the same day.

    Without a state before, everything is new.
    """
    day = after.results.as_of
    if before is None:
        return Differences(day, _sorted(_all_new(after)))
    assert before.results.as_of == day, "both sides have to be worked out for the same day"
    both = Both(before, after)
    return Differences(day, _sorted(_differences(both)), both.hushed)


def _differences(both: Both) -> Iterator[Difference]:
    yield from whole_differences(both)
    yield from late_differences(both)
    yield from page_differences(both)
    yield from thing_differences(both)
    yield from file_differences(both)
    yield from hand_written_differences(both)
    yield from setting_differences(both)
    yield from translation_differences(both)


def _sorted(found: Iterator[Difference]) -> tuple[Difference, ...]:
    # One thing may come by two ways, as where two fields hold the same: it is told once.
    once: dict[tuple[Part, str], Difference] = {}
    for given in found:
        # A text that is quoted last brings its own full stop.
        one = replace(given, sentence=given.sentence.replace(".”.", ".”"))
        once.setdefault((one.part, one.sentence), one)
    return tuple(sorted(once.values(), key=lambda one: (_ORDER[one.part], not one.warns)))


def _all_new(after: Version) -> Iterator[Difference]:
    """Every page and thing of a plan that nothing is known of before."""
    teller = Teller(after)
    for name, page in PAGES.items():
        if name in after.plan.pages:
            sentence = f"The page “{page.title}” is new, at {page_address(name) or '/'}."
            yield Difference(Part.NEW, sentence, "new", place=after.plan.document.at(), address=page_address(name))
    for things in after.plan.things.values():
        for thing in things.values():
            state = state_of(after, thing)
            standing = f"; it is {state.words}" if state is not None else ""
            sentence = capital(f"{teller.thing(thing)} is new{standing}.")
            yield Difference(Part.NEW, sentence, "new", thing, place=thing.place, address=address_of(thing))
    for written in after.pages:
        sentence = f"The hand-written page {written.path} is new."
        yield Difference(Part.PAGES, sentence, "new", place=written.place(0))
