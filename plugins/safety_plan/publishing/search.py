"""What the search of the site finds: entries written from the plan, by the plain names of things and other words.

The search engine of the theme would index whole pages, with every table and chart on them. Its index is loaded with
each page, so these entries are short: a name and a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from safety_plan.language import say
from safety_plan.plan.plan import AnyThing
from safety_plan.plan.things import Thing
from safety_plan.publishing.addresses import address_of
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio, View
from safety_plan.reading.schema.words import Term

_MOST = 36
"""Letters of a text in the index: about a line of a result on a phone."""

_BOOST = 3
"""How much more what a word stands for weighs than what only has it in its name."""

_ON_PAGES = ("action", "training", "model", "element", "technology", "theme", "question", "term")
"""The kinds of things that are found at their place on a page; others have a page of their own, or one to look at."""


@dataclass(frozen=True)
class Entry:
    """Something that is found: its address within the site of its language, its name and a few words about it.

    Those with a higher `boost` stand before others that fit as well.
    """

    address: str
    title: str
    text: str
    boost: float = 1


def search_entries(studio: Studio, pages: Iterable[Page]) -> tuple[Entry, ...]:
    """An entry for each page, and for each thing that has a place on one."""
    others = _Others(studio.plan.all(Term))
    view = View(studio, "")
    return (
        *(others.with_words(Entry(page.address, page.title, _cut(_about(page)))) for page in pages),
        *(
            Entry(address_of(thing), _title(thing, view), "", _boost(thing))
            for kind in _ON_PAGES
            for thing in studio.plan.things[kind].values()
        ),
    )


def _about(page: Page) -> str:
    """What is said about a page, without its title once more."""
    return page.description.removeprefix(f"{page.title}, ")


def _boost(thing: AnyThing) -> float:
    return _BOOST if isinstance(thing.record, Term) and thing.record.also_called else 1


def _title(thing: AnyThing, view: View) -> str:
    record = thing.record
    if not isinstance(record, Term):
        return view.title(thing)
    names = [record.term, *([record.long] if record.long else []), *record.also_called]
    return ", ".join(str(name) for name in names)


class _Others:
    """The other words for what the glossary explains: whoever searches one of them finds what holds its word."""

    def __init__(self, terms: Iterable[Thing[Term]]) -> None:
        self._words = [
            (_names(term.record), [str(word) for word in term.record.also_called])
            for term in terms
            if term.record.also_called
        ]

    def with_words(self, entry: Entry) -> Entry:
        """The entry with the other words: in its name where it is about just that, else where its text holds a word."""
        for names, others in self._words:
            if _without_brackets(entry.title) in map(_without_brackets, names):
                return replace(entry, title=", ".join((entry.title, *others)), boost=_BOOST)
        said = f"{entry.title} {entry.text}"
        found = [word for names, others in self._words if _holds(said, names) for word in others]
        missing = [word for word in dict.fromkeys(found) if word.casefold() not in said.casefold()]
        if not missing:
            return entry
        return replace(entry, text=say("{text} (Also: {words})", text=entry.text, words=", ".join(missing)))


def _holds(text: str, names: Iterable[str]) -> bool:
    return re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", text) is not None


def _without_brackets(name: str) -> str:
    """A name to compare with others: a translation may have the English words behind it, in brackets."""
    return re.sub(r"\s*\([^)]*\)", "", name).casefold()


def _names(term: Term) -> list[str]:
    return [str(name) for name in (term.term, term.long) if name]


def _cut(text: str) -> str:
    """The start of a text, up to the end of a word."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"


def with_entries(index: str, entries: Iterable[Entry]) -> str:
    """The index that the search engine wrote, with these entries added."""
    found = json.loads(index)
    return _written(found["config"], [*map(_short, found["docs"]), *map(_document, entries)])


def index_of(language: str, index: str, entries: Iterable[Entry], prefix: str) -> str:
    """An index for another language, with the pages that the engine's index has below its prefix.

    `index` is the one that the engine wrote for all pages: its settings hold for this one, too.
    """
    found = json.loads(index)
    own = [{**_short(one), "location": one["location"][len(prefix) :]} for one in found["docs"] if _within(one, prefix)]
    return _written({**found["config"], "lang": [language]}, [*own, *map(_document, entries)])


def without(prefixes: Iterable[str], index: str) -> str:
    """The engine's index without the pages below these prefixes, which have an index of their own."""
    found = json.loads(index)
    places = tuple(prefixes)
    return _written(found["config"], [one for one in found["docs"] if not any(_within(one, at) for at in places)])


def _within(document: dict[str, Any], prefix: str) -> bool:
    return str(document["location"]).startswith(prefix)


def _short(document: dict[str, Any]) -> dict[str, Any]:
    """A part of a hand-written page, found by its heading and its first words."""
    return {**document, "text": _cut(Markup(document["text"]).striptags())}


def _document(entry: Entry) -> dict[str, Any]:
    found = {"location": entry.address, "title": entry.title, "text": entry.text}
    return found if entry.boost == 1 else {**found, "boost": entry.boost}


def _written(config: Any, documents: list[Any]) -> str:
    return json.dumps({"config": config, "docs": documents}, separators=(",", ":"), ensure_ascii=False)
