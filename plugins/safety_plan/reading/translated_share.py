"""How much of a site is translated: what a town has to translate, and a warning where some of it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from safety_plan.language import locale_of
from safety_plan.problems import Place, Problem
from safety_plan.reading.catalogue_merge import Wanted
from safety_plan.reading.catalogues import entries, is_translated, read_catalogue, read_file
from safety_plan.reading.folder import TRANSLATIONS, Records, label
from safety_plan.reading.interface import interface_texts
from safety_plan.reading.plan_texts import PlanText, common_texts, texts_of
from safety_plan.reading.schema.town import Town
from safety_plan.reading.translations import ENDING, shipped_catalogue


def wanted_of(texts: tuple[PlanText, ...], code: str) -> tuple[Wanted, ...]:
    """What a town has to translate: its plan, and all the rest where the product does not know the language."""
    shipped = shipped_catalogue(code) is not None
    known = {text.key for text in common_texts()} if shipped else set()
    own = [Wanted(text.context, (text.text,), (text.place.file,)) for text in texts if text.place.file]
    plan = {text.key: text for text in own if text.key not in known}
    rest = () if shipped else interface_texts()
    return (*plan.values(), *(text for text in rest if text.key not in plan))


def share_warnings(folder: Path, base: Path, records: Records) -> Iterator[Problem]:
    """One warning for each language of which something is not translated, or only as it was before.

    `folder` holds the plan, without mistakes; `base` is the project's root, to which places are relative.
    """
    town = records.one(Town)
    texts = texts_of(records)
    for code in town.languages[1:] if town is not None else ():
        path = folder / TRANSLATIONS / f"{code}{ENDING}"
        content = read_file(path)
        catalogue, _ = read_catalogue(content or b"", label(path, base), locale_of(code))
        done = {
            (one.context or "", one.id if isinstance(one.id, str) else one.id[0])
            for one in entries(catalogue)
            if is_translated(one)
        }
        wanted = wanted_of(texts, code)
        share = sum(text.key in done for text in wanted)
        if share < len(wanted):
            yield Problem(
                Place(label(path, base)),
                f"found {share:,} of {len(wanted):,} texts translated; the rest is shown as it was written",
                fix='run "safety-plan translations extract", then "safety-plan translations report" to see which, '
                "and translate them in this file.",
            )
