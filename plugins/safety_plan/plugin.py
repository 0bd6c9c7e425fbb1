"""Stage 5, the door for MkDocs: the only module that imports mkdocs."""

from __future__ import annotations

import datetime as dt
import posixpath
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.nav import Section as NavSection
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_build_datetime
from mkdocs.utils.templates import TemplateContext

from safety_plan.language import say, speaking
from safety_plan.pdf import Manuscript, NoTypesetterError, Typesetter, need_typesetter
from safety_plan.plan.build import build_plans
from safety_plan.problems import PlanError
from safety_plan.publishing.build import content_text
from safety_plan.publishing.editions import Edition, broken_links, editions
from safety_plan.publishing.forward import forward_page
from safety_plan.publishing.hand_written import Shown, shown_in
from safety_plan.publishing.icon import ICON_PNG, icon_files
from safety_plan.publishing.mends import ThemeChangedError, mended
from safety_plan.publishing.navigation import with_hand_written
from safety_plan.publishing.printed.documents import STYLES
from safety_plan.publishing.search import index_of, with_entries, without
from safety_plan.publishing.search_place import with_own_search
from safety_plan.publishing.share import Shared, first_paragraph, robots
from safety_plan.publishing.sheets import one_sheet
from safety_plan.publishing.site import Page, Site, pdf_address, source_of
from safety_plan.publishing.unused import classes_of, without_unused, words_of
from safety_plan.reading.content import HandWritten, read_content
from safety_plan.reading.folder import read_folder
from safety_plan.reading.look import look_problems
from safety_plan.reading.translations import read_translations
from safety_plan.results.warnings import warnings

log = get_plugin_logger(__name__)

_THEME = Path(__file__).parent / "publishing" / "theme"
_SCRIPT = "assets/safety-plan.js"
_THEMES_ICON = "assets/images/favicon.png"
_STYLE = "assets/pages.css"
_PARTS_OF_STYLE = (
    "assets/safety-plan.css",
    "assets/tables.css",
    "assets/material.css",
    "assets/charts.css",
    "assets/registers.css",
)


class SafetyPlanConfig(Config):
    """The plugin's settings in mkdocs.yml."""

    data_dir = options.Type(str, default="data")
    """Folder that holds the plan, as seen from mkdocs.yml."""

    internal_dir = options.Optional(options.Type(str))
    """Folder of internal notes. The site never opens it; it may stand in no folder that is published."""

    as_of = options.Optional(options.Type((str, dt.date)))
    """The day that counts as today, such as 2026-11-22. Without it, the day of the build."""

    pdf = options.Type(bool, default=False)
    """Whether a full build also makes PDF files of the documents to print. They take time, and the extra `pdf`."""


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


class SafetyPlanPlugin(BasePlugin[SafetyPlanConfig]):
    """Reads the plan, makes its pages, and hands them to MkDocs."""

    command: Literal["build", "gh-deploy", "serve"] | None = None
    final: str | None = None
    whole = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs is about to do: only a full build is made beside the old site and swapped in."""
        self.command = None if dirty else command

    # The plan is read before any other plugin acts: raised here, an error comes before MkDocs empties its folder.
    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything, and make all pages."""
        self.whole = False
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        data = base / self.config.data_dir
        self._check_settings(config, base, data)
        self.pdf = self.config.pdf and self.command in ("build", "gh-deploy")
        if self.pdf:
            _check_typesetter()
        day, site_url = self._as_of(), config.site_url or ""
        self.editions, self.content = _make(data, Path(config.docs_dir), base, day, site_url, self.pdf)
        self.base, self.docs_dir = base, Path(config.docs_dir)
        first, *others = self.editions
        # For information only: these are no mistakes, so that --strict still publishes.
        for warning in warnings(first.plan, first.results, [one.page for one in self.content[""]]):
            log.info("%s", warning)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
        config.extra_css.insert(0, _STYLE)
        config.extra_javascript.insert(0, _SCRIPT)
        if config.theme.get("favicon") == _THEMES_ICON:
            config.theme["favicon"] = ICON_PNG
        config.watch.append(str(data))
        navigation = config.nav or with_hand_written(first.site, self.content[""])
        # Each other language has a navigation of its own, which `on_nav` takes apart again.
        own = [{one.site.prefix: with_hand_written(one.site, self.content[one.site.prefix])} for one in others]
        config.nav = [*navigation, *own]
        self.texts = {"site_name": config.site_name, "site_description": config.site_description}
        if self.command in ("build", "gh-deploy"):
            self._stage(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the plan's pages in each language, and forwarding pages for addresses of old."""
        for edition in self.editions:
            self._add_pages(edition.site, files, config)
            self._add_borrowed(edition.site.prefix, files, config)
        files.append(File.generated(config, _STYLE, content=_style(config)))
        self._add_common(files, config)
        return files

    def _add_pages(self, site: Site, files: Files, config: MkDocsConfig) -> None:
        in_navigation = _sources(site)
        for page in site.pages:
            level = InclusionLevel.INCLUDED if page.source in in_navigation else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, f"{site.prefix}{page.source}", content="", inclusion=level)
            file.edit_uri = self._edit_uri(page)
            PlanPage(page, site, file, config)
            files.append(file)
        with speaking(site.language):
            for former, now in site.forwards.items():
                address = f"{site.prefix}{former}index.html"
                files.append(File.generated(config, address, content=forward_page(former, now)))
        for address, content in site.downloads.items():
            files.append(File.generated(config, address, content=content))
        for document in site.documents:
            files.append(File.generated(config, f"{site.prefix}{document.address}index.html", content=document.html))

    def _add_common(self, files: Files, config: MkDocsConfig) -> None:
        """The files that browsers and search engines look for; those of the town itself are left as they are."""
        common = {**icon_files(self.editions[0].plan.town), "robots.txt": robots(config.site_url or "")}
        for address, content in common.items():
            if files.get_file_from_path(address) is None:
                files.append(File.generated(config, address, content=content))

    def _add_borrowed(self, prefix: str, files: Files, config: MkDocsConfig) -> None:
        """The hand-written pages that a language takes from the first one."""
        for shown in self.content[prefix]:
            if not shown.translated:
                file = File.generated(config, f"{prefix}{shown.page.path}", content=shown.page.text)
                file.edit_uri = shown.page.path
                files.append(file)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each language its own navigation, and hang each deep page under the section it belongs to."""
        self.navigations = _navigations(nav, [edition.site.prefix for edition in self.editions])
        for edition in self.editions:
            sections = _sections_by_index(self.navigations[edition.site.prefix].items)
            for page in edition.site.pages:
                file = files.get_file_from_path(f"{edition.site.prefix}{page.source}")
                if file is None or not isinstance(file.page, PlanPage):
                    continue
                section = sections.get(f"{edition.site.prefix}{source_of(page.section)}")
                if file.page.parent is None:
                    file.page.parent = section
                file.page.alone = section is None or len(section.children) == 1
        return self.navigations[""]

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the theme what stands around pages that are at no address of their own, such as 404."""
        root = urlsplit(config.site_url or "/").path
        missing = "\n".join(edition.not_found(root) for edition in self.editions)
        with speaking(self.editions[0].site.language):
            title = say("There is no page at this address")
        frame = self.editions[0].frame("", title=config.site_name, root=root)
        self.around = {"frame": frame, "head": "", "not_found": missing, "not_found_title": title}
        env.globals["safety_plan"] = self.around
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Fill live figures and links to records into hand-written pages."""
        if isinstance(page, PlanPage):
            return markdown
        edition = self._edition(page)
        path = page.file.src_uri.removeprefix(edition.site.prefix)
        with speaking(edition.site.language):
            return content_text(HandWritten(path, path, markdown), edition.plan, edition.results)

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Explain words, and say so where a hand-written page is not translated."""
        edition = self._edition(page)
        if not isinstance(page, PlanPage):
            page.meta.setdefault("description", escape(first_paragraph(html)))
        path = page.file.src_uri.removeprefix(edition.site.prefix)
        borrowed = any(one.page.path == path and not one.translated for one in self.content[edition.site.prefix])
        if borrowed:
            return edition.borrowed(html)
        return edition.explained(_address(page, edition), html)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put the navigation, the frame and the theme's own words around a page in the page's language."""
        edition = self._edition(page)
        language, prefix = edition.site.language, edition.site.prefix
        config.theme["language"] = language.code
        own = {"site_name": str(edition.plan.document.title)} if prefix else {}
        config.load_dict({**self.texts, **own})
        address = _address(page, edition)
        self.around["head"] = edition.head(self._shared(page, address), config.site_name)
        self.around["frame"] = edition.frame(address, title=str(page.title), everywhere=self._is_everywhere(page))
        context["nav"] = self.navigations[prefix]
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Mend what the theme wrote, and let the search of a page look in the pages of its own language."""
        output = _mended(output, config)
        return with_own_search(output) if self._edition(page).site.prefix else output

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Mend what the theme wrote on pages that are at no address of their own, such as 404.

        The list of all pages gets the documents to print, which MkDocs knows only as files.
        """
        if template_name == "sitemap.xml" and config.site_url:
            listed = "".join(f"<url><loc>{config.site_url}{one.address}</loc></url>\n" for one in self._manuscripts())
            return output_content.replace("</urlset>", f"{listed}</urlset>")
        return _mended(output_content, config) if template_name.endswith(".html") else output_content

    # The search engine writes its index first.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Every page is written. The index of the search gets what is found in the plan, in each language."""
        self._write_search(Path(config.site_dir))
        if self.pdf:
            self._typeset(Path(config.site_dir), config.site_url or "")
        _lighten(Path(config.site_dir))
        self.whole = True

    def _manuscripts(self) -> Iterator[Manuscript]:
        """The documents to print in each language."""
        for site in (edition.site for edition in self.editions):
            for document in site.documents:
                yield Manuscript(f"{site.prefix}{document.address}", document.html)

    def _typeset(self, folder: Path, site_url: str) -> None:
        """Write each document as a PDF file."""
        styles = tuple((_THEME / style).read_text(encoding="utf-8") for style in STYLES)
        seal = self.editions[0].plan.town.look.seal
        pictures = {seal.file: (self.docs_dir / seal.file).read_bytes()} if seal else {}
        for manuscript, made in Typesetter(styles, pictures, site_url).every(self._manuscripts()):
            (folder / pdf_address(manuscript.address)).write_bytes(made)

    def _write_search(self, folder: Path) -> None:
        path = Path("search", "search_index.json")
        if not (folder / path).is_file():
            # The town has taken the search out of mkdocs.yml.
            return
        index = (folder / path).read_text(encoding="utf-8")
        first, *others = self.editions
        for edition in others:
            own = folder / edition.site.prefix / path
            own.parent.mkdir(parents=True, exist_ok=True)
            made = index_of(edition.site.language.code, index, edition.search_entries(), edition.site.prefix)
            own.write_text(made, encoding="utf-8")
        rest = without((edition.site.prefix for edition in others), index)
        (folder / path).write_text(with_entries(rest, first.search_entries()), encoding="utf-8")

    def on_build_error(self, *, error: Exception) -> None:
        """Something went wrong, a warning under --strict included: what was built is not to be shown."""
        self.whole = False

    def on_shutdown(self) -> None:
        """Put the new site in the place of the old one, but only if it is whole."""
        if self.final is None:
            return
        final, staged, old = Path(self.final), _beside(self.final, "new"), _beside(self.final, "old")
        if self.whole and staged.is_dir():
            shutil.rmtree(old, ignore_errors=True)
            if final.exists():
                final.rename(old)
            staged.rename(final)
            log.info("The new site is in place: %s", final.name)
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(staged, ignore_errors=True)
        self.mkdocs_config.site_dir, self.final = self.final, None

    def _edition(self, page: MkDocsPage) -> Edition:
        """The edition that a page belongs to."""
        first, *others = self.editions
        return next((one for one in others if page.file.src_uri.startswith(one.site.prefix)), first)

    def _shared(self, page: MkDocsPage, address: str) -> Shared:
        """What a page says of itself to other programs."""
        everywhere = self._is_everywhere(page)
        if isinstance(page, PlanPage):
            return Shared(page.made.title, page.made.description, address, page.made.section, everywhere)
        title, description = (unescape(str(text)) for text in (page.title, page.meta["description"]))
        return Shared(title, description, address, f"{address.partition('/')[0]}/", everywhere)

    def _is_everywhere(self, page: MkDocsPage) -> bool:
        """Whether a page exists in each language; only a hand-written one without an original does not."""
        path = page.file.src_uri.removeprefix(self._edition(page).site.prefix)
        return isinstance(page, PlanPage) or any(one.page.path == path for one in self.content[""])

    def _stage(self, config: MkDocsConfig) -> None:
        staged = _beside(config.site_dir, "new")
        shutil.rmtree(staged, ignore_errors=True)
        self.final, config.site_dir = config.site_dir, str(staged)
        self.mkdocs_config = config

    def _as_of(self) -> dt.date:
        written = self.config.as_of
        if isinstance(written, dt.date):
            return written
        if written is None:
            return get_build_datetime().date()
        try:
            return dt.date.fromisoformat(str(written))
        except ValueError:
            raise PluginError(
                f'mkdocs.yml: found "{written}" for as_of. Allowed: a date such as 2026-11-22. Fix: correct the date.'
            ) from None

    def _check_settings(self, config: MkDocsConfig, base: Path, data: Path) -> None:
        if not config.use_directory_urls:
            raise PluginError(
                "mkdocs.yml: found use_directory_urls: false. Allowed: true, because addresses of a plan are kept "
                "for ever. Fix: delete the line."
            )
        if self.config.internal_dir is not None:
            internal = (base / self.config.internal_dir).resolve()
            for name, folder in (
                ("data_dir", data),
                ("docs_dir", Path(config.docs_dir)),
                ("site_dir", Path(config.site_dir)),
            ):
                if internal.is_relative_to(folder.resolve()):
                    raise PluginError(
                        f"mkdocs.yml: found internal_dir within {name}, which is published. "
                        "Allowed: a folder outside of it. Fix: move the internal folder."
                    )

    def _edit_uri(self, page: Page) -> str | None:
        """The line of YAML that made the page, as seen from the folder of hand-written pages."""
        path = self.base / page.place.file
        if not path.is_relative_to(self.base) or not self.docs_dir.is_relative_to(self.base):
            return None
        start = self.docs_dir.relative_to(self.base).as_posix()
        return f"{posixpath.relpath(path.relative_to(self.base).as_posix(), start)}#L{page.place.line}"


def _make(
    data: Path, docs: Path, base: Path, as_of: dt.date, site_url: str, pdf: bool
) -> tuple[tuple[Edition, ...], dict[str, tuple[Shown, ...]]]:
    """The plan in each language, and the hand-written pages of each, by the folder of its site."""
    records, problems = read_folder(data, base)
    content, more = read_content(docs, base)
    translations, wrong = read_translations(data, base, records)
    look = look_problems(records, docs, base)
    try:
        plans = build_plans(records, translations, content, [*problems, *more, *wrong, *look])
        made = editions(plans, as_of, get_build_datetime().date(), content, site_url, pdf)
        broken = broken_links(made[0].site, [one.site.prefix for one in made], content)
        if broken:
            raise PlanError(broken)
    except PlanError as error:
        raise PluginError(str(error)) from None
    return made, shown_in([one.site.prefix for one in made], content)


def _check_typesetter() -> None:
    try:
        need_typesetter()
    except NoTypesetterError as error:
        raise PluginError(
            f"mkdocs.yml: found pdf: true, but what makes PDF files does not work here: {error}. "
            "Allowed: true where WeasyPrint and its libraries are installed, otherwise false. "
            'Fix: pip install "mkdocs-safety-plan[pdf]", and on Debian or Ubuntu '
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation fonts-dejavu-core; or write pdf: false."
        ) from None


def _navigations(nav: Navigation, prefixes: Sequence[str]) -> dict[str, Navigation]:
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


def _is_below(page: MkDocsPage, prefixes: Iterable[str]) -> bool:
    return page.file.src_uri.startswith(tuple(prefixes))


def _mended(page: str, config: MkDocsConfig) -> str:
    """A page of Material with its faults mended. What other themes write is theirs."""
    try:
        return mended(page) if config.theme.name == "material" else page
    except ThemeChangedError as change:
        raise PluginError(f"mkdocs-material: {change}.") from None


def _lighten(folder: Path) -> None:
    """Take out of the theme's style sheet what no page and no script of the built site can ask for."""
    sheets = [*folder.glob("assets/stylesheets/main.*.css")]
    if not sheets:
        return
    used: set[str] = set()
    for page in folder.rglob("*.html"):
        used |= classes_of(page.read_text(encoding="utf-8"))
    for script in folder.rglob("*.js"):
        # The languages of the search give nothing a class.
        if "lunr" not in script.parts:
            used |= words_of(script.read_text(encoding="utf-8"))
    for sheet in sheets:
        sheet.write_text(without_unused(sheet.read_text(encoding="utf-8"), used), encoding="utf-8")


def _style(config: MkDocsConfig) -> str:
    """The style sheet of every page: the theme's colours that are used, and our own sheets."""
    found = [path for folder in config.theme.dirs for path in Path(folder).glob("assets/stylesheets/palette.*.css")]
    palette = "".join(path.read_text(encoding="utf-8") for path in found)
    own = [(_THEME / part).read_text(encoding="utf-8") for part in _PARTS_OF_STYLE]
    schemes = config.theme.get("palette") or []
    schemes = [schemes] if isinstance(schemes, dict) else schemes
    # Where the settings name no colour, the theme takes indigo.
    colours = {f"{kind}={scheme.get(kind) or 'indigo'}" for scheme in schemes for kind in ("primary", "accent")}
    return one_sheet(palette, own, frozenset(colours))


def _beside(site_dir: str, name: str) -> Path:
    final = Path(site_dir)
    return final.with_name(f".{final.name}-{name}")


def _sources(site: Site) -> frozenset[str]:
    return frozenset(source_of(entry.address) for section in site.navigation for entry in (section, *section.entries))


def _sections_by_index(items: Iterable[Any]) -> Mapping[str, NavSection]:
    found: dict[str, NavSection] = {}
    for item in items:
        if isinstance(item, NavSection):
            found.update(_sections_by_index(item.children))
            for child in item.children:
                if isinstance(child, MkDocsPage):
                    found.setdefault(child.file.src_uri, item)
    return found


def _toc_tokens(page: Page) -> list[Any]:
    tokens: list[dict[str, Any]] = []
    for heading in page.headings:
        token = {"level": heading.level, "id": heading.anchor, "name": heading.text, "children": []}
        if tokens and heading.level > tokens[0]["level"]:
            tokens[-1]["children"].append(token)
        else:
            tokens.append(token)
    return tokens


def _address(page: MkDocsPage, edition: Edition) -> str:
    """The address of a page within the site of its language."""
    return page.made.address if isinstance(page, PlanPage) else page.url.removeprefix(edition.site.prefix)
