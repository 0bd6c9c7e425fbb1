"""What is wrong with a single translation: it says another number than its original, or it would break the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from string import Formatter

from babel.messages.catalog import Message

from safety_plan.problems import Place, Problem, shown
from safety_plan.reading.catalogues import strings
from safety_plan.reading.live import mentions
from safety_plan.reading.plan_texts import PlanText

_NAMED = re.compile(r"%\((\w+)\)s")
_TAG = re.compile(r"<(/?[a-z]+)")


def figure_problems(message: Message, place: Place) -> Iterator[Problem]:
    """Live figures and links that a translation of a text of the plan has lost, or that its original does not have."""
    original, translation = _mentioned(str(message.id)), _mentioned(str(message.string))
    yield from _difference(original, translation, place, "live figure or link")


def _mentioned(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in mentions(text):
        subject = f"{one.id} {one.period}".strip()
        found[f"({one.kind}:{one.id})" if one.what == "link" else f"{{{{ {one.kind} {subject} }}}}"] += 1
    return found


def value_problems(message: Message, place: Place) -> Iterator[Problem]:
    """Values and tags that a translation of a text of the interface has lost, or that its original does not have."""
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    allowed = {name for id in ids for name in _values(id) or ()}
    for text in strings(message):
        found = _values(text)
        if found is None:
            yield Problem(
                place,
                f'found a brace that nothing closes in "{shown(text)}"',
                allowed="each value in its pair of braces, as in {day}",
                fix="close the brace, or copy the value from the original.",
            )
        elif "%" in _NAMED.sub("", text).replace("%%", "") and not any("%" in id for id in ids):
            yield Problem(
                place,
                f'found a single percent sign in "{shown(text)}"',
                allowed="two of them for one on the page",
                fix="write %% instead.",
            )
        # Where a text counts, the form for one may say it in words.
        needed = set() if len(ids) > 1 or found is None else allowed
        yield from _difference(Counter(needed), Counter((found or set()) - (allowed - needed)), place, "value")
        yield from _difference(_tags(ids[-1]), _tags(text), place, "tag")


def _tags(text: str) -> Counter[str]:
    return Counter(f"<{name}>" for name in _TAG.findall(text))


def _values(text: str) -> set[str] | None:
    """The names of the values in a text, or nothing where it cannot be filled in."""
    try:
        fields = [field for _, field, _, _ in Formatter().parse(text)]
    except ValueError:
        return None
    return {f"{{{field}}}" for field in fields if field is not None} | {
        match.group() for match in _NAMED.finditer(text)
    }


def _difference(original: Counter[str], translation: Counter[str], place: Place, what: str) -> Iterator[Problem]:
    for lost in sorted((original - translation).elements()):
        yield Problem(
            place,
            f'found a translation without the {what} "{shown(lost)}" of its original',
            allowed=f"every {what} of the original, once",
            fix=f'add "{shown(lost)}" where it belongs in the translation.',
        )
    for added in sorted((translation - original).elements()):
        yield Problem(
            place,
            f'found the {what} "{shown(added)}" in a translation, but not in its original',
            allowed=f"every {what} of the original, once",
            fix="delete it, or copy the right one from the original.",
        )


def same_name_problems(
    names: Iterable[tuple[PlanText, str]], places: dict[tuple[str, str], Place]
) -> Iterator[Problem]:
    """Two names of one list that became the same one. `names` are those of the list, each with its translation."""
    first: dict[str, PlanText] = {}
    for name, translation in names:
        other = first.setdefault(translation.casefold(), name)
        if other.text.casefold() != name.text.casefold():
            yield Problem(
                places[name.key],
                f'found "{shown(translation)}" for "{shown(name.text)}" and for "{shown(other.text)}"',
                allowed="a translation of its own for each name of a list",
                fix="choose other words for one of the two.",
            )
