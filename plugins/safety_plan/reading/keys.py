"""Keys that are not there and should be, and keys that are there and should not: in the words of a town employee."""

from __future__ import annotations

from pydantic_core import ErrorDetails

from safety_plan.problems import Problem, nearest, one_of, shown
from safety_plan.reading.document import Document
from safety_plan.reading.guesses import same_meaning
from safety_plan.reading.mistake import Mistake
from safety_plan.reading.schema.base import Path, Record
from safety_plan.reading.schema.lookup import field_at, literals

_INTERNAL = ("internal", "private", "confidential", "secret", "not_public", "nonpublic")
_FEW = 3
"""How many keys may be missing before something else must have gone wrong."""


def unknown_empty_keys(document: Document, model: type[Record]) -> list[Problem]:
    """Keys that the format does not know and that have no value: they count as absent, but they are misspelt."""
    problems: list[Problem] = []
    for path in document.empty:
        owner, field = field_at(model, path)
        if owner is not None and field is None:
            problems.append(unknown_key(Mistake(document, path, "extra_forbidden", None, {}, owner, None)))
    return problems


def left_empty(document: Document, model: type[Record]) -> set[Path]:
    """Parts that may be left out and whose keys all have no value: they count as left out.

    That is how a form editor leaves a part that was filled in and then cleared.
    """
    empty = set(document.empty)
    filled = {key[:-1] for key in document.keys if key not in empty}
    parts = {key[:-1] for key in empty} - filled
    return {path for path in parts if _may_be_left_out(path, model)}


def _may_be_left_out(path: Path, model: type[Record]) -> bool:
    """Whether a path leads to a single part of a record that does well without it."""
    _, field = field_at(model, path)
    return bool(path) and isinstance(path[-1], str) and field is not None and not field.is_required()


def required_keys(model: type[Record]) -> str:
    """The keys that every record of a class has, in words."""
    return (
        f"at least the keys {one_of((name for name, field in model.model_fields.items() if field.is_required()), 40)}"
    )


def misspelt(details: list[ErrorDetails], document: Document, model: type[Record]) -> set[Path]:
    """The keys that are missing only because they are misspelt, which is told at the misspelt key."""
    paths = [tuple(detail["loc"]) for detail in details if detail["type"] == "extra_forbidden"]
    paths += [path for path in document.empty if field_at(model, path)[1] is None]
    return {(*path[:-1], _right_key(document, path, field_at(model, path)[0])) for path in paths}


def _free_keys(document: Document, path: Path, owner: type[Record] | None) -> list[str]:
    taken = document.keys_beside(path)
    return [name for name in (owner.model_fields if owner else ()) if name not in taken]


def _right_key(document: Document, path: Path, owner: type[Record] | None) -> str:
    """The key that was probably meant: one that is spelt like it, or else one that means the same."""
    if owner is None or _is_internal(path):
        return ""
    free = _free_keys(document, path, owner)
    return nearest(str(path[-1]), free) or same_meaning(
        str(path[-1]), [name for name in free if owner.model_fields[name].is_required()], free
    )


def _is_internal(path: Path) -> bool:
    return str(path[-1]).casefold().lstrip("_").startswith(_INTERNAL)


def unknown_key(mistake: Mistake) -> Problem:
    path, document = mistake.path, mistake.document
    place, name = document.key_place(path), shown(str(path[-1]))
    if _is_internal(path):
        return Problem(
            place,
            f'found the internal key "{name}"',
            allowed="only what everyone may read, because this folder is public",
            fix="delete it here and keep the note in the town's internal folder.",
        )
    if name.isdigit():
        # In {value: 10,2} the comma ends the value, and what follows it reads as a key.
        return Problem(
            place,
            f'found a comma inside a number, before "{name}"',
            allowed="digits, with a point before the decimals and nothing between thousands",
            fix="write the number without the comma, as in 10.2 or 1500.",
        )
    free = _free_keys(document, path, mistake.owner)
    guess = _right_key(document, path, mistake.owner)
    return Problem(
        place,
        f'found the unknown key "{name}"',
        allowed=f"a key that is not there yet: {one_of(free)}" if free else "no other key than those that are there",
        nearest=guess,
        fix=f'write "{guess}" instead, or delete it.' if guess else "use a key that is allowed here, or delete it.",
    )


def all_missing(mistakes: list[Mistake], model: type[Record]) -> list[Problem]:
    """The keys that one record lacks. Where it lacks many, something else has gone wrong, and one message is enough."""
    absent = [mistake for mistake in mistakes if mistake.path not in mistake.document.keys]
    if len(absent) <= _FEW:
        return [_missing(mistake, model) for mistake in mistakes]
    first = absent[0]
    problem = Problem(
        first.document.value_place(first.path[:-1]),
        f"found only a few of the keys of {_holder(first.path, model)}",
        allowed=f"also the keys {one_of((mistake.name for mistake in absent), 40)}",
        fix="add these keys with their values; if these lines belong somewhere else, check the line above.",
    )
    return [problem, *(_missing(mistake, model) for mistake in mistakes if mistake not in absent)]


def _missing(mistake: Mistake, model: type[Record]) -> Problem:
    path, document, name = mistake.path, mistake.document, mistake.path[-1]
    if isinstance(name, int):
        return Problem(
            document.value_place(path[:-1]),
            f'found too few items in "{mistake.name}"',
            allowed="the full number of items",
            fix="add the missing items.",
        )
    allowed = wanted(mistake)
    if path in document.keys:
        place = document.keys[path]
        # In a table there is no key to write the value after.
        where = "in this cell" if place.file.endswith(".csv") else f'after "{name}:"'
        return Problem(place, f'found "{name}" without a value', allowed=allowed, fix=f"write the value {where}.")
    return Problem(
        document.value_place(path[:-1]),
        f'found no key "{name}" in {_holder(path, model)}',
        allowed=allowed,
        fix=f'add "{name}:" and its value.',
    )


def wanted(mistake: Mistake) -> str:
    """What has to stand under a key that has no value: one of its words, or what its description says."""
    words = literals(mistake.field)
    if words:
        return f'"{mistake.name}" with one of these words: {one_of(words, 40)}'
    meaning = (mistake.field.description or "") if mistake.field is not None else ""
    # The description is a sentence of its own. Within one it starts small, unless it starts with an abbreviation.
    small = meaning[:1].lower() if meaning[1:2].islower() else meaning[:1]
    return f'"{mistake.name}" with its value: {small}{meaning[1:].removesuffix(".")}'


def _holder(path: Path, model: type[Record]) -> str:
    if len(path) == 1:
        return f"this {model.__name__.lower()}" if model.__name__ in ("Metric", "Goal", "Review") else "this file"
    return f'this entry of "{path[-3]}"' if isinstance(path[-2], int) else f'"{path[-2]}"'
