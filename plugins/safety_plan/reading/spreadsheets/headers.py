"""Which heading of a column means what, in any letters and with any signs around it."""

from __future__ import annotations

import re
from typing import Literal, get_args

Column = Literal[
    "measure",
    "id",
    "group",
    "period",
    "year",
    "value",
    "part",
    "of",
    "n",
    "missing",
    "because",
    "note",
    "partial_until",
    "withheld",
]
"""What a column can hold. `year` stands beside a `period` that is a quarter or a month without its year."""

COLUMNS: tuple[Column, ...] = get_args(Column)

_MEANS: dict[Column, tuple[str, ...]] = {
    "measure": (
        "measure",
        "metric",
        "indicator",
        "kpi",
        "measure name",
        "metric name",
        "name of measure",
        "performance measure",
    ),
    "id": ("id", "ref", "reference", "measure id", "metric id", "kpi id", "measure ref", "metric ref", "id of measure"),
    "group": ("group", "district", "area", "station", "ward", "beat", "zone", "neighborhood", "neighbourhood", "shift"),
    "period": (
        *("period", "quarter", "qtr", "month", "date", "reporting period", "time period", "reporting quarter"),
        *("reporting month", "month year", "fiscal quarter", "quarter ending", "period ending"),
    ),
    "year": ("year", "yr", "fiscal year", "fy", "calendar year"),
    "value": ("value", "result", "actual", "number", "new value", "actual value", "figure"),
    "part": ("part", "numerator", "yes", "met", "number met", "count met"),
    "of": ("of", "denominator", "total", "whole", "out of", "of how many", "total number"),
    "n": ("n", "cases", "case count", "number of cases", "sample size", "count", "number of calls"),
    "missing": (
        *("missing", "why missing", "reason", "reason missing", "why no number", "reason for no number"),
        *("why not available", "reason if missing", "if missing why", "comment why no number"),
    ),
    "because": (
        *("because", "corrected because", "correction", "reason for correction", "why corrected", "correction reason"),
        "reason for change",
    ),
    "note": ("note", "public note", "note for residents", "footnote"),
    "partial_until": ("partial until", "until", "covers until", "data until"),
    "withheld": ("withheld", "suppressed"),
}
"""Headings in small letters, of words only. A comment is not among them: most are not meant for residents."""

_BY_WORDS: dict[str, Column] = {words: column for column, all_words in _MEANS.items() for words in all_words}
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def column_of(heading: str) -> Column | None:
    """What a column with this heading holds; None where the heading does not say."""
    # What stands in brackets is an aside: "Value (minutes)".
    return _BY_WORDS.get(words_of(_ASIDE.sub(" ", heading))) or _BY_WORDS.get(words_of(heading))


def words_of(text: str) -> str:
    """The words of a text in small letters, with single spaces between them: “% Value:” and “value” are the same."""
    return _NO_WORD.sub(" ", text.casefold()).strip()


def usual_headings() -> tuple[str, ...]:
    """One heading for each column, as the workbook of `safety-plan template` has them."""
    return (
        *("Measure", "Id", "Group", "Period", "Value", "Part", "Of", "Cases", "Why missing", "Corrected because"),
        "Note",
    )
