"""The keys of a new record given all at once, as in money.cost=4000, and a record written out as such keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from safety_plan.editing.answers import Question, Values, answered
from safety_plan.editing.given import GivenError
from safety_plan.editing.holds import held_by
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.editing.yaml_values import Value
from safety_plan.problems import nearest, one_of, shown
from safety_plan.reading.schema.base import Category, Path, Record


class Knows(Protocol):
    """Knows what a plan already has."""

    def check(self, question: Question, value: Value) -> None:
        """Raise GivenError for a value that the data format takes but the plan does not."""


class Setter:
    """Makes records from keys that are given with their values. `faults` collects what cannot be taken."""

    def __init__(self, choices: Choices, context: Mapping[str, object], known: Knows) -> None:
        self.choices, self.context, self.known = choices, context, known
        self.faults: list[GivenError] = []

    def record(self, model: type[Record], pairs: Iterable[str]) -> Values:
        """The record of pairs such as money.cost=4000. A list is given by its key several times, or by positions."""
        values: Values = {}
        # What can be chosen within a group is not known before the group is.
        for pair in sorted(pairs, key=lambda pair: self._within(model, pair)):
            key, equals, text = pair.partition("=")
            try:
                if not equals:
                    fix = "write the key, an equals sign and the value, as in title=Third ambulance."
                    raise GivenError.of("--set", f'found "{shown(pair)}"', "KEY=VALUE", fix)
                self._put(model, values, tuple(key.strip().split(".")), text, ())
            except GivenError as error:
                self.faults.append(error)
        return in_order(model, values)

    def checked(self, question: Question, text: str) -> Value:
        """The value of a key. Raises GivenError."""
        value = answered(question, text, self.choices, self.context)
        self.known.check(question, value)
        return value

    def _within(self, model: type[Record], pair: str) -> bool:
        for step in pair.partition("=")[0].strip().split("."):
            field = model.model_fields.get(step)
            held = held_by(field) if field is not None else None
            category = held.mark(Category) if held is not None else None
            if category is not None and category.within:
                return True
            model = (held.record if held is not None else None) or model
        return False

    def _put(self, model: type[Record], values: Values, steps: tuple[str, ...], text: str, at: Path) -> None:
        key, rest = steps[0], steps[1:]
        if key not in model.model_fields:
            guess = nearest(key, model.model_fields)
            fix = f'write "{guess}" instead.' if guess else "use one of these keys."
            name = ".".join(map(str, (*at, key)))
            raise GivenError.of(name, "found an unknown key", one_of(model.model_fields, 40), fix, guess)
        question = Question(model, key, at, values)
        holds = question.holds
        if holds.record is None:
            value = self.checked(question, text)
            before = values.get(key)
            values[key] = [*before, *value] if isinstance(before, list) and isinstance(value, list) else value
            return
        number = int(rest[0]) if rest and rest[0].isdecimal() else 0
        inner = rest[1:] if rest and rest[0].isdecimal() else rest
        if not inner:
            keys = (f"{question.name}.{one}" for one in holds.record.model_fields)
            raise GivenError.of(
                question.name, "found a value for a key that has keys of its own", one_of(keys), "add one."
            )
        self._put(holds.record, _inner(values, key, number, many=holds.many), inner, text, (*at, key))


def _inner(values: Values, key: str, number: int, *, many: bool) -> Values:
    """The record under a key, or at a position of the list under it; a new one where there is none yet."""
    if not many:
        held = values.setdefault(key, {})
        assert isinstance(held, dict)
        return held
    items = values.setdefault(key, [])
    assert isinstance(items, list)
    while len(items) <= number:
        items.append({})
    item = items[number]
    assert isinstance(item, dict)
    return item


def in_order(model: type[Record], values: Mapping[str, Value]) -> Values:
    """A record with its keys in the order of the data format."""
    return {key: _inner_order(model, key, values[key]) for key in model.model_fields if key in values}


def _inner_order(model: type[Record], key: str, value: Value) -> Value:
    inner = held_by(model.model_fields[key]).record
    if inner is None:
        return value
    if isinstance(value, Mapping):
        return in_order(inner, value)
    items = value if isinstance(value, list) else []
    return [in_order(inner, item) for item in items if isinstance(item, Mapping)]


def as_pairs(values: Mapping[str, Value], before: str = "") -> Iterator[str]:
    """The pairs that make a record."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from as_pairs(value, f"{before}{key}.")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for number, item in enumerate(value):
                if isinstance(item, Mapping):
                    yield from as_pairs(item, f"{before}{key}.{number}.")
                else:
                    yield f"{before}{key}={item}"
        else:
            yield f"{before}{key}={'' if value is None else value}"
