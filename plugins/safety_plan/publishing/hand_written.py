"""Hand-written pages in each language of the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from safety_plan.reading.content import HandWritten

_A_LANGUAGE = "es"
"""A folder such as that of any further language."""

_FILE_LINK = re.compile(
    r"(\]\(|^ {0,3}\[[^\]\n]+\]: +)(?![a-z][a-z0-9+.-]*:|[/#<])([^)\s]+)", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True)
class Shown:
    """A hand-written page as it is shown in one language: its path is that within the site of the language.

    Where it has no twin in that language, it is shown as it is in the first one, and `translated` is False.
    """

    page: HandWritten
    translated: bool = True


def shown_in(prefixes: Iterable[str], content: Iterable[HandWritten]) -> dict[str, tuple[Shown, ...]]:
    """The hand-written pages of each language, by the folder of its site; the first folder is the root.

    The twin of `about/x.md` in Spanish is `es/about/x.md`.
    """
    first, *others = prefixes
    written = tuple(content)
    of_first = tuple(page for page in written if not page.path.startswith(tuple(others)))
    found = {first: tuple(Shown(page) for page in of_first)}
    for prefix in others:
        twins = {
            page.path.removeprefix(prefix): replace(page, path=page.path.removeprefix(prefix))
            for page in written
            if page.path.startswith(prefix)
        }
        here = [Shown(twins.pop(page.path)) if page.path in twins else _borrowed(page) for page in of_first]
        found[prefix] = (*here, *map(Shown, twins.values()))
    return found


def _borrowed(page: HandWritten) -> Shown:
    """A page of the first language within another one's site, whose pictures stay where they are."""
    folder = posixpath.dirname(page.path)

    def moved(file: str) -> str:
        # Pages stand in the site of each language at the same place, and so do links to them.
        if file.endswith(".md"):
            return file
        return posixpath.relpath(posixpath.join(folder, file), posixpath.join(_A_LANGUAGE, folder))

    return Shown(replace(page, text=with_file_links(page.text, moved)), translated=False)


def with_file_links(text: str, moved: Callable[[str], str]) -> str:
    """A text whose links and pictures lead to files as `moved` says: it gets and gives each name as it is written."""

    def link(match: re.Match[str]) -> str:
        file, sign, anchor = match[2].partition("#")
        return f"{match[1]}{moved(file)}{sign}{anchor}" if "." in posixpath.basename(file) else match[0]

    return _FILE_LINK.sub(link, text)
