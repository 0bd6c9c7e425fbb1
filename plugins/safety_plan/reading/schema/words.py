"""`faq.yml`, `glossary.yml` and `reading.yml`: questions, words and further reading."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from safety_plan.reading.schema.base import Line, Named, PageName, Prose, Record, Text


class Question(Named):
    """A question residents ask."""

    question: Line = Field(description="The question.")
    answer: Prose = Field(description="The answer. Numbers are live figures.")
    kind: Literal["question", "myth"] = Field("question", description="myth for something widely believed but wrong.")
    see: tuple[PageName, ...] = Field((), description="Pages that say more.")


class Questions(Record):
    """Questions that residents ask, and beliefs that are widespread but wrong, each with its answer."""

    questions: tuple[Question, ...] = Field(min_length=1, description="The questions, most asked first.")


class Term(Named):
    """A word that needs explaining."""

    term: Text = Field(description="The word or abbreviation.")
    long: Text | None = Field(None, description="What an abbreviation stands for.")
    meaning: Prose = Field(description="What it means, in plain words.")
    also_called: tuple[Text, ...] = Field(
        (), description="Other words that residents use; the search finds it by them."
    )
    explain: bool = Field(
        True, description="Whether its first use on each page leads to its meaning; false for everyday words."
    )


class Glossary(Record):
    """Words and abbreviations that need explaining."""

    terms: tuple[Term, ...] = Field(min_length=1, description="The words, in any order.")


class Topic(Named):
    """Something to read up on. A topic, not an address."""

    topic: Line = Field(description="The topic in a few words.")
    why: Line = Field(description="Why it matters for this plan.")
    see: PageName | None = Field(None, description="Page of this site that has to do with it.")


class Reading(Record):
    """Topics to read up on."""

    topics: tuple[Topic, ...] = Field(min_length=1, description="The topics.")
