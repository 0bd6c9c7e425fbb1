"""The theme's style sheet without what no page of the site needs: most of it is for parts that a plan never shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from safety_plan.publishing.material.styles import Rule, rules, written

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
    left = written(_used(rules(sheet), set(classes)))
    shown = set(re.findall(r"var\((--[\w-]+)", left))
    return _ICON.sub(lambda found: found[0] if found[1] in shown else "", left)


def _used(of: Iterable[Rule], there: set[str]) -> Iterator[Rule]:
    for rule in of:
        if not rule.is_of_elements:
            yield rule
        elif chosen := tuple(one for one in rule.selectors if _needs(one) <= there):
            yield Rule(rule.conditions, chosen, rule.text)


def _needs(selector: str) -> set[str]:
    return set(_CLASS.findall(_BRACKETS.sub("", selector)))
