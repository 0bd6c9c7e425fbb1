"""What several keys of a record must be together, as far as a JSON Schema can say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from safety_plan.editing.json_schema.choices import Choices
from safety_plan.editing.json_schema.values import NOTHING, Json, period_value
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.categories import Categories
from safety_plan.reading.schema.engagement import Event, Theme
from safety_plan.reading.schema.goals import Action
from safety_plan.reading.schema.metrics import Covers, Metric
from safety_plan.reading.schema.observations import Breakdown, Observation
from safety_plan.reading.schema.plan import PlanDocument
from safety_plan.reading.schema.targets import Target, TargetChange

_LISTS = ("observations", "annual")


def rules_of(record: type[Record], choices: Choices) -> list[Json]:
    """The rules that every record of a class has to follow, as parts of `allOf`."""
    found: list[Json] = []
    for known, rules in _RULES.items():
        if issubclass(record, known):
            found += rules(choices)
    return found


def given(*keys: str, message: str = "") -> Json:
    """These keys are there, with a value. The message is what an editor says where they are not."""
    there: Json = {"not": {"enum": list(NOTHING)}}
    said = {"errorMessage": message} if message else {}
    return {"required": list(keys), "properties": dict.fromkeys(keys, there), **said}


def _has(key: str, *values: object) -> Json:
    """The key is there, with one of these values."""
    return {"required": [key], "properties": {key: {"enum": list(values)}}}


def _where(condition: Json, then: Json, otherwise: Json | None = None) -> Json:
    return {"if": condition, "then": then, **({} if otherwise is None else {"else": otherwise})}


def _without(message: str, *keys: str, false: str = "") -> Json:
    """These keys have no value; the one named by `false` may also be false."""
    nothing: Json = {"enum": list(NOTHING), "errorMessage": message}
    rest: Json = {} if not false else {false: {"enum": [*NOTHING, False], "errorMessage": message}}
    return {"properties": {**dict.fromkeys(keys, nothing), **rest}}


def _observation(choices: Choices) -> Iterator[Json]:
    one = "Write just one of these: value; part and of; missing with the reason; withheld: true."
    withheld = _has("withheld", True)
    yield {"anyOf": [given("value", message=one), given("part", "of"), given("missing"), withheld]}
    yield _where(given("value"), _without(one, "part", "of", "missing", false="withheld"))
    yield _where({"anyOf": [given("part"), given("of")]}, given("part", "of"))
    yield _where(given("part"), _without(one, "value", "missing", false="withheld"))
    yield _where(given("missing"), _without(one, "value", "part", "of", false="withheld"))
    corrected = {"anyOf": [given("was"), given("corrected")]}
    yield _where(corrected, given("was", "corrected", "because"))
    hidden = "Write withheld: true alone: what was published before may tell the number."
    yield _where(withheld, _without(hidden, "value", "part", "of", "missing", "was", "corrected"))


def _one_aim(value: str, low: str, high: str) -> Iterator[Json]:
    message = f"Write either {value}, or both {low} and {high}."
    yield {"anyOf": [given(value, message=message), given(low, high)]}
    yield _where(given(value), _without(message, low, high))


def _target(choices: Choices) -> Iterator[Json]:
    yield from _one_aim("value", "low", "high")


def _target_change(choices: Choices) -> Iterator[Json]:
    yield from _one_aim("was", "was_low", "was_high")


def _event(choices: Choices) -> Iterator[Json]:
    yield _where(given("people"), _without("Write people with a number, or withheld: true.", false="withheld"))


def _theme(choices: Choices) -> Iterator[Json]:
    message = "Write mentions with a number, or withheld: true."
    yield {"anyOf": [given("mentions", message=message), _has("withheld", True)]}
    yield _where(given("mentions"), _without(message, false="withheld"))


def _listed(key: str, item: Json) -> Json:
    """Each item of the list under a key is so."""
    return {"properties": {key: {"items": item}}}


def _observations(item: Json, *, annual: bool = True) -> Json:
    """Each value of a measure is so, in its own list and in those of its groups; of whole years too if `annual`."""
    lists = {key: {"items": item} for key in _LISTS[: 1 + annual]}
    groups = {"items": {"properties": {"observations": {"items": item}}}}
    return {"properties": {**lists, "breakdowns": groups}}


def _one_place(choices: Choices) -> Iterator[Json]:
    message = "Keep the values in one place only: here, or in the file."
    # A list without items is a place, too.
    listed: Json = {"required": ["observations"], "properties": {"observations": {"type": "array"}}}
    yield _where(listed, _without(message, "observations_file"))


def _metric(choices: Choices) -> Iterator[Json]:
    yield from _kind_rules()
    yield from _value_rules(choices)
    yield from _target_rules()


def _kind_rules() -> Iterator[Json]:
    for key, kind in (("percentile", "percentile"), ("per", "rate")):
        only = _without(f"Only a measure of the kind {kind} has this.", key)
        yield _where(_has("kind", kind), given(key), only)
    time = {"pattern": r"^\s*(minutes|seconds)\s*$", "patternErrorMessage": "Write minutes or seconds."}
    yield _where(_has("shown_as", "minutes-seconds"), {"properties": {"unit": time}})


def _value_rules(choices: Choices) -> Iterator[Json]:
    for frequency, grain in {"monthly": "month", "quarterly": "quarter"}.items():
        yield _where(_has("frequency", frequency), _observations(_period(choices, grain), annual=False))
    yield _listed("annual", _period(choices, "year"))
    none: Json = {"properties": {"annual": {"maxItems": 0}}}
    yield _where(_has("frequency", "yearly"), none)
    numbers: dict[str, Json] = {
        "percent": {"minimum": 0, "maximum": 100},
        # A value that is no number is told of elsewhere.
        "count": {"type": ["integer", "string", "null"], "minimum": 0, "errorMessage": "Write a whole number."},
        "yes-no": {"enum": [0, 1, *NOTHING], "errorMessage": "Write 1 for yes or 0 for no."},
    }
    for kind, number in numbers.items():
        yield _where(_has("kind", kind), _observations({"properties": {"value": number}}))
    parts = _observations(_without("Only a percent or a rate has part and of.", "part", "of"))
    yield _where(_has("kind", "percent", "rate"), {}, parts)


def _period(choices: Choices, grain: str) -> Json:
    value = period_value(choices, grain)
    # That of any period shows examples already.
    del value["examples"]
    return {"properties": {"period": value}}


def _target_rules() -> Iterator[Json]:
    aimed: Json = {"required": ["targets"], "properties": {"targets": {"type": "array", "minItems": 1}}}
    yield _where(aimed, given("better"))
    within = _has("better", "within")
    value = _without('With "better: within", write low and high.', "value")
    edges = _without('Write value, or "better: within" above.', "low", "high")
    yield _where(within, _listed("targets", value), _listed("targets", edges))
    others = [word for word in get_args(Covers) if word != "year-to-date"]
    message = "No range holds for a count all year long: write another word, or which way is better."
    no_range: Json = {"properties": {"covers": {"enum": [*others, *NOTHING], "errorMessage": message}}}
    yield _where(within, no_range)
    dropped: Json = {"required": ["target_changes"], "properties": {"target_changes": {"type": "array", "minItems": 1}}}
    none_left = {"not": aimed}
    some_date: Json = {"properties": {"target_changes": {"contains": given("was_by")}}}
    yield _where({"allOf": [dropped, none_left]}, some_date)


def _action(choices: Choices) -> Iterator[Json]:
    whole = {"properties": {"progress": {"const": 100, "errorMessage": "Write 100 for an action that is done."}}}
    yield _where(given("done"), whole)
    yield _where(_has("progress", 100), given("done"))
    started = "Write how much of the work is done above: a milestone was reached."
    yield _where(_has("progress", 0), _listed("milestones", _without(started, "done")))
    one: Json = {"enum": list(NOTHING), "errorMessage": "Keep just one of done, paused and cancelled: what holds now."}
    # A part of which all keys are empty was cleared in a form.
    cleared: Json = {"type": "object", "minProperties": 1, "additionalProperties": {"enum": list(NOTHING)}}
    without: Json = {"if": cleared, "then": {}, "else": one}
    yield _where(given("done"), {"properties": {"paused": without, "cancelled": without}})
    paused = {"required": ["paused"], "properties": {"paused": {"not": without}}}
    yield _where(paused, {"properties": {"cancelled": without}})


def _adopted(choices: Choices) -> Iterator[Json]:
    for one, other in (("adopted", "adopted_by"), ("adopted_by", "adopted")):
        yield _where(given(one), given(other))


def _categories(choices: Choices) -> Iterator[Json]:
    last: Json = {"contains": _has("up_to", 25), "errorMessage": "The last band goes up to 25."}
    yield {"properties": {"risk_bands": {"if": {"type": "array"}, "then": last}}}


_RULES: dict[type[Record], Callable[[Choices], Iterator[Json]]] = {
    Observation: _observation,
    Target: _target,
    TargetChange: _target_change,
    Event: _event,
    Theme: _theme,
    Breakdown: _one_place,
    Metric: lambda choices: iter((*_one_place(choices), *_metric(choices))),
    Action: _action,
    PlanDocument: _adopted,
    Categories: _categories,
}
"""The rules of each class of records that has any, which those made from it share."""
