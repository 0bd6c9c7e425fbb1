"""`safety-plan check` for programs: JSON, annotations of a GitHub workflow, and SARIF say what the text says."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from safety_plan.commands import main
from safety_plan.commands.check.as_annotations import as_annotations
from safety_plan.commands.check.as_sarif import as_sarif
from safety_plan.commands.check.found import Findings
from safety_plan.problems import Place, Problem
from tests.support import ROOT, change

VISITS = Path("data", "metrics", "home-visits.yml")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small town, as the present folder."""
    shutil.copytree(ROOT / "tests" / "plans" / "small", tmp_path / "town")
    monkeypatch.chdir(tmp_path / "town")
    return tmp_path / "town"


@pytest.fixture
def wrong(town: Path) -> Path:
    """The small town with two mistakes in one file."""
    change(town / VISITS, "kind: count", "kind: cuont")
    change(town / VISITS, "value: 26}", "value: 26, note: 'Half, as agreed: 50%', nite: x}")
    return town


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def doubtful(town: Path) -> None:
    """Give the town something to look at that is no mistake: a measure that no objective names."""
    change(town / "data" / "goals" / "safe-homes.yml", "metrics: [home-visits, inspections-on-time]", "metrics: []")


def problems(done: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done.stdout)["problems"]
    return found


def test_json_holds_every_part_of_every_mistake(wrong: Path) -> None:
    text, done = check(), check("--format", "json")

    assert (done.exit_code, done.stderr) == (1, "")
    found = json.loads(done.stdout)
    assert (found["ok"], found["mistakes"], found["warnings"], found["counts"]) == (False, 2, 0, {})
    assert found["problems"][0] == {
        "severity": "mistake",
        "file": "data/metrics/home-visits.yml",
        "line": 6,
        "column": 7,
        "found": 'found the text "cuont" for "kind"',
        "allowed": "count, index, mean, median, percent, percentile, rate, sum, yes-no",
        "nearest": "count",
        "fix": 'write "count" instead.',
    }
    for one in found["problems"]:
        assert f"{one['file']}:{one['line']}:{one['column']}: {one['found']}" in text.stderr
        assert f"    Fix: {one['fix']}" in text.stderr


def test_json_of_a_plan_in_order_says_so(town: Path) -> None:
    done = check("--format", "json")

    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "ok": True,
        "mistakes": 0,
        "warnings": 0,
        "counts": {"goals": 1, "objectives": 2, "actions": 2, "metrics": 3},
        "problems": [],
    }


def test_warnings_have_their_places_and_leave_the_plan_in_order(town: Path) -> None:
    doubtful(town)
    text = check()
    done, github, sarif = (check("--format", form) for form in ("json", "github", "sarif"))

    assert [one.exit_code for one in (text, done, github, sarif)] == [0, 0, 0, 0]
    told = text.stderr.count("Warning: ")
    assert told
    assert [one["severity"] for one in problems(done)] == ["warning"] * told
    for one in problems(done):
        place = f"{one['file']}:{one['line']}:{one['column']}"
        assert f"Warning: {place}: {one['found']}" in text.stderr
        assert f"::warning file={one['file']},line={one['line']},col={one['column']},title=" in github.stdout
    assert [one["level"] for one in json.loads(sarif.stdout)["runs"][0]["results"]] == ["warning"] * told


def test_annotations_stand_at_their_lines_each_on_one_line(wrong: Path) -> None:
    done = check("--format", "github")

    assert (done.exit_code, done.stderr) == (1, "")
    first, second, last = done.stdout.splitlines()
    assert first == (
        "::error file=data/metrics/home-visits.yml,line=6,col=7,title=Mistake in the plan::"
        'data/metrics/home-visits.yml:6:7: found the text "cuont" for "kind"%0A'
        "    Allowed: count, index, mean, median, percent, percentile, rate, sum, yes-no%0A"
        '    Did you mean "count"?%0A    Fix: write "count" instead.'
    )
    assert second.startswith("::error file=data/metrics/home-visits.yml,line=28,")
    assert last == "2 mistakes found."


def test_annotations_let_nothing_in_a_text_or_a_name_end_them() -> None:
    place = Place("data/a,b:c%\r\n.yml", 3, 5)
    written = as_annotations(Findings((Problem(place, "found 82 %\r\n::warning::no", fix="none."),)))

    line, _, rest = written.partition("\n")
    assert rest == "1 mistake found.\n"
    assert line.startswith("::error file=data/a%2Cb%3Ac%25%0D%0A.yml,line=3,col=5,title=Mistake in the plan::")
    assert line.endswith("found 82 %25\\r\\n::warning::no%0A    Fix: none.")


def test_annotations_of_a_plan_in_order_say_so_in_words(town: Path) -> None:
    assert check("--format", "github").stdout == "No mistakes found: 1 goal, 2 objectives, 2 actions, 3 metrics.\n"


def only(properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has just these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


MESSAGE = only({"text": {"type": "string", "minLength": 1}})
LEVEL = {"enum": ["error", "warning"]}
RULE = only(
    {
        "id": {"enum": ["safety-plan/mistake", "safety-plan/warning"]},
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": only({"level": LEVEL}),
    }
)
PLACE = only(
    {
        "artifactLocation": only(
            # A reference from the root of the repository on, in which all signs but these are written as %20.
            {"uri": {"pattern": r"^[A-Za-z0-9_.~%-][A-Za-z0-9_.~%/-]*$"}, "uriBaseId": {"const": "%SRCROOT%"}}
        ),
        "region": only({name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn")}),
    }
)
RESULT = only(
    {
        "ruleId": RULE["properties"]["id"],
        "ruleIndex": {"enum": [0, 1]},
        "level": LEVEL,
        "message": MESSAGE,
        "partialFingerprints": only({"found/v1": {"pattern": "^[0-9a-f]{64}$"}}),
        "locations": {"type": "array", "minItems": 1, "items": only({"physicalLocation": PLACE})},
    }
)
DRIVER = only(
    {"name": {"const": "safety-plan"}, "version": {"pattern": r"^\d+\.\d+"}, "rules": {"type": "array", "items": RULE}}
)
SARIF = only(
    {
        "$schema": {
            "const": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
        },
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": only(
                {
                    "tool": only({"driver": DRIVER}),
                    "columnKind": {"const": "unicodeCodePoints"},
                    "results": {"type": "array", "items": RESULT},
                }
            ),
        },
    }
)
"""What SARIF 2.1.0 asks of the parts that are used here, by the words of the standard."""


def test_sarif_is_as_the_standard_has_it(wrong: Path) -> None:
    done = check("--format", "sarif")
    found = json.loads(done.stdout)

    assert (done.exit_code, done.stderr) == (1, "")
    assert list(Draft202012Validator(SARIF).iter_errors(found)) == []
    (run,) = found["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    results = run["results"]
    assert len(results) == 2
    assert all(rules[one["ruleIndex"]] == one["ruleId"] == "safety-plan/mistake" for one in results)
    assert results[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 6, "startColumn": 7}
    assert results[0]["message"]["text"].startswith('found the text "cuont" for "kind"\n    Allowed: ')


def test_sarif_of_a_plan_in_order_has_no_results(town: Path) -> None:
    found = json.loads(check("--format", "sarif").stdout)

    assert list(Draft202012Validator(SARIF).iter_errors(found)) == []
    assert found["runs"][0]["results"] == []


def test_sarif_names_strange_files_so_that_they_are_found() -> None:
    written = as_sarif(Findings((Problem(Place("data/größe 1%.yml"), "found nothing", fix="none."),)))

    assert '"uri": "data/gr%C3%B6%C3%9Fe%201%25.yml"' in written


def test_no_name_of_a_file_breaks_out_of_its_line(town: Path) -> None:
    names = ("a\r\r# H1 <img src=x>.yml", "b\n\x07\x1b[31m.txt", "Größe der Stadt.yml")
    for name in names:
        (town / "data/metrics" / name).write_text("id: X\n", encoding="utf-8")
    text, github, sarif = check().stderr, check("--format", "github").stdout, check("--format", "sarif").stdout

    assert {sign for sign in text if not sign.isprintable()} == {"\n"}
    assert r"data/metrics/a\r\r# H1 <img src=x>.yml:1:1: found" in text
    assert r'rename it to "b\n\x07\x1b[31m.yml"' in text
    assert "data/metrics/Größe der Stadt.yml:1:1: found" in text
    # What other programs look the file up by is the name itself.
    assert {f"data/metrics/{name}" for name in names} <= {one["file"] for one in problems(check("--format", "json"))}
    assert "file=data/metrics/a%0D%0D# H1 <img src=x>.yml,line=1" in github
    assert '"uri": "data/metrics/a%0D%0D%23%20H1%20%3Cimg%20src%3Dx%3E.yml"' in sarif


def test_a_mistake_keeps_its_fingerprint_when_it_moves(wrong: Path) -> None:
    def prints() -> list[str]:
        results = json.loads(check("--format", "sarif").stdout)["runs"][0]["results"]
        return [one["partialFingerprints"]["found/v1"] for one in results]

    before = prints()
    path = wrong / VISITS
    path.write_text(f"# One more line.\n{path.read_text(encoding='utf-8')}", encoding="utf-8")

    assert prints() == before
    assert len(set(before)) == 2


def test_a_wrong_day_in_the_settings_is_told_in_every_form(town: Path) -> None:
    (town / "mkdocs.yml").write_text("plugins:\n  - safety-plan:\n      as_of: tomorrow\n", encoding="utf-8")

    assert "mkdocs.yml:3:14" in check().stderr
    assert problems(check("--format", "json"))[0]["file"] == "mkdocs.yml"
    assert check("--format", "github").stdout.startswith("::error file=mkdocs.yml,line=3,col=14,")


def test_the_help_names_the_forms_and_what_the_command_ends_with() -> None:
    told = " ".join(check("--help").stdout.split())

    assert re.search(r"--format \[text\|json\|github\|sarif\]", told)
    assert "Ends with 0 when everything is right" in told
    assert "with 1 when there are mistakes; and with 2 when the command was typed wrongly" in told
    assert check("--format", "yaml").exit_code == 2
