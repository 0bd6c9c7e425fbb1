"""Words of the glossary are explained on the page where they stand, once, and only in prose."""

from __future__ import annotations

import time
from typing import Any

import pytest
from lxml import html
from markupsafe import Markup

from safety_plan.language import Original
from safety_plan.publishing.terms import Word, Words
from tests.support import BuiltSite, broken_links

WORDS = Words(
    (
        Word("ems", "EMS", "Emergency medical services", "Help for the ill."),
        Word("cares", "CARES", "", "A register."),
        Word("off-track", "Off track", "", "It moves <far> too slowly."),
        Word("percentile", "90th percentile", "", "Nine of ten."),
    )
)


def explained(text: str, words: Words = WORDS) -> str:
    return words.explained(text, "Words on this page", Markup("All words."))


def tree(text: str) -> Any:
    """The HTML of a page, to ask for what is in it."""
    return html.fromstring(f"<div>{text}</div>")


def linked(text: str) -> list[str]:
    """The words that became links to their meanings."""
    return [link.text_content() for link in tree(explained(text)).xpath("//a[@class='sp-term']")]


def test_the_first_use_leads_to_the_meaning_at_the_foot() -> None:
    page = tree(explained("<p>EMS came. <em>EMS</em> left.</p><p>EMS again.</p>"))

    (link,) = page.xpath("//a[@class='sp-term']")
    assert link.get("href") == "#word-ems"
    assert link.getparent().text is None
    meaning = page.xpath("//section[h2]//div[@id='word-ems']")[0]
    assert meaning.text_content() == "EMSEmergency medical services. Help for the ill."


@pytest.mark.parametrize(
    "text",
    [
        "<h1>EMS</h1>",
        "<h2 id='x'>EMS</h2>",
        "<p><a href='x'>EMS at work</a></p>",
        "<table><caption>EMS</caption><tr><th>EMS</th><td>EMS</td></tr></table>",
        "<p><code>EMS</code></p>",
        "<svg><title>EMS</title><text>EMS</text><path d='M0'/></svg>",
        "<p lang='es'>EMS</p>",
        "<div lang='es'><p>EMS</p></div>",
        "<p><span class='sp-status sp-status--bad'>off track</span></p>".replace("'", '"'),
        "<p><span class='sp-live'>off track</span></p>".replace("'", '"'),
        "<dl><dt>EMS</dt></dl>",
        "<p>SEMS, EMS-90 and the cares of the day</p>",
        "<p title='EMS'>no word</p>",
        "<!-- <p>EMS</p> -->",
    ],
)
def test_what_is_no_prose_is_left_alone(text: str) -> None:
    assert explained(text) == text


def test_words_are_found_in_small_letters_and_short_forms_as_they_are() -> None:
    assert linked("<ul><li>It is off track.<br>The CARES register, the 90th percentile</li></ul>") == [
        "off track",
        "CARES",
        "90th percentile",
    ]


def test_prose_after_what_is_left_alone_is_explained() -> None:
    assert linked("<p>See <a href='x'>EMS</a>, <svg><path/></svg> and EMS.</p>") == ["EMS"]


def test_meanings_are_escaped_and_untranslated_ones_say_their_language() -> None:
    assert "moves &lt;far&gt; too" in explained("<p>off track</p>")
    spanish = Words((Word("ems", "EMS", "", Original("Help for the ill.", "en")),))

    assert '<dd><span lang="en">Help for the ill.</span></dd>' in explained("<p>EMS</p>", spanish)


def test_a_page_of_the_town_explains_its_words(example_site: BuiltSite) -> None:
    page = example_site["measures/ems-response-90th/"]

    for link in page.tree.xpath("//a[@class='sp-term']"):
        assert link.get("href").removeprefix("#") in page.ids
    (section,) = page.tree.xpath("//section[contains(@class, 'sp-words')]")
    assert "The time within which 9 of 10 calls were reached." in section.text_content()
    assert not example_site["glossary/"].tree.xpath("//a[@class='sp-term']")
    assert broken_links(example_site) == []


def test_a_hand_written_page_explains_its_words_too(example_site: BuiltSite) -> None:
    page = example_site["take-part/volunteer/"]

    assert [link.text_content() for link in page.tree.xpath("//a[@class='sp-term']")] == ["CPR"]


def test_a_large_page_is_done_in_a_moment() -> None:
    text = "<p>Nothing to explain in this row of a long page.</p>\n" * 400 + "<p>EMS</p>"
    started = time.perf_counter()
    for _ in range(20):
        explained(text)

    # A few milliseconds each on a slow machine: the limit only catches work that grows with the square of a page.
    assert time.perf_counter() - started < 2
