"""The hand-written pages in `content/`: their texts, and the places of what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from safety_plan.problems import Place, Problem
from safety_plan.reading.document import read_document, text_of
from safety_plan.reading.folder import label
from safety_plan.reading.live import without_code

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)[^)]*\)")
_FRONT_MATTER = re.compile(r"(?P<settings>---[ \t]*\n.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """A link from a hand-written page to a file: `target` as written, without its anchor, and the anchor."""

    target: str
    anchor: str
    offset: int


@dataclass(frozen=True)
class HandWritten:
    """A hand-written page: `path` within the content folder, `file` as staff know it."""

    path: str
    file: str
    text: str

    def place(self, offset: int) -> Place:
        """The place of an offset in the text."""
        return Place.in_text(self.file, self.text, offset)

    def links(self) -> Iterator[Link]:
        """The page's links to other pages of the site, by their files."""
        for match in _LINK.finditer(without_code(self.text)):
            target, _, anchor = match["target"].partition("#")
            if target and not _ELSEWHERE.match(target):
                yield Link(target, anchor, match.start("target"))


def read_content(folder: Path, base: Path) -> tuple[tuple[HandWritten, ...], list[Problem]]:
    """All hand-written pages of a folder; a folder that is not there holds none."""
    pages, problems = [], []
    for path in sorted(folder.rglob("*.md")):
        file = label(path, base)
        text, wrong = text_of(path.read_bytes(), file)
        problems += wrong
        if not wrong:
            pages.append(HandWritten(path.relative_to(folder).as_posix(), file, text))
            problems += _front_matter_problems(text, file)
    return tuple(pages), problems


def without_front_matter(text: str) -> str:
    """The text of a page without the settings above it."""
    match = _FRONT_MATTER.match(text)
    return text[match.end() :] if match else text


def _front_matter_problems(text: str, file: str) -> list[Problem]:
    """Settings above a page that cannot be read. MkDocs would silently print them as text."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return []
    # The first line, ---, opens a YAML document as well: the lines keep their numbers.
    _, problems = read_document(match["settings"].encode(), file)
    return problems
