"""`metrics/*.yml`: what is measured, what is aimed for, and every value so far."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from safety_plan.reading.periods import Grain, Period
from safety_plan.reading.schema.base import Address, Date, Line, PeriodField, Prose, Record, RoleId, Text

Kind = Literal["count", "sum", "mean", "median", "percentile", "percent", "rate", "index", "yes-no"]
Frequency = Literal["monthly", "quarterly", "yearly"]
Covers = Literal["period", "year-to-date", "running-total", "rolling-12-months", "rolling-36-months"]


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


def fault(kind: str, message: str, at: tuple[str | int, ...], allowed: str, fix: str, **values: object) -> Exception:
    """A problem that two fields make together, told at the field that should change."""
    context: dict[str, Any] = {key: str(value) for key, value in values.items()}
    return PydanticCustomError(kind, message, {**context, "at": at, "allowed": allowed, "fix": fix})  # type: ignore[arg-type]


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
    value: float = Field(description="Its value.")


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
        has_range = self.low is not None and self.high is not None
        if (self.value is None) != has_range:
            raise fault(
                "target_value",
                "found a target with both a value and a range, or with neither",
                (),
                "either value, or both low and high",
                "give one value, or low and high together.",
            )
        if has_range and self.low > self.high:  # type: ignore[operator]
            raise fault(
                "target_range",
                "found a range from {low} down to {high}",
                ("low",),
                "low smaller than high",
                "exchange the two numbers.",
                low=f"{self.low:g}",
                high=f"{self.high:g}",
            )
        return self


class TargetChange(Record):
    """An earlier value of the target, kept so that a goal post cannot move unseen."""

    on: Date = Field(description="When the target was changed.")
    was: float = Field(description="The value it had before.")
    because: Line = Field(description="Why it was changed.")


class Benchmark(Record):
    """Another value for scale. It never decides the status."""

    name: Line = Field(description="Whose value, and of when.")
    value: float = Field(description="The value.")
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
        if (self.part is None) != (self.of is None):
            raise fault(
                "part_without_of",
                "found {one} without {other}",
                (),
                "part and of together",
                "add the missing number, or give the percent as value.",
                one="part" if self.of is None else "of",
                other="of" if self.of is None else "part",
            )
        if self.part is not None and self.of is not None and self.part > self.of:
            raise fault(
                "part_of_whole",
                "found part: {part}, larger than of: {of}",
                ("part",),
                "a part from 0 to {of}".replace("{of}", str(self.of)),
                "check both numbers; they may stand in each other's place.",
                part=self.part,
                of=self.of,
            )
        given = [
            self.value is not None or self.part is not None,
            self.missing is not None,
            self.withheld,
        ]
        if sum(given) != 1:
            raise fault(
                "one_of_value",
                "found an observation for {period} {what}",
                (),
                "a value (or part and of), or missing with the reason, or withheld: true",
                "keep just one of them." if sum(given) else "add the value, or say why it is missing.",
                period=self.period,
                what="that says two things at once" if sum(given) else "that says nothing",
            )
        if (self.was is not None or self.corrected is not None) and None in (self.was, self.corrected, self.because):
            raise fault(
                "half_correction",
                "found a correction of {period} that is not complete",
                (),
                "was, corrected and because together",
                "say what the value was, when it was corrected and why.",
                period=self.period,
            )
        return self

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
    unit: Text = Field(description="Unit, in the plural, such as minutes. For percents: percent.")
    unit_one: Text | None = Field(None, description="Unit for exactly one, such as project; else the plural is used.")
    decimals: int = Field(0, ge=0, le=4, description="How many decimals are shown.")
    counts: Literal["people", "cases", "things"] = Field(
        description="What stands behind the number. Small counts of people and of cases about people are withheld."
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
    target_changes: tuple[TargetChange, ...] = Field((), description="Earlier targets.")
    benchmarks: tuple[Benchmark, ...] = Field((), description="Other values for scale.")
    observations: tuple[Observation, ...] = Field((), description="Every value so far, oldest first.")
    observations_file: Text | None = Field(None, description="A CSV beside this file that holds them instead.")
    breakdowns: tuple[Breakdown, ...] = Field((), description="The same measure, split into groups.")
    notes: tuple[DataNote, ...] = Field((), description="What to know about the data.")
    mirrors: Literal["duties-current", "actions-on-schedule", "exercises-held"] | None = Field(
        None, description="The register of this plan that the number is taken from."
    )
    explanation: Prose | None = Field(None, description="Why it stands where it stands; owed when at risk or off track.")
    next_step: NextStep | None = Field(None, description="What is done about it; owed when at risk or off track.")

    @model_validator(mode="after")
    def _targets_in_order(self) -> Metric:
        if self.kind == "percentile" and self.percentile is None:
            raise fault(
                "no_percentile",
                "found kind: percentile without the percentile itself",
                ("kind",),
                "percentile: with a number from 1 to 99",
                'add a line such as "percentile: 90".',
            )
        for number, target in enumerate(self.targets):
            if self.baseline is not None and target.by <= self.baseline.period.end:
                raise fault(
                    "baseline_after_target",
                    "found a baseline period of {baseline}, which ends on {end}, not before the target date {by}",
                    ("baseline", "period"),
                    "a baseline before every target",
                    "check the year of the baseline and the date of the target.",
                    baseline=self.baseline.period,
                    end=self.baseline.period.end,
                    by=target.by,
                )
            if number and target.by <= self.targets[number - 1].by:
                raise fault(
                    "targets_out_of_order",
                    "found a target for {by} after one for {before}",
                    ("targets", number, "by"),
                    "targets in the order of their dates",
                    "put the earlier target first.",
                    by=target.by,
                    before=self.targets[number - 1].by,
                )
            if (self.better == "within") != (target.low is not None):
                raise fault(
                    "target_kind",
                    "found a target that does not fit better: {better}",
                    ("targets", number),
                    "low and high for better: within, else value",
                    "change the target, or the line better.",
                    better=self.better or "(absent)",
                )
        return self

    @model_validator(mode="after")
    def _values_fit(self) -> Metric:
        self._check(self.observations, ("observations",))
        for number, breakdown in enumerate(self.breakdowns):
            self._check(breakdown.observations, ("breakdowns", number, "observations"))
        return self

    def _check(self, observations: tuple[Observation, ...], at: tuple[str | int, ...]) -> None:
        """Raise the first fault that a list of observations has as a whole."""
        seen: set[tuple[Period, str]] = set()
        for number, observation in enumerate(observations):
            group = getattr(observation, "group", "")
            if (observation.period, group) in seen:
                raise fault(
                    "two_values",
                    "found a second observation for {period}{group}",
                    (*at, number, "period"),
                    "one observation for each period",
                    "delete one of the two, or correct its period.",
                    period=observation.period,
                    group=f", {group}" if group else "",
                )
            seen.add((observation.period, group))
            if observation.period.grain not in _GRAINS[self.frequency]:
                raise fault(
                    "wrong_grain",
                    "found the period {period} in a measure with frequency: {frequency}",
                    (*at, number, "period"),
                    _GRAIN_WORDS[self.frequency],
                    "correct the period, or the line frequency.",
                    period=observation.period,
                    frequency=self.frequency,
                )
            self._check_value(observation, (*at, number, "value"))

    def _check_value(self, observation: Observation, at: tuple[str | int, ...]) -> None:
        value = observation.value
        if value is None:
            return
        if self.kind == "percent" and not 0 <= value <= 100:
            allowed, fix = "a number from 0 to 100", "check the number; 82 percent is written 82."
        elif self.kind == "yes-no" and value not in (0, 1):
            allowed, fix = "1 for yes or 0 for no", "write 1 or 0."
        else:
            return
        raise fault(
            "out_of_range",
            "found {value} for {period}, but the measure is of kind {kind}",
            at,
            allowed,
            fix,
            value=f"{value:g}",
            period=observation.period,
            kind=self.kind,
        )
