"""The kinds of thing that can be added to a plan, and where in its files each of them stands: found in the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from safety_plan.editing.holds import held_by
from safety_plan.reading.folder import FILES, FOLDERS
from safety_plan.reading.schema.base import Path, Record
from safety_plan.reading.schema.observations import Observation


@dataclass(frozen=True)
class Slot:
    """A place for records of one class: a file each in a folder, or a list in a file.

    `holder` is the file or the folder, such as people or goals, `top` the class of its records. `way` leads from the
    top of a file to the list, by keys alone: ("objectives", "actions"); it is empty where each record is a file.
    """

    record: type[Record]
    holder: str
    top: type[Record]
    way: tuple[str, ...] = ()

    @property
    def in_folder(self) -> bool:
        """Whether the holder is a folder with many files."""
        return self.holder in FOLDERS

    def lists(self, value: object) -> Iterator[Path]:
        """The ways to each such list in a file with this value, also where the list itself is not there yet."""
        yield from _holders(value, (), self.way[:-1])


def _holders(value: object, at: Path, keys: tuple[str, ...]) -> Iterator[Path]:
    if not keys:
        yield at
        return
    inner = value.get(keys[0]) if isinstance(value, dict) else None
    if isinstance(inner, tuple):
        for number, item in enumerate(inner):
            yield from _holders(item, (*at, keys[0], number), keys[1:])
    elif inner is not None:
        yield from _holders(inner, (*at, keys[0]), keys[1:])


def kinds_of(names: Mapping[type[Record], str]) -> dict[str, tuple[Slot, ...]]:
    """Every kind with the places it can stand in, in the order of the files.

    `names` are those of the kinds that links can lead to; all others are called as their class is. Values of measures
    are not among them: they are recorded, not made.
    """
    found: dict[str, tuple[Slot, ...]] = {}
    slots = [
        *(Slot(top, name, top) for name, top in FOLDERS.items()),
        *(slot for name, top in {**FOLDERS, **FILES}.items() for slot in _within(name, top, top, ())),
    ]
    for slot in slots:
        name = names.get(slot.record) or _kebab(slot.record.__name__)
        found[name] = (*found.get(name, ()), slot)
    return found


def _within(holder: str, top: type[Record], record: type[Record], way: tuple[str, ...]) -> Iterator[Slot]:
    for key, field in record.model_fields.items():
        held = held_by(field)
        inner = held.record
        if inner is None or issubclass(inner, Observation):
            continue
        if held.many:
            yield Slot(inner, holder, top, (*way, key))
        yield from _within(holder, top, inner, (*way, key))


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
