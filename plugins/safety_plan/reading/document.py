"""YAML text becomes plain values that know where in the file they stand.

YAML is read by its 1.2 rules: `no` and `on` are texts, `012` is a text, a date is a text (the schema reads dates). The
tree is built from the parser's events, so that the depth is bounded, aliases (and with them alias bombs) are refused,
and no key is lost when it stands twice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from yaml.reader import Reader

from safety_plan.problems import Place, Problem, shown
from safety_plan.reading.schema.base import Path
from safety_plan.reading.syntax import Stuck, no_space, starts_with_sign, syntax_problem

MOST_BYTES = 1_000_000
DEEPEST = 16
_MOST_DIGITS = 18

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)
_LITERALS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NO_SPACE = re.compile(r"[\w-]+:\S")
_OWN_TAGS = "tag:yaml.org,2002:"


@dataclass
class Document:
    """A file's content, with the place of every value and of every key.

    `written` holds the numbers as they were typed, since 1.30 is no longer seen in 1.3. `spoiled` are the places that a
    problem has already been reported for, so that nothing more is said about what could not be read there. `empty` are
    the keys without a value, which count as absent.
    """

    file: str
    text: str = ""
    value: object = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)
    spoiled: set[Path] = field(default_factory=set)
    empty: list[Path] = field(default_factory=list)

    def value_place(self, path: Path) -> Place:
        """Where the value at this path stands, or the nearest thing around it."""
        return _around(self.places, path, self.file)

    def key_place(self, path: Path) -> Place:
        """Where the key at the end of this path stands, or the nearest thing around it."""
        return self.keys.get(path) or self.value_place(path)

    def keys_beside(self, path: Path) -> set[str]:
        """The keys that stand together with the one at the end of this path, which is one of them."""
        return {str(other[-1]) for other in self.keys if other[:-1] == path[:-1]}

    def without(self, gone: Collection[Path]) -> Document:
        """A copy without the values at these paths. What is left still knows its places."""
        copy = Document(self.file, self.text, empty=self.empty)
        copy.value = self._copied((), self.value, copy, (), gone)
        return copy

    def _copied(self, old: Path, value: object, copy: Document, new: Path, gone: Collection[Path]) -> object:
        copy.places[new] = self.value_place(old)
        if old in self.keys:
            copy.keys[new] = self.keys[old]
        if old in self.written:
            copy.written[new] = self.written[old]
        if isinstance(value, dict):
            return {
                key: self._copied((*old, key), item, copy, (*new, key), gone)
                for key, item in value.items()
                if (*old, key) not in gone
            }
        if isinstance(value, tuple):
            items: list[object] = []
            for number, item in enumerate(value):
                if (*old, number) not in gone:
                    items.append(self._copied((*old, number), item, copy, (*new, len(items)), gone))
            return tuple(items)
        return value


def _around(places: Mapping[Path, Place], path: Path, file: str) -> Place:
    while path and path not in places:
        path = path[:-1]
    return places.get(path, Place(file))


def text_of(content: bytes, file: str, most: int = MOST_BYTES) -> tuple[str, list[Problem]]:
    """The text of a file of at most so many bytes, or what keeps it from being read as one."""
    if len(content) > most:
        return "", [too_large(file, len(content), most)]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        return "", [
            Problem(
                Place.in_text(file, before, len(before)),
                "found a character that was not saved as UTF-8",
                allowed="text saved as UTF-8",
                fix='save the file again with the encoding "UTF-8" (in most editors under "Save as").',
            )
        ]


def too_large(file: str, size: int, most: int = MOST_BYTES) -> Problem:
    """The problem of a file that is larger than any that a town would write."""
    return Problem(
        Place(file),
        f"found a file of {size:,} bytes",
        allowed=f"at most {most:,} bytes",
        fix="check that the right file was saved here; move older values to a second file.",
    )


def read_document(content: bytes, file: str) -> tuple[Document, list[Problem]]:
    """Read one YAML file. Where problems come with it, the document may hold only a part of what was written."""
    text, problems = text_of(content, file)
    document = Document(file, text)
    problems += _unseen(text, file) or _conflict(text, file) or _tabs(text, file)
    if problems:
        return document, problems
    builder = _Builder(document, problems)
    try:
        builder.build()
    except yaml.MarkedYAMLError as error:
        # What stands above the place may be in order, but it is not the whole.
        document.value = None
        problems.append(syntax_problem(Stuck(file, text, error, builder.last)))
    except _GiveUpError:
        pass
    builder.finish()
    return document, problems


def _unseen(text: str, file: str) -> list[Problem]:
    match = Reader.NON_PRINTABLE.search(text)
    if match is None:
        return []
    return [
        Problem(
            Place.in_text(file, text, match.start()),
            "found a character that cannot be seen",
            allowed="ordinary text",
            fix="delete it, and type the text around it again if need be.",
        )
    ]


def _conflict(text: str, file: str) -> list[Problem]:
    """Two people changed the same lines, and git asks which of the two to keep."""
    match = _CONFLICT.search(text)
    if match is None:
        return []
    return [
        Problem(
            Place.in_text(file, text, match.start()),
            "found a mark that git leaves where two people changed the same lines",
            allowed="one of the two versions, without the marks",
            fix="keep the lines that are right, and delete the lines with <<<<<<<, ======= and >>>>>>>.",
        )
    ]


def _tabs(text: str, file: str) -> list[Problem]:
    lines = [
        (number, line.index("\t") + 1)
        for number, line in enumerate(text.split("\n"), start=1)
        if "\t" in line[: len(line) - len(line.lstrip())] and line.strip()
    ]
    if not lines:
        return []
    more = len(lines) - 1
    others = f", and of {more} more {'line' if more == 1 else 'lines'}" if more else ""
    return [
        Problem(
            Place(file, *lines[0]),
            f"found a tab at the start of the line{others}",
            allowed="spaces",
            fix="replace each tab by two spaces.",
        )
    ]


def _place(file: str, event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)


class _GiveUpError(Exception):
    """What has been found so far makes the rest of the file unreadable."""


class _Builder:
    """Builds the values of one document from the parser's events."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document, self.problems = document, problems
        self.events: Iterator[yaml.Event] = iter(())
        self.last: yaml.Event | None = None
        self.pointers: list[tuple[Place, str]] = []

    def build(self) -> None:
        self.events = self._watched(yaml.parse(self.document.text, Loader=yaml.CSafeLoader))
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.document.places:
                    self._problem(
                        event,
                        'found a second document after "---"',
                        "one document in a file",
                        'delete the line "---", or move what follows into a file of its own.',
                    )
                    raise _GiveUpError
                self.document.value = self._value(next(self.events), ())

    def finish(self) -> None:
        """Report the anchors and aliases together: one pasted sample can hold hundreds."""
        if not self.pointers:
            return
        place, sign = self.pointers[0]
        more = len(self.pointers) - 1
        others = f", and {more} more such {'sign' if more == 1 else 'signs'}" if more else ""
        self.problems.append(
            Problem(
                place,
                f'found "{shown(sign)}", a sign that lets one place stand for another{others}',
                allowed="every text written out where it belongs",
                fix="write the text out; put quotes around a text that starts with & or *.",
            )
        )

    def _watched(self, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
        for event in events:
            self.last = event
            yield event

    def _problem(self, event: yaml.Event, found: str, allowed: str, fix: str) -> None:
        self.problems.append(Problem(_place(self.document.file, event), found, allowed=allowed, fix=fix))

    def _value(self, event: yaml.Event, path: Path) -> object:
        self.document.places[path] = _place(self.document.file, event)
        self._refuse_signs(event, path)
        if isinstance(event, yaml.AliasEvent):
            return None
        if len(path) > DEEPEST:
            self._problem(
                event,
                f"found values within values, more than {DEEPEST} levels deep",
                f"at most {DEEPEST} levels",
                "check the brackets and the indentation here.",
            )
            raise _GiveUpError
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        assert isinstance(event, yaml.ScalarEvent)
        value = event.value if event.style else plain_value(event.value)
        if value is not event.value:
            self.document.written[path] = event.value
        return value

    def _refuse_signs(self, event: yaml.Event, path: Path) -> None:
        """Anchors, aliases and tags: what no plan needs and what can do harm."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self.document.spoiled.add(path)
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.pointers.append((self.document.places[path], f"{sign}{anchor}"))
        if tag:
            self.document.spoiled.add(path)
            name = f"!!{tag.removeprefix(_OWN_TAGS)}" if tag.startswith(_OWN_TAGS) else tag
            self._problem(
                event,
                f'found the tag "{shown(name)}"',
                "values without tags",
                "delete the tag; put quotes around a text that starts with an exclamation mark.",
            )

    def _sequence(self, path: Path) -> tuple[object, ...]:
        items: list[object] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, (*path, len(items))))
        return tuple(items)

    def _mapping(self, path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._not_a_key(event, path)
                continue
            key, here = event.value, (*path, event.value)
            if here in self.document.keys:
                self._second(event, here)
                continue
            self.document.keys[here] = _place(self.document.file, event)
            value = self._value(next(self.events), here)
            # A form editor leaves a cleared field as nothing or as an empty text: both mean that it is absent.
            if value is not None and value != "":
                values[key] = value
            elif _NO_SPACE.match(key):
                self._no_space(here)
            else:
                self.document.empty.append(here)
        return values

    def _no_space(self, here: Path) -> None:
        """In braces, `value:5` reads as one long key with nothing after it."""
        self.document.spoiled.add(here[:-1])
        key = self.document.keys[here]
        self.problems.append(no_space(Place(key.file, key.line, key.column + str(here[-1]).index(":"))))

    def _second(self, event: yaml.ScalarEvent, here: Path) -> None:
        first = self.document.keys[here].line
        self._problem(
            event,
            f'found the key "{shown(event.value)}" a second time; it stands in line {first} already',
            "each key once",
            "delete one of the two lines, or give it the key that it should have.",
        )
        self._pass_over(next(self.events))

    def _not_a_key(self, event: yaml.Event, path: Path) -> None:
        """A text such as `{{ value x }}` without quotes looks like keys whose key is not a word."""
        self.document.spoiled.add(path)
        self.problems.append(starts_with_sign(self.document.value_place(path), "{"))
        self._pass_over(event)
        self._pass_over(next(self.events))

    def _pass_over(self, event: yaml.Event) -> None:
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth <= 0:
                return
            event = next(self.events)


def plain_value(text: str) -> object:
    """What a text without quotes stands for: nothing, true, false, a number, or itself."""
    if text.lower() in _LITERALS and (text in _LITERALS or text in (text.capitalize(), text.upper())):
        return _LITERALS[text.lower()]
    if _INTEGER.fullmatch(text) and len(text) <= _MOST_DIGITS:
        return int(text)
    if _FLOAT.fullmatch(text) and len(text) <= 2 * _MOST_DIGITS:
        number = float(text)
        # 1e400 is no number that a table could show.
        return number if math.isfinite(number) else text
    return text
