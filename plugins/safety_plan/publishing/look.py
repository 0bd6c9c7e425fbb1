"""The town's own look on every page: its colours as a style sheet of a line, and its seal."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from safety_plan.reading.contrast import DARK_GROUND, LIGHT_GROUND, darker, lighter
from safety_plan.reading.schema.town import Town

_AMPLE = 7.0
"""The contrast of shades that are chosen freely: WCAG 2.1, success criterion 1.4.6."""


def look_style(town: Town) -> str:
    """The rule that sets the town's colours: its own, and the shades of it that can be read as links.

    Empty for a town that sets no colour: then those of the style sheet hold.
    """
    look = town.look
    found: dict[str, str] = {}
    if look.colour is not None:
        found["--sp-town"] = look.colour
        found["--sp-town-deep"] = darker(look.colour, least=_AMPLE)
        found["--sp-link"] = darker(look.colour, LIGHT_GROUND)
        found["--sp-link-dark"] = lighter(look.colour, DARK_GROUND, _AMPLE)
    if look.colour_dark is not None:
        found["--sp-link-dark"] = look.colour_dark
    rules = ";".join(f"{name}:{value}" for name, value in found.items())
    return f":root{{{rules}}}" if rules else ""


def seal_image(town: Town, file: Callable[[str], str]) -> str:
    """The town's seal as HTML, empty where it has none; `file` gives the link to a file of the site."""
    seal = town.look.seal
    if seal is None:
        return ""
    # In an attribute there is no place for the mark of a text that is not translated.
    return Markup('<img class="sp-seal" src="{}" alt="{}" width="36" height="36">').format(
        file(seal.file), str(seal.alt)
    )
