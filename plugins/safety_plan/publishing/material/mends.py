"""Mends of what Material writes around a page, for faults that style sheets and templates of our own cannot reach.

Each one names what it mends, so that a release of Material in which the place looks different stops the build rather
than publish the fault again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


class ThemeChangedError(ValueError):
    """The place of a mend is gone; its text says which."""


@dataclass(frozen=True)
class Mend:
    """One mend: what is wrong, how to see that the page has that part at all, the place, and what stands there then."""

    wrong: str
    part: str
    place: re.Pattern[str]
    instead: str | Callable[[re.Match[str]], str]

    def on(self, page: str) -> str:
        """The page with the mend, or as it was where it has no such part. Raises ThemeChangedError."""
        if self.part not in page:
            return page
        mended, places = self.place.subn(self.instead, page)
        if not places:
            raise ThemeChangedError(
                f"the theme writes its pages in another way than safety-plan knows, so this would be published: "
                f"{self.wrong}. Fix: install the release of mkdocs-material named in requirements.lock"
            )
        return mended


MENDS = (
    Mend(
        "check boxes with autocomplete, which HTML does not allow",
        'class="md-toggle"',
        re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off"'),
        r"\1",
    ),
    Mend(
        "a style sheet of colours that no page has; those they have are in our own",
        "assets/stylesheets/palette.",
        re.compile(r'<link rel="stylesheet" href="[^"]*assets/stylesheets/palette\.[^"]*">'),
        "",
    ),
    Mend(
        "a menu button that works without a keyboard only; the menu under the header does its work",
        'for="__drawer"',
        re.compile(r'<label class="md-(?:overlay|header__button md-icon)" for="__drawer">.*?</label>', re.DOTALL),
        "",
    ),
    Mend(
        "a heading of the page's contents that is a label of nothing",
        'for="__toc"',
        re.compile(r'<label class="md-nav__title" for="__toc">(.*?)</label>', re.DOTALL),
        r'<p class="md-nav__title">\1</p>',
    ),
    Mend(
        "a script that looks for a sitemap at the page in each other language, where there is none",
        '<link rel="alternate" hreflang=',
        # A space more means the same to everyone but that script.
        re.compile(r'<link rel="alternate"(?= hreflang=)'),
        '<link rel="alternate "',
    ),
    Mend(
        "a search that claims to be a dialog, without a name",
        'data-md-component="search"',
        re.compile(r'(<div class="md-search" data-md-component="search") role="dialog"'),
        r"\1",
    ),
    Mend(
        "a switch between light and dark of which one half never shows the focus",
        'data-md-component="palette"',
        re.compile(
            r'<label class="md-header__button md-icon" title="([^"]*)" for="(\w+)" hidden>(.*?)</label>', re.DOTALL
        ),
        r'<button type="button" class="md-header__button md-icon" data-clicks="\2" title="\1" aria-label="\1" hidden>'
        r"\3</button>",
    ),
    Mend(
        "a search button that works without a keyboard only",
        'data-md-component="search"',
        # The field has the name of the button in the page's language, and stands after it.
        re.compile(
            r'<label class="md-header__button md-icon" for="__search">(?P<icon>.*?)</label>'
            r'(?P<between>.*?<input type="text" class="md-search__input"[^>]* aria-label="(?P<name>[^"]*)")',
            re.DOTALL,
        ),
        r'<button type="button" class="md-header__button md-icon sp-open-search" data-clicks="__search"'
        r' aria-label="\g<name>">\g<icon></button>'
        r"\g<between>",
    ),
)


def mended(page: str) -> str:
    """A page with all mends. Raises ThemeChangedError if the theme no longer has a place that a mend is for."""
    for mend in MENDS:
        page = mend.on(page)
    return page


def with_switch_in(language: str, page: str) -> str:
    """A page whose switch between light and dark has words in another language than the page, "" where it has not.

    Raises ThemeChangedError like `mended`.
    """
    if not language:
        return page
    mend = Mend(
        "a switch between light and dark that does not say which language it speaks",
        'data-md-component="palette"',
        re.compile(r'<form (?=[^>]*data-md-component="palette")'),
        f'<form lang="{language}" ',
    )
    return mend.on(page)
