"""What the search of the site finds: entries written from the plan, by the plain names of things and other words.

The search engine of the theme would index whole pages, with every table and chart on them. Its index is loaded with
each page, so these entries are short: a name and a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from safety_plan.language import say
from safety_plan.plan.plan import AnyThing
from safety_plan.plan.things import KINDS
from safety_plan.publishing.addresses import address_of
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio, View
from safety_plan.reading.schema.words import Term

_MOST = 90
"""Letters of a text in the index, about two lines of a result."""

_TEXT_OF = {
    "objective": "",
    "action": "",
    "law-change": "",
    "training": "about",
    "exercise": "lesson",
    "competency": "meaning",
    "model": "about",
    "element": "current",
    "theme": "we_did",
    "technology": "purpose",
    "agreement": "about",
    "question": "answer",
    "term": "meaning",
}
"""What is found at a place on a page, and the field whose text is shown with it; the others have pages of their own."""

_MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`]+")


@dataclass(frozen=True)
class Entry:
    """Something that is found: its address within the site of its language, its name and a few words about it."""

    address: str
    title: str
    text: str


def search_entries(studio: Studio, pages: Iterable[Page]) -> tuple[Entry, ...]:
    """An entry for each page, and for each thing that has a place on one."""
    others = _Others(studio.plan.all(Term))
    view = View(studio, "")
    return tuple(
        [*(others.with_words(Entry(page.address, page.title, _cut(page.description))) for page in pages)]
        + [others.with_words(entry) for entry in _things(studio, view)]
    )


def _things(studio: Studio, view: View) -> Iterator[Entry]:
    for kind in KINDS:
        if kind not in _TEXT_OF:
            continue
        for thing in studio.plan.things[kind].values():
            field = _TEXT_OF[kind]
            text = _cut(_bare(view.plain(getattr(thing.record, field) or ""))) if field else ""
            yield Entry(address_of(thing), _title(thing, view), text)


def _title(thing: AnyThing, view: View) -> str:
    record = thing.record
    if not isinstance(record, Term):
        return view.title(thing)
    names = [record.term, *([record.long] if record.long else []), *record.also_called]
    return ", ".join(str(name) for name in names)


class _Others:
    """The other words for what the glossary explains: whoever searches one of them finds what holds its word."""

    def __init__(self, terms: Iterable[Any]) -> None:
        self._words = [
            (re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _names(term.record)))})(?!\w)"), term.record.also_called)
            for term in terms
            if term.record.also_called
        ]

    def with_words(self, entry: Entry) -> Entry:
        """The entry with the other words for what its name or its text holds."""
        said = f"{entry.title} {entry.text}"
        found = [str(word) for pattern, words in self._words if pattern.search(said) for word in words]
        missing = [word for word in dict.fromkeys(found) if word.casefold() not in said.casefold()]
        if not missing:
            return entry
        return Entry(entry.address, entry.title, say("{text} (Also: {words})", text=entry.text, words=", ".join(missing)))


def _names(term: Term) -> list[str]:
    return [str(name) for name in (term.term, term.long) if name]


def _bare(text: str) -> str:
    """Markdown as plain words."""
    return _MARKS.sub(r"\1", text)


def _cut(text: str) -> str:
    """The start of a text, up to the end of a word."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"


def with_entries(index: str, entries: Iterable[Entry]) -> str:
    """The index that the search engine wrote, with these entries added."""
    found = json.loads(index)
    return _written(found["config"], [*found["docs"], *map(_document, entries)])


def index_of(language: str, index: str, entries: Iterable[Entry], prefix: str) -> str:
    """An index for another language, with the pages that the engine's index has below its prefix.

    `index` is the one that the engine wrote for all pages: its settings hold for this one, too.
    """
    found = json.loads(index)
    own = [{**one, "location": one["location"][len(prefix) :]} for one in found["docs"] if _within(one, prefix)]
    return _written({**found["config"], "lang": [language]}, [*own, *map(_document, entries)])


def without(prefixes: Iterable[str], index: str) -> str:
    """The engine's index without the pages below these prefixes, which have an index of their own."""
    found = json.loads(index)
    places = tuple(prefixes)
    return _written(found["config"], [one for one in found["docs"] if not any(_within(one, at) for at in places)])


def _within(document: dict[str, Any], prefix: str) -> bool:
    return str(document["location"]).startswith(prefix)


def _document(entry: Entry) -> dict[str, str]:
    return {"location": entry.address, "title": entry.title, "text": entry.text}


def _written(config: Any, documents: list[Any]) -> str:
    return json.dumps({"config": config, "docs": documents}, separators=(",", ":"), ensure_ascii=False)
