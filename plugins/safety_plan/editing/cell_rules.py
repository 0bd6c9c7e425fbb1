"""What may be typed into a cell of the workbook, with the words that help, and those that stop a slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation

from safety_plan.reading.schema.observations import Kind

_LONGEST = 255
"""The most characters that a spreadsheet program keeps of a help text."""

_VERY_LARGE = "1000000000000"


@dataclass(frozen=True)
class _Numbers:
    """Which numbers a cell takes, and the words for it."""

    type: Literal["whole", "decimal"]
    least: str
    most: str
    words: str


_COUNTED = _Numbers("whole", "0", _VERY_LARGE, "a whole number, 0 or more")
_VALUES: dict[Kind, _Numbers] = {
    "count": _COUNTED,
    "percent": _Numbers("decimal", "0", "100", "the number of percent, from 0 to 100: 82 for 82 percent"),
    "rate": _Numbers("decimal", "0", _VERY_LARGE, "a number, 0 or more"),
}
_ANY = _Numbers("decimal", f"-{_VERY_LARGE}", _VERY_LARGE, "a number alone, without its unit")

_PARTS: dict[str, _Numbers] = {
    "Part": _COUNTED,
    "Of": _Numbers("whole", "1", _VERY_LARGE, "a whole number, 1 or more"),
    "Cases": _COUNTED,
}

_HELP = {
    "Part": "How many did, or how often it happened. The value is worked out from this and the next column.",
    "Of": "How many there were altogether.",
    "Cases": "How many cases stand behind the value.",
    "Why missing": "Only where there is no number: the reason, in a sentence that residents can read.",
    "Corrected because": "Only where a published number was wrong: why, in a sentence that residents can read.",
    "Note": "What a resident should know about this number. You may leave it empty.",
}


def cell_rule(column: str, kind: Kind, unit: str) -> DataValidation:
    """The rule of a cell, by the column it stands in and the kind of the measure; without a column, of a locked one."""
    if not column:
        return _rule("Not asked for", "Nothing is to be written here for this measure.")
    if column == "Value" and kind == "yes-no":
        rule = DataValidation(type="list", formula1='"Yes,No"', allow_blank=True)
        return _worded(rule, "Yes or No", "Choose Yes or No.", "Only Yes or No may stand here. Choose one of the two.")
    if column == "Value":
        numbers = _VALUES.get(kind, _ANY)
        return _numbers(numbers, f"Value in {unit}", f"Write {numbers.words}.")
    if column in _PARTS:
        return _numbers(_PARTS[column], column, _HELP[column])
    return _rule(column, _HELP[column])


def _numbers(numbers: _Numbers, title: str, help: str) -> DataValidation:
    rule = DataValidation(
        type=numbers.type, operator="between", formula1=numbers.least, formula2=numbers.most, allow_blank=True
    )
    stop = f'Write {numbers.words}. Where there is no number, leave this cell empty and say why under "Why missing".'
    return _worded(rule, title, help, stop)


def _rule(title: str, help: str) -> DataValidation:
    return _worded(DataValidation(type=None, allow_blank=True), title, help, "")


def _worded(rule: DataValidation, title: str, help: str, stop: str) -> DataValidation:
    """The rule with its words: shown when the cell is chosen, and when something else was typed."""
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, title[:32], help[:_LONGEST]
    if stop:
        rule.showErrorMessage, rule.errorStyle = True, "stop"
        rule.errorTitle, rule.error = "This cannot stand here", stop[:_LONGEST]
    return rule
