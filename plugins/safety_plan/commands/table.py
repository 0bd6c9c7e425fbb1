"""Tables for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

WIDTH = 100
"""Most characters of a line, so that nothing is broken in a window of the usual size."""

_GAP = "  "
_LEAST = 20


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table. A cell may hold several lines; those of the last column are broken to fit, too.

    Each other column is as wide as it has to be. Where they leave the last one next to no room, the lines grow longer
    than WIDTH rather than the text a ribbon.
    """
    cells = [[cell.split("\n") for cell in row] for row in (columns, *rows)]
    widths = [max(len(line) for row in cells for line in row[place]) for place in range(len(columns) - 1)]
    room = max(WIDTH - sum(width + len(_GAP) for width in widths), _LEAST)
    rule = [["-" * width] for width in (*widths, len(columns[-1]))]
    for row in (cells[0], rule, *cells[1:]):
        last = [part for line in row[-1] for part in textwrap.wrap(line, room, break_on_hyphens=False)]
        for line in zip_longest(*row[:-1], last or [""], fillvalue=""):
            start = "".join(f"{cell:<{width}}{_GAP}" for cell, width in zip(line, widths, strict=False))
            yield f"{start}{line[-1]}".rstrip()
