"""A YAML file in which single values change: every other line, with its comments and its layout, stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import yaml

from safety_plan.editing.yaml_values import (
    WIDTH,
    Braced,
    Typed,
    Value,
    entry_lines,
    in_block,
    in_line,
    item_lines,
)  # fmt: skip
from safety_plan.reading.schema.base import Path

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line, as the parser sees it."""


@dataclass(frozen=True)
class YamlText:
    """The text of one file of the plan, which can be read as YAML. Every change gives a new one.

    A `path` leads from the top of the file to a value, by keys and positions: ("observations", 3). All changes raise
    LookupError where a path leads nowhere, and ValueError where the text is not YAML.
    """

    text: str

    def append(self, path: Path, item: Value, at: int | None = None) -> YamlText:
        """With a further item in the list at this path: as the last one, or at a position.

        It is written like its neighbour. Where there is no such list yet, it is begun.
        """
        node = self._find(path)
        if node is None or _is_nothing(node):
            return self.put(path[:-1], str(path[-1]), [item])
        if not isinstance(node, yaml.SequenceNode):
            raise LookupError(f"no list at {path}")
        items = node.value
        if not items:
            return self.put(path[:-1], str(path[-1]), [item])
        place = len(items) if at is None else min(at, len(items))
        if node.flow_style:
            return self._into_flow([(one, one) for one in items], place, in_line(item, flow=True))
        dash = self._dash(items[0])
        lines = item_lines(_like(items[max(place - 1, 0)], item), " " * (dash - self._line_start(dash)))
        if place == 0:
            return self._with_lines(self._line_start(dash), lines, above=True)
        return self._with_lines(_end(items[place - 1], self.text), lines)

    def replace(self, path: Path, value: Value) -> YamlText:
        """With another value in the place of the one at this path, written in the way of the one before."""
        parent, node = self._found(path[:-1]), self._found(path)
        end = _end(node, self.text)
        if _is_flow(parent):
            return self._spliced(node.start_mark.index, end, in_line(value, flow=True))
        key = self._key(parent, path[-1])
        if key is None:
            start = self._dash(node)
            lines = item_lines(_like(node, value), " " * (start - self._line_start(start)))
        else:
            start = key.start_mark.index
            lines = entry_lines(f"{' ' * key.start_mark.column}{key.value}:", value, " " * key.start_mark.column)
        return self._with_block(start, end, lines)

    def put(self, path: Path, key: str, value: Value, after: str = "") -> YamlText:
        """With a key of the mapping at this path set to a value; a new key stands last, or behind the key `after`."""
        node = self._found(path)
        if not isinstance(node, yaml.MappingNode):
            raise LookupError(f"no keys at {path}")
        if self._key(node, key) is not None:
            return self.replace((*path, key), value)
        pairs = list(node.value)
        place = next((number for number, (one, _) in enumerate(pairs, start=1) if one.value == after), len(pairs))
        if not pairs:
            return self.replace(path, {key: value})
        if node.flow_style:
            longer = self._into_flow(pairs, place, f"{key}: {in_line(value, flow=True)}")
            return longer if longer._fits(node.start_mark.index) else self._unfolded(path, node, place, key, value)
        indent = " " * pairs[0][0].start_mark.column
        return self._with_lines(_end(pairs[place - 1][1], self.text), in_block({key: value}, indent))

    def remove(self, path: Path) -> YamlText:
        """Without the key or the item at this path, and without what stands behind it on its line.

        A list or a mapping in which nothing is left goes, too.
        """
        parent, node = self._found(path[:-1]), self._found(path)
        pairs = _pairs(parent)
        if len(pairs) == 1:
            return self.remove(path[:-1]) if len(path) > 1 else YamlText("")
        number = next(number for number, (_, one) in enumerate(pairs) if one is node)
        if _is_flow(parent):
            if number:
                return self._spliced(_end(pairs[number - 1][1], self.text), _end(node, self.text), "")
            return self._spliced(pairs[0][0].start_mark.index, pairs[1][0].start_mark.index, "")
        start = self._dash(node) if isinstance(path[-1], int) else pairs[number][0].start_mark.index
        line = self._line_start(start)
        if self.text[line:start].strip():
            # It shares its line with the dash of the item that it stands in: the next key takes its place.
            return self._spliced(start, pairs[number + 1][0].start_mark.index, "")
        return self._spliced(line, self._next_line(_end(node, self.text)), "")

    @cached_property
    def _root(self) -> yaml.Node | None:
        try:
            root: yaml.Node | None = yaml.compose(self.text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            raise ValueError("not YAML") from error
        return root

    def _find(self, path: Path) -> yaml.Node | None:
        node = self._root
        for step in path:
            if node is None:
                return None
            if isinstance(step, int):
                items = node.value if isinstance(node, yaml.SequenceNode) else []
                node = items[step] if step < len(items) else None
            else:
                pairs = node.value if isinstance(node, yaml.MappingNode) else []
                node = next((value for key, value in pairs if key.value == step), None)
        return node

    def _found(self, path: Path) -> yaml.Node:
        node = self._find(path)
        if node is None:
            raise LookupError(f"nothing at {path}")
        return node

    @staticmethod
    def _key(parent: yaml.Node, name: str | int) -> yaml.Node | None:
        """The key of this name, in a mapping."""
        pairs = parent.value if isinstance(parent, yaml.MappingNode) else []
        return next((key for key, _ in pairs if key.value == name), None)

    def _dash(self, item: yaml.Node) -> int:
        """Where the dash of an item of a list stands."""
        # A comment between the two may hold what looks like one.
        return self._dashes[bisect_left(self._dashes, item.start_mark.index) - 1]

    @cached_property
    def _dashes(self) -> list[int]:
        tokens = yaml.scan(self.text, Loader=yaml.SafeLoader)
        return [token.start_mark.index for token in tokens if isinstance(token, yaml.BlockEntryToken)]

    @cached_property
    def _starts(self) -> list[int]:
        """Where the lines start."""
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def _line_start(self, offset: int) -> int:
        return self._starts[bisect_right(self._starts, offset) - 1]

    def _next_line(self, offset: int) -> int:
        """Where the line after this place starts; the end of the text where there is none."""
        following = self._starts[bisect_right(self._starts, offset) :]
        return following[0] if following else len(self.text)

    def _fits(self, offset: int) -> bool:
        start = self._line_start(offset)
        return len(self.text[start : self._next_line(offset)].rstrip()) <= WIDTH

    def _spliced(self, start: int, end: int, new: str) -> YamlText:
        return YamlText(self.text[:start] + new + self.text[end:])

    @property
    def _newline(self) -> str:
        found = _BREAK.findall(self.text)
        return next((ending for ending in ("\r\n", "\n", "\r") if ending in found), "\n")

    def _with_lines(self, offset: int, lines: list[str], *, above: bool = False) -> YamlText:
        """With further lines below the one at this place, or above it."""
        block = "".join(f"{line}{self._newline}" for line in lines)
        at = self._line_start(offset) if above else self._next_line(offset)
        if not above and self._line_start(at) != at:
            # The last line of a file that does not end with a line break.
            return self._spliced(at, at, self._newline + block.removesuffix(self._newline))
        return self._spliced(at, at, block)

    def _with_block(self, start: int, end: int, lines: list[str]) -> YamlText:
        """With what stands between two places written anew. What was said behind it moves above it if it has to."""
        rest = self.text[end : self._next_line(end)].strip()
        line = self._line_start(start)
        if rest and len(lines) > 1 and not self.text[line:start].strip():
            indent = self.text[line:start]
            new = self._newline.join([f"{indent}{rest}", *lines])
            return self._spliced(line, end + len(self.text[end : self._next_line(end)].rstrip()), new)
        return self._spliced(start, end, self._newline.join(lines).lstrip(" "))

    def _into_flow(self, pairs: list[tuple[yaml.Node, yaml.Node]], place: int, entry: str) -> YamlText:
        """With a further entry between brackets or braces."""
        if place == 0:
            start = pairs[0][0].start_mark.index
            return self._spliced(start, start, f"{entry}, ")
        end = _end(pairs[place - 1][1], self.text)
        return self._spliced(end, end, f", {entry}")

    def _unfolded(self, path: Path, node: yaml.MappingNode, place: int, key: str, value: Value) -> YamlText:
        """With a mapping in braces, too long with its new key, written line by line."""
        if _is_flow(self._found(path[:-1])):
            return self._into_flow(list(node.value), place, f"{key}: {in_line(value, flow=True)}")
        entries: list[tuple[str, Value]] = [
            (one.value, Typed(self.text[item.start_mark.index : _end(item, self.text)])) for one, item in node.value
        ]
        entries.insert(place, (key, value))
        return self.replace(path, dict(entries))


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """The keys of a mapping with their values; of a list each item twice."""
    if isinstance(node, yaml.MappingNode):
        return list(node.value)
    return [(item, item) for item in node.value] if isinstance(node, yaml.SequenceNode) else []


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _end(node: yaml.Node, text: str) -> int:
    """Where the text of a value ends. The parser counts blank lines and comments below a block to it."""
    end: int = node.end_mark.index
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return _end(_pairs(node)[-1][1], text)
    start: int = node.start_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return start + len(text[start:end].rstrip())
    return end


def _like(neighbour: yaml.Node, item: Value) -> Value:
    """An item to be written like its neighbour: in braces where that one is."""
    return Braced(item) if isinstance(item, Mapping) and _is_flow(neighbour) else item
