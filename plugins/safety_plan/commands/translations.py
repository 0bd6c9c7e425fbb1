"""`safety-plan translations`: the catalogues of the site's languages, brought up to date and looked over."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from safety_plan.commands.reading import data_option, looking, mistakes_told
from safety_plan.commands.table import table
from safety_plan.language import locale_of
from safety_plan.problems import Place, PlanError, shown
from safety_plan.reading.catalogue_merge import Entry, Wanted, merged
from safety_plan.reading.catalogue_text import catalogue_text
from safety_plan.reading.catalogues import read_catalogue
from safety_plan.reading.folder import TRANSLATIONS, label, read_folder
from safety_plan.reading.interface import interface_texts
from safety_plan.reading.plan_texts import PlanText, texts_of
from safety_plan.reading.schema.town import Town
from safety_plan.reading.translated_share import wanted_of
from safety_plan.reading.translations import ENDING, SHIPPED

_ALL = 100


@click.group()
def translations() -> None:
    """Look after the site in further languages.

    Each language of town.yml after the first has a catalogue in data/translations, such as es.po, with every text of
    the plan. Editors for translations, such as Poedit, open it.
    """


@translations.command()
@data_option
@click.option("--interface", is_flag=True, help="The catalogues that come with this program, in place of the town's.")
def extract(data: Path | None, interface: bool) -> None:
    """Write what there is to translate into the catalogues.

    Translations stay. Where a text has changed, its translation is marked as out of date, with the text as it was
    before; what is no longer wanted is kept at the end of the file. Ends with 0 when they are written, with 1 when
    there are mistakes in the plan or in a catalogue.
    """
    with mistakes_told():
        found = _shipped() if interface else _of_town(data)
        for one in found:
            changed = one.write()
            click.echo(f"{one.file}: {_summary(one)}{'' if changed else ' Nothing has changed.'}")
    if not found:
        click.echo("There is nothing to translate: town.yml names one language only.")


@translations.command()
@data_option
@click.option("--interface", is_flag=True, help="The catalogues that come with this program, in place of the town's.")
@click.option(
    "--fail-under",
    type=click.IntRange(0, _ALL),
    default=0,
    metavar="PERCENT",
    help="End with 1 where less than this share of the texts of a language is translated and up to date.",
)
def report(data: Path | None, interface: bool, fail_under: int) -> None:
    """Say how much is translated, and what is not. Nothing is changed.

    Ends with 0, or with 1 when there are mistakes in the plan or less is translated than was asked for.
    """
    with mistakes_told():
        found = _shipped() if interface else _of_town(data)
    for one in found:
        click.echo("\n".join(_report(one)))
    if any(_share(one.entries) < fail_under for one in found):
        sys.exit(1)


@dataclass(frozen=True)
class _Catalogue:
    """A catalogue as it should be: its file, its entries, and where its texts stand in the plan."""

    path: Path
    file: str
    code: str
    old: str
    entries: tuple[Entry, ...]
    places: dict[tuple[str, str], Place]

    def write(self) -> bool:
        """Write it, and say whether that changed anything."""
        new = catalogue_text(self.entries, self.code, self.old)
        if new == self.old:
            return False
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(new, encoding="utf-8", newline="\n")
        return True


def _of_town(data: Path | None) -> list[_Catalogue]:
    """The catalogues of a town. Raises PlanError with what is wrong in its plan or in a catalogue."""
    base = Path.cwd()
    folder = base / looking(data).data
    records, problems = read_folder(folder, base)
    if problems:
        raise PlanError(problems)
    town = records.one(Town)
    codes = town.languages[1:] if town is not None else ()
    texts = texts_of(records)
    return [
        _catalogue(folder / TRANSLATIONS / f"{code}{ENDING}", base, code, wanted_of(texts, code), texts)
        for code in codes
    ]


def _shipped() -> list[_Catalogue]:
    """The catalogues that come with the product."""
    wanted = interface_texts()
    return [_catalogue(path, SHIPPED.parent, path.stem, wanted) for path in sorted(SHIPPED.glob(f"*{ENDING}"))]


def _catalogue(
    path: Path, base: Path, code: str, wanted: tuple[Wanted, ...], texts: tuple[PlanText, ...] = ()
) -> _Catalogue:
    content = path.read_bytes() if path.exists() else b""
    old, problems = read_catalogue(content, label(path, base), locale_of(code))
    if problems:
        raise PlanError(problems)
    places = {text.key: text.place for text in texts if text.place.file}
    return _Catalogue(path, label(path, base), code, content.decode("utf-8-sig"), merged(old, wanted), places)


def _share(entries: tuple[Entry, ...]) -> float:
    """The share of what is wanted that is translated and up to date, in percent."""
    wanted = [entry for entry in entries if not entry.obsolete]
    return _ALL * sum(entry.is_translated for entry in wanted) / len(wanted) if wanted else _ALL


def _summary(one: _Catalogue) -> str:
    wanted = [entry for entry in one.entries if not entry.obsolete]
    done, old = sum(entry.is_translated for entry in wanted), sum(entry.fuzzy for entry in wanted)
    return f"{done} of {len(wanted)} texts are translated, {old} are out of date."


def _report(one: _Catalogue) -> Iterator[str]:
    wanted = [entry for entry in one.entries if not entry.obsolete]
    yield f"{one.code}, {locale_of(one.code).english_name}: {_summary(one)}"
    by_file: dict[str, list[Entry]] = {}
    for entry in wanted:
        by_file.setdefault(entry.files[0], []).append(entry)
    rows = [
        (
            file,
            str(len(entries)),
            str(sum(entry.is_translated for entry in entries)),
            str(sum(entry.fuzzy for entry in entries)),
            f"{int(_share(tuple(entries)))} %",
        )
        for file, entries in by_file.items()
    ]
    yield from ("", *table(("File", "Texts", "Translated", "Out of date", "Share"), rows))
    for heading, entries in (
        ("Out of date", [entry for entry in wanted if entry.fuzzy]),
        ("Not translated", [entry for entry in wanted if not entry.fuzzy and not entry.is_translated]),
        ("Same as the original", [entry for entry in wanted if entry.is_translated and entry.strings == entry.ids]),
    ):
        if entries:
            yield from ("", f"{heading}:")
            yield from (f"  {one.places.get(entry.key) or entry.files[0]}: {shown(entry.ids[0])}" for entry in entries)
    yield ""
