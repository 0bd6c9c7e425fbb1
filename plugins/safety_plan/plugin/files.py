"""The files that we add to those MkDocs found."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from safety_plan.language import speaking
from safety_plan.plugin.made import Made
from safety_plan.plugin.pages import PlanPage
from safety_plan.plugin.theme import STYLE, style_sheet
from safety_plan.publishing.forward import forward_page
from safety_plan.publishing.icon import icon_files
from safety_plan.publishing.share import robots
from safety_plan.publishing.site import Site, source_of


def add_files(made: Made, files: Files, config: MkDocsConfig) -> None:
    """Add the plan's pages in each language, what they need, and forwarding pages for addresses of old."""
    for edition in made.editions:
        _add_pages(made, edition.site, files, config)
        _add_borrowed(made, edition.site.prefix, files, config)
    files.append(File.generated(config, STYLE, content=style_sheet(config)))
    _add_common(made, files, config)


def _add_pages(made: Made, site: Site, files: Files, config: MkDocsConfig) -> None:
    in_navigation = _sources(site)
    for page in site.pages:
        level = InclusionLevel.INCLUDED if page.source in in_navigation else InclusionLevel.NOT_IN_NAV
        file = File.generated(config, f"{site.prefix}{page.source}", content="", inclusion=level)
        file.edit_uri = made.edit_uri(page)
        PlanPage(page, site, file, config)
        files.append(file)
    with speaking(site.language):
        for former, now in site.forwards.items():
            address = f"{site.prefix}{former}index.html"
            home = f"{config.site_url}{site.prefix}" if config.site_url else ""
            files.append(File.generated(config, address, content=forward_page(former, now, home)))
    for address, content in site.downloads.items():
        files.append(File.generated(config, address, content=content))
    for document in site.documents:
        files.append(File.generated(config, f"{site.prefix}{document.address}index.html", content=document.html))


def _add_common(made: Made, files: Files, config: MkDocsConfig) -> None:
    """The files that browsers and search engines look for; those of the town itself are left as they are."""
    common = {**icon_files(made.first.plan.town), "robots.txt": robots(config.site_url or "")}
    for address, content in common.items():
        if files.get_file_from_path(address) is None:
            files.append(File.generated(config, address, content=content))


def _add_borrowed(made: Made, prefix: str, files: Files, config: MkDocsConfig) -> None:
    """The hand-written pages that a language takes from the first one."""
    for shown in made.content[prefix]:
        if not shown.translated:
            file = File.generated(config, f"{prefix}{shown.page.path}", content=shown.page.text)
            file.edit_uri = shown.page.path
            files.append(file)


def _sources(site: Site) -> frozenset[str]:
    return frozenset(source_of(entry.address) for section in site.navigation for entry in (section, *section.entries))
