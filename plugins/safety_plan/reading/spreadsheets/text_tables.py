"""Tables kept as text (CSV) become a sheet of cells. Their signs and their delimiter have to be beyond doubt."""

from __future__ import annotations

import codecs
import csv
import io

from safety_plan.problems import PlanError, Problem
from safety_plan.reading.spreadsheets.cells import Cell, CellPlace, Sheet, plain_text
from safety_plan.reading.spreadsheets.limits import MOST_CELLS

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BEYOND_ASCII = 0x80
_SURE = {0xA0, *range(0xC0, 0x100)} - {0xD7, 0xF7}
"""In Latin-1 the space that does not break a line, and the letters with accents."""
_UTF_8 = "CSV UTF-8, with commas, semicolons or tabs between the cells"
_LINES_LOOKED_AT = 50
_BYTES_LOOKED_AT = 4000


def read_text_table(content: bytes, file: str) -> Sheet:
    """The one sheet of a text table. Raises PlanError where it is not beyond doubt how it is to be read."""
    text, read_as = _text(content, file)
    delimiter = _delimiter(text, file)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise _error(
            file,
            "found a line that does not fit a table: a quote is not closed, or a cell is far too long",
            _UTF_8,
            "open the file in a spreadsheet program and save it again as CSV UTF-8.",
        ) from None
    if sum(len(row) for row in rows) > MOST_CELLS:
        raise _error(
            file,
            "found a table with too many cells",
            f"at most {MOST_CELLS:,} cells",
            "copy the rows with the numbers into a file of their own, and import that one.",
        )
    cells: dict[int, dict[int, Cell]] = {}
    for number, row in enumerate(rows, start=1):
        for column, written in enumerate(row, start=1):
            value = plain_text(written)
            if value:
                cells.setdefault(number, {})[column] = Cell(CellPlace(file, number, column), value, value)
    said = [*([read_as] if read_as else []), f"{_DELIMITERS[delimiter]} between the cells"]
    return Sheet(file, "", cells, decimal_comma=delimiter == ";", read_as=", ".join(said))


def _text(content: bytes, file: str) -> tuple[str, str]:
    """The text, and as what it was read where it does not say so itself."""
    if content.startswith(_UTF_16) and not content.startswith(codecs.BOM_UTF32_LE):
        return _decoded(content, "utf-16", file), ""
    if b"\0" in content:
        raise _wide(file) if _looks_wide(content) else _unreadable(file)
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        # Every other byte stands for one letter in one table of letters and for another in the next. Only the letters
        # of Western Europe, and the space that does not break a line, are the same wherever this table is in use.
        if not {byte for byte in content if byte >= _BEYOND_ASCII} <= _SURE:
            raise _unreadable(file) from None
        return _decoded(content, "latin-1", file), "letters of Western Europe (Latin-1)"


def _looks_wide(content: bytes) -> bool:
    """Whether each letter takes two bytes or four: then about every other byte of a table of numbers is zero."""
    start = content[:_BYTES_LOOKED_AT]
    return max(start[::2].count(0), start[1::2].count(0)) > len(start) // 4


def _decoded(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise (_wide(file) if encoding == "utf-16" else _unreadable(file)) from None


def _wide(file: str) -> PlanError:
    return _error(
        file,
        "found a text table saved as UTF-16 or UTF-32, which some programs call Unicode Text, that is cut off or does "
        "not say so at its start",
        _UTF_8,
        "open the file in a spreadsheet program and save it again as CSV UTF-8.",
    )


def _unreadable(file: str) -> PlanError:
    return _error(
        file,
        "found signs of which nobody can say for sure what they are: the file was not saved as UTF-8",
        _UTF_8,
        "open the file in a spreadsheet program and save it again as CSV UTF-8.",
    )


def _delimiter(text: str, file: str) -> str:
    """What stands between the cells: what cuts the lines into the most alike pieces, if there is just one such sign."""
    lines = [line for line in text.splitlines() if line.strip()][:_LINES_LOOKED_AT]
    scores = {sign: _alike(lines, sign) for sign in _DELIMITERS}
    best = max(scores.values())
    found = [sign for sign, score in scores.items() if score == best]
    if best and len(found) == 1:
        return found[0]
    what = " and ".join(_DELIMITERS[sign] for sign in found) if best else ""
    raise _error(
        file,
        f"found a table in which {what} could stand between the cells" if what else "found no table",
        _UTF_8,
        "open the file in a spreadsheet program and save it again as CSV UTF-8.",
    )


def _alike(lines: list[str], sign: str) -> int:
    """How many lines a sign cuts into as many cells as most lines have, where these are two or more."""
    try:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
    except csv.Error:
        return 0
    several = [count for count in counts if count > 1]
    if not several:
        return 0
    usual = max(set(several), key=lambda count: (several.count(count), count))
    return counts.count(usual) * usual


def _error(file: str, found: str, allowed: str, fix: str) -> PlanError:
    return PlanError([Problem(CellPlace(file, 0), found, allowed=allowed, fix=fix)])
