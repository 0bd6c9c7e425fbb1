"""Numbers of a spreadsheet that somebody should look at twice: a digit or the unit may be wrong in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from safety_plan.commands.far import can_be_far, far_from
from safety_plan.editing.importing import Deed, Step
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import GroupObservation, Observation

HIDDEN: tuple[Deed, ...] = ("withheld", "withdrawn", "stays withheld")
"""Of these no number is shown, not even as the smallest or the largest of the others."""

_JUMP = 10
"""How many times more or less than the number before a new one has to be, where there are too few to say more."""
_PER_CENT = 100

_Kind = tuple[object, ...]
"""What numbers have in common that are compared: the measure, the list in it, and the group."""


@dataclass
class Doubts:
    """What is said of each number of a spreadsheet that is far from the others of its kind."""

    _given: dict[_Kind, dict[Period, float]] = field(default_factory=lambda: defaultdict(dict))
    _hidden: dict[_Kind, set[Period]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def among(cls, steps: Iterable[Step]) -> Doubts:
        """The doubts in the numbers of these steps."""
        doubts = cls()
        for step in steps:
            number = _number(step)
            if step.deed in HIDDEN:
                doubts._hidden[_kind(step)].add(step.change.period)
            elif number is not None:
                doubts._given[_kind(step)][step.change.period] = number
        return doubts

    def of(self, step: Step) -> str:
        """What is said of a number that becomes a line of the plan; "" where it is like the others, or not shown."""
        number = _number(step)
        if number is None or step.deed in HIDDEN or step.deed == "same":
            return ""
        metric, period = step.change.series.metric, step.change.period
        known = {
            one.period: one
            for one in step.change.series.observations
            if _is_of(one, step) and one.number is not None and one.period not in self._hidden[_kind(step)]
        }
        others = [one.number for one in known.values() if one.number is not None and one.period != period]
        if not can_be_far(metric, others):
            given = {at: number for at, number in self._given[_kind(step)].items() if at != period}
            others = list({**{at: one.number or 0.0 for at, one in known.items() if at != period}, **given}.values())
        far = far_from(metric, number, others)
        return f"look twice: {far}" if far else "".join(_jump(number, step, known.values()))


def _kind(step: Step) -> _Kind:
    return step.change.series.id, step.change.series.at, _group(step)


def _group(step: Step) -> str:
    return (step.change.group or (step.said.group if step.said else "")).casefold()


def _is_of(one: Observation, step: Step) -> bool:
    return (one.group if isinstance(one, GroupObservation) else "").casefold() == _group(step)


def _number(step: Step) -> float | None:
    """The number that a step is about, in the unit of its measure."""
    metric: Metric = step.change.series.metric
    numbers = step.said.content.numbers if step.said is not None else {}
    if "value" in numbers:
        return float(numbers["value"])
    whole = float(numbers.get("of", 0))
    return (metric.per or _PER_CENT) * float(numbers["part"]) / whole if whole else None


def _jump(number: float, step: Step, known: Iterable[Observation]) -> Iterator[str]:
    """That a new number is in another order of size than the one before: minutes may have been taken for seconds."""
    earlier = [one for one in known if one.number and one.period < step.change.period]
    if step.deed != "new" or not earlier or not number:
        return
    last = max(earlier, key=lambda one: one.period)
    ratio = abs(number / (last.number or number))
    if max(ratio, 1 / ratio) >= _JUMP:
        yield f"look twice: it was {stands(last)} in {last.period}"


def stands(before: Observation) -> str:
    """The number of a line of the plan, as it is given there."""
    return f"{before.part} of {before.of}" if before.value is None else f"{before.value:g}"
