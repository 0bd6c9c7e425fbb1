"""Groups add up to the whole, unless what is shown says that they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from safety_plan.plan.withholding.counts import Timeline
from safety_plan.plan.withholding.entries import Entry
from safety_plan.plan.withholding.forms import WHOLE, Atom, Count, Fact, Scope, Window, total


@dataclass(frozen=True)
class Split:
    """A breakdown of a metric: what its columns count, its lines, and the lines of the metric as a whole."""

    by: str
    counts: Mapping[str, Count]
    groups: tuple[Entry, ...]
    wholes: tuple[Entry, ...]


_Key = tuple[Count, str, Window]


def partitions(
    splits: Iterable[Split], timelines: Mapping[Count, Timeline], atom: Callable[[Count, Scope, Window], Atom]
) -> Iterator[Fact]:
    """For each count, breakdown and stretch of days: that the groups add up to the whole.

    `atom` gives the unknown count of a scope in a stretch of days that no cut divides. A reader takes it for granted
    that groups add up, until a period in which everything is shown says otherwise. Groups that add up to less are some
    of several; of groups that overlap nothing is known.
    """
    groups: dict[_Key, dict[str, None]] = defaultdict(dict)
    rest: dict[_Key, int] = {}
    for split in splits:
        over = _rests(split)
        for count in split.counts.values():
            for entry in split.groups:
                for piece in timelines[count].pieces(entry.window):
                    key = (count, split.by, piece)
                    groups[key][entry.scope.group] = None
                    rest[key] = min(rest.get(key, 0), over[entry.window], key=_how_far)
    for (count, by, piece), names in groups.items():
        parts = total(atom(count, Scope(by, name), piece) for name in sorted(names))
        whole = total((atom(count, WHOLE, piece),))
        left = rest[count, by, piece]
        if left >= 0:
            yield Fact(whole.plus(parts.times(-1)), 0, 0 if left == 0 else None)


def _rests(split: Split) -> dict[Window, int]:
    """What the groups leave of the whole in each window where all is shown: 0, something, or less than nothing."""
    found: dict[Window, int] = defaultdict(int)
    for whole in split.wholes:
        groups = [entry for entry in split.groups if entry.window == whole.window]
        for column, count in whole.values.items():
            known = [entry.values[column] for entry in groups if column in entry.values]
            if groups and len(known) == len(groups):
                found[whole.window] = min(found[whole.window], count - sum(known), key=_how_far)
    return found


def _how_far(rest: int) -> tuple[bool, bool]:
    """The order in which what is left decides: less than nothing before something, and that before nothing."""
    return rest >= 0, rest == 0
