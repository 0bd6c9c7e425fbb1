"""Which period a cell means: `Q3 2026`, `FY26 Q1`, `Sept-26`, a day, or the number that a spreadsheet keeps for one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from safety_plan.reading.periods import MONTHS, Grain, Period, fiscal_period_from, period_from
from safety_plan.reading.schema.observations import Frequency
from safety_plan.reading.spreadsheets.cells import Cell, UnsureError
from safety_plan.reading.spreadsheets.period_texts import Calendar, days_in, periods_in, resembles_period

_GRAIN: dict[Frequency, Grain] = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}
_EXAMPLES: dict[Grain, str] = {"month": "2026-09", "quarter": "2026-Q3", "year": "2026"}
_SERIAL = re.compile(r"[345]\d{4}")
_DAY_ZERO = dt.date(1899, 12, 30)
"""The day before the first one of a spreadsheet's calendar, by which all days after February 1900 come out right."""


@dataclass(frozen=True)
class Asked:
    """What periods a measure has.

    `frequency` is how often its values come, `fiscal` whether they are named by the fiscal year, None where it has
    none yet; `grains` is how long those are that it has. `annual` says that it has a list of whole years besides.
    """

    frequency: Frequency
    fiscal: bool | None = None
    grains: frozenset[Grain] = frozenset()
    annual: bool = False

    @property
    def grain(self) -> Grain:
        """How long its periods are: as long as those it has, since a yearly survey may be dated by its quarter."""
        (only, *others) = self.grains or {_GRAIN[self.frequency]}
        return _GRAIN[self.frequency] if others else only

    @property
    def example(self) -> str:
        """A period as it is written for this measure."""
        return f"{'FY' if self.fiscal else ''}{_EXAMPLES[self.grain]}"

    @property
    def such_as(self) -> str:
        """What is allowed, as messages name it."""
        return f"a {self.grain} such as {self.example}"


def looks_like_period(cell: Cell, calendar: Calendar) -> bool:
    """Whether a cell may be the period at the head of a column, whatever the measure."""
    if isinstance(cell.value, bool | dt.time | dt.timedelta | float):
        return False
    if isinstance(cell.value, int):
        return calendar.is_plausible(cell.value)
    return isinstance(cell.value, dt.date) or bool(periods_in(cell.text, calendar) or days_in(cell.text, calendar))


def resembles(cell: Cell) -> bool:
    """Whether a cell is written as a period, though it may be none that a plan can have."""
    return isinstance(cell.value, str | int) and not isinstance(cell.value, bool) and resembles_period(cell.text)


def period_of(cell: Cell, asked: Asked, calendar: Calendar) -> Period:
    """The period that a cell means for a measure. Raises UnsureError where that is not beyond doubt."""
    day = _day_of(cell, calendar)
    if day is not None:
        return _of_day(day, cell, asked, calendar)
    named = periods_in(cell.text, calendar)
    if named:
        return _named(named[0], cell, asked, calendar)
    days = days_in(cell.text, calendar)
    if len({_around(one, asked, calendar) for one in days}) > 1:
        what = f"{cell.quoted}, which may be {' or '.join(str(one) for one in sorted(days))}"
        raise cell.unsure(asked.such_as, f"write it in the form {asked.example}.", what=what)
    if not days:
        raise _not_one(cell, asked, calendar)
    return _of_day(days[0], cell, asked, calendar)


def day_in(cell: Cell, calendar: Calendar) -> dt.date:
    """The day that a cell means. Raises UnsureError where it may be another."""
    found = _day_of(cell, calendar)
    days = (found,) if found is not None else days_in(cell.text, calendar)
    if len(days) != 1:
        raise cell.unsure("a date such as 2026-09-30", "write the year, the month and the day.")
    return days[0]


def _named(period: Period, cell: Cell, asked: Asked, calendar: Calendar) -> Period:
    """A period that was written as one, in the way in which the measure names its periods."""
    if period.grain != asked.grain and not (asked.annual and period.grain == "year"):
        raise cell.unsure(
            f"{asked.such_as}, because the values of this measure are {asked.frequency}",
            "write the whole period that the number is about.",
            what=f"{cell.quoted}, which is {_of_length(period.grain)}",
        )
    if asked.fiscal in (None, period.fiscal_start is not None):
        return period
    if period.fiscal_start is not None:
        return _by_calendar(period, cell)
    # A quarter without FY in a list of fiscal ones may be either.
    raise cell.unsure(
        "a fiscal quarter or year such as FY2026-Q1, as in the other values of this measure",
        "write FY before the year, if the fiscal year is meant.",
        what=f"{cell.quoted} in a measure that is counted by the fiscal year",
    )


def _by_calendar(period: Period, cell: Cell) -> Period:
    """A fiscal quarter as the quarter of the calendar that has the same days."""
    start, months = period.start, MONTHS[period.grain]
    if (start.month - 1) % months == 0:
        name = f"{start.year}-Q{(start.month + 2) // 3}" if months == MONTHS["quarter"] else str(start.year)
        found = period_from(name)
        if found is not None and found == period:
            return found
    raise cell.unsure(
        "a period of the calendar, as in the other values of this measure",
        f"write the period of the calendar; {period} is {period.start} to {period.end}.",
    )


def _of_length(grain: Grain) -> str:
    return {"month": "a month", "quarter": "a quarter", "year": "a year"}[grain]


def _day_of(cell: Cell, calendar: Calendar) -> dt.date | None:
    """The day that a cell holds as a day, or as the number that a spreadsheet keeps for one."""
    value = cell.value
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not _SERIAL.fullmatch(cell.text):
        return None
    day = _DAY_ZERO + dt.timedelta(days=int(cell.text))
    return day if calendar.is_plausible(day.year) else None


def _around(day: dt.date, asked: Asked, calendar: Calendar) -> Period | None:
    """The period of a measure in which a day lies."""
    grain = asked.grain
    if grain == "month":
        return period_from(f"{day:%Y-%m}")
    if asked.fiscal and calendar.fiscal_start:
        names = (
            f"FY{year}{quarter}"
            for year in (day.year, day.year + 1)
            for quarter in (("",) if grain == "year" else ("-Q1", "-Q2", "-Q3", "-Q4"))
        )
        found = (fiscal_period_from(name, calendar.fiscal_start) for name in names)
        return next((one for one in found if one is not None and one.start <= day <= one.end), None)
    return period_from(f"{day.year}-Q{(day.month + 2) // 3}" if grain == "quarter" else str(day.year))


def _of_day(day: dt.date, cell: Cell, asked: Asked, calendar: Calendar) -> Period:
    """The period that a day stands for: the month it lies in, or the quarter or year that it begins or ends."""
    period = _around(day, asked, calendar)
    if period is None:
        raise _not_one(cell, asked, calendar)
    if period.grain == "month" or _names_it(day, period, cell):
        return period
    raise cell.unsure(
        f"{asked.such_as}, or its first or last day",
        f"write {period} if the number is about that whole period.",
        str(period),
        what=f"the date {day} for a measure whose values are {asked.frequency}",
    )


def _names_it(day: dt.date, period: Period, cell: Cell) -> bool:
    """Whether a day can only mean the whole period. A cell that shows only the month of its day means the month."""
    return day == period.end or (day == period.start and ("d" in cell.format.lower() or cell.format == "General"))


def _not_one(cell: Cell, asked: Asked, calendar: Calendar) -> UnsureError:
    if "fy" in cell.text.casefold() and calendar.fiscal_start is None:
        return cell.unsure(
            f"{asked.such_as}; this town has no fiscal year",
            'write a period of the calendar, or add "fiscal_year_starts" to town.yml.',
        )
    what = f"the error {cell.quoted}" if cell.error else ""
    return cell.unsure(asked.such_as, f"write it in the form {asked.example}.", what=what)
