"""`safety-plan diff` is public in a pull request: it repeats no number that is taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.differing import GOAL, INSPECTIONS, VISITS, changes, diff, save, sentences, town_entered
from tests.support import change


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return town_entered(tmp_path, monkeypatch)


SECRETS: dict[str, Callable[[Path], None]] = {
    "withheld": lambda town: change(town / INSPECTIONS, "part: 41, of: 56", "withheld: true"),
    "taken out": lambda town: change(town / INSPECTIONS, "  - {period: 2026-Q1, part: 41, of: 56}\n", ""),
    "missing": lambda town: change(town / INSPECTIONS, "part: 41, of: 56", "missing: It was wrong."),
}


@pytest.mark.parametrize("taken_back", SECRETS)
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_number_that_is_taken_back_is_not_repeated(town: Path, form: str, taken_back: str) -> None:
    text = "Share of the inspections due in the quarter that were done in it."
    change(town / INSPECTIONS, text, f"{text} In spring 41 of 56 were, or 73%.")
    change(town / INSPECTIONS, "part: 41, of: 56", "part: 41, of: 56, note: These 41 were early.")
    change(
        town / GOAL,
        "title: Bring the engine within {{ target engine-arrival }}",
        "title: From {{ value inspections-on-time 2026-Q1 }} to more",
    )
    save(town)
    change(town / GOAL, "title: From {{ value inspections-on-time 2026-Q1 }} to more", "title: Bring it in time")
    change(town / INSPECTIONS, f"{text} In spring 41 of 56 were, or 73%.", text)
    change(town / INSPECTIONS, ", note: These 41 were early.", "")
    SECRETS[taken_back](town)
    done = diff("HEAD", "--format", form)

    assert done.exit_code == 0, done.output
    assert "the measure “Inspections on time” (M02) for January to March 2026" in " ".join(done.stdout.split())
    assert not any(secret in done.stdout for secret in ("41", "56", "73%"))


def test_a_small_number_is_not_repeated_though_another_one_takes_its_place(town: Path) -> None:
    """A count that was too small may have been published before anybody knew that it counts people."""
    change(town / VISITS, "value: 17}", "value: 4}")
    save(town)
    change(town / VISITS, "counts: things", "counts: people")
    change(town / VISITS, "value: 4}", "value: 18}")

    (told,) = (one for one in changes("HEAD") if one["part"] == "numbers")
    assert told["sentence"] == (
        "The number of the measure “Home safety visits” (M01) for January to March 2026 changes, and is 18 homes. "
        "It is not marked as a correction."
    )
    assert (told["before"], told["after"], told["warns"]) == ("", "18 homes", True)


def test_beside_a_withheld_number_no_earlier_one_is_said(town: Path) -> None:
    """An earlier number of people, beside those that are shown now, may tell the one that is withheld."""
    change(town / INSPECTIONS, "part: 41, of: 56", "withheld: true")
    change(town / INSPECTIONS, "value: 84, n: 50}", "value: 84, n: 50, note: There were 63.}")
    save(town)
    change(town / INSPECTIONS, "value: 84, n: 50, note: There were 63.}", "value: 86, n: 52, note: There were 64.}")
    number = "number of the measure “Inspections on time” (M02) for July to September 2026"

    assert [one for one in sentences("HEAD") if number in one] == [
        f"The {number} changes, and is 86%. It is not marked as a correction.",
        f"The number of cases of the {number} changes; it is now 52.",
        f"The note of the {number} changes; it is now “There were 64.”",
    ]
