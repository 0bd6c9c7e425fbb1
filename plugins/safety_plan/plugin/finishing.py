"""What is done once every page is written: the index of the search, and the documents as PDF files."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from safety_plan.pdf import Typesetter
from safety_plan.plugin.made import Made
from safety_plan.plugin.surroundings import search_language
from safety_plan.plugin.theme import THEME
from safety_plan.publishing.printed.documents import STYLES
from safety_plan.publishing.search import index_of, with_entries, without
from safety_plan.publishing.site import pdf_address


def typeset(made: Made, folder: Path, site_url: str) -> None:
    """Write each document as a PDF file."""
    styles = tuple((THEME / style).read_text(encoding="utf-8") for style in STYLES)
    seal = made.first.plan.town.look.seal
    pictures = {seal.file: (made.places.docs / seal.file).read_bytes()} if seal else {}
    for manuscript, pdf in Typesetter(styles, pictures, site_url).every(made.manuscripts()):
        (folder / pdf_address(manuscript.address)).write_bytes(pdf)


def write_search(made: Made, folder: Path, config: MkDocsConfig) -> None:
    """Put what is found in the plan into the index of the search, one for each language."""
    path = Path("search", "search_index.json")
    if not (folder / path).is_file():
        # The town has taken the search out of mkdocs.yml.
        return
    index = (folder / path).read_text(encoding="utf-8")
    first, *others = made.editions
    for edition in others:
        own = folder / edition.site.prefix / path
        own.parent.mkdir(parents=True, exist_ok=True)
        language = search_language(edition.site.language.code, config)
        text = index_of(language, index, edition.search_entries(), edition.site.prefix)
        own.write_text(text, encoding="utf-8")
    rest = without((edition.site.prefix for edition in others), index)
    (folder / path).write_text(with_entries(rest, first.search_entries()), encoding="utf-8")
