"""A document ready for a typesetter: nothing is left in it that would have to be fetched or worked out."""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping

from safety_plan.publishing.material.styles import Rule, rules
from safety_plan.publishing.printed.drawing import drawn

_STYLE_LINK = re.compile(r'<link rel="stylesheet"[^>]*>\n?')
_PICTURE = re.compile(r'(<img\b[^>]*\bsrc=")([^"]*)("[^>]*>)')
_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)")
_DRAWN = ("fill", "stroke", "font-weight")


def ready(html: str, address: str, styles: Iterable[str], pictures: Mapping[str, bytes]) -> str:
    """The HTML of the document at `address` with its pictures in it, its charts drawn, and no links to style sheets.

    `pictures` are files of the site by their addresses; a picture that is not among them is left out.
    """

    def shown(found: re.Match[str]) -> str:
        file = posixpath.normpath(posixpath.join(address, found[2]))
        kind = _KINDS.get(posixpath.splitext(file)[1].lower())
        if file not in pictures or kind is None:
            return ""
        return f"{found[1]}data:{kind};base64,{b64encode(pictures[file]).decode()}{found[3]}"

    return drawn(_PICTURE.sub(shown, _STYLE_LINK.sub("", html)), chart_rules(styles))


def chart_rules(sheets: Iterable[str]) -> Iterator[Rule]:
    """The rules for what is drawn, with each variable replaced by its value on light ground."""
    plain = [rule for sheet in sheets for rule in rules(sheet) if not rule.conditions and rule.is_of_elements]
    values: dict[str, str] = {}
    for rule in plain:
        if any(":root" in one or one == ".sp-printed" for one in rule.selectors):
            values.update((name, value) for name, value in rule.declarations if name.startswith("--"))
    for rule in plain:
        painted = (f"{name}:{_value(value, values)}" for name, value in rule.declarations if name.startswith(_DRAWN))
        text = ";".join(painted)
        if text and any(".sp-" in one for one in rule.selectors):
            yield Rule((), rule.selectors, text)


def _value(value: str, values: Mapping[str, str]) -> str:
    """A value with the values of its variables; one that is not known has the value that stands beside it."""
    while _VARIABLE.search(value):
        value = _VARIABLE.sub(lambda found: values.get(found[1], found[2] or "none"), value)
    return value.strip()
