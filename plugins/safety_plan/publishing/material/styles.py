"""Style sheets read into their rules, and written again from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"(?:[^{}\"']++|\"[^\"]*\"|'[^']*')*+[{}]")
_STATEMENT = re.compile(r"\s*(@[\w-]+[^;{}]*;)")
_SELECTOR = re.compile(r"(?:[^,(\"\[]|\([^)]*\)|\[[^\]]*\]|\"[^\"]*\")+")
_DECLARATION = re.compile(r"(?:[^;(\"']|\([^)]*\)|\"[^\"]*\"|'[^']*')+")


@dataclass(frozen=True)
class Rule:
    """A rule of a style sheet in the conditions that it stands in, such as `@media print`, the outermost first.

    `selectors` is a single name with an @ for what is said of no element: `@font-face` with its declarations as `text`,
    or a whole statement, such as `@charset "UTF-8";`, with no text.
    """

    conditions: tuple[str, ...]
    selectors: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        selectors = ",".join(self.selectors)
        return selectors if selectors.endswith(";") else f"{selectors}{{{self.text}}}"

    @property
    def is_of_elements(self) -> bool:
        """Whether its selectors choose elements of a page."""
        return not self.selectors[0].startswith("@") and not any(
            one.startswith("@keyframes") for one in self.conditions
        )

    @property
    def declarations(self) -> Iterator[tuple[str, str]]:
        """Each property and its value."""
        for one in _DECLARATION.findall(self.text):
            name, found, value = one.partition(":")
            if found:
                yield name.strip(), value.strip()


def without_comments(sheet: str) -> str:
    """A style sheet without what is said in it to its readers alone."""
    return _COMMENT.sub("", sheet)


def rules(sheet: str) -> Iterator[Rule]:
    """Every rule of a style sheet, in order. A condition in which nothing stands has none."""
    around: list[str] = []
    for piece in _PIECE.findall(without_comments(sheet)):
        text, sign = piece[:-1], piece[-1]
        if sign == "{":
            while statement := _STATEMENT.match(text):
                yield Rule(tuple(around), (statement[1],), "")
                text = text[statement.end() :]
            around.append(text.strip())
            continue
        opened = around.pop()
        if not opened.startswith("@"):
            yield Rule(tuple(around), tuple(one.strip() for one in _SELECTOR.findall(opened)), text.strip())
        elif text.strip():
            yield Rule(tuple(around), (opened,), text.strip())


def written(of: Iterable[Rule]) -> str:
    """A style sheet of these rules; those that follow one another in the same conditions stand in them together."""
    parts = []
    for conditions, together in groupby(of, key=lambda rule: rule.conditions):
        opened = "".join(f"{one}{{" for one in conditions)
        parts.append(f"{opened}{''.join(map(str, together))}{'}' * len(conditions)}")
    return "".join(parts)
