"""What the templates see: the plan, its results, and the ways to write them down."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric, Review, Thing
from safety_plan.problems import Place
from safety_plan.publishing import compared, direction, words
from safety_plan.publishing.addresses import address_of, anchor_of, relative, section_of
from safety_plan.publishing.figures import figure, in_plain_text
from safety_plan.publishing.flags import flags
from safety_plan.publishing.prose import figure_html, fill, markdown
from safety_plan.publishing.site import Page
from safety_plan.publishing.texts import gettext, ngettext, pgettext
from safety_plan.reading.live import Mention
from safety_plan.reading.schema.reviews import Review as ReviewRecord
from safety_plan.results.results import Results


def environment() -> Environment:
    """The templates' own environment: everything escaped, nothing undefined."""
    found = Environment(
        loader=PackageLoader("safety_plan.publishing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Line breaks and indents in a template are no part of a text.
    found.policies["ext.i18n.trimmed"] = True
    found.extend(newstyle_gettext=True)
    found.add_extension("jinja2.ext.i18n")
    found.globals.update(_=gettext, gettext=gettext, ngettext=ngettext, pgettext=pgettext)
    found.globals.update(words=words, directions=direction, compared=compared, anchor_of=anchor_of, flags=flags)
    found.filters.update(
        capitalize_first=lambda text: text[:1].upper() + text[1:],
        by_group=_by_group,
        named=lambda keys, names: [names[key] for key in keys],
    )
    return found


_GROUPS = ("good", "warning", "bad", "neutral")


def _by_group(counts: Counter[Any]) -> list[tuple[Any, int]]:
    """Counts of states with the good ones first, so that a list reads the same way everywhere."""
    return sorted(counts.items(), key=lambda item: (_GROUPS.index(item[0].group), item[0].words))


@dataclass(frozen=True)
class Studio:
    """Everything a page is made from."""

    plan: Plan
    results: Results
    built_on: dt.date
    templates: Environment = field(default_factory=environment)

    def page(self, name: str, *, title: str = "", **context: Any) -> Page:
        """The page of this name, made by the template of the same name.

        Titles and descriptions are texts, not HTML: whoever puts them on a page escapes them.
        """
        within = PAGES[name].within or name
        place = context.pop("place", self.plan.document.at())
        section = page_address(within)
        return self._render(name, page_address(name), title or PAGES[name].title, section, place, context)

    def page_of(self, thing: Thing[Any], **context: Any) -> Page:
        """The page of a thing, made by the template of its kind."""
        title = View(self, "").title(thing)
        return self._render(
            thing.kind, address_of(thing), title, section_of(thing), thing.place, {**context, "thing": thing}
        )

    def _render(
        self, template: str, address: str, title: str, section: str, place: Place, context: dict[str, Any]
    ) -> Page:
        view = View(self, address)
        title = view.plain(title)
        description = context.pop("description", title)
        html = self.templates.get_template(f"{template}.html").render(
            v=view, plan=self.plan, results=self.results, title=title, **context
        )
        return Page(address, title, html.strip() + "\n", description, section, place)


@dataclass(frozen=True)
class View:
    """The helper of one page's template: it knows where the page is, so its links are relative."""

    studio: Studio
    here: str

    def href(self, target: Thing[Any] | str) -> str:
        """The link to a thing, or to a page by its name (with an anchor after #)."""
        if isinstance(target, Thing):
            return relative(address_of(target), self.here)
        name, _, anchor = target.partition("#")
        return relative(page_address(name) + (f"#{anchor}" if anchor else ""), self.here)

    def link(self, thing: Thing[Any]) -> Markup:
        """A link to a thing, with its title."""
        return Markup('<a href="{}">{}</a>').format(self.href(thing), self.title(thing))

    def links(self, things: Iterable[Thing[Any]]) -> Markup:
        """Links to several things, with commas between."""
        return Markup(", ").join(self.link(thing) for thing in things)

    def page_link(self, name: str) -> Markup:
        """A link to a page by its name."""
        return Markup('<a href="{}">{}</a>').format(self.href(name), PAGES[name].title)

    def file(self, address: str) -> str:
        """The link to a file of the site, such as a table to download."""
        return relative(address, self.here)

    def has(self, name: str) -> bool:
        """Whether the site has this page."""
        return name in self.studio.plan.pages

    def mentioned_in(self, thing: Thing[Any]) -> tuple[Thing[Any], ...]:
        """The things whose prose links to this one."""
        return self.studio.plan.mentioned_in[thing]

    def role(self, id: str) -> Markup:
        """A link to a role by its id."""
        return self.link(self.studio.plan.role(id))

    def title(self, thing: Thing[Any]) -> str:
        """What a thing is called, with live figures filled in."""
        if isinstance(thing.record, ReviewRecord):
            return f"Review of {words.period(thing.record.period)}"
        return self.plain(thing.title)

    def plain(self, text: str) -> str:
        """A line as plain text, with live figures filled in."""
        return in_plain_text(text, self.studio.plan, self.studio.results)

    def line(self, text: str | None) -> Markup:
        """A line as HTML, with live figures filled in and marked."""
        parts, rest = [], text or ""
        filled = fill(
            rest, lambda mention: f"\x00{self._figure(mention)}\x01", lambda mention: f"{mention.kind}:{mention.id}"
        )
        for piece in filled.split("\x01"):
            before, _, live = piece.partition("\x00")
            parts.append(escape(before) + (Markup(figure_html(live)) if live else Markup("")))
        return Markup("").join(parts)

    def prose(self, text: str | None) -> Markup:
        """A few lines of Markdown as safe HTML."""
        if not text:
            return Markup("")
        return markdown(fill(text, lambda mention: figure_html(self._figure(mention)), self._target))

    def metric_value(self, metric: Metric) -> str:
        """The latest value of a metric with its unit."""
        return self._figure(Mention("figure", "value", metric.id, 0, 0))

    def previous_review(self, review: Review) -> Review | None:
        """The review before this one."""
        earlier = [other for other in self.studio.plan.reviews if other.record.held < review.record.held]
        return earlier[-1] if earlier else None

    def _figure(self, mention: Mention) -> str:
        return figure(mention, self.studio.plan, self.studio.results)

    def _target(self, mention: Mention) -> str:
        if mention.kind == "page":
            return self.href(mention.id)
        return self.href(self.studio.plan.thing(mention.kind, mention.id))
