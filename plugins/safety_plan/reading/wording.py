"""What pydantic finds wrong, in the words of a town employee."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from pydantic import ValidationError

from safety_plan.problems import Place, Problem, nearest, one_of, shown
from safety_plan.reading.document import Document, plain_value
from safety_plan.reading.guesses import as_id, date_like, language_code, month_number, period_like
from safety_plan.reading.keys import all_missing, misspelt, unknown_key, wanted
from safety_plan.reading.mistake import Mistake
from safety_plan.reading.schema.base import FAULTS, FISCAL_YEAR_STARTS, Fault, Path, Record
from safety_plan.reading.schema.lookup import field_at, literals, record_in

_DIGITS = "write digits only, without quotes, commas, spaces or units"
_DATE = "written year-month-day, such as 2026-09-30"
_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "above"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


def problems_of(
    error: ValidationError, document: Document, model: type[Record], gone: Collection[Path], lost: Collection[Place]
) -> list[Problem]:
    """Each thing that pydantic found, as a problem with its place.

    `gone` are the paths that were left out because a problem has been reported for them: that they are missing is not
    worth saying. `lost` are the places of the records that something was left out of.
    """
    problems: list[Problem] = []
    details = error.errors(include_url=False)
    meant = misspelt(details, document, model)
    wrong = [tuple(detail["loc"]) for detail in details]
    missing: dict[Path, list[Mistake]] = {}
    for detail in details:
        kind, path = detail["type"], tuple(detail["loc"])
        owner, field = field_at(model, path)
        mistake = Mistake(document, path, kind, detail["input"], detail.get("ctx", {}), owner, field)
        # A list counts as too short, too, when only what stands in it is wrong.
        within = any(len(other) > len(path) and other[: len(path)] == path for other in wrong)
        if kind == "too_short" and (within or _emptied(path, gone)):
            continue
        if kind == FAULTS:
            unsure = document.value_place(path) in lost
            problems += [_fault(mistake, fault) for fault in mistake.context["faults"] if not (unsure and fault.lacks)]
        elif kind != "missing":
            problems.append(_WORDS.get(kind, _other)(mistake))
        elif path not in meant and not _emptied(path, gone):
            missing.setdefault(path[:-1], []).append(mistake)
    for mistakes in missing.values():
        problems += all_missing(mistakes, model)
    return problems


def paths_of(error: ValidationError) -> list[tuple[str, Path]]:
    """The kind and the path of each thing that pydantic found."""
    found: list[tuple[str, Path]] = []
    for detail in error.errors(include_url=False):
        path: Path = tuple(detail["loc"])
        faults = detail.get("ctx", {}).get("faults", ())
        found += [(detail["type"], (*path, *fault.at)) for fault in faults] or [(detail["type"], path)]
    return found


def _emptied(path: Path, gone: Collection[Path]) -> bool:
    return any(left_out[: len(path)] == path for left_out in gone)


def _fault(mistake: Mistake, fault: Fault) -> Problem:
    place = mistake.document.value_place((*mistake.path, *fault.at))
    return Problem(place, fault.found, allowed=fault.allowed, fix=fault.fix)


def _literal(mistake: Mistake) -> Problem:
    words = literals(mistake.field)
    guess = nearest(mistake.value, words) if isinstance(mistake.value, str) else ""
    return mistake.problem(
        one_of(words, 40), f'write "{guess}" instead.' if guess else "write one of the allowed words.", guess
    )


def _text(mistake: Mistake) -> Problem:
    if mistake.value is None:
        return mistake.problem("a text", "write the text, or delete the line.")
    if isinstance(mistake.value, tuple | dict):
        return mistake.problem("a text", "keep one of them, and write it without brackets or hyphens.")
    written = mistake.document.written.get(mistake.path, str(mistake.value))
    return mistake.problem("a text", f'put it in quotes: "{written}".')


def _whole_number(mistake: Mistake) -> Problem:
    month = month_number(str(mistake.value)) if mistake.name == FISCAL_YEAR_STARTS else 0
    if month:
        allowed = "the number of a month, from 1 for January to 12 for December"
        return mistake.problem(allowed, f"write {month} instead.", str(month))
    if isinstance(mistake.value, float):
        return mistake.problem("a whole number", "write the number without decimals.")
    return _digits(mistake, "a whole number", f"{_DIGITS}.")


def _number(mistake: Mistake) -> Problem:
    return _digits(mistake, "a number", f"{_DIGITS}; the decimal sign is a point.")


def _digits(mistake: Mistake, allowed: str, fix: str) -> Problem:
    value = mistake.value
    quoted = isinstance(value, str) and not isinstance(plain_value(value), str)
    return mistake.problem(allowed, f"write {value} without quotes." if quoted else fix)


def _bool(mistake: Mistake) -> Problem:
    meant = {"yes": "true", "y": "true", "on": "true", "true": "true", "1": "true"}
    meant |= {"no": "false", "n": "false", "off": "false", "false": "false", "0": "false"}
    guess = meant.get(str(mistake.value).casefold(), "")
    return mistake.problem("true or false", "write true or false, without quotes.", guess)


def _date(mistake: Mistake) -> Problem:
    guess = date_like(mistake.value)
    found = f"found {mistake.what}, which is not a date"
    return mistake.problem(f"a date, {_DATE}", "write the date in this form.", guess, found)


def _no_such_date(mistake: Mistake) -> Problem:
    found = f'found the date {mistake.value} for "{mistake.name}", which does not exist'
    return mistake.problem(f"a day of the calendar, {_DATE}", "correct the month or the day.", found=found)


def _period(mistake: Mistake) -> Problem:
    return mistake.problem(
        "a year, a quarter or a month, such as 2026, 2026-Q3 or 2026-09",
        "write it in one of these forms.",
        period_like(mistake.value),
        f"found {mistake.what}, which is not a period",
    )


def _fiscal_year(mistake: Mistake) -> Problem:
    problem = mistake.problem(
        "a year, a quarter or a month of the calendar, such as 2026, 2026-Q3 or 2026-09",
        'write "fiscal_year_starts:" with the number of its first month into town.yml, such as 7 for July.',
        found=f"found {mistake.what}, a fiscal year, but town.yml does not say when it starts",
    )
    return replace(problem, cause=FISCAL_YEAR_STARTS)


def _language(mistake: Mistake) -> Problem:
    return mistake.problem(
        "the code of a language, such as en for English or es for Spanish",
        "write the code of the language.",
        language_code(str(mistake.value)),
        f"found {mistake.what}, which is not the code of a language",
    )


def _list(mistake: Mistake) -> Problem:
    value = mistake.value
    if isinstance(value, Mapping):
        return mistake.problem("a list", 'put "- " before the first of these keys, and indent the others to match it.')
    return mistake.problem("a list, even of one item", f"put it in brackets: [{shown(str(value))}].")


def _keys(mistake: Mistake) -> Problem:
    record = record_in(mistake.field.annotation) if mistake.field is not None else None
    names = (name for name, field in record.model_fields.items() if field.is_required()) if record else ()
    keys = one_of(names)
    return mistake.problem(
        f"the keys {keys}, each with a value" if keys else "keys with values",
        "write its keys below it, each on a line of its own, indented by two spaces.",
    )


def _limit(mistake: Mistake) -> Problem:
    key, words = _LIMITS[mistake.kind]
    if mistake.kind == "greater_than":
        above = f"{words} {mistake.context[key]:g}"
        return mistake.problem(f"a number {above}", f"write a number {above}, such as 100.")
    return mistake.problem(f"a number of {words} {mistake.context[key]:g}", "check the number.")


def _too_short(mistake: Mistake) -> Problem:
    return mistake.problem("at least one item", "add an item.", found=f'found an empty list for "{mistake.name}"')


def _too_long(mistake: Mistake) -> Problem:
    most = mistake.context.get("max_length")
    found = f'found too many items in "{mistake.name}"'
    return mistake.problem(f"{most} items", "delete the items too many.", found=found)


def _empty_text(mistake: Mistake) -> Problem:
    fix = "write the text, or delete what stands there now."
    return mistake.problem("a text", fix, found=f'found an empty text for "{mistake.name}"')


_FORMS = {
    "page": (
        "an e-mail address, or the address of a form that starts with https://, in which {page} and {address} stand "
        "for the page",
        "copy the whole address, with no other words in braces.",
    ),
    "@<>": ("an e-mail address, such as chief@town.example", "write the address alone, without a name."),
    r"\.md": (
        "a hand-written page by its file in the folder of such pages, such as about/records.md",
        "write its name in that form.",
    ),
    "https": ("an address that starts with https:// or http://", "copy the whole address from the browser."),
    "fA-F": ("a # and six digits or letters from a to f, such as #17406d", "write the colour in that form, in quotes."),
    "svg": (
        "a picture that ends in .svg or .png, as seen from the folder of hand-written pages, such as images/seal.svg",
        "put the picture there, and write its name in that form.",
    ),
}
"""What is allowed and what to do, by a part of the pattern that a text has to fit."""


def _form(mistake: Mistake) -> Problem:
    pattern = str(mistake.context.get("pattern", ""))
    for part, (allowed, fix) in _FORMS.items():
        if part in pattern:
            return mistake.problem(allowed, fix)
    guess = as_id(str(mistake.value))
    return mistake.problem(
        "up to 80 small letters, digits and single hyphens, such as third-ambulance",
        f'write "{guess}" instead.' if guess else "write it in that form.",
        guess,
    )


def _other(mistake: Mistake) -> Problem:
    return mistake.problem(wanted(mistake), "correct it.")


_WORDS: dict[str, Callable[[Mistake], Problem]] = {
    "extra_forbidden": unknown_key,
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
    "no_such_language": _language,
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
