"""`metrics/*.yml`: what is measured, what is aimed for, and every value so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from safety_plan.reading.periods import Grain, Period
from safety_plan.reading.schema.base import (
    Address,
    Date,
    Fault,
    Line,
    MetricId,
    Path,
    PeriodField,
    Prose,
    Record,
    RoleId,
    Text,
    refuse,
)  # fmt: skip

Kind = Literal["count", "sum", "mean", "median", "percentile", "percent", "rate", "index", "yes-no"]
Frequency = Literal["monthly", "quarterly", "yearly"]
StatusMethod = Literal["straight-line", "growth-rate"]
Covers = Literal["period", "year-to-date", "running-total", "rolling-12-months", "rolling-36-months"]


_WHOLE = 100
"""A whole, in percent."""

_GRAINS: dict[Frequency, tuple[Grain, ...]] = {
    "monthly": ("month",),
    "quarterly": ("quarter",),
    # A yearly survey is dated by the quarter or month in which it was held.
    "yearly": ("year", "quarter", "month"),
}
_GRAIN_WORDS: dict[Frequency, str] = {
    "monthly": "months such as 2026-09",
    "quarterly": "quarters such as 2026-Q3",
    "yearly": "years such as 2026",
}


class Source(Record):
    """Where a number comes from."""

    name: Line = Field(description="The records or survey behind it.")
    owner: RoleId = Field(description="Role that delivers the number.")
    method: Line | None = Field(None, description="How it is computed, such as nearest rank.")
    link: Address | None = Field(None, description="Address of the source, where it is public.")
    licence: Text | None = Field(None, description="Licence of the data, where they come from others.")
    attribution: Line | None = Field(None, description="The credit that the licence asks for.")


class Baseline(Record):
    """The starting point."""

    period: PeriodField = Field(description="Year, quarter or month it was measured in.")
    value: float = Field(description="Value at the starting point.")


class Target(Record):
    """What is to be reached by when. Interim targets stand before the last one."""

    by: Date = Field(description="Date to reach it by.")
    value: float | None = Field(None, description="The value to reach.")
    low: float | None = Field(None, description="Lower end, for a measure that should stay within a range.")
    high: float | None = Field(None, description="Upper end, for a measure that should stay within a range.")
    keep: Literal["above", "below"] | None = Field(
        None, description="above or below makes it a level to hold from the start, not one to reach."
    )
    tolerance: float | None = Field(None, ge=0, description="How far a level may be missed and still be only at risk.")
    why: Prose = Field(description="Why this value.")

    @model_validator(mode="after")
    def _value_or_range(self) -> Target:
        refuse(self._range_faults())
        return self

    def _range_faults(self) -> Iterator[Fault]:
        allowed = "either value, or both low and high"
        if self.value is not None and (self.low is not None or self.high is not None):
            yield Fault((), "found a target with both a value and a range", allowed, "keep just one of the two.")
        elif self.value is None and (self.low is None or self.high is None):
            half = self.low is not None or self.high is not None
            part = "only one end of its range" if half else "neither a value nor a range"
            yield Fault((), f"found a target with {part}", allowed, "add the number that is missing.", lacks=True)
        elif self.low is not None and self.high is not None and self.low > self.high:
            yield Fault(
                ("low",),
                f"found a range from {self.low:g} down to {self.high:g}",
                "a low end that is not above the high end",
                "exchange the two numbers, or correct one of them.",
            )


class TargetChange(Record):
    """An earlier value of the target, kept so that a goal post cannot move unseen."""

    on: Date = Field(description="When the target was changed.")
    was: float = Field(description="The value it had before.")
    was_by: Date | None = Field(None, description="The date it was to be reached by before, where that changed, too.")
    because: Line = Field(description="Why it was changed.")


class DefinitionChange(Record):
    """An earlier definition, kept so that values measured in two ways are not taken for one row of numbers."""

    on: Date = Field(description="When the definition was changed.")
    was: Line = Field(description="What was counted before, and what was left out.")
    because: Line = Field(description="Why it was changed.")
    since: PeriodField | None = Field(
        None, description="First period measured the new way; absent where the values before were worked out anew."
    )


class Benchmark(Record):
    """Another value for scale. It never decides the status."""

    name: Line = Field(description="Whose value, and of when.")
    value: float = Field(description="Value to compare with.")
    source: Line = Field(description="Where it is published.")


class Observation(Record):
    """One value, or the reason why there is none. Absent is not zero."""

    period: PeriodField = Field(description="2026, 2026-Q3 or 2026-09.")
    value: float | None = Field(None, description="The value. For yes/no measures 1 is yes and 0 is no.")
    part: int | None = Field(None, ge=0, description="Of a percent: how many did. The percent is then computed.")
    of: int | None = Field(None, ge=1, description="Of a percent: how many there were.")
    n: int | None = Field(None, ge=0, description="How many cases stand behind the value.")
    missing: Line | None = Field(None, description="Why there is no value.")
    withheld: bool = Field(False, description="true where the number is too small to publish.")
    partial_until: Date | None = Field(None, description="Last day covered, where the period is not complete yet.")
    was: float | None = Field(None, description="The value published before it was corrected.")
    corrected: Date | None = Field(None, description="When it was corrected.")
    because: Line | None = Field(None, description="Why it was corrected.")
    note: Line | None = Field(None, description="What a reader should know about this value.")

    @model_validator(mode="after")
    def _one_kind_of_thing(self) -> Observation:
        refuse([*self._part_faults(), *self._value_faults(), *self._correction_faults()])
        return self

    def _part_faults(self) -> Iterator[Fault]:
        if (self.part is None) != (self.of is None):
            one, other = ("part", "of") if self.of is None else ("of", "part")
            fix = "add the missing number, or give the percent as value."
            yield Fault((), f'found "{one}" without "{other}"', "part and of together", fix, lacks=True)
        elif self.part is not None and self.of is not None and self.part > self.of:
            yield Fault(
                ("part",),
                f'found {self.part} for "part", more than the {self.of} for "of"',
                f"a number from 0 to {self.of}",
                "check both numbers; they may stand in each other's place.",
            )

    def _value_faults(self) -> Iterator[Fault]:
        has_part = self.part is not None or self.of is not None
        given = sum((self.value is not None, has_part, self.missing is not None, self.withheld))
        allowed = "a value (or part and of), or missing with the reason, or withheld: true"
        if given == 0:
            found = f"found an observation for {self.period} that says nothing"
            yield Fault((), found, allowed, "add the value, or say why it is missing.", lacks=True)
        elif given > 1:
            found = f"found an observation for {self.period} that says two things at once"
            yield Fault((), found, allowed, "keep just one of them.")

    def _correction_faults(self) -> Iterator[Fault]:
        corrected = self.was is not None or self.corrected is not None
        if corrected and None in (self.was, self.corrected, self.because):
            found = f"found a correction of {self.period} that is not complete"
            fix = "say what the value was, when it was corrected and why."
            yield Fault((), found, "was, corrected and because together", fix, lacks=True)

    @property
    def number(self) -> float | None:
        """The value, computed from part and of where these are given."""
        if self.part is not None and self.of is not None:
            return 100 * self.part / self.of
        return self.value


class GroupObservation(Observation):
    """One value of one group."""

    group: Text = Field(description="The group, such as a district.")


class Breakdown(Record):
    """The same measure, split into groups."""

    by: Text = Field(description="What it is split by, such as district.")
    observations: tuple[GroupObservation, ...] = Field((), description="Values of each group.")
    observations_file: Text | None = Field(None, description="A CSV beside this file that holds them.")


class DataNote(Record):
    """Something about the data that a reader must know before trusting them."""

    text: Line = Field(description="What to know.")
    period: PeriodField | None = Field(None, description="The period it is about; absent where it is about all.")


class NextStep(Record):
    """What will be done about a measure that is at risk or off track."""

    what: Line = Field(description="What is done next.")
    owner: RoleId = Field(description="Role that does it.")
    by: Date = Field(description="When it will be done.")


class Metric(Record):
    """A measure. Its id is the file's name; its status is computed, never typed."""

    name: Text = Field(description="Short name.")
    question: Text = Field(description="The question it answers, as a resident would ask it.")
    ref: Text | None = Field(None, description="Short reference for council papers, such as M01.")
    former_ids: tuple[str, ...] = Field((), description="Names this file had before; their old addresses lead here.")
    definition: Line = Field(description="What exactly is counted, and what is left out.")
    kind: Kind = Field(description="What sort of number it is.")
    percentile: int | None = Field(None, ge=1, le=99, description="Which percentile, for kind: percentile.")
    per: int | None = Field(None, ge=1, description="Per how many, for kind: rate.")
    shown_as: Literal["number", "minutes-seconds"] = Field(
        "number", description="minutes-seconds shows a time such as 91 seconds as 1:31."
    )
    unit: Text = Field(description="Unit, in the plural, such as minutes. For percents: percent.")
    unit_one: Text | None = Field(None, description="Unit for exactly one, such as project; else the plural is used.")
    decimals: int = Field(0, ge=0, le=4, description="How many decimals are shown.")
    counts: Literal["people", "cases", "things"] = Field(
        description="What stands behind the number. Small counts of people and of cases about people are withheld."
    )
    health: bool = Field(False, description="true for health data, for which the town may withhold larger counts.")
    protect_rest: bool = Field(
        False, description="true where those who are not in the part are few people to protect as well."
    )
    part_from: MetricId | None = Field(
        None, description="The metric that counts the same as the part of this percent or rate."
    )
    of_from: MetricId | None = Field(
        None, description="The metric that counts the same as the whole of this percent or rate."
    )
    better: Literal["higher", "lower", "within"] | None = Field(
        None, description="Which way is better; absent where the measure is for information only."
    )
    level: Literal["input", "output", "outcome", "efficiency", "cost-outcome"] = Field(
        description="What it says about the service."
    )
    perception: bool = Field(False, description="true where it is what people think, as in a survey.")
    headline: bool = Field(False, description="true for the few that stand on the home page.")
    frequency: Frequency = Field(description="How often a new value comes.")
    covers: Covers = Field("period", description="What time each value covers.")
    due_within_days: int | None = Field(
        None, ge=1, le=366, description="Days after a period's end by which its value is promised; else the plan's own."
    )
    source: Source = Field(description="Where the number comes from.")
    baseline: Baseline | None = Field(None, description="The starting point.")
    targets: tuple[Target, ...] = Field((), description="What to reach by when; the last one is the final target.")
    status_method: StatusMethod | None = Field(
        None, description="How its status is worked out; absent where it is done as for the whole plan."
    )
    natural_limit: float | None = Field(
        None, gt=0, description="The value it cannot go beyond, such as 100 percent; for growth-rate without a target."
    )
    target_changes: tuple[TargetChange, ...] = Field((), description="Earlier targets.")
    definition_changes: tuple[DefinitionChange, ...] = Field((), description="Earlier definitions.")
    benchmarks: tuple[Benchmark, ...] = Field((), description="Other values for scale.")
    observations: tuple[Observation, ...] = Field((), description="Every value so far, oldest first.")
    observations_file: Text | None = Field(None, description="A CSV beside this file that holds them instead.")
    annual: tuple[Observation, ...] = Field(
        (),
        description="Values of whole years, where they stand beside those of quarters or months. They give no status.",
    )
    breakdowns: tuple[Breakdown, ...] = Field((), description="The same measure, split into groups.")
    notes: tuple[DataNote, ...] = Field((), description="What to know about the data.")
    mirrors: Literal["duties-current", "actions-on-schedule", "exercises-held"] | None = Field(
        None, description="The register of this plan that the number is taken from."
    )
    explanation: Prose | None = Field(
        None, description="Why it stands where it stands; owed when at risk or off track."
    )
    next_step: NextStep | None = Field(None, description="What is done about it; owed when at risk or off track.")

    @model_validator(mode="after")
    def _fits_together(self) -> Metric:
        faults = [
            *self._kind_faults(),
            *self._target_faults(),
            *self._list_faults(self.observations, ("observations",)),
        ]
        for number, breakdown in enumerate(self.breakdowns):
            faults += self._list_faults(breakdown.observations, ("breakdowns", number, "observations"))
        refuse(faults)
        return self

    def _kind_faults(self) -> Iterator[Fault]:
        if self.kind == "percentile" and self.percentile is None:
            found = "found the kind percentile without the percentile itself"
            allowed = '"percentile" with a number from 1 to 99'
            yield Fault(("kind",), found, allowed, 'add a line such as "percentile: 90".', lacks=True)

    def _target_faults(self) -> Iterator[Fault]:
        first = min((target.by for target in self.targets), default=None)
        if self.baseline is not None and first is not None and first <= self.baseline.period.end:
            yield Fault(
                ("baseline", "period"),
                f"found the baseline period {self.baseline.period}, which does not end before the target date {first}",
                "a period that ends before every target date",
                "correct the baseline period or the target date.",
            )
        for number, target in enumerate(self.targets):
            if number and target.by <= self.targets[number - 1].by:
                yield Fault(
                    ("targets", number, "by"),
                    f"found the target date {target.by} after {self.targets[number - 1].by}",
                    "targets in the order of their dates",
                    "put the earlier target first, or correct its date.",
                )
            if (self.better == "within") != (target.low is not None):
                yield Fault(
                    ("targets", number),
                    f"found a target {'with' if target.low is not None else 'without'} a range in a metric "
                    + (f'with "better: {self.better}"' if self.better else 'without "better"'),
                    'low and high together with "better: within", else value',
                    'change the target, or the line "better".',
                    lacks=self.better is None,
                )

    def _list_faults(self, observations: tuple[Observation, ...], at: Path) -> Iterator[Fault]:
        """What is wrong with a list of observations as a whole."""
        seen: set[tuple[Period, str]] = set()
        for number, observation in enumerate(observations):
            group = getattr(observation, "group", "")
            if (observation.period, group) in seen:
                of_group = f' and the group "{group}"' if group else ""
                yield Fault(
                    (*at, number, "period"),
                    f"found a second observation for {observation.period}{of_group}",
                    f"one observation for each period{' and group' if group else ''}",
                    f"delete one of the two, or correct its period{' or its group' if group else ''}.",
                )
            seen.add((observation.period, group))
            if observation.period.grain not in _GRAINS[self.frequency]:
                yield Fault(
                    (*at, number, "period"),
                    f"found the period {observation.period} in a metric with the frequency {self.frequency}",
                    _GRAIN_WORDS[self.frequency],
                    "correct the period, or the frequency.",
                )
            yield from self._range_faults(observation.value, (*at, number, "value"))

    def _range_faults(self, value: float | None, at: Path) -> Iterator[Fault]:
        if self.kind == "percent" and value is not None and not 0 <= value <= _WHOLE:
            allowed, fix = "a number from 0 to 100", "check the number; 82 percent is written 82."
        elif self.kind == "count" and value is not None and (value < 0 or value != int(value)):
            allowed, fix = "0 or a whole number above it", "check the number, or the line kind."
        elif self.kind == "yes-no" and value not in (None, 0, 1):
            allowed, fix = "1 for yes or 0 for no", "write 1 or 0."
        else:
            return
        yield Fault(at, f'found the number {value:g} for "value" in a metric of the kind {self.kind}', allowed, fix)
