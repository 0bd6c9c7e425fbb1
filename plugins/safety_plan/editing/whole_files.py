"""Files of the plan as bytes, with what an editor left at their start."""

from __future__ import annotations

from safety_plan.editing.yaml_text import YamlText
from safety_plan.editing.yaml_values import Value
from safety_plan.reading.schema.base import Path

_MARK = b"\xef\xbb\xbf"


def as_bytes(before: bytes, text: str) -> bytes:
    """A new text of a file, with the mark at its start where the old content has one, as some programs leave it."""
    return (_MARK if before.startswith(_MARK) else b"") + text.encode()


def with_value(content: bytes, path: Path, value: Value) -> bytes:
    """A YAML file with another value at a path. Nothing else in it changes."""
    return as_bytes(content, YamlText(content.decode("utf-8-sig")).replace(path, value).text)


def value_at(value: object, path: Path) -> object:
    """What stands at a path of a value that was read from a file; None where the path leads nowhere."""
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, tuple) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value
