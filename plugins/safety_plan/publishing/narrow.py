"""Tables on narrow screens: there each row becomes a block in which every cell says the name of its column.

The names of the columns stand in attributes, from which the style sheet writes them. The table stays a table: browsers
keep its meaning for screen readers whatever a style sheet makes of its rows, and HTML allows no roles in one.
"""

from __future__ import annotations

import re
from itertools import pairwise

from markupsafe import Markup

_HEAD = re.compile(r"<thead>\s*<tr>(?P<cells>.*?)</tr>\s*</thead>", re.DOTALL)
_HEADER = re.compile(r"<th\b(?P<attributes>[^>]*)>(?P<name>.*?)</th>", re.DOTALL)
_ROW = re.compile(r"(?P<start><tr\b[^>]*>)(?P<cells>.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(?P<tag>t[hd])\b(?P<attributes>[^>]*)>")
_TAG = re.compile(r"<[^>]+>")
_FIT = 36
"""How many letters of a table stand beside each other on a screen of 320 pixels, with the gaps between four columns."""

_SPANS = ("colspan=", "rowspan=", "<table")


def as_rows(table: Markup) -> Markup | None:
    """What stands within a table, made ready to be shown row by row; None where its columns have to stay together.

    They have to where cells span others, where a row has another number of cells than the head, and where more than
    half of the columns are numbers, which are compared down the column; and they may where they fit beside each other
    on any screen. Attributes hold no `>`: they are escaped.
    """
    head = _HEAD.search(table)
    if head is None or any(span in table for span in _SPANS):
        return None
    headers = _HEADER.findall(head["cells"])
    names = [_text(name).replace('"', "&#34;") for _, name in headers]
    numbers = sum("sp-number" in attributes for attributes, _ in headers)
    body = table[head.end() :]
    rows = list(_ROW.finditer(body))
    if numbers * 2 > len(names) or any(len(_CELL.findall(row["cells"])) != len(names) for row in rows):
        return None
    if _letters([names, *([_text(cell) for cell in _split(row["cells"])] for row in rows)]) <= _FIT:
        return None
    labelled = _ROW.sub(lambda row: f"{row['start']}{_cells(row['cells'], names)}</tr>", body)
    return Markup(f"{table[: head.end()]}{labelled}")


def _text(html: str) -> str:
    return " ".join(_TAG.sub("", html).split())


def _split(cells: str) -> list[str]:
    """What stands in each cell of a row."""
    starts = [*_CELL.finditer(cells), None]
    return [
        cells[one.end() : after.start() if after else len(cells)] for one, after in pairwise(starts) if one is not None
    ]


def _letters(rows: list[list[str]]) -> int:
    """How many letters wide a table is whose cells are all on one line."""
    return sum(max(map(len, column)) for column in zip(*rows, strict=True))


def _cells(cells: str, names: list[str]) -> str:
    """The cells of a row; all but the row's own head with the names of their columns."""
    labels = iter(names)

    def labelled(cell: re.Match[str]) -> str:
        name, attributes = next(labels), cell["attributes"]
        return cell[0] if cell["tag"] == "th" else f'<td{attributes} data-label="{name}">'

    return _CELL.sub(labelled, cells)
