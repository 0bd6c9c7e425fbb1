"""What a workbook may be at most: it comes from outside, and nobody has looked into it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from openpyxl.utils.cell import range_boundaries

from safety_plan.problems import Problem
from safety_plan.reading.spreadsheets.cells import CellPlace

MOST_BYTES = 10_000_000
MOST_UNPACKED = 40_000_000
"""How large all parts of a workbook may be together when they are unpacked."""
MOST_WRITTEN = 15_000_000
"""The same for the parts that are read as text; the others are pictures and such."""
MOST_PARTS = 2_000
MOST_CELLS = 400_000
"""How many cells the used area of a sheet may have."""

_OLD = b"\xd0\xcf\x11\xe0"
"""How files of the old Excel start, and new ones that are locked with a password."""
_SAVE = "open it in a spreadsheet program and save it as an Excel workbook (.xlsx) or as CSV UTF-8."
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_AREA = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*[\"']([^\"']*)[\"']")
"""Areas of cells that the library goes through cell by cell."""
_OTHERS = {
    ".xls": "a workbook of the old Excel",
    ".xlsb": "a workbook in binary form",
    ".xlsm": "a workbook with macros",
    ".xltx": "a template for workbooks",
    ".xltm": "a template for workbooks with macros",
    ".ods": "a sheet of LibreOffice or OpenOffice",
    ".fods": "a sheet of LibreOffice or OpenOffice",
    ".numbers": "a sheet of Apple Numbers",
    ".pdf": "a PDF file",
    ".docx": "a Word file",
}
_ALLOWED = "an Excel workbook (.xlsx) or a text table (.csv)"


def ending_problem(file: str, ending: str) -> Problem | None:
    """What is wrong with a file whose name ends so; None where it may be read."""
    if ending in (".xlsx", ".csv", ".tsv", ".txt"):
        return None
    what = _OTHERS.get(ending, f'a file that ends in "{ending}"' if ending else "a file without an ending")
    return Problem(CellPlace(file, 0), f"found {what}", allowed=_ALLOWED, fix=_SAVE)


def folder_problem(folder: str) -> Problem:
    """That what was named is a folder, and no file."""
    fix = "name a file in that folder; import one file at a time."
    return Problem(CellPlace(folder, 0), "found a folder", allowed=_ALLOWED, fix=fix)


def size_problem(file: str, size: int) -> Problem | None:
    """What is wrong with a file of so many bytes; None where it may be read."""
    if size <= MOST_BYTES:
        return None
    return Problem(
        CellPlace(file, 0),
        f"found a file of {size:,} bytes",
        allowed=f"at most {MOST_BYTES:,} bytes",
        fix="copy the sheet with the numbers into a workbook of its own, and import that one.",
    )


def package_problem(file: str, content: bytes) -> Problem | None:
    """What keeps a workbook from being unpacked: None where it is small and plain enough to be read."""
    if content.startswith(_OLD):
        return _problem(file, "found a workbook of the old Excel, or one that is locked with a password", _ALLOWED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _of_parts(file, package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        return _problem(file, "found a file that is no Excel workbook, or a broken one", _ALLOWED)


def _of_parts(file: str, package: zipfile.ZipFile) -> Problem | None:
    parts = package.infolist()
    texts = [part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
    # A part is never unpacked beyond the size that is written here.
    unpacked, written = (sum(part.file_size for part in some) for some in (parts, texts))
    if unpacked > MOST_UNPACKED or written > MOST_WRITTEN or len(parts) > MOST_PARTS:
        allowed = f"at most {MOST_PARTS:,} parts, {MOST_UNPACKED:,} bytes in them, and {MOST_WRITTEN:,} of them text"
        found = f"found a workbook that unpacks to {len(parts):,} parts of {unpacked:,} bytes together"
        fix = "copy the sheet with the numbers into a new workbook, and import that one."
        return _problem(file, found, allowed, fix)
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        return _problem(file, "found a workbook with macros", "a workbook without macros (.xlsx)")
    for part in texts:
        content = package.read(part).replace(b"\0", b"")
        if _DECLARES.search(content):
            return _problem(file, "found a workbook that no spreadsheet program would write", _ALLOWED)
        if sum(_cells_of(area[1]) for area in _AREA.finditer(content)) > MOST_CELLS:
            allowed = f"at most {MOST_CELLS:,} cells that are joined, or lead elsewhere together"
            found = "found a workbook in which whole sheets of cells are joined, or lead elsewhere together"
            return _problem(file, found, allowed, "copy the table alone into a new workbook, and import that one.")
    return None


def _cells_of(area: bytes) -> int:
    """How many cells an area such as A1:B3 has; too many where it is written in another way."""
    try:
        left, top, right, bottom = range_boundaries(area.decode("ascii"))
    except ValueError:
        return MOST_CELLS + 1
    if left is None or top is None or right is None or bottom is None:
        return MOST_CELLS + 1
    return (right - left + 1) * (bottom - top + 1)


def _problem(file: str, found: str, allowed: str, fix: str = _SAVE) -> Problem:
    return Problem(CellPlace(file, 0), found, allowed=allowed, fix=fix)
