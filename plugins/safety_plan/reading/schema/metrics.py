"""`metrics/*.yml`: what is measured, what is aimed for, and every value so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from safety_plan.reading.schema.base import (
    Address,
    Date,
    Fault,
    Fixed,
    FormerId,
    Line,
    MetricId,
    PeriodField,
    Prose,
    Record,
    RoleId,
    Shared,
    Text,
    refuse,
)  # fmt: skip
from safety_plan.reading.schema.observations import Breakdown, Frequency, Kind, Observation, list_faults
from safety_plan.reading.schema.targets import Target, TargetChange

StatusMethod = Literal["straight-line", "growth-rate"]
Covers = Literal["period", "year-to-date", "running-total", "rolling-12-months", "rolling-36-months"]

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = (11, 12, 13)


class Source(Record):
    """Where a number comes from."""

    name: Line = Field(description="The records or survey behind it.")
    owner: RoleId = Field(description="Role that delivers the number.")
    method: Line | None = Field(None, description="How it is computed, such as nearest rank.")
    link: Address | None = Field(None, description="Address of the source, where it is public.")
    licence: Fixed | None = Field(None, description="Licence of the data, where they come from others.")
    attribution: Line | None = Field(None, description="The credit that the licence asks for.")


class Baseline(Record):
    """The starting point."""

    period: PeriodField = Field(description="Year, quarter or month it was measured in.")
    value: float = Field(description="Value at the starting point.")


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
    """A measure: what is counted, what is aimed for and every value so far.

    Its id is the file's name; its status is computed, never typed.
    """

    name: Text = Field(description="Short name, as it stands in lists and tables.")
    question: Text = Field(description="The question it answers, as a resident would ask it.")
    ref: Fixed | None = Field(None, description="Short reference for council papers, such as M01.")
    former_ids: tuple[FormerId, ...] = Field(
        (), description="Names this file had before; their old addresses lead here."
    )
    definition: Line = Field(description="What exactly is counted, and what is left out.")
    kind: Kind = Field(
        description="What sort of number it is: count (how many), sum (how much), mean, median, percentile, percent, "
        "rate (per so many), index, or yes-no (1 or 0)."
    )
    percentile: int | None = Field(
        None, ge=1, le=99, description="Which percentile, such as 90; only for the kind percentile."
    )
    per: int | None = Field(None, ge=1, description="Per how many, such as 1000; only for the kind rate.")
    shown_as: Literal["number", "minutes-seconds"] = Field(
        "number", description="minutes-seconds shows a time such as 91 seconds as 1:31."
    )
    unit: Annotated[Text, Shared("unit")] = Field(
        description="Unit, in the plural, such as minutes. For percents: percent."
    )
    unit_one: Annotated[Text, Shared("unit for one")] | None = Field(
        None, description="Unit for exactly one, such as project; else the plural is used."
    )
    decimals: int = Field(0, ge=0, le=4, description="How many decimals are shown.")
    counts: Literal["people", "cases", "things"] = Field(
        description="What stands behind the number. Small counts of people and of cases about people are withheld."
    )
    health: bool = Field(False, description="true for health data, for which the town may withhold larger counts.")
    protect_rest: bool = Field(
        False, description="true where those who are not in the part are few people to protect as well."
    )
    part_from: MetricId | None = Field(
        None, description="The metric that counts the same as the part of this percent or rate, or as this count."
    )
    of_from: MetricId | None = Field(
        None, description="The metric that counts the same as the whole of this percent or rate."
    )
    better: Literal["higher", "lower", "within"] | None = Field(
        None, description="Which way is better: higher, lower or within a range; absent where the measure only informs."
    )
    level: Literal["input", "output", "outcome", "efficiency", "cost-outcome"] = Field(
        description="What it says about the service."
    )
    perception: bool = Field(False, description="true where it is what people think, as in a survey.")
    headline: bool = Field(False, description="true for the few that stand on the home page.")
    frequency: Frequency = Field(description="How often a new value comes.")
    covers: Covers = Field(
        "period",
        description="What time each value covers: its period, the year up to its end, all time so far, or the 12 or 36 "
        "months up to its end.",
    )
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
    target_changes: tuple[TargetChange, ...] = Field((), description="Targets as they were before a change.")
    definition_changes: tuple[DefinitionChange, ...] = Field((), description="Earlier definitions.")
    benchmarks: tuple[Benchmark, ...] = Field((), description="Other values for scale.")
    observations: tuple[Observation, ...] = Field((), description="Every value so far, oldest first.")
    observations_file: Fixed | None = Field(
        None, description="Name of a CSV file beside this one that holds the values instead."
    )
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
        refuse([*self._kind_faults(), *self._target_faults(), *self._value_faults()])
        if self.per is not None:
            for one in self.every_observation:
                one.count_per(self.per)
        return self

    @property
    def year_starts(self) -> int:
        """The month in which the years start that its periods are counted by: 1, or that of the town's fiscal year."""
        return next((one.period.fiscal_start or 1 for one in self.observations), 1)

    @property
    def percentile_name(self) -> str:
        """What a percentile is called, such as 90th percentile."""
        number = self.percentile or 0
        ending = "th" if number in _TEENS else _ENDINGS.get(number % 10, "th")
        return f"{number}{ending} percentile"

    @property
    def every_observation(self) -> tuple[Observation, ...]:
        """The values of all its lists: of its own, of whole years and of the groups it is split into."""
        split = (one for breakdown in self.breakdowns for one in breakdown.observations)
        return (*self.observations, *self.annual, *split)

    def _value_faults(self) -> Iterator[Fault]:
        yield from list_faults(self.observations, ("observations",), self.kind, self.frequency)
        yield from list_faults(self.annual, ("annual",), self.kind, self.frequency, annual=True)
        split_by: set[str] = set()
        for number, breakdown in enumerate(self.breakdowns):
            at = ("breakdowns", number, "observations")
            yield from list_faults(breakdown.observations, at, self.kind, self.frequency)
            # To every reader District is the same as district: its groups would stand there twice.
            if breakdown.by.casefold() in split_by:
                yield Fault(
                    ("breakdowns", number, "by"),
                    f'found a second breakdown by "{breakdown.by}"',
                    "one breakdown for each thing that a measure is split by",
                    "put its lines into the first one, or write what else it is split by.",
                )
            split_by.add(breakdown.by.casefold())
        if self.annual and self.frequency == "yearly":
            yield Fault(
                ("annual",),
                'found "annual" in a metric whose values are those of years anyway',
                '"annual" only beside monthly or quarterly values',
                'move these values under "observations".',
            )

    def _kind_faults(self) -> Iterator[Fault]:
        if self.kind == "percentile" and self.percentile is None:
            found = "found the kind percentile without the percentile itself"
            allowed = '"percentile" with a number from 1 to 99'
            yield Fault(("kind",), found, allowed, 'add a line such as "percentile: 90".', lacks=True)
        if self.kind == "rate" and self.per is None:
            found, allowed = "found the kind rate without what it is per", '"per" with a number such as 100 or 1000'
            yield Fault(("kind",), found, allowed, 'add a line such as "per: 1000".', lacks=True)
        for key, kind, given in (("percentile", "percentile", self.percentile), ("per", "rate", self.per)):
            if given is not None and self.kind != kind:
                yield Fault(
                    (key,),
                    f'found "{key}" in a metric of the kind {self.kind}',
                    f'"{key}" only in a metric of the kind {kind}',
                    "delete this line, or correct the kind.",
                )
        if self.shown_as == "minutes-seconds" and self.unit not in ("minutes", "seconds"):
            yield Fault(
                ("shown_as",),
                f'found the unit "{self.unit}" in a metric that is shown as minutes and seconds',
                'the unit "minutes" or "seconds", for a time shown as minutes and seconds',
                "correct the unit, or delete this line.",
            )

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
        yield from self._change_faults()
        if self.covers == "year-to-date" and self.better == "within":
            yield Fault(
                ("better",),
                'found "better: within" in a metric that counts up from the start of each year',
                'higher or lower, or another word under "covers"',
                "write which way is better by the end of the year: no range holds for a count all year long.",
            )

    def _change_faults(self) -> Iterator[Fault]:
        dates = [target.by for target in self.targets]
        newest = max(self.target_changes, key=lambda change: change.on, default=None)
        if newest is not None and not dates and newest.was_by is None:
            yield Fault(
                ("target_changes", self.target_changes.index(newest)),
                "found a target that was dropped, without the date it was to be reached by",
                '"was_by" with that date, where a metric has no target any more',
                'add a line such as "was_by: 2029-12-31", or the target itself.',
                lacks=True,
            )
        for number, change in enumerate(self.target_changes):
            if change.of is not None and change.of not in dates:
                yield Fault(
                    ("target_changes", number, "of"),
                    f"found a change of a target of {change.of}, which this metric does not have",
                    ", ".join(map(str, dates)) or 'no "of" in a metric without a target',
                    'write the date that stands under "by" of the target that was changed, or delete this line.',
                )
