"""The documents of a site: the whole plan, one for each goal, and the quarter on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from safety_plan.language import say, spoken
from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.things import Goal
from safety_plan.publishing.addresses import address_of
from safety_plan.publishing.printed.binding import Binder, Chapter
from safety_plan.publishing.printed.quarter import quarter
from safety_plan.publishing.site import Document, Page
from safety_plan.publishing.view import Studio, View
from safety_plan.results.results import metrics_of

WHOLE = "print/"
"""The address of the whole plan as one document."""

SCORECARD = "scorecard/"
"""The address of the quarter on one page."""

_SCREEN_ONLY = {
    "metric": frozenset({"past", "working", "trend-working", "linked"}),
    "method": frozenset({"contents-title"}),
}
"""The sections that documents leave out, by the kind of page: sums that nobody does again on paper."""


def goal_document(goal: Goal) -> str:
    """The address of the document of one goal."""
    return f"{address_of(goal)}print/"


def documents(studio: Studio, pages: Iterable[Page]) -> Iterator[Document]:
    """Every document of a site, made from its pages."""
    by_address = {page.address: page for page in pages}
    title = View(studio, "").plain(studio.plan.document.title)
    yield _bound(studio, WHOLE, str(title), tuple(_whole(studio, by_address)))
    for goal in studio.plan.goals:
        yield _bound(
            studio, goal_document(goal), str(View(studio, "").title(goal)), tuple(_single(studio, goal, by_address))
        )
    sheet = say("The quarter on one page")
    yield Document(SCORECARD, sheet, _shell(studio, SCORECARD, "scorecard", {"title": sheet, **quarter(studio)}))


def _whole(studio: Studio, pages: Mapping[str, Page]) -> Iterator[Chapter]:
    """The site's pages in the order of its navigation, each thing's own page below the page of its kind."""
    for name, page in PAGES.items():
        if name not in studio.plan.pages:
            continue
        yield Chapter(pages[page_address(name)], 0, _SCREEN_ONLY.get(name, frozenset()))
        if page.own:
            things = studio.plan.goals if page.own == "goal" else studio.plan.things[page.own].values()
            for thing in things:
                yield Chapter(pages[address_of(thing)], 1, _SCREEN_ONLY.get(page.own, frozenset()))


def _single(studio: Studio, goal: Goal, pages: Mapping[str, Page]) -> Iterator[Chapter]:
    """A goal, and the measures that tell whether it is reached."""
    yield Chapter(pages[address_of(goal)])
    for metric in metrics_of(studio.plan, goal):
        yield Chapter(pages[address_of(metric)], 1, _SCREEN_ONLY["metric"])


def _bound(studio: Studio, address: str, title: str, chapters: tuple[Chapter, ...]) -> Document:
    binder = Binder(studio.prefix, address, {chapter.page.address: chapter for chapter in chapters})
    body = [binder.bind(chapter) for chapter in chapters]
    return Document(address, title, _shell(studio, address, "document", {"title": title, "chapters": chapters, "body": body}))


def _shell(studio: Studio, address: str, template: str, context: Mapping[str, object]) -> str:
    """A whole HTML page without the site's frame."""
    return str(
        studio.templates.get_template(f"{template}.html").render(
            v=View(studio, address),
            plan=studio.plan,
            results=studio.results,
            built_on=studio.built_on,
            language=spoken(),
            address=address,
            **context,
        )
    )
