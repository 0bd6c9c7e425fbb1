"""Observations that stand in a CSV beside their metric, with the columns of the data format."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from safety_plan.problems import Place, Problem, nearest, one_of
from safety_plan.reading.document import Document, number_or_text, text_of
from safety_plan.reading.schema.base import Path
from safety_plan.reading.schema.metrics import GroupObservation, Observation

_READ: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("value", "was", "part", "of", "n"), number_or_text),
    "withheld": lambda text: {"true": True, "false": False}.get(text.lower(), text),
}


def read_observations(
    content: bytes, file: str, document: Document, path: Path, grouped: bool
) -> tuple[tuple[dict[str, object], ...], list[Problem]]:
    """The rows of a CSV as observations. Their places are added to `document` below `path`, so that errors lead here."""
    text, problems = text_of(content, file)
    if problems:
        return (), problems
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[dict[str, object]] = []
    try:
        header = next(reader, [])
        problems += _header_problems(header, file, grouped)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            here = (*path, len(rows))
            document.places[here] = Place(file, reader.line_num)
            if len(cells) > len(header):
                problems.append(
                    Problem(
                        Place(file, reader.line_num),
                        f"found {len(cells)} cells in a table of {len(header)} columns",
                        allowed=f"at most {len(header)} cells in a row",
                        fix="put quotes around a cell that holds a comma.",
                    )
                )
            rows.append(_row(header, cells, file, reader.line_num, document, here))
    except csv.Error as error:
        problems.append(
            Problem(
                Place(file, reader.line_num),
                f"found a line that is not CSV ({error})",
                allowed="cells with commas between them, quotes closed",
                fix="open the file in a spreadsheet and save it again as CSV UTF-8.",
            )
        )
    return tuple(rows), problems


def _row(
    header: list[str], cells: list[str], file: str, line: int, document: Document, here: Path
) -> dict[str, object]:
    row: dict[str, object] = {}
    column = 1
    for name, cell in zip(header, cells, strict=False):
        document.places[(*here, name)] = document.keys[(*here, name)] = Place(file, line, column)
        if cell.strip():
            row[name.strip()] = _READ.get(name.strip(), str)(cell.strip())
        column += len(cell) + 1
    return row


def _header_problems(header: list[str], file: str, grouped: bool) -> list[Problem]:
    allowed = list((GroupObservation if grouped else Observation).model_fields)
    problems = [
        Problem(
            Place(file),
            f'found the unknown column "{name}"',
            allowed=one_of(allowed, most=40),
            nearest=nearest(name, allowed),
            fix="give the column its right name in the first line, or delete it.",
        )
        for name in header
        if name.strip() not in allowed
    ]
    names = [name.strip() for name in header]
    problems += [
        Problem(
            Place(file),
            f'found the column "{name}" twice',
            allowed="each column once",
            fix="delete one of the two columns, or give it its right name.",
        )
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    if "period" not in names:
        problems.append(
            Problem(
                Place(file),
                'found no column "period"',
                allowed=one_of(allowed, most=40),
                fix="write the names of the columns into the first line.",
            )
        )
    return problems
