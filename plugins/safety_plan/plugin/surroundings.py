"""What stands around a page and comes from mkdocs.yml or from the theme, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from safety_plan.language import Language, Original, later, say, speaking
from safety_plan.publishing.editions import Edition

_OURS = frozenset(
    {
        later("Switch to dark mode"),
        later("Switch to light mode"),
        later("Switch to system preference"),
        later("The plan's files"),
    }
)
"""What mkdocs.yml says in the example town and in the theme's own guide. A town that keeps it need not translate it."""

_ENGLISH = "en"
"""The language in which both the theme and the engine of the search have everything."""

_SEARCH_LANGUAGE = '{% import "partials/language.html" as lang with context %}{{ lang.t("search.config.lang") }}'


class Surroundings:
    """The words of mkdocs.yml as they were written there, and what they are on a page in another language.

    `written` is the language of the plan, in which a town also writes its settings.
    """

    def __init__(self, config: MkDocsConfig, written: Language) -> None:
        self._written = written
        self._site = {"site_name": config.site_name, "site_description": config.site_description}
        self._files = config.repo_name
        # Where the settings say nothing, this is the name of the place, such as GitHub.
        self._files_are_named = any("repo_name" in settings for settings in config.user_configs)
        self._palette = config.theme.get("palette")

    def speak(self, edition: Edition, config: MkDocsConfig) -> None:
        """Let everything around the next page be in the language of an edition."""
        language = edition.site.language
        own = {"site_name": str(edition.plan.document.title)} if edition.site.prefix else {}
        with speaking(language):
            config.load_dict({**self._site, **own, "repo_name": self._name_of_files(language)})
            palette, switch = self._switch(language)
        config.theme["language"] = language.code
        config.theme["words"] = nearest(language.code, _languages_of(config))
        config.theme["direction"] = language.direction
        config.theme["switch"] = switch
        if palette is not None:
            config.theme["palette"] = palette

    def _name_of_files(self, language: Language) -> str | None:
        if self._files in _OURS:
            return _marked(say(self._files), language)
        if self._files and self._files_are_named:
            return _marked(Original(self._files, self._written.code), language)
        return self._files

    def _switch(self, language: Language) -> tuple[Any, str]:
        """The theme's colours with the words of their switch, and the language of these words if it is another."""
        if not isinstance(self._palette, list):
            return self._palette, ""
        written = [one["toggle"]["name"] for one in self._palette if _is_named(one)]
        said = {name: say(name) if name in _OURS else Original(name, self._written.code) for name in written}
        # The switch has one mark for all its words, so either each of them is in the language of the page or none.
        left = [text.lang for text in said.values() if isinstance(text, Original) and text.lang != language.code]
        if left:
            return self._palette, left[0]
        return [_renamed(one, said) for one in self._palette], ""


def _marked(text: str, language: Language) -> str:
    """A text as HTML, with a mark of its language where that is not the one of the page."""
    if isinstance(text, Original) and text.lang != language.code:
        return Original(str(text), text.lang).__html__()
    return str(text)


def _is_named(colours: Mapping[str, Any]) -> bool:
    return bool((colours.get("toggle") or {}).get("name"))


def _renamed(colours: Mapping[str, Any], said: Mapping[str, str]) -> Mapping[str, Any]:
    if not _is_named(colours):
        return colours
    toggle = colours["toggle"]
    return {**colours, "toggle": {**toggle, "name": str(said[toggle["name"]])}}


def nearest(code: str, known: frozenset[str]) -> str:
    """The language among those known that is nearest to one: itself, the same without its country, else English."""
    parts = code.split("-")
    longer = ("-".join(parts[:number]) for number in range(len(parts), 0, -1))
    return next((one for one in longer if one in known), _ENGLISH)


def search_language(code: str, config: MkDocsConfig) -> str:
    """The language in which the engine of the search takes words for a site in this one.

    It is the one that the theme names, if the engine has rules for it: asked for others, it finds nothing at all.
    """
    known = _languages_of(config)
    if not known:
        # Another theme, with an engine of its own.
        return code
    theme = {"language": code, "words": nearest(code, known)}
    named = config.theme.get_env().from_string(_SEARCH_LANGUAGE).render(config={"theme": theme})
    return nearest(named, _names(config, "assets/javascripts/lunr/min/lunr.", ".min.js"))


def _languages_of(config: MkDocsConfig) -> frozenset[str]:
    """The languages in which the theme has words, a town's own theme included."""
    return _names(config, "partials/languages/", ".html")


def _names(config: MkDocsConfig, start: str, end: str) -> frozenset[str]:
    found = (path.as_posix() for folder in config.theme.dirs for path in Path(folder).glob(f"{start}*{end}"))
    return frozenset(path.rpartition(start)[2].removesuffix(end) for path in found)
