"""Periods of time as staff write them: a year, a quarter or a month, of the calendar or of the town's fiscal year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Grain = Literal["month", "quarter", "year"]
MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}
_GRAIN_OF = {months: grain for grain, months in MONTHS.items()}
_FORM = re.compile(r"(?P<year>(?:19|20|21)\d{2})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")
_FISCAL_FORM = re.compile(r"FY(?P<year>(?:19|20|21)\d{2})(?:-Q(?P<quarter>[1-4]))?")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """A year, quarter or month. Periods sort by their last day, then by their first.

    `fiscal_start` is the month, from 1 to 12, in which the fiscal year starts that the period was named by; None where
    it was named by the calendar. Two periods are equal when they cover the same days, whatever they were named by.
    """

    end: dt.date
    start: dt.date
    fiscal_start: int | None = field(default=None, compare=False)

    @property
    def grain(self) -> Grain:
        """How long the period is."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        return _GRAIN_OF[months]

    @property
    def quarter(self) -> int:
        """The number of the quarter that holds the last day, from 1 to 4, counted from the start of its year."""
        return (self.end.month - self.year_start.month) % 12 // 3 + 1

    @property
    def year_start(self) -> dt.date:
        """The first day of the year that the period lies in: the calendar year, or the fiscal year it is named by."""
        month = self.fiscal_start or 1
        return dt.date(self.end.year if self.end.month >= month else self.end.year - 1, month, 1)

    @property
    def year_end(self) -> dt.date:
        """The last day of the year that the period lies in. Fiscal years are named by the year of this day."""
        return _months_after(self.year_start, MONTHS["year"]) - _DAY

    def next(self, grain: Grain | None = None) -> Period:
        """The period that follows; `grain` sets the step where values come less often than their period is long."""
        step = MONTHS[grain or self.grain]
        return _period(_months_after(self.start, step), MONTHS[self.grain], self.fiscal_start)

    def __str__(self) -> str:
        if self.grain == "month":
            return f"{self.start:%Y-%m}"
        year = f"{'' if self.fiscal_start is None else 'FY'}{self.year_end.year}"
        return year if self.grain == "year" else f"{year}-Q{self.quarter}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(cls)


def period_from(text: str) -> Period | None:
    """The period of the calendar written as 2024, 2024-Q3 or 2024-09; None where it is none of these."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    year = int(match["year"])
    if match["quarter"]:
        return _period(dt.date(year, 3 * int(match["quarter"]) - 2, 1), 3)
    if match["month"]:
        return _period(dt.date(year, int(match["month"]), 1), 1)
    return _period(dt.date(year, 1, 1), 12)


def is_fiscal(text: str) -> bool:
    """Whether a text is written as a fiscal year or a quarter of one: FY2026 or FY2026-Q1."""
    return _FISCAL_FORM.fullmatch(text.strip()) is not None


def fiscal_period_from(text: str, starts: int) -> Period | None:
    """The fiscal year or quarter written as FY2026 or FY2026-Q1; None where it is neither.

    `starts` is the month in which the fiscal year starts, from 1 to 12. A fiscal year has the name of the year it ends
    in: where it starts in July, FY2026-Q1 is July to September 2025.
    """
    match = _FISCAL_FORM.fullmatch(text.strip())
    if match is None:
        return None
    first = dt.date(int(match["year"]) - (starts > 1), starts, 1)
    if match["quarter"] is None:
        return _period(first, MONTHS["year"], starts)
    return _period(_months_after(first, 3 * (int(match["quarter"]) - 1)), MONTHS["quarter"], starts)


def first_period_from(day: dt.date, grain: Grain, fiscal_start: int | None = None) -> Period:
    """The first period of this length that begins on a day or after it.

    `fiscal_start` is the month, from 1 to 12, in which the fiscal year starts, for periods that are named by one.
    """
    begun = (day.month - (fiscal_start or 1)) % MONTHS[grain]
    holds = _period(_months_after(day, -begun), MONTHS[grain], fiscal_start)
    return holds if holds.start == day else holds.next()


def _months_after(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def _period(start: dt.date, months: int, fiscal_start: int | None = None) -> Period:
    return Period(_months_after(start, months) - _DAY, start, fiscal_start)
