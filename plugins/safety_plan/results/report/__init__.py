"""All results in one piece of plain data, so that anybody can work them out again and other programs can read them.

It holds nothing but texts, numbers, true or false, nothing, and lists and maps of these, so that it can be written as
JSON as it stands. Every key is always there, in the same order; what there is none of is None. Days are texts such as
2026-11-22, periods texts such as 2026-Q3. Numbers are not rounded. A withheld number is in no part of it. Its keys:

    format, plan, town, as_of, data_as_of   which plan, and the day that counts as today
    rules                                   every number in the rules, by the name it has on the page on method
    counts                                  how many metrics, actions, risks and requirements are in each state
    metrics, actions, risks, requirements   one entry for each, with its state, the reason and what it follows from
    risk_bands                              the names of risk scores, and the scores they stand for
    law_changes                             the changes in the law, and whether they are answered
    late                                    every promise whose date has passed, the longest overdue first

Of a metric:

    status, reason, rule, method            how it stands, why in the words of its page, and by which rule
    newest_value                            why there is no status, or why the status rests on an older value; else ""
    ratio, expected, share_of_time          what the rule worked out, from baseline, target and latest
    growth                                  the same for the growth rate
    observations, annual, breakdowns        every value so far (of its own, of whole years, of each group), with its
                                            period, its state (value, partial, missing or withheld), part, of and n
    trend, trend_reason, trend_from         where it is going, why that is not known, and the mean, the mean step, the
                                            limits and the signs it was worked out from
    comparison                              the latest value beside that of an earlier year
    next, not_given, late_days              the values it owes
    past, earlier_targets                   how it went, and what the status would be under a target of before

Of an action, `reason` says with its dates why it is in its state, and `reason_given` what the town says of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from safety_plan.plan.plan import Plan
from safety_plan.reading.schema.compliance import LawChange
from safety_plan.results.report.metrics import metric_entry
from safety_plan.results.report.plain import Entry, Explain, Text, day
from safety_plan.results.report.registers import (
    action_entry,
    late_entry,
    law_change_entry,
    requirement_entry,
    risk_entry,
)  # fmt: skip
from safety_plan.results.results import Results
from safety_plan.results.risks import bands_of
from safety_plan.results.state import State
from safety_plan.rules import constants

FORMAT = 2
"""The number of this shape. It grows when a key is renamed or taken away, or when its meaning changes."""


def report(plan: Plan, results: Results, text: Text, explain: Explain) -> Entry:
    """Everything the plan says on the day of the results.

    `text` fills the live figures into a line; `explain` says why a metric has its status.
    """
    bands = bands_of(plan.categories.risk_bands)
    return {
        "format": FORMAT,
        "plan": plan.document.title,
        "town": plan.town.name,
        "as_of": day(results.as_of),
        "data_as_of": day(plan.document.data_as_of),
        "rules": {name: getattr(plan.rules, name) for name, _ in constants()},
        "counts": _counts(plan, results),
        "metrics": [metric_entry(plan, metric, results, text, explain) for metric in plan.metrics],
        "actions": [action_entry(action, results, text) for action in plan.actions],
        "risk_bands": [{"name": band.name, "from": band.low, "to": band.high} for band in bands],
        "risks": [risk_entry(risk, results, text) for risk in plan.risks],
        "requirements": [requirement_entry(plan, duty, results, text) for duty in plan.requirements],
        "law_changes": [law_change_entry(change, results, text) for change in plan.all(LawChange)],
        "late": [late_entry(item, text) for item in results.late],
    }


def _counts(plan: Plan, results: Results) -> Entry:
    held = Counter(results.risks[risk.id].now.band for risk in plan.risks)
    return {
        "metrics": _by_words(results.status_counts(plan.metrics).items()),
        "actions": _by_words(results.action_counts(plan.actions).items()),
        "risks": {band.name: held[band.name] for band in bands_of(plan.categories.risk_bands)},
        "requirements": _by_words(results.duty_counts(plan.requirements).items()),
        "late": len(results.late),
    }


def _by_words(counts: Iterable[tuple[State, int]]) -> Entry:
    return dict(sorted((state.words, number) for state, number in counts))
