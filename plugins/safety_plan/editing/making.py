"""A new record goes to its place in the plan's files: a file of its own, or an item of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from safety_plan.editing.answers import Values
from safety_plan.editing.kinds import Slot
from safety_plan.editing.whole_files import as_bytes, value_at
from safety_plan.editing.yaml_text import YamlText
from safety_plan.editing.yaml_values import Value, in_block
from safety_plan.reading.document import read_document
from safety_plan.reading.schema.base import Path as ValuePath
from safety_plan.reading.schema.base import Record

_FIGURE = re.compile(r"\{\{.*?\}\}")
"""A live figure, which is filled in where a text is shown to residents."""

_IN_ORDER = ("on", "quarter", "period", "by", "up_to", "due")
"""Keys by which lists stand in order, where they do."""


@dataclass(frozen=True)
class Home:
    """What a new record can stand in: a file, and the way to the record that holds its list. `title` names it."""

    file: Path
    at: ValuePath = ()
    title: str = ""
    id: str = ""


def homes(folder: Path, slot: Slot) -> list[Home]:
    """All that a new record of a slot can stand in, as it is in the files of a plan."""
    files = sorted((folder / slot.holder).glob("*.yml")) if slot.in_folder else [folder / f"{slot.holder}.yml"]
    found = []
    for file in files:
        value = read_document(file.read_bytes(), file.name)[0].value if file.exists() else {}
        for at in slot.lists(value):
            record = value_at(value, at)
            found.append(Home(file, at, _called(record) or file.stem, _id(record) or file.stem))
    return found


def as_file(values: Mapping[str, Value]) -> bytes:
    """A new file of the plan with these keys."""
    return "".join(f"{line}\n" for line in in_block(values, "")).encode()


def with_item(content: bytes, home: Home, slot: Slot, item: Values) -> bytes:
    """A file with a new record in the list of its home: at its place in time where the list is in order, else last."""
    text, way = content.decode("utf-8-sig"), (*home.at, slot.way[-1])
    items = value_at(read_document(content, home.file.name)[0].value, way)
    if isinstance(items, tuple) and items:
        return as_bytes(content, YamlText(text).append(way, item, at=_place(items, item)).text)
    # Common lists stand for a list that is absent, as those of categories.yml: the new record joins them.
    yaml = YamlText(text)
    begun = yaml.put(home.at, slot.way[-1], with_common(slot, item)) if _common(slot) else yaml.append(way, item)
    return as_bytes(content, begun.text)


def with_common(slot: Slot, item: Values) -> list[Value]:
    """The list of a new file with one record, beside those that stood for it while the file was not there."""
    items = _common(slot)
    return [*items[: (place := _place(items, item))], item, *items[place:]]


def _common(slot: Slot) -> list[Values]:
    model: type[Record] = slot.top
    field = model.model_fields[slot.way[0]]
    default = field.default if len(slot.way) == 1 else ()
    return [one.model_dump(mode="json") for one in default] if isinstance(default, tuple) else []


def _place(items: Sequence[object], item: Mapping[str, Value]) -> int:
    """The position of a new item in a list: in order, where all its items are in order by one of the usual keys."""
    for key in _IN_ORDER:
        found = [str(one.get(key, "")) if isinstance(one, Mapping) else "" for one in items]
        if key not in item or not all(found):
            continue
        new, ordered = _sort_key(str(item[key])), [_sort_key(one) for one in found]
        if len(ordered) > 1 and ordered == sorted(ordered, reverse=True) and ordered != sorted(ordered):
            return next((number for number, one in enumerate(ordered) if one < new), len(ordered))
        if ordered == sorted(ordered):
            return sum(one <= new for one in ordered)
    return len(items)


def _sort_key(text: str) -> tuple[int, str]:
    """Dates and periods sort as texts, numbers by their size."""
    return (int(text), "") if text.isdecimal() and len(text) < len("2026") else (0, text)


def _called(record: object) -> str:
    keys = ("title", "name", "group", "what", "period")
    found = record if isinstance(record, Mapping) else {}
    return _FIGURE.sub("…", next((str(found[key]) for key in keys if key in found), ""))


def _id(record: object) -> str:
    return str(record.get("id", "")) if isinstance(record, Mapping) else ""
