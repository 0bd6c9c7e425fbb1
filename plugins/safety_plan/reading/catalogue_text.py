"""A catalogue as the text of its file: the same entries always make the same text, so that a change is easy to see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import escape, normalize

from safety_plan.language import locale_of
from safety_plan.reading.catalogue_merge import Entry

_WIDTH = 100
_HEADER = re.compile(r'\A(?:#.*\n|\s*\n)*msgid ""\nmsgstr ""\n(?:".*"\n)+')


def catalogue_text(entries: Iterable[Entry], code: str, old: str = "") -> str:
    """The text of a catalogue. `old` is the text of the file as it was, whose header stays as it is."""
    header = _HEADER.match(old)
    parts = [header.group().strip() if header else _header(code)]
    parts += ["\n".join(_lines(entry)) for entry in entries]
    return "\n\n".join(parts) + "\n"


def _header(code: str) -> str:
    fields = {
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": Catalog(locale_of(code)).plural_forms,
    }
    return "\n".join(['msgid ""', 'msgstr ""', *(escape(f"{name}: {value}\n") for name, value in fields.items())])


def _lines(entry: Entry) -> Iterator[str]:
    yield from (f"# {comment}".rstrip() for comment in entry.comments)
    yield from (f"#: {file}" for file in entry.files)
    flags = [*(["fuzzy"] if entry.fuzzy else []), *_formats(entry)]
    if flags:
        yield f"#, {', '.join(flags)}"
    start = "#~ " if entry.obsolete else ""
    if not entry.obsolete:
        for keyword, previous in zip(("msgid", "msgid_plural"), entry.previous, strict=False):
            yield from _text(keyword, previous, "#| ")
    if entry.context:
        yield from _text("msgctxt", entry.context, start)
    for keyword, id in zip(("msgid", "msgid_plural"), entry.ids, strict=False):
        yield from _text(keyword, id, start)
    if len(entry.ids) == 1:
        yield from _text("msgstr", entry.strings[0], start)
    else:
        for number, string in enumerate(entry.strings):
            yield from _text(f"msgstr[{number}]", string, start)


def _formats(entry: Entry) -> Iterator[str]:
    """What editors for translations look at to see whether all values of a text are there."""
    if ": " not in entry.context:
        flags = Message(entry.ids if len(entry.ids) > 1 else entry.ids[0]).flags
        yield from sorted(flag for flag in flags if flag.endswith("-format"))


def _text(keyword: str, text: str, start: str) -> Iterator[str]:
    for number, line in enumerate(normalize(text, width=_WIDTH).split("\n")):
        yield f"{start}{'' if number else f'{keyword} '}{line}"
