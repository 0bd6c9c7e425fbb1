"""The example town's plan: complete, and worth reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Thing
from safety_plan.publishing.words import plain, value
from safety_plan.reading.content import read_content
from safety_plan.reading.folder import read_folder
from safety_plan.reading.live import without_figures
from safety_plan.reading.schema import compliance, ems, engagement, models, people, resources, words
from safety_plan.reading.schema import plan as document
from safety_plan.reading.schema.base import Record, Written
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.status import assess
from tests.support import ROOT


@pytest.fixture(scope="module")
def plan() -> Plan:
    records, problems = read_folder(ROOT / "data", ROOT)
    content, more = read_content(ROOT / "content", ROOT)
    return build_plan(records, content, [*problems, *more])


def refs(things: Iterable[Thing[Any]]) -> list[str]:
    return sorted(thing.ref for thing in things)


def numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{number:02}" for number in range(1, count + 1)]


def test_everything_of_the_notes_is_there(plan: Plan) -> None:
    assert refs(plan.goals) == [f"G{number}" for number in range(1, 8)]
    assert len(plan.objectives) == 23
    assert refs(plan.actions) == numbered("A", 42)
    assert set(refs(plan.metrics)) >= set(numbered("M", 32))
    assert set(refs(plan.risks)) >= set(numbered("K", 20))
    assert set(refs(plan.requirements)) >= set(numbered("L", 23))
    assert refs(plan.all(people.Role)) == numbered("R", 10)
    assert refs(plan.all(people.Training)) == [f"T{number}" for number in range(1, 8)]
    assert refs(plan.all(people.Exercise)) == [f"X{number}" for number in range(1, 8)]
    assert len(plan.reviews) == 7
    assert len(plan.all(engagement.Event)) >= 7
    assert len(plan.all(engagement.Theme)) == 7
    assert sum(question.record.kind == "question" for question in plan.all(words.Question)) == 12
    assert refs(plan.all(models.PlanningModel)) == ["PM1", "PM2", "PM3"]
    assert len(plan.all(ems.Element)) == 9
    assert len(plan.all(document.Factor)) == 6
    assert len(plan.document.stakeholders) == 8
    assert len(plan.all(resources.Agreement)) == 4
    assert len(plan.all(resources.Technology)) == 5
    assert len(plan.all(document.Trigger)) == 3
    assert len(plan.document.amendments) == 4
    assert len(plan.all(compliance.LawChange)) == 4
    assert len(plan.all(words.Term)) >= 17


def test_the_values_of_the_notes_are_untouched(plan: Plan) -> None:
    assert sum(action.record.money.cost for action in plan.actions) == 5_981_000
    of_the_notes = [metric for metric in plan.metrics if metric.ref in numbered("M", 32)]
    assert sum(len(metric.record.observations) for metric in of_the_notes) == 298
    assert sum(metric.record.headline for metric in plan.metrics) == 8
    calls = plan.metric("ems-response-90th").record.observations
    assert [one.value for one in calls] == [11.3, 11.5, 11.6, 11.2, 11.4, 11.5, 11.2, 10.9, 10.8, 10.6, 10.4]
    assert sum(one.n or 0 for one in calls) == 4839


def test_the_example_shows_every_feature(plan: Plan) -> None:
    metrics = [metric.record for metric in plan.metrics]

    assert any(one.missing for metric in metrics for one in metric.observations)
    assert any(one.withheld for metric in metrics for one in metric.observations)
    assert any(one.part is not None for metric in metrics for one in metric.observations)
    assert any(one.corrected for metric in metrics for one in metric.observations)
    assert any(len(metric.targets) > 1 for metric in metrics)
    assert any(metric.better == "within" for metric in metrics)
    assert any(metric.kind == "yes-no" for metric in metrics)
    assert any(breakdown.by == "district" for metric in metrics for breakdown in metric.breakdowns)
    assert any(metric.target_changes for metric in metrics)
    assert any(action.record.paused for action in plan.actions)


def test_every_measure_in_trouble_says_why_and_what_next(plan: Plan) -> None:
    for metric in plan.metrics:
        if assess(metric.record).status.owes_explanation:
            assert metric.record.explanation, metric.id
            assert metric.record.next_step, metric.id


SENTENCE = re.compile(r"(?<=[.!?])\s+")


def sentences(record: Record) -> list[str]:
    """Sentences of at least six words; names and other short labels may well recur."""
    texts = (text for _, _, _, text in record.marked(Written))
    return [part for text in texts for part in SENTENCE.split(text) if part.count(" ") >= 5]


def test_no_two_records_share_a_sentence() -> None:
    records, _ = read_folder(ROOT / "data", ROOT)
    seen: dict[str, int] = defaultdict(int)
    for record in [*records.files.values(), *(one for folder in records.folders.values() for one in folder.values())]:
        for sentence in sentences(record):
            seen[sentence.casefold().strip(" .")] += 1

    assert sorted(sentence for sentence, count in seen.items() if count > 1) == []


def typed(metric: Metric, amount: float) -> set[str]:
    """How somebody would type a value of a metric into a sentence."""
    # Whole numbers stand for much else, so they count only with their unit.
    return {value(metric, amount)} | ({plain(metric, amount)} if metric.decimals else set())


def values(metric: Metric) -> Iterator[str]:
    """Every value that a metric has or had, as it would be typed."""
    amounts = [metric.baseline.value if metric.baseline else None]
    amounts += [number for one in metric.observations for number in (one.number, one.was)]
    amounts += [target.value for target in metric.targets] + [change.was for change in metric.target_changes]
    for amount in amounts:
        if amount is not None:
            yield from typed(metric, amount)


def test_no_review_types_a_value_or_a_score(plan: Plan) -> None:
    # One sentence of a review counts measures ("20 of 29"): that was counted at the meeting, and no measure holds it.
    told = {text for metric in plan.metrics if metric.record.kind != "yes-no" for text in values(metric.record)}
    pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, sorted(told)))})(?!\w|\.\d)")
    for review in plan.reviews:
        for holder, path, _, text in review.record.marked(Written):
            assert pattern.findall(without_figures(text)) == [], holder.at(*path)
        assert re.findall(r"\d", without_figures(review.record.risks.finding)) == [], review.id
    for amendment in plan.document.amendments:
        assert re.findall(r"\bfrom \d", without_figures(amendment.change)) == []


def test_the_test_above_finds_a_typed_value(plan: Plan) -> None:
    assert {"10.4", "10.4 minutes"} <= {*values(plan.metric("ems-response-90th").record)}
    assert "95%" in values(plan.metric("training-finished-on-time").record)


def test_the_plan_names_no_person_and_only_made_up_numbers() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8") for folder in ("data", "content") for path in (ROOT / folder).rglob("*.*")
    )

    assert re.findall(r"\b(?:Mr|Mrs|Ms|Dr|Sr|Sra|Srta|Dra)\.? [A-Z]", text) == []
    # Names that end in .example are kept free for examples (RFC 2606), so nobody's mailbox gets the mail.
    mailboxes = re.findall(r"[\w.+-]+@[\w.-]+", text)
    assert mailboxes
    assert [box for box in mailboxes if not re.fullmatch(r"[a-z-]+@quinnebrook\.example", box)] == []
    phones = re.findall(r"\b\d{3}-\d{3}-\d{4}\b", text)
    assert phones
    assert [phone for phone in phones if not re.fullmatch(r"860-555-01\d\d", phone)] == []
