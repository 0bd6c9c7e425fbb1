"""What is worked out from the plan, on both sides: statuses, trends, states, scores, and what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.plan import AnyThing
from safety_plan.plan.things import Thing
from safety_plan.publishing import words
from safety_plan.publishing.addresses import address_of
from safety_plan.publishing.differences.both import Both
from safety_plan.publishing.differences.difference import Difference, Part, Version
from safety_plan.publishing.differences.teller import Teller, capital, clause
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.goals import Action
from safety_plan.reading.schema.people import Role
from safety_plan.results.actions import ActionState
from safety_plan.results.late import LateItem
from safety_plan.results.state import State

_STATES = {"action": Part.ACTIONS, "requirement": Part.DUTIES, "law-change": Part.DUTIES}


def whole_differences(both: Both) -> Iterator[Difference]:
    """How the measures of the whole plan stand, where that changes: counts, and never an average."""
    before, after = _counts(both.before), _counts(both.after)
    if before != after:
        sentence = f"Of the measures with a target, {after}. Before: {before}."
        yield Difference(Part.STATUS, sentence, before=before, after=after, address=page_address("measures"))


def _counts(version: Version) -> str:
    aimed = [metric for metric in version.plan.metrics if metric.record.targets]
    groups = Counter(version.results.metrics[metric.id].status.group for metric in aimed)
    return (
        f"{groups['good']} of {len(aimed)} are on track or met, {groups['warning']} at risk, {groups['bad']} off track"
    )


def standing_differences(both: Both, old: AnyThing, new: AnyThing) -> Iterator[Difference]:
    """How a thing stands, where that changes."""
    if new.kind == "metric":
        yield from _measure(both, old, new)
    elif new.kind in _STATES:
        before, after = state_of(both.before, old), state_of(both.after, new)
        if before is not after:
            yield _state(both, new, before, after)
    elif new.kind == "risk":
        yield from _risk(both, old, new)
    elif isinstance(old.record, Role) and isinstance(new.record, Role):
        yield from _post(both, old.record, new.record, new)


def state_of(version: Version, thing: Thing[Record]) -> State | None:
    """The state of a measure, an action, a duty or a change in the law; None for what has none."""
    results = version.results
    if thing.kind == "metric":
        return results.metrics[thing.id].status
    if thing.kind == "action":
        return results.actions[thing.id]
    if thing.kind == "requirement":
        return results.duties[thing.id]
    return results.answers[thing.id] if thing.kind == "law-change" else None


def _measure(both: Both, old: AnyThing, new: AnyThing) -> Iterator[Difference]:
    before, after = both.before.results.metrics[old.id], both.after.results.metrics[new.id]
    name = both.new.thing(new)
    if before.status is not after.status:
        was, now = before.status.words, after.status.words
        yield _moved(Part.STATUS, new, "status", f"{name} goes from {was} to {now}.", (was, now))
    one, other = before.trend.direction, after.trend.direction
    if one is not other:
        was, now = ("no trend named" if found is None else found.words for found in (one, other))
        yield _moved(Part.STATUS, new, "trend", f"the trend of {name} goes from “{was}” to “{now}”.", (was, now))


def _moved(part: Part, new: AnyThing, field: str, sentence: str, values: tuple[str, str]) -> Difference:
    was, now = values
    return Difference(part, capital(sentence), "changed", new, field, was, now, new.place, address_of(new))


def _state(both: Both, new: AnyThing, before: State | None, after: State | None) -> Difference:
    assert before is not None
    assert after is not None
    since, why = _why(both.new, new, after)
    now = f"{after.words}{since}"
    sentence = f"{both.new.thing(new)} is now {now}; before, it was {before.words}.{why}"
    return _moved(_STATES[new.kind], new, "state", sentence, (before.words, now))


def _why(teller: Teller, new: AnyThing, state: State) -> tuple[str, str]:
    """Since when an action is done or stopped, and why, where it is stopped."""
    record = new.record
    if not isinstance(record, Action):
        return "", ""
    if state in (ActionState.DONE, ActionState.DONE_LATE) and record.done is not None:
        return f" (on {words.date(record.done)})", ""
    stop = {ActionState.PAUSED: record.paused, ActionState.CANCELLED: record.cancelled}.get(ActionState(state))
    if stop is None:
        return "", ""
    return f" (since {words.date(stop.since)})", f" The reason given: {clause(teller.text(stop.reason))}."


def _post(both: Both, before: Role, after: Role, new: AnyThing) -> Iterator[Difference]:
    """A post that becomes vacant, or is filled again."""
    was, now = before.vacant_since, after.vacant_since
    if was == now:
        return
    told = tuple(f"vacant since {words.date(day)}" if day is not None else "filled" for day in (was, now))
    sentence = f"the post “{both.new.text(after.title, 80)}” is now {told[1]}; before, it was {told[0]}."
    yield replace(_moved(Part.PEOPLE, new, "vacant_since", sentence, (told[0], told[1])), warns=now is not None)


def told_by_state(both: Both, old: AnyThing, new: AnyThing) -> frozenset[str]:
    """The fields of a post or an action that the sentence on its state tells already."""
    state = state_of(both.after, new)
    if isinstance(new.record, Role):
        return frozenset({"vacant_since"})
    if not isinstance(new.record, Action) or state is state_of(both.before, old):
        return frozenset()
    told = {
        ActionState.DONE: "done",
        ActionState.DONE_LATE: "done",
        ActionState.PAUSED: "paused",
        ActionState.CANCELLED: "cancelled",
    }
    return frozenset(name for one, name in told.items() if one is state)


def _risk(both: Both, old: AnyThing, new: AnyThing) -> Iterator[Difference]:
    before, after = both.before.results.risks[old.id], both.after.results.risks[new.id]
    name = both.new.thing(new)
    for when, one, other in (
        ("", before.now, after.now),
        ("if nothing were done, ", before.before, after.before),
        ("when its treatment is done, ", before.after, after.after),
    ):
        was, now = (f"{score.points} points ({score.band})" for score in (one, other))
        if was != now:
            yield _moved(Part.RISKS, new, "score", f"{when}{name} goes from {was} to {now}.", (was, now))


Late = tuple[str, str, str, str, str]


def late_differences(both: Both) -> Iterator[Difference]:
    """What turns late, and what is not late any more, on the same day on both sides."""
    renamed = both.renamed
    before = {_key(item, renamed.get((item.kind, item.id), item.id)): item for item in both.before.results.late}
    after = {_key(item, item.id): item for item in both.after.results.late}
    for key, item in after.items():
        if key not in before:
            yield _late(both.new, item, "is late", "late")
    for key, item in before.items():
        if key in after:
            continue
        id = renamed.get((item.kind, item.id), item.id)
        gone = item.kind != "page" and id not in both.after.plan.things[item.kind]
        what = "was late, and is no longer in the plan" if gone else "is no longer late"
        yield replace(_late(both.old, item, what, "gone" if gone else "not late"), warns=gone, from_before=gone)


def _key(item: LateItem, id: str) -> Late:
    return item.promise.name, item.kind, id, str(item.period or ""), item.detail


def _late(teller: Teller, item: LateItem, what: str, after: str) -> Difference:
    thing = None if item.kind == "page" else teller.plan.thing(item.kind, item.id)
    if thing is not None:
        where, address, place = teller.thing(thing), address_of(thing), thing.place
    else:
        name, _, anchor = item.id.partition("#")
        where = f"the page “{PAGES[name].title}”"
        address = page_address(name) + (f"#{anchor}" if anchor else "")
        place = teller.plan.document.at()
    detail = f" “{teller.text(item.detail, 80)}”" if item.detail else ""
    period = f" {words.for_period(item.period)}" if item.period is not None else ""
    subject = f"the {item.what}{detail}{period} of {where}" if _adds(item) else where
    sentence = capital(f"{subject} {what}; it was due on {words.date(item.due)}.")
    return Difference(Part.LATE, sentence, "changed", thing, "late", after=after, place=place, address=address)


def _adds(item: LateItem) -> bool:
    """Whether what is late is a part of the thing, such as a milestone, not the thing itself."""
    return item.promise.name not in ("ACTION", "DUTY", "DECISION", "TRAINING", "EVENT")
