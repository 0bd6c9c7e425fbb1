"""What to withhold besides small numbers, so that none of them can be worked out."""

from __future__ import annotations

from dataclasses import dataclass

from safety_plan.plan.withholding.attack import Attack, Exposure
from safety_plan.plan.withholding.entries import BASELINE
from safety_plan.plan.withholding.ledger import Key, Ledger, Row
from safety_plan.plan.withholding.solver import MOST_NODES

_MOST_SHOWN_AGAIN = 30
"""How many of the rows that were withheld last are looked at again, which takes long where many hang together."""


@dataclass(frozen=True)
class Complements:
    """What is exposed when only some rows of a ledger are withheld, and the further rows to withhold.

    `exposed` holds every count that a row withholds or shows, and of the counts that no row is about those that are
    still exposed when what was named before is put right.
    """

    exposed: tuple[Exposure, ...]
    rows: tuple[Row, ...]


def complements(ledger: Ledger, withheld: frozenset[Key], most_nodes: int = MOST_NODES) -> Complements:
    """The further rows to withhold when these are withheld, in their order; none where nothing is exposed.

    As long as a count is exposed, the smallest of the numbers that give it away is withheld as well: one of the same
    table where there is one, else a total or a year. Zeros stay. What turns out not to be needed is shown again. Where
    all that does not help, every row is withheld that says more than zero, and if need be every row there is.

    `most_nodes` is how long the solver may search for one answer.
    """
    attack = Attack(ledger, most_nodes)
    added: list[Row] = []
    told: list[Exposure] = []
    while True:
        new: list[Row] = []
        for exposed in attack.exposures(_keys(withheld, added)):
            row = _next(exposed)
            # Where a row that gives it away has just been withheld, that may be enough.
            is_enough = any(one in new for one in (*exposed.reasons, exposed.row))
            if (exposed.row is None and not is_enough) or (exposed.row is not None and not added):
                told.append(exposed)
            if row is not None and not is_enough:
                new.append(row)
            # Counts that no row is about come last, and most of them hang on the same few rows.
            if exposed.row is None and row is not None:
                break
        if not new:
            break
        added += new
    for row in [*reversed(added)][:_MOST_SHOWN_AGAIN]:
        fewer = [one for one in added if one is not row]
        if attack.is_safe(_keys(withheld, fewer)):
            added = fewer
    added = _enough(attack, ledger, withheld, added)
    return Complements(tuple(told), tuple(sorted(added, key=lambda row: row.key)))


def _enough(attack: Attack, ledger: Ledger, withheld: frozenset[Key], added: list[Row]) -> list[Row]:
    """These rows, or as many more as it takes."""
    others = [row for row in ledger.rows if row.key not in withheld]
    for rows in (added, [row for row in others if row.size is not None]):
        if attack.is_safe(_keys(withheld, rows)):
            return rows
    return others


def _keys(withheld: frozenset[Key], added: list[Row]) -> frozenset[Key]:
    return withheld | {row.key for row in added}


def _next(exposed: Exposure) -> Row | None:
    """The row to withhold next; None where no number that is shown has any part in it."""
    if exposed.row is not None and not exposed.hidden:
        return exposed.row
    choice = [row for row in exposed.reasons if row.size is not None]
    return min(choice, key=lambda row: (_rank(row, exposed.row), row.size, row.key), default=None)


def _rank(row: Row, exposed: Row | None) -> int:
    """How well a row suits to hide another: one of the same table, then any other, last a starting point."""
    if row.entry.path == BASELINE:
        return 2
    same = exposed is None or (row.metric, row.key[1], row.entry.scope.by) == (
        exposed.metric,
        exposed.key[1],
        exposed.entry.scope.by,
    )
    return 0 if same else 1
