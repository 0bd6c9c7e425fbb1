"""What a field of the data format holds, taken apart: its type without marks, its marks, and whether it holds many."""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from safety_plan.reading.schema.base import Record

M = TypeVar("M")


@dataclass(frozen=True)
class Holds:
    """What stands under a key, or what each item of its list is.

    `form` is str, int, float, bool, a date, Period or a class of records; for one of a few words it is str, and `words`
    has them. `marks` are those of the schema: references, categories, limits. `many` says that it is a list, `least`
    and `most` how many items it has; None where there is no limit.
    """

    form: type[Any]
    marks: tuple[Any, ...] = ()
    words: tuple[str, ...] = ()
    many: bool = False
    least: int | None = None
    most: int | None = None

    def mark(self, kind: type[M]) -> M | None:
        """The mark of this class, or None."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)

    def limit(self, name: str) -> Any:
        """The value of a limit such as ge or max_length, or None."""
        found = (getattr(mark, name, None) for mark in self.marks)
        return next((value for value in found if value is not None), None)

    @property
    def record(self) -> type[Record] | None:
        """The class of records that it is, where it is one."""
        return self.form if issubclass(self.form, Record) else None


def held_by(field: FieldInfo) -> Holds:
    """What a field holds. Raises TypeError for a type that the data format does not know."""
    inner, marks = _bare(field.annotation, tuple(field.metadata))
    if get_origin(inner) is not tuple:
        return _one(inner, marks)
    outer = Holds(tuple, marks)
    first, *others = get_args(inner)
    each = _one(*_bare(first, ()))
    if others == [...]:
        least, most = outer.limit("min_length"), outer.limit("max_length")
    else:
        least = most = 1 + len(others)
    return Holds(each.form, each.marks, each.words, many=True, least=least, most=most)


def _bare(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """A type without `| None` and without `Annotated`, and all marks that were on it."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            marks = (*marks, *more)
        elif get_origin(annotation) in (Union, UnionType):
            (annotation,) = (part for part in get_args(annotation) if part is not type(None))
        else:
            return annotation, marks


def _one(annotation: Any, marks: tuple[Any, ...]) -> Holds:
    if get_origin(annotation) is Literal:
        return Holds(str, marks, words=get_args(annotation))
    if not isinstance(annotation, type):
        raise TypeError(f"the data format knows no {annotation}")
    return Holds(annotation, marks)
