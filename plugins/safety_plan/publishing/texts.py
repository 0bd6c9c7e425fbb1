"""The texts of templates in the language that is being spoken: what `trans` and `_` call."""

from __future__ import annotations

from markupsafe import Markup

from safety_plan.language import Unsaid, in_context, in_english, spoken


def gettext(message: str, /, **values: object) -> Markup:
    """A text of a template. Values stand in it as `%(name)s`; those that are no HTML are escaped."""
    return _filled(spoken().texts.gettext(message), values)


def ngettext(one: str, many: str, number: int, /, **values: object) -> Markup:
    """A text of a template that depends on a number."""
    return _filled(spoken().texts.ngettext(one, many, number), values)


def pgettext(context: str, message: str, /, **values: object) -> Markup:
    """A text of a template whose words mean different things in different places."""
    return _filled(in_context(context, message), values)


def _filled(text: str, values: dict[str, object]) -> Markup:
    html = Markup(str(text)) % values
    return in_english(html) if isinstance(text, Unsaid) else html
