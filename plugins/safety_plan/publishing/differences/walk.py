"""Two records held against each other field by field, so that nothing changes unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from safety_plan.plan.things import KIND_OF
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.base import Record, Reference, mark_of, record_classes
from safety_plan.reading.schema.lookup import literals
from safety_plan.reading.schema.observations import GroupObservation, Observation
from safety_plan.reading.schema.people import Responsibility
from safety_plan.reading.schema.risks import RiskReview

Change = Literal["new", "changed", "gone", "reordered", "same"]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Step:
    """A step from a record to one within it: its class, the field, whether that holds several, and both sides."""

    holder: type[Record]
    field: str
    many: bool
    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record as it is now, or as it was where it is gone."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True)
class FieldChange:
    """A field whose value changes: the steps to its holder, the holder itself on both sides, and both values.

    Of a list, `before` and `after` are single items where these are new, gone or changed; both are the whole list where
    only the order changes. A text with a live figure that stays as it is written comes with the change "same": what is
    read may be another text. Of an observation the field is the list it stands in, and the values are the observations.
    """

    change: Change
    trail: tuple[Step, ...]
    old: Record
    new: Record
    field: str
    before: Any = None
    after: Any = None


def same(one: object, other: object) -> bool:
    """Whether two values say the same, wherever they stand in their files."""
    if isinstance(one, Record) and isinstance(other, Record):
        return type(one) is type(other) and all(
            same(getattr(one, name), getattr(other, name)) for name in type(one).model_fields
        )
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    # Periods that cover the same days are equal, whatever they were named by; readers see the name.
    return str(one) == str(other) if isinstance(one, Period) and isinstance(other, Period) else one == other


Renamed = Mapping[tuple[str, str], str]
"""The new ids of things that have one, by their kinds and their old ids."""


def walk(old: Record, new: Record, renamed: Renamed, trail: tuple[Step, ...] = ()) -> Iterator[FieldChange]:
    """Every change of a record and of those within it, without the things of the plan, which are held apart.

    Whatever names a thing by its old id names the same thing.
    """
    old = _with_new_ids(old, renamed) if renamed else old
    for name, about in type(new).model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        holds = any(record_classes(about.annotation))
        if isinstance(before, tuple) and isinstance(after, tuple):
            if holds:
                yield from _Lists(old, new, name, renamed, trail).records(before, after)
            else:
                yield from _Lists(old, new, name, renamed, trail).items(before, after)
        elif isinstance(before, Record) and isinstance(after, Record):
            yield from walk(before, after, renamed, (*trail, Step(type(new), name, False, before, after)))
        elif not same(before, after):
            change: Change = "new" if before is None else "gone" if after is None else "changed"
            yield FieldChange(change, trail, old, new, name, before, after)
        elif isinstance(after, str) and "{{" in after:
            yield FieldChange("same", trail, old, new, name, before, after)


def _with_new_ids(record: Record, renamed: Renamed) -> Record:
    """A record that names things by the ids that they have after the change."""
    found: dict[str, object] = {}
    for name, about in type(record).model_fields.items():
        mark, value = mark_of(about.metadata, about.annotation, Reference), getattr(record, name)
        if mark is not None and isinstance(value, tuple):
            found[name] = tuple(renamed.get((mark.kind, one), one) for one in value)
        elif mark is not None:
            found[name] = renamed.get((mark.kind, value), value)
    return record.model_copy(update=found) if found else record


@dataclass(frozen=True)
class _Lists:
    """A field of two records that holds a list on both sides."""

    old: Record
    new: Record
    field: str
    renamed: Renamed
    trail: tuple[Step, ...]

    def _change(self, change: Change, before: object = None, after: object = None) -> FieldChange:
        return FieldChange(change, self.trail, self.old, self.new, self.field, before, after)

    def items(self, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[FieldChange]:
        """A list of texts or names. Texts that take the place of others are taken for these, changed."""
        gone, added = _without(before, after), _without(after, before)
        if _is_prose(type(self.new), self.field):
            pairs = list(zip(gone, added, strict=False))
            yield from (self._change("changed", one, other) for one, other in pairs)
            gone, added = gone[len(pairs) :], added[len(pairs) :]
        yield from (self._change("gone", before=one) for one in gone)
        yield from (self._change("new", after=one) for one in added)
        if sorted(map(str, before)) == sorted(map(str, after)) and not same(before, after):
            yield self._change("reordered", before, after)
        yield from (self._change("same", one, one) for one in after if "{{" in str(one) and one in before)

    def records(self, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[FieldChange]:
        """A list of records. Those that are things of the plan are only looked at for their order."""
        pairs = matched(before, after, self.renamed)
        kept = [id(one) for one, other in pairs if one is not None and other is not None]
        # A page has the numbers of a measure in the order of their time, whatever the order in the file.
        in_order = any(isinstance(one, Observation) for one in after)
        if not in_order and [id(one) for one in before if id(one) in kept] != kept:
            yield self._change("reordered", before, after)
        for one, other in pairs:
            if type(other or one) not in KIND_OF:
                yield from self._record(one, other)

    def _record(self, one: Record | None, other: Record | None) -> Iterator[FieldChange]:
        if isinstance(other or one, Observation):
            if not same(one, other):
                yield self._change("changed", one, other)
        elif one is None or other is None:
            yield self._change("new" if one is None else "gone", one, other)
        else:
            step = Step(type(self.new), self.field, True, one, other)
            yield from walk(one, other, self.renamed, (*self.trail, step))


def _without(items: Iterable[_T], others: Iterable[_T]) -> list[_T]:
    """The items that are not among the others, as often as they are missing there."""
    left = Counter(map(str, others))
    found = []
    for item in items:
        if left[str(item)]:
            left[str(item)] -= 1
        else:
            found.append(item)
    return found


def _is_prose(record: type[Record], name: str) -> bool:
    """Whether a field holds texts, not names of other things or words of a fixed list."""
    field = record.model_fields[name]
    return mark_of(field.metadata, field.annotation, Reference) is None and not literals(field)


_KEYS: tuple[tuple[type[Record], Callable[[Any], Hashable]], ...] = (
    (GroupObservation, lambda one: (one.period, one.group.casefold())),
    (Observation, lambda one: one.period),
    (RiskReview, lambda one: one.quarter),
    (Responsibility, lambda one: (one.area, one.item)),
)
"""How readers tell the records of a list apart, where it is not by their first field."""


_NO_NAMES: Renamed = {}
_TOLD_BY_KEY = {*KIND_OF, Observation, GroupObservation, RiskReview}
"""Records that are another one wherever what they are told by is another."""


def key_of(record: Record) -> Hashable:
    """What a reader tells a record by among those of its list: its id, or its first field."""
    for kind, key in _KEYS:
        if isinstance(record, kind):
            return key(record)
    named: Hashable = getattr(record, "id", None) or getattr(record, next(iter(type(record).model_fields)))
    return named


def matched(
    before: Sequence[Record], after: Sequence[Record], renamed: Renamed = _NO_NAMES
) -> list[tuple[Record | None, Record | None]]:
    """The records of two lists that are the same thing, in the order of the second list; then those that are gone.

    Where what tells a record is changed itself, it is found by anything else that it still has in common, or because it
    is the only one that is left.
    """
    left = list(before)
    twins: dict[int, Record] = {}

    def look(is_twin: Callable[[Record, Record], bool], among: Iterable[Record]) -> None:
        for one in among:
            twin = next((other for other in left if is_twin(other, one)), None) if id(one) not in twins else None
            if twin is not None:
                twins[id(one)] = twin
                left[:] = [other for other in left if other is not twin]

    def key_now(record: Record) -> Hashable:
        key = key_of(record)
        return renamed.get((KIND_OF.get(type(record), ""), str(key)), key) if renamed else key

    look(lambda other, one: key_now(other) == key_of(one), after)
    look(_alike, (one for one in after if type(one) not in _TOLD_BY_KEY))
    new = [one for one in after if id(one) not in twins and type(one) not in _TOLD_BY_KEY]
    if len(new) == len(left) == 1:
        # One is gone and one has come: it was put in other words.
        look(lambda other, one: type(other) is type(one), new)
    return [*((twins.get(id(one)), one) for one in after), *((one, None) for one in left)]


def _alike(one: Record, other: Record) -> bool:
    """Whether two records that are called differently have a value in common that is not just the usual one."""
    return type(one) is type(other) and any(
        same(getattr(one, name), getattr(other, name)) and getattr(other, name) not in (None, (), field.default)
        for name, field in type(other).model_fields.items()
        if name not in ("id", "owner")
    )
