"""Live figures and links to records inside prose.

A live figure is written `{{ value ems-response-90th }}`: a verb and what it is about. The plan then fills it in, so
that no number stands typed in a sentence. A link to a record is written `[third ambulance](action:third-ambulance)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

Count = Literal[
    "goals",
    "objectives",
    "actions",
    "preventive-actions",
    "metrics",
    "headline-metrics",
    "metrics-with-target",
    "metrics-on-track-or-met",
    "risks",
    "requirements",
    "roles",
    "reviews",
    "exercises",
    "models",
    "languages",
    "withheld-below",
]
Verb = Literal["value", "status", "metric", "target", "baseline", "goal", "count"]

COUNTS: tuple[str, ...] = get_args(Count)
VERBS: dict[str, str] = {
    "value": "metric",
    "status": "metric",
    "metric": "metric",
    "target": "metric",
    "baseline": "metric",
    "goal": "goal",
    "count": "count",
}
"""Each verb, and the kind of thing that follows it."""

_FIGURE = re.compile(r"\{\{(?P<inside>[^{}]*)\}\}")
_LINK = re.compile(r"\]\((?P<kind>[a-z]+(?:-[a-z]+)*):(?P<id>[^)\s/][^)\s]*)\)")
_CODE = re.compile(r"^(```|~~~).*?^\1[^\n]*$|(`+)[^`\n].*?\2", re.MULTILINE | re.DOTALL)
_NOT_RECORDS = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True)
class Mention:
    """A live figure or a link to a record in a text: `kind` and `id` as written, and where the text holds it."""

    what: Literal["figure", "link"]
    kind: str
    id: str
    start: int
    end: int


def mentions(text: str) -> Iterator[Mention]:
    """Every live figure and every link to a record in the text, in order; code samples are left alone."""
    plain = _CODE.sub(lambda match: " " * len(match.group()), text)
    found = [
        Mention("figure", *_words(match["inside"]), match.start(), match.end()) for match in _FIGURE.finditer(plain)
    ] + [
        Mention("link", match["kind"], match["id"], match.start("kind"), match.end("id"))
        for match in _LINK.finditer(plain)
        if match["kind"] not in _NOT_RECORDS
    ]
    yield from sorted(found, key=lambda mention: mention.start)


def _words(inside: str) -> tuple[str, str]:
    verb, _, subject = inside.strip().partition(" ")
    return verb, subject.strip()
