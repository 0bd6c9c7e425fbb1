"""Numbers that can be read in another way: as they were before a correction, or as a sum that was meant as a mean."""

from __future__ import annotations

from safety_plan.plan.withholding.attack import Attack, Exposure
from safety_plan.plan.withholding.entries import BASELINE
from safety_plan.plan.withholding.ledger import Key, Ledger, Row
from safety_plan.plan.withholding.solver import MOST_NODES

UNCORRECT = 'leave "was", "corrected" and "because" out of this period; its present value may stay.'
"""What to do about a number that may not be told as the one before a correction."""


def told_by_corrections(ledger: Ledger, most_nodes: int = MOST_NODES) -> tuple[Row, ...]:
    """The rows of an earlier release whose values before a correction give a small number away, in their order.

    A number that stands beside a corrected one may have been another at that time without anybody saying so. Where the
    numbers of that time cannot all be true, each of them is taken to be the one that was another.
    """
    attack = Attack(ledger, most_nodes)
    corrected = [row for row in ledger.rows if row.entry.corrected]
    # A small number before a correction is refused by itself. The number of today is no secret of that time.
    hidden = frozenset(row.key for row in ledger.rows if not row.entry.is_shown)
    wrong = attack.passed_over(hidden)
    exposures = [*attack.exposures(hidden)]
    for row in ledger.rows:
        if wrong and row.entry.is_shown and not row.entry.corrected:
            withheld = hidden | {row.key}
            if len(attack.passed_over(withheld)) < len(wrong):
                # Only what this number was is in question: all others are as they are today.
                exposures += [exposed for exposed in attack.exposures(withheld) if exposed.row is row]
    told: set[Key] = set()
    for exposed in exposures:
        told |= {row.key for row in (*exposed.reasons, exposed.row) if row is not None}
    return tuple(row for row in corrected if row.key in told)


def exposed_by_sum(ledger: Ledger, most_nodes: int = MOST_NODES) -> tuple[Exposure, ...]:
    """What a starting point gives away that is read as the sum of its periods; nothing where it cannot be the sum."""
    attack = Attack(ledger, most_nodes)
    hidden = frozenset(row.key for row in ledger.rows if not row.entry.is_shown)
    starts = {fact for row in ledger.rows if row.entry.path == BASELINE for fact in row.shows}
    if starts <= attack.passed_over(hidden):
        return ()
    return tuple(one for one in attack.exposures(hidden) if any(row.entry.path == BASELINE for row in one.reasons))
