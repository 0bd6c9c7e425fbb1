"""The languages of a site: what its town has translated, and what comes with this product.

The texts of the interface come with the product, in a catalogue for each language it knows. Those of the plan stand in
`data/translations/`, in a catalogue with the name of the language. For a language that the product does not know, that
one file holds both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations

from safety_plan.language import InEnglish, Language, Original, locale_of
from safety_plan.problems import Place, Problem, nearest, one_of
from safety_plan.reading.catalogues import entries, is_translated, read_catalogue, read_file
from safety_plan.reading.folder import TRANSLATIONS, Records, label
from safety_plan.reading.plan_texts import PlanText, in_other_words, lists_of_names, texts_of
from safety_plan.reading.schema.town import Town
from safety_plan.reading.translation_checks import figure_problems, same_name_problems, value_problems

ENDING = ".po"
SHIPPED = Path(__file__).parents[1] / "languages"
"""The folder of the catalogues that come with this product."""


@dataclass(frozen=True)
class Translation:
    """A language of the site with all that is said in it.

    `plan` holds the translations of the plan's texts by what they are and what the text is; what is not there has
    none, or one of an earlier text. `written_in` is the code of the language in which the plan is written.
    """

    language: Language
    written_in: str = "en"
    plan: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, text: PlanText) -> str:
        """The text in this language, or the text as it was written, marked as such."""
        return self.plan.get(text.key) or Original(text.text, self.written_in)


def shipped_catalogue(code: str) -> Catalog | None:
    """The texts of the interface in a language that comes with the product."""
    path = SHIPPED / f"{code}{ENDING}"
    content = read_file(path)
    return None if content is None else read_catalogue(content, path.name, locale_of(code))[0]


def first_language(records: Records) -> Language:
    """The language in which the plan is written. The interface speaks it where the product knows it."""
    code = _codes(records)[0]
    shipped = shipped_catalogue(code)
    return Language(code, locale_of(code), _texts(code, [shipped] if shipped is not None else []))


def read_translations(folder: Path, base: Path, records: Records) -> tuple[tuple[Translation, ...], list[Problem]]:
    """The languages of the site after the first, and what is wrong with their catalogues in the plan's folder.

    `base` is the project's root, to which the places in problems are relative.
    """
    first, *others = _codes(records)
    problems = list(_strange_files(folder / TRANSLATIONS, base, others)) if "town" not in records.unread else []
    # Without the whole plan, nobody can say which text an entry belongs to.
    texts = texts_of(records)
    found = []
    for code in others:
        path = folder / TRANSLATIONS / f"{code}{ENDING}"
        own, wrong = _own_catalogue(path, label(path, base), code, texts)
        problems += wrong
        shipped = shipped_catalogue(code)
        catalogues = [one for one in (shipped, own) if one is not None]
        language = Language(code, locale_of(code), _texts(code, catalogues))
        found.append(Translation(language, first, {key: text for one in catalogues for key, text in _plan(one)}))
    return tuple(found), problems


def translated(records: Records, translation: Translation) -> Records:
    """The plan in another language. What has no translation stays as it was written, marked as such."""
    return in_other_words(records, translation.of)


def _codes(records: Records) -> tuple[str, ...]:
    town = records.one(Town)
    return town.languages if town is not None else ("en",)


def _texts(code: str, catalogues: Iterable[Catalog]) -> NullTranslations:
    """The texts of catalogues as gettext wants them; later ones win. What is in none stays in English and is marked."""
    texts: Translations | None = None
    for catalogue in catalogues:
        compiled = BytesIO()
        write_mo(compiled, _translated_part(catalogue))
        compiled.seek(0)
        more = Translations(compiled)
        texts = more if texts is None else texts.merge(more)
    in_english = NullTranslations() if code.partition("-")[0] == "en" else InEnglish()
    if texts is None:
        return in_english
    texts.add_fallback(in_english)
    return texts


def _translated_part(catalogue: Catalog) -> Catalog:
    """A catalogue without the entries that have no translation: some would count as translated by their original."""
    part = deepcopy(catalogue)
    for message in [one for one in entries(part) if not is_translated(one)]:
        part.delete(message.id, message.context)
    return part


def _plan(catalogue: Catalog) -> Iterator[tuple[tuple[str, str], str]]:
    for message in entries(catalogue):
        if message.context and isinstance(message.id, str) and is_translated(message):
            yield (message.context, message.id), str(message.string)


def _own_catalogue(
    path: Path, file: str, code: str, texts: tuple[PlanText, ...]
) -> tuple[Catalog | None, list[Problem]]:
    """A town's own catalogue of a language, where it has one, and what is wrong with it."""
    content = read_file(path)
    if content is None:
        if shipped_catalogue(code) is not None:
            return None, []
        return None, [
            Problem(
                Place(file),
                "found no such file, and this product has no texts in this language",
                allowed="a catalogue for each language of town.yml after the first",
                fix='run "safety-plan translations extract" to create it, or delete the language from town.yml.',
            )
        ]
    catalogue, problems = read_catalogue(content, file, locale_of(code))
    if not problems and not catalogue:
        problems = [
            Problem(
                Place(file),
                "found a catalogue without any entries",
                allowed="an entry for each text of the plan",
                fix='run "safety-plan translations extract" to fill it, or delete the file.',
            )
        ]
    return catalogue, [*problems, *_entry_problems(catalogue, file, texts)]


def _entry_problems(catalogue: Catalog, file: str, texts: tuple[PlanText, ...]) -> Iterator[Problem]:
    """What is wrong with the translations that would be shown."""
    shown = [message for message in entries(catalogue) if is_translated(message)]
    by_key = {(message.context or "", str(message.id)): message for message in shown if isinstance(message.id, str)}
    of_plan = {text.key for text in texts}
    for message in shown:
        place = _place(message, file)
        if (message.context or "", str(message.id)) in of_plan:
            yield from figure_problems(message, place)
        elif not _is_of_a_plan(message):
            yield from value_problems(message, place)
    places = {key: _place(message, file) for key, message in by_key.items()}
    for names in lists_of_names(texts):
        known = [(name, str(by_key[name.key].string)) for name in names if name.key in by_key]
        yield from same_name_problems(known, places)


def _place(message: Message, file: str) -> Place:
    return Place(file, message.lineno or 1)


def _is_of_a_plan(message: Message) -> bool:
    """Whether an entry belongs to a text of a plan, be it one that has changed since."""
    return ": " in (message.context or "")


def _strange_files(folder: Path, base: Path, codes: list[str]) -> Iterator[Problem]:
    """Files whose texts would never appear."""
    if not folder.is_dir():
        return
    names = [f"{code}{ENDING}" for code in codes]
    for path in sorted(folder.iterdir()):
        if path.name in names or path.name.startswith((".", "README")):
            continue
        place = Place(label(path, base))
        free = [name for name in names if not (folder / name).exists()]
        guess = nearest(path.name, free)
        if path.suffix == ENDING and not guess:
            yield Problem(
                place,
                "found a catalogue of a language that the site does not have",
                allowed=one_of(names) or "no catalogue: town.yml names one language only",
                fix=f'add "{path.stem}" to "languages" in town.yml, or delete the file.',
            )
        else:
            yield Problem(
                place,
                "found a file or folder that is not a catalogue of the site's languages",
                allowed=one_of(names) or "no catalogue: town.yml names one language only",
                nearest=guess,
                fix=f'rename it to "{guess}", or move it out of this folder.'
                if guess
                else "move it out of this folder.",
            )
