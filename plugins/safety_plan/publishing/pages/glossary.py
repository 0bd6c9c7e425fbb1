"""The words that need explaining."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.language import say
from safety_plan.publishing.site import Page
from safety_plan.publishing.slugs import alphabetical
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.words import Glossary, Term


def pages(studio: Studio) -> Iterator[Page]:
    """The glossary, where the plan has one."""
    plan = studio.plan
    record = plan.one(Glossary)
    if record is None:
        return
    yield studio.page(
        "glossary",
        place=record.at(),
        record=record,
        terms=sorted(plan.all(Term), key=lambda term: alphabetical(term.record.term)),
        description=say("Words and abbreviations of this site, in plain words."),
    )
