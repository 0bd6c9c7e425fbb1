"""How each legal duty stands, and whether changes in the law are answered: from dates alone, never a legal finding."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safety_plan.language import later, say
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import LawChange, Requirement
from safety_plan.reading.schema.compliance import LawChange as LawChangeRecord
from safety_plan.reading.schema.compliance import Requirement as RequirementRecord
from safety_plan.results import written
from safety_plan.results.dates import days_past
from safety_plan.results.state import State
from safety_plan.rules import RULES, Rules


class DutyState(State):
    """How a legal duty stands, computed from its dates. Never a legal finding."""

    CURRENT = (later("current"), "good")
    DUE_SOON = (later("due soon"), "warning")
    OVERDUE = (later("overdue"), "bad")
    NOT_YET_DUE = (later("not yet due"), "neutral")
    NEVER_DONE = (later("never done"), "bad")
    DOES_NOT_APPLY = (later("does not apply"), "neutral")
    NOT_KNOWN = (later("not known"), "neutral")


def duty_state(requirement: RequirementRecord, as_of: dt.date, rules: Rules = RULES) -> DutyState:
    """How a legal duty stands on this day. On the day it is due, it is not overdue yet.

    What is dated later than the day has not happened on it: a duty last done afterwards no longer tells when it was due
    before, so that its state on the day is not known.
    """
    done, due = requirement.last_done, requirement.next_due
    if not applies(requirement, as_of):
        return DutyState.DOES_NOT_APPLY
    if done is not None and done > as_of:
        return DutyState.NOT_KNOWN
    if due is not None and as_of > due:
        return DutyState.OVERDUE if done else DutyState.NEVER_DONE
    if due is not None and (due - as_of).days <= rules.due_soon_days:
        return DutyState.DUE_SOON
    if done is not None:
        return DutyState.CURRENT
    return DutyState.NOT_YET_DUE if due else DutyState.NOT_KNOWN


def applies(requirement: RequirementRecord, as_of: dt.date) -> bool:
    """Whether a duty applies to the town on this day."""
    return requirement.does_not_apply is None or requirement.does_not_apply.since > as_of


def meanings(rules: Rules = RULES) -> dict[DutyState, str]:
    """What each state of a legal duty means, in plain words, with the numbers that `duty_state` uses."""
    days = written.number(rules.due_soon_days)
    return {
        DutyState.CURRENT: say("It was done, and is not due within {days} days.", days=days),
        DutyState.DUE_SOON: say("It is due within {days} days. The day itself counts.", days=days),
        DutyState.OVERDUE: say("It was done before, but its next date has passed."),
        DutyState.NOT_YET_DUE: say("It was never done, and is not due within {days} days.", days=days),
        DutyState.NEVER_DONE: say("There is no record that it was ever done, and its date has passed."),
        DutyState.DOES_NOT_APPLY: say("The rule does not touch the town; the reason is given."),
        DutyState.NOT_KNOWN: say("No date on record tells how it stands."),
    }


def duty_reason(requirement: RequirementRecord, state: DutyState, rules: Rules = RULES) -> str:
    """Why a duty is in a state: the reason that is on record where it does not apply, else what the state means."""
    if state is DutyState.DOES_NOT_APPLY and requirement.does_not_apply:
        return requirement.does_not_apply.reason
    return meanings(rules)[state]


def duty_days_late(requirement: RequirementRecord, as_of: dt.date) -> int:
    """How many days a duty is past its date; 0 where it is not, or where it does not apply."""
    return days_past(requirement.next_due, as_of) if applies(requirement, as_of) else 0


class AnswerState(State):
    """Whether the town has answered a change in the law or in a standard."""

    ANSWERED = (later("answered"), "good")
    BEING_ANSWERED = (later("being answered"), "neutral")
    LATE = (later("answer late"), "bad")
    NOT_OWED = (later("no answer owed"), "neutral")


ANSWERS = {
    AnswerState.ANSWERED: later("The town has done what it set out to do about the change."),
    AnswerState.BEING_ANSWERED: later("Work on the answer is not finished, and no date for it has passed."),
    AnswerState.LATE: later("The date for the answer has passed, and it is not finished."),
    AnswerState.NOT_OWED: later("The change touches no duty on our list, and no date for an answer was set."),
}
"""What each state of an answer means; to be said."""


def answer_state(change: LawChangeRecord, as_of: dt.date) -> AnswerState:
    """Whether a change in the law is answered on this day. On the day an answer is due, it is not late yet."""
    if change.answered is not None and change.answered <= as_of:
        return AnswerState.ANSWERED
    if change.due is not None:
        return AnswerState.LATE if as_of > change.due else AnswerState.BEING_ANSWERED
    return AnswerState.BEING_ANSWERED if change.affects else AnswerState.NOT_OWED


@dataclass(frozen=True)
class Tally:
    """How many duties of one part of the list are in each state."""

    name: str
    counts: Counter[DutyState]
    total: int


def tally(name: str, duties: Iterable[Requirement], states: Mapping[str, DutyState]) -> Tally:
    """The count of some duties by their states, which are given by id."""
    counts = Counter(states[duty.id] for duty in duties)
    return Tally(name, counts, counts.total())


def by_domain(plan: Plan, states: Mapping[str, DutyState]) -> tuple[Tally, ...]:
    """The count for each area of legal duty, in the order of the plan's list."""
    return tuple(
        tally(name, (duty for duty in plan.requirements if duty.record.domain == name), states)
        for name in plan.categories.legal_domains
    )


LEVELS = ("federal", "state", "local", "interagency", "standard")
"""Who makes rules, from the widest reach to the narrowest; standards, followed by choice, come last."""


def by_level(plan: Plan, states: Mapping[str, DutyState]) -> tuple[Tally, ...]:
    """The count for each maker of rules, named as in the data, in the order of LEVELS."""
    return tuple(
        tally(level, (duty for duty in plan.requirements if duty.record.level == level), states) for level in LEVELS
    )


def changes_of(plan: Plan, duty: Requirement) -> tuple[LawChange, ...]:
    """The changes in the law that touch a duty, in the order of the log."""
    return tuple(change for change in plan.all(LawChangeRecord) if duty.id in change.record.affects)
