"""The legal duties: what the law asks for, when it was last done and is next due, and what changed in the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safety_plan.language import later, say, say_in
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import LawChange, Requirement, Thing
from safety_plan.publishing.labels import said
from safety_plan.publishing.pages.risks import topics_for
from safety_plan.publishing.share import first_paragraph
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio, View
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.compliance import Compliance
from safety_plan.reading.schema.compliance import LawChange as LawChangeRecord
from safety_plan.reading.schema.goals import Action as ActionRecord
from safety_plan.reading.schema.goals import Objective as ObjectiveRecord
from safety_plan.reading.schema.reviews import Review as ReviewRecord
from safety_plan.reading.schema.risks import Risk as RiskRecord
from safety_plan.results.duties import (
    AnswerState,
    DutyState,
    Tally,
    by_domain,
    by_level,
    changes_of,
    duty_days_late,
    tally,
)  # fmt: skip
from safety_plan.results.results import Results


def _level_words() -> dict[str, tuple[str, str, str]]:
    """Who makes rules: its name, the name of its table, and what its rules are."""
    return {
        "federal": (
            say_in("maker of rules", "Federal"),
            say("Federal duties"),
            say("Rules of the United States."),
        ),
        "state": (
            say_in("maker of rules", "State"),
            say("State duties"),
            say("Rules of the state."),
        ),
        "local": (
            say_in("maker of rules", "Local"),
            say("Local duties"),
            say("Rules of the town itself."),
        ),
        "interagency": (
            say_in("maker of rules", "Interagency"),
            say("Interagency duties"),
            say("What agencies settle among themselves."),
        ),
        "standard": (
            say_in("maker of rules", "Voluntary standard"),
            say("Voluntary standard duties"),
            say("Not law: a standard that is followed by choice."),
        ),
    }


IMPACTS = {
    "operations": later("daily operations"),
    "legal": later("legal standing"),
    "environment": later("the environment"),
    "community": later("the well-being of the community"),
}
"""What a duty touches, in the words of the site."""

_SHOWN = ("role", "objective", "action", "risk", "review", "law-change")


def pages(studio: Studio) -> Iterator[Page]:
    """The page of all legal duties, then a page for each."""
    plan, results = studio.plan, studio.results
    compliance = plan.one(Compliance)
    if compliance is None:
        return
    levels = _levels(plan, results)
    applying = [one for one in plan.requirements if not one.record.does_not_apply]
    yield studio.page(
        "legal",
        place=compliance.at(),
        compliance=compliance,
        as_of=results.as_of,
        due_soon_days=round(plan.rules.due_soon_days),
        counts=results.duty_counts(plan.requirements),
        applying=applying,
        due=_pressing(results, applying),
        tracker=sorted(applying, key=lambda one: (one.record.next_due or dt.date.max, one.record.title)),
        late=lambda duty: duty_days_late(duty.record, results.as_of),
        states=[state for state in DutyState if results.duty_counts(plan.requirements)[state]],
        all_duties=tally("all", plan.requirements, results.duties),
        domains=[(one.name, one) for one in by_domain(plan, results.duties)],
        makers=[(one.name, one.tally) for one in levels],
        levels=levels,
        documents=_documents(plan),
        changes=[_change(plan, results, change) for change in plan.all(LawChangeRecord)],
        topics=topics_for(plan, "legal"),
        description=say("What the law asks of the town, when it was last done, when it is next due, and who answers."),
    )
    for duty in plan.requirements:
        yield _page(studio, duty)


def _page(studio: Studio, duty: Requirement) -> Page:
    plan, results = studio.plan, studio.results
    state = results.duties[duty.id]
    return studio.page_of(
        duty,
        state=state,
        late=duty_days_late(duty.record, results.as_of),
        level=_level_words()[duty.record.level][2],
        impacts=said(IMPACTS),
        near=_Near.of(plan, duty),
        description=f"{duty.record.citation}: {state.words}. {_in_short(studio, duty)}",
    )


def _in_short(studio: Studio, duty: Requirement) -> str:
    """What a duty asks, as plain text of about a line."""
    return first_paragraph(View(studio, "").prose(duty.record.summary))


def _pressing(results: Results, duties: Iterable[Requirement]) -> list[Requirement]:
    """What is overdue or due soon, the most pressing first."""
    pressing = (DutyState.OVERDUE, DutyState.NEVER_DONE, DutyState.DUE_SOON)
    found = [duty for duty in duties if results.duties[duty.id] in pressing]
    return sorted(found, key=lambda duty: duty.record.next_due or dt.date.max)


@dataclass(frozen=True)
class _Level:
    """The duties from one maker of rules."""

    key: str
    name: str
    caption: str
    about: str
    duties: tuple[Requirement, ...]
    tally: Tally


def _levels(plan: Plan, results: Results) -> list[_Level]:
    return [_level(plan, found) for found in by_level(plan, results.duties)]


def _level(plan: Plan, found: Tally) -> _Level:
    name, caption, about = _level_words()[found.name]
    duties = tuple(one for one in plan.requirements if one.record.level == found.name)
    return _Level(found.name, name, caption, about, duties, found)


@dataclass(frozen=True)
class _Near:
    """What a duty is linked with, kind by kind."""

    objectives: tuple[Thing[ObjectiveRecord], ...]
    actions: tuple[Thing[ActionRecord], ...]
    risks: tuple[Thing[RiskRecord], ...]
    reviews: tuple[Thing[ReviewRecord], ...]
    changes: tuple[LawChange, ...]
    others: tuple[Thing[Record], ...]

    @classmethod
    def of(cls, plan: Plan, duty: Requirement) -> _Near:
        return cls(
            plan.near(duty, ObjectiveRecord),
            plan.near(duty, ActionRecord),
            plan.near(duty, RiskRecord),
            plan.near(duty, ReviewRecord),
            changes_of(plan, duty),
            (*(other for other in plan.neighbours[duty] if other.kind not in _SHOWN), *plan.mentioned_in[duty]),
        )


def _documents(plan: Plan) -> list[tuple[str, list[Requirement]]]:
    """The duties by the kind of document that shows they were done; those of no named kind come last."""
    named = [(kind, _shown_by(plan, kind)) for kind in plan.categories.document_types]
    others = _shown_by(plan, None)
    return [*named, (say("Other documents"), others)] if others else named


def _shown_by(plan: Plan, kind: str | None) -> list[Requirement]:
    return [duty for duty in plan.requirements if duty.record.evidence.type == kind]


@dataclass(frozen=True)
class _Answer:
    """A change in the law, and whether the town has answered it."""

    change: LawChange
    state: AnswerState
    affects: tuple[Requirement, ...]
    others: tuple[Thing[Record], ...]


def _change(plan: Plan, results: Results, change: LawChange) -> _Answer:
    affects = tuple(duty for duty in plan.requirements if duty.id in change.record.affects)
    others = tuple(other for other in plan.neighbours[change] if other.kind not in ("role", "requirement"))
    others += plan.mentioned_in[change]
    return _Answer(change, results.answers[change.id], affects, others)
