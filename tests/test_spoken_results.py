"""What results say is said in the language that is being spoken: reasons, states, rules and promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from babel.support import NullTranslations

from safety_plan.language import ENGLISH, Language, speaking
from safety_plan.plan.pages import PAGES
from safety_plan.plan.plan import Plan
from safety_plan.results.actions import MEANINGS, ActionState
from safety_plan.results.duties import ANSWERS, AnswerState, DutyState, meanings
from safety_plan.results.growth import Progress, growth_method
from safety_plan.results.mirrors import COUNTED
from safety_plan.results.promises import Promise
from safety_plan.results.results import Results, compute
from safety_plan.results.risks import DIRECTIONS
from safety_plan.results.status import Status
from safety_plan.results.status_rules import method
from safety_plan.results.trend import Direction, trend_rules
from safety_plan.rules import constants
from tests.core_pages import AS_OF, plan_of
from tests.support import ROOT

PLANS = (ROOT, *(ROOT / "tests" / "plans" / name for name in ("berlin", "kinds", "small")))
MARK = "†"


class _Marked(NullTranslations):
    """Texts in a language that is English with a mark in front."""

    def gettext(self, message: str) -> str:
        return MARK + message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return MARK + (msgid1 if n == 1 else msgid2)


MARKED = Language("en", ENGLISH.locale, _Marked())


def of_metrics(plan: Plan, results: Results) -> Iterator[str]:
    """Every sentence that results hold about the metrics, but for what the plan itself gives as the reason."""
    given = {one.missing for metric in plan.metrics for one in metric.record.every_observation}
    for found in results.metrics.values():
        assessment = found.assessment
        moved = (one.unknown for one in found.moved)
        yield from (text for text in (assessment.reason, assessment.not_used, *moved) if text not in given)
        yield found.trend.reason


def of_rules(plan: Plan) -> Iterator[str]:
    """Every rule in words."""
    for rules in (method(plan.rules), growth_method(plan.rules), trend_rules(plan.rules)):
        for _, first, second in rules:
            yield from (first, second)
    yield from meanings(plan.rules).values()


@pytest.mark.parametrize("project", PLANS, ids=lambda path: path.name)
def test_every_reason_is_in_the_language_that_is_spoken(project: Path) -> None:
    plan = plan_of(project)

    with speaking(MARKED):
        found = [*of_metrics(plan, compute(plan, AS_OF)), *of_rules(plan)]

    assert [text for text in found if text and not text.startswith(MARK)] == []


def test_every_word_for_a_state_is_in_the_language_that_is_spoken() -> None:
    states = (*Status, *Direction, *ActionState, *DutyState, *AnswerState, *Progress)

    with speaking(MARKED):
        found = [one.words for one in states]
        found += [text for one in Promise for text in (one.one, one.many, one.due, one.kept)]

    assert [text for text in found if not text.startswith(MARK)] == []


def test_what_is_only_written_down_is_known_to_the_catalogue() -> None:
    """Texts that pages say later: the catalogue of the interface has to hold each of them."""
    with (ROOT / "plugins" / "safety_plan" / "languages" / "es.po").open("rb") as file:
        held = {message.id for message in read_po(file)}
    said = [
        *(text for page in PAGES.values() for text in (page.title, page.tab)),
        *(text for _, one in constants() for text in (one.means, one.source.name)),
        *MEANINGS.values(),
        *ANSWERS.values(),
        *COUNTED.values(),
        *(text for names in DIRECTIONS.values() for text in names),
    ]

    assert {text for text in said if text} <= held
