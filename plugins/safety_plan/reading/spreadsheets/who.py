"""Which measure and which group a row is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safety_plan.problems import nearest, one_of
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.spreadsheets.cells import Cell, UnsureError, plain_text


@dataclass(frozen=True)
class Names:
    """The measures of a plan, to be found by id, ref, name or an id they had before."""

    metrics: Mapping[str, Metric]

    def by_id(self, cell: Cell) -> str:
        """The measure with this id or ref. Raises UnsureError."""
        word = cell.text.casefold()
        for id, metric in self.metrics.items():
            if word in {id, (metric.ref or id).casefold(), *metric.former_ids}:
                return id
        return self._unknown(cell, {id: id for id in self.metrics})

    def by_name(self, cell: Cell) -> str:
        """The measure with this name; also with this id or ref, which people write there. Raises UnsureError."""
        word = cell.text.casefold()
        found = [id for id, metric in self.metrics.items() if plain_text(metric.name).casefold() == word]
        if len(found) > 1:
            raise cell.unsure(
                one_of(found),
                "write the id into a column Id.",
                what=f"{cell.quoted}, the name of {len(found)} measures",
            )
        if found:
            return found[0]
        names = {metric.name: id for id, metric in self.metrics.items()}
        try:
            return self.by_id(cell)
        except UnsureError:
            return self._unknown(cell, names)

    def _unknown(self, cell: Cell, words: Mapping[str, str]) -> str:
        guess = nearest(cell.text, words)
        raise cell.unsure(
            f"a measure of this plan: {one_of(self.metrics, 40)}",
            f'write "{guess}", or its id into a column Id.' if guess else "write the id of the measure.",
            guess,
        )


def breakdown_of(metric: Metric, by: str) -> int | None:
    """The number of the breakdown that groups belong to: the one by this word, or the only one; None where unsure."""
    named = [number for number, one in enumerate(metric.breakdowns) if not by or one.by.casefold() == by.casefold()]
    return named[0] if len(named) == 1 else None


def _only_one_with(group: str, metric: Metric) -> int | None:
    """The number of the breakdown that alone has a group of this name; None where none has, or several have."""
    word = group.casefold()
    found = [
        number
        for number, one in enumerate(metric.breakdowns)
        if any(plain_text(other.group).casefold() == word for other in one.observations)
    ]
    return found[0] if len(found) == 1 else None


def group_of(cell: Cell, metric: Metric, by: str) -> tuple[int, str]:
    """The breakdown and the group in it that a cell names, as the plan writes it. Raises UnsureError."""
    number = breakdown_of(metric, by)
    if number is None and not by:
        number = _only_one_with(cell.text, metric)
    if number is None:
        splits = [one.by for one in metric.breakdowns]
        raise cell.unsure(
            f"a group of one of these: {one_of(splits)}"
            if splits
            else "no group: this measure is not split into groups",
            "say which with --by."
            if splits
            else "leave the cell empty, or add a breakdown to the file of the measure.",
            what=f"the group {cell.quoted}",
        )
    groups = {one.group for one in metric.breakdowns[number].observations}
    word = cell.text.casefold()
    found = next((group for group in groups if plain_text(group).casefold() == word), None)
    if found is None and groups:
        guess = nearest(cell.text, groups)
        raise cell.unsure(
            one_of(groups, 30),
            f'write "{guess}" instead.'
            if guess
            else "correct the name; a new group is added with `safety-plan record`.",
            guess,
            what=f"the group {cell.quoted}",
        )
    return number, found or cell.text
