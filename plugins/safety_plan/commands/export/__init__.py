"""`safety-plan export`: the pages as files that another engine builds, with no plugin."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import click

from safety_plan.commands.export.files import write_export
from safety_plan.commands.reading import Looking, Read, content_option, data_option, looking, mistakes_told, read_plans
from safety_plan.problems import Place, PlanError, Problem
from safety_plan.publishing.editions import broken_links, editions
from safety_plan.publishing.exported.pages import Exporting, exported
from safety_plan.publishing.exported.settings import STYLE, engine_settings
from safety_plan.publishing.hand_written import shown_in
from safety_plan.publishing.look import look_style
from safety_plan.publishing.material.sheets import one_sheet
from safety_plan.publishing.printed.documents import STYLES
from safety_plan.publishing.trail import Trails
from safety_plan.reading.history import read_history
from safety_plan.reading.settings import NAME, read_settings

_SHEETS = ("safety-plan", "tables", "material", "charts", "registers")
"""The style sheets of a page, in their order."""

_ABOUT = """\
# A site, ready for another engine

`safety-plan export` wrote these files from a town's public-safety plan. To build the site from this folder, run one of

    mkdocs build
    properdocs build --config-file mkdocs.yml
    zensical build

with Material for MkDocs installed for the first two. No plugin is needed. What is changed here is lost with the next
export: change the plan instead.
"""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("export"))
@data_option
@content_option
@click.option("--force", is_flag=True, help="Put the files in the place of those of an export before.")
def export(folder: Path, data: Path | None, content: Path | None, force: bool) -> None:
    """Write the pages as files for another engine.

    FOLDER gets a Markdown file for each page, in each language, with the tables, pictures and documents that belong to
    the site, and settings from which MkDocs, ProperDocs or Zensical build it without this plugin. Without a name, the
    folder is called export. Ends with 1 when there are mistakes in the plan, or when other files stand in the way; then
    nothing is written.
    """
    with mistakes_told():
        asked = looking(data, content)
        _refuse_folders_of_the_plan(folder, asked)
        what = _exporting(asked, read_plans(asked.data, asked.content))
        files = dict(_files(asked, what))
        write_export(folder, files, replace=force)
    pages = sum(name.endswith(".md") for name in files) - 1
    languages = f"{len(what.editions)} language{'s' if what.editions[1:] else ''}"
    click.echo(f"{folder.as_posix()}: {pages} pages in {languages}, {len(files)} files.")
    click.echo(f"To build the site: mkdocs build --config-file {(folder / NAME).as_posix()}")


def _exporting(asked: Looking, read: Read) -> Exporting:
    base = Path.cwd()
    settings = read_settings(base)
    built_on = _built_on()
    made = editions(read.plans, asked.day, built_on, read.pages, settings.site_url)
    prefixes = [edition.site.prefix for edition in made]
    broken = broken_links(made[0], prefixes, read.pages)
    if broken:
        raise PlanError(broken)
    texts = {**read.records.texts, **{page.file: page.text for page in read.pages}}
    history = read_history(base, texts, read.records.registers)
    trails = Trails(made[0].plan, history, settings.repo_url, built_on)
    return Exporting(made, shown_in(prefixes, read.pages), trails)


def _built_on() -> dt.date:
    """The day of the build in UTC, as MkDocs has it: today, or the one that the environment names for it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)).date()


def _files(asked: Looking, what: Exporting) -> Iterator[tuple[str, bytes]]:
    base = Path.cwd()
    settings = base / NAME
    written = settings.read_text(encoding="utf-8") if settings.is_file() else ""
    yield NAME, engine_settings(written, what).encode()
    yield "README.md", _ABOUT.encode()
    assets = resources.files("safety_plan.publishing") / "theme" / "assets"
    sheets = [(assets / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS]
    style = one_sheet("", sheets, frozenset()) + look_style(what.editions[0].plan.town)
    yield f"docs/{STYLE}", style.encode()
    for sheet in STYLES:
        yield f"docs/{sheet}", (assets / sheet.removeprefix("assets/")).read_bytes()
    for name, made in exported(what).items():
        yield f"docs/{name}", made if isinstance(made, bytes) else made.encode()
    # What the town has put there itself wins, as it does on the site.
    content = base / asked.content
    for path in sorted(content.rglob("*")):
        own = path.relative_to(content)
        if path.is_file() and path.suffix != ".md" and not any(part.startswith(".") for part in own.parts):
            yield f"docs/{own.as_posix()}", path.read_bytes()


def _refuse_folders_of_the_plan(folder: Path, asked: Looking) -> None:
    """What is written into them would be read as a part of the plan the next time."""
    for taken in (asked.data, asked.content):
        if folder.resolve().is_relative_to(taken.resolve()):
            problem = Problem(
                Place(folder.as_posix()),
                "found a folder that belongs to the plan",
                allowed="a folder of its own, such as export",
                fix="name another folder.",
            )
            raise PlanError([problem])
