"""What a spreadsheet says, entry by entry: which measure, which period, which numbers. All that is unsure is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from safety_plan.problems import Problem
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.spreadsheets.cells import CellPlace
from safety_plan.reading.spreadsheets.contents import Content, content_of
from safety_plan.reading.spreadsheets.period_texts import Calendar
from safety_plan.reading.spreadsheets.periods import Asked, period_of
from safety_plan.reading.spreadsheets.refusals import Refusals
from safety_plan.reading.spreadsheets.rows import Entry
from safety_plan.reading.spreadsheets.who import Names, group_of


@dataclass(frozen=True)
class Said:
    """What one entry says. `split` is the number of the breakdown that its group belongs to, None without a group."""

    place: CellPlace
    metric: str
    period: Period
    split: int | None
    group: str
    content: Content

    @property
    def key(self) -> tuple[str, int | None, str, Period]:
        """What it is about: no two entries may say different things of it."""
        return self.metric, self.split, self.group.casefold(), self.period

    @property
    def about(self) -> str:
        """What it is about, in words."""
        return ", ".join(filter(None, (self.metric, str(self.period), self.group)))


@dataclass(frozen=True)
class Asking:
    """What entries are read by: the measures, the calendar, and what was said of the whole file.

    `metric` is the id of the one measure that all is about, `by` the word for what measures are split by; "" where
    nothing was said.
    """

    names: Names
    calendar: Calendar
    metric: str = ""
    by: str = ""


@dataclass
class Reader:
    """Reads entries, and collects what is wrong with them in `refusals`.

    `blank` counts the entries in which nothing is delivered, `remarks` are what should be said of the others.
    """

    asking: Asking
    refusals: Refusals = field(default_factory=Refusals)
    remarks: list[str] = field(default_factory=list)
    blank: int = 0
    _said: list[Said] = field(default_factory=list)

    def read(self, entries: Iterable[Entry]) -> None:
        """Read further entries."""
        for entry in entries:
            if not entry.is_blank:
                said = self._entry(entry)
                self._said += [] if said is None else [said]
            elif entry.cells and entry.period is not None:
                self.blank += 1

    def finish(self) -> tuple[Said, ...]:
        """All that was said, each thing once. What is said twice in two ways is refused."""
        first: dict[object, Said] = {}
        for one in self._said:
            other = first.setdefault(one.key, one)
            if other is one:
                continue
            if other.content.says == one.content.says:
                self.remarks.append(f"{one.place}: says of {one.about} the same as {other.place}.")
            else:
                found = f"found something else for {one.about} than in {other.place}"
                allowed, fix = "each number once, or twice the same", "delete the one that is wrong."
                self.refusals.problems.append(Problem(one.place, found, allowed, fix=fix))
        return tuple(first.values())

    def _entry(self, entry: Entry) -> Said | None:
        before = len(self.refusals.problems)
        id = self._metric(entry)
        metric = self.asking.names.metrics.get(id)
        if metric is None:
            return None
        period = self._period(entry, metric)
        split, group = self._group(entry, metric)
        content = content_of(entry, metric, self.asking.calendar, self.refusals)
        if content is None or period is None or len(self.refusals.problems) > before:
            return None
        self._refuse_future(entry, period, content)
        return Said(entry.place, id, period, split, group, _with_name(content, period, entry))

    def _metric(self, entry: Entry) -> str:
        """The id of the measure that an entry is about; "" where it is refused."""
        names, by_id, by_name = self.asking.names, entry.cells.get("id"), entry.cells.get("measure")
        told = [
            (cell, self.refusals.read(cell, read))
            for cell, read in ((by_id, names.by_id), (by_name, names.by_name))
            if cell is not None
        ]
        if any(one is None for _, one in told):
            return ""
        found = [one for _, one in told if one is not None]
        if self.asking.metric:
            found.insert(0, self.asking.metric)
        if not found:
            self.refusals.lacks(entry, "a number without a measure", "write the measure's name or id into its row.")
            return ""
        if len(set(found)) > 1:
            cell = told[-1][0]
            what = f"{cell.quoted} in a row about {found[0]}"
            fix = "correct the one that is wrong."
            self.refusals.refuse(cell, cell.unsure("one measure in a row", fix, what=what))
            return ""
        return found[0]

    def _period(self, entry: Entry, metric: Metric) -> Period | None:
        if entry.period is None:
            self.refusals.lacks(entry, "a number without a period", "write the period that it is about into its row.")
            return None
        known = metric.observations
        asked = Asked(
            metric.frequency,
            fiscal=any(one.period.fiscal_start for one in known) if known else None,
            grains=frozenset(one.period.grain for one in known),
            annual=bool(metric.annual),
        )
        return self.refusals.read(entry.period, partial(period_of, asked=asked, calendar=self.asking.calendar))

    def _group(self, entry: Entry, metric: Metric) -> tuple[int | None, str]:
        cell = entry.cells.get("group")
        if cell is not None:
            read = partial(group_of, metric=metric, by=self.asking.by)
            return self.refusals.read(cell, read) or (None, "")
        if self.asking.by:
            self.refusals.lacks(
                entry, "a number without its group", "write the group into its column, or leave --by out."
            )
        return None, ""

    def _refuse_future(self, entry: Entry, period: Period, content: Content) -> None:
        """Refuse numbers of time that is not over. That there will be none may be known before."""
        last, today = content.until or period.end, self.asking.calendar.today
        if last <= today or content.missing:
            return
        what = f"{last} as the last day covered" if content.until else str(period)
        self.refusals.problems.append(
            Problem(
                entry.period.place if entry.period else entry.place,
                f"found {what}, which is not over on {today}",
                "periods that are over, or a column Until with the last day covered",
                fix="check the year; else leave the number out until the period is over.",
            )
        )


def _with_name(content: Content, period: Period, entry: Entry) -> Content:
    """With a remark where a fiscal period was taken for the same days of the calendar."""
    cell = entry.period
    if cell is None or period.fiscal_start is not None or "fy" not in cell.text.casefold():
        return content
    return replace(content, remarks=(*content.remarks, f"the same days as {cell.quoted}"))
