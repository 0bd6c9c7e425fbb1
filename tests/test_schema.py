"""The data format's one definition: every field is described, and every kind of file is known."""

from __future__ import annotations

import pytest

from safety_plan.plan.things import KINDS
from safety_plan.reading.folder import FILES, FOLDERS
from safety_plan.reading.schema.base import Named, Record


def record_classes(base: type[Record] = Record) -> list[type[Record]]:
    return [found for one in base.__subclasses__() for found in (one, *record_classes(one))]


@pytest.mark.parametrize("record", record_classes(), ids=lambda record: record.__name__)
def test_every_record_and_field_is_described(record: type[Record]) -> None:
    assert record.__doc__
    for name, field in record.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
        assert len(field.description) > 10, name


def test_every_record_with_an_id_is_a_kind_of_thing() -> None:
    named = set(record_classes(Named))

    assert named == {kind.record for kind in KINDS.values()} - set(FOLDERS.values())


def test_every_file_has_a_record_of_its_own() -> None:
    models = [*FILES.values(), *FOLDERS.values()]

    assert len(set(models)) == len(models)
