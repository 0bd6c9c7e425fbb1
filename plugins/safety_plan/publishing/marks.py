"""Marks of the language on texts of this project that are shown in English for want of a translation."""

from __future__ import annotations

import re

from safety_plan.language import CLOSES, OPENS, without_signs

_TAG = re.compile(r"(<!--.*?-->|<[a-zA-Z/!][^>]*>)", re.DOTALL)
_NO_PLACE = re.compile(r"<(/?)(svg|title|script|style|option|textarea)\b", re.IGNORECASE)


def marked(html: str) -> str:
    """HTML with a mark of the language around each text in English.

    Within tags, pictures and titles there is no place for one: the text stays as it is.
    """
    if OPENS not in html:
        return html
    parts, depth = [], 0
    for part in _TAG.split(html):
        if not part.startswith("<"):
            parts.append(without_signs(part) if depth else _with_marks(part))
            continue
        parts.append(without_signs(part))
        found = _NO_PLACE.match(part)
        if found and not part.endswith("/>"):
            depth += -1 if found[1] else 1
    return "".join(parts)


def _with_marks(text: str) -> str:
    return text.replace(OPENS, '<span lang="en">').replace(CLOSES, "</span>")
