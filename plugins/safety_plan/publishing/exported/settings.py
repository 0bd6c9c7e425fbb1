"""The settings for the engine that builds an export: those of the town, without what only this plugin can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from safety_plan.publishing.editions import Edition
from safety_plan.publishing.exported.pages import Exporting, as_index
from safety_plan.publishing.navigation import with_hand_written

STYLE = "assets/pages.css"
"""The style sheet of all pages."""

_LEFT_OUT = frozenset(
    {"INHERIT", "docs_dir", "edit_uri", "edit_uri_template", "exclude_docs", "hooks", "plugins", "site_dir"}
    | {"use_directory_urls", "validation", "watch"}
)
"""Settings that speak of other folders, or of plugins."""

_NEEDED = "md_in_html"
"""The extension that reads Markdown within an element: a page in another language stands in one."""

_ABOUT = """\
# Written by `safety-plan export`. MkDocs with Material, ProperDocs and Zensical build a site from this file.
"""


def engine_settings(written: str, what: Exporting) -> str:
    """The settings as YAML; `written` is the text of the town's mkdocs.yml, "" where it has none."""
    found = _keys(written)
    title = str(what.editions[0].plan.document.title)
    ours: dict[str, Any] = {
        "site_name": title,
        "theme": {"name": "material", "font": False, "features": ["navigation.indexes", "navigation.tabs"]},
        "nav": with_hand_written(what.editions[0].site, what.content[""]),
    }
    nodes = {name: _node(value) for name, value in ours.items()} | {
        name: node for name, node in found.items() if name not in _LEFT_OUT
    }
    others = [_below(edition, what) for edition in what.editions[1:]]
    nodes["nav"].value += _node(others).value
    _name_files(nodes["nav"])
    _keep_look(nodes["theme"])
    nodes |= {
        "docs_dir": _node("docs"),
        # The pages are made: whoever changes them here loses it with the next export.
        "edit_uri": _node(""),
        "extra_css": _with(nodes.get("extra_css"), [STYLE], first=True),
        "markdown_extensions": _with(nodes.get("markdown_extensions"), [_NEEDED]),
    }
    pairs = [(_node(name), node) for name, node in nodes.items()]
    text: str = yaml.serialize(
        yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False), allow_unicode=True, width=120
    )
    return _ABOUT + text


def _keys(written: str) -> dict[str, yaml.Node]:
    """The town's settings, each as it was written, whatever its tags."""
    try:
        root = yaml.compose(written, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return {}
    return {key.value: value for key, value in root.value} if isinstance(root, yaml.MappingNode) else {}


def _keep_look(theme: yaml.Node) -> None:
    """Take out of the theme's settings what leads to files that are not here: the town's own parts, and the sources."""
    if not isinstance(theme, yaml.MappingNode):
        return
    theme.value = [pair for pair in theme.value if pair[0].value != "custom_dir"]
    for key, value in theme.value:
        if key.value == "features" and isinstance(value, yaml.SequenceNode):
            value.value = [
                one for one in value.value if one.value not in ("content.action.edit", "content.action.view")
            ]


def _name_files(node: yaml.Node) -> None:
    """Name the pages of a navigation as they are called here."""
    for one in [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value:
        if not isinstance(one, yaml.ScalarNode):
            _name_files(one)
        elif one.value.endswith(".md"):
            one.value = as_index(one.value)


def _below(edition: Edition, what: Exporting) -> dict[str, Any]:
    """The navigation of a further language, under its name."""
    return {edition.site.language.name: with_hand_written(edition.site, what.content[edition.site.prefix])}


def _with(node: yaml.Node | None, more: Sequence[str], *, first: bool = False) -> yaml.Node:
    """A list with more entries; a list that is written as keys stays one."""
    added = _node(list(more))
    if isinstance(node, yaml.MappingNode):
        node.value += [(one, _node({})) for one in added.value]
        return node
    if isinstance(node, yaml.SequenceNode):
        known = {one.value for one in node.value if isinstance(one, yaml.ScalarNode)}
        new = [one for one in added.value if one.value not in known]
        node.value = [*new, *node.value] if first else [*node.value, *new]
        return node
    return added


def _node(value: object) -> yaml.Node:
    """A value as it is written in YAML."""
    node = yaml.compose(yaml.safe_dump(value, allow_unicode=True), Loader=yaml.SafeLoader)
    assert node is not None
    return node
