"""What Material gets wrong is mended on every page, and a Material that is written otherwise stops the build."""

from __future__ import annotations

from pathlib import Path

import pytest

from safety_plan.publishing.material.mends import MENDS, Mend, ThemeChangedError, mended
from safety_plan.publishing.material.sheets import one_sheet
from tests.access_record import checkers
from tests.support import BuiltSite, copy_project, run_mkdocs

PALETTE = "@media screen{[data-md-color-scheme=slate]{--ink:#fff}[data-md-color-primary=pink]{--ink:#f0f}}"


@pytest.mark.parametrize("mend", MENDS, ids=lambda mend: mend.wrong[:40])
def test_each_mend_is_missed_when_its_place_is_gone(mend: Mend) -> None:
    if mend.place.search(mend.part):
        return
    with pytest.raises(ThemeChangedError, match=mend.wrong[:20]):
        mend.on(f"<p>{mend.part}</p>")


def test_a_page_of_another_theme_is_left_alone() -> None:
    assert mended("<p>Plain</p>") == "<p>Plain</p>"


def test_nothing_that_is_mended_is_left_on_any_page(example_site: BuiltSite) -> None:
    for path in example_site.folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert [mend.wrong for mend in MENDS if mend.place.search(text)] == [], path


def test_another_material_stops_the_build(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    (project / "own" / "partials").mkdir(parents=True)
    (project / "own" / "partials" / "palette.html").write_text('<form data-md-component="palette"></form>')
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(text.replace("  name: material\n", "  name: material\n  custom_dir: own\n"))

    done = run_mkdocs(project, "build", "--strict")

    assert done.returncode == 1
    assert "mkdocs-material: the theme writes its pages in another way" in done.stderr
    assert "Traceback" not in done.stderr


def test_dark_rules_hold_without_scripts_and_unused_colours_are_gone() -> None:
    own = ["a { color: red } /* note */", "@media print { b:not(.c, .d) { top: 0; } }"]

    assert one_sheet(PALETTE, own, frozenset({"primary=custom"})).splitlines() == [
        "@media screen{[data-md-color-scheme=slate]{--ink:#fff}}",
        "a{color:red}",
        "@media print{b:not(.c,.d){top:0}}",
        "@media screen and (prefers-color-scheme:dark){"
        "@media screen{.no-js body:not([data-md-color-media]){--ink:#fff}}}",
    ]
    with pytest.raises(ValueError, match="dark"):
        one_sheet("", own, frozenset())


def test_the_record_of_the_last_check_names_what_is_used_now(example_site: BuiltSite) -> None:
    words = example_site["about/accessibility/"].words()

    for checker in checkers():
        assert checker in words
