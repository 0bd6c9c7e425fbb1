"""Examples for the reference from the files of a plan: whole files, cut where they grow long, and single values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from safety_plan.problems import shown
from safety_plan.reading.document import Document, plain_value, read_document
from safety_plan.reading.folder import FILES, FOLDERS, Records
from safety_plan.reading.schema.base import Path, Record
from safety_plan.reading.schema.lookup import record_in

_MOST_LINES = 100
"""How long an example may grow before its lists are cut to one item."""


class Samples:
    """What the files of a plan hold."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def file(self, kind: str) -> tuple[str, str]:
        """A file of this kind: its name and its text, with long lists cut. Both are "" where the plan has none.

        Of several it is the one that shows most keys, and of these the shortest.
        """
        documents = self._documents.get(kind, {})
        if not documents:
            return "", ""
        name = min(documents, key=lambda one: (-_key_count(documents[one]), len(documents[one].text), one))
        for items in (2, 1):
            text = _cut(documents[name], items)
            if text.count("\n") <= _MOST_LINES:
                break
        return name, text

    def value(self, record: type[Record], key: str) -> str:
        """A value that stands under a key of records of a class, or "" where the plan has none."""
        return self._values.get((record, key), "")

    @cached_property
    def _documents(self) -> dict[str, dict[str, Document]]:
        found: dict[str, dict[str, Document]] = {}
        start = f"{self._records.folder}/"
        for file, text in sorted(self._records.texts.items()):
            kind = file.removeprefix(start).removesuffix(".yml").partition("/")[0]
            if file.endswith(".yml"):
                found.setdefault(kind, {})[file] = read_document(text.encode(), file)[0]
        return found

    @cached_property
    def _values(self) -> dict[tuple[type[Record], str], str]:
        found: dict[tuple[type[Record], str], str] = {}
        models: dict[str, type[Record]] = {**FILES, **FOLDERS}
        for kind, documents in self._documents.items():
            for document in documents.values():
                for record, key, path, value in _scalars(models[kind], document.value, ()):
                    found.setdefault((record, key), document.written.get(path) or _as_typed(str(value)))
        return found


def _as_typed(text: str) -> str:
    """A text on one line, cut where it grows long, with quotes where it would be read as something else without."""
    unsafe = text.startswith(tuple("#&*[]{}>|@`!%'\"- ")) or ": " in text or " #" in text
    line = shown(text)
    if not unsafe and isinstance(plain_value(text), str):
        return line
    return f"'{line}'" if '"' in line else f'"{line}"'


def _scalars(record: type[Record], value: object, path: Path) -> Iterator[tuple[type[Record], str, Path, object]]:
    """Every value that is no list and no record: the class it stands in, its key, its path and itself."""
    if not isinstance(value, Mapping):
        return
    for key, item in value.items():
        field = record.model_fields.get(key)
        if field is None:
            continue
        inner = record_in(field.annotation)
        items = list(enumerate(item)) if isinstance(item, tuple) else [(None, item)]
        for number, one in items:
            here = (*path, key) if number is None else (*path, key, number)
            if inner is None:
                yield record, key, here, one
            else:
                yield from _scalars(inner, one, here)


def _key_count(document: Document) -> int:
    return len({tuple(part for part in path if isinstance(part, str)) for path in document.keys})


def _cut(document: Document, items: int) -> str:
    """The text with no more than so many items in each list of records that has a line for each of them."""
    lines = document.text.rstrip("\n").split("\n")
    gone: dict[int, str] = {}
    for path, value in _lists(document.value, ()):
        starts = [document.value_place((*path, number)).line - 1 for number in range(len(value))]
        if len(value) <= items or starts[items] in gone or starts[items] == starts[items - 1]:
            continue
        first, end = starts[items], starts[-1] + 1
        indent = _indent(lines[first])
        while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
            end += 1
        gone |= {**dict.fromkeys(range(first, end), ""), first: f"{' ' * indent}# … and so on"}
    kept = (gone.get(number, line) for number, line in enumerate(lines) if gone.get(number) != "")
    return "\n".join(kept) + "\n"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _lists(value: object, path: Path) -> Iterator[tuple[Path, tuple[object, ...]]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _lists(item, (*path, key))
    elif isinstance(value, tuple):
        if any(isinstance(item, Mapping) for item in value):
            yield path, value
        for number, item in enumerate(value):
            yield from _lists(item, (*path, number))
