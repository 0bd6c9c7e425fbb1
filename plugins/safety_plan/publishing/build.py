"""The Plan and its results become the Site."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

from safety_plan.language import say, spoken
from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem, nearest, one_of
from safety_plan.publishing.addresses import address_of, former_addresses, relative
from safety_plan.publishing.downloads import downloads
from safety_plan.publishing.feed import FEED, feed
from safety_plan.publishing.figures import figure
from safety_plan.publishing.hand_written import Shown
from safety_plan.publishing.pages import (
    about,
    accessibility,
    ems,
    glossary,
    goals,
    home,
    late,
    legal,
    method,
    metric,
    models,
    overview,
    people,
    questions,
    resources,
    reviews,
    risks,
    roadmap,
    roles,
    take_part,
)
from safety_plan.publishing.printed.documents import documents
from safety_plan.publishing.prose import figure_html, fill
from safety_plan.publishing.site import Page, Section, Site, source_of
from safety_plan.publishing.view import Studio
from safety_plan.reading.content import HandWritten, Link
from safety_plan.reading.live import Mention
from safety_plan.reading.schema.town import Town
from safety_plan.results.results import Results

PAGE_MAKERS: tuple[Callable[[Studio], Iterable[Page]], ...] = (
    home.pages,
    goals.pages,
    metric.pages,
    late.pages,
    risks.pages,
    legal.pages,
    overview.pages,
    roadmap.pages,
    resources.pages,
    models.pages,
    ems.pages,
    people.pages,
    roles.pages,
    reviews.pages,
    take_part.pages,
    questions.pages,
    glossary.pages,
    about.pages,
    method.pages,
    accessibility.pages,
)
"""A new part of the plan adds its page function here."""


def build_site(plan: Plan, results: Results, built_on: dt.date) -> Site:
    """The site of a plan that has one language."""
    return site_of(Studio(plan, results, built_on))


def site_of(studio: Studio, written: Iterable[Shown] = ()) -> Site:
    """Make every page of the plan, in the language that is being spoken; `written` are the hand-written ones.

    The tables to download stand at the root only: programs read them, and they are the same in each language. The feed
    is one of each language.
    """
    plan, results = studio.plan, studio.results
    pages = tuple(page for maker in PAGE_MAKERS for page in maker(studio))
    forwards = {
        former: address_of(thing)
        for things in plan.things.values()
        for thing in things.values()
        for former in former_addresses(thing)
    }
    files = {} if studio.prefix else downloads(plan, results)
    if studio.site_url:
        files[f"{studio.prefix}{FEED}"] = feed(studio)
    return Site(
        pages,
        _navigation(plan),
        forwards,
        studio.built_on,
        downloads=files,
        documents=tuple(documents(studio, pages, written)),
        language=spoken(),
        prefix=studio.prefix,
    )


def _navigation(plan: Plan) -> tuple[Section, ...]:
    tabs: dict[str, list[str]] = {}
    for name, page in PAGES.items():
        if name in plan.pages:
            tabs.setdefault(page.tab or page.title, []).append(name)
    return tuple(
        Section(
            say(tab), page_address(first), tuple(Section(say(PAGES[name].title), page_address(name)) for name in below)
        )
        for tab, (first, *below) in tabs.items()
    )


def content_text(page: HandWritten, plan: Plan, results: Results) -> str:
    """A hand-written page with its live figures filled in and its links to records turned into links to files.

    The page's path and those links are within the site of its language.
    """

    def link(mention: Mention) -> str:
        address = (
            page_address(mention.id) if mention.kind == "page" else address_of(plan.thing(mention.kind, mention.id))
        )
        place, _, anchor = address.partition("#")
        target = relative(source_of(place), page.path)
        return f"{target}#{anchor}" if anchor else target

    return fill(page.text, lambda mention: figure_html(figure(mention, plan, results)), link)


def content_problems(site: Site, content: Iterable[Shown]) -> Iterator[Problem]:
    """Links from hand-written pages that lead nowhere, and hand-written pages that stand in the way of others."""
    shown = tuple(content)
    names = {one.page.path for one in shown}
    # What is borrowed from another language has its problems there.
    for page in (one.page for one in shown if one.translated):
        # MkDocs shows a README as the page of its folder.
        shown_as = re.sub(r"(^|/)README\.md$", r"\1index.md", page.path)
        if shown_as in site.by_source:
            yield Problem(
                page.place(0),
                f"found a hand-written page in the place of the page “{site.by_source[shown_as].title}”",
                allowed="names that no page of the plan has",
                fix="rename the file.",
            )
        for link in page.links():
            yield from _link_problems(page, link, site, names)


def records_page_problems(town: Town, names: Iterable[str]) -> Iterator[Problem]:
    """A page on how to ask for a record that is named in town.yml and is not there; `names` are those that are."""
    known = sorted(names)
    if town.records_page is not None and town.records_page not in known:
        guess = nearest(town.records_page, known)
        yield Problem(
            town.at("records_page"),
            f'found "{town.records_page}" for "records_page", but there is no such hand-written page',
            allowed=f"one of them by its file: {one_of(known)}" if known else "nothing, for there are none",
            nearest=guess,
            fix=f'write "{guess}" instead.' if guess else "write the page, or delete the line.",
        )


def _link_problems(page: HandWritten, link: Link, site: Site, names: set[str]) -> Iterator[Problem]:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), link.target))
    if "." in posixpath.basename(target) and not target.endswith(".md"):
        return
    known = sorted({*names, *site.by_source})
    if target not in known:
        start = posixpath.dirname(page.path) or "."
        close = nearest(target if target.endswith(".md") else f"{target}/index.md", known)
        guess = posixpath.relpath(close, start) if close else ""
        yield Problem(
            page.place(link.offset),
            f'found a link to "{link.target}", but there is no such page',
            allowed="a page by its file, such as ../goals/index.md, or a record by its kind and id, "
            "such as goal:fire-safety",
            nearest=guess,
            fix=f'write "{guess}" instead.' if guess else "write the file's name as it is seen from this page.",
        )
    elif link.anchor and target in site.by_source and link.anchor not in site.by_source[target].anchors:
        close = nearest(link.anchor, site.by_source[target].anchors)
        guess = f"{link.target}#{close}" if close else ""
        yield Problem(
            page.place(link.offset),
            f'found a link to "{link.target}#{link.anchor}", but that page has no such place',
            allowed="the page alone, or # and the name of one of its places, as its address shows it",
            nearest=guess,
            fix=f'write "{guess}" instead.' if guess else f'write "{link.target}" alone.',
        )
