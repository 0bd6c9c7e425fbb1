"""Files and the records within them as JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from safety_plan.editing.holds import Holds, held_by
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.editing.json_schema.rules import given, rules_of
from safety_plan.editing.json_schema.values import NOTHING, Json, name_of, value_of
from safety_plan.reading.folder import FILES, FOLDERS
from safety_plan.reading.schema.base import Category, Record
from safety_plan.reading.schema.town import Town

DRAFT = "http://json-schema.org/draft-07/schema#"
_MADE = "Made by `safety-plan schema` from this plan. What is changed here is lost when it is made again."
_UNIQUE = {(Town, "languages")}
"""Lists in which nothing may stand twice."""


def schemas(choices: Choices) -> dict[str, Json]:
    """The schema of each kind of file, by its name, such as town or metrics."""
    return {name: schema_of(name, choices) for name in (*FILES, *FOLDERS)}


def schema_of(kind: str, choices: Choices) -> Json:
    """The schema of one kind of file. Raises KeyError for a kind that there is not."""
    record = FILES[kind] if kind in FILES else FOLDERS[kind]
    title = f"{kind}.yml" if kind in FILES else f"{kind}/*.yml"
    made = _Definitions(choices)
    whole = made.object_of(record)
    if "required" not in whole:
        # A file has something in it, and keys without a value are as good as none.
        whole["anyOf"] = [given(name, message="Write at least one key with its value.") for name in record.model_fields]
    return {
        "$schema": DRAFT,
        "$comment": _MADE,
        "title": title,
        **whole,
        "definitions": dict(sorted(made.definitions.items())),
    }


def written(schema: Json) -> str:
    """A schema as the text of its file."""
    return f"{json.dumps(schema, indent=1)}\n"


class _Definitions:
    """Builds schemas, and collects what is needed in many places under `definitions`."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.definitions: dict[str, Json] = {"nothing": _NOTHING}

    def object_of(self, record: type[Record]) -> Json:
        """The keys of a class of records, and what they must be together."""
        fields = record.model_fields
        rules = [*rules_of(record, self.choices), *self._within(record)]
        required = [name for name, field in fields.items() if field.is_required()]
        return {
            "type": "object",
            "description": described(record),
            "properties": {name: self._field(record, name, field) for name, field in fields.items()},
            **({"required": required} if required else {}),
            "additionalProperties": False,
            **({"allOf": rules} if rules else {}),
        }

    def _field(self, record: type[Record], name: str, field: FieldInfo) -> Json:
        holds = held_by(field)
        found = self._list(holds) if holds.many else self._item(holds)
        if (record, name) in _UNIQUE:
            found["uniqueItems"] = True
        about: Json = {"description": str(field.description)}
        if field.is_required():
            # Beside a reference nothing else counts.
            return {**about, **({"allOf": [found]} if "$ref" in found else found)}
        default = _plain(field.default)
        if default not in (None, []):
            about["default"] = default
        alternatives = [found, {"$ref": "#/definitions/nothing"}]
        if holds.record is not None and not holds.many:
            # A form that was filled in and cleared leaves all keys of a part without a value: it counts as absent.
            alternatives.append({"not": {"not": _left_empty(holds.record)}})
        return {**about, "anyOf": alternatives}

    def _list(self, holds: Holds) -> Json:
        limits = {"minItems": holds.least, "maxItems": holds.most}
        return {
            "type": "array",
            "items": self._item(holds),
            **{word: limit for word, limit in limits.items() if limit is not None},
        }

    def _item(self, holds: Holds) -> Json:
        """One value: written out, or by the name under which it is defined."""
        if holds.record is not None:
            return self._record(holds.record)
        name = name_of(holds)
        if not name:
            return value_of(holds, self.choices)
        if name not in self.definitions:
            self.definitions[name] = value_of(holds, self.choices)
        return {"$ref": f"#/definitions/{name}"}

    def _record(self, record: type[Record]) -> Json:
        name = record.__name__
        if name not in self.definitions:
            self.definitions[name] = self.object_of(record)
        return {"$ref": f"#/definitions/{name}"}

    def _within(self, record: type[Record]) -> Iterator[Json]:
        """The finer kinds that go with each group, where one key chooses the group and another the kind."""
        for name, field in record.model_fields.items():
            category = held_by(field).mark(Category)
            if category is None or not category.within:
                continue
            for group, words in self.choices.within(category).items():
                condition: Json = {"required": [category.within], "properties": {category.within: {"const": group}}}
                message = f'Write one of the words that categories.yml has within "{group}".'
                fits: Json = {"enum": list(words), "errorMessage": message}
                yield {"if": condition, "then": {"properties": {name: fits}}}


_NOTHING: Json = {
    "$comment": "A key without a value counts as absent. Said by a double no, so that editors do not offer it.",
    "not": {"not": {"enum": list(NOTHING)}},
}


def _left_empty(record: type[Record]) -> Json:
    nothing: Json = {"$ref": "#/definitions/nothing"}
    keys = dict.fromkeys(record.model_fields, nothing)
    return {"type": "object", "properties": keys, "additionalProperties": False, "minProperties": 1}


def described(record: type[Record]) -> str:
    """What a class of records is, in a few sentences."""
    return " ".join((record.__doc__ or "").split())


def _plain(default: Any) -> Any:
    """A default as it would be written, where it is a text, a number or a list of texts; else None."""
    if isinstance(default, tuple) and all(isinstance(item, str) for item in default):
        return list(default)
    return default if isinstance(default, str | int | float) else None
