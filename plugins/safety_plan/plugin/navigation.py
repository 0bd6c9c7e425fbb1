"""The navigation of each language, and where deep pages hang in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.nav import Section as NavSection
from mkdocs.structure.pages import Page as MkDocsPage

from safety_plan.plugin.pages import PlanPage
from safety_plan.publishing.site import Site, source_of


def navigations(nav: Navigation, prefixes: Sequence[str]) -> dict[str, Navigation]:
    """One navigation for each language, by the folder of its site. The last entries are those of other languages."""
    first, *others = prefixes
    at = len(nav.items) - len(others)
    found = {first: Navigation(nav.items[:at], [page for page in nav.pages if not _is_below(page, others)])}
    for prefix, section in zip(others, nav.items[at:], strict=True):
        assert isinstance(section, NavSection)
        for item in section.children:
            item.parent = None
        own = Navigation(section.children, [page for page in nav.pages if _is_below(page, [prefix])])
        own.homepage = own.pages[0]
        found[prefix] = own
    for navigation in found.values():
        # A language ends where its pages end.
        navigation.pages[0].previous_page = navigation.pages[-1].next_page = None
    return found


def hang(site: Site, navigation: Navigation, files: Files) -> None:
    """Hang each deep page of a language under the section it belongs to."""
    sections = _sections_by_index(navigation.items)
    for page in site.pages:
        file = files.get_file_from_path(f"{site.prefix}{page.source}")
        if file is None or not isinstance(file.page, PlanPage):
            continue
        section = sections.get(f"{site.prefix}{source_of(page.section)}")
        if file.page.parent is None:
            file.page.parent = section
        file.page.alone = section is None or len(section.children) == 1


def _is_below(page: MkDocsPage, prefixes: Iterable[str]) -> bool:
    return page.file.src_uri.startswith(tuple(prefixes))


def _sections_by_index(items: Iterable[Any]) -> Mapping[str, NavSection]:
    found: dict[str, NavSection] = {}
    for item in items:
        if isinstance(item, NavSection):
            found.update(_sections_by_index(item.children))
            for child in item.children:
                if isinstance(child, MkDocsPage):
                    found.setdefault(child.file.src_uri, item)
    return found
