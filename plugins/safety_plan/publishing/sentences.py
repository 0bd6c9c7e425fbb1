"""Sentences as they stand on a page."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from safety_plan.language import same_language


def capital(text: str) -> str:
    """A text as the start of a sentence: only its first letter is changed. HTML that is safe stays so."""
    return same_language(text, text[:1].upper() + text[1:])


def joined(texts: Iterable[str], between: str = " ") -> str:
    """Whole texts one after another. Where one of them is HTML, as an untranslated text of the town is, so is all."""
    found = list(texts)
    return Markup(between).join(found) if any(hasattr(text, "__html__") for text in found) else between.join(found)
