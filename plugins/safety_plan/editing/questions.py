"""Which keys of a new record somebody is asked for, and in which order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from safety_plan.editing.answers import Question, as_read
from safety_plan.editing.given import faults_in
from safety_plan.editing.holds import Holds
from safety_plan.editing.yaml_values import Value
from safety_plan.problems import Problem
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.base import Path, Record

SHOULD_HAVE: Mapping[str, tuple[str, ...]] = {
    "Action": ("about", "responsible"),
    "Contact": ("phone", "hours"),
    "Decision": ("by", "actions"),
    "Element": ("actions", "metrics"),
    "Event": ("people",),
    "Evidence": ("note",),
    "Factor": ("objectives",),
    "Ingredients": ("technology", "data_analysis", "community_input", "interdisciplinary_collaboration"),
    "LawChange": ("on", "affects", "due"),
    "Metric": ("decimals", "better", "baseline", "targets"),
    "Milestone": ("done",),
    "Money": ("funding", "staff"),
    "Objective": ("root_cause", "metrics", "sources", "actions"),
    "PlanningModel": ("objectives",),
    "Proof": ("type",),
    "Question": ("see",),
    "Requirement": ("source", "last_done", "next_due"),
    "Review": ("lessons", "decisions"),
    "Risk": ("treatment", "actions", "metrics"),
    "Role": ("backup",),
    "Target": ("value",),
    "TargetChange": ("was", "was_by"),
    "Technology": ("supported_until",),
    "Term": ("long", "also_called"),
    "Theme": ("mentions", "actions"),
    "Topic": ("see",),
    "Training": ("last", "next"),
}
"""The keys that a record can do without, but that it should have, by its class."""

_QUOTED = re.compile(r'"(\w+)')


def asked_keys(model: type[Record], first: str = "") -> list[str]:
    """The keys that somebody is asked for: what it is called, then its id and ref, then the rest in their order."""
    wanted = {"ref", *SHOULD_HAVE.get(model.__name__, ())}
    keys = [key for key, field in model.model_fields.items() if field.is_required() or key in wanted]
    return sorted(keys, key=lambda key: (key != first, key not in ("id", "ref")))


def doubts(
    model: type[Record], values: Mapping[str, Value], context: Mapping[str, object]
) -> tuple[list[Problem], list[str]]:
    """What several answers make wrong together, and the keys to ask for again: none where nothing is wrong."""
    problems, paths = faults_in(model, {key: as_read(value) for key, value in values.items()}, context)
    words = " ".join(f"{problem.found} {problem.allowed} {problem.fix}" for problem in problems)
    named = [key for key in dict.fromkeys(_QUOTED.findall(words)) if key in model.model_fields]
    plain = [key for problem in problems for key in re.findall(r"\w+", problem.allowed) if key in model.model_fields]
    # What is lacking is asked for before what is there is asked for again.
    lacking = [key for key in named or dict.fromkeys(plain) if key not in values]
    at = dict.fromkeys(str(path[0]) for path in paths if path)
    return problems, (lacking or [*at] or named or [*values]) if problems else []


def not_given(model: type[Record], values: Mapping[str, Value], at: Path = ()) -> Iterator[Question]:
    """The keys without a value of which no such record can do without one, also in the records within it."""
    for key, field in model.model_fields.items():
        question, value = Question(model, key, at, values), values.get(key)
        inner = question.holds.record
        if value is None and field.is_required():
            yield question
        elif inner is not None:
            items = value if isinstance(value, list) else [value]
            for number, item in enumerate(items):
                if isinstance(item, Mapping):
                    here = (*at, key, number) if isinstance(value, list) else (*at, key)
                    yield from not_given(inner, item, here)


def left_out(model: type[Record], values: Mapping[str, Value]) -> list[str]:
    """The keys that a record could have, too."""
    return [key for key in model.model_fields if key not in values and key != "former_ids"]


def hint(question: Question) -> str:
    """How the answer to a question is written, where its description does not say so; empty for a text."""
    holds = question.holds
    if question.is_chosen():
        return "Several, with commas between them." if holds.many else "Its number or its name."
    if holds.form is bool:
        return "yes or no."
    if holds.form in (int, float):
        return _number_hint(holds)
    pattern = str(holds.limit("pattern") or "")
    return _FORMS.get(holds.form, "") or next((text for part, text in _PATTERNS.items() if part in pattern), "")


def _number_hint(holds: Holds) -> str:
    kind = "whole number" if holds.form is int else "number"
    least, most, above = holds.limit("ge"), holds.limit("le"), holds.limit("gt")
    if least is not None and most is not None:
        return f"A {kind} from {least} to {most}."
    if least is not None:
        return f"A {kind}, at least {least}."
    return f"A {kind}." if above is None else f"A {kind} above {above}."


_FORMS: Mapping[type, str] = {
    dt.date: "A date such as 2026-09-30.",
    Period: "A year, a quarter or a month, such as 2026, 2026-Q3 or 2026-09.",
}
_PATTERNS = {"https?": "An address that starts with https://.", "@": "An e-mail address."}
