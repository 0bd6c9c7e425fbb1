"""What is said to staff about counts that can be worked out although they are withheld, or that nobody wrote down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from safety_plan.plan.withholding.attack import Exposure, Range, exposures
from safety_plan.plan.withholding.entries import BASELINE
from safety_plan.plan.withholding.forms import WHOLE, Window
from safety_plan.plan.withholding.ledger import Key, Ledger, Row
from safety_plan.plan.withholding.links import ledgers
from safety_plan.plan.withholding.suppression import complements
from safety_plan.problems import Place, Problem
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.town import Town

_MOST_NAMED = 6
_FROM_START = "leave the baseline out, or start from another period"


def exposed_problems(metrics: Mapping[str, Metric], town: Town) -> Iterator[Problem]:
    """Each count of people or cases that can be worked out from what is published, and what to withhold instead.

    Small numbers that are still shown are refused elsewhere. Here they are taken to be withheld, so that everything
    there is to withhold is told at once.
    """
    for ledger in ledgers(metrics, town):
        yield from _of(ledger, metrics)


def _of(ledger: Ledger, metrics: Mapping[str, Metric]) -> Iterator[Problem]:
    withheld = frozenset(row.key for row in ledger.rows if row.entry.withheld or row.entry.small)
    found: list[Exposure] = []
    for exposed in exposures(ledger, withheld):
        found.append(exposed)
        # Counts that no row is about come last; what is withheld for the sake of one of them serves most others.
        if exposed.row is None:
            break
    more = complements(ledger, withheld) if found else ()
    told: set[Key | None] = set()
    for exposed in found:
        # A row is told of once, whatever number of its counts is exposed.
        about = exposed.row.key if exposed.row else None
        if about not in told:
            told.add(about)
            yield _Message(exposed, more, metrics, ledger.windows).problem()


@dataclass(frozen=True)
class _Message:
    exposed: Exposure
    more: tuple[Row, ...]
    metrics: Mapping[str, Metric]
    windows: tuple[Window, ...]

    def problem(self) -> Problem:
        largest = self.exposed.cell.below - 1
        below = f"0, or {largest + 1} and more, because everyone can read this folder"
        range_ = _words(self.exposed.found)
        row = self.exposed.row
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
    group = row.entry.scope.group or ("as a whole" if split else "")
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
