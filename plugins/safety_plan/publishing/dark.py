"""Dark pages for readers without scripts: Material turns dark by a script, so its rules are said again for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DARK = re.compile(r"\[data-md-color-scheme=[\"']?slate[\"']?\]")
# A reader who has chosen light by the switch has scripts; until they all run, the first one marks that choice.
_WITHOUT_SCRIPTS = ".no-js body:not([data-md-color-media])"
_PIECE = re.compile(r"[^{}]*[{}]")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def dark_without_scripts(*sheets: str) -> str:
    """The style sheet that turns pages dark for readers who prefer that and have no scripts.

    Made of all rules for the dark scheme in the style sheets given, in their order. Raises ValueError when a sheet that
    should colour dark pages has no such rule.
    """
    rules = [rule for sheet in sheets for rule in _dark_rules(sheet)]
    if not rules:
        raise ValueError("no style sheet has rules for dark pages")
    return "@media screen and (prefers-color-scheme: dark) {\n" + "\n".join(rules) + "\n}\n"


def _dark_rules(sheet: str) -> Iterator[str]:
    """Each rule of a style sheet for the dark scheme, in the conditions that it stands in."""
    around: list[str] = []
    for piece in _PIECE.findall(_COMMENT.sub("", sheet)):
        text, sign = piece[:-1].strip(), piece[-1]
        if sign == "{":
            around.append(text)
            continue
        selectors = around.pop()
        if not selectors.startswith("@"):
            chosen = [_DARK.sub(_WITHOUT_SCRIPTS, one.strip()) for one in _split(selectors) if _is_dark(one)]
            if chosen:
                conditions = [one for one in around if one.startswith("@")]
                opened = "".join(f"{one}{{" for one in conditions)
                yield f"{opened}{','.join(chosen)}{{{text}}}{'}' * len(conditions)}"


def _split(selectors: str) -> list[str]:
    """The selectors of a list; a comma within brackets or quotes separates nothing."""
    return re.findall(r"(?:[^,(\"\[]|\([^)]*\)|\[[^\]]*\]|\"[^\"]*\")+", selectors)


def _is_dark(selector: str) -> bool:
    return bool(_DARK.search(re.sub(r":not\([^)]*\)", "", selector)))
