"""The periods and the days that a text may mean, in the many ways in which people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.reading.guesses import month_number
from safety_plan.reading.periods import Period, fiscal_period_from, period_from

_CENTURY = 100
_YEARS_BACK = 30
_YEARS_AHEAD = 1
_FOUR_DIGITS = 4
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_SEP = r"[\s\-./,_]*"
_QUARTER = r"(?:q(?:tr|uarter)?\.?\s*(?P<q>[1-4])|(?P<q2>[1-4])\s*q|(?P<q3>[1-4])(?:st|nd|rd|th)\s*q(?:tr|uarter)\.?)"
_MONTH = r"(?P<m>[a-z]{3,9})\.?"
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}
_FISCAL = re.compile(rf"(?:fy|fiscal\s+year)\s*{_YEAR}(?:{_SEP}{_QUARTER})?")
_FISCAL_BEHIND = re.compile(rf"{_QUARTER}{_SEP}(?:of\s+)?(?:fy|fiscal\s+year)\s*{_YEAR}")
_FISCAL_SPAN = re.compile(r"(?:fy|fiscal\s+year)\s*(?P<from>\d{4}|\d{2})\s*[-/]\s*(?P<year>\d{4}|\d{2})")
_QUARTERS = (re.compile(rf"{_QUARTER}{_SEP}(?:of\s+)?{_YEAR}"), re.compile(rf"(?P<year>\d{{4}}){_SEP}{_QUARTER}"))
_SPAN = re.compile(rf"(?P<m>[a-z]{{3,9}})\.?\s*(?:-|–|to)\s*(?P<m2>[a-z]{{3,9}})\.?{_SEP}{_YEAR}")
_MONTHS = (re.compile(rf"{_MONTH}{_SEP}{_YEAR}"), re.compile(rf"(?P<year>\d{{4}}){_SEP}{_MONTH}"))
_NUMBERED = (
    re.compile(r"(?P<n>\d{1,2})[/.\-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[/.\-](?P<n>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<n>\d{2})"),
)
_WORDED_DAYS = (
    re.compile(rf"{_MONTH}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"),
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_SEP}{_MONTH}{_SEP}{_YEAR}"),
)
_ANY_QUARTER = r"(?:q(?:tr|uarter)?\.?\s*\d|\dq|\d(?:st|nd|rd|th)\s*q(?:tr|uarter)?\.?)"
_ANY_YEAR = r"(?:(?:fy|fiscal\s+year|year|cy)?\s*(?:\d{4}|'?\d{2})(?:\s*[-/]\s*(?:\d{4}|\d{2}))?)"
_LIKE_PERIODS = (
    re.compile(rf"(?:{_ANY_YEAR}{_SEP})?{_ANY_QUARTER}"),
    re.compile(rf"{_ANY_QUARTER}{_SEP}(?:of\s+)?{_ANY_YEAR}"),
    re.compile(r"(?:fy|fiscal\s+year|cy)\s*'?\d{2,4}(?:\s*[-/]\s*(?:\d{4}|\d{2}))?"),
    re.compile(r"(?:19|20)\d{2}(?:[-/.]\d{1,4}){0,2}"),
    re.compile(r"\d{1,2}[-/.](?:\d{1,2}[-/.])?(?:19|20)\d{2}"),
)
_LIKE_MONTHS = (
    re.compile(rf"([a-z]{{3,9}})\.?(?:{_SEP}{_ANY_YEAR})?"),
    re.compile(rf"{_ANY_YEAR}{_SEP}([a-z]{{3,9}})\.?"),
)
_DAY = re.compile(r"(?P<a>\d{1,4})[/.\-](?P<b>\d{1,2})[/.\-](?P<c>\d{1,4})(?:[ t]0{1,2}:00(?::00)?)?")


@dataclass(frozen=True)
class Calendar:
    """What a town's periods are read by.

    `today` is the day that counts as today; `fiscal_start` is the month in which the fiscal year starts, None in a town
    without one.
    """

    today: dt.date
    fiscal_start: int | None = None

    def is_plausible(self, year: int) -> bool:
        """Whether a plan may hold numbers of this year."""
        return self.today.year - _YEARS_BACK <= year <= self.today.year + _YEARS_AHEAD


def periods_in(text: str, calendar: Calendar) -> tuple[Period, ...]:
    """Every period that a text names. One of two digits is a year only where there is no doubt about the century."""
    exact = period_from(text) or (fiscal_period_from(text, calendar.fiscal_start) if calendar.fiscal_start else None)
    if exact is not None:
        return (exact,)
    lowered = _lowered(text)
    found = (*_fiscal(lowered, calendar), *_quarters(lowered, calendar), *_months(lowered, calendar))
    return tuple(dict.fromkeys(found))


def resembles_period(text: str) -> bool:
    """Whether a text is written as a period, though it may be none of this town: `FY26 Q1`, `Q5 2025`, `Sept`, `1999`.

    It is one without a year, or of a year that nobody has numbers of, or of the fiscal year of a town that has none.
    """
    lowered = _lowered(text)
    if any(pattern.fullmatch(lowered) for pattern in _LIKE_PERIODS):
        return True
    matches = (pattern.fullmatch(lowered) for pattern in _LIKE_MONTHS)
    return any(match is not None and month_of(match[1]) for match in matches)


def _lowered(text: str) -> str:
    """In small letters, with 3rd for third, and plain hyphens."""
    words = [_ORDINALS.get(word, word) for word in re.sub("[\u2010-\u2012\u2212]", "-", text.casefold()).split()]
    return " ".join(words)


def _year(written: str, calendar: Calendar) -> int | None:
    """The year; one of two digits only where there is no doubt about the century."""
    digits = written.lstrip("'")
    year = int(digits)
    if len(digits) < _FOUR_DIGITS:
        year += calendar.today.year // _CENTURY * _CENTURY
    return year if calendar.is_plausible(year) else None


def _number(match: re.Match[str]) -> str:
    return match["q"] or match["q2"] or match["q3"]


def _fiscal(text: str, calendar: Calendar) -> Iterator[Period]:
    starts = calendar.fiscal_start
    if starts is None:
        return
    span = _FISCAL_SPAN.fullmatch(text)
    if span is not None:
        first, last = _year(span["from"], calendar), _year(span["year"], calendar)
        period = fiscal_period_from(f"FY{last}", starts) if first and last == first + 1 else None
        if period is not None:
            yield period
        return
    match = _FISCAL.fullmatch(text) or _FISCAL_BEHIND.fullmatch(text)
    year = _year(match["year"], calendar) if match is not None else None
    if match is not None and year is not None:
        number = _number(match)
        period = fiscal_period_from(f"FY{year}-Q{number}" if number else f"FY{year}", starts)
        if period is not None:
            yield period


def _quarters(text: str, calendar: Calendar) -> Iterator[Period]:
    for pattern in _QUARTERS:
        match = pattern.fullmatch(text)
        year = _year(match["year"], calendar) if match is not None else None
        period = period_from(f"{year}-Q{_number(match)}") if match is not None and year else None
        if period is not None:
            yield period
    span = _SPAN.fullmatch(text)
    if span is not None:
        first, last, year = month_of(span["m"]), month_of(span["m2"]), _year(span["year"], calendar)
        period = period_from(f"{year}-Q{(last + 2) // 3}") if year and last and last % 3 == 0 else None
        if period is not None and first == last - 2:
            yield period


def _months(text: str, calendar: Calendar) -> Iterator[Period]:
    for pattern in _MONTHS:
        match = pattern.fullmatch(text)
        if match is not None and month_of(match["m"]):
            year = _year(match["year"], calendar)
            period = period_from(f"{year}-{month_of(match['m']):02}") if year else None
            if period is not None:
                yield period
    for pattern in _NUMBERED:
        match = pattern.fullmatch(text)
        year = _year(match["year"], calendar) if match is not None else None
        period = period_from(f"{year}-{int(match['n']):02}") if match is not None and year else None
        if period is not None:
            yield period


def days_in(text: str, calendar: Calendar) -> tuple[dt.date, ...]:
    """Every day that a text may mean."""
    return tuple(dict.fromkeys(_days(_lowered(text), calendar)))


def _days(text: str, calendar: Calendar) -> Iterator[dt.date]:
    for pattern in _WORDED_DAYS:
        match = pattern.fullmatch(text)
        if match is not None and month_of(match["m"]):
            yield from _day(match["year"], month_of(match["m"]), int(match["d"]), calendar)
    match = _DAY.fullmatch(text)
    if match is None:
        return
    first, second, third = match["a"], match["b"], match["c"]
    if len(first) == _FOUR_DIGITS:
        yield from _day(first, int(second), int(third), calendar)
    elif len(third) in (2, _FOUR_DIGITS):
        # The American way and the other one; which of them is meant is seen where only one of them can be.
        yield from _day(third, int(first), int(second), calendar)
        yield from _day(third, int(second), int(first), calendar)


def _day(year: str, month: int, day: int, calendar: Calendar) -> Iterator[dt.date]:
    found = _year(year, calendar)
    try:
        if found is not None:
            yield dt.date(found, month, day)
    except ValueError:
        return


def month_of(word: str) -> int:
    """The number of a month by its name or a usual short form of it; 0 where it is none."""
    return month_number({"sept": "sep"}.get(word.rstrip("."), word))
