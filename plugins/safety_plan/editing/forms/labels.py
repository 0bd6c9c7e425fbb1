"""What the forms call things: keys of the files in plain words, and the items of lists in one line."""

from __future__ import annotations

import datetime as dt

from safety_plan.reading.schema import observations, risks, targets
from safety_plan.reading.schema.base import Category, Record, mark_of
from safety_plan.reading.schema.lookup import literals

_LABELS = {
    "ems": "Emergency medical services",
    "faq": "Questions and answers",
    "id": "Id (part of the address)",
    "n": "Number of cases behind it",
    "of": "Out of",
    "on": "On which day",
    "ref": "Short reference",
}
"""Keys that say too little when they stand alone."""

_SINGULARS = {
    "approves_as": "e-mail address",
    "competencies": "competency",
    "focus": "focus",
    "finance": "entry on money",
    "history": "review",
    "languages": "language",
    "responsibilities": "responsibility",
    "annual": "value of a year",
    "training": "training",
    "likelihood": "word",
    "consequence": "word",
    "engaged_by": "way",
    "resilience": "resilience measure",
    "environmental_scan": "factor",
    "technology": "system",
    "why_it_matters": "reason",
    "also_called": "other word",
}
"""Lists whose items are not called like the list without its last letter."""

_SUMMARIES: dict[type[Record], str] = {
    observations.Observation: "{{fields.period}}: {{fields.value}} {{fields.missing}}",
    observations.GroupObservation: "{{fields.period}}, {{fields.group}}: {{fields.value}} {{fields.missing}}",
    observations.Breakdown: "by {{fields.by}}",
    risks.RiskReview: "{{fields.quarter}}: {{fields.note}}",
    targets.Target: "{{fields.by}}: {{fields.value}}",
    targets.TargetChange: "{{fields.on}}: {{fields.because}}",
}
"""Records whose first field alone would not tell one from another."""


def label_of(key: str) -> str:
    """A key of a file in plain words: `due_within_days` is “Due within days”."""
    return _LABELS.get(key) or key.replace("_", " ").capitalize().replace("Ems ", "EMS ")


def singular_of(key: str) -> str:
    """What one item of a list is called, for the button that adds one."""
    if key in _SINGULARS:
        return _SINGULARS[key]
    words = key.replace("_", " ")
    return f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s").replace("ems ", "EMS ")


def word_of(literal: str) -> str:
    """A word that a field may hold, as the form shows it: `year-to-date` is “year to date”."""
    return literal.replace("-", " ")


def summary_of(record: type[Record]) -> str:
    """One line for a record in a closed list, in the marks of the editors.

    It is the first field that a record of the kind must have, and the next one where the first only sorts it.
    """
    if record in _SUMMARIES:
        return _SUMMARIES[record]
    needed = [name for name, field in record.model_fields.items() if field.is_required() and name != "id"]
    first, *others = needed or list(record.model_fields)
    mark = f"{{{{fields.{first}}}}}"
    return f"{mark}: {{{{fields.{others[0]}}}}}" if others and _only_sorts(record, first) else mark


def _only_sorts(record: type[Record], name: str) -> bool:
    field = record.model_fields[name]
    return (
        bool(literals(field))
        or mark_of(field.metadata, field.annotation, Category) is not None
        or field.annotation is dt.date
    )
