"""Things and pages that come, go, move, or get another address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.plan import AnyThing, Plan
from safety_plan.plan.things import Metric, Thing
from safety_plan.publishing import words
from safety_plan.publishing.addresses import address_of, former_addresses
from safety_plan.publishing.differences.both import Both
from safety_plan.publishing.differences.difference import Difference, Kind, Part
from safety_plan.publishing.differences.fields import field_differences
from safety_plan.publishing.differences.names import FILES
from safety_plan.publishing.differences.numbers import first_numbers, number_differences, numbers_gone
from safety_plan.publishing.differences.standings import standing_differences, state_of, told_by_state
from safety_plan.publishing.differences.teller import Teller, capital
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.categories import Categories
from safety_plan.reading.schema.goals import Action
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.reviews import Decision, Review

_OWN_PAGE = frozenset(page.own for page in PAGES.values() if page.own)


def thing_differences(both: Both) -> Iterator[Difference]:
    """Everything that changes about the things of the plan."""
    for old, new in both.pairs:
        if new is None:
            assert old is not None
            yield _gone(both, old)
        elif old is None:
            yield from _new(both, new)
        else:
            yield from kept_differences(both, old, new)


def kept_differences(both: Both, old: AnyThing, new: AnyThing) -> Iterator[Difference]:
    """Everything that changes about one thing that is there before and after."""
    yield from _address(both, old, new)
    yield from _parent(both, old, new)
    yield from standing_differences(both, old, new)
    if isinstance(old.record, MetricRecord) and isinstance(new.record, MetricRecord):
        yield from number_differences(both, _as_metric(old, old.record), _as_metric(new, new.record))
    yield from field_differences(both, ((old, old.record), (new, new.record)), told_by_state(both, old, new))


def _as_metric(thing: AnyThing, record: MetricRecord) -> Metric:
    """The thing as one whose record is known to be a metric's."""
    return Thing(thing.kind, thing.id, record, thing.parent)


def _new(both: Both, new: AnyThing) -> Iterator[Difference]:
    where = ""
    if new.kind in _OWN_PAGE:
        table = ", with a table of its numbers to download" if new.kind == "metric" else ""
        where = f" with a page of its own{table}"
    elif new.parent is not None:
        where = f" in {both.new.thing(new.parent)}"
    state = state_of(both.after, new)
    standing = f"; it is {state.words}" if state is not None else ""
    sentence = capital(f"{both.new.thing(new)} is new{where}{standing}{_promised(new.record)}.")
    part = Part.REVIEWS if isinstance(new.record, Review | Decision) else Part.NEW
    after = both.new.brief(new.record)
    yield Difference(part, sentence, "new", new, after=after, place=new.place, address=address_of(new))
    if isinstance(new.record, MetricRecord):
        yield from first_numbers(both, _as_metric(new, new.record))


def _promised(record: Record) -> str:
    """The day that says most of something new, as the end of a sentence."""
    if isinstance(record, Review):
        return f"; it was held on {words.date(record.held)}"
    if isinstance(record, Action):
        return f", due on {words.date(record.due)}"
    if isinstance(record, Decision) and record.by is not None:
        return f"; it is to be done by {words.date(record.by)}"
    return ""


def _gone(both: Both, old: AnyThing) -> Difference:
    sentence = capital(f"{both.old.thing(old)} is no longer on the site.")
    if isinstance(old.record, MetricRecord):
        sentence = f"{sentence} {numbers_gone(_as_metric(old, old.record))}".rstrip()
    address, own = address_of(old), old.kind in _OWN_PAGE
    forwards = {former for things in both.after.plan.things[old.kind].values() for former in former_addresses(things)}
    broken = own and address not in forwards
    if broken:
        sentence += (
            f" Its address {address} leads nowhere then. If it has another name now, write the old one under "
            "“former_ids” of the new one."
        )
    return Difference(
        Part.GONE, sentence, "gone", old, place=old.place, address=address, warns=broken, from_before=True
    )


def _address(both: Both, old: AnyThing, new: AnyThing) -> Iterator[Difference]:
    """A thing that has another id, and so another address."""
    was, now = address_of(old), address_of(new)
    if old.id == new.id:
        return
    then = "the old one leads there" if new.kind in _OWN_PAGE else "links to the old place lead to the page as a whole"
    sentence = f"The address of {both.new.thing(new)} changes from {was} to {now}; {then}."
    yield Difference(Part.NEW, sentence, "changed", new, "id", was, now, new.place, now)


def _parent(both: Both, old: AnyThing, new: AnyThing) -> Iterator[Difference]:
    """A thing that stands within another one than before, and so on another page or in another place."""
    if both.is_kept(old.parent, new.parent):
        return
    was, now = _within(both.old, old), _within(both.new, new)
    sentence = capital(f"{both.new.thing(new)} moves from {was} to {now}.")
    yield Difference(Part.DETAILS, sentence, "changed", new, "parent", was, now, new.place, address_of(new))


def _within(teller: Teller, thing: Thing[Record]) -> str:
    return teller.thing(thing.parent) if thing.parent is not None else "the page as a whole"


def page_differences(both: Both) -> Iterator[Difference]:
    """The pages of the plan that come and go as a whole."""
    before, after = both.before.plan.pages, both.after.plan.pages
    for name in PAGES:
        address = page_address(name)
        if name in after and name not in before:
            sentence = f"The page “{PAGES[name].title}” is new, at {address}."
            yield Difference(Part.NEW, sentence, "new", place=both.after.plan.document.at(), address=address)
        elif name in before and name not in after:
            sentence = f"The page “{PAGES[name].title}” is no longer on the site; its address {address} leads nowhere."
            gone = Difference(Part.GONE, sentence, "gone", place=both.before.plan.document.at(), address=address)
            yield replace(gone, warns=True, from_before=True)


def file_differences(both: Both) -> Iterator[Difference]:
    """What changes in the files that a plan has one of each of, apart from the things in them."""
    before, after = _files(both.before.plan), _files(both.after.plan)
    for model, record in after.items():
        if model in before:
            yield from field_differences(both, ((None, before[model]), (None, record)))
        else:
            yield from _file(both, record, "new")
    for model, record in before.items():
        if model not in after:
            yield from _file(both, record, "gone")


def _files(plan: Plan) -> dict[type[Record], Record]:
    """The records of a plan's files. Without lists of its own to choose from, it has the common ones."""
    return {Categories: plan.categories, **{type(record): record for record in plan.files}}


def _file(both: Both, record: Record, kind: Kind) -> Iterator[Difference]:
    """A file that comes or goes, where its page is there on both sides."""
    name = FILES[type(record).__name__][1]
    if name in both.before.plan.pages and name in both.after.plan.pages:
        verb = "is new on" if kind == "new" else "is no longer on"
        place, part = record.at(), Part.NEW if kind == "new" else Part.GONE
        sentence = f"What stands in {place.file} {verb} the page “{PAGES[name].title}”."
        yield Difference(part, sentence, kind, place=place, address=page_address(name), from_before=kind == "gone")
