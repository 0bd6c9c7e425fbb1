"""Make the messy workbooks of these tests: written by openpyxl, then opened and saved by LibreOffice.

    python tests/workbooks/make.py

It needs the program soffice. What each messy cell means, or why it is refused, stands in messy.yml.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
NBSP = "\u00a0"


@dataclass(frozen=True)
class As:
    """A value in a cell with a number format of its own."""

    value: float | str | dt.date | dt.time
    format: str


@dataclass(frozen=True)
class Text:
    """A text that a spreadsheet program would take for something else."""

    value: str


Row = Sequence[As | Text | str | float | None]


def fill(sheet: Worksheet, rows: Sequence[Row], start: int = 1) -> None:
    """Write rows, from one row on."""
    for number, row in enumerate(rows, start=start):
        for column, content in enumerate(row, start=1):
            if content is None:
                continue
            cell = sheet.cell(number, column)
            if isinstance(content, As):
                cell.value, cell.number_format = content.value, content.format
            elif isinstance(content, Text):
                cell.value, cell.number_format, cell.data_type = content.value, "@", "s"
            else:
                cell.value = content


MONTHS: Sequence[Row] = (
    ("  Calls of the dispatch center  ",),
    ("made by hand, month by month",),
    (" MONTH ", "result:", "Comments"),
    ("Sept-24", 181, "typed by hand"),
    ("October 2024", 182),
    ("Nov. 2024", 183),
    (Text("12/2024"), 184),
    (Text("2025-01"), 185),
    (Text("2025/2"), 186),
    (f"March{NBSP}2025 ", 187),
    ("Apr 25", 188),
    (As(dt.date(2025, 5, 1), "mmm-yy"), 189),
    (45809, 190),
    (Text("7/31/2025"), 191),
    (Text("31.08.2025"), 192),
    (Text("2025-09-30"), 193),
    ("30 Oct 2025", 194),
    ("November 30th, 2025", 195),
    (202512, 196),
    (Text("45292"), 197),
    ("feb-24", 198),
    (As(dt.date(2024, 3, 17), "d-mmm"), 199),
    ("APRIL '24", 200),
    (Text("5/5/24"), 201),
)

MONTHS_REFUSED: Sequence[Row] = (
    ("Month", "Value"),
    (Text("03/04/2024"), 181),
    ("Sept", 182),
    ("Sept-99", 183),
    ("Q3 2024", 184),
    (2024, 185),
    ("Week 12", 186),
    (Text("13/2024"), 187),
    (44, 188),
    ("=#REF!", 189),
    ("June-July 2024", 190),
    (Text("2027-01"), 191),
    (Text("2026-11"), 192),
    (Text("2024-25"), 193),
    (True, 194),
)

QUARTERS: Sequence[Row] = (
    (None, "Hydrants", "Quarter", "ACTUAL "),
    (None, None, "Q3 2024", 21),
    (None, None, "3Q25", 22),
    (None, None, "Q4-2024", 23),
    (None, None, "1st quarter 2025", 24),
    (None, None, "Quarter 2, 2025", 25),
    (None, None, "Oct-Dec 2025", 26),
    (None, None, "Second Quarter 2024", 27),
    (None, None, "2024 Q1", 28),
    (None, None, As(dt.date(2023, 12, 31), "mm/dd/yyyy"), 29),
    (None, None, "FY24 Q1", 30),
    (None, None, "Q4 FY2023", 31),
    (None, None, Text("3/31/23"), 32),
    (None, None, "2026q3", 33),
)

QUARTERS_REFUSED: Sequence[Row] = (
    ("Quarter", "Value"),
    ("Sept 2024", 21),
    (As(dt.date(2025, 10, 15), "yyyy-mm-dd"), 22),
    (As(dt.date(2025, 7, 1), "mmm-yy"), 23),
    ("FY25", 24),
    ("Q5 2025", 25),
    ("Q3", 26),
    ("Q4 2026", 27),
)

FISCAL: Sequence[Row] = (
    ("Fiscal Quarter", "Value"),
    ("FY26 Q1", 240),
    ("FY2026 Q2", 480),
    ("Q3 FY25", 720),
    (Text("2023-24 is no period"), None),
    ("FY 2023-24", 1010),
    ("fiscal year 2023", 1020),
)

FISCAL_REFUSED: Sequence[Row] = (("Period", "Value"), ("Q3 2025", 240), ("FY31 Q1", 250), (Text("2025-26"), 260))

SPLIT_YEARS: Sequence[Row] = (
    ("Indicator", "FY", "Qtr", "Value"),
    ("Overtime hours this fiscal year", 2025, 1, 210),
    ("Overtime hours this fiscal year", "'25", "Q2", 430),
)

VALUES: Sequence[Row] = (
    ("Performance indicators, as delivered",),
    (),
    (
        "KPI",
        "Ref",
        "Period",
        "Value (see unit)",
        "Numerator",
        "Denominator",
        "N",
        "Reason",
        "Corrected because",
        "Note",
    ),
    ("Calls", None, Text("2023-01"), Text("1,234")),
    ("calls ", None, Text("2023-02"), f"1{NBSP}234"),
    ("CALLS", None, Text("2023-03"), Text(" 41 ")),
    ("Hours of training", None, "2022-Q4", Text("1,234")),
    ("Hours of training", None, "2023-Q1", Text("1,234.50")),
    (None, "hours-trained", "2023-Q2", Text("1.234,5")),
    (None, "hours-trained", "2023-Q3", Text("1,234,567")),
    ("Calls lost", None, "2023-Q1", As(0.82, "0%")),
    ("Calls lost", None, "2023-Q2", Text("82 %")),
    ("Calls lost", None, "2023-Q3", Text("82.5 percent")),
    ("Calls lost", None, "2023-Q4", 82),
    ("Calls lost", None, "2024-Q1", 0),
    ("Calls lost", None, "2024-Q2", Text("0.5%")),
    ("Shelter", None, "2024-Q1", "Yes"),
    ("Shelter", None, "2024-Q2", True),
    ("Shelter", None, "2024-Q3", "NO "),
    ("Crew on duty", None, "2024-Q1", "6.5 people"),
    ("Time to answer a call", None, "2024-Q1", "95 sec.", None, None, 301),
    ("Readiness", None, "2024-Q1", "\u22123"),
    ("Readiness", None, "2024-Q2", As(-4, "0;(0)")),
    ("Hydrants checked", None, "2024-Q1", "=40+1"),
    ("Calls lost", None, "2024-Q3", As("=41/50", "0.0%")),
    ("Crew on duty", None, "2024-Q2", "=0.1+0.2+6"),
    ("People brought to hospital", None, "2024-Q1", Text("<5")),
    ("People brought to hospital", None, "2024-Q2", "fewer than 6"),
    ("Hydrants checked", None, "2024-Q2", "n/a", None, None, None, "The crew was at the flood"),
    ("Hydrants checked", None, "2024-Q3", "-", None, None, None, "The book was lost"),
    ("Inspections on time", None, "2024-Q1", As(0.803, "0.0%"), 376, 468),
    ("Inspections on time", None, "2024-Q2", None, Text("1,376"), Text("1,468")),
    ("Burglaries", None, "2024", None, 18, 4000),
    ("Total", None, "2024-Q1", 99999),
    ("Hydrants checked", None, "2024-Q1", 41),
    ("Hydrants checked", None, "2024-Q4", None),
    ("POLICE",),
    ("Near misses", None, "2026-Q3", 4, None, None, None, None, "One report came late", None),
    ("Serious fires", None, "2024-Q4", As(2.0, '0 "fires"'), None, None, None, None, None, "Both in one barn"),
)

VALUES_REFUSED: Sequence[Row] = (
    ("Measure", "Id", "Group", "Period", "Value", "Part", "Of", "Cases", "Why missing", "Corrected because", "Note"),
    ("Calls", None, None, Text("2023-01"), "12 (est.)"),
    ("Calls", None, None, Text("2023-02"), "approx 12"),
    ("Calls", None, None, Text("2023-03"), "12*"),
    ("Calls", None, None, Text("2023-04"), "~12"),
    ("Calls", None, None, Text("2023-05"), "n/a"),
    ("Calls", None, None, Text("2023-06"), "-"),
    ("Calls", None, None, Text("2023-07"), "tbd"),
    ("Calls", None, None, Text("2023-08"), "=#REF!"),
    ("Calls", None, None, Text("2023-09"), "=1/0"),
    ("Calls", None, None, Text("2023-10"), Text("=SUM(E2:E9)")),
    ("Calls lost", None, None, "2023-Q1", 0.82),
    ("Calls lost", None, None, "2023-Q2", Text("0.82")),
    ("Calls lost", None, None, "2023-Q3", 1),
    ("Calls lost", None, None, "2023-Q4", As(82, "0%")),
    ("Calls lost", None, None, "2024-Q1", Text("104%")),
    ("Crew on duty", None, None, "2022-Q1", Text("1,234")),
    ("Calls", None, None, Text("2023-11"), Text("1.234")),
    ("Crew on duty", None, None, "2023-Q1", Text("12,5")),
    ("Crew on duty", None, None, "2023-Q2", As(dt.date(2023, 3, 4), "mm/dd/yyyy")),
    ("Time to answer a call", None, None, "2023-Q1", As(dt.time(1, 31), "h:mm")),
    ("Calls", None, None, Text("2023-12"), True),
    ("Time to answer a call", None, None, "2023-Q2", "10.4 hours"),
    ("Hours of training", None, None, "2023-Q2", "$1,200"),
    ("Readiness", None, None, "2023-Q1", Text("(3)")),
    ("Calls", None, None, Text("2022-01"), Text("12-15")),
    ("Calls", None, None, Text("2022-02"), Text("1e3")),
    ("Calls", None, None, Text("2022-03"), "five"),
    ("Calls", None, None, Text("2022-04"), -4),
    ("Calls", None, None, Text("2022-05"), 12.5),
    ("Calls", None, None, Text("2022-06"), Text("12 345 6")),
    ("Calls", None, None, Text("2022-07"), Text("<5")),
    ("Calls", None, None, Text("2022-08"), As(0.5, "0%")),
    ("Calls", None, None, Text("2022-09"), Text("1'234")),
    ("Hydrants chekced", None, None, "2023-Q1", 12),
    ("Shelter", "readiness-index", None, "2023-Q1", 1),
    ("Shelter", None, "Hill", "2023-Q1", 1),
    ("Shelter", None, None, None, 1),
    (None, None, None, "2023-Q1", 12),
    ("Hydrants checked", None, None, "2023-Q1", 12, None, None, None, "It was lost"),
    ("Time to answer a call", None, None, "2023-Q3", None, None, None, 300),
    ("Inspections on time", None, None, "2023-Q1", 50, 376, 468),
    ("Inspections on time", None, None, "2023-Q2", None, 468, 376),
    ("Inspections on time", None, None, "2023-Q3", None, 376),
    ("Hydrants checked", None, None, "2023-Q2", None, 12, 13),
    ("Shelter", None, None, "2023-Q2", "maybe"),
    ("Hydrants checked", None, None, "2026-Q2", 42),
    ("Hydrants checked", None, None, "2023-Q3", 5, None, None, None, None, "It was wrong"),
    ("Serious fires", None, None, "2023-Q1", 2),
    ("Serious fires", None, None, "2023-Q1", 3),
    ("Hydrants checked", None, None, "2023-Q4", 7),
    ("Hydrants checked", None, None, "2022-Q4", None),
)

WIDE: Sequence[Row] = (
    ("Numbers by quarter",),
    (None, 2024, None, None, 2025),
    ("measure", "Q2", "Q3", "Q4", "Q1"),
    ("Hydrants checked", 11, "12 ", None, Text("1,300")),
    ("Calls lost", As(0.05, "0%"), 6, None, "7 %"),
    ("Total", 99, 99, 99, 99),
)

DISTRICTS: Sequence[Row] = (
    ("Time until help is there",),
    ("District", "Fiscal quarter", "Minutes", "Count"),
    (" hill", "FY25 Q4", 12.25, 31),
    ("MILL", "FY25 Q4", "11.5 min", 44),
    ("Total", "FY25 Q4", 12, 75),
)

DISTRICTS_REFUSED: Sequence[Row] = (
    ("District", "Period", "Value"),
    ("Hil", "FY25 Q4", 12.25),
    ("Harbor", "FY25 Q4", 11.5),
    ("All districts", "FY25 Q4", 11.5),
)

HIDDEN: Sequence[Row] = (
    ("Measure", "Period", "Value", "N"),
    ("Hydrants checked", "2024-Q1", 11),
    ("Hydrants checked", "2024-Q2", 12),
    ("Hydrants checked", "2024-Q3", 13),
    ("Time to answer a call", "2024-Q3", 95, 310),
)

TWICE: Sequence[Row] = (("Measure", "Period", "Value", "Actual"), ("Hydrants checked", "2024-Q1", 11, 12))

LACKING: Sequence[Row] = (("Measure", "Perriod", "Valeu"), ("Hydrants checked", "2024-Q1", 11))

SHEETS: dict[str, Sequence[Row]] = {
    "Months": MONTHS,
    "Months refused": MONTHS_REFUSED,
    "Quarters": QUARTERS,
    "Quarters refused": QUARTERS_REFUSED,
    "Fiscal": FISCAL,
    "Fiscal refused": FISCAL_REFUSED,
    "Split years": SPLIT_YEARS,
    "Values": VALUES,
    "Values refused": VALUES_REFUSED,
    "Wide": WIDE,
    "Districts": DISTRICTS,
    "Districts refused": DISTRICTS_REFUSED,
    "Hidden": HIDDEN,
    "Twice": TWICE,
    "Lacking": LACKING,
}


def messy() -> Workbook:
    """The workbook as openpyxl writes it."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Read me"
    fill(first, (("How to fill this in",), ("Ask the keeper of the plan.",)))
    for name, rows in SHEETS.items():
        fill(book.create_sheet(name), rows)
    months, wide, hidden = book["Months"], book["Wide"], book["Hidden"]
    months.merge_cells("A1:C1")
    months["B4"].comment = Comment("Is this right?", "somebody")
    wide.merge_cells("B2:D2")
    book["Values"].merge_cells("A11:A16")
    refused = book["Values refused"]
    refused.merge_cells("E51:E52")
    hidden.row_dimensions[3].hidden = True
    hidden.column_dimensions["D"].hidden = True
    shut = book.create_sheet("Shut away")
    fill(shut, HIDDEN)
    shut.sheet_state = "hidden"
    return book


def save_by_libreoffice(book: Workbook, name: str) -> None:
    """Save a workbook, open it in LibreOffice, and keep what that saves."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / name
        book.save(raw)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(HERE), str(raw)]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    save_by_libreoffice(messy(), "messy.xlsx")
