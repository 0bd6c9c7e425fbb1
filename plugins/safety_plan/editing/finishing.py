"""What becomes of an action, a decision or a legal duty when somebody says that it is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safety_plan.editing.given import GivenError
from safety_plan.editing.whole_files import as_bytes
from safety_plan.editing.yaml_text import YamlText
from safety_plan.editing.yaml_values import Value
from safety_plan.problems import shown
from safety_plan.reading.schema.base import Path, Record
from safety_plan.reading.schema.compliance import Requirement
from safety_plan.reading.schema.goals import Action
from safety_plan.reading.schema.reviews import Decision

Finished = Action | Decision | Requirement
"""What can be done."""


@dataclass(frozen=True)
class Finish:
    """That something was done on a day; `again` is the day on which a legal duty is due the next time.

    `milestones` says that what was still open of an action's milestones was reached that day, too.
    """

    on: dt.date
    again: dt.date | None = None
    milestones: bool = False


def finished(record: Finished, content: bytes, finish: Finish) -> bytes:
    """The file of a record in which it is done. The same bytes where it says so already.

    Raises GivenError where it was done on another day, or where something is missing or too much for its kind.
    """
    if finish.again is not None and not isinstance(record, Requirement):
        raise GivenError.of("--next", "found a day for something that is done once", "nothing", "leave --next out.")
    if finish.milestones and not isinstance(record, Action):
        raise GivenError.of(
            "--milestones", "found it for something without milestones", "nothing", "leave --milestones out."
        )
    if isinstance(record, Requirement):
        changes = _duty(record, finish)
    else:
        _not_another_day(record, finish)
        changes = _action(record, finish) if isinstance(record, Action) else [((), "done", str(finish.on), "by")]
    text = YamlText(content.decode("utf-8-sig"))
    for path, key, value, after in changes:
        if _held(record, path, key) != value:
            text = text.put((*record.path, *path), key, value, after=after)
    return as_bytes(content, text.text)


_Change = tuple[Path, str, Value, str]
"""A key below a record, its value, and the key behind which it stands where it is new."""


def _action(record: Action, finish: Finish) -> list[_Change]:
    open_ones = [number for number, one in enumerate(record.milestones) if one.done is None]
    if open_ones and not finish.milestones:
        titles = "; ".join(f"“{shown(record.milestones[number].title)}”" for number in open_ones)
        raise GivenError.of(
            "ID",
            f"found milestones of this action that are not reached: {titles}",
            "an action all of whose milestones are reached",
            "say --milestones if they were reached by that day, or write their own days into the file first.",
        )
    reached: list[_Change] = [(("milestones", number), "done", str(finish.on), "due") for number in open_ones]
    return [((), "done", str(finish.on), "due"), ((), "progress", 100, "done"), *reached]


def _duty(record: Requirement, finish: Finish) -> list[_Change]:
    if record.next_due is not None and finish.again is None:
        raise GivenError.of(
            "--next",
            "found no day on which this legal duty is due again",
            f"a day after {finish.on}",
            f'say --next with the day; it is to be done "{shown(record.frequency)}".',
        )
    changes: list[_Change] = [((), "last_done", str(finish.on), "frequency")]
    return changes if finish.again is None else [*changes, ((), "next_due", str(finish.again), "last_done")]


def _not_another_day(record: Action | Decision, finish: Finish) -> None:
    if record.done is not None and record.done != finish.on:
        raise GivenError.of(
            "--on",
            f"found {finish.on}, but the plan says that it was done on {record.done}",
            str(record.done),
            f"correct the line in {record.at('done').file} by hand, if that day is wrong.",
        )


def _held(record: Record, path: Path, key: str) -> Value:
    """What a record holds under a key below a path, as it would be written; None where there is nothing."""
    value: object = record
    for step in path:
        value = value[step] if isinstance(value, tuple) and isinstance(step, int) else getattr(value, str(step))
    found = getattr(value, key)
    return str(found) if isinstance(found, dt.date) else found
