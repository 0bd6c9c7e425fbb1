"""What the templates see: the plan, its results, and the ways to write them down."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from safety_plan.language import Language, Original, same_language, say, speaking, spoken, unmarked
from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric, Review, Thing
from safety_plan.problems import Place
from safety_plan.publishing import compared, direction, words
from safety_plan.publishing.addresses import address_of, anchor_of, relative, section_of
from safety_plan.publishing.feedback import feedback_link
from safety_plan.publishing.figures import figure, latest
from safety_plan.publishing.flags import flags
from safety_plan.publishing.look import look_style, seal_image
from safety_plan.publishing.marks import marked
from safety_plan.publishing.narrow import as_rows
from safety_plan.publishing.prose import figure_html, fill, markdown
from safety_plan.publishing.site import Page, pdf_address
from safety_plan.publishing.terms import Word, Words
from safety_plan.publishing.texts import gettext, ngettext, pgettext
from safety_plan.publishing.trail import Trail
from safety_plan.reading.live import Mention
from safety_plan.reading.schema.reviews import Review as ReviewRecord
from safety_plan.reading.schema.words import Term
from safety_plan.results.results import Results


@cache
def environment() -> Environment:
    """The templates' own environment: everything escaped, nothing undefined.

    It is made once: reading the templates takes as long as making the pages of a small plan. What language they speak
    is asked anew for each text.
    """
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
    found.globals.update(feedback_link=feedback_link)
    found.globals.update(words=words, directions=direction, compared=compared, anchor_of=anchor_of, flags=flags)
    found.globals.update(as_rows=as_rows)
    found.filters.update(
        capitalize_first=lambda text: same_language(text, text[:1].upper() + text[1:]),
        by_group=_by_group,
        lower_first=lambda text: same_language(text, text[:1].lower() + text[1:]),
        named=lambda keys, names: [names[key] for key in keys],
    )
    return found


_GROUPS = ("good", "warning", "bad", "neutral")


def _by_group(counts: Counter[Any]) -> list[tuple[Any, int]]:
    """Counts of states with the good ones first, so that a list reads the same way everywhere."""
    return sorted(counts.items(), key=lambda item: (_GROUPS.index(item[0].group), item[0].words))


@dataclass(frozen=True)
class LanguageSite:
    """A language of the site, and where its pages stand: the root, or a folder such as `es/`."""

    language: Language
    prefix: str


@dataclass(frozen=True)
class Frame:
    """What stands above and below a page, as ready HTML, and what the head of the page needs to know.

    `home` says whether it is the home page of its language. `alternates` are the page in each language of the site, by
    the language's code. `style` is the rule of the town's
    own colours, and `seal` its seal as seen from the page; each is empty where the town has none.
    """

    top: str
    foot: str
    home: bool
    alternates: Mapping[str, str]
    style: str = ""
    seal: str = ""


@dataclass(frozen=True)
class Studio:
    """Everything a page is made from.

    `prefix` says below which folder the pages of this language stand, and `languages` where those of each language do;
    a site in one language needs neither. `site_url` is the address of the whole site on the internet, with a slash at
    its end, where that is known. `pdf` says whether each document to print is there as a PDF file, too. `source` is the
    studio of the language in which the plan is written, where that is another one.
    """

    plan: Plan
    results: Results
    built_on: dt.date
    prefix: str = ""
    languages: tuple[LanguageSite, ...] = ()
    site_url: str = ""
    pdf: bool = False
    source: Studio | None = None
    templates: Environment = field(default_factory=environment)

    def page(self, name: str, *, title: str = "", **context: Any) -> Page:
        """The page of this name, made by the template of the same name.

        Titles and descriptions are texts, not HTML: whoever puts them on a page escapes them.
        """
        within = PAGES[name].within or name
        place = context.pop("place", self.plan.document.at())
        section = page_address(within)
        return self._render(name, page_address(name), title or say(PAGES[name].title), section, place, context)

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
        # A text without a translation is marked on the page, but there is no place for a mark in a description.
        description = unmarked(description)
        html = self.templates.get_template(f"{template}.html").render(
            v=view, plan=self.plan, results=self.results, title=title, **context
        )
        return Page(address, unmarked(title), self._honest(marked(html)).strip() + "\n", description, section, place)

    def explained(self, address: str, html: str) -> str:
        """A page with the words of the glossary explained at its foot; the glossary itself has them all anyway."""
        if address == page_address("glossary"):
            return html
        more = Markup(say("All words are in the {glossary}.", glossary=View(self, address).page_link("glossary")))
        return self._words.explained(html, say("Words on this page"), more)

    @cached_property
    def _words(self) -> Words:
        view = View(self, "")
        return Words(
            tuple(
                Word(term.id, term.record.term, term.record.long or "", view.prose(term.record.meaning).striptags())
                for term in self.plan.all(Term)
                if term.record.explain
            )
        )

    def _honest(self, html: str) -> str:
        """A page that says so where some of it is not translated."""
        others = dict.fromkeys(code for code in (self.plan.town.languages[0], "en") if code != spoken().code)
        shown = [code for code in others if f'<span lang="{code}">' in html or f'<div lang="{code}">' in html]
        return html.replace("</h1>", f"</h1>\n{self._untranslated(shown)}", 1) if shown else html

    def borrowed(self, html: str) -> str:
        """A hand-written page in the plan's first language on the site of another one."""
        source = self.plan.town.languages[0]
        return f'{self._untranslated([source])}\n<div lang="{source}">\n{html}\n</div>'

    def _untranslated(self, codes: Iterable[str]) -> str:
        language = ", ".join(spoken().name_of(code) for code in codes)
        return marked(self.templates.get_template("untranslated.html").render(language=language))

    def figure(self, mention: Mention, *, as_written: bool = False) -> str:
        """A live figure; `as_written` for one in a text that is shown in the language in which the plan is written."""
        if self.source is None or not as_written:
            return figure(mention, self.plan, self.results)
        with speaking(self.languages[0].language):
            return figure(mention, self.source.plan, self.source.results)

    def not_found(self, root: str) -> str:
        """What to do at an address where nothing is; `root` is the address of the whole site."""
        view = View(self, "", root)
        pages = [name for name in PAGES if name in self.plan.pages and name != "home"]
        return str(
            self.templates.get_template("not-found.html").render(
                v=view, plan=self.plan, pages=pages, code=spoken().code, below=self._further_down()
            )
        )

    def _further_down(self) -> list[tuple[str, str]]:
        """What leads from the first language of a page that says all in each one on to the others: code and words."""
        if self.prefix:
            return []
        found = []
        for one in self.languages:
            if one.prefix != self.prefix:
                with speaking(one.language):
                    text = say("In {language}, further down", language=spoken().name_of(one.language.code))
                found.append((one.language.code, text))
        return found

    def frame(
        self,
        address: str,
        *,
        title: str,
        root: str | None = None,
        everywhere: bool = True,
        trail: Trail | None = None,
    ) -> Frame:
        """What stands above and below the page at this address, a hand-written one included.

        `root` is the address of the whole site where links cannot start from the page, since it is shown at any address
        that does not exist. `everywhere` says whether the page exists in each language of the site. `trail` says when
        the page was last changed; without it, nothing is said of that.
        """
        view = View(self, address, root)
        alternates = {
            one.language.code: view.elsewhere(one.prefix + (address if everywhere else "")) for one in self.languages
        }
        shared = {"v": view, "plan": self.plan, "title": title, "languages": self.languages, "alternates": alternates}
        return Frame(
            marked(self.templates.get_template("frame-top.html").render(shared)),
            marked(self.templates.get_template("frame-foot.html").render(shared, built_on=self.built_on, trail=trail)),
            address == "" and root is None,
            alternates,
            look_style(self.plan.town),
            seal_image(self.plan.town, view.file),
        )


@dataclass(frozen=True)
class View:
    """The helper of one page's template: it knows where the page is, so its links are relative."""

    studio: Studio
    here: str
    root: str | None = None

    def href(self, target: Thing[Any] | str) -> str:
        """The link to a thing, or to a page by its name (with an anchor after #)."""
        if isinstance(target, Thing):
            return self._to(address_of(target))
        name, _, anchor = target.partition("#")
        return self._to(page_address(name) + (f"#{anchor}" if anchor else ""))

    def hand_written(self, path: str) -> str:
        """The link to a hand-written page by its file, such as about/records.md."""
        return self._to(f"{path.removesuffix('.md').removesuffix('index').rstrip('/')}/")

    def elsewhere(self, address: str) -> str:
        """The link to an address of the whole site, which may be that of another language."""
        prefix = self.studio.prefix
        return relative(address, prefix + self.here) if self.root is None else f"{self.root}{address}"

    def document(self, address: str) -> str:
        """The link to a document to print, or to the feed, by its address."""
        return self._to(address)

    def document_file(self, address: str) -> str:
        """The link to the PDF file of a document to print, by the document's address."""
        return self._to(pdf_address(address))

    def page_of_document(self, address: str) -> str:
        """The link from a document to print back to the page that offers it: the one in whose folder it stands."""
        return self._to(f"{folder}/" if (folder := posixpath.dirname(address.rstrip("/"))) else "")

    def _to(self, address: str) -> str:
        """The link to an address of the site in this language."""
        return relative(address, self.here) if self.root is None else f"{self.root}{self.studio.prefix}{address}"

    def link(self, thing: Thing[Any]) -> Markup:
        """A link to a thing, with its title."""
        return Markup('<a href="{}">{}</a>').format(self.href(thing), self.title(thing))

    def links(self, things: Iterable[Thing[Any]]) -> Markup:
        """Links to several things, with commas between."""
        return Markup(", ").join(self.link(thing) for thing in things)

    def page_link(self, name: str) -> Markup:
        """A link to a page by its name."""
        return Markup('<a href="{}">{}</a>').format(self.href(name), say(PAGES[name].title))

    def file(self, address: str) -> str:
        """The link to a file of the site, such as a table to download."""
        return self.elsewhere(address)

    def has(self, name: str) -> bool:
        """Whether the site has this page."""
        return name in self.studio.plan.pages

    def mentioned_in(self, thing: Thing[Any]) -> tuple[Thing[Any], ...]:
        """The things whose prose links to this one."""
        return self.studio.plan.mentioned_in[thing]

    def role(self, id: str) -> Markup:
        """A link to a role by its id."""
        return self.link(self.studio.plan.role(id))

    def roles(self, ids: Iterable[str]) -> Markup:
        """Links to roles by their ids, with commas between."""
        return self.links(self.studio.plan.roles(ids))

    def title(self, thing: Thing[Any]) -> str:
        """What a thing is called, with live figures filled in."""
        if isinstance(thing.record, ReviewRecord):
            return say("Review of {period}", period=words.period(thing.record.period))
        return self.plain(thing.title)

    def plain(self, text: str) -> str:
        """A line as plain text, with live figures filled in."""
        return same_language(text, fill(text, lambda mention: self._figure(mention, text), _unlinked))

    def line(self, text: str | None) -> Markup:
        """A line as HTML, with live figures filled in and marked."""
        parts, rest = [], text or ""
        filled = fill(rest, lambda mention: f"\x00{self._figure(mention, text)}\x01", _unlinked)
        for piece in filled.split("\x01"):
            before, _, live = piece.partition("\x00")
            parts.append(escape(before) + (Markup(figure_html(live)) if live else Markup("")))
        html = Markup("").join(parts)
        return Markup('<span lang="{}">{}</span>').format(text.lang, html) if isinstance(text, Original) else html

    def prose(self, text: str | None) -> Markup:
        """A few lines of Markdown as safe HTML."""
        if not text:
            return Markup("")
        html = markdown(fill(text, lambda mention: figure_html(self._figure(mention, text)), self._target))
        return Markup('<div lang="{}">{}</div>').format(text.lang, html) if isinstance(text, Original) else html

    def cited(self, citation: str) -> Markup:
        """A legal citation, which stays as the law has it in every language, and says in which one it is."""
        source = self.studio.plan.town.languages[0]
        lang = "" if spoken().code == source else Markup(' lang="{}"').format(source)
        return Markup('<span translate="no"{}>{}</span>').format(lang, citation)

    def metric_value(self, metric: Metric) -> str:
        """The latest value of a metric with its unit."""
        return latest(metric, self.studio.results)

    def previous_review(self, review: Review) -> Review | None:
        """The review before this one."""
        earlier = [other for other in self.studio.plan.reviews if other.record.held < review.record.held]
        return earlier[-1] if earlier else None

    def _figure(self, mention: Mention, text: str | None) -> str:
        return self.studio.figure(mention, as_written=isinstance(text, Original))

    def _target(self, mention: Mention) -> str:
        if mention.kind == "page":
            return self.href(mention.id)
        return self.href(self.studio.plan.thing(mention.kind, mention.id))


def _unlinked(mention: Mention) -> str:
    """A link to a record as it was written, where there is no place for a link."""
    return f"{mention.kind}:{mention.id}"
