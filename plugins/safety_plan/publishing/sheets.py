"""All styles of a page as one small style sheet: fewer bytes and fewer requests on a slow line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"[^{}]*[{}]")
_DARK = re.compile(r"\[data-md-color-scheme=[\"']?slate[\"']?\]")
_CHOICE = re.compile(r"\[data-md-color-((?:primary|accent)=)[\"']?([\w-]+)[\"']?\]")
# A reader who has chosen light by the switch has scripts; until they all run, the first one marks that choice.
_WITHOUT_SCRIPTS = ".no-js body:not([data-md-color-media])"


@dataclass(frozen=True)
class _Rule:
    """A rule of a style sheet in the conditions that it stands in, such as `@media print`, the outermost first."""

    conditions: tuple[str, ...]
    selectors: str
    text: str

    def __str__(self) -> str:
        opened = "".join(f"{one}{{" for one in self.conditions)
        return f"{opened}{self.selectors}{{{self.text}}}{'}' * len(self.conditions)}"


def one_sheet(palette: str, own: Sequence[str], colours: frozenset[str]) -> str:
    """The style sheet of every page: the theme's palette and our own sheets, in this order, without what no page uses.

    Of the palette's many colours only those in `colours` are kept, such as primary=indigo. At the end stand all rules
    for dark pages once more, for readers who prefer dark and have no scripts: Material turns dark by a script. Raises
    ValueError if there are no rules for dark pages at all.
    """
    ruled = [rule for rule in _rules(palette) if _choices(rule) <= colours]
    sheets = [_small(sheet) for sheet in own]
    dark = [again for rules in (ruled, *map(_rules, own)) for rule in rules for again in _dark(rule)]
    if not dark:
        raise ValueError("no style sheet has rules for dark pages")
    without_scripts = "@media screen and (prefers-color-scheme:dark){" + "".join(map(str, dark)) + "}"
    return "\n".join(["".join(map(str, ruled)), *sheets, without_scripts]) + "\n"


def _small(sheet: str) -> str:
    """A style sheet without comments and needless space. What stands in quotes is kept as it is."""
    parts = re.split(r"(\"[^\"]*\"|'[^']*')", _COMMENT.sub("", sheet))
    for number in range(0, len(parts), 2):
        part = re.sub(r"\s+", " ", parts[number])
        parts[number] = re.sub(r" ?([{};,]) ?", r"\1", part).replace(": ", ":").replace(";}", "}")
    return "".join(parts).strip()


def _rules(sheet: str) -> Iterator[_Rule]:
    around: list[str] = []
    for piece in _PIECE.findall(_small(sheet)):
        text, sign = piece[:-1].strip(), piece[-1]
        if sign == "{":
            around.append(text)
            continue
        selectors = around.pop()
        if not selectors.startswith("@"):
            yield _Rule(tuple(around), selectors, text)


def _choices(rule: _Rule) -> set[str]:
    return {kind + name for kind, name in _CHOICE.findall(rule.selectors)}


def _dark(rule: _Rule) -> Iterator[_Rule]:
    """The rule for dark pages without scripts, if it is one for dark pages."""
    chosen = [_DARK.sub(_WITHOUT_SCRIPTS, one.strip()) for one in _split(rule.selectors) if _is_dark(one)]
    if chosen:
        yield _Rule(rule.conditions, ",".join(chosen), rule.text)


def _split(selectors: str) -> list[str]:
    """The selectors of a list; a comma within brackets or quotes separates nothing."""
    return re.findall(r"(?:[^,(\"\[]|\([^)]*\)|\[[^\]]*\]|\"[^\"]*\")+", selectors)


def _is_dark(selector: str) -> bool:
    return bool(_DARK.search(re.sub(r":not\([^)]*\)", "", selector)))
