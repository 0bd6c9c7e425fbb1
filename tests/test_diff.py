"""`safety-plan diff`: staff see in sentences what residents will see change, before it is published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.differing import GOAL, INSPECTIONS, VISITS, changes, diff, git, save, sentences, town_entered
from tests.support import change


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return town_entered(tmp_path, monkeypatch)


def a_quarter(town: Path) -> None:
    """What a town employee enters after a quarter."""
    change(
        town / VISITS,
        "- {period: 2026-Q3, value: 26}",
        "- {period: 2026-Q3, value: 16, was: 26, corrected: 2026-11-20, because: Visits to shops were counted.}",
    )
    change(
        town / INSPECTIONS, "value: 84, n: 50}", "value: 84, n: 50}\n  - {period: 2026-Q4, missing: The list was lost.}"
    )
    change(
        town / GOAL,
        "due: 2027-06-30\n        progress: 60",
        "due: 2027-06-30\n        done: 2026-11-01\n        progress: 100",
    )
    change(town / GOAL, "due: 2027-10-31", "due: 2028-03-31")
    change(town / GOAL, "owner: town-manager", "owner: fire-chief")


A_QUARTER = """\
What residents will see
From main to the files as they are now, both as they look on November 22, 2026.

8 changes that residents will see.

Numbers

- The number of the measure “Home safety visits” (M01) for July to September 2026 is corrected from
  26 homes to 16 homes: Visits to shops were counted.
  data/metrics/home-visits.yml:28
- There is no number of the measure “Inspections on time” (M02) for October to December 2026: The
  list was lost.
  data/metrics/inspections-on-time.yml:26

How measures stand

- Of the measures with a target, 2 of 3 are on track or met, 0 at risk, 1 off track. Before: 3 of 3
  are on track or met, 0 at risk, 0 off track.
- The measure “Home safety visits” (M01) goes from on track to off track.
  data/metrics/home-visits.yml:2

Actions

- The action “Visit every street once” (A01) is now done (on November 1, 2026); before, it was under
  way.
  data/goals/safe-homes.yml:15
- The progress of the action “Visit every street once” (A01) changes from 60% to 100%.
  data/goals/safe-homes.yml:23
- The due date of the action “Build a second bay door” (A02) moves from October 31, 2027 to March
  31, 2028.
  data/goals/safe-homes.yml:43

Who answers

- The owner of the action “Build a second bay door” (A02) changes from “Town Manager” (R02) to “Fire
  Chief” (R01).
  data/goals/safe-homes.yml:41
"""


def test_a_quarter_is_told_in_sentences_the_most_important_first(town: Path) -> None:
    a_quarter(town)
    done = diff("main")

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == A_QUARTER


def test_nothing_is_said_where_only_comments_and_layout_change(town: Path) -> None:
    path = town / VISITS
    text = path.read_text(encoding="utf-8").replace("{period: 2026-Q1, value: 17}", "period: 2026-Q1\n    value: 17")
    path.write_text(f"# A new comment.\n\n{text}", encoding="utf-8")
    done = diff("main")

    assert done.stdout.endswith("\n\nResidents will see no change.\n")
    assert changes("main") == []
    assert "**Residents will see no change.**" in diff("main", "--format", "markdown").stdout


def test_what_turns_late_and_what_recovers_is_told(town: Path) -> None:
    change(town / GOAL, "due: 2027-10-31", "due: 2026-10-31")
    late = "The action “Build a second bay door” (A02) is late; it was due on October 31, 2026."
    assert late in sentences("main")
    assert "The action “Build a second bay door” (A02) is now overdue; before, it was under way." in sentences("main")

    save(town)
    change(town / GOAL, "due: 2026-10-31", "due: 2027-01-31")
    told = "The action “Build a second bay door” (A02) is no longer late; it was due on October 31, 2026."
    assert told in sentences("HEAD")


def test_texts_that_hold_live_figures_are_told_when_these_move(town: Path) -> None:
    change(town / "data" / "metrics" / "engine-arrival.csv", "2026-Q3,11.6,44,", "2026-Q3,11.2,44,")

    assert (
        "The summary of the plan follows by itself and now reads “We have 1 goal. Help takes 11.2 minutes to come.”"
        in sentences("main")
    )
    (number,) = (one for one in changes("main") if one["part"] == "numbers")
    assert (number["file"], number["line"]) == ("data/metrics/engine-arrival.csv", 4)


def test_a_goalpost_that_moves_unseen_is_marked(town: Path) -> None:
    change(town / VISITS, "value: 30", "value: 28")
    moved = "! The value of the target of December 31, 2027 of the measure “Home safety visits”"
    assert moved in diff("main").stdout
    assert "It is not marked as a change of the target." in " ".join(diff("main").stdout.split())

    said = "target_changes:\n  - {on: 2026-11-20, was: 30, of: 2027-12-31, because: Fewer hands}\nobservations:"
    change(town / VISITS, "observations:", said)

    assert "not marked" not in " ".join(diff("main").stdout.split())


def test_a_renamed_measure_is_the_same_one(town: Path) -> None:
    (town / VISITS).rename(town / "data" / "metrics" / "visits.yml")
    change(town / GOAL, "metrics: [home-visits,", "metrics: [visits,")
    change(town / GOAL, "{{ target home-visits }}", "{{ target visits }}")
    told = changes("main")
    assert [one["sentence"] for one in told if one["part"] == "gone"] == [
        "The measure “Home safety visits” (M01) is no longer on the site. 3 numbers go with it. Its address "
        "measures/home-visits/ leads nowhere then. If it has another name now, write the old one under “former_ids” "
        "of the new one."
    ]
    assert all(one["warns"] for one in told if one["part"] == "gone")

    change(town / "data" / "metrics" / "visits.yml", "ref: M01", "ref: M01\nformer_ids: [home-visits]")
    assert sentences("main") == [
        "The address of the measure “Home safety visits” (M01) changes from measures/home-visits/ to measures/visits/; "
        "the old one leads there.",
        "“home-visits” is new among the former addresses of the measure “Home safety visits” (M01).",
        "The title of the objective “Visit 40 homes by the end of the plan” (O1.1) is written in another way, and "
        "reads as before.",
    ]


def test_new_pages_and_records_are_told_and_those_that_vanish(town: Path) -> None:
    (town / "data" / "risks.yml").unlink()
    (town / "content" / "plan" / "letter.md").write_text("# A letter\n", encoding="utf-8")
    told = sentences("main")
    assert "The page “Risks” is no longer on the site; its address risks/ leads nowhere." in told

    gone = sentences("main")
    git(town, "rm", "-q", "data/risks.yml")
    git(town, "commit", "-q", "-m", "No risks")
    assert sentences("HEAD", "HEAD~1") != gone
    assert "The page “Risks” is new, at risks/." in sentences("HEAD", "HEAD~1")
    assert any(
        one.startswith("The risk “") and "is new with a page of its own." in one for one in sentences("HEAD", "HEAD~1")
    )


def test_a_new_action_is_told_with_its_day(town: Path) -> None:
    text = (town / GOAL).read_text(encoding="utf-8")
    start, end = text.index("      - id: second-bay-door"), text.rindex("    sources:")
    new = (
        text[start:end]
        .replace("second-bay-door", "third-bay-door")
        .replace("A02", "A03")
        .replace("a second", "a third")
    )
    (town / GOAL).write_text(text[:end] + new + text[end:], encoding="utf-8")

    assert sentences("main") == [
        "The action “Build a third bay door” (A03) is new in the objective “Bring the engine within 10.0 minutes” "
        "(O1.2); it is under way, due on October 31, 2027."
    ]


def test_an_action_that_moves_stays_the_same_one(town: Path) -> None:
    text = (town / GOAL).read_text(encoding="utf-8")
    start, end = text.index("      - id: second-bay-door"), text.rindex("    sources:")
    moved = text[start:end]
    text = text.replace(moved, "").replace("    actions:\n    sources:", "    sources:")
    at = text.index("    sources:")
    (town / GOAL).write_text(text[:at] + moved + text[at:], encoding="utf-8")

    assert sentences("main") == [
        "The action “Build a second bay door” (A02) moves from the objective “Bring the engine within 10.0 minutes” "
        "(O1.2) to the objective “Visit 40 homes by the end of the plan” (O1.1)."
    ]


def test_a_vacant_post_is_told(town: Path) -> None:
    people = town / "data" / "people.yml"
    change(people, "    body: Fire Department", "    body: Fire Department\n    vacant_since: 2026-11-02")

    (told,) = changes("main")
    assert told["sentence"] == "The post “Fire Chief” is now vacant since November 2, 2026; before, it was filled."
    assert told["part"] == "people"
    assert told["warns"]


def test_hand_written_pages_pictures_and_settings_are_told(town: Path) -> None:
    letter = town / "content" / "plan" / "letter.md"
    letter.write_text(f"{letter.read_text(encoding='utf-8')}\nCome and see us on Sunday.\n", encoding="utf-8")
    (town / "content" / "about.md").write_text("# About us\n", encoding="utf-8")
    (town / "content" / "map.png").write_bytes(b"a map")
    change(town / "mkdocs.yml", "site_name: Alder Falls", "site_name: Alder Falls Safety")
    assert sentences("main") == [
        "The hand-written page about/ is new.",
        "The hand-written page plan/letter/ gains “Come and see us on Sunday.”",
        "The file map.png is new on the site.",
        "The setting site_name changes from “Alder Falls” to “Alder Falls Safety”.",
    ]

    save(town)
    letter.unlink()
    (town / "content" / "map.png").write_bytes(b"another map")
    told = changes("HEAD")
    assert [(one["sentence"], one["warns"]) for one in told] == [
        ("The hand-written page plan/letter/ is no longer on the site; its address leads nowhere.", True),
        ("The file map.png on the site is another one.", False),
    ]


def test_a_translation_that_is_out_of_date_is_told(town: Path) -> None:
    change(town / "data" / "town.yml", "state: Connecticut", "state: Connecticut\nlanguages: [en, es]")
    folder = town / "data" / "translations"
    folder.mkdir()
    entry = 'msgctxt "plan: vision"\nmsgid "{}"\nmsgstr "{}"\n'
    text = "Every home in Alder Falls is a safe home."
    (folder / "es.po").write_text(entry.format(text, "Cada hogar es seguro."), encoding="utf-8")
    assert "The site is new in Spanish." in sentences("main")

    save(town)
    (folder / "es.po").write_text(entry.format(text, "Todo hogar es seguro."), encoding="utf-8")
    assert sentences("HEAD") == [
        f"In Spanish, the text of “{text}” changes from “Cada hogar es seguro.” to “Todo hogar es seguro.”"
    ]
    save(town)
    change(town / "data" / "plan.yml", text, "Every home is safe.")
    assert [one["sentence"] for one in changes("HEAD") if one["part"] == "translations"] == [
        "In Spanish, “Every home is safe.” is not translated and is shown as it was written."
    ]


def test_what_residents_do_not_see_is_told_apart(town: Path) -> None:
    csv = town / "data" / "metrics" / "engine-arrival.csv"
    csv.rename(csv.with_name("arrival.csv"))
    change(
        csv.with_name("engine-arrival.yml"), "observations_file: engine-arrival.csv", "observations_file: arrival.csv"
    )
    done = diff("main")

    assert "\nResidents will see no change.\n\nBehind the pages, not seen by residents\n" in done.stdout


def test_the_summary_of_a_workflow_has_sections_and_links_to_the_lines(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "alder/falls")
    monkeypatch.setenv("GITHUB_SHA", "abc123")
    a_quarter(town)
    change(
        town / "data" / "town.yml",
        "setting: A hill town with one",
        "setting: <b>@mayor</b> x#1 | http://a.example `A` hill town with one",
    )
    lines = diff("main", "--format", "markdown").stdout.splitlines()

    assert lines[0] == "## What residents will see"
    assert lines[2].startswith("**9 changes that residents will see.** From main to the files as they are now, ")
    headings = [line for line in lines if line.startswith("### ")]
    assert headings == [
        "### Numbers",
        "### How measures stand",
        "### Actions",
        "### Who answers",
        "### Texts",
    ]
    assert (
        "- The number of the measure “Home safety visits” (M01) for July to September 2026 is corrected from 26 homes "
        "to 16 homes: Visits to shops were counted. ([data/metrics/home-visits.yml:28]"
        "(https://github.example/alder/falls/blob/abc123/data/metrics/home-visits.yml#L28))"
    ) in lines
    (text,) = (line for line in lines if "mayor" in line)
    assert "\\<b\\>@\u200bmayor\\</b\\> x#\u200b1 \\| http:\u200b//a.example \\`A\\` hill town" in text


def test_what_other_programs_read_keeps_its_keys(town: Path) -> None:
    change(town / GOAL, "due: 2027-10-31", "due: 2028-03-31")

    assert json.loads(diff("main", "--format", "json").stdout) == {
        "before": "main",
        "after": "the files as they are now",
        "without": "",
        "as_of": "2026-11-22",
        "seen": 1,
        "hushed": False,
        "changes": [
            {
                "part": "actions",
                "change": "changed",
                "sentence": "The due date of the action “Build a second bay door” (A02) moves from October 31, 2027 to "
                "March 31, 2028.",
                "warns": False,
                "kind": "action",
                "id": "second-bay-door",
                "ref": "A02",
                "field": "due",
                "before": "October 31, 2027",
                "after": "March 31, 2028",
                "address": "goals/safe-homes/#action-second-bay-door",
                "file": "data/goals/safe-homes.yml",
                "line": 42,
            }
        ],
    }
