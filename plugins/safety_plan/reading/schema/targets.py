"""What a measure aims for: a value or a range, and what the aim was before it was changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from safety_plan.reading.schema.base import Date, Fault, Line, Prose, Record, refuse


class Target(Record):
    """What is to be reached by when: a value, or a range from low to high. Interim targets stand before the last."""

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
        refuse(_one_aim("a target", {"value": self.value, "low": self.low, "high": self.high}))
        return self

    @property
    def edges(self) -> tuple[float, ...]:
        """The value, or both ends of the range."""
        return tuple(edge for edge in (self.value, self.low, self.high) if edge is not None)


def _one_aim(what: str, numbers: dict[str, float | None]) -> Iterator[Fault]:
    """Faults of a value and the two ends of a range, given by their keys in this order: just one of both is needed."""
    (one, value), (lower, low), (upper, high) = numbers.items()
    allowed = f"either {one}, or both {lower} and {upper}"
    if value is not None and (low is not None or high is not None):
        yield Fault((), f"found {what} with both a value and a range", allowed, "keep just one of the two.")
    elif value is None and (low is None or high is None):
        half = low is not None or high is not None
        part = "only one end of its range" if half else "neither a value nor a range"
        yield Fault((), f"found {what} with {part}", allowed, "add the number that is missing.", lacks=True)
    elif low is not None and high is not None and low > high:
        yield Fault(
            (lower,),
            f"found a range from {low:g} down to {high:g}",
            "a low end that is not above the high end",
            "exchange the two numbers, or correct one of them.",
        )


class TargetChange(Record):
    """A target as it was before a change, kept so that a goal post cannot move unseen.

    What is absent was as it is since the change.
    """

    on: Date = Field(description="When the target was changed or dropped.")
    of: Date | None = Field(
        None, description="Which target was changed: the date it has today; absent where it is the last one."
    )
    was: float | None = Field(None, description="The value it had before.")
    was_low: float | None = Field(None, description="Lower end it had before, where it was a range.")
    was_high: float | None = Field(None, description="Upper end it had before, where it was a range.")
    was_by: Date | None = Field(
        None, description="The date it was to be reached by before, where that changed or the target was dropped."
    )
    was_keep: Literal["above", "below", "reach"] | None = Field(
        None, description="above or below where it was a level to hold before, reach where it was one to reach."
    )
    was_tolerance: float | None = Field(
        None,
        ge=0,
        description="How far it might be missed before and still be only at risk. Where absent, no status rests on it.",
    )
    because: Line = Field(description="Why it was changed.")

    @model_validator(mode="after")
    def _value_or_range(self) -> TargetChange:
        numbers = {"was": self.was, "was_low": self.was_low, "was_high": self.was_high}
        refuse(_one_aim("an earlier target", numbers))
        return self
