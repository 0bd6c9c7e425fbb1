"""What MkDocs calls, in the order in which it does."""

from __future__ import annotations

from html import escape, unescape
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_build_datetime
from mkdocs.utils.templates import TemplateContext

from safety_plan.language import say, speaking
from safety_plan.plugin.files import add_files
from safety_plan.plugin.finishing import typeset, write_search
from safety_plan.plugin.forms import add_forms
from safety_plan.plugin.made import Making, Places, make
from safety_plan.plugin.navigation import hang, navigations
from safety_plan.plugin.pages import PlanPage
from safety_plan.plugin.settings import SafetyPlanConfig, check_settings, check_typesetter, day_of
from safety_plan.plugin.surroundings import Surroundings
from safety_plan.plugin.swap import Swap
from safety_plan.plugin.theme import adapt, lighten, with_mends
from safety_plan.publishing.build import content_text
from safety_plan.publishing.marks import marked
from safety_plan.publishing.navigation import with_hand_written
from safety_plan.publishing.share import Shared, first_paragraph
from safety_plan.reading.content import HandWritten
from safety_plan.results.warnings import warnings

log = get_plugin_logger("safety_plan.plugin")


class SafetyPlanPlugin(BasePlugin[SafetyPlanConfig]):
    """Reads the plan, makes its pages, and hands them to MkDocs."""

    command: Literal["build", "gh-deploy", "serve"] | None = None
    swap: Swap | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs is about to do: only a full build is made beside the old site and swapped in."""
        self.command = None if dirty else command

    # The plan is read before any other plugin acts: raised here, an error comes before MkDocs empties its folder.
    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything, and make all pages."""
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        check_settings(self.config, config, base)
        full = self.command in ("build", "gh-deploy")
        self.pdf = self.config.pdf and full
        if self.pdf:
            check_typesetter()
        places = Places(base, base / self.config.data_dir, Path(config.docs_dir))
        built_on, site_url = get_build_datetime().date(), config.site_url or ""
        self.made = make(places, Making(day_of(self.config), built_on, site_url, config.repo_url or "", self.pdf))
        first, *others = self.made.editions
        content = self.made.content
        # For information only: these are no mistakes, so that --strict still publishes.
        for warning in warnings(first.plan, first.results, [one.page for one in content[""]]):
            log.info("%s", warning)
        adapt(config)
        config.watch.append(str(places.data))
        navigation = config.nav or with_hand_written(first.site, content[""])
        # Each other language has a navigation of its own, which `on_nav` takes apart again.
        own = [{one.site.prefix: with_hand_written(one.site, content[one.site.prefix])} for one in others]
        config.nav = [*navigation, *own]
        self.surroundings = Surroundings(config, first.site.language)
        # The search asks for its words before any page does.
        self.surroundings.speak(first, config)
        if full:
            self.swap = Swap(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the plan's pages in each language, what they need, and forwarding pages for addresses of old."""
        add_files(self.made, files, config)
        if self.config.forms:
            add_forms(self.made, files, config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each language its own navigation, and hang each deep page under the section it belongs to."""
        self.navigations = navigations(nav, [edition.site.prefix for edition in self.made.editions])
        for edition in self.made.editions:
            hang(edition.site, self.navigations[edition.site.prefix], files)
        return self.navigations[""]

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the theme what stands around pages that are at no address of their own, such as 404."""
        root = urlsplit(config.site_url or "/").path
        missing = "\n".join(edition.not_found(root) for edition in self.made.editions)
        with speaking(self.made.first.site.language):
            title = say("There is no page at this address")
        frame = self.made.first.frame("", title=config.site_name, root=root)
        self.around = {"frame": frame, "head": "", "not_found": missing, "not_found_title": title}
        env.globals["safety_plan"] = self.around
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Fill live figures and links to records into hand-written pages."""
        if isinstance(page, PlanPage):
            return markdown
        # What is not translated stays as it was written, its figures included.
        edition = self.made.first if self.made.is_borrowed(page) else self.made.edition(page)
        path = self.made.path(page)
        with speaking(edition.site.language):
            return content_text(HandWritten(path, path, markdown), edition.plan, edition.results)

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Explain words, and say so where a hand-written page is not translated."""
        edition = self.made.edition(page)
        if not isinstance(page, PlanPage):
            page.meta.setdefault("description", escape(first_paragraph(html)))
        if self.made.is_borrowed(page):
            return edition.borrowed(html)
        return edition.explained(self.made.address(page), html)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put the navigation, the frame and the theme's own words around a page in the page's language."""
        edition, address = self.made.edition(page), self.made.address(page)
        self.surroundings.speak(edition, config)
        everywhere = self.made.is_everywhere(page)
        self.around["head"] = edition.head(_shared(page, address, everywhere), config.site_name)
        trail = self.made.trail(page)
        self.around["frame"] = edition.frame(address, title=str(page.title), everywhere=everywhere, trail=trail)
        context["nav"] = self.navigations[edition.site.prefix]
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Mend what the theme wrote, and let the search of a page look in the pages of its own language."""
        return with_mends(marked(output), config, own_folder=bool(self.made.edition(page).site.prefix))

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Mend what the theme wrote on pages that are at no address of their own, such as 404.

        The list of all pages gets the documents to print, which MkDocs knows only as files.
        """
        if template_name == "sitemap.xml" and config.site_url:
            listed = [f"<url><loc>{config.site_url}{one.address}</loc></url>\n" for one in self.made.manuscripts()]
            return output_content.replace("</urlset>", f"{''.join(listed)}</urlset>")
        return with_mends(marked(output_content), config) if template_name.endswith(".html") else output_content

    # The search engine writes its index first.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Every page is written. The index of the search gets what is found in the plan, in each language."""
        folder = Path(config.site_dir)
        write_search(self.made, folder, config)
        if self.pdf:
            typeset(self.made, folder, config.site_url or "")
        lighten(folder)
        if self.swap is not None:
            self.swap.whole = True

    def on_build_error(self, *, error: Exception) -> None:
        """Something went wrong, a warning under --strict included: what was built is not to be shown."""
        if self.swap is not None:
            self.swap.whole = False

    def on_shutdown(self) -> None:
        """Put the new site in the place of the old one, but only if it is whole."""
        if self.swap is not None and self.swap.end():
            log.info("The new site is in place: %s", self.swap.final.name)
        self.swap = None


def _shared(page: MkDocsPage, address: str, everywhere: bool) -> Shared:
    """What a page says of itself to other programs."""
    if isinstance(page, PlanPage):
        return Shared(page.made.title, page.made.description, address, page.made.section, everywhere)
    title, description = (unescape(str(text)) for text in (page.title, page.meta["description"]))
    return Shared(title, description, address, f"{address.partition('/')[0]}/", everywhere)
