"""Any field of the plan that changes, in a sentence: what has no better words of its own is told here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.publishing.differences.both import Both
from safety_plan.publishing.differences.difference import Difference, Kind, Part
from safety_plan.publishing.differences.names import SECRET, field_words
from safety_plan.publishing.differences.teller import Names, Teller, capital, excerpts
from safety_plan.publishing.differences.walk import Change, FieldChange, walk
from safety_plan.reading.plan_texts import is_translated
from safety_plan.reading.schema.base import Record, Reference, mark_of
from safety_plan.reading.schema.engagement import Event, Theme
from safety_plan.reading.schema.look import Look, Seal
from safety_plan.reading.schema.metrics import Baseline, Metric
from safety_plan.reading.schema.observations import Breakdown, Observation
from safety_plan.reading.schema.town import Town

_BY_KIND = {
    "action": Part.ACTIONS,
    "requirement": Part.DUTIES,
    "law-change": Part.DUTIES,
    "risk": Part.RISKS,
    "review": Part.REVIEWS,
    "decision": Part.REVIEWS,
    "role": Part.PEOPLE,
}
_TEXTS_OF_METRIC = (
    "name",
    "question",
    "explanation",
    "notes",
    "next_step",
    "ref",
    "headline",
    "benchmarks",
    "former_ids",
)
_SITE = ("languages", "website", "feedback", "records_page", "fiscal_year_starts", "notice")
_KINDS: dict[Change, Kind] = {
    "new": "new",
    "gone": "gone",
    "changed": "changed",
    "reordered": "changed",
    "same": "changed",
}
_GOALPOSTS = ("targets", "by", "value", "low", "high", "keep", "tolerance")
"""The fields of a target that decide whether it is met."""

_UNSEEN = ("observations_file", "repository", *SECRET)


def field_differences(
    both: Both, about: tuple[Names, Names], told: frozenset[str] = frozenset()
) -> Iterator[Difference]:
    """Every field of a record that changes, and of those within it; without its fields in `told`, which are told.

    `about` are the record and its thing on both sides.
    """
    (_, old), (_, new) = about
    for change in walk(old, new, both.renamed):
        top = change.trail[0].field if change.trail else change.field
        if top not in told and not isinstance(change.after or change.before, Observation):
            yield from _Told(both, about, change).differences()


def changes_within(
    both: Both, about: tuple[Names, Names], within: tuple[Record, Record], where: str, *, quiet: bool = False
) -> Iterator[Difference]:
    """Every field that changes between two records within these.

    `where` says what they are, as the end of a sentence. Where it is to be `quiet`, nothing is said of what was before.
    """
    for change in walk(*within, both.renamed):
        yield from _Told(both, about, change, where, quiet).differences()


@dataclass(frozen=True)
class _Told:
    """A change of a field, put into words."""

    both: Both
    about: tuple[Names, Names]
    change: FieldChange
    where: str = ""
    quiet: bool = False

    def differences(self) -> Iterator[Difference]:
        """The difference that it makes; none where a live figure still reads the same."""
        change = self.change
        if change.change == "same":
            yield from self._follows()
            return
        if self._reads_the_same():
            yield self._difference(
                Part.BEHIND,
                capital(f"{self._what()} is written in another way, and reads as before."),
                "changed",
                "",
                "",
            )
            return
        sentence, before, after = self._sentence()
        yield self._difference(self._part(), sentence, _KINDS[change.change], before, after)

    def _reads_the_same(self) -> bool:
        was, now = self.change.before, self.change.after
        texts = isinstance(was, str) and isinstance(now, str)
        return texts and self._is_text() and self.both.old.whole(was) == self.both.new.whole(now)

    def _is_text(self) -> bool:
        """Whether the field holds a text for readers, not the name of another thing or a word of a fixed list."""
        return is_translated(type(self.change.new), self.change.field)

    def _difference(self, part: Part, sentence: str, kind: Kind, before: str, after: str) -> Difference:
        unsaid = self._unsaid()
        return Difference(
            part,
            f"{sentence} {unsaid}" if unsaid else sentence,
            kind,
            about=self.about[1][0],
            field=self._field(),
            before=before,
            after=after,
            place=self.change.new.at(self.change.field),
            address=self.both.new.address(self.about[1]),
            warns=bool(unsaid),
        )

    def _unsaid(self) -> str:
        """That a goalpost moves and the page of its measure does not say so; empty where it does."""
        (_, old), (_, new) = self.about
        if not isinstance(old, Metric) or not isinstance(new, Metric) or self.change.change == "reordered":
            return ""
        top = self.change.trail[0].field if self.change.trail else self.change.field
        if top == "targets" and self.change.field in _GOALPOSTS and old.targets:
            said = len(new.target_changes) > len(old.target_changes)
            return "" if said else "It is not marked as a change of the target."
        if top == "definition" and self.change.change != "same":
            said = len(new.definition_changes) > len(old.definition_changes)
            return "" if said else "It is not marked as a change of the definition."
        return ""

    def _field(self) -> str:
        return ".".join([*(step.field for step in self.change.trail), self.change.field])

    def _follows(self) -> Iterator[Difference]:
        """A text that stays as it is written, but reads otherwise because of the live figures in it."""
        raw = str(self.change.after)
        was, now = self.both.old.whole(raw), self.both.new.whole(raw)
        if was != now:
            _, after = excerpts(was, now)
            sentence = capital(f"{self._what()} follows by itself and now reads {after}.")
            yield self._difference(Part.TEXTS, sentence, "changed", "", after)

    def _what(self) -> str:
        """The field and what it belongs to: the due date of the action “New station” (A07)."""
        where = self.where or self.both.new.trail(self.change.trail, self.about[1])
        return f"the {field_words(self.change.field, type(self.change.new)) or self.change.field} of {where}"

    def _sentence(self) -> tuple[str, str, str]:
        """The sentence, and what was and is shown."""
        change = self.change
        if change.change == "reordered":
            return capital(f"{self._what()} stand in another order."), "", ""
        before = self._value(self.both.old, change.old, change.before) if self._may_be_repeated() else ""
        after = self._value(self.both.new, change.new, change.after)
        if change.change == "changed":
            if before and self._is_text():
                before, after = excerpts(self.both.old.whole(change.before), self.both.new.whole(change.after))
            return self._changed(before, after), before, after
        is_item = isinstance(getattr(change.new, change.field), tuple)
        if isinstance(change.after or change.before, Record) and is_item:
            record, teller = (
                (change.after, self.both.new) if change.after is not None else (change.before, self.both.old)
            )
            where = self.where or self.both.new.trail(change.trail, self.about[1])
            verb, brief = ("is new", after) if change.after is not None else ("is gone", before)
            return _with(capital(f"{teller.record(record)} of {where} {verb}"), brief), before, after
        if is_item:
            told = after if change.change == "new" else before
            verb = "is new among" if change.change == "new" else "is no longer among"
            return capital(f"{told or 'an entry'} {verb} {self._what()}."), before, after
        if change.change == "new":
            return _with(capital(f"{self._what()} is new"), after), before, after
        return capital(f"{self._what()} is gone{f'; it was {before}' if before else ''}."), before, after

    def _changed(self, before: str, after: str) -> str:
        change = self.change
        if before == after:
            return capital(f"{self._what()} changes by less than is shown.")
        if not before:
            return capital(f"{self._what()} changes; it is now {after}.")
        if isinstance(change.after, dt.date):
            return capital(f"{self._what()} moves from {before} to {after}.")
        return capital(f"{self._what()} changes from {before} to {after}.")

    def _may_be_repeated(self) -> bool:
        """Whether it can be said what was there before, where that is not to be taken back."""
        change = self.change
        if self.quiet:
            return False
        if isinstance(change.old, Event | Theme) and change.field in ("people", "mentions"):
            return change.after is not None and self.both.may_repeat_count(change.before)
        if isinstance(change.before, Baseline | Breakdown):
            # Whole lines of numbers are gone: none of them is repeated.
            return False
        root = self.about[1][1]
        if isinstance(change.old, Baseline) and isinstance(root, Metric) and change.field == "value":
            return self.both.may_repeat_baseline(root, change.before)
        return not self.both.hushed or not _may_hold_numbers(change)

    def _value(self, teller: Teller, holder: Record, value: object) -> str:
        if value is None or self.change.field in SECRET:
            return ""
        metric = self.about[teller is self.both.new][1]
        return teller.value(holder, self.change.field, value, metric if isinstance(metric, Metric) else None)

    def _part(self) -> Part:
        change, (thing, root) = self.change, self.about[1]
        about = type(change.new).model_fields[change.field]
        mark = mark_of(about.metadata, about.annotation, Reference)
        if change.field in _UNSEEN:
            return Part.BEHIND
        if mark is not None and mark.kind == "role":
            return Part.PEOPLE
        top = change.trail[0].field if change.trail else change.field
        if thing is not None and thing.kind in _BY_KIND:
            return _BY_KIND[thing.kind]
        if isinstance(root, Metric) and top not in _TEXTS_OF_METRIC:
            return Part.TARGETS
        return self._part_of_the_rest()

    def _part_of_the_rest(self) -> Part:
        change = self.change
        if isinstance(change.new, Look | Seal) or (isinstance(change.new, Town) and change.field in _SITE):
            return Part.SITE
        if isinstance(change.after or change.before, dt.date):
            return Part.DATES
        return Part.TEXTS if self._is_text() else Part.DETAILS


def _may_hold_numbers(change: FieldChange) -> bool:
    """Whether what was there before may tell a number: a text written freely, or a whole record with such texts."""
    if isinstance(change.before, Record):
        return True
    return is_translated(type(change.old), change.field)


def _with(sentence: str, more: str) -> str:
    """A sentence with what there is to say of its subject after a colon."""
    return f"{sentence}: {more}." if more else f"{sentence}."
