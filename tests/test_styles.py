"""Style sheets are read by one reader, which loses nothing of what they say."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from safety_plan.publishing.material.styles import Rule, rules, written
from safety_plan.publishing.material.unused import without_unused
from tests.support import ROOT

OURS = sorted((ROOT / "plugins" / "safety_plan" / "publishing" / "theme" / "assets").glob("*.css"))

SHEET = """
@charset "UTF-8"; @import url("more.css");
/* a { of: a note } */
a[title="{,;"], b:not(.c, .d) { color: red; background: url("data:image/png;base64,{}") }
@font-face { font-family: "One" }
@media print {
  @supports (display: grid) { .kept { top: 0 } .gone { top: 1px } }
  .gone { top: 2px }
}
@keyframes turn { from { top: 0 } to { top: 1px } }
"""


def theirs() -> list[Path]:
    """The style sheets of the theme."""
    spec = find_spec("material")
    assert spec is not None
    assert spec.origin is not None
    return sorted((Path(spec.origin).parent / "templates" / "assets" / "stylesheets").glob("*.css"))


def test_every_rule_is_read_in_its_conditions() -> None:
    found = list(rules(SHEET))

    assert [(one.conditions, one.selectors) for one in found] == [
        ((), ('@charset "UTF-8";',)),
        ((), ('@import url("more.css");',)),
        ((), ('a[title="{,;"]', "b:not(.c, .d)")),
        ((), ("@font-face",)),
        (("@media print", "@supports (display: grid)"), (".kept",)),
        (("@media print", "@supports (display: grid)"), (".gone",)),
        (("@media print",), (".gone",)),
        (("@keyframes turn",), ("from",)),
        (("@keyframes turn",), ("to",)),
    ]
    assert dict(found[2].declarations) == {"color": "red", "background": 'url("data:image/png;base64,{}")'}
    assert [one.selectors for one in found if one.is_of_elements] == [found[at].selectors for at in (2, 4, 5, 6)]


@pytest.mark.parametrize("sheet", [*OURS, *theirs()], ids=lambda path: path.name)
def test_what_is_written_says_what_was_read(sheet: Path) -> None:
    found = list(rules(sheet.read_text(encoding="utf-8")))

    assert found
    assert list(rules(written(found))) == found


def test_what_no_page_has_goes_and_the_rest_stays() -> None:
    assert without_unused(SHEET, {"kept"}) == (
        '@charset "UTF-8";@import url("more.css");'
        'a[title="{,;"],b:not(.c, .d){color: red; background: url("data:image/png;base64,{}")}'
        '@font-face{font-family: "One"}'
        "@media print{@supports (display: grid){.kept{top: 0}}}"
        "@keyframes turn{from{top: 0}to{top: 1px}}"
    )


def test_rules_of_the_same_conditions_stand_together() -> None:
    one, other = Rule(("@media print",), ("a",), "top:0"), Rule(("@media print",), ("b",), "top:0")

    assert written([one, other]) == "@media print{a{top:0}b{top:0}}"
