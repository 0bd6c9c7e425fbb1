"""What only shows when the records are seen together: dangling references, ids used twice, numbers too small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from safety_plan.plan.things import KINDS, Thing
from safety_plan.problems import Place, Problem, nearest, one_of
from safety_plan.reading.live import COUNTS, VERBS, mentions
from safety_plan.reading.schema.base import Category, Record, Reference, Written
from safety_plan.reading.schema.categories import Categories, CategoryGroup
from safety_plan.reading.schema.engagement import Event, Theme
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.town import Town

Ids = Mapping[str, Mapping[str, object]]
"""All ids by kind, with the kind "page" for the names of pages."""


def id_problems(things: Iterable[Thing[Record]]) -> Iterator[Problem]:
    """Ids that two things of one kind share, or that a thing had before and another has now."""
    seen: dict[tuple[str, str], Place] = {}
    former: list[tuple[Thing[Record], str]] = []
    for thing in things:
        key = (thing.kind, thing.id)
        place = thing.record.at("id")
        if key in seen:
            yield Problem(
                place,
                f'found the id "{thing.id}" a second time; {seen[key]} has it already',
                allowed=f"an id that no other {KINDS[thing.kind].noun} has",
                fix="give one of the two another id.",
            )
        seen.setdefault(key, place)
        former += [(thing, id) for id in thing.former_ids]
    for thing, id in former:
        if (thing.kind, id) in seen:
            yield Problem(
                thing.record.at("former_ids"),
                f'found the former id "{id}", which {seen[thing.kind, id]} has now',
                allowed="ids that nothing has any more",
                fix="delete it from the list.",
            )


def reference_problems(record: Record, ids: Ids, unread: frozenset[str]) -> Iterator[Problem]:
    """References that lead nowhere. Kinds whose files could not be read are left alone: their ids are not known."""
    for holder, path, mark, value in record.marked(Reference):
        if value not in ids[mark.kind] and mark.kind not in unread:
            yield dangling(holder.at(*path), KINDS[mark.kind].noun, value, ids[mark.kind])


def dangling(place: Place, noun: str, id: str, known: Iterable[str]) -> Problem:
    """A reference to something that does not exist."""
    names = list(known)
    guess = nearest(id, names)
    return Problem(
        place,
        f'found "{id}", but there is no {noun} with this id',
        allowed=one_of(names),
        nearest=guess,
        fix=f'write "{guess}", or add the {noun}.' if guess else f"use the id of an existing {noun}, or add it.",
    )


def category_problems(record: Record, categories: Categories) -> Iterator[Problem]:
    """Values that are not in the plan's category lists."""
    for holder, path, mark, value in record.marked(Category):
        allowed = _allowed(categories, mark, holder)
        if allowed is not None and value not in allowed:
            guess = nearest(value, allowed) or next((word for word in allowed if word.casefold() == value.casefold()), "")
            yield Problem(
                holder.at(*path),
                f'found "{value}" for "{path[0]}"',
                allowed=one_of(allowed, most=40),
                nearest=guess,
                fix="write one of the allowed words, or add this one to categories.yml.",
            )


def _allowed(categories: Categories, mark: Category, holder: Record) -> list[str] | None:
    entries = getattr(categories, mark.name)
    if not mark.within:
        return [entry.name if isinstance(entry, CategoryGroup) else entry for entry in entries]
    chosen = getattr(holder, mark.within)
    # Where the group itself is wrong, that is the one mistake to report.
    return next((list(entry.items) for entry in entries if entry.name == chosen), None)


def text_problems(record: Record, ids: Ids, unread: frozenset[str]) -> Iterator[Problem]:
    """Live figures and links in prose that lead nowhere."""
    for holder, path, _, text in record.marked(Written):
        yield from mention_problems(text, lambda _, at=holder.at(*path): at, ids, unread)  # type: ignore[misc]


def mention_problems(text: str, place_at: object, ids: Ids, unread: frozenset[str]) -> Iterator[Problem]:
    """The live figures and links of one text that lead nowhere. `place_at` turns an offset in the text into a place."""
    assert callable(place_at)
    for mention in mentions(text):
        place: Place = place_at(mention.start)
        if mention.what == "figure" and mention.kind not in VERBS:
            yield Problem(
                place,
                f'found the live figure "{mention.kind} {mention.id}", which does not start with a known word',
                allowed=", ".join(f"{verb} {kind.upper()}" for verb, kind in VERBS.items()),
                nearest=nearest(mention.kind, VERBS),
                fix="start with one of these words, then name the id.",
            )
        elif mention.what == "figure" and mention.kind == "count":
            if mention.id not in COUNTS:
                yield Problem(
                    place,
                    f'found the live figure "count {mention.id}", but that is not counted',
                    allowed=one_of(COUNTS, most=40),
                    nearest=nearest(mention.id, COUNTS),
                    fix="write one of the allowed words after count.",
                )
        else:
            kind = VERBS[mention.kind] if mention.what == "figure" else mention.kind
            if kind not in ids:
                yield Problem(
                    place,
                    f'found a link to "{mention.kind}:{mention.id}", but there is no such kind of thing',
                    allowed=one_of([*ids, "https"], most=40),
                    nearest=nearest(kind, ids),
                    fix="write the kind, a colon and the id, as in metric:ems-response-90th.",
                )
            elif mention.id not in ids[kind] and kind not in unread:
                noun = KINDS[kind].noun if kind in KINDS else "page"
                yield dangling(place, noun, mention.id, ids[kind])


def small_number_problems(record: Record, town: Town) -> Iterator[Problem]:
    """Counts of people that are too small to stand in a folder that everyone can read."""
    if town.repository == "private":
        return
    if isinstance(record, Metric) and record.counts != "things":
        columns = ("n", "part", "of", "value") if record.kind in ("count", "sum") else ("n", "part", "of")
        lists = [record.observations, *(breakdown.observations for breakdown in record.breakdowns)]
        for observation in (observation for observations in lists for observation in observations):
            for column in columns:
                yield from _too_small(observation, column, town, "withheld: true in place of the numbers of this period")
    elif isinstance(record, Theme):
        yield from _too_small(record, "mentions", town, "withheld: true instead of mentions")
    elif isinstance(record, Event):
        yield from _too_small(record, "people", town, "nothing for people, and say in about that only a few came")


def _too_small(record: Record, column: str, town: Town, instead: str) -> Iterator[Problem]:
    value = getattr(record, column)
    if value is not None and 0 < value < town.small_numbers.below:
        yield Problem(
            record.at(column),
            f"found {column}: {value:g}, a count of people small enough to point to someone",
            allowed=f"0, or {town.small_numbers.below} and more, because this folder is public",
            fix=f"write {instead}.",
        )
