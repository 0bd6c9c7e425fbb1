"""The documents of a site: the whole plan, one for each goal, and the quarter on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from safety_plan.language import say, spoken
from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.things import Goal
from safety_plan.publishing.addresses import address_of
from safety_plan.publishing.hand_written import Shown
from safety_plan.publishing.icon import icon_of
from safety_plan.publishing.look import look_style, seal_image
from safety_plan.publishing.marks import marked
from safety_plan.publishing.printed.binding import Binder, Chapter
from safety_plan.publishing.printed.quarter import quarter
from safety_plan.publishing.printed.written import written_page
from safety_plan.publishing.qr import qr_code
from safety_plan.publishing.site import SCORECARD, WHOLE, Document, Page
from safety_plan.publishing.view import Studio, View
from safety_plan.results.results import metrics_of

STYLES = tuple(f"assets/{name}.css" for name in ("safety-plan", "tables", "charts", "registers", "print"))
"""The style sheets of a document, as files of the site."""

_NOT_ON_PAPER = frozenset({"accessibility"})
"""The pages that documents leave out: they are about the website."""

_LEFT_OUT = {
    "metric": frozenset({"past", "working", "trend-working", "linked"}),
    "risk": frozenset({"linked"}),
    "role": frozenset({"answers-for", "part-in"}),
    "review": frozenset({"risks"}),
    "method": frozenset({"plain-language", "constants", "work-it-out"}),
}
"""The sections that documents leave out, by the kind of page.

Sums that nobody does again on paper, and lists that say once more what stands elsewhere in the same document: who
answers for what stands with each goal, and how a risk was rated at each review stands with the risk.
"""


def goal_document(goal: Goal) -> str:
    """The address of the document of one goal."""
    return f"{address_of(goal)}print/"


def documents(studio: Studio, pages: Iterable[Page], written: Iterable[Shown] = ()) -> Iterator[Document]:
    """Every document of a site, made from its pages; the whole plan has the hand-written ones, too."""
    by_address = {page.address: page for page in pages}
    by_hand = [page for one in written if (page := written_page(studio, one))]
    title = View(studio, "").plain(studio.plan.document.title)
    yield _bound(studio, WHOLE, str(title), tuple(_whole(studio, by_address, by_hand)))
    for goal in studio.plan.goals:
        chapters = tuple(_single(studio, goal, by_address))
        yield _bound(studio, goal_document(goal), str(View(studio, "").title(goal)), chapters)
    sheet = say("The quarter on one page")
    yield Document(SCORECARD, sheet, _shell(studio, SCORECARD, "scorecard", {"title": sheet, **quarter(studio)}))


def _whole(studio: Studio, pages: Mapping[str, Page], by_hand: Iterable[Page]) -> Iterator[Chapter]:
    """The site's pages in the order of its navigation, each thing's own page below the page of its kind.

    A hand-written page stands below the page whose folder it is in, and one in no such folder at the end.
    """
    waiting = list(by_hand)
    for name, kind in PAGES.items():
        if name not in studio.plan.pages or name in _NOT_ON_PAPER:
            continue
        page = pages[page_address(name)]
        yield Chapter(page, 0, _LEFT_OUT.get(name, frozenset()))
        for one in [other for other in waiting if page.address and other.address.startswith(page.address)]:
            waiting.remove(one)
            yield Chapter(one, 1)
        if kind.own:
            things = studio.plan.goals if kind.own == "goal" else studio.plan.things[kind.own].values()
            for thing in things:
                yield Chapter(pages[address_of(thing)], 1, _LEFT_OUT.get(kind.own, frozenset()))
    for one in waiting:
        yield Chapter(one)


def _single(studio: Studio, goal: Goal, pages: Mapping[str, Page]) -> Iterator[Chapter]:
    """A goal, and the measures that tell whether it is reached."""
    yield Chapter(pages[address_of(goal)])
    for metric in metrics_of(studio.plan, goal):
        yield Chapter(pages[address_of(metric)], 1, _LEFT_OUT["metric"])


def _bound(studio: Studio, address: str, title: str, chapters: tuple[Chapter, ...]) -> Document:
    binder = Binder(studio.prefix, address, {chapter.page.address: chapter for chapter in chapters})
    body = [binder.bind(chapter) for chapter in chapters]
    context = {"title": title, "parts": _in_parts(chapters), "body": body}
    return Document(address, title, _shell(studio, address, "document", context))


def _in_parts(chapters: Iterable[Chapter]) -> list[list[Chapter]]:
    """Each chapter with those that stand below it."""
    parts: list[list[Chapter]] = []
    for chapter in chapters:
        if chapter.depth == 0:
            parts.append([])
        parts[-1].append(chapter)
    return parts


def _shell(studio: Studio, address: str, template: str, context: Mapping[str, object]) -> str:
    """A whole HTML page without the site's frame."""
    view, town = View(studio, address), studio.plan.town
    plan_title = str(view.plain(studio.plan.document.title))
    site = f"{studio.site_url}{studio.prefix}" if studio.site_url else ""
    return marked(
        studio.templates.get_template(f"{template}.html").render(
            v=view,
            plan=studio.plan,
            results=studio.results,
            built_on=studio.built_on,
            language=spoken(),
            address=address,
            plan_title=plan_title,
            about=say(
                "{document}: {plan} of {town}, ready to print",
                document=context["title"],
                plan=plan_title,
                town=town.name,
            ),
            icon=icon_of(town),
            styles=STYLES,
            look=Markup(look_style(town)),
            seal=seal_image(town, view.file),
            site_address=site,
            **_code(site),
            **context,
        )
    )


def _code(site: str) -> dict[str, object]:
    """The code that leads from paper to the site, where its address is known."""
    label = say("Code for a phone’s camera: it leads to {address}", address=site)
    return {"code": qr_code(site, label, "2.4cm") if site else "", "code_address": site}
