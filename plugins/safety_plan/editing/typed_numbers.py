"""Numbers in the way people type them: 1,234, 82 %, 10.40 or 1:31. What could mean two things is refused."""

from __future__ import annotations

import re

from safety_plan.editing.given import GivenError
from safety_plan.editing.yaml_values import Typed
from safety_plan.problems import shown
from safety_plan.reading.guesses import may_be_a_share
from safety_plan.reading.schema.metrics import Metric

_PLAIN = re.compile(r"([-+]?)(\d+(?:\.\d+)?|\.\d+)")
_GROUPED = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(\.\d+)?")
_TIME = re.compile(r"(\d+):([0-5]\d)")
_COMMA = re.compile(r"[-+]?\d+,\d{1,2}")
_WORDS = {"yes": "1", "no": "0"}
_SECONDS = 60


def typed_value(text: str, metric: Metric) -> Typed:
    """A value of a measure as it is written into a file, with the decimals that were typed.

    The unit may stand behind it: 82 %, 10.4 minutes. Raises GivenError where it is no number or could be two.
    """
    bare = _without_unit(_plain_signs(text), metric)
    if metric.kind == "yes-no" and bare.casefold() in _WORDS:
        return Typed(_WORDS[bare.casefold()])
    time = _TIME.fullmatch(bare)
    if time is not None and metric.shown_as == "minutes-seconds":
        return _of_time(int(time[1]), int(time[2]), metric)
    number = plain_number(bare)
    if number is None:
        raise _no_number("VALUE", text)
    signed = "%" in text or "percent" in text
    others = [one.number for one in metric.every_observation if one.number is not None]
    if metric.kind == "percent" and not signed and may_be_a_share(float(number), others):
        hundredfold = f"{100 * float(number):.10g}"
        raise GivenError.of(
            "VALUE",
            f"found {number} for a percent, which may be {hundredfold}% or {number}%",
            "a number from 0 to 100",
            f'write {hundredfold}, or "{number} %" where it is less than one percent.',
            hundredfold,
        )
    return number


def typed_count(text: str, name: str) -> Typed:
    """A whole number, given under `name`, as it is written into a file. Raises GivenError where it is none."""
    number = plain_number(_plain_signs(text))
    if number is None:
        raise _no_number(name, text)
    if not re.fullmatch(r"\d+", number):
        raise GivenError.of(name, f'found "{shown(text)}"', "0 or a whole number above it", "write digits only.")
    return number


def _plain_signs(text: str) -> str:
    """The text with the signs of a keyboard in place of those of a typesetter: real minus, spaces that do not break."""
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    return spaced.replace("\N{MINUS SIGN}", "-").strip()


def _without_unit(text: str, metric: Metric) -> str:
    units = {metric.unit, metric.unit_one or metric.unit}
    units |= {"%", "percent"} if metric.kind == "percent" else set()
    found = next((unit for unit in units if text.casefold().endswith(unit.casefold())), "")
    if text.startswith("$") and metric.unit == "dollars":
        text = text.removeprefix("$")
    # "yes or no" is the unit of an answer, and no part of it.
    return text[: len(text) - len(found)].strip() if found and text[0] in "+-.0123456789" else text


def plain_number(text: str) -> Typed | None:
    """A number in the form of the plan's files; None where the text is not surely one."""
    match = _PLAIN.fullmatch(text)
    if match is None and (match := _GROUPED.fullmatch(text)):
        digits = match[2].replace(",", "").replace(" ", "") + (match[3] or "")
    elif match is not None:
        digits = match[2]
    else:
        return None
    whole, point, rest = digits.partition(".")
    sign = "-" if match[1] == "-" else ""
    return Typed(f"{sign}{whole.lstrip('0') or '0'}{point}{rest}")


def _of_time(minutes: int, seconds: int, metric: Metric) -> Typed:
    if metric.unit == "seconds":
        return Typed(minutes * _SECONDS + seconds)
    return Typed(f"{minutes + seconds / _SECONDS:.4f}".rstrip("0").rstrip("."))


def _no_number(name: str, text: str) -> GivenError:
    guess = text.strip().replace(",", ".") if _COMMA.fullmatch(text.strip()) else ""
    return GivenError.of(
        name,
        f'found "{shown(text)}", which is not surely a number',
        "digits with a point before the decimals, such as 1234, 1,234 or 10.4",
        f"write {guess} instead." if guess else "write the number alone, or --missing with the reason there is none.",
        guess,
    )
