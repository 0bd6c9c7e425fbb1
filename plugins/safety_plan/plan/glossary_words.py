"""The words of the glossary: each leads to one meaning."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.problems import Place, Problem
from safety_plan.reading.schema.words import Glossary, Term


def same_word_problems(glossary: Glossary | None) -> Iterator[Problem]:
    """Other words for an entry that another entry has already: the search would lead to one of the two by chance."""
    taken: dict[str, tuple[Term, Place]] = {}
    terms = glossary.terms if glossary is not None else ()
    for term in terms:
        for key in ("term", "long"):
            if (name := getattr(term, key)) is not None:
                taken.setdefault(name.casefold(), (term, term.at(key)))
    for term in terms:
        for number, word in enumerate(term.also_called):
            place = term.at("also_called", number)
            other, there = taken.setdefault(word.casefold(), (term, place))
            if other is not term:
                yield Problem(
                    place,
                    f'found "{word}" as another word for "{term.term}", but the entry "{other.term}" has it already, '
                    f"at {there}",
                    allowed="words that no other entry of the glossary has",
                    fix="delete it at one of the two places.",
                )
