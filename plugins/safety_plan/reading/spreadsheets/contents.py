"""What a row delivers: numbers, or the reason why there are none. What is not beyond doubt is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.spreadsheets.cells import Cell
from safety_plan.reading.spreadsheets.headers import Column
from safety_plan.reading.spreadsheets.numbers import Number, NumberColumn, is_few, is_gap, number_of
from safety_plan.reading.spreadsheets.period_texts import Calendar
from safety_plan.reading.spreadsheets.periods import day_in
from safety_plan.reading.spreadsheets.refusals import Refusals
from safety_plan.reading.spreadsheets.rows import Entry

_NUMBERS: tuple[NumberColumn, ...] = ("value", "part", "of", "n")
_YES = ("yes", "y", "true", "1", "x")
_NO = ("no", "n", "false", "0")
_PER_CENT = 100
_ALMOST = 1e-9


@dataclass(frozen=True)
class Content:
    """What is said of one period.

    `numbers` holds digits under value, part, of and n; it is empty where the number is withheld or, for a reason,
    missing. `remarks` say how a number was found that does not stand there just so.
    """

    numbers: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""
    withheld: bool = False
    because: str = ""
    note: str = ""
    until: dt.date | None = None
    remarks: tuple[str, ...] = ()

    @property
    def says(self) -> tuple[object, ...]:
        """All that is said, however it was found."""
        numbers = tuple(sorted((name, float(digits)) for name, digits in self.numbers.items()))
        return numbers, self.missing, self.withheld, self.because, self.note, self.until


def content_of(entry: Entry, metric: Metric, calendar: Calendar, refusals: Refusals) -> Content | None:
    """What an entry about this metric delivers; None where a part of it is refused."""
    before = len(refusals.problems)
    numbers = _numbers(entry, metric, refusals)
    missing, because, note = (_text(entry, column, refusals) for column in ("missing", "because", "note"))
    until = entry.cells.get("partial_until")
    last = None if until is None else refusals.read(until, partial(day_in, calendar=calendar))
    withheld = _is_withheld(entry, metric, refusals)
    if len(refusals.problems) == before and not withheld:
        _refuse_contradictions(entry, metric, numbers, missing, refusals)
    if len(refusals.problems) > before:
        return None
    said = {} if withheld else _without_sum(numbers)
    remarks = tuple(
        one.remark if name == "value" else f"{name} {one.remark}" for name, one in said.items() if one.remark
    )
    digits = {name: one.digits for name, one in said.items()}
    return Content(digits, missing, withheld, because, note, last, remarks)


def _numbers(entry: Entry, metric: Metric, refusals: Refusals) -> dict[str, Number]:
    found: dict[str, Number] = {}
    for column in _NUMBERS:
        cell = entry.cells.get(column)
        # Where a reason is given, a dash in the place of the number says no more than that.
        if cell is None or (is_gap(cell) and "missing" in entry.cells) or _is_few(cell, column, metric):
            continue
        read = partial(number_of, column=column, metric=metric, decimal_comma=entry.sheet.decimal_comma)
        number = refusals.read(cell, read)
        if number is not None:
            found[column] = number
    return found


def _is_few(cell: Cell, column: NumberColumn, metric: Metric) -> bool:
    """Whether a cell holds, in the place of a count of people or cases, that it is too small to give."""
    counted = metric.counts != "things" and (column != "value" or metric.kind in ("count", "sum"))
    return counted and is_few(cell)


def _is_withheld(entry: Entry, metric: Metric, refusals: Refusals) -> bool:
    few = any((cell := entry.cells.get(column)) is not None and _is_few(cell, column, metric) for column in _NUMBERS)
    cell = entry.cells.get("withheld")
    if cell is None or cell.text.casefold() in _NO:
        return few
    if cell.text.casefold() not in _YES:
        refusals.refuse(cell, cell.unsure("yes or no", "write yes or no."))
    return True


def _refuse_contradictions(
    entry: Entry, metric: Metric, numbers: Mapping[str, Number], missing: str, refusals: Refusals
) -> None:
    """What the columns of a row do not say together."""
    given = numbers.keys() & {"value", "part", "of"}
    if missing and numbers:
        refusals.lacks(entry, "a number, and a reason why there is none", "delete the one that is wrong.")
    elif not missing and not given:
        what = "cases without a value" if numbers else "a remark without a value"
        fix = "write the value; or write into Why missing why none will come; or leave the whole row empty."
        refusals.lacks(entry, what, fix)
    elif len(given & {"part", "of"}) == 1:
        refusals.lacks(entry, "a part without its whole, or the other way round", "write both, or the value alone.")
    elif "part" in given and metric.kind not in ("percent", "rate"):
        what = f"part and of for a measure of the kind {metric.kind}"
        refusals.lacks(entry, what, "write the number as value: part and of are for percents and rates.")
    elif "part" in given:
        _refuse_false_sum(entry, metric, numbers, refusals)


def _refuse_false_sum(entry: Entry, metric: Metric, numbers: Mapping[str, Number], refusals: Refusals) -> None:
    part, whole = int(numbers["part"].digits), int(numbers["of"].digits)
    if metric.kind == "percent" and part > whole:
        what = f"{part} for part, more than the {whole} for of"
        refusals.lacks(entry, what, "check both numbers; they may stand in each other's place.")
    elif "value" in numbers:
        value = numbers["value"].digits
        worked_out = (metric.per or _PER_CENT) * part / whole
        # As exact as the value was written.
        if abs(worked_out - float(value)) > 0.5 / 10 ** len(value.partition(".")[2]) + _ALMOST:
            what = f"the value {value}, but {part} of {whole} gives {worked_out:.{metric.decimals + 1}f}"
            refusals.lacks(entry, what, "check the three numbers; the value may be left out.")


def _without_sum(numbers: Mapping[str, Number]) -> Mapping[str, Number]:
    """Part and whole without the value beside them, which is worked out from them."""
    both = {"part", "value"} <= numbers.keys()
    return {name: one for name, one in numbers.items() if not (both and name == "value")}


def _text(entry: Entry, column: Column, refusals: Refusals) -> str:
    cell = entry.cells.get(column)
    if cell is None:
        return ""
    if cell.error or cell.text.startswith("="):
        refusals.refuse(cell, cell.unsure("a sentence", "write it again.", what=f"the formula {cell.quoted}"))
    return cell.text
