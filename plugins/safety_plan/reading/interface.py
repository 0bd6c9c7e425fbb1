"""The texts of the interface, as they stand in the code and in the templates of this product."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file

from safety_plan.reading.catalogue_merge import Wanted
from safety_plan.reading.plan_texts import common_texts

PACKAGE = Path(__file__).parents[1]
"""The folder of this product's code."""

_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "say": None,
    "later": None,
    "say_n": (1, 2),
    "say_in": ((1, "c"), 2),
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
"""What stands before a text, in code and in templates, and which of its arguments are texts or what they are about."""

_METHODS = {".py": "python", ".html": "jinja2"}
_OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
_COMMON = "reading/schema/categories.py"


def interface_texts() -> tuple[Wanted, ...]:
    """Every text of the interface, and of the lists that a plan has without writing them, in the order of the files."""
    found: dict[tuple[str, str], Wanted] = {}
    for text in (*_extracted(), *(Wanted(one.context, (one.text,), (_COMMON,)) for one in common_texts())):
        known = found.get(text.key)
        found[text.key] = text if known is None else known.along_with(text)
    return tuple(found.values())


def _extracted() -> Iterator[Wanted]:
    for path in sorted(PACKAGE.rglob("*")):
        method = _METHODS.get(path.suffix)
        if method is None:
            continue
        file = path.relative_to(PACKAGE).as_posix()
        for _, message, _, context in extract_from_file(method, path, _KEYWORDS, (), _OPTIONS):
            ids = (message,) if isinstance(message, str) else tuple(message)
            yield Wanted(context or "", ids, (file,))
