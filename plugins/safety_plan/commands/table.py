"""Tables for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

WIDTH = 100
"""Most characters of a line, so that nothing is broken in a window of the usual size."""

_GAP = "  "
_LEAST = 20


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table. Each column is as wide as it has to be; the text of the last one is broken to fit.

    Where the others leave it next to no room, the lines grow longer than WIDTH rather than the text a ribbon.
    """
    widths = [max(len(row[place]) for row in (columns, *rows)) for place in range(len(columns) - 1)]
    room = max(WIDTH - sum(width + len(_GAP) for width in widths), _LEAST)
    for row in (columns, ["-" * width for width in (*widths, len(columns[-1]))], *rows):
        start = "".join(f"{cell:<{width}}{_GAP}" for cell, width in zip(row[:-1], widths, strict=True))
        first, *more = textwrap.wrap(row[-1], room, break_on_hyphens=False) or [""]
        yield f"{start}{first}".rstrip()
        yield from (f"{' ' * len(start)}{part}" for part in more)
