"""What was understood of a spreadsheet, for people to read before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from safety_plan.commands.import_.doubts import HIDDEN, Doubts, stands
from safety_plan.commands.table import table
from safety_plan.editing.importing import Deed, Step
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.spreadsheets.files import Understood

_COLUMNS = ("Cell", "Measure", "Period", "Value", "What becomes of it")
_COUNTED: dict[Deed, str] = {
    "new": "{n} new",
    "delivered": "{n} delivered or completed",
    "correction": "{n} corrected",
    "missing": "{n} missing with a reason",
    "withheld": "{n} withheld",
    "withdrawn": "{n} withheld from now on",
    "stays withheld": "{n} withheld as before",
    "same": "{n} the same as before",
}


def shown(understood: Understood, steps: Sequence[Step]) -> Iterator[str]:
    """The lines that say what was understood, and what becomes of each line of the plan."""
    yield from understood.remarks
    if understood.remarks and steps:
        yield ""
    if steps:
        doubts = Doubts.among(steps)
        yield from table(_COLUMNS, [_row(step, doubts.of(step)) for step in steps])
        yield ""
    counts = Counter(step.deed for step in steps)
    parts = [words.format(n=counts[deed]) for deed, words in _COUNTED.items() if counts[deed]]
    yield f"{', '.join(parts)}." if parts else "No number was delivered."
    if understood.blank:
        one = understood.blank == 1
        yield f"{understood.blank} {'number was' if one else 'numbers were'} left empty: not delivered yet, left alone."


def _row(step: Step, doubt: str) -> tuple[str, ...]:
    change = step.change
    group = change.group or (step.said.group if step.said else "")
    measure = f"{change.series.id}, {group}" if group else change.series.id
    return _cell(step), measure, str(change.period), _value(step), "; ".join(filter(None, (_what(step), doubt)))


def _cell(step: Step) -> str:
    if step.said is None:
        return "(none)"
    _, sign, sheet = step.said.place.file.partition(', sheet "')
    return f"{sheet.removesuffix(chr(34))} {step.said.place.address}" if sign else step.said.place.address


def _value(step: Step) -> str:
    """The value as it will be written. What is withheld is never shown."""
    if step.deed in HIDDEN:
        return "withheld"
    assert step.said is not None
    numbers: Mapping[str, object] = step.said.content.numbers
    if step.said.content.missing:
        return "missing"
    value = str(numbers["value"]) if "value" in numbers else f"{numbers['part']} of {numbers['of']}"
    return f"{value} (n {numbers['n']})" if "n" in numbers else value


def _what(step: Step) -> str:
    said, before = step.said, step.change.before
    if step.deed == "withheld":
        asked = said is not None and said.content.withheld
        return "withheld, as the cell says" if asked else "withheld: too small to publish, or would tell one that is"
    if step.deed == "withdrawn":
        return "withheld from now on: it is public now, and is or would tell a number too small to publish"
    if step.deed == "stays withheld":
        return "stays withheld, whatever the cell says"
    assert said is not None
    what = {
        "new": "new",
        "same": _same(before),
        "missing": f"missing: {said.content.missing}",
        "correction": f"correction of {_number(before)}: {said.content.because}",
        "delivered": _delivered(before),
    }[step.deed]
    return "; ".join([what, *said.content.remarks])


def _same(before: Observation | None) -> str:
    if before is not None and before.partial_until is not None:
        return f"the same as before, of the days until {before.partial_until}"
    return "the same as before"


def _number(before: Observation | None) -> str:
    if before is None or before.number is None:
        return "what stands there"
    return stands(before)


def _delivered(before: Observation | None) -> str:
    if before is not None and before.missing is not None:
        return f"delivered; was missing ({before.missing})"
    return "complete now" if before is not None and before.partial_until else "adds to what stands there"
