"""What is owed as Markdown: the text of the issue that reminds everybody each week."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from safety_plan.commands.due.found import Due, Owed
from safety_plan.problems import Place
from safety_plan.publishing import words

MARKER = "<!-- safety-plan: due -->"
"""The first line, by which the issue is found again; nobody sees it."""

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&$])")


def as_markdown(owed: Owed, edit: Callable[[Place], str]) -> str:
    """A heading for each owner, and a box to tick for each promise.

    `edit` gives the address at which a place of the plan can be changed in a browser, empty where it is not known.
    """
    return "\n".join([MARKER, f"**{_plain(owed.plan.document.title)}**", "", owed.summary, *_parts(owed, edit)]) + "\n"


def _parts(owed: Owed, edit: Callable[[Place], str]) -> Iterator[str]:
    for owner in owed.owners:
        yield from ("", f"## {_plain(owner.name)}", "")
        for due in owner.dues:
            yield _item(due, edit(due.place))


def _item(due: Due, address: str) -> str:
    line = f"{due.place.shown_file}, line {due.place.line}"
    place = f"[{_plain(line)}]({address})" if address else f"`{due.line}`"
    day = words.date(due.item.due)
    when = f"was due {day}, **{due.when}**" if due.item.days else f"is {due.when}, on {day}"
    typed = f" Or type `{due.command}`." if due.command else ""
    return f"- [ ] {_plain(due.what)} {when}. {place}: {_plain(due.write)}{typed}"


def _plain(text: str) -> str:
    """A text in which no sign means anything to Markdown, and no word calls somebody by their name."""
    return _SIGNS.sub(r"\\\1", text).replace("@", "@<!-- -->")
