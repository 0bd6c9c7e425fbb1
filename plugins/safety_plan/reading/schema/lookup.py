"""From the path of a value to the field of the schema that describes it."""

from __future__ import annotations

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from safety_plan.reading.schema.base import Path, Record


def literals(field: FieldInfo | None) -> list[str]:
    """The words a field may hold, where it holds one of a few."""

    def words(annotation: Any) -> list[str]:
        if get_origin(annotation) is Literal:
            return [str(word) for word in get_args(annotation)]
        return [word for part in get_args(annotation) for word in words(part)]

    return words(field.annotation) if field is not None else []


def field_at(model: type[Record], path: Path) -> tuple[type[Record] | None, FieldInfo | None]:
    """The record class in which the last key of the path stands, and the field of that key."""
    owner: type[Record] | None = model
    field: FieldInfo | None = None
    names = [part for part in path if isinstance(part, str)]
    for number, name in enumerate(names, start=1):
        field = owner.model_fields.get(name) if owner is not None else None
        if number < len(names):
            owner = record_in(field.annotation) if field is not None else None
    return owner, field


def record_in(annotation: Any) -> type[Record] | None:
    """The class of records that a field holds, one or many of them."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    if get_origin(annotation) in (tuple, Union, UnionType) or get_args(annotation):
        for part in get_args(annotation):
            found = record_in(part)
            if found is not None:
                return found
    return None
