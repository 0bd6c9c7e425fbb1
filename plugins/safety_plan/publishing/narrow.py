"""Tables on narrow screens: there each row becomes a block in which every cell says the name of its column.

A style sheet that shows table rows as blocks takes their meaning from screen readers. So the parts of such a table say
what they are by roles, and the names of the columns stand in attributes, from which the style sheet writes them.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_HEAD = re.compile(r"<thead>\s*<tr>(?P<cells>.*?)</tr>\s*</thead>", re.DOTALL)
_HEADER = re.compile(r"<th\b(?P<attributes>[^>]*)>(?P<name>.*?)</th>", re.DOTALL)
_ROW = re.compile(r"(?P<start><tr\b[^>]*>)(?P<cells>.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(?P<tag>t[hd])\b(?P<attributes>[^>]*)>")
_TAG = re.compile(r"<[^>]+>")
_SPANS = ("colspan=", "rowspan=", "<table")


def as_rows(table: Markup) -> Markup | None:
    """What stands within a table, made ready to be shown row by row; None where its columns have to stay together.

    They have to where cells span others, where a row has another number of cells than the head, and where more than
    half of the columns are numbers, which are compared down the column. Attributes hold no `>`: they are escaped.
    """
    head = _HEAD.search(table)
    if head is None or any(span in table for span in _SPANS):
        return None
    headers = _HEADER.findall(head["cells"])
    names = [_TAG.sub("", name).strip().replace('"', "&#34;") for _, name in headers]
    numbers = sum("sp-number" in attributes for attributes, _ in headers)
    body = table[head.end() :]
    rows = list(_ROW.finditer(body))
    if numbers * 2 > len(names) or any(len(_CELL.findall(row["cells"])) != len(names) for row in rows):
        return None
    labelled = _ROW.sub(lambda row: f"{_with_role(row['start'], 'row')}{_cells(row['cells'], names)}</tr>", body)
    groups = re.sub(r"<(tbody|tfoot)\b", r'<\1 role="rowgroup"', labelled)
    heads = _CELL.sub(r'<\g<tag>\g<attributes> role="columnheader">', head["cells"])
    return Markup(f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>{groups}')


def _with_role(start: str, role: str) -> str:
    return f'{start[:-1]} role="{role}">'


def _cells(cells: str, names: list[str]) -> str:
    """The cells of a row with their roles; all but the row's own head with the names of their columns."""
    labels = iter(names)

    def labelled(cell: re.Match[str]) -> str:
        name, attributes = next(labels), cell["attributes"]
        if cell["tag"] == "th":
            return f'<th{attributes} role="rowheader">'
        return f'<td{attributes} role="cell" data-label="{name}">'

    return _CELL.sub(labelled, cells)
