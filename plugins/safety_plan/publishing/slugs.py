"""Names that a town chooses, as anchors of pages and as words of style sheets."""

from __future__ import annotations

from markdown.extensions.toc import slugify_unicode


def slug(name: str) -> str:
    """Small letters, digits and hyphens: "Very high" is very-high."""
    return slugify_unicode(name, "-")
