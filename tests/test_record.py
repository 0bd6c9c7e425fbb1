"""`safety-plan record`: one number goes to its place, one line changes, and what cannot be taken is said in words."""

from __future__ import annotations

import difflib
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safety_plan.commands import main
from tests.support import ROOT, change

SETTINGS = "plugins:\n  - safety-plan:\n      as_of: 2027-02-10\ndocs_dir: content\n"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small plan with a measure of homes by district, in which the command runs on February 10, 2027."""
    project = tmp_path / "town"
    shutil.copytree(ROOT / "tests" / "plans" / "small", project)
    (project / "mkdocs.yml").write_text(SETTINGS)
    calls = (ROOT / "data" / "metrics" / "repeat-fall-calls.yml").read_text()
    (project / "data" / "metrics" / "repeat-fall-calls.yml").write_text(
        calls.replace("emergency-communications-director", "fire-chief")
    )
    monkeypatch.chdir(project)
    return project


def record(*arguments: str) -> Result:
    """The command, run where the test stands."""
    return CliRunner().invoke(main, ["record", *arguments])


def texts(project: Path) -> dict[str, str]:
    """Every file of the plan, with line breaks as they are."""
    files = (path for path in (project / "data").rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes().decode() for path in files}


def moved(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The lines that were taken out and put in, in all files."""
    lines = []
    for name in sorted({*before, *after}):
        old, new = (side.get(name, "").splitlines() for side in (before, after))
        lines += [line for line in difflib.ndiff(old, new) if line[:2] in ("- ", "+ ")]
    return lines


def changes(project: Path, *arguments: str) -> list[str]:
    """The lines that a command which is right changes."""
    before = texts(project)
    done = record(*arguments)
    assert done.exit_code == 0, done.output
    return moved(before, texts(project))


def refused(project: Path, *arguments: str) -> str:
    """What a command says that is not right, and that writes nothing."""
    before = texts(project)
    done = record(*arguments)
    assert done.exit_code == 1, done.output
    assert texts(project) == before
    return done.output


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["home-visits", "2025-Q4", "12"], ["+   - {period: 2025-Q4, value: 12}"]),
        (["M01", "2025-Q2", "1,234"], ["+   - {period: 2025-Q2, value: 1234}"]),
        (["Home safety visits", "2025-Q4", "12 homes"], ["+   - {period: 2025-Q4, value: 12}"]),
        (["M02", "2025-Q4", "82 %"], ["+   - {period: 2025-Q4, value: 82}"]),
        (["M02", "2025-Q4", "82.50", "--n", "40"], ["+   - {period: 2025-Q4, value: 82.50, n: 40}"]),
        (["M02", "2025-Q4", "--part", "33", "--of", "40"], ["+   - {period: 2025-Q4, part: 33, of: 40}"]),
        (["M02", "2025-Q4", "82.5", "--part", "33", "--of", "40"], ["+   - {period: 2025-Q4, part: 33, of: 40}"]),
        (["M01", "2025-Q4", "--missing", "No: lost"], ['+   - {period: 2025-Q4, missing: "No: lost"}']),
        (["M02", "2025-Q4", "--withheld"], ["+   - {period: 2025-Q4, withheld: true}"]),
        (["M01", "2025-Q4", "12", "--note", "One, two"], ['+   - {period: 2025-Q4, value: 12, note: "One, two"}']),
        (["M03", "2025-Q4", "12.0", "--n", "39"], ["+ 2025-Q4,12.0,39,"]),
        (
            ["M07", "2026-Q3", "--group", "river", "--by", "District", "--withheld"],
            [
                "-       - {period: 2026-Q3, group: River, value: 7}",
                "+       - {period: 2026-Q3, group: River, withheld: true}",
            ],
        ),
    ],
)
def test_one_line_changes(arguments: list[str], expected: list[str], town: Path) -> None:
    assert changes(town, *arguments) == expected


def test_a_new_quarter_moves_the_day_that_the_numbers_go_up_to(town: Path) -> None:
    assert changes(town, "M01", "2026-Q4", "28") == [
        "+   - {period: 2026-Q4, value: 28}",
        "- data_as_of: 2026-09-30",
        "+ data_as_of: 2026-12-31",
    ]


def test_residents_see_what_is_said_after_it(town: Path) -> None:
    done = record("M01", "2026-Q4", "11")

    assert done.output == (ROOT / "tests/messages/record/new-number.txt").read_text()


def test_a_correction_keeps_the_number_before(town: Path) -> None:
    assert changes(town, "M01", "2026-Q2", "23", "--correct", "One home was missed") == [
        "-   - {period: 2026-Q2, value: 22}",
        "+   - {period: 2026-Q2, value: 23, was: 22, corrected: 2027-02-10, because: One home was missed}",
    ]
    assert changes(town, "M02", "2026-Q1", "--part", "42", "--of", "56", "--correct", "Late list") == [
        "-   - {period: 2026-Q1, part: 41, of: 56}",
        "+   - {period: 2026-Q1, part: 42, of: 56, was: 73, corrected: 2027-02-10, because: Late list}",
    ]
    assert changes(town, "M03", "2026-Q2", "11.70", "--correct", "Clock was off") == [
        "- period,value,n,note",
        "+ period,value,n,note,was,corrected,because",
        '- 2026-Q2,11.8,41,"Two long trips, both in the snow"',
        '+ 2026-Q2,11.70,41,"Two long trips, both in the snow",11.8,2027-02-10,Clock was off',
    ]


def test_a_number_that_was_missing_is_simply_delivered(town: Path) -> None:
    record("M01", "2026-Q4", "--missing", "The visit book was lost")

    assert changes(town, "M01", "2026-Q4", "28") == [
        "-   - {period: 2026-Q4, missing: The visit book was lost}",
        "+   - {period: 2026-Q4, value: 28}",
        "- data_as_of: 2026-09-30",
        "+ data_as_of: 2026-12-31",
    ]


def test_a_period_that_is_not_over_goes_on(town: Path) -> None:
    record("M01", "2027-Q1", "4", "--until", "2027-01-15")

    assert changes(town, "M01", "2027-Q1", "9", "--until", "2027-01-31")[:2] == [
        "-   - {period: 2027-Q1, value: 4, partial_until: 2027-01-15}",
        "+   - {period: 2027-Q1, value: 9, partial_until: 2027-01-31}",
    ]
    assert "found 9 for 2027-Q1 already" in refused(town, "M01", "2027-Q1", "7", "--until", "2027-01-31")
    assert "which ends on 2027-03-31, after 2027-02-10" in refused(town, "M01", "2027-Q1", "7")


def test_a_number_is_taken_back_without_another_one(town: Path) -> None:
    assert changes(town, "M01", "2026-Q3", "--missing", "Book lost", "--correct", "It was a guess") == [
        "-   - {period: 2026-Q3, value: 26}",
        "+   - {period: 2026-Q3, missing: Book lost, was: 26, corrected: 2027-02-10, because: It was a guess}",
    ]


def test_a_number_that_need_not_be_withheld_is_published_with_the_reason(town: Path) -> None:
    lines = changes(town, "M07", "2026-Q3", "8", "--group", "Hill", "--correct", "It was counted by streets")

    assert "+       - {period: 2026-Q3, group: Hill, value: 8, note: It was counted by streets}" in lines


def test_a_note_is_added_to_a_number_that_stays(town: Path) -> None:
    assert changes(town, "M01", "2026-Q3", "26", "--note", "Two were visited twice") == [
        "-   - {period: 2026-Q3, value: 26}",
        "+   - {period: 2026-Q3, value: 26, note: Two were visited twice}",
    ]


def test_a_number_far_from_all_others_is_doubted(town: Path) -> None:
    assert "That is far from all its other numbers, which go from 17 to 26" in record("M01", "2026-Q4", "280").output
    assert "far from" not in record("M01", "2025-Q4", "14").output


def test_values_of_whole_years_have_their_own_list(town: Path) -> None:
    file = town / "data/metrics/home-visits.yml"
    file.write_text(file.read_text() + 'annual:\n  - {period: "2024", value: 60}\n')

    assert changes(town, "M01", "2025", "66") == ['+   - {period: "2025", value: 66}']


def test_a_yearly_measure_keeps_to_one_kind_of_period(town: Path) -> None:
    file = town / "data/metrics/home-visits.yml"
    text = file.read_text().replace("frequency: quarterly", "frequency: yearly")
    for year, quarter in ((2023, "Q1"), (2024, "Q2"), (2025, "Q3")):
        text = text.replace(f"2026-{quarter}, value", f'"{year}", value')
    file.write_text(text)

    assert refused(town, "M01", "2026-Q4", "28") == (
        "PERIOD: found 2026-Q4, but its other numbers are those of years\n"
        "    Allowed: a period such as 2025\n"
        '    Did you mean "2026"?\n'
        "    Fix: write the period in the same form.\n"
    )
    assert changes(town, "M01", "2026", "28")[0] == '+   - {period: "2026", value: 28}'


def test_the_quarters_of_a_fiscal_year_are_named_as_their_neighbours(town: Path) -> None:
    (town / "data/town.yml").write_text((town / "data/town.yml").read_text() + "fiscal_year_starts: 7\n")
    file = town / "data/metrics/home-visits.yml"
    text = file.read_text()
    for quarter, fiscal in (("2026-Q1", "FY2026-Q3"), ("2026-Q2", "FY2026-Q4"), ("2026-Q3", "FY2027-Q1")):
        text = text.replace(f"{{period: {quarter}, value", f"{{period: {fiscal}, value")
    file.write_text(text)

    assert "either periods of the calendar, or fiscal years" in refused(town, "M01", "2026-Q4", "28")
    assert changes(town, "M01", "FY2027-Q2", "28")[0] == "+   - {period: FY2027-Q2, value: 28}"


def test_the_first_number_begins_the_list(town: Path) -> None:
    file = town / "data/metrics/home-visits.yml"
    file.write_text(file.read_text().partition("observations:")[0])

    assert changes(town, "M01", "2026-Q4", "28")[:2] == ["+ observations:", "+   - {period: 2026-Q4, value: 28}"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_file_stays_as_an_editor_left_it(newline: str, town: Path) -> None:
    file = town / "data/metrics/home-visits.yml"
    text = file.read_text().replace("2026-Q2, value: 22}", "2026-Q2, value: 22}   # counted twice").rstrip("\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", newline).encode())
    assert record("M01", "2026-Q2", "23", "--correct", "One was missed").exit_code == 0

    expected = text.replace("value: 22", "value: 23, was: 22, corrected: 2027-02-10, because: One was missed")
    assert file.read_bytes() == b"\xef\xbb\xbf" + expected.replace("\n", newline).encode()


@pytest.mark.parametrize(
    ("arguments", "instead"),
    [
        (["27"], "value: 27"),
        (["--missing", "The list was lost"], "missing: The list was lost"),
    ],
)
def test_a_note_of_several_lines_stays_as_it_is_written(arguments: list[str], instead: str, town: Path) -> None:
    file = town / "data/metrics/home-visits.yml"
    note = "    note: |   # as the team told it\n      Two homes\n      - counted twice.\n"
    old = f"  - # the third - and last - one\n    period: 2026-Q3\n    value: 26\n{note}"
    text = file.read_text().replace("  - {period: 2026-Q3, value: 26}\n", old)
    assert old in text
    file.write_text(text)

    assert record("M01", "2026-Q3", *arguments, "--correct", "A slip").exit_code == 0
    corrected = f"{instead}\n    was: 26\n    corrected: 2027-02-10\n    because: A slip\n"
    assert file.read_text() == text.replace("value: 26\n", corrected)


def test_a_time_is_given_as_minutes_and_seconds(town: Path) -> None:
    file = town / "data/metrics/engine-arrival.yml"
    file.write_text(file.read_text().replace("unit: minutes", "unit: seconds\nshown_as: minutes-seconds"))

    assert changes(town, "M03", "2025-Q4", "1:31") == ["+ 2025-Q4,91,,"]


@pytest.mark.parametrize("value", ["26", "26.0", "+26"])
def test_the_same_number_again_changes_nothing(value: str, town: Path) -> None:
    before = texts(town)
    done = record("M01", "2026-Q3", value)

    assert (done.exit_code, done.output) == (
        0,
        "The plan says so already: home-visits, 2026-Q3. Nothing was changed.\n",
    )
    assert texts(town) == before


def test_a_number_is_taken_off_the_page(town: Path) -> None:
    record("M02", "2026-Q3", "85", "--correct", "Two were forgotten")
    done = record("M02", "2026-Q3", "--withheld")

    assert "-   - {period" not in done.output
    assert "85" not in done.output
    assert 'The handbook of Safety Plan, page "When something goes wrong", says' in done.output
    line = (town / "data/metrics/inspections-on-time.yml").read_text().splitlines()[-1]
    assert line == "  - {period: 2026-Q3, withheld: true}"


def test_the_note_of_a_withheld_number_goes_with_it(town: Path) -> None:
    file = town / "data" / "metrics" / "inspections-on-time.yml"
    change(file, "{period: 2026-Q3, value: 84, n: 50}", "{period: 2026-Q3, value: 84, n: 50, note: Only 42 were done}")
    done = record("M02", "2026-Q3", "--withheld")

    assert "42" not in file.read_text(encoding="utf-8") + done.output
    assert "The note of that line is taken out with its number" in done.output
    assert "Look through the texts of this measure" in done.output


def test_what_would_tell_a_withheld_number_is_withheld_with_it(town: Path) -> None:
    file = town / "data/metrics/repeat-fall-calls.yml"
    change(file, "{period: 2026-Q3, value: 19}", "{period: 2026-Q3, value: 24}")
    change(file, "group: Hill, withheld: true", "group: Hill, value: 3")
    change(file, "group: Center, withheld: true", "group: Center, value: 8")
    told = refused(town, "M07", "2026-Q3", "--group", "Hill", "--withheld")

    assert 'Fix: write "withheld: true" in place of the numbers of 2026-Q3' in told
    assert "With this command: say --others as well, to withhold what would tell it." in told
    lines = changes(town, "M07", "2026-Q3", "--group", "Hill", "--withheld", "--others")
    assert "+       - {period: 2026-Q3, group: Hill, withheld: true}" in lines
    assert sum("withheld: true" in line for line in lines) == 2


def test_nothing_is_written_on_a_dry_run(town: Path) -> None:
    before = texts(town)
    done = record("M01", "2026-Q4", "28", "--dry-run")

    assert done.exit_code == 0
    assert "+   - {period: 2026-Q4, value: 28}" in done.output
    assert "Nothing was written: leave --dry-run out to write it." in done.output
    assert texts(town) == before


def test_a_mistake_that_is_there_already_can_be_mended(town: Path) -> None:
    change(town / "data/metrics/inspections-on-time.yml", "part: 41, of: 56", "part: 3, of: 56")

    assert changes(town, "M02", "2026-Q1", "--withheld") == [
        "-   - {period: 2026-Q1, part: 3, of: 56}",
        "+   - {period: 2026-Q1, withheld: true}",
    ]


@pytest.mark.parametrize(
    "case", sorted((ROOT / "tests/messages/record/refused").glob("*.txt")), ids=lambda path: path.stem
)
def test_what_cannot_be_taken_is_told(case: Path, town: Path) -> None:
    first, _, expected = case.read_text().partition("\n")
    arguments = shlex.split(first.removeprefix("$ safety-plan record "))

    assert refused(town, *arguments) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ["M01", "2026-Q4"],
        ["M01", "2026-Q4", "5", "--missing", "x"],
        ["M01", "2026-Q4", "--missing", " "],
        ["M02", "2026-Q4", "--part", "5"],
        ["M02", "2026-Q4", "5", "--by", "district"],
        ["M02", "2026-Q4", "5", "--others"],
        ["M02", "2026-Q4", "--withheld", "--correct", "x"],
        ["M07", "2026-Q4", "5", "--group", "Hill", "--group", "River"],
    ],
)
def test_wrong_use_ends_with_2(arguments: list[str], town: Path) -> None:
    assert record(*arguments).exit_code == 2
