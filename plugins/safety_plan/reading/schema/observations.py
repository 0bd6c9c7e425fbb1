"""The values of a measure, or what stands in their place: part of `metrics/*.yml`, and the rows of its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, model_validator

from safety_plan.reading.periods import Grain, Period
from safety_plan.reading.schema.base import (
    Date,
    Fault,
    Fixed,
    Line,
    Path,
    PeriodField,
    Record,
    Shared,
    Text,
    refuse,
)  # fmt: skip

Kind = Literal["count", "sum", "mean", "median", "percentile", "percent", "rate", "index", "yes-no"]
Frequency = Literal["monthly", "quarterly", "yearly"]
Standing = Literal["value", "partial", "missing", "withheld"]

_WHOLE = 100
"""A whole, in percent."""

_NAMES_OF_THE_WHOLE = (
    *("total", "totals", "grand total", "all", "all groups", "everyone", "everybody", "overall", "sum", "altogether"),
    *("whole", "town", "town total", "total town", "townwide", "town-wide", "city", "citywide"),
)
"""What a group is called, in small letters, that is no part of the whole but the whole itself."""

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


class Observation(Record):
    """One value, or the reason why there is none. Absent is not zero.

    It has just one of these: value; part and of; missing with the reason; withheld: true.
    """

    period: PeriodField = Field(
        description="What time it is for: 2026, 2026-Q3 or 2026-09; FY2026 or FY2026-Q1 for fiscal years."
    )
    value: float | None = Field(None, description="The value. For yes/no measures 1 is yes and 0 is no.")
    part: int | None = Field(
        None, ge=0, description="Of a percent or rate: how many did, or how often it happened. The value is computed."
    )
    of: int | None = Field(None, ge=1, description="Of a percent or rate: how many there were.")
    n: int | None = Field(None, ge=0, description="How many cases stand behind the value.")
    missing: Line | None = Field(None, description="Why there is no value.")
    withheld: bool = Field(
        False, description="true where the number is too small to publish, or would tell one that is."
    )
    partial_until: Date | None = Field(None, description="Last day covered, where the period is not complete yet.")
    was: float | None = Field(None, description="The value published before it was corrected.")
    corrected: Date | None = Field(None, description="When it was corrected.")
    because: Line | None = Field(None, description="Why it was corrected.")
    note: Line | None = Field(None, description="What a reader should know about this value.")

    _per: int = PrivateAttr(default=_WHOLE)

    @model_validator(mode="after")
    def _one_kind_of_thing(self) -> Observation:
        refuse([*self._part_faults(), *self._value_faults(), *self._partial_faults(), *self._correction_faults()])
        return self

    def _part_faults(self) -> Iterator[Fault]:
        if (self.part is None) != (self.of is None):
            one, other = ("part", "of") if self.of is None else ("of", "part")
            fix = "add the missing number, or give the percent as value."
            yield Fault((), f'found "{one}" without "{other}"', "part and of together", fix, lacks=True)

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

    def _partial_faults(self) -> Iterator[Fault]:
        day = self.partial_until
        if day is not None and not self.period.start <= day < self.period.end:
            yield Fault(
                ("partial_until",),
                f"found {day} as the last day covered of {self.period}",
                f"a date from {self.period.start} on and before {self.period.end}, the last day of the period",
                'correct the date, or delete "partial_until" where the whole period is covered.',
            )

    def _correction_faults(self) -> Iterator[Fault]:
        corrected = self.was is not None or self.corrected is not None
        if corrected and None in (self.was, self.corrected, self.because):
            found = f"found a correction of {self.period} that is not complete"
            fix = "say what the value was, when it was corrected and why."
            yield Fault((), found, "was, corrected and because together", fix, lacks=True)
        elif corrected and self.withheld:
            yield Fault(
                ("was",),
                f"found the value that {self.period} had before in a line whose number is withheld",
                '"withheld: true" alone: what was published before may tell the number',
                "delete was, corrected and because.",
            )

    def count_per(self, per: int) -> None:
        """Tell this observation of a rate per how many it is, so that it can be worked out from part and of."""
        self._per = per

    @property
    def last_day(self) -> dt.date:
        """The last day that it covers."""
        return self.partial_until or self.period.end

    @property
    def number(self) -> float | None:
        """The value in the unit of the measure, computed from part and of where these are given."""
        if self.part is not None and self.of is not None:
            return self._per * self.part / self.of
        return self.value

    @property
    def standing(self) -> Standing:
        """Which kind of thing it is: a value (which may be zero), one of a period not over yet, or one of two nothings.

        That a number is not yet due is none of these: then there is no observation.
        """
        if self.withheld:
            return "withheld"
        if self.missing is not None:
            return "missing"
        return "partial" if self.partial_until else "value"


class GroupObservation(Observation):
    """One value of one group."""

    group: Annotated[Text, Shared("group")] = Field(description="The group, such as a district.")


class Breakdown(Record):
    """The same measure, split into groups."""

    by: Annotated[Text, Shared("breakdown")] = Field(description="What it is split by, such as district.")
    observations: tuple[GroupObservation, ...] = Field((), description="Values of each group.")
    observations_file: Fixed | None = Field(
        None, description="Name of a CSV file beside this one that holds them instead."
    )

    @model_validator(mode="after")
    def _parts_only(self) -> Breakdown:
        refuse(_whole_faults(self.observations))
        return self


def _whole_faults(observations: tuple[GroupObservation, ...]) -> Iterator[Fault]:
    """Groups that are the whole: a reader would add it to its own parts."""
    for number, one in enumerate(observations):
        if _is_the_whole(one.group.casefold()):
            yield Fault(
                ("observations", number, "group"),
                f'found "{one.group}" as the name of a group',
                'the name of a part; what all parts make together stands under "observations" of the metric',
                "move this value there, or delete the line where it is there already.",
            )


def _is_the_whole(name: str) -> bool:
    """Whether a name, in small letters, is one of the whole: also “all districts”, but not “all others”."""
    return name in _NAMES_OF_THE_WHOLE or (name.startswith(("all ", "whole ", "entire ")) and "other" not in name)


def list_faults(
    observations: tuple[Observation, ...], at: Path, kind: Kind, frequency: Frequency, *, annual: bool = False
) -> Iterator[Fault]:
    """What is wrong with a list of observations as a whole, or with its values in a measure of this kind.

    `at` is where the list stands in the metric; `annual` says that it is the one for the values of whole years.
    """
    yield from _doubles(observations, at)
    yield from _mixed(observations, at)
    for number, one in enumerate(observations):
        if annual and one.period.grain != "year":
            found, allowed = f"found the period {one.period} among the values of whole years", _GRAIN_WORDS["yearly"]
            fix = 'correct the period, or put the value under "observations".'
            yield Fault((*at, number, "period"), found, allowed, fix)
        elif not annual and one.period.grain not in _GRAINS[frequency]:
            found = f"found the period {one.period} in a metric with the frequency {frequency}"
            fix = "correct the period, or the frequency."
            yield Fault((*at, number, "period"), found, _GRAIN_WORDS[frequency], fix)
        yield from _part_faults(one, (*at, number, "part"), kind)
        yield from _range_faults(one.value, (*at, number, "value"), kind)


def _doubles(observations: tuple[Observation, ...], at: Path) -> Iterator[Fault]:
    seen: set[tuple[Period, bool, str]] = set()
    for number, one in enumerate(observations):
        group = one.group if isinstance(one, GroupObservation) else ""
        # Names that differ by small and capital letters alone are one group to every reader.
        # The same time named in two ways is told where the names are told apart: see `_mixed`.
        key = (one.period, one.period.fiscal_start is None, group.casefold())
        if key in seen:
            of_group = f' and the group "{group}"' if group else ""
            yield Fault(
                (*at, number, "period"),
                f"found a second observation for {one.period}{of_group}",
                f"one observation for each period{' and group' if group else ''}",
                f"delete one of the two, or correct its period{' or its group' if group else ''}.",
            )
        seen.add(key)


def _mixed(observations: tuple[Observation, ...], at: Path) -> Iterator[Fault]:
    """The first period that is named in another way than the one before it: the rest would only repeat it."""
    for number, (before, one) in enumerate(pairwise(observations), start=1):
        if (before.period.fiscal_start is None) != (one.period.fiscal_start is None):
            kinds = ("period", "fiscal periods") if one.period.fiscal_start is None else ("fiscal period", "others")
            yield Fault(
                (*at, number, "period"),
                f"found the {kinds[0]} {one.period} among {kinds[1]} such as {before.period}",
                "either periods of the calendar, or fiscal years and their quarters, but not both in one list",
                "write all periods of this list in the same way.",
            )
            return


def _part_faults(one: Observation, at: Path, kind: Kind) -> Iterator[Fault]:
    if one.part is None or one.of is None:
        return
    if kind not in ("percent", "rate"):
        yield Fault(
            at,
            f'found "part" and "of" in a metric of the kind {kind}',
            '"value"; "part" and "of" belong to the kinds percent and rate',
            "write the number as value, or correct the kind.",
        )
    elif kind == "percent" and one.part > one.of:
        yield Fault(
            at,
            f'found {one.part} for "part", more than the {one.of} for "of"',
            f"a number from 0 to {one.of}",
            "check both numbers; they may stand in each other's place.",
        )


def _range_faults(value: float | None, at: Path, kind: Kind) -> Iterator[Fault]:
    if kind == "percent" and value is not None and not 0 <= value <= _WHOLE:
        allowed, fix = "a number from 0 to 100", "check the number; 82 percent is written 82."
    elif kind == "count" and value is not None and (value < 0 or value != int(value)):
        allowed, fix = "0 or a whole number above it", "check the number, or the line kind."
    elif kind == "yes-no" and value not in (None, 0, 1):
        allowed, fix = "1 for yes or 0 for no", "write 1 or 0."
    else:
        return
    yield Fault(at, f'found the number {value:g} for "value" in a metric of the kind {kind}', allowed, fix)
