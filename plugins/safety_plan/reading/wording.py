"""What pydantic finds wrong, in the words of a town employee."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from safety_plan.problems import Problem, nearest, one_of
from safety_plan.reading.document import Document
from safety_plan.reading.schema.base import Path, Record

INTERNAL_KEYS = frozenset({"internal", "internal_note", "internal_notes", "private", "private_note", "confidential"})

_WANTED = {
    "string_type": ("a text", 'put it in quotes: "{input}".'),
    "int_type": ("a whole number", "write digits only, without quotes, spaces or units."),
    "int_from_float": ("a whole number", "write digits only, without a decimal point."),
    "float_type": ("a number", "write digits only, without quotes, spaces or units; the decimal sign is a point."),
    "bool_type": ("true or false", "write true or false, without quotes."),
    "date_type": ("a date such as 2026-09-30", "write year-month-day."),
    "tuple_type": ('a list, each item on a line of its own after "- "', "make it a list, even of one item."),
    "model_type": ("keys with values", "write its keys below it, indented by two spaces."),
    "model_attributes_type": ("keys with values", "write its keys below it, indented by two spaces."),
    "is_instance_of": ("a period such as 2026, 2026-Q3 or 2026-09", "write the year, the quarter or the month."),
}
_CUSTOM = {
    "not_a_date": ("a date such as 2026-09-30", "write year-month-day."),
    "no_such_date": ("a date of the calendar", "check the month and the day."),
    "not_a_period": ("a period such as 2026, 2026-Q3 or 2026-09", "write the year, the quarter or the month."),
    "wrong_order": ("", "check both dates."),
}
_LIMITS = {
    "greater_than_equal": ("ge", "at least {}"),
    "greater_than": ("gt", "more than {}"),
    "less_than_equal": ("le", "at most {}"),
    "less_than": ("lt", "less than {}"),
}


def problems_of(error: ValidationError, document: Document, model: type[Record], noun: str) -> list[Problem]:
    """Each thing that pydantic found, as a problem with its place. `noun` names the record, as in "a metric"."""
    return [_problem(detail, document, model, noun) for detail in error.errors(include_url=False)]


def describe(value: object) -> str:
    """What was found, in a few words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the text "{value if len(value) <= 60 else value[:57] + "..."}"'
    if isinstance(value, tuple):
        return "a list"
    if isinstance(value, Mapping):
        return "keys with values"
    return "nothing"


def _problem(detail: ErrorDetails, document: Document, model: type[Record], noun: str) -> Problem:
    path: Path = tuple(detail["loc"])
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    owner, field = _field_at(model, path)
    name = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        return _unknown_key(document, path, name, owner)
    if kind == "missing":
        return _missing_key(document, path, name, field, noun if len(path) == 1 else _around(path))
    if kind == "literal_error":
        words = _literals(field)
        return Problem(
            document.value_place(path),
            f"found {describe(value)}" + (f" for {name}" if isinstance(name, str) and not name.isdigit() else ""),
            allowed=one_of(words),
            nearest=nearest(value, words) if isinstance(value, str) else "",
            fix="write one of the allowed words.",
        )
    if "at" in context:
        return Problem(
            document.value_place((*path, *context["at"])),
            detail["msg"],
            allowed=str(context.get("allowed", "")),
            fix=str(context.get("fix", "check both dates.")),
        )
    if kind in _CUSTOM:
        allowed, fix = _CUSTOM[kind]
        return Problem(document.value_place(path), detail["msg"], allowed=allowed, fix=fix)
    return _wrong_value(document, path, kind, value, context, field)


def _wrong_value(
    document: Document, path: Path, kind: str, value: object, context: Mapping[str, Any], field: FieldInfo | None
) -> Problem:
    place = document.value_place(path)
    what = f"found {describe(value)}{_for(path)}"
    if kind in _WANTED:
        allowed, fix = _WANTED[kind]
        if kind == "string_type" and isinstance(value, tuple | dict):
            fix = "keep one text and delete the rest."
        return Problem(place, what, allowed=allowed, fix=fix.format(input=value))
    if kind in _LIMITS:
        key, words = _LIMITS[kind]
        return Problem(place, what, allowed=words.format(context[key]), fix="check the number.")
    if kind == "too_short":
        return Problem(place, f"found an empty list{_for(path)}", allowed="at least one item", fix="add an item.")
    if kind == "string_too_short":
        return Problem(place, f"found an empty text{_for(path)}", allowed="a text", fix="write the text, or delete the key.")
    if kind == "string_pattern_mismatch" and "https" in context["pattern"]:
        return Problem(
            place, what, allowed="an address that starts with https://", fix="copy the whole address from the browser."
        )
    if kind in ("string_pattern_mismatch", "string_too_long"):
        return Problem(
            place,
            what,
            allowed="up to 80 small letters, digits and single hyphens, such as third-ambulance",
            nearest=_as_id(str(value)),
            fix="write it in that form.",
        )
    return Problem(place, what, allowed=detail_hint(field), fix="correct the value.")


def detail_hint(field: FieldInfo | None) -> str:
    """What the format's own description says of a field."""
    return (field.description or "") if field is not None else ""


def _as_id(text: str) -> str:
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text.lower()).split()
    return "-".join(words)[:80].strip("-")


def _for(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return f' for "{names[-1]}"' if names else ""


def _around(path: Path) -> str:
    names = [str(part).removesuffix("s") for part in path[:-1] if isinstance(part, str)]
    return f'an entry of "{path[-3]}"' if len(path) > 2 and isinstance(path[-2], int) else f'"{names[-1]}"'


def _unknown_key(document: Document, path: Path, name: str, owner: type[Record] | None) -> Problem:
    place = document.key_place(path)
    if name in INTERNAL_KEYS:
        return Problem(
            place,
            f'found the internal key "{name}"',
            allowed="only what everyone may read, because this folder is public",
            fix="delete the line here and keep the note in the town's internal folder.",
        )
    keys = list(owner.model_fields) if owner else []
    guess = nearest(name, keys)
    return Problem(
        place,
        f'found the unknown key "{name}"',
        allowed=one_of(keys, most=40),
        nearest=guess,
        fix=f'write "{guess}", or delete the line.' if guess else "use an allowed key, or delete the line.",
    )


def _missing_key(document: Document, path: Path, name: str, field: FieldInfo | None, noun: str) -> Problem:
    meaning = detail_hint(field)
    if path in document.keys:
        return Problem(
            document.keys[path], f'found "{name}" without a value', allowed=meaning, fix=f'write the value after "{name}:".'
        )
    return Problem(
        document.value_place(path[:-1]),
        f'found {noun} without the key "{name}"',
        allowed=meaning,
        fix=f'add a line "{name}:" with its value.',
    )


def _literals(field: FieldInfo | None) -> list[str]:
    def words(annotation: Any) -> list[str]:
        if get_origin(annotation) is Literal:
            return [str(word) for word in get_args(annotation)]
        return [word for part in get_args(annotation) for word in words(part)]

    return words(field.annotation) if field is not None else []


def _field_at(model: type[Record], path: Path) -> tuple[type[Record] | None, FieldInfo | None]:
    """The record class in which the last key of the path stands, and the field of that key."""
    owner: type[Record] | None = model
    field: FieldInfo | None = None
    for position, part in enumerate(path):
        if not isinstance(part, str) or owner is None:
            continue
        field = owner.model_fields.get(part)
        if position < len(path) - 1 and any(isinstance(later, str) for later in path[position + 1 :]):
            owner = _record_in(field.annotation) if field is not None else None
    return owner, field


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    if get_origin(annotation) in (tuple, Union, UnionType) or get_args(annotation):
        for part in get_args(annotation):
            found = _record_in(part)
            if found is not None:
                return found
    return None
