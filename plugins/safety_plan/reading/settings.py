"""What `mkdocs.yml` says of the plan, so that the command looks at the same files and the same day as the site.

MkDocs itself is not asked: its settings may name plugins and hooks that are not installed where the command runs. What
cannot be read here, such as a value taken from the environment, counts as not set.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin

import yaml

from safety_plan.problems import Place, PlanError, Problem, shown

NAME = "mkdocs.yml"
_PLUGIN = "safety-plan"


@dataclass(frozen=True)
class Settings:
    """The folders of the plan and of its hand-written pages, as seen from the project, and the day set as today.

    `as_of` is None where none is set. `found` says whether there was a `mkdocs.yml` to read. `edits_at` is the address
    under which the hosting service lets people change the hand-written pages, `site_url` that of the site, with a slash
    at its end, and `repo_url` that of the plan's files; each is empty where none is set.
    """

    data: str = "data"
    content: str = "content"
    as_of: dt.date | None = None
    found: bool = False
    edits_at: str = ""
    site_url: str = ""
    repo_url: str = ""

    def edit_address(self, place: Place) -> str:
        """The address at which a place in a file of the project can be changed in a browser; empty where not known.

        MkDocs makes the links "Edit this page" in the same way, from `repo_url` and `edit_uri`.
        """
        if not self.edits_at or place.file.startswith(("/", "../")):
            return ""
        path = posixpath.relpath(place.file, self.content)
        return urljoin(self.edits_at, f"{quote(path)}#L{place.line}")


def read_settings(project: Path) -> Settings:
    """The settings in the `mkdocs.yml` of a project; the usual ones where it has none, or none that can be read.

    Raises PlanError where the day that counts as today is not a date.
    """
    try:
        root = yaml.compose((project / NAME).read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return Settings()
    if not isinstance(root, yaml.MappingNode):
        return Settings()
    own = _of_plugin(_under(root, "plugins"))
    return Settings(
        data=_text(_under(own, "data_dir")) or "data",
        # The default of MkDocs.
        content=_text(_under(root, "docs_dir")) or "docs",
        as_of=_day(_under(own, "as_of")),
        found=True,
        edits_at=_edits_at(root),
        site_url=f"{site_url.rstrip('/')}/" if (site_url := _text(_under(root, "site_url"))) else "",
        repo_url=_text(_under(root, "repo_url")),
    )


def _under(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """What stands under a key."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == name), None)


def _edits_at(root: yaml.Node) -> str:
    """The address that `repo_url` and `edit_uri` make together."""
    repository, edit = _text(_under(root, "repo_url")), _text(_under(root, "edit_uri"))
    if not repository.startswith(("https://", "http://")) or not edit or edit.startswith(("?", "#")):
        return ""
    return urljoin(f"{repository.rstrip('/')}/", f"{edit.rstrip('/')}/")


def _of_plugin(plugins: yaml.Node | None) -> yaml.Node | None:
    """The settings of this plugin: in a list of plugins, or under its name where they stand as keys."""
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    return next((found for found in (_under(entry, _PLUGIN) for entry in entries) if found is not None), None)


def _text(node: yaml.Node | None) -> str:
    """A plain value as it was written; empty where there is none, or where a tag such as !ENV stands before it."""
    if not isinstance(node, yaml.ScalarNode) or node.tag.startswith("!") or node.value == "null":
        return ""
    return str(node.value)


def _day(node: yaml.Node | None) -> dt.date | None:
    text = _text(node)
    if node is None or not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        place = Place(NAME, node.start_mark.line + 1, node.start_mark.column + 1)
        found = f'found "{shown(text)}" for "as_of"'
        raise PlanError([Problem(place, found, allowed="a date such as 2026-11-22", fix="correct the date.")]) from None
