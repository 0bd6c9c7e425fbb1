"""Groups add up to the whole, unless what is shown says that they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from safety_plan.plan.withholding.counts import Timeline
from safety_plan.plan.withholding.entries import Entry
from safety_plan.plan.withholding.forms import WHOLE, Atom, Count, Fact, Scope, Window, total


@dataclass(frozen=True)
class Split:
    """A breakdown of a metric: what its columns count, its lines, and the lines of the metric as a whole.

    `by` is what it is split by, in small letters.
    """

    by: str
    counts: Mapping[str, Count]
    groups: tuple[Entry, ...]
    wholes: tuple[Entry, ...]


@dataclass(frozen=True)
class Sums:
    """What a reader takes for granted of groups and their whole.

    `certain` holds facts that follow from what is shown, `likely` those that may turn out to be wrong. `others` are the
    counts of all who are in none of the groups listed, each with the count that it is a part of.
    """

    certain: tuple[Fact, ...]
    likely: tuple[Fact, ...]
    others: tuple[tuple[Atom, Count], ...]


_Key = tuple[Count, str, Window]


def sums_of(
    splits: Iterable[Split], timelines: Mapping[Count, Timeline], atom: Callable[[Count, Scope, Window], Atom]
) -> Sums:
    """For each count, breakdown and stretch of days: what the groups leave of the whole.

    `atom` gives the unknown count of a scope in a stretch of days that no cut divides. Where everything is shown, the
    groups and those who are in none of them make the whole, unless the groups make more: such groups overlap. Where
    something is hidden, a reader takes it that nobody is left over. Only what stays shown decides, so that hiding a
    number does not change what is known.
    """
    groups: dict[_Key, set[str]] = defaultdict(set)
    overlaps, complete = set[_Key](), set[_Key]()
    for split in splits:
        left = _left(split)
        for (column, window), rest in left.items():
            count = split.counts[column]
            keys = {(count, split.by, piece) for piece in timelines[count].pieces(window)}
            (overlaps if rest < 0 else complete).update(keys)
        for count in split.counts.values():
            for entry in split.groups:
                for piece in timelines[count].pieces(entry.window):
                    groups[count, split.by, piece].add(entry.scope.group)
    certain, likely, others = [], [], []
    for key, names in groups.items():
        if key in overlaps:
            continue
        count, by, piece = key
        parts = total(atom(count, Scope(by, name), piece) for name in sorted(names))
        over = total((atom(count, WHOLE, piece),)).plus(parts.times(-1))
        if key not in complete:
            likely.append(Fact(over, 0, 0))
            continue
        other = atom(count, Scope(by), piece)
        certain.append(Fact(over.plus(total((other,)).times(-1)), 0, 0))
        others.append((other, count))
    return Sums(tuple(certain), tuple(likely), tuple(others))


def _left(split: Split) -> dict[tuple[str, Window], Decimal]:
    """What the groups leave of the whole, by column, in each window where all of them are shown."""
    found: dict[tuple[str, Window], Decimal] = {}
    for whole in split.wholes:
        groups = [entry for entry in split.groups if entry.window == whole.window]
        # Beside a value as it was before a correction, the others may have been others as well.
        if not groups or not whole.is_shown or len({one.corrected for one in (whole, *groups)}) > 1:
            continue
        for column, count in whole.values.items():
            known = [entry.values[column] for entry in groups if entry.is_shown and column in entry.values]
            if column in split.counts and len(known) == len(groups):
                found[column, whole.window] = count - sum(known)
    return found
