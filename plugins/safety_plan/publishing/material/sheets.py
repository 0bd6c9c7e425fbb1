"""All styles of a page as one small style sheet: fewer bytes and fewer requests on a slow line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from safety_plan.publishing.material.styles import Rule, rules, without_comments, written

_DARK = re.compile(r"\[data-md-color-scheme=[\"']?slate[\"']?\]")
_CHOICE = re.compile(r"\[data-md-color-((?:primary|accent)=)[\"']?([\w-]+)[\"']?\]")
# A reader who has chosen light by the switch has scripts; until they all run, the first one marks that choice.
_WITHOUT_SCRIPTS = ".no-js body:not([data-md-color-media])"


def one_sheet(palette: str, own: Sequence[str], colours: frozenset[str]) -> str:
    """The style sheet of every page: the theme's palette and our own sheets, in this order, without what no page uses.

    Of the palette's many colours only those in `colours` are kept, such as primary=indigo. At the end stand all rules
    for dark pages once more, for readers who prefer dark and have no scripts: Material turns dark by a script. Raises
    ValueError if there are no rules for dark pages at all.
    """
    sheets = [_small(sheet) for sheet in own]
    ruled = [rule for rule in rules(_small(palette)) if _choices(rule) <= colours]
    dark = [again for found in (ruled, *map(rules, sheets)) for rule in found for again in _dark(rule)]
    if not dark:
        raise ValueError("no style sheet has rules for dark pages")
    without_scripts = f"@media screen and (prefers-color-scheme:dark){{{written(dark)}}}"
    return "\n".join([written(ruled), *sheets, without_scripts]) + "\n"


def _small(sheet: str) -> str:
    """A style sheet without comments and needless space. What stands in quotes is kept as it is."""
    parts = re.split(r"(\"[^\"]*\"|'[^']*')", without_comments(sheet))
    for number in range(0, len(parts), 2):
        part = re.sub(r"\s+", " ", parts[number])
        parts[number] = re.sub(r" ?([{};,]) ?", r"\1", part).replace(": ", ":").replace(";}", "}")
    return "".join(parts).strip()


def _choices(rule: Rule) -> set[str]:
    return {kind + name for one in rule.selectors for kind, name in _CHOICE.findall(one)}


def _dark(rule: Rule) -> Iterator[Rule]:
    """The rule for dark pages without scripts, if it is one for dark pages."""
    chosen = tuple(_DARK.sub(_WITHOUT_SCRIPTS, one) for one in rule.selectors if _is_dark(one))
    if chosen:
        yield Rule(rule.conditions, chosen, rule.text)


def _is_dark(selector: str) -> bool:
    return bool(_DARK.search(re.sub(r":not\([^)]*\)", "", selector)))
