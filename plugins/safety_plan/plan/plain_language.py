"""Texts that are harder to read than they have to be: high grades, long sentences, letters that nobody explains.

The rule is made for English. A plan written in another language is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.plan.readability import Readability, readability
from safety_plan.problems import Place, Problem, shown
from safety_plan.reading.content import HandWritten, without_front_matter
from safety_plan.reading.folder import FOLDERS
from safety_plan.reading.live import without_figures
from safety_plan.reading.schema.base import Written
from safety_plan.reading.schema.words import Term
from safety_plan.rules import Rules

_LETTERS = re.compile(r"\b(?:[A-Z](?:[/&]?[A-Z])+)s?\b")
_NUMERAL = re.compile(r"[IVX]+")
# What stands in a citation is part of a name, as in 91 FR 20902 and IS-100.
_CITED = re.compile(r"\d+ [A-Z]{2,} (?:§+ ?|Part )?\d\S*|\b[A-Z]{2,}(?:-[A-Z]+)*-\d\S*|\]\([^)]*\)|https?://\S+")

KNOWN = frozenset({"AM", "ID", "OK", "PDF", "PM", "PO", "TV", "US", "USA", "ZIP"})
"""Abbreviations that need no explanation: our own choice, kept short."""


@dataclass(frozen=True)
class _Text:
    """A text of the plan and where it stands; `page` is the hand-written page that it is."""

    text: str
    start: Place
    page: HandWritten | None = None

    def place(self, words: str) -> Place:
        """Where these words stand: on a page just there, elsewhere at the start of the text."""
        if self.page is None:
            return self.start
        pattern = r"\W+(?:\]\([^)]*\)\W*)?".join(re.escape(word) for word in re.findall(r"\w+", words)[:6])
        match = re.search(pattern, self.page.text)
        return self.page.place(match.start() if match else 0)


def plain_language(plan: Plan, pages: Iterable[HandWritten] = ()) -> Iterator[Problem]:
    """Each text of the plan and each hand-written page that is too hard to read, with what makes it so."""
    first, *others = plan.town.languages
    if first != "en":
        return
    in_english = (page for page in pages if not page.path.startswith(tuple(f"{code}/" for code in others)))
    explained = KNOWN | _letters(" ".join(f"{one.record.term} {one.record.long or ''}" for one in plan.all(Term)))
    texts = (*_texts(plan), *(_Text(without_front_matter(page.text), page.place(0), page) for page in in_english))
    for one in texts:
        read = readability(one.text)
        if read.sentences:
            yield from _hard(one, read, plan.rules)
            yield from _long(one, read, plan.rules)
    yield from _unexplained(texts, explained)


def _texts(plan: Plan) -> Iterator[_Text]:
    of_folders = (thing.record for kind in FOLDERS.values() for thing in plan.all(kind))
    for record in (*plan.files, *of_folders):
        for holder, path, _, text in record.marked(Written):
            yield _Text(text, holder.at(*path))


def _hard(one: _Text, read: Readability, rules: Rules) -> Iterator[Problem]:
    # Of a few words, chance decides the grade: one long name is enough.
    if read.words < rules.reading_words_needed or round(read.grade, 1) <= rules.reading_grade_most:
        return
    longest = read.longest
    yield Problem(
        one.start,
        f"found a text of reading grade {read.grade:.1f}",
        allowed=f"grade {rules.reading_grade_most:g} or below (Flesch-Kincaid)",
        fix="use shorter words and sentences. "
        f'The longest sentence has {len(longest.words)} words and starts with "{shown(longest.text)}"',
    )


def _long(one: _Text, read: Readability, rules: Rules) -> Iterator[Problem]:
    for sentence in read.sentences:
        if len(sentence.words) > rules.reading_sentence_most:
            yield Problem(
                one.place(sentence.text),
                f'found a sentence of {len(sentence.words)} words that starts with "{shown(sentence.text)}"',
                allowed=f"up to {rules.reading_sentence_most:g} words in a sentence",
                fix="make two or three sentences of it, or a list.",
            )


def _unexplained(texts: Iterable[_Text], explained: frozenset[str]) -> Iterator[Problem]:
    """Each abbreviation once, at its first place: explained in the glossary, it is explained everywhere."""
    places: dict[str, list[Place]] = {}
    for one in texts:
        for letters in _letters(one.text) - explained:
            if not _is_explained(letters, one.text):
                places.setdefault(letters, []).append(one.place(letters))
    for letters, found in places.items():
        more = f"; it stands in {len(found)} texts" if found[1:] else ""
        yield Problem(
            min(found),
            f'found "{letters}" without an explanation{more}',
            allowed="abbreviations that stand in glossary.yml or are explained in the same text",
            fix=f'add "{letters}" to glossary.yml, or write the words with "({letters})" after them.',
        )


def _letters(text: str) -> frozenset[str]:
    """The abbreviations in a text: two or more capitals, without the s of many. Roman numerals are none."""
    found = (letters.removesuffix("s") for letters in _LETTERS.findall(_CITED.sub(" ", without_figures(text))))
    return frozenset(letters for letters in found if not _NUMERAL.fullmatch(letters))


def _is_explained(letters: str, text: str) -> bool:
    """Whether the text says what they stand for: `Department of Public Health (DPH)` or `DPH (Department of ...)`."""
    name = re.escape(letters)
    return re.search(rf"[a-z]\W*\({name}\)|\b{name} \([^)]*[a-z]{{2}}", text) is not None
