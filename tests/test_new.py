"""`safety-plan new`: all that a plan is made of can be added by answering questions, and the plan is in order then."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO, cast

import pytest
import yaml
from click.testing import CliRunner, Result

from safety_plan.commands import main
from safety_plan.commands.reading import read_plan
from safety_plan.editing.kinds import kinds_of
from safety_plan.editing.questions import SHOULD_HAVE
from safety_plan.plan.things import KIND_OF, KINDS
from safety_plan.reading.folder import FILES, FOLDERS
from safety_plan.reading.schema.base import Named, records_in
from tests.answering import DAY, Answers
from tests.support import ROOT, change, copy_project

ALL = kinds_of(KIND_OF)


def new(*arguments: str, answers: Answers | None = None) -> Result:
    """The command, run where the test stands."""
    typed = cast(IO[bytes], answers) if answers is not None else b""
    return CliRunner().invoke(main, ["new", *arguments], input=typed)


def texts(project: Path) -> dict[str, str]:
    """Every file of the plan."""
    files = (path for path in (project / "data").rglob("*.yml") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_text() for path in files}


def added(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """The lines that are new in the one file that changed; all others are those that were there."""
    (name,) = (name for name in after if before.get(name) != after[name])
    old, new = before.get(name, "").splitlines(), after[name].splitlines()
    start = next((place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    end = len(new) - (len(old) - start)
    assert new[end:] == old[start:]
    return "\n".join(new[start:end])


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small plan, in which the command runs."""
    project = tmp_path / "town"
    shutil.copytree(ROOT / "tests" / "plans" / "small", project)
    monkeypatch.chdir(project)
    return project


@pytest.mark.parametrize("everything", [False, True], ids=["what is needed", "everything"])
@pytest.mark.parametrize("kind", ALL)
def test_every_kind_can_be_added(kind: str, everything: bool, small: Path) -> None:
    if kind == "decision":
        assert new("review", answers=Answers()).exit_code == 0
    before = texts(small)
    done = new(kind, answers=Answers({"Next due": "2028-01-31"}, everything=everything))

    assert done.exit_code == 0, done.output[-3000:]
    assert added(before, texts(small)) or kind == "breakdown"
    assert read_plan(Path("data")).metrics


@pytest.mark.parametrize("kind", ["action", "risk", "law-change", "term", "metric"])
def test_the_town_s_own_plan_can_be_added_to(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = copy_project(tmp_path)
    # In one language, a plan is read in half the time.
    shutil.rmtree(project / "data" / "translations")
    change(project / "data" / "town.yml", "languages:\n  - en\n  - es\n", "languages: [en]\n")
    monkeypatch.chdir(project)
    before = texts(project)
    done = new(kind, answers=Answers({"Next due": "2028-01-31"}))

    assert done.exit_code == 0, done.output[-3000:]
    assert added(before, texts(project))


def test_every_class_of_the_schema_that_stands_in_lists_is_a_kind() -> None:
    slots = [slot for found in ALL.values() for slot in found]
    named = {
        record
        for top in (*FILES.values(), *FOLDERS.values())
        for record in records_in(top)
        if issubclass(record, Named)
    }

    assert named <= {slot.record for slot in slots}
    assert {*KINDS} <= {*ALL}


def test_what_a_record_should_have_is_known_to_the_schema() -> None:
    classes = {one.__name__: one for top in (*FILES.values(), *FOLDERS.values()) for one in records_in(top)}

    for name, keys in SHOULD_HAVE.items():
        optional = {key for key, field in classes[name].model_fields.items() if not field.is_required()}
        assert {*keys} <= optional, name


def test_an_action_is_written_as_its_neighbours_are(small: Path) -> None:
    said = {
        "Title": "Paint the hydrants: all of them",
        "Owner": "town manager",
        "Start": "2026-04-01",
        "Due": "2026-10-31",
        "Progress": "0",
        "Horizon": "now",
        "Approach": "2",
        "Cost": "4,000",
    }
    before = texts(small)
    done = new("action", "--in", "engine-in-time", answers=Answers(said))

    assert done.exit_code == 0, done.output
    assert added(before, texts(small)) == (
        "      - id: paint-the-hydrants-all-of-them\n"
        "        ref: A03\n"
        '        title: "Paint the hydrants: all of them"\n'
        "        owner: town-manager\n"
        "        start: 2026-04-01\n"
        "        due: 2026-10-31\n"
        "        progress: 0\n"
        "        horizon: now\n"
        "        approach: response\n"
        "        money:\n"
        "          cost: 4000"
    )
    assert "Wrote an action into data/goals/safe-homes.yml." in done.output
    assert "It may have these keys, too: about, responsible, consulted" in done.output


def test_each_answer_is_checked_at_once_and_asked_for_again(small: Path) -> None:
    answers = Answers({"Title": "Night drill", "On": "9/30/2026", "Type": "drll", "Corrective actions": "many"})
    done = new("exercise", answers=answers)

    assert done.exit_code == 0
    expected = (ROOT / "tests/messages/new/exercise.txt").read_text()
    assert done.output == expected


def test_what_does_not_fit_together_is_asked_for_again(small: Path) -> None:
    answers = Answers({"Title": "A", "Start": "2026-04-01", "Due": "2026-03-01"})
    done = new("action", "--in", "engine-in-time", answers=answers)

    assert done.exit_code == 0
    assert "found the due date 2026-03-01, which is before the start 2026-04-01" in done.output
    assert [label for label, _ in answers.asked].count("Due") == 2
    assert [label for label, _ in answers.asked].count("Title") == 1
    assert ("Due", DAY) in answers.asked


def test_a_text_may_only_name_what_the_plan_has(small: Path) -> None:
    answers = Answers({"Title": "Reach {{ target home-visit }}"})
    done = new("objective", answers=answers)

    assert 'Did you mean "home-visits"?' in done.output
    assert done.exit_code == 0


def test_an_id_is_never_used_twice(small: Path) -> None:
    change(small / "data/people.yml", "  - id: winter-drill\n", "  - id: winter-drill\n    former_ids: [snow-drill]\n")
    answers = Answers({"Title": "Snow drill", "Id": "snow-drill"})
    done = new("exercise", answers=answers)

    assert 'found the id "snow-drill", which is taken' in done.output
    assert 'Did you mean "snow-drill-2"?' in done.output
    assert "id: snow-drill-2" in (small / "data/people.yml").read_text()


def test_a_list_that_is_in_order_stays_in_order(small: Path) -> None:
    assert new("exercise", answers=Answers({"Title": "Summer drill", "On": "2026-07-01"})).exit_code == 0
    assert new("exercise", answers=Answers({"Title": "Spring drill", "On": "2026-04-01"})).exit_code == 0

    people = yaml.safe_load((small / "data/people.yml").read_text())
    assert [one["id"] for one in people["exercises"]] == ["winter-drill", "spring-drill", "summer-drill"]


def test_the_common_lists_stay_when_a_town_begins_its_own(small: Path) -> None:
    done = new("category-group", "--in", "risk_groups", answers=Answers({"Name": "Animals"}))

    assert done.exit_code == 0, done.output
    groups = yaml.safe_load((small / "data/categories.yml").read_text())["risk_groups"]
    assert len(groups) > 1
    assert groups[-1]["name"] == "Animals"


def pairs(*given: str) -> list[str]:
    """The options that set these keys."""
    return [part for pair in given for part in ("--set", pair)]


def test_all_is_given_at_once(small: Path) -> None:
    before = texts(small)
    said = ["title=Radio", "hours=2.50", "about=To speak clearly, and briefly", "frequency=Each year"]
    chosen = ["audience=fire-chief, town-manager", "strand=Scenario-based learning"]
    done = new("training", *pairs(*said, *chosen))

    assert done.exit_code == 0, done.output
    assert added(before, texts(small)) == (
        "training:\n  - id: radio\n    title: Radio\n    strand: Scenario-based learning\n"
        "    about: To speak clearly, and briefly\n    audience: [fire-chief, town-manager]\n"
        "    frequency: Each year\n    hours: 2.50"
    )


def test_a_file_of_its_own_is_given_at_once(small: Path) -> None:
    words = ["name=Dogs found", "question=Where are the dogs?", "definition=Dogs brought home.", "unit=dogs", "id=dogs"]
    chosen = ["kind=count", "counts=things", "level=output", "frequency=monthly", "better=higher"]
    inner = ["source.name=Book", "source.owner=fire-chief", "targets.0.by=2029-12-31", "targets.0.value=9"]
    done = new("measure", *pairs(*words, *chosen, *inner, "targets.0.why=All of them."))

    assert done.exit_code == 0, done.output
    made = yaml.safe_load((small / "data/metrics/dogs.yml").read_text())
    assert made["targets"] == [{"by": yaml.safe_load("2029-12-31"), "value": 9, "why": "All of them."}]


def test_what_is_given_at_once_and_wrong_is_told_at_once(small: Path) -> None:
    before = texts(small)
    done = new("training", *pairs("titel=Radio", "strand=Skills", "hours=0", "about"))

    assert done.exit_code == 1
    assert done.output == (ROOT / "tests/messages/new/training-set.txt").read_text()
    assert texts(small) == before


def test_a_file_that_is_not_there_yet_begins_with_its_own_words(small: Path) -> None:
    theme = pairs("theme=Dark streets", "mentions=12", "status=planned", "we_did=Asked.")
    refused = new("theme", *theme)
    assert refused.exit_code == 1
    assert "engagement.intro: How residents can take part." in refused.output

    assert new("theme", *theme, "--set", "engagement.intro=Write to us.").exit_code == 0
    assert yaml.safe_load((small / "data/engagement.yml").read_text())["intro"] == "Write to us."


def test_answers_are_not_lost_where_the_plan_is_not_in_order_with_them(small: Path) -> None:
    answers = Answers({"Quarter": "2026-Q3", "Note": "It's wet"})
    before = texts(small)
    change(small / "data/risks.yml", "quarter: 2026-Q2", "quarter: 2026-Q3") if "2026-Q3" not in before[
        "data/risks.yml"
    ] else None
    done = new("risk-review", answers=answers)

    assert done.exit_code == 1
    last = done.output.strip().splitlines()[-1]
    assert last.startswith("safety-plan new risk-review --in engine-breaks-down --set ")
    assert "note=It's wet" in shlex.split(last)


def test_nothing_is_written_when_somebody_stops(small: Path) -> None:
    before = texts(small)
    done = CliRunner().invoke(main, ["new", "action", "--in", "engine-in-time"], input="Paint\n")

    assert done.exit_code == 1
    assert "Stopped. Nothing was written." in done.stderr
    assert texts(small) == before


def test_nothing_is_written_on_a_dry_run(small: Path) -> None:
    before = texts(small)
    done = new("exercise", "--dry-run", answers=Answers())

    assert done.exit_code == 0
    assert "Nothing was written: leave --dry-run out to write it." in done.output
    assert texts(small) == before


def test_schemas_for_editors_know_the_new_id(small: Path) -> None:
    assert CliRunner().invoke(main, ["schema"]).exit_code == 0
    done = new("role", answers=Answers({"Title": "Dog warden"}))

    assert done.exit_code == 0, done.output
    assert "dog-warden" in (small / "schema" / "goals.json").read_text()


@pytest.mark.parametrize(
    ("word", "kind"),
    [("measure", "metric"), ("legal duty", "requirement"), ("Law Change", "law-change"), ("risks", "risk")],
)
def test_a_kind_has_other_names(word: str, kind: str, small: Path) -> None:
    assert new(word).output.partition("\n\n")[2] == new(kind).output.partition("\n\n")[2]


def test_unknown_kinds_are_told_with_the_nearest(small: Path) -> None:
    assert 'Did you mean "action"?' in new("actoin").output
    assert "safety-plan record" in new("observation").output
    assert new("actoin").exit_code == 1


def test_without_a_kind_all_are_listed(small: Path) -> None:
    done = new()

    assert done.exit_code == 0
    assert {line.split("  ")[0] for line in done.output.splitlines()} >= {*ALL}
