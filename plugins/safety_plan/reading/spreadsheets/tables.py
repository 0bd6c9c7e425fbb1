"""Where the table of a sheet is: its row of headings, and what each of its columns holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from safety_plan.problems import Place, Problem, nearest, one_of, shown
from safety_plan.reading.spreadsheets.cells import Cell, Sheet
from safety_plan.reading.spreadsheets.headers import Column, column_of, usual_headings, words_of
from safety_plan.reading.spreadsheets.period_texts import Calendar
from safety_plan.reading.spreadsheets.periods import looks_like_period, resembles

MOST_ROWS_ABOVE = 30
"""Among how many rows at the top of a sheet its headings are looked for."""
_FEW_TITLES = 2

_VALUES: tuple[Column, ...] = ("value", "part")
_LABELS: tuple[Column, ...] = ("measure", "id", "group")
_SAID_BY_US = ("unit", "last value", "owner")
"""Headings that tell those who fill in a table something; nothing is read from below them."""


@dataclass(frozen=True)
class Wanted:
    """What is known of a table before it is looked at.

    `one_metric` says that all of it is about one measure, `one_period` that it is about one period, and `columns` which
    heading somebody named for which column.
    """

    calendar: Calendar
    one_metric: bool = False
    one_period: str = ""
    columns: Mapping[Column, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table: the row of its headings, the number of each column that is read, and of each that is a period.

    `unread` are the headings of columns that nothing is read from. A table has periods over its columns, or a column of
    them.
    """

    sheet: Sheet
    row: int
    columns: Mapping[Column, int]
    periods: Mapping[int, Cell] = field(default_factory=dict)
    unread: tuple[Cell, ...] = ()

    @property
    def used(self) -> tuple[int, ...]:
        """The columns that are read."""
        return (*self.columns.values(), *self.periods)


def table_in(sheet: Sheet, wanted: Wanted) -> tuple[Table | None, list[Problem]]:
    """The table of a sheet, or why it cannot be read. A sheet without any known heading, such as a title, has none."""
    rows = [row for row in sheet.rows if row <= MOST_ROWS_ABOVE]
    best: Table | None = None
    for row in rows:
        table, twice = _headings(sheet, row, wanted)
        if _is_whole(table, wanted):
            return (None, twice) if twice else (table, [])
        if best is None or _likeness(table) > _likeness(best):
            best = table
    if best is None or not best.columns or _likeness(best) < (1 if wanted.one_metric else _FEW_TITLES):
        return None, []
    return None, [_lacking(best, wanted)]


def _likeness(table: Table) -> int:
    """How many headings of a row are known, or are nearly so."""
    return len(table.columns) + sum(1 for cell in table.unread if _nearly(cell))


def _nearly(cell: Cell) -> str:
    return nearest(cell.value, usual_headings()) if isinstance(cell.value, str) else ""


def _headings(sheet: Sheet, row: int, wanted: Wanted) -> tuple[Table, list[Problem]]:
    """What the cells of a row would be as headings, and those that mean the same as another."""
    found: dict[Column, Cell] = {}
    problems: list[Problem] = []
    periods: dict[int, Cell] = {}
    doubtful: dict[int, Cell] = {}
    unread: list[Cell] = []
    for number, cell in sorted(sheet.cells.get(row, {}).items()):
        column = _meaning(cell, wanted)
        if column is None and _over_values(sheet, row, number, wanted) is not None:
            periods[number] = _over_values(sheet, row, number, wanted) or cell
        elif column is None and _resembling(sheet, row, number) is not None:
            doubtful[number] = _resembling(sheet, row, number) or cell
        elif column is None:
            unread.append(cell)
        elif column in found:
            problems.append(_twice(cell, found[column], column))
        else:
            found[column] = cell
    # Beside a column of values they are no more than strange headings; else they are refused where numbers stand below.
    if periods or not any(column in found for column in _VALUES):
        periods |= doubtful
    else:
        unread += doubtful.values()
    return _without_halves(Table(sheet, row, _numbers(found), periods, tuple(unread)), found, wanted), problems


def _numbers(found: Mapping[Column, Cell]) -> dict[Column, int]:
    return {column: cell.place.column for column, cell in found.items()}


def _without_halves(table: Table, found: Mapping[Column, Cell], wanted: Wanted) -> Table:
    """Without what means nothing alone: a total that no part stands beside, and numbers beside columns of periods."""
    columns = dict(table.columns)
    if wanted.one_period or "period" in columns or "year" in columns:
        table = replace(table, periods={}, unread=(*table.unread, *table.periods.values()))
    elif table.periods:
        columns = {column: number for column, number in columns.items() if column in _LABELS}
    if ("part" in columns) != ("of" in columns):
        columns = {column: number for column, number in columns.items() if column not in ("part", "of")}
    gone = tuple(cell for column, cell in found.items() if column not in columns)
    return replace(table, columns=columns, unread=(*table.unread, *gone))


def _meaning(cell: Cell, wanted: Wanted) -> Column | None:
    """What a heading means: what somebody said it does, else what it says itself."""
    if not isinstance(cell.value, str):
        return None
    for column, heading in wanted.columns.items():
        if words_of(heading) == words_of(cell.value):
            return column
    own = column_of(cell.value)
    return None if own in wanted.columns else own


def _over_values(sheet: Sheet, row: int, column: int, wanted: Wanted) -> Cell | None:
    """The period that stands over a column, where one does: alone, or a quarter or month below its year."""
    cell = sheet.cells.get(row, {}).get(column)
    if cell is None:
        return None
    if looks_like_period(cell, wanted.calendar):
        return cell
    above = sheet.at(row - 1, column)
    if above is None:
        return None
    both = together(cell, above)
    return both if looks_like_period(both, wanted.calendar) else None


def _resembling(sheet: Sheet, row: int, column: int) -> Cell | None:
    """The same for what is written as a period but can be none here, such as `FY26 Q1` without a fiscal year."""
    cell = sheet.cells.get(row, {}).get(column)
    if cell is None:
        return None
    above = sheet.at(row - 1, column)
    both = together(cell, above) if above is not None else cell
    return next((one for one in (both, cell) if resembles(one)), None)


def together(part: Cell, year: Cell, fiscal: bool = False) -> Cell:
    """A quarter or month and its year, which stand in two cells, as if they stood in one."""
    name = f"Q{part.text}" if part.text in ("1", "2", "3", "4") else part.text
    text = f"{name} {'FY' if fiscal else ''}{year.text}"
    return replace(part, value=text, shown=text)


def _is_whole(table: Table, wanted: Wanted) -> bool:
    """Whether these headings are all that a table needs."""
    columns = table.columns
    if not (wanted.one_metric or "measure" in columns or "id" in columns):
        return False
    if table.periods and not wanted.one_period:
        # A row of numbers may look like one of years: without a heading beside them they are not taken for one.
        return any(column in columns for column in _LABELS)
    has_period = wanted.one_period or "period" in columns or "year" in columns
    return bool(has_period) and any(column in columns for column in _VALUES)


def _twice(cell: Cell, first: Cell, column: Column) -> Problem:
    return Problem(
        cell.place,
        f"found the heading {cell.quoted}, which means the same as {first.quoted} in cell {first.place.address}",
        allowed=f'one column for "{column}"',
        fix=f'say which of the two is meant, such as --column "{column}={shown(cell.shown)}".',
    )


def _lacking(table: Table, wanted: Wanted) -> Problem:
    """What a row of headings lacks to be that of a table."""
    columns = table.columns
    lacks: list[str] = []
    if not (wanted.one_metric or "measure" in columns or "id" in columns):
        lacks.append('"Measure" or "Id"')
    if not (wanted.one_period or "period" in columns or "year" in columns):
        lacks.append('"Period"')
    if not any(column in columns for column in _VALUES):
        lacks.append('"Value"')
    cell, guess = next(((cell, guess) for cell in table.unread if (guess := _nearly(cell))), (None, ""))
    place: Place = cell.place if cell else table.sheet.place(table.row)
    what = f"the heading {cell.quoted}" if cell else "a row of headings"
    return Problem(
        place,
        f"found {what} and no column {' and none '.join(lacks)}",
        allowed=f"a row of headings such as {one_of(usual_headings(), 20)}",
        nearest=guess,
        fix="write the heading over its column, or say which one it is, such as --column value=HEADING; "
        "with --metric ID for a table about one measure.",
    )


def headings_again(table: Table, row: int, wanted: Wanted) -> bool:
    """Whether a row further down holds headings once more: the same ones, or those of another table."""
    found, _ = _headings(table.sheet, row, wanted)
    named = [column for column, number in found.columns.items() if table.columns.get(column) == number]
    return len(found.columns) >= _FEW_TITLES and (_is_whole(found, wanted) or len(named) == len(table.columns))


def same_headings(table: Table, row: int) -> bool:
    """Whether a row holds just the headings of the table again."""
    cells, first = table.sheet.cells.get(row, {}), table.sheet.cells.get(table.row, {})
    return all(
        (one := cells.get(column)) is not None
        and (other := first.get(column)) is not None
        and words_of(one.text) == words_of(other.text)
        for column in table.used
    )


def strange_headings(table: Table) -> Iterator[Cell]:
    """The headings that nothing is read from and that somebody may have thought to be read."""
    for cell in table.unread:
        if words_of(cell.text) not in _SAID_BY_US:
            yield cell
