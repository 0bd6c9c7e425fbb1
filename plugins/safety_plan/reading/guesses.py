"""What was probably meant: the id, the date, the period or the key most like what was written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from babel import Locale

from safety_plan.language import locale_of
from safety_plan.reading.periods import period_from


def as_id(text: str) -> str:
    """The id most like a text."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text.lower()).split()
    return "-".join(words)[:80].strip("-")


def date_like(value: object) -> str:
    """The date that was probably meant: with one digit for the day, or written the American way."""
    text = str(value)
    match = re.fullmatch(r"(?P<y>\d{4})[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})", text) or re.fullmatch(
        r"(?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})[-/. ](?P<y>\d{4})", text
    )
    try:
        return str(dt.date(int(match["y"]), int(match["m"]), int(match["d"]))) if match is not None else ""
    except ValueError:
        return ""


def period_like(value: object) -> str:
    """The period that was probably meant: with the parts in another order, or another sign between them."""
    text = str(value).strip().upper()
    if match := re.fullmatch(r"FY[-/. ]?(\d{4})(?:[-/. ]?Q([1-4]))?", text):
        return f"FY{match[1]}" + (f"-Q{match[2]}" if match[2] else "")
    if match := re.fullmatch(r"(\d{4})[-/. ]?Q?([1-4])", text):
        return f"{match[1]}-Q{match[2]}" if "Q" in text else f"{match[1]}-0{match[2]}"
    if match := re.fullmatch(r"(?:Q([1-4])|([1-4])Q)[-/. ]?(\d{4})", text):
        return f"{match[3]}-Q{match[1] or match[2]}"
    if match := re.fullmatch(r"(\d{4})[-/. ](\d{1,2})", text):
        month = f"{match[1]}-{int(match[2]):02}"
        return month if period_from(month) else ""
    return ""


def language_code(text: str) -> str:
    """The code of the language that was probably meant: by its name, in English or its own, or in other letters."""
    word = text.strip().casefold()
    names = {name.casefold(): code for code, name in locale_of("en").languages.items()}
    code = names.get(word) or next(
        (code for code in _WIDESPREAD if (Locale(code).display_name or "").casefold() == word), ""
    )
    if code:
        return code.replace("_", "-")
    language, _, region = text.strip().replace("_", "-").partition("-")
    code = f"{language.lower()}-{region.upper()}" if region else language.lower()
    return code if language.lower() in locale_of("en").languages and code != text else ""


_WIDESPREAD = ("ar", "de", "es", "fil", "fr", "hi", "ht", "it", "ja", "ko", "pl", "pt", "ru", "so", "uk", "vi", "zh")
"""Languages that many people in American towns speak at home."""


def month_number(text: str) -> int:
    """The number of the month, from 1 to 12, with this English name or its first three letters; 0 where none has it."""
    names = [*zip(_MONTH_NAMES, range(1, len(_MONTH_NAMES) + 1), strict=True)]
    word = text.strip().rstrip(".").casefold()
    return next((number for name, number in names if word in (name, name[:3])), 0)


# Not from the module `calendar`, whose names follow the language of the machine.
_MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

_SAME_MEANING = (
    frozenset({"because", "reason", "why", "cause", "explanation", "grounds"}),
    frozenset({"note", "notes", "comment", "remark", "text", "about", "description", "details"}),
    frozenset({"owner", "lead", "responsible", "who", "role"}),
    frozenset({"due", "by", "deadline", "until", "next_due"}),
    frozenset({"title", "name", "heading", "label"}),
    frozenset({"value", "number", "amount", "result"}),
    frozenset({"start", "since", "from", "begin", "started"}),
    frozenset({"on", "date", "day", "when", "held"}),
    frozenset({"done", "finished", "completed"}),
    frozenset({"of", "total", "whole", "denominator"}),
    frozenset({"part", "numerator"}),
)
"""Keys that people take for each other because they mean nearly the same, though they are not spelt alike."""


def same_meaning(word: str, needed: Iterable[str], free: Iterable[str]) -> str:
    """The key that means nearly the same as this word, where just one does; one of the needed keys before others."""
    for names in (needed, free):
        alike = {name for name in names for group in _SAME_MEANING if {name, word.casefold()} <= group}
        if len(alike) == 1:
            return alike.pop()
    return ""


_FEW_PERCENT = 5


def may_be_a_share(number: float, others: Iterable[float]) -> bool:
    """Whether a percent is probably a share, such as 0.82 that was meant as 82: at most 1, and no other is near."""
    return 0 < number <= 1 and min(others, default=0.0) >= _FEW_PERCENT
