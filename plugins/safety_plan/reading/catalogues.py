"""Gettext catalogues: files with the texts of one language, read so that whatever is wrong is told at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser

from safety_plan.problems import Place, Problem, shown
from safety_plan.reading.document import text_of

MOST_BYTES = 5_000_000
"""The texts of a plan and of the whole interface, each with its translation, are larger than a file of YAML."""

_LINE = re.compile(r'(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)[ \t]+)?"([^"\\]|\\.)*")?[ \t\r]*')
_OBSOLETE = re.compile(r"#~\s?")
_OBSOLETE_PREVIOUS = re.compile(r"^#~\|.*$", re.MULTILINE)
_CONFLICT = re.compile(r"(<{7}|={7}|>{7})( |$)")
_NOT_TOGETHER = "found lines that do not fit together as an entry"
_MOST_LINES = 5
"""How many lines that cannot be read are told one by one."""


def read_catalogue(content: bytes, file: str, locale: Locale) -> tuple[Catalog, list[Problem]]:
    """The catalogue in a file, or an empty one and what keeps it from being read."""
    empty = Catalog(locale)
    text, problems = text_of(content, file, MOST_BYTES)
    # Other programs keep here what a text no longer wanted was before. Babel cannot read it.
    text = _OBSOLETE_PREVIOUS.sub("", text)
    problems = problems or list(_line_problems(text, file))
    if problems:
        return empty, problems
    catalogue = _Read(locale)
    try:
        PoFileParser(catalogue, abort_invalid=True).parse(StringIO(text))
        return catalogue, list(_double_problems(catalogue, file))
    except PoFileError as error:
        place = Place(file, error.lineno + 1)
        found = f'found a line that does not fit: "{shown(error.line)}"' if error.line else _NOT_TOGETHER
    except (ValueError, LookupError, AttributeError, TypeError):
        # Babel takes some files apart only as far as it gets.
        place, found = Place(file), _NOT_TOGETHER
    return empty, [
        Problem(
            place,
            found,
            allowed="entries of msgctxt, msgid and msgstr, in this order",
            fix="open the file in an editor for translations and save it, or take the file as it was before.",
        )
    ]


class _Read(Catalog):
    """A catalogue that remembers the entries that came a second time. Babel drops them without a word."""

    def __init__(self, locale: Locale) -> None:
        super().__init__(locale)
        self.again: list[tuple[Message, int]] = []

    def __setitem__(self, id: str | list[str] | tuple[str, ...], message: Message) -> None:
        """Take in an entry; of one that is there already, remember where the first one stands."""
        first = self.get(message.id, message.context) if message.id else None
        if first is not None and strings(first) != strings(message):
            self.again.append((message, first.lineno or 1))
        super().__setitem__(id, message)


def _double_problems(catalogue: _Read, file: str) -> Iterator[Problem]:
    """The same text twice, with a translation each: only one of them can appear."""
    for message, first in catalogue.again:
        text = message.id if isinstance(message.id, str) else message.id[0]
        yield Problem(
            Place(file, message.lineno or 1),
            f'found "{shown(text)}" a second time, with another translation; it stands in line {first} already',
            allowed="one entry for each text",
            fix="keep the better translation, and delete the other entry.",
        )


def _line_problems(text: str, file: str) -> Iterator[Problem]:
    """Lines of another form than those of a catalogue. Babel would lose parts of them without a word."""
    wrong = [
        (number, line)
        for number, line in enumerate(text.split("\n"), start=1)
        if not _LINE.fullmatch(_OBSOLETE.sub("", line.strip(), count=1))
    ]
    for number, line in wrong[:_MOST_LINES]:
        if _CONFLICT.match(line):
            yield Problem(
                Place(file, number),
                "found a mark that git leaves where two people changed the same lines",
                allowed="one of the two versions, without the marks",
                fix="keep the lines that are right, and delete the lines with <<<<<<<, ======= and >>>>>>>.",
            )
            return
        yield Problem(
            Place(file, number),
            f'found a line that cannot be read: "{shown(line)}"',
            allowed='msgctxt, msgid or msgstr and a text in quotes, with \\" for a quote within it',
            fix="put the text in quotes, or take the line as it was before.",
        )


def entries(catalogue: Catalog) -> Iterator[Message]:
    """The entries of a catalogue, without the header."""
    yield from (message for message in catalogue if message.id)


def strings(message: Message) -> tuple[str, ...]:
    """What stands as a translation: one text, or one for each form of a text that counts."""
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


def is_translated(message: Message) -> bool:
    """Whether an entry has a translation, all forms of it, that is up to date."""
    return not message.fuzzy and all(strings(message))


def read_file(path: Path) -> bytes | None:
    """The content of a file, or nothing where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError:
        return None
