"""The fields of a form from the classes of the data format: each with its label, its hint and what it may hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic.fields import FieldInfo

from safety_plan.editing.forms.labels import label_of, singular_of, summary_of, word_of
from safety_plan.editing.holds import Holds, held_by
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.base import Category, Record, Reference, Written

Field = dict[str, Any]
"""One field in the configuration of the editors."""

_PERIOD = r"^(19|20|21)\d{2}(-(Q[1-4]|0[1-9]|1[0-2]))?$|^FY(19|20|21)\d{2}(-Q[1-4])?$"
_PERIOD_WORDS = "should be a year, quarter or month such as 2026, 2026-Q3 or 2026-09; FY2026 for a fiscal year"
_PATTERN_WORDS = {
    r"^[a-z0-9]": "should have small letters, digits and single hyphens only",
    r"^https?:": "should be a web address that starts with https://",
    r"^#": "should be a colour such as #17406d",
    r"^[^\s@<>]+@": "should be an e-mail address",
    r"^([\w.+-]+@": "should be an e-mail address, or the https:// address of a form",
    r"^([\w-]+/)*[\w-]+\.md": "should be a file such as about/records.md",
    r"^([\w-]+/)*[\w-]+\.(": "should be a picture such as images/seal.svg",
}
"""What a pattern asks for, by its start; the editors put the label before it."""

_OTHER_WORDS = "should look as the hint says"
_NEEDED = "Needed where anything stands in this part."
_STEP = 0.1
"""How far one click on the arrow of a number goes. Any number can be typed."""


def fields_of(record: type[Record], choices: Choices, *, optional: bool = False) -> list[Field]:
    """The fields of a form for a class of records, in the order of its keys.

    `optional` says that the whole record may be left out: then all of its fields may stay empty.
    """
    return [_field(name, field, choices, optional=optional) for name, field in record.model_fields.items()]


def _field(name: str, field: FieldInfo, choices: Choices, *, optional: bool) -> Field:
    needed = field.is_required()
    form: Field = {"name": name, "label": label_of(name), "hint": _hint(field, optional=optional)}
    if optional or not needed:
        form["required"] = False
    holds = held_by(field)
    if holds.many:
        return form | _list(name, field, holds, choices)
    return form | _one(holds, choices, optional=optional or not needed)


def _hint(field: FieldInfo, *, optional: bool) -> str:
    """The description of a field, and what it is when it stays empty.

    A default is told, not filled in: the editors would write it into each file that does well without it.
    """
    default = field.default
    hint = str(field.description)
    if optional and field.is_required():
        return f"{_NEEDED} {hint}"
    if isinstance(default, str | int | float) and default is not False:
        return f"{hint} If left empty: {'true' if default is True else word_of(str(default))}."
    return hint


def _one(holds: Holds, choices: Choices, *, optional: bool) -> Field:
    """The widget for one value."""
    if holds.record is not None:
        return {
            "widget": "object",
            "collapsed": optional,
            "fields": fields_of(holds.record, choices, optional=optional),
        }
    options = _options(holds, choices)
    if options:
        return {"widget": "select", "options": options}
    if holds.form is bool:
        return {"widget": "boolean"}
    if holds.form is dt.date:
        return {"widget": "datetime", "format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": False}
    if holds.form in (int, float):
        return _number(holds)
    return _text(holds)


def _options(holds: Holds, choices: Choices) -> list[dict[str, str]]:
    """All that can be chosen, where a value is one of a few; each with what the form calls it."""
    reference, category = holds.mark(Reference), holds.mark(Category)
    called = {word: word_of(word) for word in holds.words}
    if reference is not None:
        called = {id: f"{title} ({id})" for id, title in choices.of_kind(reference.kind).items()}
    elif category is not None and category.within:
        groups = choices.within(category)
        called = {item: f"{group}: {item}" for group, items in groups.items() for item in items}
    elif category is not None:
        called = {word: word for word in choices.of_category(category)}
    return [{"label": label, "value": value} for value, label in called.items()]


def _number(holds: Holds) -> Field:
    whole = holds.form is int
    form: Field = {"widget": "number", "value_type": "int" if whole else "float", "step": 1 if whole else _STEP}
    limits = {"min": holds.limit("ge"), "max": holds.limit("le")}
    if holds.limit("gt") is not None:
        # The editors know no limit that is itself left out. For whole numbers it is the next one.
        limits["min"] = holds.limit("gt") + int(whole)
    return form | {name: limit for name, limit in limits.items() if limit is not None}


def _text(holds: Holds) -> Field:
    if holds.form is Period:
        return {"widget": "string", "pattern": [_PERIOD, _PERIOD_WORDS]}
    pattern = holds.limit("pattern")
    if pattern is not None:
        words = (words for start, words in _PATTERN_WORDS.items() if pattern.startswith(start))
        return {"widget": "string", "pattern": [pattern, next(words, _OTHER_WORDS)]}
    return {"widget": "text" if holds.mark(Written) else "string"}


def _list(name: str, field: FieldInfo, holds: Holds, choices: Choices) -> Field:
    """The widget for a list of values."""
    limits = {key: limit for key, limit in (("min", holds.least), ("max", holds.most)) if limit is not None}
    options = _options(holds, choices)
    if options:
        return {"widget": "select", "multiple": True, "options": options, **limits}
    form: Field = {"widget": "list", "label_singular": singular_of(name), **limits}
    if holds.record is not None:
        inner = fields_of(holds.record, choices)
        return form | {"collapsed": True, "summary": summary_of(holds.record), "fields": inner}
    item = {"name": "item", "label": singular_of(name).capitalize(), "hint": str(field.description)}
    return form | {"collapsed": False, "field": {**item, **_text(holds)}}
