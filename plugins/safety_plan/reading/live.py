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
Verb = Literal[
    "value", "was", "status", "metric", "target", "former-target", "baseline", "score", "goal", "count"
]  # fmt: skip

COUNTS: tuple[str, ...] = get_args(Count)
VERBS: dict[str, str] = {
    "value": "metric",
    "was": "metric",
    "status": "metric",
    "metric": "metric",
    "target": "metric",
    "former-target": "metric",
    "baseline": "metric",
    "score": "risk",
    "goal": "goal",
    "count": "count",
}
"""Each verb, and the kind of thing that follows it."""

PERIODS: dict[str, bool] = {"value": False, "metric": False, "was": True, "score": False}
"""The verbs that take a period after the id, and whether they need one."""

_FIGURE = re.compile(r"\{\{(?P<inside>[^{}]*)\}\}")
_WITH_PERIOD = re.compile(r"(?P<id>\S+)\s+(?P<period>(?:Q|FY)?\d.*)")
_LINK = re.compile(r"\]\((?P<kind>[a-z]+(?:-[a-z]+)*):(?P<id>[^)\s/][^)\s]*)\)")
_CODE = re.compile(r"^(```|~~~).*?^\1[^\n]*$|(`+)[^`\n].*?\2", re.MULTILINE | re.DOTALL)
_NOT_RECORDS = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True)
class Mention:
    """A live figure or a link to a record in a text: `kind` and `id` as written, and where the text holds it.

    A figure may name a `period` after the id, such as the quarter of a value.
    """

    what: Literal["figure", "link"]
    kind: str
    id: str
    start: int
    end: int
    period: str = ""


def mentions(text: str) -> Iterator[Mention]:
    """Every live figure and every link to a record in the text, in order; code samples are left alone."""
    plain = without_code(text)
    found = [_figure(match["inside"], match.start(), match.end()) for match in _FIGURE.finditer(plain)] + [
        Mention("link", match["kind"], match["id"], match.start("kind"), match.end("id"))
        for match in _LINK.finditer(plain)
        if match["kind"] not in _NOT_RECORDS
    ]
    yield from sorted(found, key=lambda mention: mention.start)


def without_code(text: str) -> str:
    """The text with its code samples blanked out, every other sign in its place."""
    return _CODE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def without_figures(text: str) -> str:
    """The text with its live figures and code samples blanked out, every other sign in its place."""
    return _FIGURE.sub(_blank, without_code(text))


def _figure(inside: str, start: int, end: int) -> Mention:
    verb, _, subject = " ".join(inside.split()).partition(" ")
    dated = _WITH_PERIOD.fullmatch(subject)
    if dated is None:
        return Mention("figure", verb, subject, start, end)
    return Mention("figure", verb, dated["id"], start, end, dated["period"])
