"""The texts about measures and goals in another language: whole, and with the town's own texts left as they are.

The language of these tests is English in capital letters. What stays small was glued together and not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.dates import get_month_names
from babel.support import NullTranslations
from markupsafe import Markup

from safety_plan.language import ENGLISH, Language, Original, speaking
from safety_plan.plan.few_cases import percentile_name
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.publishing import compared, direction
from safety_plan.publishing.flags import flags
from safety_plan.publishing.kinds import how_often, kind
from safety_plan.publishing.pages.metric import sums
from safety_plan.publishing.pages.metric.working import explained
from safety_plan.publishing.rollups import in_a_sentence, in_short
from safety_plan.publishing.sentences import capital, joined
from safety_plan.results.results import Results, compute
from safety_plan.results.rollup import of_goal, of_objective
from tests.core_pages import AS_OF, core_pages, plan_of
from tests.made import made_metric

ROOT = Path(__file__).parents[1]
PROJECTS = (ROOT, *sorted((ROOT / "tests" / "plans").glob("*/")))
VALUE = re.compile(r"(\{\w+\}|%\(\w+\)s|%%|<[^>]+>)")


class Capitals(NullTranslations):
    """English in capital letters: only the names of values, and tags, stay as they are."""

    def gettext(self, message: str) -> str:
        """The text in capital letters."""
        return "".join(part if VALUE.fullmatch(part) else part.upper() for part in VALUE.split(message))

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        """The form of the text for a number, in capital letters."""
        return self.gettext(singular if num == 1 else plural)

    def pgettext(self, context: str, message: str) -> str:
        """The text in capital letters."""
        return self.gettext(message)


CAPITALS = Language("en", ENGLISH.locale, Capitals())


@cache
def spoken_plan(project: Path) -> tuple[Plan, Results]:
    """A plan and its results in capital letters."""
    with speaking(CAPITALS):
        plan = plan_of(project)
        return plan, compute(plan, AS_OF)


def texts_about(metric: Metric, plan: Plan, results: Results) -> Iterator[str]:
    record, result = metric.record, results.metrics[metric.id]
    yield direction.verdict(record, result)
    yield from direction.sentences(record, result)
    yield explained(record, result.assessment, plan.rules)
    yield compared.short(record, result)
    yield from flags(record, result)
    yield kind(record)
    yield how_often(record)
    for row in sums.rows(record, result.assessment, plan.rules):
        yield from (row.name, row.text)


def words_of_the_town(metric: Metric) -> set[str]:
    """The small words that may stand in the texts about a measure: its unit, its reasons and the names of months."""
    record = metric.record
    texts = [record.unit, record.unit_one or "", *(one.missing or "" for one in record.every_observation)]
    months = get_month_names("wide", locale=ENGLISH.locale).values()
    short = get_month_names("abbreviated", locale=ENGLISH.locale).values()
    return {word for text in (*texts, *months, *short) for word in re.findall(r"\w+", text)}


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_every_word_about_a_measure_is_of_the_language_or_of_the_town(project: Path) -> None:
    plan, results = spoken_plan(project)
    for metric in plan.metrics:
        own = words_of_the_town(metric)
        with speaking(CAPITALS):
            texts = list(texts_about(metric, plan, results))
        for text in texts:
            small = [word for word in re.findall(r"[^\W\d_]\w+", text) if not word.isupper() and word not in own]
            assert not small, f"{metric.id}: {text}"


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_the_counts_of_a_goal_are_of_the_language(project: Path) -> None:
    plan, results = spoken_plan(project)
    with speaking(CAPITALS):
        said = [in_a_sentence(of_goal(plan, results, goal)) for goal in plan.goals]
        said += [in_short(of_objective(plan, results, objective)) for objective in plan.objectives]
    for text in said:
        assert text.isupper()


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_terms_and_heads_of_columns_are_of_the_language(project: Path) -> None:
    plan, _ = spoken_plan(project)
    with speaking(CAPITALS):
        pages = core_pages(plan)
    for address, page in pages.items():
        if address.startswith(("measures/", "goals/")):
            # What a breakdown is by is the town's own word.
            found = page.tree.xpath("//dt | //table[not(starts-with(@id, 'breakdown-'))]//th[@scope='col']")
            for text in (" ".join(one.itertext()) for one in found):
                assert text == text.upper(), f"{address}: {text}"


def test_a_percentile_is_called_what_its_number_is_called_in_english() -> None:
    for number in range(1, 100):
        record = made_metric(kind="percentile", percentile=number)
        assert percentile_name(record) == record.percentile_name


def test_a_text_without_a_translation_keeps_its_language_within_a_sentence() -> None:
    reason = Original("the radio was <down>", "en")

    assert capital(reason) == "The radio was <down>"
    assert getattr(capital(reason), "lang", "") == "en"
    assert isinstance(capital(Markup("late <b>now</b>")), Markup)
    assert joined(("No number.", reason)) == Markup('No number. <span lang="en">the radio was &lt;down&gt;</span>')
    assert joined(("1 < 2.", "Fine."), "; ") == "1 < 2.; Fine."
