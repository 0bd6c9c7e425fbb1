"""The Spanish of the product and of the example town: nothing left in English, nothing left out, no number changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from safety_plan.language import locale_of
from safety_plan.problems import Place
from safety_plan.reading.catalogues import entries, is_translated, read_catalogue, strings
from safety_plan.reading.folder import read_folder
from safety_plan.reading.translation_checks import value_problems
from safety_plan.reading.translations import SHIPPED, read_translations
from tests.support import ROOT

PLAN = ROOT / "data" / "translations" / "es.po"
INTERFACE = SHIPPED / "es.po"

NAMES = {
    *("ALS", "BLS", "CAD", "CALEA", "CARES", "CONN-OSHA", "DEMHS", "EMS", "EOC", "FEMA", "HSEEP", "NENA", "NERIS"),
    *("NFIRS", "NFPA", "NIBRS", "NIMS", "PSAP", "R/A/C/I", "WCAG 2.1 AA", "C.G.S. 29-305(b)", "NENA-STA-020.1-2020"),
    *("East Tolby", "Fennmoor", "Stonehollow"),
    # The same word in both languages.
    *("Federal", "no"),
}
"""What is written in Spanish as it is in English."""

_FIGURE = re.compile(r"\{\{.*?\}\}|\]\([^)]*\)")


def messages(file: Path) -> Iterator[Message]:
    found, problems = read_catalogue(file.read_bytes(), file.name, locale_of("es"))
    assert not problems
    yield from entries(found)


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def is_the_same_everywhere(text: str) -> bool:
    """Whether there is nothing to translate in a text of the interface: values and signs only."""
    return not re.search(r"[^\W\d_]{2}", re.sub(r"\{\w+\}|%\(\w+\)s|</?\w+[^>]*>", "", text))


@pytest.mark.parametrize("file", [PLAN, INTERFACE], ids=["plan", "interface"])
def test_every_text_is_in_spanish(file: Path) -> None:
    missing = [message.id for message in messages(file) if not is_translated(message)]
    english = [
        message.id
        for message in messages(file)
        for string in strings(message)
        if string in ids(message) and string not in NAMES and not is_the_same_everywhere(string)
    ]

    assert not missing
    assert not english


def test_no_number_of_the_plan_is_lost_or_changed_in_spanish() -> None:
    for message in messages(PLAN):
        original, spanish = (
            Counter(re.findall(r"\d+", _FIGURE.sub("", str(text)))) for text in (message.id, message.string)
        )
        assert original == spanish, message.id


def test_no_value_and_no_tag_of_the_interface_is_lost_in_spanish() -> None:
    found = [problem for message in messages(INTERFACE) for problem in value_problems(message, Place(INTERFACE.name))]

    assert not found


def test_the_catalogues_have_no_mistakes() -> None:
    records, _ = read_folder(ROOT / "data", ROOT)
    _, problems = read_translations(ROOT / "data", ROOT, records)

    assert not problems
