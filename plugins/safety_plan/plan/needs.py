"""What a live figure needs of the record it names: a value of its period, a target, a correction, a rating."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from safety_plan.plan.things import Thing
from safety_plan.problems import Place, Problem, nearest, one_of, shown
from safety_plan.reading.live import PERIODS, Mention
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.risks import Risk

PlaceAt = Callable[[Mention], Place]
"""The place of a live figure in its file."""


@dataclass(frozen=True)
class Lack:
    """Something that the record behind a live figure does not have, and how to add it there."""

    what: str
    add: str


_LACKS = {
    "target": Lack("this metric has no target", 'add "targets" to the metric'),
    "former-target": Lack("the target of this metric was never changed", 'add "target_changes" to the metric'),
    "baseline": Lack("this metric has no baseline", 'add "baseline" to the metric'),
    "value": Lack("this metric has no value", "add the value to the metric"),
    "metric": Lack("this metric has no value", "add the value to the metric"),
    "was": Lack("no value of this metric was corrected", "add the correction to the metric"),
    "score": Lack("this risk was not rated", "add the rating to the risk"),
}
"""What is not there, by the verb of the live figure that asks for it."""

_OF_PERIOD = {
    "value": "this metric has no value for this period",
    "metric": "this metric has no value for this period",
    "was": "the value of this period was not corrected",
    "score": "this risk was not rated in this quarter",
}


def need_problem(mention: Mention, found: str, place_at: PlaceAt, things: Mapping[str, object]) -> Problem | None:
    """What is missing for a live figure about one of these things; `found` is the start of what is said."""
    thing = things.get(mention.id)
    if not isinstance(thing, Thing):
        return None
    if mention.kind in PERIODS:
        periods, reason = _periods(mention.kind, thing.record), _reason(mention, thing.record)
        return _period_problem(mention, found, place_at, periods, reason)
    if mention.period:
        start = f"{mention.kind} {mention.id}"
        return Problem(
            place_at(mention), f"{found}, which takes no period", allowed=start, fix=f'write "{start}" instead.'
        )
    if mention.kind not in _LACKS or _has(mention.kind, thing.record):
        return None
    start_at = thing.record.at("baseline")
    if mention.kind == "baseline" and start_at != thing.record.at():
        return Problem(
            place_at(mention),
            f"{found}, but the baseline of this metric is withheld, as it would tell a small number; see {start_at}",
            allowed="the id of a metric whose baseline may be shown",
            fix="say in words that there is no number to show, and delete the live figure.",
        )
    others = [id for id, other in things.items() if isinstance(other, Thing) and _has(mention.kind, other.record)]
    lack = _LACKS[mention.kind]
    return Problem(
        place_at(mention),
        f"{found}, but {lack.what}",
        allowed=f"the id of a metric that has one: {one_of(others)}" if others else "nothing, for no metric has one",
        fix=f"{'write one of these ids, or ' if others else ''}{lack.add}.",
    )


def _period_problem(
    mention: Mention, found: str, place_at: PlaceAt, periods: Iterable[str], reason: str
) -> Problem | None:
    """A period that is missing, or one that the record has nothing for; `reason` says why, where a line does."""
    known = [*periods]
    verb, start, lack = mention.kind, f"{mention.kind} {mention.id}", _LACKS[mention.kind]
    if mention.period in known or not (mention.period or PERIODS[verb]):
        return None
    if not known:
        fix = f"{lack.add}, or delete the live figure."
        return Problem(place_at(mention), f"{found}, but {lack.what}", allowed="nothing yet", fix=fix)
    if reason:
        # The value of another period would look right and make the sentence false.
        fix = "say in words that there is no number to show, and delete the live figure."
        return Problem(place_at(mention), f"{found}, but {reason}", allowed=one_of(known, most=40), fix=fix)
    guess = nearest(mention.period, known)
    return Problem(
        place_at(mention),
        f"{found}, but {_OF_PERIOD[verb]}" if mention.period else f"{found}, which does not say of which period",
        allowed=one_of(known, most=40),
        nearest=guess,
        fix=f'write "{start} {guess}" instead, or {lack.add}.'
        if guess
        else f'write one of these periods, as in "{start} {known[-1]}".',
    )


def _reason(mention: Mention, record: object) -> str:
    """Why a metric has no value for the period that a live figure names, and in which line that stands."""
    observations = record.observations if isinstance(record, Metric) else ()
    for one in observations:
        if str(one.period) == mention.period and one.number is None:
            why = f"is missing ({shown(one.missing)})" if one.missing else "is withheld"
            return f"the value of this period {why}; see {one.at('period')}"
    return ""


def _has(verb: str, record: object) -> bool:
    """Whether a record has what a live figure without a period tells."""
    if not isinstance(record, Metric):
        return False
    needed = {"target": record.targets, "former-target": record.target_changes, "baseline": record.baseline}
    return bool(needed[verb])


def _periods(verb: str, record: object) -> list[str]:
    """The periods that a live figure with this verb can name, oldest first."""
    if isinstance(record, Risk):
        return [str(review.quarter) for review in record.history]
    if not isinstance(record, Metric):
        return []
    return [str(one.period) for one in record.observations if (one.was if verb == "was" else one.number) is not None]
