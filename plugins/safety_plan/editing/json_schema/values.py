"""Single values as a JSON Schema has them: texts, numbers, dates, periods, ids, and what may be chosen."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

from pydantic import BeforeValidator, StringConstraints

from safety_plan.editing.holds import Holds
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.base import Category, LanguageCode, Reference

Json = dict[str, Any]

NOTHING = (None, "")
"""What counts as absent: a form editor leaves a cleared field as nothing or as an empty text."""

_LEAP = "(([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
_DAY = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
)  # fmt: skip
DATE = f"^(?!0000)([0-9]{{4}}-{_DAY}|{_LEAP})$"
"""Each day of the calendar, and no other. The format "date" would do less: validators may pass over it."""

_YEAR = r"(19|20|21)\d{2}"
_ENDS = r"^\s*({})\s*$"
_FORMS = {"year": "", "quarter": "-Q[1-4]", "month": "-(0[1-9]|1[0-2])"}
_FISCAL_FORMS = {"year": "", "quarter": "-Q[1-4]"}
_SAMPLES = {"year": "2026", "quarter": "2026-Q3", "month": "2026-09"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

_LETTERS = "0-9A-Za-z_\u00aa-\U0010ffff"
r"""What stands for `\w` in editors, whose patterns know no letters but the English ones."""

_FORM_WORDS = {
    "page": "Write an e-mail address, or the address of a form that starts with https://.",
    "@<>": "Write an e-mail address.",
    r"\.md": "Write the file of a hand-written page, such as about/records.md.",
    "https": "Write an address that starts with https:// or http://.",
    "fA-F": "Write a # and six digits or letters from a to f in quotes, such as '#17406d'.",
    "svg": "Write the file of a picture that ends in .svg or .png, such as images/seal.svg.",
    "a-z0-9": "Write up to 80 small letters, digits and single hyphens, such as third-ambulance.",
}
"""What an editor says where a text does not fit its pattern, by a part of the pattern."""

_OTHER_FORM = "Write it in the form that its description names."

_LANGUAGE = next(mark for mark in get_args(LanguageCode) if isinstance(mark, BeforeValidator))
_LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}

TEXT: Json = {"type": "string", "pattern": r"\S", "patternErrorMessage": "Write the text."}
ANY_TEXT: Json = {"type": "string"}
DATE_VALUE: Json = {
    "type": "string",
    "pattern": DATE,
    "patternErrorMessage": "Write a day of the calendar as year-month-day, such as 2026-09-30.",
    "examples": ["2026-09-30"],
}
LANGUAGE_VALUE: Json = {
    "type": "string",
    "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
    "patternErrorMessage": "Write the code of a language, such as en for English or es for Spanish.",
    "examples": ["en", "es"],
}


def period_value(choices: Choices, *grains: str) -> Json:
    """A period of one of these lengths: year, quarter or month; of any length where none is named."""
    wanted = grains or tuple(_FORMS)
    forms = [f"{_YEAR}{_FORMS[grain]}" for grain in wanted]
    if choices.fiscal:
        forms += [f"FY{_YEAR}{_FISCAL_FORMS[grain]}" for grain in wanted if grain in _FISCAL_FORMS]
    samples = [_SAMPLES[grain] for grain in wanted]
    known: Json = {
        "type": "string",
        "pattern": _ENDS.format("|".join(forms)),
        "patternErrorMessage": f"Write a {_or(wanted)} such as {_or(samples)}.",
        "examples": samples,
    }
    if "year" in wanted:
        # A year without quotes is a number.
        known |= {"type": ["string", "integer"], "minimum": _FIRST_YEAR, "maximum": _LAST_YEAR}
    return known


def _or(words: tuple[str, ...] | list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def choice(kind: str, choices: Choices) -> Json:
    """One of the ids of a kind, each with what it is called."""
    known = choices.of_kind(kind)
    if not known:
        return {"not": {}, "errorMessage": f"This plan has no {kind} yet."}
    return {
        "type": "string",
        "enum": list(known),
        "enumDescriptions": list(known.values()),
        "errorMessage": f"The plan had no {kind} with this id when the schemas were last made.",
    }


def categories(category: Category, choices: Choices) -> Json:
    """One of the words of a list of `categories.yml`."""
    words = choices.of_category(category)
    where = f"the list {category.name} of categories.yml"
    if not words:
        return {"not": {}, "errorMessage": f"Nothing stands in {where}."}
    return {"type": "string", "enum": list(words), "errorMessage": f"Write a word of {where}."}


def name_of(holds: Holds) -> str:
    """The name under which a value that is needed in many places is defined once; "" for one that is not."""
    reference, category = holds.mark(Reference), holds.mark(Category)
    if reference is not None:
        return f"{reference.kind}-id"
    if category is not None:
        return f"{category.name.replace('_', '-')}{'-within' if category.within else ''}"
    if holds.form is dt.date:
        return "date"
    if holds.form is Period:
        return "period"
    pattern = _pattern_of(holds)
    return "id" if pattern.startswith("^[a-z0-9]") else ""


def value_of(holds: Holds, choices: Choices) -> Json:
    """A single value. Raises TypeError for a type that the data format does not know."""
    reference, category = holds.mark(Reference), holds.mark(Category)
    if reference is not None:
        return choice(reference.kind, choices)
    if category is not None:
        return categories(category, choices)
    if holds.words:
        return {"type": "string", "enum": list(holds.words)}
    if holds.form is dt.date:
        return DATE_VALUE
    if holds.form is Period:
        return period_value(choices)
    return _text(holds) if holds.form is str else _plain(holds)


def _plain(holds: Holds) -> Json:
    if holds.form is bool:
        return {"type": "boolean"}
    if holds.form not in (int, float):
        raise TypeError(f"the data format knows no {holds.form}")
    limits = {word: holds.limit(name) for name, word in _LIMITS.items() if holds.limit(name) is not None}
    return {"type": "integer" if holds.form is int else "number", **limits}


def _text(holds: Holds) -> Json:
    if _LANGUAGE in holds.marks:
        return LANGUAGE_VALUE
    pattern = _pattern_of(holds)
    if pattern:
        words = next((words for part, words in _FORM_WORDS.items() if part in pattern), _OTHER_FORM)
        most = holds.limit("max_length")
        limit = {"maxLength": most} if most else {}
        return {"type": "string", "pattern": in_editors(pattern), **limit, "patternErrorMessage": words}
    return TEXT if holds.limit("min_length") else ANY_TEXT


def _pattern_of(holds: Holds) -> str:
    constraints = holds.mark(StringConstraints)
    return str(constraints.pattern or "") if constraints is not None else ""


def in_editors(pattern: str) -> str:
    r"""A pattern of the data format as editors read patterns: they know `\w` without accents, and no escaped quote."""
    return pattern.replace('\\"', '"').replace("[\\w", f"[{_LETTERS}")
