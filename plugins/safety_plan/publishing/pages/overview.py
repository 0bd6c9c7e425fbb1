"""The plan as a document: its aims, what the town looked at, its cycle, and what changed in it."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.language import later, say
from safety_plan.publishing.labels import FACTORS, PHASES, RESILIENCE, REVIEW_CYCLES, said
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.plan import Factor, ResilienceMeasure, Trigger

_PHASES = {
    "anticipate": later("We look ahead: what could happen, and whom would it hit?"),
    "prepare": later("We get people, places and equipment ready before it does."),
    "adapt": later("We change what we do when results, needs or rules change. Then we look ahead again."),
}
"""The plan's cycle: its steps in order, and what each one is."""


def pages(studio: Studio) -> Iterator[Page]:
    """The page of the plan itself."""
    plan = studio.plan
    document = plan.document
    objectives = plan.objectives
    yield studio.page(
        "plan",
        document=document,
        phases=[
            (phase, say(what), [objective for objective in objectives if objective.record.phase == phase])
            for phase, what in _PHASES.items()
        ],
        phase_words=said(PHASES),
        factor_words=said(FACTORS),
        resilience_words=said(RESILIENCE),
        cycle=say(REVIEW_CYCLES[document.review_cycle]),
        without_phase=[objective for objective in objectives if objective.record.phase is None],
        factors=plan.all(Factor),
        triggers=plan.all(Trigger),
        resilience=plan.all(ResilienceMeasure),
        version_since=next((one.on for one in document.amendments if one.version == document.version), None),
        latest_review=plan.reviews[-1] if plan.reviews else None,
        description=say(
            "{plan}: what it is for, what we looked at, and what we do when things change.", plan=document.title
        ),
    )
