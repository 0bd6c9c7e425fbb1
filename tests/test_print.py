"""The print edition: documents that hang together, on a screen and as tagged PDF files."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar
from playwright.sync_api import Browser

from safety_plan.pdf import Manuscript, Typesetter
from safety_plan.plan.plan import Plan
from safety_plan.publishing.printed.documents import STYLES
from safety_plan.publishing.printed.drawing import drawn
from safety_plan.publishing.printed.ready import chart_rules
from safety_plan.results.results import compute
from tests.core_pages import AS_OF, plan_of
from tests.support import ROOT, BuiltPage, BuiltSite, broken_links, copy_project, run_mkdocs, served

THEME = ROOT / "plugins" / "safety_plan" / "publishing" / "theme"
SITE = "https://quinnebrook.example/"
LETTER = (612, 792)
MARGIN = 15 / 25.4 * 72
"""The margin of a page in points."""

GOAL = "goals/fire-safety/print/"
LANGUAGES = {"": "en", "es/": "es"}


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The example town's plan."""
    return plan_of(ROOT)


def documents(site: BuiltSite) -> dict[str, BuiltPage]:
    """The documents of a site, by their addresses."""
    return {address: page for address, page in site.pages.items() if address.endswith(("print/", "scorecard/"))}


def headings(page: BuiltPage) -> list[tuple[int, str]]:
    """Level and text of each heading of a page, in order."""
    found = page.tree.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    return [(int(one.tag[1]), " ".join(one.text_content().split())) for one in found]


def test_each_language_has_a_document_of_the_whole_of_each_goal_and_of_the_quarter(
    example_site: BuiltSite, plan: Plan
) -> None:
    here = {"print/", "scorecard/", *(f"goals/{goal.id}/print/" for goal in plan.goals)}

    assert set(documents(example_site)) == {prefix + address for prefix in LANGUAGES for address in here}
    for address, page in documents(example_site).items():
        assert page.tree.get("lang") == LANGUAGES["es/" if address.startswith("es/") else ""]


def test_every_document_is_offered_on_the_page_it_is_about(example_site: BuiltSite) -> None:
    for prefix in LANGUAGES:
        for page, address in (("", "print/"), ("", "scorecard/"), ("about/", "print/"), ("goals/fire-safety/", GOAL)):
            assert prefix + address in example_site[prefix + page].links("//article"), f"{prefix}{page}"
            # And it leads back.
            assert prefix + page in example_site[prefix + address].links("//body/nav[1]") or page == "about/"


def test_documents_have_no_place_twice_and_no_link_into_nothing(example_site: BuiltSite) -> None:
    for address, page in documents(example_site).items():
        ids = Counter(page.tree.xpath("//@id"))
        named = {
            name for names in page.tree.xpath("//@aria-labelledby | //@aria-describedby") for name in names.split()
        }
        inside = {href[1:] for href in page.tree.xpath("//a/@href") if href.startswith("#")}

        assert [one for one, times in ids.items() if times > 1] == [], address
        assert (named | inside) - set(ids) == set(), address


def test_headings_go_down_one_step_at_a_time(example_site: BuiltSite) -> None:
    for address, page in documents(example_site).items():
        levels = [level for level, _ in headings(page)]

        assert levels[0] == 1, address
        assert levels.count(1) == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


def test_the_contents_lead_to_each_chapter(example_site: BuiltSite) -> None:
    for address, page in documents(example_site).items():
        if address.endswith("scorecard/"):
            continue
        chapters = page.tree.xpath("//main//section[contains(@class, 'sp-chapter')]/@id")
        links = page.tree.xpath("//nav[@aria-labelledby='document-contents']//a")

        assert [link.get("href") for link in links] == [f"#{chapter}" for chapter in chapters]
        assert all(link.text_content().strip() for link in links)


def test_the_whole_plan_has_every_goal_measure_risk_and_duty(example_site: BuiltSite, plan: Plan) -> None:
    for prefix in LANGUAGES:
        chapters = set(example_site[f"{prefix}print/"].tree.xpath("//main//section/@id"))

        for kind, folder in (("goal", "goals"), ("metric", "measures"), ("risk", "risks"), ("requirement", "legal")):
            for thing in plan.things[kind].values():
                assert f"{folder}-{thing.id}" in chapters


def test_every_chart_and_every_table_of_numbers_is_in_the_whole_plan(example_site: BuiltSite, plan: Plan) -> None:
    for prefix in LANGUAGES:
        whole = example_site[f"{prefix}print/"].tree
        for metric in plan.metrics:
            page = example_site[f"{prefix}measures/{metric.id}/"].content()
            (chapter,) = whole.xpath(f"//section[@id='measures-{metric.id}']")
            for what in ("//svg[@class='sp-trend']", "//svg[@class='sp-bar']", "//table[@id='values']//tr"):
                there = what.replace("'values'", f"'measures-{metric.id}--values'")
                assert len(chapter.xpath(f".{there}")) == len(page.xpath(f".{what}")), f"{metric.id} {what}"


def test_what_a_document_leaves_out_is_a_link_to_the_site(example_site: BuiltSite) -> None:
    links = example_site["print/"].links("//main")

    assert "measures/structure-fires.csv" in links
    beyond = {link.partition("#")[0] for link in example_site[GOAL].links("//main")} - {GOAL}
    assert beyond & set(example_site.pages)


def test_no_document_leads_to_a_page_file_or_place_that_is_not_there(example_site: BuiltSite) -> None:
    there = documents(example_site)

    assert [one for one in broken_links(example_site) if one.partition(": ")[0] in there] == []


def test_on_paper_nothing_is_folded_and_nothing_is_wider_than_the_sheet(
    example_site: BuiltSite, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 660, "height": 900})
    try:
        with served(example_site.folder) as home:
            for address in (GOAL, "scorecard/", "es/print/"):
                page.goto(home + address)
                page.emulate_media(media="print")
                assert not page.locator("nav.sp-back").is_visible()
                assert page.locator("details:not([open])").count() == 0
                wide = page.evaluate(
                    """() => [...document.querySelectorAll("body *")]
                        .filter(one => !one.closest("svg") && one.getBoundingClientRect().right > innerWidth + 1)
                        .map(one => one.tagName + "#" + (one.closest("[id]") || {}).id).slice(0, 5)"""
                )
                assert wide == [], address
    finally:
        page.close()


def test_drawings_bring_their_places_and_colours_with_them(example_site: BuiltSite) -> None:
    rules = list(chart_rules((THEME / style).read_text(encoding="utf-8") for style in STYLES))
    ready = BuiltPage(GOAL, drawn(example_site[GOAL].text, rules)).tree

    charts = ready.xpath("//svg[@class='sp-trend']")
    assert len(charts) == len(example_site[GOAL].tree.xpath("//svg[@class='sp-trend']"))
    for chart in charts:
        assert chart.xpath("string(title)").strip()
        assert [value for value in chart.xpath(".//@*") if "%" in value] == []
        style = chart.xpath("string(style)")
        assert ".sp-line" in style
        assert "var(" not in style
    # The rim of a label has the colour of the paper, or the label could not be read on a line.
    (rim,) = [rule.text for rule in rules if rule.selectors == (".sp-label",)]
    assert "stroke:#fff" in rim
    # What only adorns the words beside it is no figure.
    assert ready.xpath("//svg[@aria-hidden]") == []
    assert ready.xpath("//span[contains(@class, 'sp-swatch')]")


@dataclass(frozen=True)
class Printed:
    """A document as a PDF file."""

    page: BuiltPage
    data: bytes

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        """The file, opened."""
        return pikepdf.open(io.BytesIO(self.data))

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page with single spaces, read by another library than the one that checks the tags."""
        return [" ".join(one.split()) for one in extract_text(io.BytesIO(self.data)).split("\f")[:-1]]

    @cached_property
    def elements(self) -> list[tuple[str, pikepdf.Object]]:
        """Every tag in reading order: its name, and itself."""
        return list(_elements(self.pdf.Root.StructTreeRoot.K))

    @cached_property
    def numbers(self) -> dict[tuple[int, int], int]:
        """The number of each page, from 1, by the page's object."""
        return {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}

    @cached_property
    def bookmarks(self) -> list[tuple[str, int]]:
        """Each bookmark and the number of its page, in order."""
        found = []
        with self.pdf.open_outline() as outline:
            waiting = list(outline.root)
            while waiting:
                item = waiting.pop(0)
                assert isinstance(item.destination, pikepdf.Array)
                found.append((" ".join(item.title.split()), self.numbers[item.destination[0].objgen]))
                waiting[:0] = item.children
        return found


def _elements(kids: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S), kid
            if "/K" in kid:
                yield from _elements(kid.K)


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    """What makes the files, as the plugin sets it up."""
    styles = tuple((THEME / style).read_text(encoding="utf-8") for style in STYLES)
    seal = "images/seal.svg"
    return Typesetter(styles, {seal: (ROOT / "content" / seal).read_bytes()}, SITE)


@pytest.fixture(scope="session")
def printed(example_site: BuiltSite, typesetter: Typesetter) -> dict[str, Printed]:
    """The whole plan and the quarter in both languages, and a goal, as PDF files."""
    wanted = ("print/", "es/print/", f"es/{GOAL}", "scorecard/", "es/scorecard/")
    made = typesetter.every(Manuscript(address, example_site[address].text) for address in wanted)
    return {one.address: Printed(example_site[one.address], data) for one, data in made}


def test_files_say_what_they_are(printed: dict[str, Printed]) -> None:
    for address, one in printed.items():
        root = one.pdf.Root
        assert bool(root.MarkInfo.Marked), address
        assert str(root.Lang) == LANGUAGES["es/" if address.startswith("es/") else ""]
        assert bool(root.ViewerPreferences.DisplayDocTitle), address
        with one.pdf.open_metadata() as metadata:
            title = one.page.tree.xpath("string(//title)")
            assert metadata["dc:title"] == title
            assert str(one.pdf.docinfo["/Title"]) == title
            assert metadata["pdfuaid:part"] == "1"


def test_every_picture_has_words_and_every_table_header_a_scope(printed: dict[str, Printed]) -> None:
    for address, one in printed.items():
        figures = [element for name, element in one.elements if name == "/Figure"]
        headers = [element for name, element in one.elements if name == "/TH"]

        assert figures, address
        assert [element for element in figures if not str(element.get("/Alt", "")).strip()] == [], address
        assert headers, address
        assert {str(element.A.Scope) for element in headers} == {"/Column", "/Row"}, address
    charts = printed["print/"].page.tree.xpath("//svg[@class='sp-trend']/title/text()")
    words = [str(element.Alt) for name, element in printed["print/"].elements if name == "/Figure"]
    assert charts
    assert all(any(" ".join(word.split()).startswith(" ".join(chart.split())) for word in words) for chart in charts)


def test_headings_are_tagged_as_they_stand(printed: dict[str, Printed]) -> None:
    for address, one in printed.items():
        levels = [int(name[2]) for name, _ in one.elements if re.fullmatch(r"/H[1-6]", name)]

        assert levels == [level for level, _ in headings(one.page)], address


def characters(layout: Iterable[object]) -> Iterator[LTChar]:
    """Every character of a page."""
    for part in layout:
        if isinstance(part, LTChar):
            yield part
        elif isinstance(part, Iterable):
            yield from characters(part)


def written_in_links(one: Printed, pages: int) -> dict[str, str]:
    """What is written in the links of the first pages, by the place that they lead to."""
    found: dict[str, str] = defaultdict(str)
    for page, layout in zip(one.pdf.pages, extract_pages(io.BytesIO(one.data), maxpages=pages), strict=False):
        written = list(characters(layout))
        for link in page.obj.get("/Annots", pikepdf.Array()):
            if "/Dest" in link:
                left, low, right, high = sorted_box([float(side) for side in link.Rect])
                found[str(link.Dest)] += "".join(
                    one.get_text()
                    for one in written
                    if left <= (one.x0 + one.x1) / 2 <= right and low <= (one.y0 + one.y1) / 2 <= high
                )
    return found


def sorted_box(sides: list[float]) -> tuple[float, float, float, float]:
    """A box as left, low, right, high, whichever of its corners come first."""
    return min(sides[0::2]), min(sides[1::2]), max(sides[0::2]), max(sides[1::2])


def test_bookmarks_and_contents_give_the_pages_where_chapters_are(printed: dict[str, Printed]) -> None:
    for address in ("print/", f"es/{GOAL}"):
        one = printed[address]
        written = written_in_links(one, pages=4)
        for link in one.page.tree.xpath("//nav[@aria-labelledby='document-contents']//a"):
            chapter = link.get("href")[1:]
            (title,) = one.page.tree.xpath(f"//section[@id='{chapter}']/descendant::*[self::h2 or self::h3][1]")
            heading = " ".join(title.text_content().split())
            # A title may have numbers of its own, and other headings may say the same.
            found = set(re.findall(r"\d+", written[chapter])) - set(re.findall(r"\d+", link.text_content()))
            pages = {str(page) for bookmark, page in one.bookmarks if bookmark == heading}
            assert len(found) <= 1, heading
            assert found <= pages, heading
            assert all(heading in one.texts[int(page) - 1] for page in found), heading
            assert found or pages & set(re.findall(r"\d+", link.text_content())), heading


def test_pages_are_numbered(printed: dict[str, Printed]) -> None:
    one = printed["print/"]

    assert len(one.texts) == len(one.pdf.pages)
    for number, text in enumerate(one.texts[1:], start=2):
        assert f"{number} / {len(one.texts)}" in text


def test_the_whole_plan_is_no_pile_of_paper(printed: dict[str, Printed]) -> None:
    # Spanish needs about a tenth more room.
    for address, most in (("print/", 200), ("es/print/", 220)):
        assert len(printed[address].pdf.pages) < most


def test_short_contents_stand_on_the_cover_page(printed: dict[str, Printed]) -> None:
    assert dict(printed["print/"].bookmarks)["Contents"] == 2
    goal = dict(printed[f"es/{GOAL}"].bookmarks)
    assert goal["Contenido"] == 1
    # What it is about begins right after it.
    assert [page for page in goal.values() if page == 2]


def test_the_head_of_a_page_says_a_title_once(printed: dict[str, Printed]) -> None:
    one = printed[f"es/{GOAL}"]
    title = headings(one.page)[0][1]

    heads = []
    for layout in extract_pages(io.BytesIO(one.data)):
        written = [sign for sign in characters(layout) if sign.y0 > LETTER[1] - MARGIN]
        heads.append("".join(sign.get_text() for sign in written))
    assert not heads[0].strip()
    for head in heads[1:]:
        assert head.count(title) == 1
        assert len(head.strip()) > len(title)


def test_no_few_rows_of_a_table_stand_alone(printed: dict[str, Printed]) -> None:
    for address in ("print/", f"es/{GOAL}"):
        tables: list[list[int]] = []
        for _, table in (one for one in printed[address].elements if one[0] == "/Table"):
            parts = {str(part.S): part for part in table.K}
            rows = len(parts["/TBody"].K)
            if "/Caption" in parts:
                tables.append([rows])
            else:
                # What goes on overleaf is tagged as a table without the caption.
                tables[-1].append(rows)
        torn = [rows for rows in tables if len(rows) > 1]
        assert torn or address != "print/"
        assert all(min(rows) >= 3 for rows in torn), address
        assert all(sum(rows) > 8 for rows in torn), address


def test_the_quarter_is_one_sheet(printed: dict[str, Printed]) -> None:
    for address in ("scorecard/", "es/scorecard/"):
        (page,) = printed[address].pdf.pages
        assert tuple(round(float(side)) for side in page.mediabox[2:]) == LETTER


def test_the_sheet_shows_as_much_of_what_is_late_as_fits(printed: dict[str, Printed], plan: Plan) -> None:
    late = len(compute(plan, AS_OF).late)

    for address, least in (("scorecard/", 9), ("es/scorecard/", 7)):
        lines = printed[address].page.tree.xpath("//h2[@id='late']/following-sibling::ul[1]/li")
        more = re.search(r"\d+", lines[-1].text_content())
        assert len(lines) - 1 >= least, address
        assert more is not None
        assert len(lines) - 1 + int(more[0]) == late
        (layout,) = extract_pages(io.BytesIO(printed[address].data))
        assert min(sign.y0 for sign in characters(layout)) < LETTER[1] / 8, address


def test_the_sheet_says_where_its_code_leads(printed: dict[str, Printed]) -> None:
    for address, home in (("scorecard/", SITE), ("es/scorecard/", f"{SITE}es/")):
        page = printed[address].page
        (code,) = page.tree.xpath("//svg[contains(@class, 'sp-qr')]")
        (foot,) = page.tree.xpath(f"//main//p[a[@href='{home}']]")

        assert home in code.get("aria-label")
        assert foot.text_content().split()[:2] in (["Point", "a"], ["Apunte", "la"])


def test_the_bad_news_is_on_paper(printed: dict[str, Printed], plan: Plan) -> None:
    results = compute(plan, AS_OF)
    bad = [metric for metric in plan.metrics if results.metrics[metric.id].status.group == "bad"]

    assert bad
    for address in ("print/", "scorecard/"):
        text = " ".join(printed[address].texts)
        for metric in bad:
            assert str(metric.record.question) in text, f"{address} {metric.id}"


def test_the_same_document_gives_the_same_bytes_and_nothing_of_the_machine(
    printed: dict[str, Printed], typesetter: Typesetter
) -> None:
    one = printed["scorecard/"]

    assert typesetter.pdf_of(Manuscript("scorecard/", one.page.text)) == one.data
    plain = io.BytesIO()
    one.pdf.save(plain, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    for place in (str(ROOT), str(Path.home()), "file:"):
        assert place.encode() not in plain.getvalue()


def test_the_site_has_the_files_and_links_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFETY_PLAN_PDF", "true")
    small = ROOT / "tests" / "plans" / "small"
    project = tmp_path / "town"
    project.mkdir()
    for name in ("data", "content"):
        (project / name).symlink_to(small / name)
    (project / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")

    done = run_mkdocs(project, "build", "--strict")

    assert done.returncode == 0, done.stderr
    site = BuiltSite(project / "site")
    files = sorted(path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.pdf"))
    assert files == sorted(f"{address.rstrip('/')}.pdf" for address in documents(site))
    for page, file in (("", "print.pdf"), ("", "scorecard.pdf"), ("about/", "print.pdf"), ("print/", "print.pdf")):
        assert file in site[page].links()


def test_without_what_makes_the_files_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "missing"
    missing.mkdir()
    (missing / "weasyprint.py").write_text('raise ImportError("No module named weasyprint")\n', encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(missing))
    monkeypatch.setenv("SAFETY_PLAN_PDF", "true")

    done = run_mkdocs(copy_project(tmp_path), "build", "--strict")

    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "mkdocs.yml: found pdf: true" in done.stderr
    assert 'pip install "mkdocs-safety-plan[pdf]"' in done.stderr
    assert "libpango-1.0-0" in done.stderr
