"""What the theme gets from us, and what is mended or taken out of what it writes."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from safety_plan.publishing.icon import ICON_PNG
from safety_plan.publishing.material.mends import ThemeChangedError, mended, with_switch_in
from safety_plan.publishing.material.search_place import with_own_search
from safety_plan.publishing.material.sheets import one_sheet
from safety_plan.publishing.material.unused import classes_of, without_unused, words_of

THEME = Path(__file__).parents[1] / "publishing" / "theme"
"""The folder of our own parts of the theme."""

STYLE = "assets/pages.css"
"""The address of the one style sheet of all pages."""

_SCRIPT = "assets/safety-plan.js"
_THEMES_ICON = "assets/images/favicon.png"
_PARTS_OF_STYLE = (
    "assets/safety-plan.css",
    "assets/tables.css",
    "assets/material.css",
    "assets/charts.css",
    "assets/registers.css",
)


def adapt(config: MkDocsConfig) -> None:
    """Put our parts into the theme. The town's own still win."""
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
    config.extra_css.insert(0, STYLE)
    config.extra_javascript.insert(0, _SCRIPT)
    if config.theme.get("favicon") == _THEMES_ICON:
        config.theme["favicon"] = ICON_PNG


def style_sheet(config: MkDocsConfig) -> str:
    """The style sheet of every page: the theme's colours that are used, and our own sheets."""
    found = [path for folder in config.theme.dirs for path in Path(folder).glob("assets/stylesheets/palette.*.css")]
    palette = "".join(path.read_text(encoding="utf-8") for path in found)
    own = [(THEME / part).read_text(encoding="utf-8") for part in _PARTS_OF_STYLE]
    schemes = config.theme.get("palette") or []
    schemes = [schemes] if isinstance(schemes, dict) else schemes
    # Where the settings name no colour, the theme takes indigo.
    colours = {f"{kind}={scheme.get(kind) or 'indigo'}" for scheme in schemes for kind in ("primary", "accent")}
    return one_sheet(palette, own, frozenset(colours))


def with_mends(page: str, config: MkDocsConfig, *, own_folder: bool = False) -> str:
    """A page of Material with its faults mended, and with our search. What other themes write is theirs.

    `own_folder` says whether the page is of a language that has a folder of its own.
    """
    if config.theme.name != "material":
        return page
    try:
        return with_own_search(with_switch_in(config.theme["switch"], mended(page)), folder=own_folder)
    except ThemeChangedError as change:
        raise PluginError(f"mkdocs-material: {change}.") from None


def lighten(folder: Path) -> None:
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
