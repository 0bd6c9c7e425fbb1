"""The forms in the browser: the page and the configuration that a site gets where `forms: true` is set."""

from __future__ import annotations

import os
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files

from safety_plan.editing.forms.configuration import Home, configuration
from safety_plan.editing.forms.page import FOLDER, page
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.plan.offers import offers
from safety_plan.plugin.made import Made

log = get_plugin_logger("safety_plan.plugin")

_BRANCH = re.compile(r"(?:^|/)(?:edit|blob)/(?P<branch>[^/]+)/")
"""Where the way to a file's edit page names the branch, on GitHub and on GitLab."""


def add_forms(made: Made, files: Files, config: MkDocsConfig) -> None:
    """Add the page of the forms and their configuration, made from this very plan.

    They are files, not pages: neither the navigation, nor the search, nor the list of all pages has them. Where a town
    keeps files of its own at these addresses, its own stay. Forms that cannot sign anybody in are warned about.
    """
    places, plan = made.places, made.first.plan
    home = Home(
        data=_way(places.data, places.base),
        content=_way(places.docs, places.base),
        repository=config.repo_url or "",
        branch=_branch(config.edit_uri or ""),
        site=config.site_url or "",
    )
    if not home.repository:
        log.warning(
            "mkdocs.yml: found forms: true without repo_url, so that nobody can sign in to the forms. Allowed: forms "
            "with the address of the repository they write to. Fix: add a line such as "
            "repo_url: https://github.com/our-town/safety-plan, or write forms: false."
        )
    own = {
        "index.html": page(config.site_name, home.repository, "../"),
        "config.yml": configuration(home, Choices(offers(plan), plan.categories)),
    }
    for name, content in own.items():
        if files.get_file_from_path(FOLDER + name) is None:
            files.append(File.generated(config, FOLDER + name, content=content))


def _way(folder: Path, base: Path) -> str:
    return Path(os.path.relpath(folder, base)).as_posix()


def _branch(edit_uri: str) -> str:
    found = _BRANCH.search(edit_uri)
    return found["branch"] if found else "main"
