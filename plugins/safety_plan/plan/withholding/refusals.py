"""What is said to staff about counts that can be worked out although they are withheld, or that nobody wrote down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from safety_plan.plan.withholding.attack import Exposure, Range
from safety_plan.plan.withholding.entries import BASELINE
from safety_plan.plan.withholding.forms import WHOLE, Window
from safety_plan.plan.withholding.ledger import Key, Ledger, Row
from safety_plan.plan.withholding.links import ledgers
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
    for ledger in ledgers(metrics, town) if town.repository == "public" else ():
        yield from _of(ledger, metrics, most_nodes)


def _of(ledger: Ledger, metrics: Mapping[str, Metric], most_nodes: int) -> Iterator[Problem]:
    withheld = frozenset(row.key for row in ledger.rows if row.entry.withheld or row.entry.small)
    found = complements(ledger, withheld, most_nodes)
    told: set[Key] = set()
    for exposed in found.exposed:
        # A row is told of once, whatever number of its counts is exposed.
        if exposed.row is None or exposed.row.key not in told:
            told |= {exposed.row.key} if exposed.row else set()
            yield _Message(exposed, found.rows, metrics, ledger.windows).problem()


@dataclass(frozen=True)
class _Message:
    exposed: Exposure
    more: tuple[Row, ...]
    metrics: Mapping[str, Metric]
    windows: tuple[Window, ...]

    def problem(self) -> Problem:
        largest = self.exposed.cell.below - 1
        below = f"0, or {largest + 1} and more, because everyone can read this folder"
        row = self.exposed.row
        if self.exposed.found is None:
            return self._unproven()
        range_ = _words(self.exposed.found)
        if row is None:
            window = self.windows[self.exposed.cell.form.terms[0][0]]
            last = max(self.exposed.reasons, key=lambda one: (one.entry.window.end, one.key))
            found = f"found numbers that together show a count for {window}, which is {range_}: {self._because(last)}"
            return Problem(self._place(last), found, below, fix=self._fix(None))
        if not self.exposed.hidden:
            found = f"found a number behind which stands a count that is {range_}{self._given_away(row)}"
            return Problem(self._place(row), found, below, fix=self._fix(row))
        kind = "withheld" if row.entry.withheld else "small"
        still = "" if row.entry.withheld else " even when it is withheld"
        found = f"found a {kind} number that can be worked out{still}: it is {range_}, because of {self._because(row)}"
        anything = f"a withheld number that may be anything from 1 to {largest}, as far as anyone can tell"
        return Problem(self._place(row), found, anything, fix=self._fix(row))

    def _unproven(self) -> Problem:
        """That nothing can be proven of a count, so that nobody can be sure that it is safe."""
        largest = self.exposed.cell.below - 1
        anything = f"numbers that are shown to leave open whether this one is small, or anything from 1 to {largest}"
        row = self.exposed.row or max(self.exposed.reasons, key=lambda one: (one.entry.window.end, one.key))
        others = self._names([one for one in self.exposed.reasons if one.key != row.key], row)
        beside = f" of this period and of {_listed(others)}" if others else ""
        if self.exposed.contradiction:
            found = f"found numbers{beside} that contradict each other, so that what they give away cannot be told"
            return Problem(self._place(row), found, anything, fix="correct the number that is wrong.")
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

    def _given_away(self, row: Row) -> str:
        others = [one for one in self.exposed.reasons if one.key != row.key]
        return f", because of {_listed(self._names(others, row))}" if others else ""

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
            steps.append(f'write "withheld: true" in place of the numbers of {_listed(names)}{also}')
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


def _words(found: Range) -> str:
    if found.most is None:
        return f"{found.least} or more"
    if found.least == found.most:
        return f"just {found.most}"
    return f"at most {found.most}" if found.least <= 1 else f"from {found.least} to {found.most}"


def _listed(names: list[str]) -> str:
    """One, two and three; what are too many to read are counted."""
    names = list(dict.fromkeys(names))
    if len(names) > _MOST_NAMED + 1:
        names = [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
