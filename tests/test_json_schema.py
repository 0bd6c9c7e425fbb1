"""The JSON Schemas and `check` are of one mind: what check accepts they accept, and the reverse where they can say it.

What they cannot say is listed in `UNSAID`, each with a case that shows it; docs/editors.md tells staff of it.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from safety_plan.commands.choices import choices_of
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.editing.json_schema.records import schema_of, schemas
from safety_plan.editing.json_schema.values import DATE, period_value
from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.problems import PlanError, Problem
from safety_plan.reading.document import plain_value
from safety_plan.reading.folder import FILES, FOLDERS, read_folder
from safety_plan.reading.periods import fiscal_period_from, period_from
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.lookup import record_in
from tests.core_pages import plan_of
from tests.support import ROOT

PLANS = ROOT / "tests" / "plans"
SMALL = PLANS / "small"
Json = Any
Way = tuple[str | int, ...]


def as_an_editor_reads(text: str) -> Json:
    """The values of a YAML file with its empty keys, which the reader of plans leaves out."""

    def value(node: yaml.Node) -> Json:
        if isinstance(node, yaml.MappingNode):
            return {key.value: value(item) for key, item in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [value(item) for item in node.value]
        assert isinstance(node, yaml.ScalarNode)
        return node.value if node.style else plain_value(node.value)

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    return value(root)


def kind_of(file: Path, data: Path) -> str:
    name = file.relative_to(data)
    return name.parent.name or name.stem


def files_of(project: Path) -> list[Path]:
    data = project / "data"
    return sorted(file for file in data.rglob("*.yml") if file.parent.name != "translations")


@cache
def plan_in(project: Path) -> Plan:
    return plan_of(project)


@cache
def validators(project: Path) -> dict[str, Draft7Validator]:
    return _validators(plan_in(project))


def _validators(plan: Plan) -> dict[str, Draft7Validator]:
    return {kind: Draft7Validator(schema) for kind, schema in schemas(choices_of(plan)).items()}


def checked(project: Path) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan, or everything that `check` finds wrong with its files."""
    records, problems = read_folder(project / "data", project)
    try:
        return build_plan(records, (), problems), ()
    except PlanError as error:
        return None, error.problems


@pytest.mark.parametrize("name", ["small", "kinds", "berlin", ""])
def test_every_file_of_a_plan_that_is_right_is_accepted(name: str) -> None:
    project = PLANS / name if name else ROOT
    for file in files_of(project):
        validator = validators(project)[kind_of(file, project / "data")]
        wrong = [error.message for error in validator.iter_errors(as_an_editor_reads(file.read_text("utf-8")))]
        assert not wrong, file


@pytest.mark.parametrize("kind", [*FILES, *FOLDERS])
def test_a_validator_with_a_reader_of_its_own_accepts_the_example(kind: str) -> None:
    files = [str(file) for file in files_of(ROOT) if kind_of(file, ROOT / "data") == kind]
    schema = str(ROOT / "schema" / f"{kind}.json")
    # The package has no types of its own.
    check_jsonschema: Any = import_module("check_jsonschema")
    done = CliRunner().invoke(check_jsonschema.main, ["--schemafile", schema, *files])

    assert files
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("kind", [*FILES, *FOLDERS])
def test_a_schema_is_one(kind: str) -> None:
    schema = schema_of(kind, choices_of(plan_in(SMALL)))

    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_every_key_is_explained_and_references_offer_the_ids_of_this_plan() -> None:
    schema = schema_of("metrics", choices_of(plan_in(SMALL)))
    source = schema["definitions"]["Source"]["properties"]["owner"]
    roles = schema["definitions"]["role-id"]

    assert source["description"] == "Role that delivers the number."
    assert source["allOf"] == [{"$ref": "#/definitions/role-id"}]
    assert dict(zip(roles["enum"], roles["enumDescriptions"], strict=True)) == {
        "fire-chief": "Fire Chief",
        "town-manager": "Town Manager",
    }


def test_a_part_that_was_cleared_in_a_form_counts_as_absent(tmp_path: Path) -> None:
    cleared = {"since": "", "reason": None}
    accepted, problems = slipped(Slip("goals/fire-safety.yml", (*DONE_ACTION, "paused"), cleared), tmp_path)

    assert accepted
    assert not problems


@pytest.mark.parametrize("empty", [None, "", {}])
def test_what_may_be_left_out_may_stand_there_empty(empty: Json, tmp_path: Path) -> None:
    accepted, problems = slipped(Slip("town.yml", ("look",), empty), tmp_path)

    assert accepted
    assert not problems


def test_a_date_is_a_day_of_the_calendar() -> None:
    for year, month, day in product((0, 1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999), range(14), range(33)):
        text = f"{year:04}-{month:02}-{day:02}"
        try:
            known = str(dt.date.fromisoformat(text)) == text
        except ValueError:
            known = False
        assert bool(re.search(DATE, text)) == known, text


@pytest.mark.parametrize("fiscal", [True, False])
def test_a_period_is_what_the_reader_takes_for_one(fiscal: bool) -> None:
    value = Draft7Validator(period_value(Choices(fiscal=fiscal)))
    ends = ("", "-Q0", "-Q1", "-Q4", "-Q5", "-00", "-01", "-12", "-13", "-1", "Q1", "-09-30", " ")
    for start, year, end in product(("", "FY", " ", "F"), (99, 1899, 1900, 2026, 2199, 2200), ends):
        text = f"{start}{year}{end}"
        known = period_from(text) or (fiscal and fiscal_period_from(text, 7))
        assert value.is_valid(text) == bool(known), text
    for number in (1899, 1900, 2199, 2200, 20261):
        assert value.is_valid(number) == bool(period_from(str(number))), number


def test_patterns_mean_the_same_in_an_editor() -> None:
    """Editors know letters without accents only as `\\w`, and no quote after a backslash."""
    patterns = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(schemas(choices_of(plan_in(SMALL)))))

    assert len(patterns) > 50
    for pattern in {json.loads(one) for one in patterns}:
        assert re.compile(pattern)
        assert "\\w" not in pattern
        assert '\\"' not in pattern


# --- mistakes that both refuse


DONE_ACTION: Way = ("objectives", 0, "actions", 0)
"""The first action of the goal fire-safety, which is done."""


@dataclass(frozen=True)
class Slip:
    """A mistake in one file of a plan, by default the example: where, and what stands there then; `GONE` is nothing."""

    file: str
    at: Way
    value: Json
    plan: str = ""


GONE = object()
SLIPS = {
    "an unknown key": Slip("town.yml", ("nmae",), "Town"),
    "an internal key": Slip("risks.yml", ("risks", 0, "_note"), "x"),
    "a missing key": Slip("people.yml", ("roles", 0, "title"), GONE),
    "a needed key without a value": Slip("goals/fire-safety.yml", ("title",), None),
    "a needed text that is empty": Slip("goals/fire-safety.yml", ("title",), ""),
    "a text of spaces": Slip("goals/fire-safety.yml", ("why",), "  "),
    "a number in place of a text": Slip("goals/fire-safety.yml", ("why",), 12),
    "a text in place of a number": Slip("town.yml", ("area_square_miles",), "12"),
    "a whole number with decimals": Slip("goals/fire-safety.yml", ("order",), 1.5),
    "a number that is too high": Slip("risks.yml", ("risks", 0, "before_controls", "likelihood"), 6),
    "a word in place of true": Slip("metrics/ems-response-90th.yml", ("headline",), "yes"),
    "one text in place of a list": Slip("goals/fire-safety.yml", ("objectives", 0, "metrics"), "structure-fires"),
    "a list without items": Slip("goals/fire-safety.yml", ("objectives",), []),
    "a list in place of a text": Slip("plan.yml", ("vision",), ["x"]),
    "too few words": Slip("categories.yml", ("risk_scale", "likelihood"), ["one", "two"]),
    "a word that is not one of a few": Slip("metrics/ems-response-90th.yml", ("better",), "smaller"),
    "an American date": Slip("plan.yml", ("adopted",), "11/22/2026"),
    "a day that there is not": Slip("plan.yml", ("adopted",), "2026-02-29"),
    "a period in no known form": Slip("metrics/ems-response-90th.yml", ("baseline", "period"), "Q3 2026"),
    "a fiscal year in a town without one": Slip("plan.yml", ("environmental_scan", 0, "seen"), "FY2026"),
    "an id with capital letters": Slip("people.yml", ("roles", 0, "id"), "Town-Manager"),
    "an address without https": Slip("town.yml", ("website",), "www.town.example"),
    "a colour without a #": Slip("town.yml", ("look", "colour"), "17406d"),
    "an address to write to that is none": Slip("town.yml", ("feedback",), "write to us"),
    "a role that there is not": Slip("metrics/ems-response-90th.yml", ("source", "owner"), "ems-chef"),
    "a measure that there is not": Slip("goals/fire-safety.yml", ("objectives", 0, "metrics"), ["fires"]),
    "a page that there is not": Slip("faq.yml", ("questions", 0, "see"), ["hazards"]),
    "an unknown category": Slip("compliance.yml", ("requirements", 0, "domain"), "Something else"),
    "a kind of another group": Slip("risks.yml", ("risks", 0, "subtype"), "Limited adaptability"),
    "a value that is missing": Slip("metrics/ems-response-90th.yml", ("observations", 0, "missing"), "Lost"),
    "a value that is withheld": Slip("metrics/ems-response-90th.yml", ("observations", 0, "withheld"), True),
    "an observation that says nothing": Slip("metrics/ems-response-90th.yml", ("observations", 0, "value"), GONE),
    "half of a correction": Slip("metrics/ems-response-90th.yml", ("observations", 0, "was"), 11.2),
    "part without of": Slip("metrics/ems-within-9-minutes.yml", ("observations", 0), {"period": "2024-Q1", "part": 3}),
    "part and of in a percentile": Slip(
        "metrics/ems-response-90th.yml", ("observations", 0), {"period": "2024-Q1", "part": 3, "of": 5}
    ),
    "a percentile without its number": Slip("metrics/ems-response-90th.yml", ("percentile",), GONE),
    "per in a percentile": Slip("metrics/ems-response-90th.yml", ("per",), 1000),
    "a unit that is no time": Slip("metrics/crisis-trained-share.yml", ("shown_as",), "minutes-seconds"),
    "a month among quarters": Slip("metrics/ems-response-90th.yml", ("observations", 0, "period"), "2024-01"),
    "a percent above 100": Slip(
        "metrics/crisis-trained-share.yml", ("observations", 0), {"period": "2024", "value": 101}
    ),
    "a target with a value and a range": Slip("metrics/ems-response-90th.yml", ("targets", 0, "low"), 3),
    "a range without within": Slip(
        "metrics/ems-response-90th.yml", ("targets", 0), {"by": "2029-12-31", "low": 1, "high": 2, "why": "x"}
    ),
    "a target without better": Slip("metrics/ems-response-90th.yml", ("better",), GONE),
    "an action that is done by half": Slip("goals/fire-safety.yml", (*DONE_ACTION, "progress"), 50),
    "an action that is done and paused": Slip(
        "goals/fire-safety.yml", (*DONE_ACTION, "paused"), {"since": "2026-01-31", "reason": "No snow."}
    ),
    "a plan that is adopted by nobody": Slip("plan.yml", ("adopted_by",), GONE),
    "a theme with and without a count": Slip("engagement.yml", ("themes", 0, "withheld"), True),
    "a language twice": Slip("town.yml", ("languages",), ["en", "es", "es"]),
    "bands that stop below 25": Slip("categories.yml", ("risk_bands",), [{"name": "Low", "up_to": 4}]),
}


def slipped(slip: Slip, folder: Path) -> tuple[bool, tuple[Problem, ...]]:
    """Whether the schema accepts a file after a slip, and what `check` finds wrong with the plan."""
    project = PLANS / slip.plan if slip.plan else ROOT
    copied(project, folder)
    file = folder / "data" / slip.file
    tree = as_an_editor_reads(file.read_text("utf-8"))
    put(tree, slip.at, slip.value)
    file.write_text(json.dumps(tree), "utf-8")
    _, problems = read_folder(folder / "data", folder)
    # Most mistakes show when a file is read; the others when all are joined, which takes longer.
    found = tuple(problems) or checked(folder)[1]
    return validators(project)[kind_of(file, folder / "data")].is_valid(tree), found


@pytest.mark.parametrize("slip", SLIPS.values(), ids=list(SLIPS))
def test_a_mistake_is_refused_by_both(slip: Slip, tmp_path: Path) -> None:
    accepted, problems = slipped(slip, tmp_path)

    assert not accepted
    assert problems


def put(tree: Json, at: Way, value: Json) -> None:
    for part in at[:-1]:
        tree = tree[part]
    if value is GONE:
        del tree[at[-1]]
    else:
        tree[at[-1]] = value


@dataclass(frozen=True)
class Unsaid:
    """Something that a JSON Schema cannot say: the words by which check tells of it, and a case."""

    words: str
    case: Slip


UNSAID = {
    "something that stands twice": Unsaid(
        r"a second (time|observation|breakdown|band)|former id|approves under already",
        Slip("metrics/crisis-trained-share.yml", ("ref",), "M01"),
    ),
    "dates against each other": Unsaid(
        r"date \S+,? .*(before|after)|is not over on|not after|before the quarter|quarter \S+ after|last day covered"
        r"|does not end before|which this metric does not have|a target that was dropped",
        Slip("goals/fire-safety.yml", ("objectives", 0, "actions", 0, "due"), "2020-01-01"),
    ),
    "numbers against each other": Unsaid(
        r"more than the|from \S+ down to|up to \d+ after|highest score",
        Slip("people.yml", ("exercises", 0, "closed"), 99),
    ),
    "what stands in other files": Unsaid(
        r"but there is no|a table that no metric|, a metric of the kind|, the metric itself",
        Slip("people.yml", ("roles", 0, "id"), "town-leader"),
    ),
    "live figures, links and braces in texts": Unsaid(
        r"live figure|found the link",
        Slip("goals/fire-safety.yml", ("why",), "It is {{ value of-nothing }}."),
    ),
    "numbers so small that they point to people": Unsaid(
        r"point to someone|worked out|gives a small number away|tell a small count|too many ways",
        Slip("metrics/ems-response-90th.yml", ("observations", 0, "n"), 2),
    ),
    "periods named in two ways": Unsaid(
        r"among (fiscal periods|others)",
        Slip("metrics/crashes-12-months.yml", ("observations", 0, "period"), "FY2024-Q1", "kinds"),
    ),
    "a group that is the whole": Unsaid(
        r"as the name of a group",
        Slip("metrics/ems-response-90th.yml", ("breakdowns", 0, "observations", 0, "group"), "Whole town"),
    ),
    "colours that cannot be read": Unsaid("contrast", Slip("town.yml", ("look",), {"colour": "#ffff00"})),
    "languages that there are not": Unsaid("code of a language", Slip("town.yml", ("languages",), ["en", "xx"])),
    "whole numbers with a point": Unsaid(r"the number \d+\.0 for", Slip("goals/fire-safety.yml", ("order",), 5.0)),
}
"""What a JSON Schema cannot say, or not so that an editor could explain it. docs/editors.md names the same."""


@pytest.mark.parametrize("unsaid", UNSAID.values(), ids=list(UNSAID))
def test_only_check_sees(unsaid: Unsaid, tmp_path: Path) -> None:
    accepted, problems = slipped(unsaid.case, tmp_path)

    assert accepted
    assert problems
    for problem in problems:
        assert re.search(unsaid.words, problem.found), str(problem)


def test_staff_are_told_what_only_check_sees() -> None:
    told = (ROOT / "docs" / "editors.md").read_text("utf-8")

    for name in UNSAID:
        assert f"\n- {name}" in told


# --- whatever is changed, both agree

POOL: list[Json] = [
    *(None, "", "  ", "x", "no", 0, 1, 3, -1, 2.5, 150, True, False, [], {}, ["x"], [None], {"id": "x"}, "a-b"),
    *("2026-02-30", "2024-02-29", "2026-9-1", "2026", 2026, 1800, "2026-Q3", "2026-Q5", "2026-09", "FY2026", " 2026 "),
    *("en", "fire-chief", "lower", "within", "rate", "percent", "count", "yearly", "monthly", "#17406d"),
    *({"period": "2026-Q1", "value": 7}, {"period": "2026", "missing": "x", "value": None}, "https://town.example"),
    *({"by": "2030-12-31", "value": 1, "why": "x"}, {"by": "2030-12-31", "low": 1, "high": 2, "why": "x"}),
]


@dataclass(frozen=True)
class Spot:
    """Where something may be changed: a path, and the class of records whose key stands at its end."""

    path: Way
    record: type[Record] | None


def places(tree: Json, record: type[Record] | None, path: Way = ()) -> Iterator[Spot]:
    if isinstance(tree, dict):
        for key in record.model_fields if record is not None else ():
            field = record.model_fields[key] if record is not None else None
            yield Spot((*path, key), record)
            if key in tree and field is not None:
                yield from places(tree[key], record_in(field.annotation), (*path, key))
    elif isinstance(tree, list):
        for number, item in enumerate(tree):
            yield Spot((*path, number), None)
            yield from places(item, record, (*path, number))


def mutated(data: st.DataObject, tree: Json, record: type[Record]) -> Json:
    """The values of a file with something changed: a value, a key, an item too many."""
    tree = copy.deepcopy(tree)
    place = data.draw(st.sampled_from(list(places(tree, record))))
    holder: Json = tree
    for part in place.path[:-1]:
        holder = holder[part]
    last: Any = place.path[-1]
    how = data.draw(st.sampled_from(["value", "value", "value", "gone", "twice", "key", "other"]))
    if how == "value":
        holder[last] = data.draw(st.sampled_from(POOL))
    elif how == "other":
        holder[last] = data.draw(st.sampled_from(list(scalars(tree))))
    elif how == "gone" and (isinstance(holder, list) or last in holder):
        del holder[last]
    elif how == "twice" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[last]))
    elif isinstance(holder, dict) and last in holder:
        holder[f"{last}x"] = holder.pop(last)
    return tree


def scalars(tree: Json) -> Iterator[Json]:
    if isinstance(tree, dict | list):
        for item in tree.values() if isinstance(tree, dict) else tree:
            yield from scalars(item)
    else:
        yield tree


MODELS: dict[str, type[Record]] = {**FILES, **FOLDERS}


def agree(plan: Path, folder: Path, data: st.DataObject) -> None:
    """Change something in one file of a plan, and see whether check and the schemas say the same of it."""
    file = data.draw(st.sampled_from(files_of(plan)))
    kind = kind_of(file, plan / "data")
    tree = mutated(data, as_an_editor_reads(file.read_text("utf-8")), MODELS[kind])
    name = file.relative_to(plan).as_posix()
    changed = folder / name
    changed.write_text(json.dumps(tree), "utf-8")
    try:
        found, problems = checked(folder)
        refused = [error.message for error in validators(plan)[kind].iter_errors(tree)]
        if found is not None:
            assert not refused
            if choices_of(found) == choices_of(plan_in(plan)):
                return
            now = _validators(found)
            for other in files_of(folder):
                read = as_an_editor_reads(other.read_text("utf-8"))
                assert now[kind_of(other, folder / "data")].is_valid(read), other
        elif not refused:
            # What another file lacks now cannot be seen in this one.
            for problem in (one for one in problems if one.place.file == name):
                assert any(re.search(unsaid.words, problem.found) for unsaid in UNSAID.values()), str(problem)
    finally:
        shutil.copyfile(file, changed)


def copied(plan: Path, folder: Path) -> Path:
    shutil.copytree(plan / "data", folder / "data")
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(SMALL, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(PLANS / "kinds", tmp_path_factory.mktemp("kinds"))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(ROOT, tmp_path_factory.mktemp("example"))


def unhurried(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@unhurried(150)
@given(data=st.data())
def test_both_agree_on_the_small_plan(data: st.DataObject, small: Path) -> None:
    agree(SMALL, small, data)


@unhurried(80)
@given(data=st.data())
def test_both_agree_on_every_kind_of_measure(data: st.DataObject, kinds: Path) -> None:
    agree(PLANS / "kinds", kinds, data)


@unhurried(10)
@given(data=st.data())
def test_both_agree_on_the_example_town(data: st.DataObject, example: Path) -> None:
    agree(ROOT, example, data)
