"""What the report says of a metric: its status, and all that is needed to work it out again."""

from __future__ import annotations

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.reading.schema.metrics import NextStep
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target
from safety_plan.results.dates import OwedValue, known_on
from safety_plan.results.growth import Growth
from safety_plan.results.report.numbers import comparison_entry, numbers, trend_entry
from safety_plan.results.report.plain import Entry, Explain, Text, day, number
from safety_plan.results.results import MetricResult, Results
from safety_plan.results.stability import Unstable
from safety_plan.results.status import Assessment


def metric_entry(plan: Plan, metric: Metric, results: Results, text: Text, explain: Explain) -> Entry:
    """A metric with its status, its values, where it is going, and what it owes."""
    record, result = metric.record, results.metrics[metric.id]
    return {
        "id": metric.id,
        "ref": metric.ref or None,
        "name": record.name,
        "question": record.question,
        "kind": record.kind,
        "unit": record.unit,
        "covers": record.covers,
        "better": record.better,
        **_status(plan, metric, result.assessment, text),
        "reason": text(explain(metric)),
        "newest_value": text(result.assessment.reason),
        "latest": _value(result.assessment.latest),
        **_outlook(result),
        **numbers(known_on(record, results.as_of), text),
        "next": _owed(result.next),
        "not_given": [{**_owed(one), "late_days": one.days_late} for one in result.skipped],
        "late_days": result.next.days_late,
        "past": [
            {
                "period": str(one.observation.period),
                "value": number(one.observation.number),
                "expected": number(one.expected),
                "ratio": number(one.ratio),
                "status": one.status.words,
            }
            for one in result.past
        ],
        "earlier_targets": [
            {
                "until": day(one.change.on),
                "target": _target(one.before),
                "status_under_it": one.under.status.words if one.under else None,
                "not_known_because": text(one.unknown) if one.unknown else None,
            }
            for one in result.moved
        ],
        "explained": record.explanation is not None,
        "next_step": _step(record.next_step, result.step_days_late),
    }


def _status(plan: Plan, metric: Metric, found: Assessment, text: Text) -> Entry:
    baseline = found.baseline or metric.record.baseline
    return {
        "status": found.status.words,
        "counted_as": found.status.group,
        "method": found.method,
        "method_asked_for": metric.record.status_method or plan.document.status_method,
        "method_not_used_because": text(found.not_used),
        "rule": found.rule,
        "ratio": number(found.ratio),
        "expected": number(found.expected),
        "share_of_time": number(found.share),
        "baseline": None if baseline is None else {
            "period": str(baseline.period), "to": day(baseline.period.end), "value": number(baseline.value),
        },
        "target": _target(found.target),
        "targets": [_target(target) for target in metric.record.targets],
        "growth": _growth(found.growth),
    }  # fmt: skip


def _outlook(result: MetricResult) -> Entry:
    trend = result.trend
    return {
        "trend": trend.direction.words if trend.direction else None,
        "trend_reason": trend.reason,
        "trend_from": trend_entry(trend),
        "comparison": comparison_entry(result.comparison),
        "unstable": _unstable(result.unstable),
    }


def _value(latest: Observation | None) -> Entry | None:
    """The latest value of a whole period, on which the status rests; of a withheld one only its period."""
    if latest is None:
        return None
    shown = latest.number is not None
    return {
        "period": str(latest.period),
        "to": day(latest.period.end),
        "value": number(latest.number),
        "withheld": latest.withheld,
        "part": latest.part if shown else None,
        "of": latest.of if shown else None,
        "n": latest.n if shown else None,
    }


def _target(target: Target | None) -> Entry | None:
    if target is None:
        return None
    return {
        "by": day(target.by),
        "value": number(target.value),
        "low": number(target.low),
        "high": number(target.high),
        "keep": target.keep,
        "tolerance": number(target.tolerance),
    }


def _growth(growth: Growth | None) -> Entry | None:
    """Growth per year, where 0.02 is two percent; None where the growth rate was not worked out."""
    if growth is None:
        return None
    return {
        "from_day": day(growth.start.day),
        "from_value": number(growth.start.value),
        "years": number(growth.years),
        "a_year": number(growth.observed),
        "asked_for": number(growth.asked),
        "natural_limit": number(growth.limit),
        "limit_factor": number(growth.limit_factor),
        "substantial_from": number(growth.cuts[0]) if growth.cuts else None,
        "moderate_from": number(growth.cuts[1]) if growth.cuts else None,
        "progress": growth.progress.value,
        "score": number(growth.score),
    }


def _unstable(found: Unstable | None) -> Entry | None:
    if found is None:
        return None
    return {"events": found.events, "of": found.of, "relative_standard_error": number(found.error)}


def _owed(owed: OwedValue) -> Entry:
    return {"period": str(owed.period), "due": day(owed.due)}


def _step(step: NextStep | None, days_late: int) -> Entry | None:
    return None if step is None else {"owner": step.owner, "by": day(step.by), "late_days": days_late}
