"""Periods of time as staff write them: a year, a quarter or a month."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Grain = Literal["month", "quarter", "year"]
MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}
_GRAIN_OF = {months: grain for grain, months in MONTHS.items()}
_FORM = re.compile(r"(?P<year>(?:19|20|21)\d{2})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


@dataclass(frozen=True, order=True)
class Period:
    """A calendar year, quarter or month. Periods sort by their last day, then by their first."""

    end: dt.date
    start: dt.date

    @property
    def grain(self) -> Grain:
        """How long the period is."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        return _GRAIN_OF[months]

    @property
    def quarter(self) -> int:
        """The number of the quarter that holds the last day, from 1 to 4."""
        return (self.end.month + 2) // 3

    def next(self, grain: Grain | None = None) -> Period:
        """The period that follows; `grain` sets the step where values come less often than their period is long."""
        step = MONTHS[grain or self.grain]
        return _period(_months_after(self.start, step), MONTHS[self.grain])

    def __str__(self) -> str:
        if self.grain == "year":
            return f"{self.start.year}"
        return f"{self.start.year}-Q{self.quarter}" if self.grain == "quarter" else f"{self.start:%Y-%m}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(cls)


def period_from(text: str) -> Period | None:
    """The period written as 2024, 2024-Q3 or 2024-09; None where it is none of these."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    year = int(match["year"])
    if match["quarter"]:
        return _period(dt.date(year, 3 * int(match["quarter"]) - 2, 1), 3)
    if match["month"]:
        return _period(dt.date(year, int(match["month"]), 1), 1)
    return _period(dt.date(year, 1, 1), 12)


def _months_after(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def _period(start: dt.date, months: int) -> Period:
    last = _months_after(start, months - 1)
    return Period(last.replace(day=calendar.monthrange(last.year, last.month)[1]), start)
