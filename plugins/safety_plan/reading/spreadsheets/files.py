"""A file that somebody hands in becomes what it says: opened, its tables found, every cell understood or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from safety_plan.problems import PlanError, Problem, nearest, one_of, shown
from safety_plan.reading.spreadsheets.cells import CellPlace, Sheet
from safety_plan.reading.spreadsheets.headers import Column
from safety_plan.reading.spreadsheets.limits import ending_problem, folder_problem, size_problem
from safety_plan.reading.spreadsheets.rows import Hidden, entries_of
from safety_plan.reading.spreadsheets.said import Asking, Reader, Said
from safety_plan.reading.spreadsheets.tables import Table, Wanted, strange_headings, table_in
from safety_plan.reading.spreadsheets.text_tables import read_text_table
from safety_plan.reading.spreadsheets.workbooks import read_workbook

_MOST_NAMED = 6
"""How many columns that are not read are named."""


@dataclass(frozen=True)
class Choice:
    """What was said about a file: which sheet, what to do with what is hidden, and which heading means what.

    `period` is the one that all of the file is about, "" where it says so itself.
    """

    sheet: str = ""
    period: str = ""
    hidden: Hidden = "refuse"
    columns: Mapping[Column, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Understood:
    """What a file says.

    `remarks` are what should be said of how it was read. `blank` counts the numbers that are asked for in it and not
    delivered. `problems` are all cells that are not beyond doubt: where there are any, nothing may be written.
    """

    said: tuple[Said, ...]
    remarks: tuple[str, ...]
    blank: int
    problems: tuple[Problem, ...] = ()


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook, or the one of a text table. Raises PlanError where it cannot be read."""
    file = path.name
    problem = folder_problem(path.name or str(path)) if path.is_dir() else ending_problem(file, path.suffix.lower())
    if problem is None:
        try:
            problem = size_problem(file, path.stat().st_size)
            content = b"" if problem else path.read_bytes()
        except OSError:
            fix = "check its name, and that you may open it."
            problem = Problem(CellPlace(file, 0), "found no such file, or one that cannot be opened", fix=fix)
    if problem is not None:
        raise PlanError([problem])
    if path.suffix.lower() == ".xlsx":
        return read_workbook(content, file)
    return (read_text_table(content, file),)


def understand(path: Path, asking: Asking, choice: Choice) -> Understood:
    """What a file says. Raises PlanError where it cannot be read at all."""
    sheets = _chosen(read_sheets(path), choice.sheet, path.name)
    wanted = Wanted(asking.calendar, bool(asking.metric), choice.period, choice.columns)
    reader, problems = Reader(asking), list[Problem]()
    remarks: list[str] = []
    tables = 0
    for sheet in sheets:
        table, wrong = table_in(sheet, wanted)
        if sheet.hidden and (table is not None or wrong) and choice.hidden != "include":
            problems += [_hidden(sheet)] if choice.hidden == "refuse" else []
            remarks.append(f"{sheet.label}: this sheet is hidden and was left out.")
            continue
        problems += wrong
        tables += bool(table or wrong)
        if table is None:
            remarks += [] if wrong else [f"{sheet.label}: no table was found here."]
            continue
        entries = entries_of(table, wanted, choice.hidden)
        problems += entries.problems
        remarks += [f"{sheet.label}: this sheet is hidden and was read as well."] if sheet.hidden else []
        remarks += [*_about(table), *entries.remarks]
        reader.read(entries.found)
    said = reader.finish()
    problems += reader.refusals.problems
    if not tables and not problems:
        problems.append(_no_table(path.name))
    return Understood(said, (*remarks, *reader.remarks), reader.blank, tuple(problems))


def _chosen(sheets: tuple[Sheet, ...], name: str, file: str) -> tuple[Sheet, ...]:
    chosen = tuple(sheet for sheet in sheets if not name or sheet.name.casefold() == name.strip().casefold())
    if chosen:
        return chosen
    names = [sheet.name for sheet in sheets if sheet.name]
    guess = nearest(name, names)
    raise PlanError(
        [
            Problem(
                CellPlace(file, 0),
                f'found no sheet "{shown(name)}"',
                one_of(names) or "no sheets: a text table has none",
                guess,
                f'say --sheet "{guess}".' if guess else "name one of the sheets, or leave --sheet out.",
            )
        ]
    )


def _about(table: Table) -> list[str]:
    """How a table was read, as far as it says so nowhere itself."""
    sheet = table.sheet
    remarks = [f"{sheet.label}: read with {sheet.read_as}."] if sheet.read_as else []
    strange = [f"{cell.quoted} ({cell.place.address})" for cell in strange_headings(table)]
    if len(strange) > _MOST_NAMED + 1:
        strange = [*strange[:_MOST_NAMED], f"and {len(strange) - _MOST_NAMED} more"]
    return remarks + ([f"{sheet.label}: not read: {', '.join(strange)}."] if strange else [])


def _hidden(sheet: Sheet) -> Problem:
    fix = 'show it and look at it; then say "--hidden include" or "--hidden skip".'
    return Problem(sheet.place(), "found a table on a hidden sheet", allowed="tables on sheets that are shown", fix=fix)


def _no_table(file: str) -> Problem:
    return Problem(
        CellPlace(file, 0),
        "found no table of numbers",
        allowed="a row with headings such as Measure, Period and Value, among the first rows of a sheet",
        fix="write the headings over the columns, or use the workbook that `safety-plan template` makes.",
    )
