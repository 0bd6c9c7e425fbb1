"""YAML text becomes plain values that know where in the file they stand.

YAML is read by its 1.2 rules: `no` and `on` are texts, `012` is a text, a date is a text (the schema reads dates). The
tree is built from the parser's events, so that the depth is bounded, aliases (and with them alias bombs) are refused,
and no key is lost when it stands twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from safety_plan.problems import Place, Problem
from safety_plan.reading.schema.base import Path

MOST_BYTES = 1_000_000
DEEPEST = 16

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LITERALS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass
class Document:
    """A file's content, with the place of every value and of every key."""

    file: str
    value: object = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def value_place(self, path: Path) -> Place:
        """Where the value at this path stands, or the nearest thing around it."""
        return _around(self.places, path, self.file)

    def key_place(self, path: Path) -> Place:
        """Where the key at the end of this path stands, or the nearest thing around it."""
        return self.keys.get(path) or self.value_place(path)


def _around(places: Mapping[Path, Place], path: Path, file: str) -> Place:
    while path and path not in places:
        path = path[:-1]
    return places.get(path, Place(file))


def text_of(content: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a file, or what keeps it from being read as one."""
    if len(content) > MOST_BYTES:
        return "", [
            Problem(
                Place(file),
                f"found a file of {len(content):,} bytes",
                allowed=f"at most {MOST_BYTES:,} bytes",
                fix="keep older values in a second file, or check that the right file was saved here.",
            )
        ]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        return "", [
            Problem(
                Place(file, line, column),
                "found a character that is not UTF-8",
                allowed="text saved as UTF-8",
                fix='save the file again with the encoding "UTF-8" (in most editors under "Save as").',
            )
        ]


def read_document(content: bytes, file: str) -> tuple[Document, list[Problem]]:
    """Read one YAML file. The document is only worth using where no problem comes with it."""
    document = Document(file)
    text, problems = text_of(content, file)
    problems += _tabs(text, file)
    if problems:
        return document, problems
    builder = _Builder(document, problems)
    try:
        builder.build(text)
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax_problem(error, file))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problems.append(
            Problem(
                Place(file, line, error.position - (text.rfind("\n", 0, error.position) + 1) + 1),
                "found a character that cannot be printed",
                allowed="ordinary text",
                fix="delete the character and type the text again.",
            )
        )
    except _GiveUpError:
        pass
    return document, problems


def _tabs(text: str, file: str) -> list[Problem]:
    return [
        Problem(
            Place(file, number, line.index("\t") + 1),
            "found a tab at the start of the line",
            allowed="spaces",
            fix="replace each tab by two spaces.",
        )
        for number, line in enumerate(text.splitlines(), start=1)
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]


_SYNTAX = (
    (
        "found unexpected end of stream",
        "found a quote that is opened here and never closed",
        "a closing quote of the same kind",
        "add the missing quote at the end of the text.",
    ),
    (
        "found unknown escape character",
        "found a backslash inside double quotes",
        "plain text",
        "use single quotes around a text with a backslash.",
    ),
    (
        "mapping values are not allowed",
        "found a second colon in the line",
        "one key, a colon, and its value",
        "put the text in quotes if it holds a colon, and check that the line is indented like its neighbours.",
    ),
    (
        "found character that cannot start any token",
        "found a text that starts with a special character",
        "a letter, a digit or a quote at the start of a text",
        "put the text in quotes.",
    ),
    (
        "could not find expected ':'",
        "found a line without a colon",
        "a key, a colon, and its value",
        "add the colon after the key, or indent the line if it goes on from the one before.",
    ),
    (
        "did not find expected ',' or '}'",
        "found a { that is not closed",
        "a comma between entries and } at the end",
        "add the missing comma or }.",
    ),
    (
        "did not find expected ',' or ']'",
        "found a [ that is not closed",
        "a comma between entries and ] at the end",
        "add the missing comma or ].",
    ),
    (
        "did not find expected '-' indicator",
        "found a line that does not belong to the list around it",
        'lines that start with "- ", indented alike',
        "indent the line like its neighbours.",
    ),
    (
        "did not find expected key",
        "found a line that does not fit the lines before it",
        "keys that are indented alike",
        "indent the line like its neighbours; quotes inside a text need quotes of the other kind around it.",
    ),
)


def _syntax_problem(error: yaml.MarkedYAMLError, file: str) -> Problem:
    said = error.problem or ""
    for words, found, allowed, fix in _SYNTAX:
        if words in said:
            opened_here = ("found unexpected end of stream", "did not find expected ','")
            mark = error.context_mark if words.startswith(opened_here) else error.problem_mark
            return Problem(_place(file, mark or error.problem_mark), found, allowed=allowed, fix=fix)
    return Problem(
        _place(file, error.problem_mark or error.context_mark),
        f"found something that cannot be read ({said})",
        allowed="lines of the form key: value",
        fix="compare the line with the ones around it; a text with special characters goes into quotes.",
    )


def _place(file: str, mark: yaml.Mark | None) -> Place:
    return Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)


class _GiveUpError(Exception):
    """What has been found so far makes the rest of the file unreadable."""


class _Builder:
    """Builds the values of one document from the parser's events."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document, self.problems = document, problems
        self.events: Iterator[yaml.Event] = iter(())

    def build(self, text: str) -> None:
        self.events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.document.places:
                    self._give_up(event, "found a second document after ---", "one document", "delete the line ---.")
                self.document.value = self._value(next(self.events), ())

    def _place(self, event: yaml.Event) -> Place:
        return _place(self.document.file, event.start_mark)

    def _problem(self, event: yaml.Event, found: str, allowed: str, fix: str) -> None:
        self.problems.append(Problem(self._place(event), found, allowed=allowed, fix=fix))

    def _give_up(self, event: yaml.Event, found: str, allowed: str, fix: str) -> None:
        self._problem(event, found, allowed, fix)
        raise _GiveUpError

    def _value(self, event: yaml.Event, path: Path) -> object:
        self.document.places[path] = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._problem(
                event, f"found the alias *{event.anchor}", "the text itself", "write the value out instead of pointing to it."
            )
            return None
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
            self._problem(event, f"found the tag {event.tag}", "plain values", "delete the tag.")  # type: ignore[attr-defined]
        if len(path) > DEEPEST:
            self._give_up(
                event,
                f"found values nested more than {DEEPEST} deep",
                f"at most {DEEPEST} levels",
                "check the brackets and the indentation of this line.",
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        assert isinstance(event, yaml.ScalarEvent)
        return _scalar(event)

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
                self._give_up(event, "found a key that is not a word", "a word and a colon", "write one word before the colon.")
            key = event.value  # type: ignore[attr-defined]
            place = self._place(event)
            here = (*path, key)
            if here in self.document.keys:
                first = self.document.keys[here].line
                self.problems.append(
                    Problem(
                        place,
                        f'found the key "{key}" a second time; it stands in line {first} already',
                        allowed="each key once",
                        fix="delete one of the two lines, or give it its right name.",
                    )
                )
                self._value(next(self.events), (*path, f"{key} (again)"))
                continue
            self.document.keys[here] = place
            value = self._value(next(self.events), here)
            # A form editor leaves a cleared field as nothing or as an empty text: both mean that it is absent.
            if value is not None and value != "":
                values[key] = value
        return values


def _scalar(event: yaml.ScalarEvent) -> object:
    text = event.value
    if event.style:
        return text
    if text.lower() in _LITERALS and (text in _LITERALS or text in (text.capitalize(), text.upper())):
        return _LITERALS[text.lower()]
    if _INTEGER.fullmatch(text) and len(text) <= 18:
        return int(text)
    if _FLOAT.fullmatch(text) and len(text) <= 40:
        return float(text)
    return text
