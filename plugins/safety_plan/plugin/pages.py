"""Pages of the plan as MkDocs knows pages."""

from __future__ import annotations

from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from safety_plan.publishing.site import Page, Site


class PlanPage(MkDocsPage):
    """A page whose HTML is ready: MkDocs only puts the theme around it."""

    def __init__(self, made: Page, site: Site, file: File, config: MkDocsConfig) -> None:
        # Themes of MkDocs do not escape titles and descriptions. The home page is called what the navigation calls it.
        super().__init__(escape(site.navigation[0].name if made.address == "" else made.title), file, config)
        self.made = made
        self.alone = False

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no source to read. The front matter is given as it would have been read."""
        self.markdown = ""
        self.meta = {"title": escape(self.made.title), "description": escape(self.made.description)}
        # The search finds what `publishing.search` says of the page, not each number on it.
        self.meta["search"] = {"exclude": True}
        if self.alone:
            # A column that says only where the reader is already takes room from the tables.
            self.meta["hide"] = ["navigation"]

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over the HTML, its contents, and its anchors, so that MkDocs checks links to them."""
        self.content = self.made.html
        self.toc = get_toc(_toc_tokens(self.made))
        self.present_anchor_ids = set(self.made.anchors)


def _toc_tokens(page: Page) -> list[Any]:
    tokens: list[dict[str, Any]] = []
    for heading in page.headings:
        token = {"level": heading.level, "id": heading.anchor, "name": heading.text, "children": []}
        if tokens and heading.level > tokens[0]["level"]:
            tokens[-1]["children"].append(token)
        else:
            tokens.append(token)
    return tokens
