"""Names that a town chooses, as anchors of pages, as words of style sheets, and in the order of the alphabet."""

from __future__ import annotations

import unicodedata

from markdown.extensions.toc import slugify_unicode


def slug(name: str) -> str:
    """Small letters, digits and hyphens: "Very high" is very-high."""
    return slugify_unicode(name, "-")


def alphabetical(name: str) -> tuple[str, str]:
    """What names are sorted by: letters with accents stand with those without, capitals with small ones.

    Between names that differ in nothing else the name itself decides.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    return plain.casefold(), name
