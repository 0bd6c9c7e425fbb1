"""What becomes of a value when somebody delivers, corrects or takes back a number: the line to write, or why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from safety_plan.editing.given import GivenError
from safety_plan.editing.observations import Line, Series
from safety_plan.editing.yaml_values import Typed, Value
from safety_plan.problems import PlanError, Problem
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.observations import GroupObservation, Observation

_NUMBERS = ("value", "part", "of", "n")


@dataclass(frozen=True)
class Delivery:
    """What somebody says of one period of a measure: numbers, or the reason why there are none.

    `numbers` are under value, part, of and n, as typed. `because` says why a value is corrected; `until` is the last
    day covered, where the period is not over.
    """

    period: Period
    group: str = ""
    numbers: Mapping[str, Typed] = field(default_factory=dict)
    missing: str = ""
    withheld: bool = False
    because: str = ""
    note: str = ""
    until: dt.date | None = None


@dataclass(frozen=True)
class Change:
    """What a delivery makes of a list of values: a line, and its position where it takes the place of another.

    `line` is None where the files say just this already.
    """

    series: Series
    period: Period
    position: int | None
    line: Line | None

    @property
    def before(self) -> Observation | None:
        """What stands there now."""
        return None if self.position is None else self.series.observations[self.position]

    @property
    def group(self) -> str:
        """The group of the line, where its list has groups."""
        return str((self.line or {}).get("group", "")) if self.series.grouped else ""

    @property
    def withholds(self) -> bool:
        """Whether the line says that its number is withheld."""
        return bool(self.line) and "withheld" in (self.line or {})

    @property
    def last_day(self) -> dt.date:
        """The last day that the line covers."""
        until = (self.line or {}).get("partial_until")
        return until if isinstance(until, dt.date) else self.period.end

    def applied(self, content: bytes) -> bytes:
        """The file of the list with the line in it."""
        if self.line is None:
            return content
        if self.position is None:
            return self.series.added(content, self.line, self.period)
        return self.series.changed(content, self.line, self.position)


def change_of(series: Series, content: bytes, given: Delivery, day: dt.date) -> Change:
    """What a delivery makes of a list of values. `content` is that of its file, `day` the one that counts as today.

    A number that was missing, or of a period that was not over, is simply delivered. Another number in the place of one
    that is published is a correction, and shown as one. Raises PlanError, at the line that stands there, where nothing
    is said of a correction, and GivenError where there is nothing to correct.
    """
    position = series.find(given.period, given.group)
    if position is None:
        if given.because:
            raise _nothing_to_correct(f"found no value for {named(given)} yet")
        return Change(series, given.period, None, _said(given))
    old, typed = series.observations[position], series.typed(content, position)
    if says_already(old, given):
        return Change(series, given.period, position, None)
    if given.because and old.missing is not None:
        raise _nothing_to_correct(f"found {named(given)} without a number: it is missing")
    if not (given.because or given.withheld or old.missing is not None or _goes_on(old, given)):
        raise PlanError([_refusal(old, given, series, typed)])
    said = {**_kept(old, given, typed), **_said(given), **_correction(old, given, series, typed, day)}
    said["period"] = typed.get("period", str(given.period))
    if isinstance(old, GroupObservation):
        said["group"] = old.group
    return Change(series, given.period, position, said)


def withheld_line(one: Observation) -> Line:
    """A line whose number is withheld: what is left of it, without its note, for that may tell the number."""
    group = {"group": one.group} if isinstance(one, GroupObservation) else {}
    until = {"partial_until": one.partial_until} if one.partial_until else {}
    return {"period": str(one.period), **group, "withheld": True, **until}


def named(given: Delivery) -> str:
    """The period of a delivery, with its group where it has one: 2026-Q3, 2026-Q3 Hill."""
    return f"{given.period} {given.group}".strip()


def shown_number(old: Observation, typed: Mapping[str, str]) -> str:
    """What stands in a line in the place of a number: 10.4, 376 of 468, missing, withheld."""
    if old.withheld:
        return "withheld"
    if old.missing is not None:
        return f"missing ({old.missing})"
    return typed.get("value", f"{old.part} of {old.of}")


def _said(given: Delivery) -> dict[str, Value]:
    line: dict[str, Value] = {"period": str(given.period)}
    more: dict[str, Value] = {
        "group": given.group,
        **given.numbers,
        "missing": given.missing,
        "withheld": given.withheld,
        "partial_until": given.until,
        "note": given.note,
    }
    return line | {key: value for key, value in more.items() if value}


def _nothing_to_correct(found: str) -> GivenError:
    fix = "leave --correct out, or check the period."
    return GivenError.of("--correct", found, "--correct only for a number that stands in the plan", fix)


def says_already(old: Observation, given: Delivery) -> bool:
    """Whether a line says just what is delivered. What is not given, such as a note, may be anything."""
    if given.note and given.note != old.note:
        return False
    if given.withheld or old.withheld:
        return given.withheld and old.withheld
    if given.missing or old.missing is not None:
        return given.missing == old.missing
    return given.until == old.partial_until and _same_numbers(old, given, among=_NUMBERS)


def _same_numbers(old: Observation, given: Delivery, among: Iterable[str]) -> bool:
    for key in given.numbers.keys() & {*among}:
        number = old.number if key == "value" else getattr(old, key)
        decimals = len(given.numbers[key].partition(".")[2])
        # A value worked out from part and of has more decimals than anybody types.
        exact = number if key != "value" or old.value is not None or number is None else round(number, decimals)
        if exact != float(given.numbers[key]):
            return False
    return True


def _goes_on(old: Observation, given: Delivery) -> bool:
    """Whether a delivery takes nothing back: it only adds to a line, or covers more of its period than before."""
    if old.withheld or given.missing:
        return False
    if old.partial_until is not None and (given.until is None or given.until > old.partial_until):
        return True
    known = [key for key in _NUMBERS if getattr(old, key) is not None]
    return given.until == old.partial_until and _same_numbers(old, given, (*known, "value"))


def _kept(old: Observation, given: Delivery, typed: Mapping[str, str]) -> dict[str, Value]:
    """What stays of a line that says something else from now on: its note, and what is not taken back."""
    if given.withheld:
        # Its note may tell the number.
        return {"partial_until": old.partial_until} if old.partial_until else {}
    kept: dict[str, Value] = {"note": old.note} if old.note else {}
    if given.missing or old.missing is not None or old.partial_until != given.until:
        return kept
    keys = {"n"} if given.because else {*_NUMBERS, "was"}
    if "value" in given.numbers or "part" in given.numbers:
        keys -= {"value", "part", "of"}
    found: dict[str, Value] = {key: Typed(typed[key]) for key in keys if key in typed}
    if not given.because and old.corrected:
        found |= {"corrected": old.corrected, "because": old.because}
    return kept | found


def _correction(
    old: Observation, given: Delivery, series: Series, typed: Mapping[str, str], day: dt.date
) -> dict[str, Value]:
    if not given.because:
        return {}
    if old.withheld:
        # What was never published cannot be told as the number before; why it can be now is worth knowing.
        return {"note": given.note or given.because}
    was = typed.get("value") or f"{old.number:.{series.metric.decimals}f}"
    return {"was": Typed(was), "corrected": day, "because": given.because}


def _refusal(old: Observation, given: Delivery, series: Series, typed: Mapping[str, str]) -> Problem:
    place = next((old.at(key) for key in ("value", "part", "withheld", "missing") if old.at(key) != old.at()), old.at())
    stands = shown_number(old, typed)
    if old.withheld:
        return Problem(
            place,
            f"found {named(given)} withheld",
            allowed="a number in its place only where it may be published after all",
            fix='leave it, or say --correct "WHY" with the reason; the reason becomes its note.',
        )
    instead = "there should be no number" if given.missing else f"{stands} is wrong"
    return Problem(
        place,
        f"found {stands} for {named(given)} already",
        allowed="a period without a number yet, or a correction with its reason",
        fix=f'say --correct "WHY" as well, if {instead}; residents then see both, and the reason.',
    )
