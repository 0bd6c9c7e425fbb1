"""What the fields and the records of a plan are called in sentences about them; in English."""

from __future__ import annotations

import re

from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.categories import Band, Categories, CategoryGroup, Scale
from safety_plan.reading.schema.compliance import Compliance
from safety_plan.reading.schema.ems import EmsStrategy, Finance, ServiceLevel
from safety_plan.reading.schema.engagement import Engagement
from safety_plan.reading.schema.goals import Action
from safety_plan.reading.schema.metrics import DataNote
from safety_plan.reading.schema.models import PlanningModels
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.people import People
from safety_plan.reading.schema.plan import Amendment, PlanDocument, Reassessment, WhyItMatters
from safety_plan.reading.schema.resources import Agreement, Resources
from safety_plan.reading.schema.reviews import EmsInput, Review
from safety_plan.reading.schema.risks import RiskRegister, RiskReview
from safety_plan.reading.schema.targets import TargetChange
from safety_plan.reading.schema.town import Town
from safety_plan.reading.schema.words import Glossary, Questions, Reading

NOUNS = {"metric": "measure"}
"""What a kind of thing is called where staff and residents call it otherwise than the data format does."""

FILES: dict[str, tuple[str, str]] = {
    Town.__name__: ("the town", "about"),
    PlanDocument.__name__: ("the plan", "plan"),
    People.__name__: ("the page on roles and leadership", "people"),
    Categories.__name__: ("the lists to choose from", "about"),
    PlanningModels.__name__: ("the page on planning models", "models"),
    EmsStrategy.__name__: ("the EMS strategy", "ems"),
    RiskRegister.__name__: ("the risk register", "risks"),
    Compliance.__name__: ("the page on legal duties", "legal"),
    Engagement.__name__: ("the page on taking part", "take-part"),
    Resources.__name__: ("the page on resources", "resources"),
    Questions.__name__: ("the questions and answers", "questions"),
    Glossary.__name__: ("the glossary", "glossary"),
    Reading.__name__: ("the further reading", "questions"),
    "Accessibility": ("the page on accessibility", "accessibility"),
}
"""What the record of each file is called, and the page by whose name residents see most of it."""

SECRET = ("approves_as",)
"""Fields whose values are shown nowhere, and are not repeated here either."""

_CLASSES: dict[type[Record], str] = {
    Band: "band of scores",
    CategoryGroup: "category",
    DataNote: "note on the data",
    Finance: "entry on finance",
    RiskReview: "rating",
    Scale: "scale",
    TargetChange: "earlier target",
    WhyItMatters: "reason to have the plan",
}

_FIELDS = {
    "about": "description",
    "actions": "linked actions",
    "adopted": "day it was adopted",
    "adopted_by": "body that adopted it",
    "affects": "legal duties it touches",
    "after_treatment": "rating after treatment",
    "agreements": "linked agreements",
    "also_called": "other words for it",
    "annual": "values of whole years",
    "answered": "date of the answer",
    "approach": "kind of work",
    "approves_as": "addresses under which it approves changes",
    "area_square_miles": "area in square miles",
    "attended": "roles that took part",
    "avoided_by": "way to avoid it",
    "backup": "position that steps in",
    "because": "reason",
    "before_controls": "rating before controls",
    "below": "number below which counts are withheld",
    "better": "way that is better",
    "body": "department",
    "breakdowns": "splits into groups",
    "by": "date",
    "by_people": "tests by people",
    "cancelled": "end of the work",
    "chaired_by": "role that led it",
    "checked": "day of the check",
    "checkers": "programs used for the check",
    "closed": "number of things mended",
    "colour": "colour of the site",
    "colour_dark": "colour of the site in dark mode",
    "completion_percent": "share of those due who finished it",
    "consulted": "roles that are asked",
    "corrected": "day of the correction",
    "corrective_actions": "number of things to be mended",
    "counts": "word for what is counted",
    "covers": "time that each value covers",
    "data_as_of": "last day covered by numbers",
    "dated": "date",
    "decimals": "number of decimals shown",
    "does_not_apply": "reason why it does not apply",
    "done": "date of finishing",
    "due": "due date",
    "due_within_days": "number of days until a value is promised",
    "edition": "edition of the change",
    "end": "last day",
    "engaged_by": "ways of working with them",
    "environmental_scan": "factors around the town",
    "explain": "setting that explains it on pages",
    "factor": "kind",
    "faults": "number of faults left open",
    "feedback": "address for feedback",
    "file": "picture",
    "fiscal_year_starts": "month in which the fiscal year starts",
    "former_ids": "former addresses",
    "headline": "place among the few on the home page or in the summary",
    "health": "mark for health data",
    "health_below": "number below which health counts are withheld",
    "held": "way it is kept",
    "high": "upper end",
    "history": "ratings",
    "horizon": "time frame",
    "impact_areas": "areas it touches",
    "informed": "roles that are kept informed",
    "ingredients": "",
    "instead": "way round it",
    "keep": "word for a level to hold",
    "key_stakeholders": "people it needs most",
    "languages": "languages of the site",
    "last": "day it was last done",
    "last_done": "day it was last done",
    "late_because": "reason for being late",
    "lead": "role that answers",
    "link": "address of the source",
    "long": "long form",
    "look": "",
    "looked_at": "things looked at",
    "low": "lower end",
    "mentions": "number of mentions",
    "metrics": "linked measures",
    "mirrors": "register the number is taken from",
    "missing": "reason why there is no number",
    "modes": "number of ways in which pages were checked",
    "money": "",
    "n": "number of cases",
    "next": "next date",
    "next_due": "next due date",
    "numbers_due_within_days": "number of days until values are promised",
    "objectives": "linked objectives",
    "observations_file": "table that holds the values",
    "of_from": "measure that counts the whole",
    "on": "date",
    "order": "place among the goals",
    "pages": "number of pages checked",
    "part_from": "measure that counts the part",
    "partial_until": "last day covered so far",
    "paused": "pause",
    "people": "number of people",
    "per": "number it is per",
    "perception": "mark for what people think",
    "protect_rest": "mark that protects those not in the part",
    "records_contact": "role that answers requests for records",
    "records_page": "page on public records",
    "ref": "short reference",
    "repository": "word for who can read the files",
    "requirements": "linked legal duties",
    "responsible": "roles that do the work",
    "review_by": "date of the next review",
    "see": "pages that say more",
    "seen": "time it was established",
    "shown_as": "way it is shown",
    "since": "date",
    "small_numbers": "rule for small numbers",
    "start": "first day",
    "status_method": "way the status is worked out",
    "supported_until": "end of support",
    "text_checked": "day the summary was compared with the text",
    "theme": "text",
    "tolerance": "amount by which it may be missed",
    "trend": "text",
    "type": "kind",
    "unit_one": "unit for exactly one",
    "up_to": "highest score",
    "vacant_since": "vacancy",
    "was": "earlier value",
    "was_by": "earlier date",
    "was_high": "earlier upper end",
    "was_keep": "earlier word for a level to hold",
    "was_low": "earlier lower end",
    "was_tolerance": "earlier amount by which it might be missed",
    "we_did": "answer of the town",
    "what": "text",
    "where_used": "place where it is used",
    "why": "reason",
    "why_it_matters": "reasons to have the plan",
    "withheld": "mark that the number is withheld",
}
"""What a field is called where its key alone would not tell it. Empty is what only holds other fields together."""


_FIELDS_OF: dict[type[Record], dict[str, str]] = {
    EmsInput: {
        "metrics": "finding on EMS numbers",
        "technology": "finding on EMS technology",
        "feedback": "EMS feedback",
    },
    Review: {
        "metrics": "part on the numbers",
        "technology": "part on technology",
        "feedback": "part on feedback",
        "law": "part on the law",
        "risks": "part on the risks",
        "ems": "part on EMS",
        "held": "day it was held",
        "next": "date of the next review",
    },
    Observation: {"of": "number of all"},
    TargetChange: {"of": "date of the target that changed", "on": "date of the change"},
    Action: {"start": "start date"},
    Amendment: {"by": "body that decided it"},
    ServiceLevel: {"responsible": "role responsible"},
    Agreement: {"signed": "day it was signed"},
    Reassessment: {"every_years": "number of years between two of them"},
}
"""What fields are called in records where they mean something else than elsewhere."""


def field_words(field: str, record: type[Record]) -> str:
    """What a field of a class of records is called in a sentence, after “the”."""
    return _FIELDS_OF.get(record, _FIELDS).get(field) or _FIELDS.get(field, field.replace("_", " "))


def record_words(record: Record) -> str:
    """What a record without an id is called, after “the”: milestone, note on the data."""
    known = _CLASSES.get(type(record))
    return known or re.sub(r"(?<!^)(?=[A-Z])", " ", type(record).__name__).lower()
