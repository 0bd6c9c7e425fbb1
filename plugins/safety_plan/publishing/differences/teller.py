"""How differences are put into words: what things, records and values are called on either side of the change."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import KINDS, Thing
from safety_plan.problems import shown
from safety_plan.publishing import words
from safety_plan.publishing.addresses import address_of
from safety_plan.publishing.differences.difference import Version
from safety_plan.publishing.differences.names import FILES, NOUNS, SECRET, field_words, record_words
from safety_plan.publishing.differences.walk import Step, key_of
from safety_plan.publishing.figures import in_plain_text
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.base import Record, Reference, mark_of
from safety_plan.reading.schema.goals import Money
from safety_plan.reading.schema.metrics import Baseline, Benchmark, Metric
from safety_plan.reading.schema.targets import Target, TargetChange

_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_FIGURE = re.compile(r"\{\{[^{}]*\}\}")
_MOST = 160
"""How many characters of a text are quoted."""

_LEAD = 40
"""How many characters of what stays stand before what changes."""

_WHOLE = 100_000
"""More characters than any text has."""

_OF_A_MEASURE = (Target, TargetChange, Baseline, Benchmark)
"""Records whose numbers are values of their measure, in its unit."""

_PERCENTS = ("progress", "completion_percent")
_UNSAID = ("id", "former_ids", *SECRET)

Names = tuple[Thing[Any] | None, Record]
"""What a change is about: a thing of the plan, or None and the record of its file."""


@dataclass(frozen=True)
class Teller:
    """Puts one side into words. `version` is that side; `hushed` leaves its live figures out of names and quotes."""

    version: Version
    hushed: bool = False

    @property
    def plan(self) -> Plan:
        """The plan of this side."""
        return self.version.plan

    def text(self, text: str, most: int = _MOST) -> str:
        """A text as residents read it, shortened, on one line."""
        return shown(_without_links(_FIGURE.sub("...", text)) if self.hushed else self.whole(text), most)

    def whole(self, text: str) -> str:
        """A text as residents read it, as long as it is, without its links."""
        return _without_links(in_plain_text(text, self.plan, self.version.results))

    def called(self, thing: Thing[Any]) -> str:
        """The title of a thing with its reference: “Fire safety” (G1)."""
        if thing.kind == "review":
            return words.period(thing.record.period)
        ref = f" ({thing.ref})" if thing.ref else ""
        return f"“{self.text(thing.title, 80)}”{ref}"

    def thing(self, thing: Thing[Any]) -> str:
        """A thing with its kind: the measure “EMS response time” (M01)."""
        of = "of " if thing.kind == "review" else ""
        return f"the {NOUNS.get(thing.kind, KINDS[thing.kind].noun)} {of}{self.called(thing)}"

    def about(self, about: Names) -> str:
        """What a change is about, as the end of a sentence names it."""
        thing, record = about
        return self.thing(thing) if thing is not None else FILES[type(record).__name__][0]

    def address(self, about: Names) -> str:
        """The page where residents see it."""
        thing, record = about
        return address_of(thing) if thing is not None else page_address(FILES[type(record).__name__][1])

    def trail(self, trail: Iterable[Step], about: Names) -> str:
        """Where within a thing something stands: the milestone “Bids are in” of the action “New station” (A07)."""
        found = [self.about(about)]
        for step in trail:
            if name := self._step(step):
                found.insert(0, name)
        return " of ".join(found)

    def _step(self, step: Step) -> str:
        """A record within another one; empty for what only holds fields together."""
        if not step.many:
            name = field_words(step.field, step.holder)
            return f"the {name}" if name else ""
        return self.record(step.record)

    def record(self, record: Record) -> str:
        """A record of a list, by what a reader tells it by."""
        return f"the {record_words(record)} {self._key(key_of(record))}"

    def _key(self, key: object) -> str:
        if isinstance(key, tuple):
            return ", ".join(map(self._key, key))
        if isinstance(key, dt.date):
            return f"of {words.date(key)}"
        if isinstance(key, Period):
            return f"for {words.period(key)}"
        return f"“{self.text(str(key), 80)}”"

    def value(self, holder: Record, field: str, value: object, metric: Metric | None = None) -> str:
        """A value in words; a text stands in quotes."""
        if isinstance(value, Record):
            return self.brief(value, metric)
        if isinstance(value, tuple):
            return ", ".join(self.value(holder, field, one, metric) for one in value)
        if isinstance(value, dt.date | Period):
            return words.date(value) if isinstance(value, dt.date) else words.period(value)
        if isinstance(value, int | float):
            return _number(holder, field, value, metric)
        return self._word(holder, field, str(value))

    def _word(self, holder: Record, field: str, text: str) -> str:
        about = type(holder).model_fields[field]
        mark = mark_of(about.metadata, about.annotation, Reference)
        if mark is None:
            return f"“{self.text(text)}”"
        if mark.kind == "page":
            return f"“{PAGES[text].title}”"
        return self.called(self.plan.thing(mark.kind, text))

    def brief(self, record: Record, metric: Metric | None = None) -> str:
        """What a whole record says, in one line: its fields that are not as usual."""
        parts = []
        for name, about in type(record).model_fields.items():
            value = getattr(record, name)
            if name not in _UNSAID and value not in (None, (), about.get_default(call_default_factory=True)):
                parts.append(f"{field_words(name, type(record)) or name}: {self.value(record, name, value, metric)}")
        return shown("; ".join(parts), 2 * _MOST)


def _number(holder: Record, field: str, value: float, metric: Metric | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field == "natural_limit" or (isinstance(holder, _OF_A_MEASURE) and metric is not None):
        kept = metric if isinstance(holder, _OF_A_MEASURE) else holder
        assert isinstance(kept, Metric)
        told = words.value(kept, value)
        return told if words.rounded(kept, value) == value else f"{told} (exactly {value:g})"
    if isinstance(holder, Money):
        return words.dollars(int(value))
    text = words.number(value) if value == int(value) else f"{value:g}"
    return words.percent(text) if field in _PERCENTS else text


def _without_links(text: str) -> str:
    return _MARKDOWN_LINK.sub(r"\1", text)


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Two versions of a text in quotes, shortened so that what changes can be seen."""
    before, after = shown(before, _WHOLE), shown(after, _WHOLE)
    if max(len(before), len(after)) <= _MOST:
        return f"“{before}”", f"“{after}”"
    start = len(posixpath.commonprefix([before, after]))
    # A few words before the first one that changes.
    start = before.rfind(" ", 0, max(start - _LEAD, 0)) + 1
    return _from(before, start), _from(after, start)


def _from(text: str, start: int) -> str:
    return f"“{'...' if start else ''}{shown(text[start:], _MOST)}”"


def clause(text: str) -> str:
    """A text as the end of a sentence that brings its own full stop."""
    return text.rstrip(" .")


def capital(sentence: str) -> str:
    """A sentence with a capital letter at its start."""
    return sentence[:1].upper() + sentence[1:]
