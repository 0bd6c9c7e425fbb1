"""What somebody answers to a question about a new record: read, checked at once, and ready to be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic.fields import FieldInfo

from safety_plan.editing.given import GivenError, problems_under
from safety_plan.editing.holds import Holds, held_by
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.editing.typed_numbers import plain_number
from safety_plan.editing.yaml_values import Typed, Value
from safety_plan.problems import nearest, one_of, shown
from safety_plan.reading.document import plain_value
from safety_plan.reading.schema.base import Category, Path, Record, Reference

Values = dict[str, Value]
"""A record as it is to be written."""

_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@dataclass(frozen=True)
class Question:
    """A key of a new record that somebody is asked for.

    `at` is the way to the record from the new one on, `beside` what is known of the record already.
    """

    model: type[Record]
    key: str
    at: Path = ()
    beside: Mapping[str, Value] = field(default_factory=dict)

    @property
    def field(self) -> FieldInfo:
        """The field of the data format."""
        return self.model.model_fields[self.key]

    @property
    def holds(self) -> Holds:
        """What stands under the key."""
        return held_by(self.field)

    @property
    def required(self) -> bool:
        """Whether no record can do without it."""
        return self.field.is_required()

    @property
    def name(self) -> str:
        """The way to the key, as in source.owner."""
        return ".".join(str(step) for step in (*self.at, self.key))

    def below(self, *at: str) -> Question:
        """The same question, of a record that stands further down."""
        return replace(self, at=(*at, *self.at))

    def choices(self, plan: Choices) -> dict[str, str]:
        """What can be chosen, each with what it is called; nothing where anything can be written."""
        holds = self.holds
        reference, category = holds.mark(Reference), holds.mark(Category)
        if reference is not None:
            return dict(plan.of_kind(reference.kind))
        if category is not None and category.within:
            group = str(self.beside.get(category.within, ""))
            return dict.fromkeys(plan.within(category).get(group, ()), "")
        if category is not None:
            return dict.fromkeys(plan.of_category(category), "")
        return dict.fromkeys(holds.words, "")

    def is_chosen(self) -> bool:
        """Whether the answer is one of a list."""
        holds = self.holds
        return bool(holds.words or holds.mark(Reference) or holds.mark(Category))


def answered(question: Question, text: str, plan: Choices, context: Mapping[str, object]) -> Value:
    """The value that an answer means, as it is to be written. `context` is as for problems_in.

    Of a list to choose from, a number stands for the choice at that place. Raises GivenError, in the words in which
    check would tell the mistake, where the data format cannot take it.
    """
    holds = question.holds
    parts = [part.strip() for part in text.split(",")] if question.is_chosen() and holds.many else [text.strip()]
    values = [_one(question, part, plan) for part in parts if part]
    value: Value = values if holds.many else values[0] if values else ""
    problems = problems_under(question.model, question.key, as_read(value), context)
    if problems:
        raise GivenError(question.name, problems[0])
    return value


def as_read(value: Value) -> object:
    """A value as it would be read from a file."""
    if isinstance(value, Typed):
        return plain_value(value)
    if isinstance(value, Mapping):
        return {key: as_read(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(as_read(item) for item in value)
    return str(value) if isinstance(value, dt.date) else value


def _one(question: Question, text: str, plan: Choices) -> Value:
    holds = question.holds
    if question.is_chosen():
        return _choice(question, text, plan)
    if holds.form is bool and text.casefold() in _YES:
        return _YES[text.casefold()]
    if holds.form in (int, float):
        return plain_number(text) or text
    # Dates and periods stand in the files as texts that need no quotes.
    return text


def _choice(question: Question, text: str, plan: Choices) -> str:
    choices = question.choices(plan)
    names = list(choices)
    if text.isdecimal() and text not in choices and 1 <= int(text) <= len(names):
        return names[int(text) - 1]
    called = {name.casefold(): name for name in names} | {
        title.casefold(): id for id, title in choices.items() if title
    }
    found = called.get(text.casefold())
    if found is not None:
        return found
    guess = nearest(text, names) or called.get(nearest(text, called), "")
    reference, category = question.holds.mark(Reference), question.holds.mark(Category)
    fix = f'write "{guess}" instead' if guess else "write one of these, or its number"
    if category is not None:
        fix = f"{fix}, or add the new one to categories.yml first"
    elif reference is not None:
        fix = f"{fix}, or add what is missing first"
    allowed = one_of(names, 40) or "nothing yet: the plan has none"
    raise GivenError.of(question.name, f'found "{shown(text)}"', allowed, f"{fix}.", guess)
