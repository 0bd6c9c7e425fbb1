"""The plan in other languages: what is translated, what stays, and what shows where a translation is missing."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from markupsafe import escape
from pydantic.fields import FieldInfo

from safety_plan.language import Language, Original, locale_of
from safety_plan.plan.build import build_plan
from safety_plan.reading.folder import Records, read_folder
from safety_plan.reading.live import mentions
from safety_plan.reading.plan_texts import PlanText, in_other_words, is_translated, texts_of
from safety_plan.reading.schema.base import Record, Reference, Untranslated, mark_of
from safety_plan.reading.translations import Translation, translated
from tests.support import ROOT
from tests.test_schema import record_classes

SMALL = ROOT / "tests" / "plans" / "small"


def read(project: Path = ROOT) -> Records:
    records, problems = read_folder(project / "data", project)
    assert not problems
    return records


def holds_texts(annotation: object) -> bool:
    """Whether a type lets a text through. The words of a Literal are values, not types."""
    return annotation is str or any(holds_texts(part) for part in get_args(annotation))


def is_exception(field: FieldInfo) -> bool:
    return any(mark_of(field.metadata, field.annotation, mark) for mark in (Untranslated, Reference))


@pytest.mark.parametrize("record", record_classes(), ids=lambda record: record.__name__)
def test_every_text_is_translated_or_named_as_one_that_stays(record: type[Record]) -> None:
    for name, field in record.model_fields.items():
        if holds_texts(field.annotation):
            assert is_translated(record, name) != is_exception(field), f"{name}: mark it as Text, or as Fixed"


def test_the_place_of_a_text_is_told_by_ids_and_not_by_positions() -> None:
    contexts = {text.text: text.context for text in texts_of(read())}

    assert contexts["Fire Chief"] == "people roles fire-chief: title"
    assert not any(any(part.isdigit() and len(part) < 3 for part in context.split()) for context in contexts.values())


def test_a_plan_in_other_words_is_the_same_plan() -> None:
    """Whatever compares names, such as the group of a risk and the list it stands in, goes on doing so."""

    def louder(text: PlanText) -> str:
        parts, end = [], 0
        for mention in mentions(text.text):
            parts += [text.text[end : mention.start].upper(), text.text[mention.start : mention.end]]
            end = mention.end
        return "".join([*parts, text.text[end:].upper()])

    records = read()
    loud = in_other_words(records, louder)
    plan, before = build_plan(loud, (), ()), build_plan(records, (), ())

    assert plan.document.title == before.document.title.upper()
    assert {kind: set(things) for kind, things in plan.things.items()} == {
        kind: set(things) for kind, things in before.things.items()
    }
    assert [risk.record.group for risk in plan.risks] == [risk.record.group.upper() for risk in before.risks]
    assert [risk.record.as_written.group for risk in plan.risks] == [risk.record.group for risk in before.risks]
    assert plan.town.contacts[0].phone == before.town.contacts[0].phone
    assert plan.metrics[0].record.unit == before.metrics[0].record.unit.upper()
    assert plan.metrics[0].place == before.metrics[0].place


def test_lists_that_the_town_did_not_write_are_translated_with_what_names_them() -> None:
    records = read(SMALL)
    assert "categories" not in records.files

    plan = build_plan(in_other_words(records, lambda text: f"¡{text.text}!"), (), ())

    assert plan.categories.risk_bands[0].name == "¡Low!"


def spanish(records: Records, plan: dict[str, str]) -> Translation:
    found = {text.key: plan[text.text] for text in texts_of(records) if text.text in plan}
    return Translation(Language("es", locale_of("es")), "en", found)


def test_a_text_without_a_translation_is_shown_as_it_was_written_in_its_own_language() -> None:
    records = read(SMALL)
    town = build_plan(translated(records, spanish(records, {"Town Hall": "Ayuntamiento"})), (), ()).town

    assert town.contacts[0].name == "Ayuntamiento"
    assert town.setting == "A hill town with one fire station and one long road."
    assert isinstance(town.setting, Original)
    assert escape(town.setting) == '<span lang="en">A hill town with one fire station and one long road.</span>'
    assert town.name == "Alder Falls"
    assert not isinstance(town.name, Original)
