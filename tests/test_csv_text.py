"""A row of a table changes: every other line stays byte for byte, and the row is read back as it was meant."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety_plan.editing.csv_text import CsvText

TABLE = 'period,value,note\n2026-Q1,1,\n2026-Q2,2,"Two, and\nmore"\n\n2026-Q3,3,"say ""so"""\n'
ROWS = [
    {"period": "2026-Q1", "value": "1"},
    {"period": "2026-Q2", "value": "2", "note": "Two, and\nmore"},
    {"period": "2026-Q3", "value": "3", "note": 'say "so"'},
]


def rows(text: str) -> list[dict[str, str]]:
    """The rows as another reader of tables has them, without empty cells."""
    found = csv.DictReader(io.StringIO(text, newline=""))
    return [{key: cell for key, cell in row.items() if cell} for row in found]


@pytest.mark.parametrize("number", [0, 1, 2, 3])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("whole", [True, False], ids=["to the end", "no last line break"])
def test_a_row_is_put_in(number: int, ending: str, whole: bool) -> None:
    text = TABLE.replace("\n", ending)
    text = text if whole else text.removesuffix(ending)
    new = CsvText(text).insert(number, {"period": "2026-Q4", "value": 4, "note": "a, b"}).text

    line = '2026-Q4,4,"a, b"'
    assert new.replace(f"{ending}{line}", "", 1) == text
    expected = [{key: cell.replace("\n", ending) for key, cell in row.items()} for row in ROWS]
    expected.insert(number, {"period": "2026-Q4", "value": "4", "note": "a, b"})
    assert rows(new) == expected


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_row_gets_other_values(number: int) -> None:
    new = CsvText(TABLE).replace(number, {"period": "2026-Q9", "withheld": True}).text

    expected = [*ROWS]
    expected[number] = {"period": "2026-Q9", "withheld": "true"}
    assert rows(new) == expected
    assert new.startswith("period,value,note,withheld\n")
    old, after = TABLE.splitlines()[1:], new.splitlines()[1:]
    assert len([line for line in after if line not in old]) == 1


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.text("ab ,\"\n;'é", min_size=1, max_size=6).filter(lambda text: text == text.strip()), max_size=4))
def test_any_text_can_stand_in_a_cell(notes: list[str]) -> None:
    table = CsvText("period,note\n")
    for number, note in enumerate(notes):
        table = table.insert(number, {"period": str(number), "note": note})

    assert rows(table.text) == [{"period": str(number), "note": note} for number, note in enumerate(notes)]
    assert [table.row(number)["note"] for number in range(len(notes))] == notes
