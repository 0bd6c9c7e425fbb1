"""Everything that is made of a plan before MkDocs builds a page."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page as MkDocsPage

from safety_plan.pdf import Manuscript
from safety_plan.plan.build import build_plans
from safety_plan.plugin.pages import PlanPage
from safety_plan.problems import PlanError
from safety_plan.publishing.editions import Edition, broken_links, editions
from safety_plan.publishing.hand_written import Shown, shown_in
from safety_plan.publishing.site import Page
from safety_plan.publishing.trail import Trail, Trails
from safety_plan.reading.content import read_content
from safety_plan.reading.folder import read_folder
from safety_plan.reading.history import read_history
from safety_plan.reading.look import look_problems
from safety_plan.reading.translations import read_translations


@dataclass(frozen=True)
class Places:
    """Where everything stands: the folder of mkdocs.yml, that of the plan, that of the hand-written pages."""

    base: Path
    data: Path
    docs: Path


@dataclass(frozen=True)
class Made:
    """The plan in each language, its hand-written pages by the folder of the language's site, and all their trails."""

    places: Places
    editions: tuple[Edition, ...]
    content: dict[str, tuple[Shown, ...]]
    trails: Trails

    @property
    def first(self) -> Edition:
        """The edition in the language that the plan is written in."""
        return self.editions[0]

    def edition(self, page: MkDocsPage) -> Edition:
        """The edition that a page belongs to."""
        first, *others = self.editions
        return next((one for one in others if page.file.src_uri.startswith(one.site.prefix)), first)

    def path(self, page: MkDocsPage) -> str:
        """The file of a page within the site of its language."""
        return page.file.src_uri.removeprefix(self.edition(page).site.prefix)

    def address(self, page: MkDocsPage) -> str:
        """The address of a page within the site of its language."""
        return (
            page.made.address if isinstance(page, PlanPage) else page.url.removeprefix(self.edition(page).site.prefix)
        )

    def trail(self, page: MkDocsPage) -> Trail:
        """When what stands on a page was last changed."""
        if isinstance(page, PlanPage):
            return self.trails.of_page(page.made)
        path, written = self.path(page), self.content[self.edition(page).site.prefix]
        return self.trails.of_file(next((one.page.file for one in written if one.page.path == path), ""))

    def is_borrowed(self, page: MkDocsPage) -> bool:
        """Whether a page is a hand-written one without a translation."""
        path = self.path(page)
        return any(one.page.path == path and not one.translated for one in self.content[self.edition(page).site.prefix])

    def is_everywhere(self, page: MkDocsPage) -> bool:
        """Whether a page exists in each language; only a hand-written one without an original does not."""
        path = self.path(page)
        return isinstance(page, PlanPage) or any(one.page.path == path for one in self.content[""])

    def manuscripts(self) -> Iterator[Manuscript]:
        """The documents to print in each language."""
        for site in (edition.site for edition in self.editions):
            for document in site.documents:
                yield Manuscript(f"{site.prefix}{document.address}", document.html)

    def edit_uri(self, page: Page) -> str | None:
        """The line of YAML that made a page, as seen from the folder of hand-written pages."""
        base, docs = self.places.base, self.places.docs
        path = base / page.place.file
        if not path.is_relative_to(base) or not docs.is_relative_to(base):
            return None
        start = docs.relative_to(base).as_posix()
        return f"{posixpath.relpath(path.relative_to(base).as_posix(), start)}#L{page.place.line}"


@dataclass(frozen=True)
class Making:
    """What else decides how pages are made: the day that counts as today, that of the build, the addresses of the site
    and of the plan's files, and whether there are PDF files of the documents."""

    as_of: dt.date
    built_on: dt.date
    site_url: str
    repo_url: str
    pdf: bool


def make(places: Places, making: Making) -> Made:
    """Read and check everything, and make all pages. Raises PluginError with all that is wrong."""
    records, problems = read_folder(places.data, places.base)
    content, more = read_content(places.docs, places.base)
    translations, wrong = read_translations(places.data, places.base, records)
    look = look_problems(records, places.docs, places.base)
    try:
        plans = build_plans(records, translations, content, [*problems, *more, *wrong, *look])
        made = editions(plans, making.as_of, making.built_on, content, making.site_url, making.pdf)
        broken = broken_links(made[0], [one.site.prefix for one in made], content)
        if broken:
            raise PlanError(broken)
    except PlanError as error:
        raise PluginError(str(error)) from None
    texts = {**records.texts, **{page.file: page.text for page in content}}
    history = read_history(places.base, texts, records.registers)
    trails = Trails(made[0].plan, history, making.repo_url, making.built_on)
    return Made(places, made, shown_in([one.site.prefix for one in made], content), trails)
