"""The theme's style sheet without what no page of the site needs: most of it is for parts that a plan never shows."""

from __future__ import annotations

import re
from collections.abc import Collection

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"(?:[^{}\"]|\"[^\"]*\")*[{}]")
_SELECTOR = re.compile(r"(?:[^,(\"\[]|\([^)]*\)|\[[^\]]*\]|\"[^\"]*\")+")
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_ICON = re.compile(r"(--[\w-]*icon[\w-]*):(?:\"[^\"]*\"|[^;}\"])*;?")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_WORD = re.compile(r"[\w-]+")


def classes_of(html: str) -> set[str]:
    """The classes that stand on a page."""
    return {one for found in _CLASSES.findall(html) for one in found.split()}


def words_of(script: str) -> set[str]:
    """Every word of a script: each may be a class that it gives to something."""
    return set(_WORD.findall(script))


def without_unused(sheet: str, classes: Collection[str]) -> str:
    """A style sheet without the rules that need a class which is not among `classes`, and without the pictures that
    only those rules showed. What it cannot judge, it keeps."""
    there = set(classes)
    kept: list[str] = []
    around: list[tuple[str, int]] = []
    for piece in _PIECE.findall(_COMMENT.sub("", sheet)):
        text, sign = piece[:-1], piece[-1]
        if sign == "{":
            around.append((text, len(kept)))
            kept.append(piece)
            continue
        opened, at = around.pop()
        if opened.startswith("@"):
            _close(kept, piece, at)
        elif any(outer.startswith("@keyframes") for outer, _ in around):
            kept.append(piece)
        else:
            chosen = [one for one in _SELECTOR.findall(opened) if _needs(one) <= there]
            kept[at:] = [",".join(chosen) + "{", piece] if chosen else []
    left = "".join(kept)
    shown = set(re.findall(r"var\((--[\w-]+)", left))
    return _ICON.sub(lambda found: found[0] if found[1] in shown else "", left)


def _close(kept: list[str], piece: str, at: int) -> None:
    """The end of a condition; one in which nothing is left goes."""
    if at == len(kept) - 1 and not piece[:-1].strip():
        kept.pop()
    else:
        kept.append(piece)


def _needs(selector: str) -> set[str]:
    return set(_CLASS.findall(_BRACKETS.sub("", selector)))
