"""The entries of a register as they stand in the text of its file: which lines belong to which id.

Texts of former days are looked at, which no schema of today may accept, so they are not read as YAML: an entry is what
stands in the lines of an item of a list right under a key at the left edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_KEY = re.compile(r"([A-Za-z_][\w-]*):")
_ITEM = re.compile(r"( *)-(?: +|$)")
_ID = re.compile(r"""(?:^|\{|,)\s*id:\s*["']?([^\s"',}]+)""")


@dataclass(frozen=True)
class Entry:
    """An entry: the key of its list, its id, the line where its first key stands, counted from 1, and its lines.

    Empty lines and comments after it are no part of it, nor is how its lines end.
    """

    key: str
    id: str
    line: int
    text: str


def entries(text: str) -> Iterator[Entry]:
    """The entries with an id, in their order."""
    key, column, start = "", -1, 0
    lines = text.splitlines()
    for number, line in enumerate([*lines, "end:"]):
        item, top = _ITEM.match(line), _KEY.match(line)
        begins = item is not None and column in (-1, len(item[1])) and bool(key)
        if top or begins:
            if start:
                yield from _entry(key, start, lines[start - 1 : number], column)
            start = 0
        if top:
            key, column = top[1], -1
        elif begins and item is not None:
            column, start = len(item[1]), number + 1


def _entry(key: str, number: int, lines: list[str], column: int) -> Iterator[Entry]:
    while not lines[-1].strip() or lines[-1].lstrip().startswith("#"):
        lines.pop()
    first = f"{' ' * (column + 1)}{lines[0][column + 1 :]}"
    filled = [at for at, line in enumerate([first, *lines[1:]]) if line.strip() and not line.lstrip().startswith("#")]
    if not filled:
        return
    inside = [first, *lines[1:]][filled[0]]
    indent = len(inside) - len(inside.lstrip())
    own = (line for line in [first, *lines[1:]] if len(line) - len(line.lstrip()) == indent)
    found = next((match for match in (_ID.search(line) for line in own) if match), None)
    if found:
        yield Entry(key, found[1], number + filled[0], "\n".join(line.rstrip() for line in lines))
