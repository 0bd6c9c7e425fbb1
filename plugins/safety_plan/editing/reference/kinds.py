"""What may stand under a key, in plain words."""

from __future__ import annotations

import datetime as dt
from functools import cache

from pydantic.fields import FieldInfo

from safety_plan.editing.holds import Holds
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.editing.json_schema.values import value_of
from safety_plan.reading.folder import FILES, FOLDERS
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.base import Category, Record, Reference, Written, records_in

_NOUNS = {"metric": "measure", "requirement": "legal duty", "technology": "system", "theme": "theme of feedback"}
_NUMBERS = {int: "Whole number", float: "Number"}
_SIMPLE = {bool: "`true` or `false`", dt.date: "Date, as year-month-day", Period: "Year, quarter or month"}


def what_to_write(holds: Holds) -> str:
    """What may stand under a key, without a full stop."""
    one = _one(holds)
    if not holds.many:
        return one
    few = {None: "", 1: "of at least one item"}.get(holds.least, f"of {holds.least} items")
    return f"List {few}, each: {_small(one)}" if few else f"List, each item: {_small(one)}"


def need(field: FieldInfo) -> str:
    """Whether a key has to be there, and what counts where it is not."""
    if field.is_required():
        return "**Needed.**"
    default = field.default
    if isinstance(default, bool) or default is None or not isinstance(default, str | int | float):
        return "May be left out." if default is not True else "If left out: `true`."
    return f"If left out: `{default}`."


def _small(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _one(holds: Holds) -> str:
    reference, category = holds.mark(Reference), holds.mark(Category)
    if holds.words:
        words = ", ".join(f"`{word}`" for word in holds.words)
        return f"One of these words: {words}" if len(holds.words) > 1 else f"The word {words}"
    if reference is not None:
        return _id_of(reference.kind)
    if category is not None:
        words = f"list [`{category.name}`](categories.md)"
        return (
            f"Word of the {words}, within the chosen `{category.within}`" if category.within else f"Word of the {words}"
        )
    if holds.form in _NUMBERS:
        return f"{_NUMBERS[holds.form]}{_limits(holds)}"
    return _SIMPLE.get(holds.form) or _text(holds)


def _id_of(kind: str) -> str:
    if kind == "page":
        return "Name of a page of the site, such as `risks`"
    noun = _NOUNS.get(kind, kind)
    article = "an" if noun[0] in "aeiou" else "a"
    file = _holders()[kind]
    return f"Id of {article} {noun}, from [`{file_of(file)}`]({file}.md)"


@cache
def _holders() -> dict[str, str]:
    """The file or folder that holds each kind of thing, by the name of the kind as references have it."""
    holders: dict[str, type[Record]] = {**FILES, **FOLDERS}
    return {record.__name__.lower(): name for name, holder in holders.items() for record in records_in(holder)}


def file_of(kind: str) -> str:
    """How the files of a kind are named: `town.yml`, `metrics/*.yml`."""
    return f"{kind}.yml" if kind in FILES else f"{kind}/*.yml"


def _limits(holds: Holds) -> str:
    least, most, above = holds.limit("ge"), holds.limit("le"), holds.limit("gt")
    if least is not None and most is not None:
        return f" from {least} to {most}"
    if least is not None:
        return f", {least} or more"
    return f" above {above}" if above is not None else ""


def _text(holds: Holds) -> str:
    written = holds.mark(Written)
    if written is not None:
        return (
            "Text; live figures, links and emphasis may stand in it" if written.markdown else "Text with live figures"
        )
    # What an editor says of a wrong value tells what a right one is.
    message = str(value_of(holds, Choices()).get("patternErrorMessage", ""))
    form = message.removeprefix("Write ").removesuffix(".")
    return "Text" if form in ("", "the text") else form[:1].upper() + form[1:]
