"""The editions of a plan: its results and its site, once in each language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from safety_plan.language import Language, speaking
from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem
from safety_plan.publishing.build import content_problems, records_page_problems, site_of
from safety_plan.publishing.hand_written import shown_in
from safety_plan.publishing.marks import marked
from safety_plan.publishing.search import Entry, search_entries
from safety_plan.publishing.share import Shared, head
from safety_plan.publishing.site import Site
from safety_plan.publishing.trail import Trail
from safety_plan.publishing.view import Frame, LanguageSite, Studio
from safety_plan.reading.content import HandWritten
from safety_plan.results.results import Results, compute


@dataclass(frozen=True)
class Edition:
    """The plan, its results and its site in one language."""

    studio: Studio
    site: Site

    @property
    def plan(self) -> Plan:
        """The plan with its texts in this language."""
        return self.studio.plan

    @property
    def results(self) -> Results:
        """The results, whose reasons are in this language."""
        return self.studio.results

    def search_entries(self) -> tuple[Entry, ...]:
        """What the search finds in the plan; see `publishing.search`."""
        with speaking(self.site.language):
            return search_entries(self.studio, self.site.pages)

    def head(self, page: Shared, site_name: str) -> str:
        """What a page says of itself to other programs; see `publishing.share`."""
        with speaking(self.site.language):
            return marked(head(self.studio, page, site_name))

    def not_found(self, root: str) -> str:
        """What stands at an address where nothing is; `root` is the address of the whole site."""
        with speaking(self.site.language):
            return marked(self.studio.not_found(root))

    def explained(self, address: str, html: str) -> str:
        """A page in the language of this edition, with the words of the glossary explained at its foot."""
        with speaking(self.site.language):
            return marked(self.studio.explained(address, html))

    def borrowed(self, html: str) -> str:
        """A hand-written page that has no translation, in its own language and saying so."""
        with speaking(self.site.language):
            return self.studio.borrowed(html)

    def frame(
        self,
        address: str,
        *,
        title: str,
        root: str | None = None,
        everywhere: bool = True,
        trail: Trail | None = None,
    ) -> Frame:
        """What stands above and below a page; see `Studio.frame`."""
        with speaking(self.site.language):
            return self.studio.frame(address, title=title, root=root, everywhere=everywhere, trail=trail)


def editions(
    plans: Iterable[tuple[Language, Plan]],
    as_of: dt.date,
    built_on: dt.date,
    content: Iterable[HandWritten] = (),
    site_url: str = "",
    pdf: bool = False,
) -> tuple[Edition, ...]:
    """An edition for each language and the plan in it. The first one stands at the root of the site.

    `content` are the hand-written pages, for the documents to print. `site_url` is the address of the site on the
    internet, where it is known; `pdf` says whether documents to print are there as PDF files, too.
    """
    written = tuple(plans)
    places = tuple(
        LanguageSite(language, f"{language.code}/" if number else "") for number, (language, _) in enumerate(written)
    )
    shown = shown_in([place.prefix for place in places], content)
    made: list[Edition] = []
    for place, (language, plan) in zip(places, written, strict=True):
        with speaking(language):
            source = made[0].studio if made else None
            studio = Studio(plan, compute(plan, as_of), built_on, place.prefix, places, site_url, pdf, source)
            made.append(Edition(studio, site_of(studio, shown[place.prefix])))
    return tuple(made)


def broken_links(first: Edition, prefixes: Iterable[str], content: Iterable[HandWritten]) -> tuple[Problem, ...]:
    """What is wrong with links of and to the hand-written pages in the languages of these folders.

    Every language has the same pages with the same places on them, so the site of one language answers for all.
    """
    shown = shown_in(prefixes, content)
    names = [one.page.path for one in shown[first.site.prefix]]
    return (
        *records_page_problems(first.plan.town, names),
        *(problem for pages in shown.values() for problem in content_problems(first.site, pages)),
    )
