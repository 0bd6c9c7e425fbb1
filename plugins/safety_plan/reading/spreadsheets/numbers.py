"""Which number a cell means: 1,234, 82 %, a formula that was worked out. What could mean two things is refused."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.spreadsheets.cells import Cell, UnsureError
from safety_plan.reading.spreadsheets.units import has_another_unit, without_unit

NumberColumn = Literal["value", "part", "of", "n"]

_PLAIN = re.compile(r"-?(0|[1-9]\d*|(?=\.))(\.\d+)?")
_COMMAS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_SPACES = re.compile(r"-?[1-9]\d{0,2}( \d{3})+([.,]\d+)?")
_POINTS = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+,\d+|-?[1-9]\d{0,2}(\.\d{3}){2,}")
_COMMA = re.compile(r"-?\d+,\d+")
_IN_BRACKETS = re.compile(r"\(\s*([\d.,]+)\s*\)")
_FEW = re.compile(r"(<|≤|<=|fewer than|less than|under|below)\s*\d+")
_GAPS = frozenset(
    {"n/a", "na", "n.a.", "none", "-", "--", "–", "—", ".", "..", "...", "tbd", "pending", "?", "x", "nil"}
)
_GAPS_IN_WORDS = ("not available", "no data", "unknown", "missing", "not applicable", "not yet")
_WITHHELD = frozenset({"withheld", "suppressed"})
_YES_NO = {"yes": "1", "y": "1", "true": "1", "1": "1", "no": "0", "n": "0", "false": "0", "0": "0"}
_MOST_PERCENT = 100
_FEW_PERCENT = 5
_ENOUGH = 3
_MOST_DECIMALS = 4
_WHOLE_KINDS = ("count", "yes-no")
_LEAST, _MOST = Decimal("1e-15"), Decimal("1e15")
"""A spreadsheet keeps 15 digits: what lies beyond comes from a slip or from a formula."""
_ALONE = "write the number alone; a remark belongs into the column Note."


@dataclass(frozen=True)
class Number:
    """A number as it will be written, and what should be said of how it was found: "" where it stands there so."""

    digits: str
    remark: str = ""


def is_gap(cell: Cell) -> bool:
    """Whether a cell says that there is no number, without saying why."""
    text = cell.text.casefold()
    return isinstance(cell.value, str) and (text in _GAPS or text.startswith(_GAPS_IN_WORDS))


def is_few(cell: Cell) -> bool:
    """Whether a cell says that its number is too small to be given, as `<5` does."""
    text = cell.text.casefold()
    return isinstance(cell.value, str) and (_FEW.fullmatch(text) is not None or text in _WITHHELD)


def number_of(cell: Cell, column: NumberColumn, metric: Metric, *, decimal_comma: bool = False) -> Number:
    """The number in a column of a row about a metric, as it would be written into the plan's files.

    `decimal_comma` says that the sheet may have a comma before its decimals. Raises UnsureError where the cell is no
    number, could be two, or cannot be a value of this metric.
    """
    _refuse_what_is_none(cell)
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        _refuse_what_is_beyond(Decimal(str(cell.value)), cell)
    whole = column != "value" or metric.kind in _WHOLE_KINDS
    if isinstance(cell.value, bool):
        digits = _yes_no(cell, column, metric, "true" if cell.value else "false")
    elif isinstance(cell.value, int | float):
        digits = _of_number(cell, cell.value, column, metric)
    elif column == "value" and metric.kind == "yes-no" and not is_gap(cell):
        digits = _yes_no(cell, column, metric, cell.text.casefold())
    else:
        digits = _of_text(cell, column, metric, whole=whole, decimal_comma=decimal_comma)
    _refuse_what_is_beyond(Decimal(digits), cell)
    _refuse_what_cannot_be(Decimal(digits), cell, column, metric)
    remark = _remark(cell, digits)
    if column == "value" and not isinstance(cell.value, str):
        rounded = _rounded(digits)
        remark = remark if rounded == digits else "; ".join(filter(None, (remark, f"rounded from {digits}")))
        digits = _with_decimals(rounded, 0 if metric.kind in _WHOLE_KINDS else metric.decimals)
    return Number(digits, remark)


def _refuse_what_is_none(cell: Cell) -> None:
    """What is no number whatever the measure: joined cells, formulas without a result, dates."""
    if cell.merged:
        raise cell.unsure(
            "a number in a cell of its own",
            "split the cells, and write the number into the row that it is about.",
            what=f"{cell.quoted} in the joined cells {cell.merged}",
        )
    if cell.error:
        raise cell.unsure("a number", "mend the formula, or type the number over it.", what=f"the error {cell.quoted}")
    if cell.formula and cell.value is None:
        raise cell.unsure(
            "a number, or a formula that a spreadsheet program has worked out",
            "open the file in a spreadsheet program, look at the result, save it, and import it again.",
            what=f"the formula {cell.quoted} without a result",
        )
    if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "@")):
        raise cell.unsure("a number", "type the result as a number.", what=f"the text of a formula, {cell.quoted}")
    if isinstance(cell.value, dt.date | dt.datetime):
        raise cell.unsure(
            "a number",
            "set the cell's format to a number and type the value again: spreadsheets turn 3-4 into a date.",
            what=f"the date {cell.quoted} in the place of a number",
        )
    if isinstance(cell.value, dt.time | dt.timedelta):
        raise cell.unsure(
            "a number in the measure's unit", "type it as a number.", what=f"the time of day {cell.quoted}"
        )


def _refuse_what_is_beyond(number: Decimal, cell: Cell) -> None:
    """Numbers of more digits than anybody counts, and what a spreadsheet has in their place, such as infinity."""
    if not number.is_finite() or abs(number) >= _MOST:
        raise cell.unsure("a number of at most 15 digits before the decimals", "check the number, and its formula.")
    if 0 < abs(number) < _LEAST:
        raise cell.unsure("a number of at most 15 decimals", "write 0 if that is meant, and check its formula.")


def _yes_no(cell: Cell, column: NumberColumn, metric: Metric, said: str) -> str:
    if column != "value" or metric.kind != "yes-no":
        raise cell.unsure("a number", "type the number.", what=f"{cell.quoted} in the place of a number")
    if said not in _YES_NO:
        raise cell.unsure("yes or no", "write yes or no.")
    return _YES_NO[said]


def _of_number(cell: Cell, value: float, column: NumberColumn, metric: Metric) -> str:
    number = Decimal(str(value))
    if column != "value" or metric.kind != "percent":
        if cell.is_percent:
            raise cell.unsure(
                "a number without a percent sign",
                "set the cell's format to a number.",
                what=f"the percent {cell.quoted}",
            )
        return _plain(number)
    if cell.is_percent:
        return _plain(number * _MOST_PERCENT)
    _refuse_a_share(number, cell, metric)
    return _plain(number)


def _refuse_a_share(number: Decimal, cell: Cell, metric: Metric) -> None:
    """A number such as 0.82 may be 82 percent or less than one, unless all other values are next to nothing, too."""
    others = [one.number for one in metric.every_observation if one.number is not None]
    if 0 < number <= 1 and not (len(others) >= _ENOUGH and max(others) < _FEW_PERCENT):
        hundredfold = _plain(number * _MOST_PERCENT)
        raise cell.unsure(
            "a percent from 0 to 100, or a cell with the format of a percent",
            f"write {hundredfold}% if that is meant, else {_plain(number)}% with its sign.",
            what=f"{cell.quoted} for a percent, which may be {hundredfold}% or {_plain(number)}%",
        )


def _of_text(cell: Cell, column: NumberColumn, metric: Metric, *, whole: bool, decimal_comma: bool) -> str:
    text = cell.text.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    bare, signed = without_unit(text, metric) if column == "value" else (text, False)
    if column == "value" and has_another_unit(text, metric):
        raise cell.unsure(
            f"a number in the unit of the measure, {metric.unit}", "work it out in that unit, and write it."
        )
    # Nobody gives three decimals of what is shown with none.
    thousands = whole or (metric.decimals == 0 and not decimal_comma)
    digits = _digits(bare, cell, whole=whole, thousands=thousands, decimal_comma=decimal_comma)
    if column == "value" and metric.kind == "percent" and not signed:
        _refuse_a_share(Decimal(digits), cell, metric)
    return digits


def _digits(text: str, cell: Cell, *, whole: bool, thousands: bool, decimal_comma: bool) -> str:
    """The digits of a number written in one of the ways that leave no doubt.

    `thousands` says that three digits behind a comma can only be those of more than a thousand.
    """
    if _PLAIN.fullmatch(text) and text not in ("", "-"):
        # 1.234 is more than a thousand where a comma stands before the decimals, and just above one elsewhere.
        if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text) and (decimal_comma or thousands):
            raise _two_ways(cell, text, text.replace(".", ""), text)
        return text.replace(".", "0.", 1) if text.lstrip("-").startswith(".") else text
    if _COMMAS.fullmatch(text):
        if text.count(",") == 1 and "." not in text and not thousands:
            raise _two_ways(cell, text, text.replace(",", ""), text.replace(",", "."))
        return text.replace(",", "")
    if _SPACES.fullmatch(text) or _POINTS.fullmatch(text):
        return re.sub(r"[ .](?=\d{3}(?!\d))", "", text).replace(",", ".")
    if _COMMA.fullmatch(text) and decimal_comma and not whole:
        if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", text):
            raise _two_ways(cell, text, text.replace(",", ""), text.replace(",", "."))
        return text.replace(",", ".")
    raise _no_number(text, cell)


def _two_ways(cell: Cell, text: str, large: str, small: str) -> UnsureError:
    return cell.unsure(
        "a number that can be read in one way only",
        f"write {large} or {small}, whichever is meant.",
        what=f'"{text}", which may be {large} or {small}',
    )


def _no_number(text: str, cell: Cell) -> UnsureError:
    guess = text.replace(",", ".") if _COMMA.fullmatch(text) else ""
    bracketed = _IN_BRACKETS.fullmatch(text)
    if bracketed is not None:
        guess = f"-{bracketed[1]}"
    if is_gap(cell):
        return cell.unsure(
            "a number, or nothing where it is not there yet",
            "write into the column Why missing why no number will come, or leave the cell empty.",
        )
    if is_few(cell):
        return cell.unsure("a number: only counts of people or cases are too small to give", "write the number.")
    return cell.unsure(
        "a number such as 12, 1234 or 10.4", f"write {guess} if that is meant." if guess else _ALONE, guess
    )


def _refuse_what_cannot_be(number: Decimal, cell: Cell, column: NumberColumn, metric: Metric) -> None:
    """What the data format would refuse, told with the address of the cell."""
    counted = column != "value"
    if counted or metric.kind == "count":
        least = 1 if column == "of" else 0
        if number != number.to_integral_value() or number < least:
            raise cell.unsure(
                f"a whole number of {least} or more", "check the number, and the column that it stands in."
            )
    elif metric.kind == "percent" and not 0 <= number <= _MOST_PERCENT:
        raise cell.unsure("a percent from 0 to 100", "check the number; 82 percent is written 82 or 82%.")
    elif metric.kind == "yes-no" and number not in (0, 1):
        raise cell.unsure("yes or no", "write yes or no.")


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(digits: str) -> str:
    """A number without the decimals that only a calculation gives it; of one below 1 enough are left."""
    number = Decimal(digits)
    places = max(_MOST_DECIMALS, _MOST_DECIMALS - number.adjusted()) if number else _MOST_DECIMALS
    return _plain(round(number, places))


def _with_decimals(digits: str, decimals: int) -> str:
    """A number of a spreadsheet with at least the decimals that are shown: it does not keep a 0 at the end."""
    whole, _, rest = digits.partition(".")
    rest = rest.ljust(decimals, "0")
    return f"{whole}.{rest}" if rest else whole


def _remark(cell: Cell, digits: str) -> str:
    remarks = ["worked out by a formula"] if cell.formula else []
    if not cell.formula and isinstance(cell.value, str) and cell.value not in (digits, f"{digits}%"):
        remarks.append(f"written {cell.quoted}")
    if cell.commented:
        remarks.append("the comment pinned to it was not read")
    return "; ".join(remarks)
