"""`safety-plan status`: how everything in the plan stands on a day."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from safety_plan.commands.reading import Looking, data_option, day_option, looking, mistakes_told, read_plan
from safety_plan.commands.table import WIDTH, table
from safety_plan.plan.plan import Plan
from safety_plan.publishing import words
from safety_plan.publishing.downloads import results_json
from safety_plan.publishing.figures import in_plain_text
from safety_plan.publishing.flags import flags
from safety_plan.publishing.pages.risks import moved
from safety_plan.reading.schema.compliance import LawChange
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.actions import days_late
from safety_plan.results.dates import days_past
from safety_plan.results.duties import AnswerState, duty_days_late
from safety_plan.results.results import Results, compute
from safety_plan.results.state import Group


@click.command(short_help="Say how everything in the plan stands.")
@data_option
@day_option
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json"]),
    help="text is for people, json for other programs.",
)
def status(data: Path | None, day: dt.date | None, form: str) -> None:
    """Say how every measure, action, risk and legal duty stands.

    Bad news comes first. The site shows the same, worked out by the same rules. With --format json, everything is there
    that is needed to work it out again. Ends with 1 when there are mistakes in the plan. Nothing is changed.
    """
    with mistakes_told():
        asked = looking(data, day=day)
        plan = read_plan(asked.data)
    results = compute(plan, asked.day)
    if form == "json":
        click.echo(results_json(plan, results), nl=False)
    else:
        click.echo("\n".join(_lines(plan, results, asked)))


@dataclass(frozen=True)
class _Row:
    """A line of a table, with what decides its place: the group of its state, and the days it is late."""

    group: Group
    days_late: int
    cells: tuple[str, ...]

    @property
    def place(self) -> tuple[int, int]:
        """Sorts bad news first. What is late is no good news, whatever its state."""
        rank = _WORST_FIRST.index(self.group)
        return min(rank, _WORST_FIRST.index("warning")) if self.days_late else rank, -self.days_late


@dataclass(frozen=True)
class _Part:
    """Everything of one kind: how many there are, and a table of them."""

    heading: str
    columns: tuple[str, ...]
    rows: list[_Row]


_UNIT_WIDTH = 22
"""Most characters of a value with its unit in one line."""

_WORST_FIRST: tuple[Group, ...] = ("bad", "warning", "neutral", "good")


def _lines(plan: Plan, results: Results, asked: Looking) -> Iterator[str]:
    yield f"{plan.document.title}, as of {results.as_of}"
    yield f"That day {asked.why}. The plan's numbers go up to {plan.document.data_as_of}."
    yield from ("", *textwrap.wrap(_summary(plan, results), WIDTH))
    for part in (_metrics(plan, results), _actions(plan, results), *_registers(plan, results)):
        if part.rows:
            rows = sorted(part.rows, key=lambda row: row.place)
            yield from ("", part.heading, "", *table(part.columns, [row.cells for row in rows]))


def _summary(plan: Plan, results: Results) -> str:
    """How the whole plan stands, in one sentence: counts, and never an average."""
    aimed = [metric for metric in plan.metrics if metric.record.targets]
    groups = Counter(results.metrics[metric.id].status.group for metric in aimed)
    late = len(results.late)
    return (
        f"{groups['good']} of {words.count(len(aimed), 'measure')} with a target "
        f"{'is' if groups['good'] == 1 else 'are'} on track or met, {groups['warning']} at risk, {groups['bad']} off "
        f"track; {words.count(late, 'thing')} {'is' if late == 1 else 'are'} late."
    )


def _late(days: int) -> str:
    return words.days(days) if days else ""


def _metrics(plan: Plan, results: Results) -> _Part:
    rows = []
    for metric in plan.metrics:
        found = results.metrics[metric.id]
        late = found.next.days_late
        latest = found.assessment.latest
        remarks = "; ".join(flags(metric.record, found))
        cells = (
            metric.ref,
            found.status.words,
            "" if latest is None else str(latest.period),
            _value(metric.record, latest),
            metric.record.name + (f"\n({remarks})" if remarks else ""),
        )
        rows.append(_Row(found.status.group, late, cells))
    columns = ("Ref", "Status", "Latest", "Value", "Measure (and what to know of it)")
    return _Part(words.count(len(rows), "measure"), columns, rows)


def _value(metric: Metric, latest: Observation | None) -> str:
    """The latest value with its unit, on several lines where the unit is long; empty where it is not shown."""
    if latest is None or latest.number is None:
        return ""
    return textwrap.fill(words.value(metric, latest.number), _UNIT_WIDTH, break_on_hyphens=False)


def _actions(plan: Plan, results: Results) -> _Part:
    rows = []
    for action in plan.actions:
        state, late = results.actions[action.id], days_late(action.record, results.as_of)
        title = in_plain_text(action.title, plan, results)
        rows.append(_Row(state.group, late, (action.ref, state.words, str(action.record.due), _late(late), title)))
    return _Part(words.count(len(rows), "action"), ("Ref", "State", "Due", "Late", "Action"), rows)


def _registers(plan: Plan, results: Results) -> Iterator[_Part]:
    yield _risks(plan, results)
    yield _duties(plan, results)
    yield _changes(plan, results)


def _risks(plan: Plan, results: Results) -> _Part:
    rows = []
    for risk in plan.risks:
        found = results.risks[risk.id]
        cells = (
            risk.ref,
            f"{found.now.points} {found.now.band}",
            moved(found.change).words,
            str(found.history[0].quarter),
            _late(found.days_late),
            in_plain_text(risk.title, plan, results),
        )
        # A risk that was left out of the newest review may have grown unseen.
        unseen = not found.reviewed and found.now.group != "bad"
        rows.append(_Row("warning" if unseen else found.now.group, found.days_late, cells))
    columns = ("Ref", "Score", "Change", "Rated", "Late", "Risk")
    return _Part(words.count(len(rows), "risk"), columns, rows)


def _duties(plan: Plan, results: Results) -> _Part:
    rows = []
    for duty in sorted(plan.requirements, key=lambda duty: duty.record.next_due or dt.date.max):
        state, late = results.duties[duty.id], duty_days_late(duty.record, results.as_of)
        due, title = str(duty.record.next_due or ""), in_plain_text(duty.title, plan, results)
        rows.append(_Row(state.group, late, (duty.ref, state.words, due, _late(late), title)))
    heading = words.count(len(rows), "legal duty")
    return _Part(heading, ("Ref", "State", "Due", "Late", "Legal duty"), rows)


def _changes(plan: Plan, results: Results) -> _Part:
    rows = []
    for change in plan.all(LawChange):
        state, due = results.answers[change.id], change.record.due
        late = days_past(due, results.as_of) if state is AnswerState.LATE else 0
        title = in_plain_text(change.title, plan, results)
        rows.append(_Row(state.group, late, (state.words, str(due or ""), _late(late), title)))
    heading = words.count(len(rows), "change in the law")
    return _Part(heading, ("State", "Answer due", "Late", "Change"), rows)
