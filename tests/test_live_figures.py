"""Live figures: prose names a number instead of holding it, on generated and on hand-written pages."""

from __future__ import annotations

from pathlib import Path

from tests.support import build, change, copy_project


def test_a_changed_value_changes_every_sentence_that_names_it(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    page = project / "content" / "take-part" / "volunteer.md"
    page.write_text(
        "# Volunteer\n\nWe have {{ value active-volunteers }}, and that is {{ status active-volunteers }}.\n\n"
        "All: {{ metric active-volunteers }}. From {{ baseline active-volunteers }} to {{ target active-volunteers }}. "
        "{{ goal strong-team }} Of {{ count actions }} actions, see [recruitment](action:volunteer-recruitment) "
        "or [the goal](../goals/strong-team.md#objective-more-volunteers).\n\n`{{ value left-alone }}`\n",
        encoding="utf-8",
    )
    before = build(project)["take-part/volunteer/"]
    assert "We have 41 people, and that is off track." in before.words()
    assert "All: 41 people (July to September 2026), off track." in before.words()
    assert "From 41 people to 55 people." in before.words()
    assert "Of 42 actions" in before.words()
    assert "{{ value left-alone }}" in before.words()
    assert "goals/strong-team/#action-volunteer-recruitment" in before.links("//article")
    assert "goals/strong-team/#objective-more-volunteers" in before.links("//article")

    change(
        project / "data" / "metrics" / "active-volunteers.yml",
        "{period: 2026-Q3, value: 41}",
        "{period: 2026-Q3, value: 56}",
    )
    after = build(project)["take-part/volunteer/"]

    assert "We have 56 people, and that is meeting target." in after.words()
    assert after.words().count("56 people") == 2
    goal = [words.split("Of 42")[0].split("55 people. ")[1] for words in (before.words(), after.words())]
    assert goal[0] != goal[1]


def test_prose_in_yaml_is_live_too(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(project / "data" / "metrics" / "ems-response-90th.yml", "    value: 9.5\n", "    value: 9.1\n")
    site = build(project)

    assert "to 9.1 minutes by end of 2029" in site["goals/emergency-medical-help/"].words()
    assert "9.5" not in site["goals/emergency-medical-help/"].words("//article//section[1]//h2")


def test_a_page_may_be_written_by_hand_anywhere_in_the_navigation(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    for name in ("risks/after-a-flood.md", "board.md"):
        (project / "content" / name).parent.mkdir(exist_ok=True)
        (project / "content" / name).write_text("# By hand\n\nHello.\n", encoding="utf-8")
    site = build(project)

    assert "risks/after-a-flood/" in site["risks/"].links("//nav")
    assert "board/" in site[""].links("//nav")
    assert "In an emergency call 911" in site["board/"].words("//body")


def test_a_corrected_value_leaves_no_old_number_behind_in_the_reviews(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    change(
        project / "data" / "metrics" / "ems-response-90th.yml",
        "{period: 2026-Q3, value: 10.4, n: 468}",
        "{period: 2026-Q3, value: 10.3, n: 468}",
    )
    site = build(project)

    assert "Response came down again to 10.3 minutes" in site["reviews/2026-q3/"].words()
    assert "10.4" not in site["reviews/2026-q3/"].words()


def test_figures_of_the_past_stay_those_of_their_time(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    (project / "content" / "take-part" / "then.md").write_text(
        "# Then\n\nA {{ value ems-response-90th 2025-Q4 }}. B {{ metric\ninjury-crashes 2025-Q4 }}. "
        "C {{ was injury-crashes 2025-Q4 }}. D {{ former-target training-finished-on-time }}. "
        "E {{ score too-few-volunteers 2025-Q1 }}. F {{ score too-few-volunteers }}.\n",
        encoding="utf-8",
    )
    then = build(project)["take-part/then/"].words()

    assert "A 10.9 minutes. B 29 crashes (October to December 2025). C 27 crashes. D 99%. E 20. F 16." in then
