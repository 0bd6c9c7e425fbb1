"""What is said to staff about counts that can be worked out although they are withheld, or that nobody wrote down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from safety_plan.plan.withholding.attack import Exposure
from safety_plan.plan.withholding.entries import BASELINE
from safety_plan.plan.withholding.forms import WHOLE, Window
from safety_plan.plan.withholding.ledger import Key, Ledger, Row
from safety_plan.plan.withholding.links import earlier_ledgers, ledgers, sum_ledgers
from safety_plan.plan.withholding.releases import UNCORRECT, exposed_by_sum, told_by_corrections
from safety_plan.plan.withholding.solver import MOST_NODES
from safety_plan.plan.withholding.suppression import complements
from safety_plan.problems import Place, Problem
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.town import Town

_MOST_NAMED = 6
_FROM_START = "leave the baseline out, or start from another period"


def exposed_problems(metrics: Mapping[str, Metric], town: Town, most_nodes: int = MOST_NODES) -> Iterator[Problem]:
    """Each count of people or cases that can be worked out from what is published, and what to withhold instead.

    Small numbers that are still shown are refused elsewhere. Here they are taken to be withheld, so that everything
    there is to withhold is told at once. `most_nodes` is how long the solver may search for one answer.
    """
    # In a private repository all of this has been withheld before, and small numbers never stop the build.
    if town.repository != "public":
        return
    told: set[Key] = set()
    for ledger in ledgers(metrics, town):
        withheld = frozenset(row.key for row in ledger.rows if not row.entry.is_shown)
        found = complements(ledger, withheld, most_nodes)
        yield from _problems(found.exposed, found.rows, ledger, metrics, told)
    for ledger in sum_ledgers(metrics, town):
        exposed = [one for one in exposed_by_sum(ledger, most_nodes) if one.row is None or one.row.key not in told]
        starts = tuple(row for row in ledger.rows if row.entry.path == BASELINE)
        yield from _problems(exposed, starts, ledger, metrics, told)
    for ledger in earlier_ledgers(metrics, town):
        for row in told_by_corrections(ledger, most_nodes):
            yield _correction(metrics[row.metric], row)


def _problems(
    exposures: Iterable[Exposure],
    more: tuple[Row, ...],
    ledger: Ledger,
    metrics: Mapping[str, Metric],
    told: set[Key],
) -> Iterator[Problem]:
    """A message for each count; a row is told of once, whatever number of its counts is exposed."""
    for exposed in exposures:
        if exposed.row is None or exposed.row.key not in told:
            told |= {exposed.row.key} if exposed.row else set()
            yield _Message(exposed, more, metrics, ledger.windows).problem()


def _correction(metric: Metric, row: Row) -> Problem:
    """A number before its correction that stands where others tell, together with it, what was too small to show."""
    return Problem(
        metric.at(*row.entry.path, "was"),
        f"found the value of {_name(row, split=False)} before its correction, which gives a small number away",
        allowed="no earlier value that tells a small number, because everyone can read this folder",
        fix=UNCORRECT,
    )


@dataclass(frozen=True)
class _Message:
    exposed: Exposure
    more: tuple[Row, ...]
    metrics: Mapping[str, Metric]
    windows: tuple[Window, ...]

    def problem(self) -> Problem:
        # What the number is stays unsaid: what is found by a check may be read by everyone, too.
        largest = (self.exposed.cell.below - 1) // self.exposed.cell.one
        row = self.exposed.row
        if self.exposed.found is None:
            return self._unproven()
        if row is None or not self.exposed.hidden:
            return self._visible(row)
        kind = "withheld" if row.entry.withheld else "small"
        still = "" if row.entry.withheld else " even when it is withheld"
        found = f"found a {kind} number that can be worked out{still}, because of {self._because(row)}"
        anything = f"a withheld number that may be anything from 1 to {largest}, as far as anyone can tell"
        return Problem(self._place(row), found, anything, fix=self._fix(row))

    def _visible(self, row: Row | None) -> Problem:
        """That a small count can be told which no row is about, or which stands behind a row that is shown."""
        below = self.exposed.cell.below // self.exposed.cell.one
        allowed = f"0, or {below} and more, because everyone can read this folder"
        if row is not None:
            others = [one for one in self.exposed.reasons if one.key != row.key]
            beside = f", because of {_listed(self._names(others, row))}" if others else ""
            found = f"found a number behind which stands a small count that can be worked out{beside}"
            return Problem(self._place(row), found, allowed, fix=self._fix(row))
        window = self.windows[self.exposed.cell.form.terms[0][0]]
        last = max(self.exposed.reasons, key=lambda one: (one.entry.window.end, one.key))
        found = f"found numbers that together tell a small count for {window}: {self._because(last)}"
        return Problem(self._place(last), found, allowed, fix=self._fix(None))

    def _unproven(self) -> Problem:
        """That nothing can be proven of a count, so that nobody can be sure that it is safe."""
        largest = (self.exposed.cell.below - 1) // self.exposed.cell.one
        anything = f"numbers that are shown to leave open whether this one is small, or anything from 1 to {largest}"
        row = self.exposed.row or max(self.exposed.reasons, key=lambda one: (one.entry.window.end, one.key))
        others = self._names([one for one in self.exposed.reasons if one.key != row.key], row)
        beside = f" of this period and of {_listed(others)}" if others else ""
        found = f"found numbers{beside} that hang together in too many ways to prove that none of them is given away"
        return Problem(self._place(row), found, anything, fix=self._fix(row))

    def _place(self, row: Row) -> Place:
        record, path = self.metrics[row.metric], row.entry.path
        return next(
            (
                place
                for name in ("withheld", "value", "part", "n")
                if (place := record.at(*path, name)) != record.at(*path)
            ),
            record.at(*path),
        )

    def _because(self, row: Row) -> str:
        return _listed(self._names(self.exposed.reasons, row))

    def _fix(self, row: Row | None) -> str:
        """Which rows to withhold, the row itself among them where it still shows its numbers."""
        add = [one for one in self.more or self.exposed.reasons if row is None or one.key != row.key]
        home = row or add[0]
        names = self._names([one for one in add if one.entry.path != BASELINE], home)
        starts = [one for one in add if one.entry.path == BASELINE]
        if row is not None and not self.exposed.hidden:
            names = ["this period", *names]
        steps = []
        if names:
            also = " as well" if row is not None and self.exposed.hidden else ""
            steps.append(f'write "withheld: true" in place of the numbers of {_all(names)}{also}')
        steps += [
            _FROM_START if one.metric == home.metric else f"leave the baseline of {one.metric} out" for one in starts
        ]
        return f"{'; '.join(steps)}."

    def _names(self, rows: Iterable[Row], home: Row) -> list[str]:
        rows = [*rows]
        split = any(row.entry.scope != WHOLE for row in rows)
        return [
            _name(row, split) if row.metric == home.metric else f"{_name(row, split)} ({row.metric})" for row in rows
        ]


def _name(row: Row, split: bool) -> str:
    """How staff find a row: its period, and its group or table where it has one. `split` says that others have one."""
    if row.entry.path == BASELINE:
        return f"the baseline {row.entry.period}"
    if row.entry.path[0] == "annual":
        return f"{row.entry.period} under annual"
    group = row.entry.group or ("as a whole" if split else "")
    return f"{row.entry.period} {group}".rstrip()


def _listed(names: list[str]) -> str:
    """One, two and three; what are too many to read are counted."""
    names = list(dict.fromkeys(names))
    if len(names) > _MOST_NAMED + 1:
        names = [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    return _all(names)


def _all(names: list[str]) -> str:
    """One, two and three, however many they are."""
    names = list(dict.fromkeys(names))
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
