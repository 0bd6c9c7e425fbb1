"""Stage 5, the door for MkDocs: the only module that imports mkdocs."""

from __future__ import annotations

import datetime as dt
import posixpath
import shutil
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any, Literal

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

from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.problems import PlanError
from safety_plan.publishing import words
from safety_plan.publishing.build import build_site, content_problems, content_text
from safety_plan.publishing.forward import forward_page
from safety_plan.publishing.navigation import with_hand_written
from safety_plan.publishing.site import Page, Site, source_of
from safety_plan.reading.content import HandWritten, read_content
from safety_plan.reading.folder import read_folder
from safety_plan.results.results import Results, compute
from safety_plan.results.warnings import warnings

log = get_plugin_logger(__name__)

_THEME = Path(__file__).parent / "publishing" / "theme"
_STYLE = "assets/safety-plan.css"


class SafetyPlanConfig(Config):
    """The plugin's settings in mkdocs.yml."""

    data_dir = options.Type(str, default="data")
    """Folder that holds the plan, as seen from mkdocs.yml."""

    internal_dir = options.Optional(options.Type(str))
    """Folder of internal notes. The site never opens it; it may stand in no folder that is published."""

    as_of = options.Optional(options.Type((str, dt.date)))
    """The day that counts as today, such as 2026-11-22. Without it, the day of the build."""


class PlanPage(MkDocsPage):
    """A page whose HTML is ready: MkDocs only puts the theme around it."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig) -> None:
        # Themes of MkDocs do not escape titles and descriptions.
        super().__init__("Home" if made.address == "" else escape(made.title), file, config)
        self.made = made
        self.alone = False

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no source to read. The front matter is given as it would have been read."""
        self.markdown = ""
        self.meta = {"title": escape(self.made.title), "description": escape(self.made.description)}
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
        self.plan, self.results, self.site, self.content = _make(data, Path(config.docs_dir), base, self._as_of())
        self.base, self.docs_dir = base, Path(config.docs_dir)
        # For information only: these are no mistakes, so that --strict still publishes.
        for warning in warnings(self.plan, self.results):
            log.info("%s", warning)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
        config.extra_css.insert(0, _STYLE)
        config.watch.append(str(data))
        if config.nav is None:
            config.nav = with_hand_written(self.site.navigation, self.content)
        if self.command in ("build", "gh-deploy"):
            self._stage(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the plan's pages, and forwarding pages for addresses of old."""
        in_navigation = _sources(self.site)
        for page in self.site.pages:
            level = InclusionLevel.INCLUDED if page.source in in_navigation else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, page.source, content="", inclusion=level)
            file.edit_uri = self._edit_uri(page)
            PlanPage(page, file, config)
            files.append(file)
        for former, now in self.site.forwards.items():
            files.append(File.generated(config, f"{former}index.html", content=forward_page(former, now)))
        for address, content in self.site.downloads.items():
            files.append(File.generated(config, address, content=content))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Hang each deep page under the section it belongs to."""
        sections = _sections_by_index(nav.items)
        for page in self.site.pages:
            file = files.get_file_from_path(page.source)
            if file is None or not isinstance(file.page, PlanPage):
                continue
            section = sections.get(source_of(page.section))
            if file.page.parent is None:
                file.page.parent = section
            file.page.alone = section is None or len(section.children) == 1
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the theme what stands on every page, also on those that are not of the plan, such as 404."""
        env.globals["safety_plan"] = {"plan": self.plan, "site": self.site, "words": words}
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Fill live figures and links to records into hand-written pages."""
        if isinstance(page, PlanPage):
            return markdown
        return content_text(HandWritten(page.file.src_uri, page.file.src_uri, markdown), self.plan, self.results)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Every page is written."""
        self.whole = True

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


def _make(data: Path, docs: Path, base: Path, as_of: dt.date) -> tuple[Plan, Results, Site, tuple[HandWritten, ...]]:
    records, problems = read_folder(data, base)
    content, more = read_content(docs, base)
    try:
        plan = build_plan(records, content, [*problems, *more])
        results = compute(plan, as_of)
        site = build_site(plan, results, get_build_datetime().date())
        wrong = list(content_problems(site, content))
        if wrong:
            raise PlanError(wrong)
    except PlanError as error:
        raise PluginError(str(error)) from None
    return plan, results, site, content


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
