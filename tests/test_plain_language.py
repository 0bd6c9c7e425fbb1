"""What staff are told of texts that are hard to read, and that the example town's texts are not."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from safety_plan.plan.build import build_plan
from safety_plan.plan.plain_language import plain_language
from safety_plan.plan.plan import Plan
from safety_plan.plan.readability import readability, syllables
from safety_plan.problems import Problem
from safety_plan.reading.content import HandWritten, read_content
from safety_plan.reading.folder import read_folder
from tests.support import ROOT, change, copy_project

SMALL = ROOT / "tests" / "plans" / "small"
LETTER = Path("content", "plan", "letter-from-the-town-manager.md")

SPOKEN = {
    1: "the more rules called place through strength years were whole staff crash watched trained 911 2,300",
    2: "table places changes safety safer statement careful someone being people wanted measures risk-based actual",
    3: "ambulance period radio area department example resident injury government together officers",
    4: "community evaluate information society emergency continuous evacuate eligible",
    5: "communications accreditation evacuation community-led",
}
COUNTED = [(word, number) for number, words in SPOKEN.items() for word in words.split() if word != "actual"]


@pytest.mark.parametrize(("word", "number"), COUNTED)
def test_syllables_are_counted_as_they_are_spoken(word: str, number: int) -> None:
    assert syllables(word) == number


def test_letters_in_capitals_are_spoken_one_by_one() -> None:
    assert syllables("EMS") == 3


def test_the_grade_is_that_of_the_formula() -> None:
    # 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45.
    assert readability("The cat sat on the mat.").grade == pytest.approx(-1.45)
    # 9 words, 2 sentences, 3 + 1 + 1 + 4 + 1 + 1 + 1 + 2 + 3 = 17 syllables: 0.39 × 4.5 + 11.8 × 17 / 9 − 15.59.
    assert readability("Ambulance crews help communities. They go to every resident.").grade == pytest.approx(
        0.39 * 9 / 2 + 11.8 * 17 / 9 - 15.59
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came at 8 a.m. and left. Two came later.", ["One came at 8 a.m. and left.", "Two came later."]),
        ("See [our goals](page:goals). **Then** act!", ["See our goals.", "Then act!"]),
        ("It took {{ value ems-response-90th }}. Good.", ["It took 9.", "Good."]),
        ("# A heading\n\nBring these:\n\n- a lamp\n- a coat", ["Bring these:", "a lamp", "a coat"]),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("One line\nand the next.\n\n| a | b |\n|---|---|", ["One line and the next."]),
    ],
)
def test_sentences_are_those_a_reader_sees(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in readability(text).sentences] == sentences


def plan_of(project: Path) -> Plan:
    records, problems = read_folder(project / "data", project)
    return build_plan(records, (), problems)


def told(project: Path) -> list[Problem]:
    """What is said of a project's texts and hand-written pages."""
    pages, _ = read_content(project / "content", project)
    return sorted(plain_language(plan_of(project), pages))


def test_the_example_town_is_plain() -> None:
    assert told(ROOT) == []


def test_a_text_above_the_grade_is_named_with_its_longest_sentence(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(
        project / "data" / "plan.yml",
        "vision: Everyone in Quinnebrook gets the right help, quickly and fairly, on an ordinary day and in a "
        "disaster.",
        "vision: The operational responsibilities here necessitate interdisciplinary coordination. Organizational "
        "accountability mechanisms institutionalize transparency, facilitating comprehensive evaluation of emergency "
        "communications infrastructure availability and multidisciplinary interoperability requirements annually.",
    )

    assert [str(problem) for problem in told(project)] == [
        "data/plan.yml:14:9: found a text of reading grade 41.2\n"
        "    Allowed: grade 10 or below (Flesch-Kincaid)\n"
        "    Fix: use shorter words and sentences. The longest sentence has 18 words and starts with "
        '"Organizational accountability mechanisms institutionalize..."'
    ]


def test_a_long_sentence_of_a_page_is_named_at_its_line(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / LETTER, "Come to an open house, and", f"Come to an open house, {'and look, ' * 16}and")

    (problem,) = told(project)

    line = (project / LETTER).read_text(encoding="utf-8").split("Come to an open")[0].count("\n") + 1
    assert problem.place.line == line
    assert problem.found.startswith('found a sentence of 45 words that starts with "Come to an open house, and look')


def test_letters_that_nobody_explains_are_named_once(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / LETTER, "Learn CPR.", "Learn CPR and BLS. Ask the QRX.")
    change(project / "content" / "take-part" / "volunteer.md", "knock on doors,", "knock on doors, call the QRX,")

    (problem,) = told(project)

    assert problem.place.file == LETTER.as_posix()
    assert problem.found == 'found "QRX" without an explanation; it stands in 2 texts'
    assert problem.fix == 'add "QRX" to glossary.yml, or write the words with "(QRX)" after them.'


@pytest.mark.parametrize(
    "text",
    [
        "Ask the Quick Response Exchange (QRX). The QRX helps.",
        "Ask the QRX (Quick Response Exchange).",
        "It is in 91 QRX 20902, and in Title VI of the act.",
        "Take the course QRX-100, with the code `QRX`.",
        "Read [the paper](https://example.org/QRX).",
        "Write to PO Box 7 for a PDF.",
    ],
)
def test_letters_that_are_explained_or_only_cited_are_left_alone(text: str) -> None:
    page = HandWritten("some.md", "content/some.md", text)

    assert list(plain_language(plan_of(SMALL), [page])) == []


def test_settings_above_a_page_are_not_read() -> None:
    page = HandWritten("some.md", "content/some.md", f"---\ntitle: QRX {'word ' * 40}\n---\n\n# Some\n\nA word.\n")

    assert list(plain_language(plan_of(SMALL), [page])) == []


def test_a_plan_in_another_language_is_left_alone() -> None:
    plan = plan_of(SMALL)
    spanish = dataclasses.replace(plan, town=plan.town.model_copy(update={"languages": ("es",)}))
    page = HandWritten("some.md", "content/some.md", "palabra " * 40)

    assert list(plain_language(plan, [page])) != []
    assert list(plain_language(spanish, [page])) == []
