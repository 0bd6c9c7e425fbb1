"""What pydantic finds wrong, in the words of a town employee."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from safety_plan.problems import Place, Problem, nearest, one_of, shown
from safety_plan.reading.document import Document, plain_value
from safety_plan.reading.guesses import as_id, date_like, period_like
from safety_plan.reading.schema.base import FAULTS, Fault, Path, Record
from safety_plan.reading.schema.lookup import field_at, literals, record_in

_INTERNAL = ("internal", "private", "confidential", "secret", "not_public", "nonpublic")
_FEW = 3
_DIGITS = "write digits only, without quotes, commas, spaces or units"
_DATE = "written year-month-day, such as 2026-09-30"
_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


@dataclass(frozen=True)
class _Mistake:
    """One thing that pydantic found, with all that its wording needs."""

    document: Document
    path: Path
    kind: str
    value: object
    context: Mapping[str, Any]
    owner: type[Record] | None
    field: FieldInfo | None

    @property
    def name(self) -> str:
        """The key that the value stands under, or within whose list it stands."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def what(self) -> str:
        """What was found, and under which key."""
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            found = f"the number {self.document.written.get(self.path, self.value)}"
        else:
            found = describe(self.value)
        if not self.name:
            return found
        return f'{found} {"for" if isinstance(self.path[-1], str) else "in"} "{self.name}"'

    def problem(self, allowed: str, fix: str, guess: str = "", found: str = "") -> Problem:
        place = self.document.value_place(self.path)
        return Problem(place, found or f"found {self.what}", allowed=allowed, nearest=guess, fix=fix)


def problems_of(
    error: ValidationError, document: Document, model: type[Record], gone: Collection[Path], lost: Collection[Place]
) -> list[Problem]:
    """Each thing that pydantic found, as a problem with its place.

    `gone` are the paths that were left out because a problem has been reported for them: that they are missing is not
    worth saying. `lost` are the places of the records that something was left out of.
    """
    problems: list[Problem] = []
    details = error.errors(include_url=False)
    misspelt = _misspelt(details, document, model)
    wrong = [tuple(detail["loc"]) for detail in details]
    missing: dict[Path, list[_Mistake]] = {}
    for detail in details:
        kind, path = detail["type"], tuple(detail["loc"])
        owner, field = field_at(model, path)
        mistake = _Mistake(document, path, kind, detail["input"], detail.get("ctx", {}), owner, field)
        # A list counts as too short, too, when only what stands in it is wrong.
        within = any(len(other) > len(path) and other[: len(path)] == path for other in wrong)
        if kind == "too_short" and (within or _emptied(path, gone)):
            continue
        if kind == FAULTS:
            unsure = document.value_place(path) in lost
            problems += [_fault(mistake, fault) for fault in mistake.context["faults"] if not (unsure and fault.lacks)]
        elif kind != "missing":
            problems.append(_WORDS.get(kind, _other)(mistake))
        elif path not in misspelt and not _emptied(path, gone):
            missing.setdefault(path[:-1], []).append(mistake)
    for mistakes in missing.values():
        problems += _all_missing(mistakes, model)
    return problems


def unknown_empty_keys(document: Document, model: type[Record]) -> list[Problem]:
    """Keys that the format does not know and that have no value: they count as absent, but they are misspelt."""
    problems: list[Problem] = []
    for path in document.empty:
        owner, field = field_at(model, path)
        if owner is not None and field is None:
            problems.append(_unknown_key(_Mistake(document, path, "extra_forbidden", None, {}, owner, None)))
    return problems


def paths_of(error: ValidationError) -> list[tuple[str, Path]]:
    """The kind and the path of each thing that pydantic found."""
    found: list[tuple[str, Path]] = []
    for detail in error.errors(include_url=False):
        path: Path = tuple(detail["loc"])
        faults = detail.get("ctx", {}).get("faults", ())
        found += [(detail["type"], (*path, *fault.at)) for fault in faults] or [(detail["type"], path)]
    return found


def describe(value: object) -> str:
    """What was found, in a few words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the text "{shown(value)}"'
    if isinstance(value, tuple):
        return "a list"
    return "keys with values" if isinstance(value, Mapping) else "nothing"


def required_keys(model: type[Record]) -> str:
    """The keys that every record of a class has, in words."""
    return (
        f"at least the keys {one_of((name for name, field in model.model_fields.items() if field.is_required()), 40)}"
    )


def _emptied(path: Path, gone: Collection[Path]) -> bool:
    return any(left_out[: len(path)] == path for left_out in gone)


def _misspelt(details: list[ErrorDetails], document: Document, model: type[Record]) -> set[Path]:
    """The keys that are missing only because they are misspelt, which is told at the misspelt key."""
    paths = [tuple(detail["loc"]) for detail in details if detail["type"] == "extra_forbidden"]
    paths += [path for path in document.empty if field_at(model, path)[1] is None]
    return {(*path[:-1], _right_key(document, path, field_at(model, path)[0])) for path in paths}


def _free_keys(document: Document, path: Path, owner: type[Record] | None) -> list[str]:
    taken = document.keys_beside(path)
    return [name for name in (owner.model_fields if owner else ()) if name not in taken]


def _right_key(document: Document, path: Path, owner: type[Record] | None) -> str:
    return "" if _is_internal(path) else nearest(str(path[-1]), _free_keys(document, path, owner))


def _is_internal(path: Path) -> bool:
    return str(path[-1]).casefold().lstrip("_").startswith(_INTERNAL)


def _fault(mistake: _Mistake, fault: Fault) -> Problem:
    place = mistake.document.value_place((*mistake.path, *fault.at))
    return Problem(place, fault.found, allowed=fault.allowed, fix=fault.fix)


def _unknown_key(mistake: _Mistake) -> Problem:
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


def _all_missing(mistakes: list[_Mistake], model: type[Record]) -> list[Problem]:
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


def _missing(mistake: _Mistake, model: type[Record]) -> Problem:
    path, document, name = mistake.path, mistake.document, mistake.path[-1]
    if isinstance(name, int):
        return Problem(
            document.value_place(path[:-1]),
            f'found too few items in "{mistake.name}"',
            allowed="the full number of items",
            fix="add the missing items.",
        )
    meaning = (mistake.field.description or "") if mistake.field is not None else ""
    if path in document.keys:
        place = document.keys[path]
        # In a table there is no key to write the value after.
        where = "in this cell" if place.file.endswith(".csv") else f'after "{name}:"'
        return Problem(place, f'found "{name}" without a value', allowed=meaning, fix=f"write the value {where}.")
    return Problem(
        document.value_place(path[:-1]),
        f'found no key "{name}" in {_holder(path, model)}',
        allowed=meaning,
        fix=f'add "{name}:" and its value.',
    )


def _holder(path: Path, model: type[Record]) -> str:
    if len(path) == 1:
        return f"this {model.__name__.lower()}" if model.__name__ in ("Metric", "Goal", "Review") else "this file"
    return f'this entry of "{path[-3]}"' if isinstance(path[-2], int) else f'"{path[-2]}"'


def _literal(mistake: _Mistake) -> Problem:
    words = literals(mistake.field)
    guess = nearest(mistake.value, words) if isinstance(mistake.value, str) else ""
    return mistake.problem(
        one_of(words, 40), f'write "{guess}" instead.' if guess else "write one of the allowed words.", guess
    )


def _text(mistake: _Mistake) -> Problem:
    if mistake.value is None:
        return mistake.problem("a text", "write the text, or delete the line.")
    if isinstance(mistake.value, tuple | dict):
        return mistake.problem("a text", "keep one of them, and write it without brackets or hyphens.")
    written = mistake.document.written.get(mistake.path, str(mistake.value))
    return mistake.problem("a text", f'put it in quotes: "{written}".')


def _whole_number(mistake: _Mistake) -> Problem:
    if isinstance(mistake.value, float):
        return mistake.problem("a whole number", "write the number without decimals.")
    return _digits(mistake, "a whole number", f"{_DIGITS}.")


def _number(mistake: _Mistake) -> Problem:
    return _digits(mistake, "a number", f"{_DIGITS}; the decimal sign is a point.")


def _digits(mistake: _Mistake, allowed: str, fix: str) -> Problem:
    value = mistake.value
    quoted = isinstance(value, str) and not isinstance(plain_value(value), str)
    return mistake.problem(allowed, f"write {value} without quotes." if quoted else fix)


def _bool(mistake: _Mistake) -> Problem:
    meant = {"yes": "true", "y": "true", "on": "true", "true": "true", "1": "true"}
    meant |= {"no": "false", "n": "false", "off": "false", "false": "false", "0": "false"}
    guess = meant.get(str(mistake.value).casefold(), "")
    return mistake.problem("true or false", "write true or false, without quotes.", guess)


def _date(mistake: _Mistake) -> Problem:
    guess = date_like(mistake.value)
    found = f"found {mistake.what}, which is not a date"
    return mistake.problem(f"a date, {_DATE}", "write the date in this form.", guess, found)


def _no_such_date(mistake: _Mistake) -> Problem:
    found = f'found the date {mistake.value} for "{mistake.name}", which does not exist'
    return mistake.problem(f"a day of the calendar, {_DATE}", "correct the month or the day.", found=found)


def _period(mistake: _Mistake) -> Problem:
    return mistake.problem(
        "a year, a quarter or a month, such as 2026, 2026-Q3 or 2026-09",
        "write it in one of these forms.",
        period_like(mistake.value),
        f"found {mistake.what}, which is not a period",
    )


def _fiscal_year(mistake: _Mistake) -> Problem:
    return mistake.problem(
        "a year, a quarter or a month of the calendar, such as 2026, 2026-Q3 or 2026-09",
        'write "fiscal_year_starts:" with the number of its first month into town.yml, such as 7 for July.',
        found=f"found {mistake.what}, a fiscal year, but town.yml does not say when it starts",
    )


def _list(mistake: _Mistake) -> Problem:
    value = mistake.value
    if isinstance(value, Mapping):
        return mistake.problem("a list", 'put "- " before the first of these keys, and indent the others to match it.')
    return mistake.problem("a list, even of one item", f"put it in brackets: [{shown(str(value))}].")


def _keys(mistake: _Mistake) -> Problem:
    record = record_in(mistake.field.annotation) if mistake.field is not None else None
    names = (name for name, field in record.model_fields.items() if field.is_required()) if record else ()
    keys = one_of(names)
    return mistake.problem(
        f"the keys {keys}, each with a value" if keys else "keys with values",
        "write its keys below it, each on a line of its own, indented by two spaces.",
    )


def _limit(mistake: _Mistake) -> Problem:
    key, words = _LIMITS[mistake.kind]
    return mistake.problem(f"a number of {words} {mistake.context[key]:g}", "check the number.")


def _too_short(mistake: _Mistake) -> Problem:
    return mistake.problem("at least one item", "add an item.", found=f'found an empty list for "{mistake.name}"')


def _too_long(mistake: _Mistake) -> Problem:
    most = mistake.context.get("max_length")
    found = f'found too many items in "{mistake.name}"'
    return mistake.problem(f"{most} items", "delete the items too many.", found=found)


def _empty_text(mistake: _Mistake) -> Problem:
    fix = "write the text, or delete what stands there now."
    return mistake.problem("a text", fix, found=f'found an empty text for "{mistake.name}"')


def _form(mistake: _Mistake) -> Problem:
    if "https" in str(mistake.context.get("pattern", "")):
        return mistake.problem(
            "an address that starts with https:// or http://", "copy the whole address from the browser."
        )
    guess = as_id(str(mistake.value))
    return mistake.problem(
        "up to 80 small letters, digits and single hyphens, such as third-ambulance",
        f'write "{guess}" instead.' if guess else "write it in that form.",
        guess,
    )


def _other(mistake: _Mistake) -> Problem:
    meaning = (mistake.field.description or "") if mistake.field is not None else ""
    return mistake.problem(meaning, "correct it.")


_WORDS: dict[str, Callable[[_Mistake], Problem]] = {
    "extra_forbidden": _unknown_key,
    "literal_error": _literal,
    "string_type": _text,
    "int_type": _whole_number,
    "int_from_float": _whole_number,
    "float_type": _number,
    "bool_type": _bool,
    "date_type": _date,
    "not_a_date": _date,
    "no_such_date": _no_such_date,
    "is_instance_of": _period,
    "not_a_period": _period,
    "no_fiscal_year": _fiscal_year,
    "tuple_type": _list,
    "model_type": _keys,
    "model_attributes_type": _keys,
    **dict.fromkeys(_LIMITS, _limit),
    "too_short": _too_short,
    "too_long": _too_long,
    "string_too_short": _empty_text,
    "string_pattern_mismatch": _form,
    "string_too_long": _form,
}
"""The wording of each kind of error that pydantic knows and the schema can meet."""
