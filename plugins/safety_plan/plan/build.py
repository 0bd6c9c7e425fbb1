"""Records become the Plan, or the list of what keeps them from becoming one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

from safety_plan.language import Language, speaking
from safety_plan.plan.calendar import calendar_problems
from safety_plan.plan.checks import (
    Ids,
    category_problems,
    direction_problems,
    id_problems,
    mention_problems,
    ref_problems,
    reference_problems,
    text_problems,
)  # fmt: skip
from safety_plan.plan.few_cases import without_percentiles_of_few
from safety_plan.plan.glossary_words import same_word_problems
from safety_plan.plan.neighbours import mentioned_in, neighbours_of
from safety_plan.plan.pages import PAGES
from safety_plan.plan.plan import AnyThing, Plan
from safety_plan.plan.shared_counts import shared_count_problems
from safety_plan.plan.small_numbers import small_counts_of_metrics, small_number_problems
from safety_plan.plan.stray import stray_braces, stray_braces_on
from safety_plan.plan.things import KIND_OF, KINDS, Thing
from safety_plan.plan.withholding.private import without_small_numbers
from safety_plan.plan.withholding.refusals import exposed_problems
from safety_plan.problems import Place, PlanError, Problem
from safety_plan.reading.content import HandWritten
from safety_plan.reading.folder import FILES, FOLDERS, Records
from safety_plan.reading.live import Mention, without_figures
from safety_plan.reading.schema.base import Record, records_in
from safety_plan.reading.schema.categories import Categories
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.people import People
from safety_plan.reading.schema.plan import PlanDocument
from safety_plan.reading.schema.town import Town
from safety_plan.reading.schema.words import Glossary
from safety_plan.reading.translations import Translation, first_language, translated

_FILE_EACH = frozenset(KIND_OF[record] for record in FOLDERS.values())
"""The kinds whose ids are the names of their files."""


def build_plan(records: Records, content: Iterable[HandWritten], problems: Iterable[Problem]) -> Plan:
    """Check the records against each other and join them into a Plan.

    `problems` are those that reading has found already, so that a town employee gets to see all of them at once. Raises
    PlanError where there is any problem.
    """
    problems = tuple(problems)
    # What is withheld comes first: what is said of few cases in its place would tell how few they are.
    records = without_percentiles_of_few(without_small_numbers(records))
    things = _things(records)
    index: dict[str, dict[str, AnyThing]] = {kind: {} for kind in KINDS}
    for thing in things:
        index[thing.kind].setdefault(thing.id, thing)
    pages = _pages(records)
    # What could only be read in part may hold half of a number: that is the one mistake to report.
    spoiled = frozenset(problem.place.file for problem in problems)
    known = {kind: {id: _whole(thing, spoiled) for id, thing in index[kind].items()} for kind in KINDS}
    ids: Ids = {**{kind: {**known[kind], **_broken(records, kind)} for kind in KINDS}, "page": dict.fromkeys(pages)}
    unread = frozenset(kind for kind in KINDS if _is_unsure(records, kind))
    town, document, people = records.one(Town), records.one(PlanDocument), records.one(People)
    found = [
        *problems,
        *_problems_of_records(records, ids, unread),
        *_problems_of_things(things, spoiled, town, document),
        *_problems_of_pages(content, ids, unread),
    ]
    if found or town is None or document is None or people is None:
        raise PlanError(found)
    neighbours = neighbours_of(things, index)
    return Plan(
        folder=records.folder,
        town=town,
        document=document,
        people=people,
        categories=records.one(Categories) or Categories(),
        files=tuple(records.files.values()),
        things=index,
        neighbours=neighbours,
        mentioned_in=mentioned_in(neighbours, index),
        pages=pages,
    )


def build_plans(
    records: Records,
    translations: Iterable[Translation],
    content: Iterable[HandWritten],
    problems: Iterable[Problem],
) -> tuple[tuple[Language, Plan], ...]:
    """The plan in the language it is written in, then in each language it is translated to.

    Raises PlanError as `build_plan` does. What is wrong is told of the plan as it is written.
    """
    plans = [(first_language(records), build_plan(records, content, problems))]
    for one in translations:
        # What the checks write into a plan is read by residents: why the percentile of a few cases is not shown.
        with speaking(one.language):
            plans.append((one.language, build_plan(translated(records, one), (), ())))
    return tuple(plans)


def _problems_of_records(records: Records, ids: Ids, unread: frozenset[str]) -> Iterator[Problem]:
    """References, texts and categories that lead nowhere, and words of the glossary that lead to two places."""
    yield from same_word_problems(records.one(Glossary))
    categories = records.one(Categories) or Categories()
    for record in _all_records(records):
        yield from reference_problems(record, ids, unread)
        yield from text_problems(record, ids, unread, records.texts)
        yield from stray_braces(record)
        if "categories" not in records.unread:
            yield from category_problems(record, categories)


def _problems_of_things(
    things: list[AnyThing], spoiled: frozenset[str], town: Town | None, document: PlanDocument | None
) -> Iterator[Problem]:
    """What is wrong with things side by side, or with one of them as a whole."""
    yield from id_problems(things)
    yield from ref_problems(things)
    for thing in things:
        if document is not None:
            yield from calendar_problems(thing.record, document.data_as_of)
        if thing.place.file not in spoiled:
            yield from direction_problems(thing.record)
            yield from small_number_problems(thing.record, town) if town is not None else ()
    if town is not None:
        read = [thing for thing in things if thing.place.file not in spoiled]
        yield from small_counts_of_metrics({one.id: one.record for one in read if isinstance(one.record, Metric)}, town)
        whole = [thing for thing in things if _whole(thing, spoiled) is not None]
        metrics = {thing.id: thing.record for thing in whole if isinstance(thing.record, Metric)}
        yield from shared_count_problems(metrics)
        yield from exposed_problems(metrics, town)


def _problems_of_pages(content: Iterable[HandWritten], ids: Ids, unread: frozenset[str]) -> Iterator[Problem]:
    """Live figures and links on hand-written pages that lead nowhere."""
    for page in content:
        yield from mention_problems(page.text, partial(_place_on, page), ids, unread)
        at = without_figures(page.text).find("{{")
        yield from stray_braces_on(page.text, page.place(max(at, 0)))


def _whole(thing: AnyThing, spoiled: frozenset[str]) -> AnyThing | None:
    """The thing, where nothing is wrong in its file, nor in any table that may hold its values."""
    tables = thing.kind == "metric" and any(file.endswith(".csv") for file in spoiled)
    return None if tables or thing.place.file in spoiled else thing


@cache
def _held_in() -> dict[str, str]:
    """The file or folder that holds each kind of thing, as the schema has it."""
    holders = {**FILES, **FOLDERS}
    return {
        KIND_OF[record]: name for name, holder in holders.items() for record in records_in(holder) if record in KIND_OF
    }


def _place_on(page: HandWritten, mention: Mention) -> Place:
    return page.place(mention.start)


def _broken(records: Records, kind: str) -> dict[str, None]:
    """The ids that the files of a kind have, but that could not be read: who names them is not wrong."""
    if kind not in _FILE_EACH:
        return {}
    folder = f"{_held_in()[kind]}/"
    return {name.removeprefix(folder): None for name in records.unread if name.startswith(folder)}


def _is_unsure(records: Records, kind: str) -> bool:
    """Whether ids of a kind may stand in what could not be read."""
    held = _held_in()[kind]
    within = kind not in _FILE_EACH and any(name.startswith(f"{held}/") for name in records.unread)
    return held in records.unread or within


def _all_records(records: Records) -> Iterator[Record]:
    yield from records.files.values()
    for folder in records.folders.values():
        yield from folder.values()


def _things(records: Records) -> list[AnyThing]:
    things: list[AnyThing] = []
    for record in records.files.values():
        things += _things_in(record, None)
    for folder in records.folders.values():
        for name, record in folder.items():
            thing = Thing(KIND_OF[type(record)], name, record)
            things += [thing, *_things_in(record, thing)]
    return things


def _things_in(record: Record, parent: AnyThing | None) -> Iterator[AnyThing]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if not isinstance(item, Record):
                continue
            kind = KIND_OF.get(type(item))
            thing = Thing(kind, getattr(item, "id", ""), item, parent) if kind else None
            if thing is not None:
                yield thing
            yield from _things_in(item, thing or parent)


def _pages(records: Records) -> frozenset[str]:
    held = {*records.files, *(name for name, folder in records.folders.items() if folder)}
    held |= {name.partition("/")[0] for name in records.unread}
    return frozenset(name for name, page in PAGES.items() if not page.needs or held & {*page.needs})
