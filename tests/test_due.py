"""`safety-plan due`: everybody finds what they owe, by when, and the line of the plan to change."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from safety_plan.commands import main
from safety_plan.commands.due.found import Due, Owed, owed
from safety_plan.plan.plan import Plan
from safety_plan.results.owed import owed_by
from safety_plan.results.promises import Promise
from safety_plan.results.results import compute
from tests.core_pages import AS_OF, plan_of
from tests.support import ROOT, change, copy_project
from tests.test_late import BROKEN

SMALL = ROOT / "tests" / "plans" / "small"
KINDS = ROOT / "tests" / "plans" / "kinds"
MESSAGES = ROOT / "tests" / "messages" / "due"


@cache
def example() -> Plan:
    return plan_of(ROOT)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small plan, in which commands are typed."""
    project = tmp_path / "town"
    shutil.copytree(SMALL, project)
    monkeypatch.chdir(project)
    return project


def due(*arguments: str) -> Result:
    """The command, typed in the present folder."""
    return CliRunner().invoke(main, ["due", "--as-of", str(AS_OF), *arguments])


def items(*arguments: str) -> list[dict[str, Any]]:
    done = due("--format", "json", *arguments)
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    return found


def dues(found: Owed) -> list[Due]:
    return [one for owner in found.owners for one in owner.dues]


def test_what_is_late_is_what_the_site_calls_late() -> None:
    late = compute(example(), AS_OF).late
    found = owed_by(example(), AS_OF, AS_OF + dt.timedelta(days=45))

    assert {one for one in found if one.days} == set(late)
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert len(late) == 12


def test_the_days_ahead_are_counted_with_their_last_one() -> None:
    # The plan is to be looked at as a whole on December 8, which is 8 + 8 = 16 days after November 22.
    def has(days: int) -> bool:
        return any(one.item.promise is Promise.REASSESSMENT for one in dues(owed(example(), AS_OF, days)))

    assert not has(15)
    assert has(16)
    assert {one.item.days > 0 or one.when == "due today" for one in dues(owed(example(), AS_OF, 0))} == {True}


def test_the_next_review_comes_before_its_quarter_is_over() -> None:
    # It is set for January 27, 2027: 8 + 31 + 27 = 66 days ahead.
    def reviews(days: int) -> list[tuple[str, dt.date]]:
        found = dues(owed(example(), AS_OF, days))
        return [(one.what, one.item.due) for one in found if one.item.promise is Promise.REVIEW]

    assert reviews(65) == []
    assert reviews(66) == [("Quarterly review: October to December 2026", dt.date(2027, 1, 27))]


def test_of_a_measure_every_number_that_is_not_there_is_listed() -> None:
    plan = plan_of(KINDS)
    found = owed_by(plan, AS_OF, dt.date(2027, 3, 1))
    numbers = [(str(one.period), one.due, one.days) for one in found if one.id == "late-number"]

    # Due 45 days after September 30 and after December 31.
    assert numbers == [("2026-Q3", dt.date(2026, 11, 14), 8), ("2026-Q4", dt.date(2027, 2, 14), 0)]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Due]]:
    """A town that keeps no promise of any kind, and what it owes."""
    project = copy_project(tmp_path_factory.mktemp("broken"))
    for one in BROKEN:
        change(project / "data" / one.file, one.old, one.new)
    return project, dues(owed(plan_of(project), AS_OF, 45))


@pytest.mark.parametrize("promise", Promise, ids=lambda promise: promise.slug)
def test_every_promise_leads_to_the_line_that_holds_it(promise: Promise, broken: tuple[Path, list[Due]]) -> None:
    project, found = broken
    late = [one for one in found if one.item.promise is promise and one.item.days]

    assert late
    for one in late:
        line = (project / one.place.file).read_text(encoding="utf-8").splitlines()[one.place.line - 1]
        if promise is Promise.NUMBER:
            assert "period:" in line
            assert one.command.startswith(f"safety-plan record {one.item.id} {one.item.period} ")
        elif promise is Promise.START:
            assert line.strip() == "progress: 0"
        else:
            assert str(one.item.due) in line
        assert one.write.endswith(".")


def test_no_two_promises_share_a_name(broken: tuple[Path, list[Due]]) -> None:
    names = [one.uid for one in broken[1]]

    assert len(set(names)) == len(names) > 40
    assert all(name.endswith("@quinnebrook.safety-plan") for name in names)


KEPT = [
    ("goals/fire-safety.yml", "progress: 80\n", "progress: 100\n        done: 2026-11-20\n", "automatic-aid-renewal"),
    ("compliance.yml", "next_due: 2026-08-30", "next_due: 2027-08-30", "fire-brigade-standard"),
    ("people.yml", "next: 2026-11-11", "next: 2027-11-10", "healthy-leadership"),
    ("resources.yml", "review_by: 2026-11-15", "review_by: 2027-11-15", "fire-automatic-aid"),
    ("reviews/2026-q3.yml", "by: 2026-11-15\n", "by: 2026-11-15\n    done: 2026-11-16\n", "fire-gear-records"),
]


def test_what_is_written_as_told_is_no_longer_owed(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    before = {one.id for one in owed_by(example(), AS_OF, AS_OF)}
    for file, old, new, _ in KEPT:
        path = project / "data" / file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    after = {one.id for one in owed_by(plan_of(project), AS_OF, AS_OF)}

    assert {id for *_, id in KEPT} <= before
    assert not {id for *_, id in KEPT} & after


def test_the_lines_to_type_keep_the_promises(small: Path) -> None:
    (small / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\nplugins:\n  - safety-plan: {as_of: 2026-11-22}\n", encoding="utf-8"
    )
    change(small / "data" / "goals" / "safe-homes.yml", "due: 2027-06-30", "due: 2026-11-20")
    change(small / "data" / "metrics" / "home-visits.yml", "  - {period: 2026-Q3, value: 26}\n", "")
    owed_before = items("--within", "0")
    for one in owed_before:
        program, *words = one["command"].replace("NUMBER", "26").split()
        done = CliRunner().invoke(main, words)
        assert program == "safety-plan"
        assert done.exit_code == 0, done.output

    assert [one["promise"] for one in owed_before] == ["number", "action"]
    assert items("--within", "0") == []


def test_text_groups_by_owner_with_the_line_to_change(small: Path) -> None:
    change(small / "data" / "goals" / "safe-homes.yml", "due: 2027-06-30", "due: 2026-11-20")
    change(small / "data" / "metrics" / "home-visits.yml", "  - {period: 2026-Q3, value: 26}\n", "")
    done = due("--within", "60")

    assert done.exit_code == 0
    assert done.stdout == (MESSAGES / "small.txt").read_text(encoding="utf-8")


def test_only_one_role_is_listed_where_one_is_named(small: Path) -> None:
    for name in ("fire-chief", "Fire Chief", "FIRE CHIEF", "r01"):
        assert {one["owner"] for one in items("--within", "90", "--owner", name)} == {"fire-chief"}
    # The town manager leads no review yet and answers for nothing that has a date.
    assert items("--within", "90", "--owner", "town-manager") == []


def test_a_role_that_is_not_there_is_told_with_the_nearest(small: Path) -> None:
    done = due("--owner", "fire-chef")

    assert done.exit_code == 2
    assert 'found "fire-chef"' in done.stderr
    assert "Allowed: fire-chief, town-manager" in done.stderr
    assert 'Did you mean "fire-chief"?' in done.stderr


def test_a_vacant_post_says_who_steps_in(small: Path) -> None:
    change(
        small / "data" / "people.yml",
        "title: Fire Chief\n",
        "title: Fire Chief\n    vacant_since: 2026-10-01\n    backup: Fire Captain\n",
    )
    shown = due("--within", "90").stdout

    assert "Fire Chief (vacant since October 1, 2026; Fire Captain steps in): " in shown


def test_what_no_role_answers_for_is_owed_by_the_town() -> None:
    found = owed(example(), AS_OF, 45)

    assert found.owners[-1].name == "The town as a whole"
    assert {one.item.promise for one in found.owners[-1].dues} == {Promise.TRAINING}


@pytest.mark.parametrize("form", ["text", "markdown", "ics", "json"])
def test_with_nothing_due_every_form_is_whole(form: str, small: Path) -> None:
    done = due("--within", "3", "--format", form)

    assert done.exit_code == 0
    if form in ("text", "markdown"):
        assert "Nothing is late, and nothing falls due by November 25, 2026." in done.stdout
    elif form == "ics":
        assert Calendar.from_ical(done.stdout).walk("VEVENT") == []
    else:
        assert json.loads(done.stdout)["items"] == []


@pytest.mark.parametrize(
    ("late", "soon", "said"),
    [
        (0, 1, "Nothing is late, and 1 promise falls due by January 6, 2027."),
        (1, 0, "1 promise is late, and nothing falls due by January 6, 2027."),
        (1, 1, "1 promise is late, and 1 falls due by January 6, 2027."),
        (2, 2, "2 promises are late, and 2 fall due by January 6, 2027."),
    ],
)
def test_the_summary_is_a_sentence(late: int, soon: int, said: str) -> None:
    whole = owed(example(), AS_OF, 45)
    fire = next(one for one in whole.owners if one.id == "fire-chief")
    parts = [one for one in fire.dues if one.item.days][:late]
    others = [one for owner in whole.owners for one in owner.dues if not one.item.days][:soon]
    owner = type(fire)(fire.id, fire.name, (*parts, *others))

    assert Owed(whole.plan, whole.as_of, whole.within, (owner,)).summary == said


def test_json_has_the_keys_that_the_help_names(small: Path) -> None:
    found = json.loads(due("--format", "json", "--within", "90").stdout)
    told = " ".join(CliRunner().invoke(main, ["due", "--help"]).stdout.split())

    assert found["items"]
    for key in (*found, *found["items"][0]):
        assert re.search(rf"\b{key}\b", told), key
    assert (found["as_of"], found["until"], found["late"]) == ("2026-11-22", "2027-02-20", 0)
    assert found["soon"] == len(found["items"])
    number = next(one for one in found["items"] if one["id"] == "engine-arrival")
    assert (number["period"], number["due"], number["days_left"]) == ("2026-Q4", "2027-02-14", 84)
    # Its values stand in a table beside the measure.
    assert (number["file"], number["line"]) == ("data/metrics/engine-arrival.csv", 4)
    assert number["command"] == "safety-plan record engine-arrival 2026-Q4 NUMBER --n CASES"


def test_markdown_is_an_issue_that_a_workflow_finds_again(small: Path) -> None:
    change(small / "data" / "metrics" / "home-visits.yml", "  - {period: 2026-Q3, value: 26}\n", "")
    lines = due("--format", "markdown").stdout.splitlines()

    assert lines[0] == "<!-- safety-plan: due -->"
    assert "## Fire Chief" in lines
    (item,) = (line for line in lines if line.startswith("- [ ] "))
    assert item == (
        "- [ ] Number for July to September 2026: Home safety visits (M01) was due November 14, 2026, **8 days late**. "
        "`data/metrics/home-visits.yml:27`: Add a line to the observations with the number, or with the reason why "
        "there is none. Or type `safety-plan record home-visits 2026-Q3 NUMBER`."
    )


def test_markdown_leads_to_the_editor_of_the_hosting_service(small: Path) -> None:
    settings = (
        "site_name: x\ndocs_dir: content\nrepo_url: https://example.org/town/plan/\nedit_uri: edit/main/content/\n"
    )
    (small / "mkdocs.yml").write_text(f"{settings}plugins: [safety-plan]\n", encoding="utf-8")
    shown = due("--format", "markdown", "--within", "60").stdout

    assert "[data/risks.yml, line 20](https://example.org/town/plan/edit/main/data/risks.yml#L20)" in shown


def test_markdown_takes_no_sign_of_a_title_for_its_own(small: Path) -> None:
    change(
        small / "data" / "risks.yml",
        "title: The only engine breaks down",
        'title: "The <b>only</b> *engine* of @everyone [breaks](x) #12"',
    )
    shown = due("--format", "markdown", "--within", "60").stdout

    assert r"The \<b\>only\</b\> \*engine\* of @<!-- -->everyone \[breaks\](x) \#12" in shown


def entries(text: str) -> dict[str, Any]:
    return {str(one["uid"]): one for one in Calendar.from_ical(text).walk("VEVENT")}


def test_the_calendar_has_a_whole_day_for_each_promise(small: Path) -> None:
    change(small / "data" / "goals" / "safe-homes.yml", "due: 2027-06-30", "due: 2026-11-20")
    text = due("--format", "ics", "--within", "90").stdout
    found, listed = entries(text), {one["uid"]: one for one in items("--within", "90")}

    assert set(found) == set(listed)
    for uid, entry in found.items():
        item = listed[uid]
        assert str(entry.decoded("dtstart")) == item["due"]
        assert entry.decoded("dtend") - entry.decoded("dtstart") == dt.timedelta(days=1)
        assert str(entry["summary"]) == (f"Late: {item['what']}" if item["days_late"] else item["what"])
        assert f"{item['file']}:{item['line']}" in str(entry["description"])
        reminders = entry.walk("VALARM")
        assert [one.decoded("trigger").days for one in reminders] == ([] if item["days_late"] else [-7])


def test_the_calendar_is_a_file_that_every_program_takes(small: Path) -> None:
    # Text of the terminal has its own line ends; the bytes are what a program gets.
    done = due("--format", "ics", "--within", "90")
    written = done.stdout_bytes

    assert written == due("--format", "ics", "--within", "90").stdout_bytes
    assert b"\r\n" in written
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(map(len, written.split(b"\r\n"))) <= 75
    assert {str(one["dtstamp"].dt.date()) for one in entries(done.stdout).values()} == {"2026-11-22"}


def test_a_new_date_moves_the_entry(small: Path) -> None:
    before = entries(due("--format", "ics", "--within", "90").stdout)
    change(small / "data" / "risks.yml", "review_by: 2027-01-20", "review_by: 2027-01-27")
    after = entries(due("--format", "ics", "--within", "90").stdout)
    moved = "risk-review-engine-breaks-down@alder-falls.safety-plan"

    assert set(before) == set(after)
    assert before[moved].decoded("dtstart") == dt.date(2027, 1, 20)
    assert after[moved].decoded("dtstart") == dt.date(2027, 1, 27)


def test_mistakes_in_the_plan_are_told_and_nothing_else(small: Path) -> None:
    change(small / "data" / "risks.yml", "review_by: 2027-01-20", "review_by: 2027-01-32")
    done = due("--format", "json")

    assert done.exit_code == 1
    assert done.stdout == ""
    assert "data/risks.yml:20:16: " in done.stderr


def test_days_below_zero_are_wrong_use(small: Path) -> None:
    assert due("--within", "-1").exit_code == 2
