"""The texts of a plan that a translation puts into another language, each with the place it has in every language.

A place is told by file, key and id, as in `goals/fire-safety objectives safer-homes: title`, never by a position in a
list: what moves keeps its translation. Names that stand in many places, such as the group of a risk, have one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from safety_plan.problems import Place
from safety_plan.reading.folder import Records
from safety_plan.reading.schema.base import (
    Category,
    Named,
    Record,
    Shared,
    Translatable,
    Untranslated,
    mark_of,
    record_classes,
)  # fmt: skip
from safety_plan.reading.schema.categories import Categories

R = TypeVar("R", bound=Record)

CATEGORIES = "categories"
"""The file whose lists have common defaults: their texts are there even where the file is not."""


@dataclass(frozen=True, order=True)
class PlanText:
    """A text of the plan: what it is, in words that stay the same, the text itself, and where it stands now."""

    context: str
    text: str
    place: Place

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue knows it by."""
        return self.context, self.text


Say = Callable[[PlanText], str]
"""Gives the text that stands in the place of another."""


def texts_of(records: Records) -> tuple[PlanText, ...]:
    """Every text of the plan that can be translated, in the order of the files, each once."""
    found: dict[tuple[str, str], PlanText] = {}

    def remember(text: PlanText) -> str:
        found.setdefault(text.key, text)
        return text.text

    in_other_words(records, remember)
    return tuple(found.values())


def common_texts() -> tuple[PlanText, ...]:
    """The texts of the lists that stand where a plan has no lists of its own. They belong to the product."""
    return texts_of(Records("", {CATEGORIES: Categories()}))


def in_other_words(records: Records, say: Say) -> Records:
    """The same plan with each of its texts as `say` has it."""
    # Where the file is not there, its lists are named in the other files all the same.
    files = {CATEGORIES: Categories(), **records.files}
    return replace(
        records,
        files={name: _said(record, name, say) for name, record in files.items()},
        folders={
            folder: {name: _said(record, f"{folder}/{name}", say) for name, record in held.items()}
            for folder, held in records.folders.items()
        },
    )


def _said(record: R, where: str, say: Say) -> R:
    """A record with its texts as `say` has them. `where` tells the record itself."""
    words: dict[str, object] = {}
    for field in _fields(type(record)):
        value = getattr(record, field.name)
        if isinstance(value, tuple):
            words[field.name] = tuple(
                _item(record, item, field, where, (field.name, number), say) for number, item in enumerate(value)
            )
        elif value is not None:
            words[field.name] = _item(record, value, field, where, (field.name,), say)
    return record.in_other_words(words) if words else record


def _item(holder: Record, item: object, field: _Field, where: str, path: tuple[str | int, ...], say: Say) -> object:
    if isinstance(item, Named):
        # Ids are unique in the whole plan: what such a thing stands within may change.
        return _said(item, f"{where.partition(' ')[0]} {field.name} {item.id}", say)
    if isinstance(item, Record):
        return _said(item, f"{where} {field.name}", say)
    if isinstance(item, str):
        return say(PlanText(field.context or f"{where}: {field.name}", item, holder.at(*path)))
    return item


@dataclass(frozen=True)
class _Field:
    """A field that holds texts or records; `context` is that of a name which has the same one everywhere."""

    name: str
    context: str = ""


@cache
def _fields(record: type[Record]) -> tuple[_Field, ...]:
    """The fields of a class that hold texts to be translated, or records that may hold some."""
    found = []
    for name, field in record.model_fields.items():
        if any(record_classes(field.annotation)):
            found.append(_Field(name))
        elif is_translated(record, name):
            found.append(_Field(name, _shared_context(field.metadata, field.annotation)))
    return tuple(found)


def is_translated(record: type[Record], name: str) -> bool:
    """Whether a field of a class holds texts for readers, which are another one in another language."""
    field = record.model_fields[name]
    fixed, *for_readers = (mark_of(field.metadata, field.annotation, kind) for kind in _MARKS)
    return fixed is None and any(for_readers)


_MARKS = (Untranslated, Translatable, Category)


def _shared_context(metadata: list[Any], annotation: Any) -> str:
    category, shared = (mark_of(metadata, annotation, kind) for kind in (Category, Shared))
    if shared is not None:
        return f"everywhere: {shared.name}"
    if category is None:
        return ""
    if category.within:
        return f"{CATEGORIES} {category.name}: items"
    groups = any(record_classes(Categories.model_fields[category.name].annotation))
    return f"{CATEGORIES} {category.name}: name" if groups else f"{CATEGORIES}: {category.name}"


def lists_of_names(texts: tuple[PlanText, ...]) -> Iterator[tuple[PlanText, ...]]:
    """The names that are told apart by their words alone: two of one list may not become one in another language."""
    by_list: dict[str, list[PlanText]] = {}
    for text in texts:
        if text.context.startswith(("everywhere: group", CATEGORIES)):
            by_list.setdefault(text.context, []).append(text)
    yield from (tuple(names) for names in by_list.values())
