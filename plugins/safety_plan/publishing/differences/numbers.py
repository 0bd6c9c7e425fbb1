"""The numbers of a measure: what is new, what was corrected, what is withheld, and what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.addresses import address_of
from safety_plan.publishing.differences.both import Both, observation_pairs
from safety_plan.publishing.differences.difference import Difference, Kind, Part
from safety_plan.publishing.differences.fields import changes_within
from safety_plan.publishing.differences.teller import capital, clause
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.observations import GroupObservation, Observation


def number_differences(both: Both, old: Metric, new: Metric) -> Iterator[Difference]:
    """Every line of numbers that changes, in the order in which the measure's page has them."""
    for by, before, after in observation_pairs(old.record, new.record):
        yield from _Line(both, old, new, by, before, after).differences()


def first_numbers(both: Both, new: Metric) -> Iterator[Difference]:
    """Every line of numbers of a measure that was not there before."""
    nothing = new.record.model_copy(update={"observations": (), "annual": (), "breakdowns": ()})
    for by, _, after in observation_pairs(nothing, new.record):
        yield from _Line(both, new, new, by, None, after).differences()


@dataclass(frozen=True)
class _Line:
    """A line of numbers on both sides; `by` is what it is split by, where it is of a group."""

    both: Both
    old: Metric
    new: Metric
    by: str
    before: Observation | None
    after: Observation | None

    @property
    def record(self) -> MetricRecord:
        return self.new.record

    @property
    def _counted(self) -> MetricRecord:
        """The measure by the side on which it counts people or cases, where it does so on one of them only."""
        return self.old.record if self.record.counts == "things" else self.record

    def differences(self) -> Iterator[Difference]:
        """What residents see change of it."""
        before, after = self.before, self.after
        if after is None:
            # What it was is not said: it may be a number that should never have been published.
            text = f"The number of {self._where()} is no longer on the site."
            yield replace(self._difference(text, "gone"), warns=True)
        elif before is None:
            yield self._difference(self._first(after), "new", after=self._value(after))
        else:
            said = self._moved(before, after)
            if said is not None:
                yield said
            yield from self._rest(before, after, told=said is not None)

    def _difference(self, sentence: str, kind: Kind = "changed", before: str = "", after: str = "") -> Difference:
        place = self.after.at() if self.after is not None else self.record.at("observations")
        address = address_of(self.new)
        field = f"observations[{self._when().period}]"
        return Difference(Part.NUMBERS, sentence, kind, self.new, field, before, after, place, address)

    def _when(self) -> Observation:
        found = self.after or self.before
        assert found is not None
        return found

    def _where(self) -> str:
        """The measure, the group and the time: the measure “Fires” (M03) for July to September 2026, district River."""
        one = self._when()
        time = words.for_period(one.period, self.record.covers)
        group = f", {self.by} “{one.group}”" if isinstance(one, GroupObservation) else ""
        return f"{self.both.new.thing(self.new)} {time}{group}"

    def _value(self, one: Observation, record: MetricRecord | None = None) -> str:
        """A number with its unit and what stands behind it, or why there is none."""
        if one.withheld:
            return "withheld"
        if one.number is None:
            return f"none ({clause(one.missing or '')})"
        text = words.measured(record or self.record, one.number)
        of = f" ({words.number(one.part)} of {words.number(one.of)})" if one.part is not None and one.of else ""
        return f"{text}{of}{f', so far to {words.date(one.partial_until)}' if one.partial_until else ''}"

    def _first(self, after: Observation) -> str:
        where = self._where()
        if after.withheld:
            return f"The number of {where} is withheld."
        if after.number is None:
            return f"There is no number of {where}: {clause(self.both.new.text(after.missing or ''))}."
        corrected = f" It was published as {self._was(after)} before." if after.was is not None else ""
        return f"There is a new number of {where}: {self._value(after)}{self._earlier(after)}.{corrected}"

    def _was(self, after: Observation) -> str:
        return words.measured(self.record, after.was) if after.was is not None else ""

    def _earlier(self, after: Observation) -> str:
        """The number of the time before, as the page shows it."""
        if isinstance(after, GroupObservation) or after not in self.record.observations:
            return ""
        known = [one for one in self.record.observations if one.period < after.period and one.number is not None]
        newest = max(known, key=lambda one: one.period, default=None)
        if newest is None:
            return ""
        return f"; {words.for_period(newest.period, self.record.covers)} it was {self._value(newest)}"

    def _moved(self, before: Observation, after: Observation) -> Difference | None:
        """What becomes of the number itself; None where it stays."""
        where, now = self._where(), self._value(after)
        if after.withheld and not before.withheld:
            return replace(self._difference(f"The number of {where} is withheld from now on.", after=now), warns=True)
        if (
            not after.withheld
            and after.number is None
            and (before.number is not None or before.missing != after.missing)
        ):
            more = "" if before.number is None else " any more"
            why = clause(self.both.new.text(after.missing or ""))
            return self._difference(f"There is no number of {where}{more}: {why}.", after=now)
        if after.number is None:
            return None
        if before.number is None:
            reason = "it was withheld before" if before.withheld else "there was none before"
            return self._difference(f"The number of {where} is {now}; {reason}.", "new", after=now)
        same = (before.number, before.part, before.of) == (after.number, after.part, after.of)
        corrected = after.was is not None and after.was != before.was
        stays = same and before.partial_until == after.partial_until and not corrected
        return None if stays else self._number(before, after, where, now)

    def _number(self, before: Observation, after: Observation, where: str, now: str) -> Difference:
        """A number in the place of another one."""
        may = self.both.may_repeat(self._counted, before, after)
        was = self._value(before, self.old.record) if may else ""
        if was == now:
            was, now = f"{was} (exactly {before.number:g})", f"{now} (exactly {after.number:g})"
        if after.was is not None and after.was != before.was:
            why = clause(self.both.new.text(after.because or ""))
            text = f"The number of {where} is corrected from {self._was(after)} to {now}: {why}."
            return self._difference(text, before=was, after=now)
        if before.partial_until:
            text = f"The number of {where} is {now}{f'; before, it was {was}' if was else ''}."
            return self._difference(text, before=was, after=now)
        change = f"changes from {was} to {now}" if was else f"changes, and is {now}"
        text = f"The number of {where} {change}. It is not marked as a correction."
        return replace(self._difference(text, before=was, after=now), warns=True)

    def _rest(self, before: Observation, after: Observation, *, told: bool) -> Iterator[Difference]:
        """What else is said of a number: how many cases it is of, notes, why it was corrected."""
        said = ["value", "part", "of", "partial_until", "withheld"]
        if told or after.withheld:
            said.append("missing")
        if told and after.was is not None and after.was != before.was:
            said += ["was", "corrected", "because"]
        if after.withheld:
            said += ["n", "was", "corrected", "because"]
        bare = dict.fromkeys(said)
        one, other = before.model_copy(update=bare), after.model_copy(update=bare)
        quiet = after.withheld or not self.both.may_repeat(self._counted, before, after)
        about = ((self.old, self.old.record), (self.new, self.record))
        where = f"the number of {self._where()}"
        for found in changes_within(self.both, about, (one, other), where, quiet=quiet):
            yield replace(found, part=Part.NUMBERS, field=f"observations[{after.period}].{found.field}")


def numbers_gone(old: Metric) -> str:
    """How many numbers go with a measure that is gone, in words."""
    count = sum(one.number is not None for one in old.record.every_observation)
    return capital(f"{words.number(count)} {'number goes' if count == 1 else 'numbers go'} with it.") if count else ""
