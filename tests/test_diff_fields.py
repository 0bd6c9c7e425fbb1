"""No field of the data format changes unseen: each one that is changed gives a sentence of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args, get_origin

import pytest

from safety_plan.plan.plan import AnyThing, Plan
from safety_plan.plan.things import KIND_OF, Thing
from safety_plan.publishing.differences.both import Both
from safety_plan.publishing.differences.difference import Difference, Part, Version
from safety_plan.publishing.differences.fields import field_differences
from safety_plan.publishing.differences.things import kept_differences
from safety_plan.reading.folder import FILES, FOLDERS
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.base import Record, Reference, mark_of, record_classes, records_in
from safety_plan.reading.schema.lookup import literals
from safety_plan.reading.schema.metrics import DefinitionChange
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.results import compute
from tests.core_pages import AS_OF, plan_of
from tests.support import ROOT

DAY = dt.date(2026, 3, 4)
QUARTER = Period(dt.date(2026, 3, 31), dt.date(2026, 1, 1))
EVERY = {
    (record, field)
    for model in (*FILES.values(), *FOLDERS.values())
    for record in records_in(model)
    for field in record.model_fields
    # Another id is another thing, or another address: see test_diff.
    if field != "id"
}
KINDS = ROOT / "tests" / "plans" / "kinds"


@dataclass(frozen=True)
class Found:
    """A record of a plan: the thing that it stands in, or none; the record of that thing or file; and the way to it."""

    thing: AnyThing | None
    root: Record
    path: tuple[str | int, ...]
    record: Record


def within(found: Found) -> Iterator[Found]:
    """A record and all within it, but for the things of the plan."""
    yield found
    for field in type(found.record).model_fields:
        value = getattr(found.record, field)
        items = enumerate(value) if isinstance(value, tuple) else ((None, value),)
        for number, item in items:
            if isinstance(item, Record) and type(item) not in KIND_OF:
                step = (field,) if number is None else (field, number)
                yield from within(Found(found.thing, found.root, (*found.path, *step), item))


def records_of(plan: Plan) -> Iterator[Found]:
    """Every record of a plan: those of things as a part of these, all others as a part of their file."""
    for things in plan.things.values():
        for thing in things.values():
            yield from within(Found(thing, thing.record, (), thing.record))
    for file in plan.files:
        yield from within(Found(None, file, (), file))


def replaced(record: Any, path: tuple[str | int, ...], value: object) -> Any:
    """A record, or a list of them, with another value at a path."""
    if not path:
        return value
    step, *rest = path
    if isinstance(record, tuple):
        assert isinstance(step, int)
        return (*record[:step], replaced(record[step], tuple(rest), value), *record[step + 1 :])
    assert isinstance(step, str)
    return record.model_copy(update={step: replaced(getattr(record, step), tuple(rest), value)})


def kinds_of(annotation: Any) -> set[Any]:
    """The plain types within the type of a field."""
    if get_origin(annotation) is None:
        return {annotation}
    return {kind for part in get_args(annotation) for kind in kinds_of(part)}


def first_value(plan: Plan, record: type[Record], field: str, samples: dict[type[Record], Record]) -> object:
    """A value for a field that has none."""
    about = record.model_fields[field]
    mark = mark_of(about.metadata, about.annotation, Reference)
    kinds = kinds_of(about.annotation)
    one: object
    if mark is not None:
        one = next(iter(plan.things[mark.kind]))
    elif found := [*record_classes(about.annotation)]:
        one = samples.get(found[0])
        if one is None:
            return None
    elif words := literals(about):
        one = words[0]
    else:
        values = {dt.date: DAY, Period: QUARTER, int: 7, float: 7.5, str: "Other words"}
        one = next(value for kind, value in values.items() if kind in kinds)
    return (one,) if "tuple" in str(about.annotation) else one


def other_value(plan: Plan, holder: Record, field: str, samples: dict[type[Record], Record]) -> object:
    """Another value for a field than it has."""
    value, about = getattr(holder, field), type(holder).model_fields[field]
    mark = mark_of(about.metadata, about.annotation, Reference)
    if value in (None, ()):
        return first_value(plan, type(holder), field, samples)
    changes: tuple[tuple[Any, Callable[[Any], object]], ...] = (
        # Things that come and go are told as such: see test_diff.
        (tuple, lambda items: items[::-1] if type(items[0]) in KIND_OF else items[:-1]),
        (bool, lambda flag: not flag),
        (int | float, lambda number: number + 1),
        (Period, lambda period: period.next()),
        (dt.date, lambda day: day + dt.timedelta(days=400)),
        (Record, lambda _: None),
    )
    for kind, change in changes:
        if isinstance(value, kind):
            return change(value)
    names = () if mark is None else plan.pages if mark.kind == "page" else plan.things[mark.kind]
    return next(one for one in (*names, *literals(about), f"{value} And more words.") if one != value)


class Town:
    """A plan with what it says, to be changed in one field after the other."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.samples: dict[type[Record], Record] = {
            DefinitionChange: DefinitionChange(on=DAY, was="Doors, not homes.", because="Homes are what matters.")
        }
        for one in records_of(plan):
            self.samples.setdefault(type(one.record), one.record)
        version = Version(plan, compute(plan, AS_OF))
        self.both = Both(version, version)

    def told(self, found: Found, field: str, value: object) -> list[Difference]:
        """What is told when one field of a record changes."""
        new = replaced(found.root, (*found.path, field), value)
        if found.thing is None:
            return [*field_differences(self.both, ((None, found.root), (None, new)))]
        thing = found.thing
        return [*kept_differences(self.both, thing, Thing(thing.kind, thing.id, new, thing.parent))]


@pytest.fixture(scope="module")
def towns() -> list[Town]:
    """The example town, and the one that has every kind of measure."""
    return [Town(plan_of(project)) for project in (ROOT, KINDS)]


Case = tuple[Town, Found]


@pytest.fixture(scope="module")
def cases(towns: list[Town]) -> dict[tuple[type[Record], str], list[Case]]:
    """For each field of the format a record that has a value there, and one that has none, where there are such."""
    found: dict[tuple[type[Record], str, bool], Case] = {}
    for town in towns:
        for one in records_of(town.plan):
            for field in type(one.record).model_fields:
                has = getattr(one.record, field) not in (None, ())
                found.setdefault((type(one.record), field, has), (town, one))
    cases: dict[tuple[type[Record], str], list[Case]] = {}
    for (record, field, _), case in found.items():
        cases.setdefault((record, field), []).append(case)
    return cases


WHOLE = re.compile(r"[A-Z“].*[.”]", re.DOTALL)


def test_every_field_that_changes_is_told(cases: dict[tuple[type[Record], str], list[Case]]) -> None:
    silent, wrong = [], []
    for (record, field), found in cases.items():
        for town, one in found if field != "id" else ():
            value = other_value(town.plan, one.record, field, town.samples)
            if value in (None, getattr(one.record, field)) and getattr(one.record, field) in (None, (), value):
                # This town has no record of that class, or just one; another one has.
                continue
            told = town.told(one, field, value)
            if not told:
                silent.append(f"{record.__name__}.{field} at {one.path}")
            wrong += [
                f"{record.__name__}.{field}: {difference.sentence}"
                for difference in told
                if not WHOLE.fullmatch(difference.sentence)
                or re.search(r"None|\{\{|the  |  of|of of|“”|\(\)", difference.sentence)
                or not difference.place.file
            ]

    assert "\n".join(silent) == ""
    assert "\n".join(wrong) == ""


def test_every_field_of_the_format_was_changed(cases: dict[tuple[type[Record], str], list[Case]]) -> None:
    without = {record.__name__ for record, _ in EVERY - cases.keys()}

    # No town of the tests has one yet; as a whole it is told, and so are its fields by the same steps as any others.
    assert without <= {DefinitionChange.__name__}


def test_a_plan_does_not_differ_from_itself(towns: list[Town]) -> None:
    for town in towns:
        told = [
            difference
            for old, new in town.both.pairs
            if old is not None and new is not None
            for difference in kept_differences(town.both, old, new)
        ]
        assert told == []


NUMBERS = ("value", "part", "of", "n", "was", "corrected", "because")


def test_no_number_that_is_withheld_is_repeated(towns: list[Town]) -> None:
    wrong = []
    for town in towns:
        for found in records_of(town.plan):
            one = found.record
            if not isinstance(one, Observation) or one.number is None:
                continue
            *path, number = found.path
            hidden = one.model_copy(update={**dict.fromkeys(NUMBERS), "withheld": True})
            assert isinstance(number, int)
            told = town.told(replace(found, path=tuple(path[:-1])), str(path[-1]), _with(found, path, number, hidden))
            said = [difference for difference in told if difference.part is Part.NUMBERS]
            if [difference.sentence.endswith(" is withheld from now on.") for difference in said] != [True]:
                wrong.append(str([difference.sentence for difference in said]))
            wrong += [difference.sentence for difference in told if difference.before]

    assert wrong == []


def _with(found: Found, path: list[str | int], number: int, item: Record) -> tuple[object, ...]:
    """The list in which a record stands, with another one in its place."""
    items: Any = found.root
    for step in path:
        items = getattr(items, step) if isinstance(step, str) else items[step]
    return (*items[:number], item, *items[number + 1 :])
