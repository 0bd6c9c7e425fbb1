"""Every concept the product must hold stands in the data and on a page: tests/trace.yml says where.

Each entry names an element of the built example site and the record whose words it holds. The element is looked at in a
real browser; then every record is changed, the site is built again, and each element has to hold the changed words.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from safety_plan.reading.document import read_document
from safety_plan.reading.schema.base import Path as ValuePath
from tests.support import ROOT, BuiltPage, BuiltSite, build, copy_project, served

HOW_MANY = {"S1": 14, "S2": 10, "S3": 9, "S4": 8, "S5": 9, "S6": 9, "S7": 3, "S8": 4, "S9": 5, "X": 8}
CONCEPTS = ["S0.1", "S0.2", "S0.3", "S0.4", "S0.5", "S0.5a", "S0.5b", "S0.5c", "S0.5d"] + [
    f"{part}{'' if part == 'X' else '.'}{number}" for part, most in HOW_MANY.items() for number in range(1, most + 1)
]

_STEP = re.compile(r"([\w-]+)|\[(?:(\d+)|([\w-]+))\]")
_FIGURE = re.compile(r"\{\{[^{}]*\}\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def tree_of(file: Path) -> Any:
    """What a YAML file holds, read as the plan itself is read."""
    # The trace looks at the pages of the site; typeset as PDF files they take longer than all the rest.
    text = file.read_bytes().replace(b"!ENV [SAFETY_PLAN_PDF, true]", b"false")
    document, problems = read_document(text, file.name)
    assert problems == [], "\n".join(map(str, problems))
    return document.value


def in_words(value: object) -> list[str]:
    """The parts of a value that stand on a page just so, one after the other; live figures lie between them."""
    text = str(value)
    if _DATE.fullmatch(text):
        day = dt.date.fromisoformat(text)
        return [f"{day:%B} {day.day}, {day.year}"]
    return [" ".join(part.split()) for part in _FIGURE.split(_LINK.sub(r"\1", text))]


@dataclass(frozen=True, eq=False)
class Entry:
    """One line of the trace: where a concept is seen, and the record that it is seen from.

    `now` are the words that must stand there, as a rule those of the record; `change` is what the record is changed
    to, as a rule its own words with a mark behind them; `shows` are the words that must stand there then. `everywhere`
    renames a category together with all its uses, `removed` takes the whole file away, and `along` holds what is
    changed with it. Entries whose changes would get in each other's way have another `build`.
    """

    id: str
    concept: str
    where: str
    record: str
    now: str | None = None
    change: Any = None
    shows: str | None = None
    everywhere: bool = False
    removed: bool = False
    along: Mapping[str, Any] = field(default_factory=dict)
    build: int = 1

    def __str__(self) -> str:
        return f"{self.id} ({self.concept}): {self.element} on {self.page}"

    @property
    def page(self) -> str:
        """The address of the page, as seen from the site's root."""
        return self.where.partition(" ")[0]

    @property
    def element(self) -> str:
        """The selector of the element."""
        return self.where.partition(" ")[2]

    @property
    def file(self) -> str:
        """The file of the record, as seen from data/."""
        return self.record.partition(" ")[0]

    @cached_property
    def value(self) -> Any:
        """What the record holds now."""
        return value_at(tree_of(ROOT / "data" / self.file), path_of(self.record))

    @cached_property
    def expected(self) -> str:
        """The words that must stand in the element now."""
        return self.now if self.now is not None else max(in_words(self.value), key=len)

    def after(self, mark: str) -> tuple[Any, str]:
        """What the record is changed to, and the words that must stand in the element then."""
        if self.removed:
            return None, str(self.shows)
        if self.change is not None:
            return self.change, self.shows if self.shows is not None else in_words(self.change)[-1]
        assert isinstance(self.value, str), f"{self}: say what {self.record} is to be changed to"
        return f"{self.value} {mark}", f"{in_words(self.value)[-1]} {mark}".strip()


def read_trace() -> Iterator[Entry]:
    """The trace, record by record."""
    for concept in tree_of(ROOT / "tests" / "trace.yml"):
        for seen in concept["seen"]:
            options = {key: value for key, value in seen.items() if key not in ("record", "records")}
            for record in seen.get("records") or (seen["record"],):
                yield Entry(concept["id"], concept["concept"], record=record, **options)


def path_of(record: str) -> ValuePath:
    """The way to a value in its file, with ids turned into positions: `risks.yml risks[flash-flood].cause`."""
    file, _, steps = record.partition(" ")
    path: list[str | int] = []
    for name, number, id in _STEP.findall(steps):
        if id:
            items = value_at(tree_of(ROOT / "data" / file), path)
            path.append(next(place for place, item in enumerate(items) if item["id"] == id))
        else:
            path.append(int(number) if number else name)
    return tuple(path)


def value_at(tree: Any, path: Iterable[str | int]) -> Any:
    """The value at a path."""
    for step in path:
        tree = tree[step]
    return tree


def changed(tree: Any, changes: Mapping[ValuePath, Any], names: Mapping[str, str]) -> Any:
    """A copy of a tree, as plain lists and dicts, with these values in it and these names in the place of others."""
    result = _plain(tree, names)
    for path, value in changes.items():
        value_at(result, path[:-1])[path[-1]] = _plain(value, {})
    return result


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item, names) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


TRACE = list(read_trace())


@dataclass(frozen=True)
class Seen:
    """What a browser finds for an element."""

    count: int
    visible: bool = False
    text: str = ""


_LOOK = """selectors => selectors.map(selector => {
    const [element, ...others] = document.querySelectorAll(selector);
    if (!element || others.length) return [element ? others.length + 1 : 0, false, ""];
    element.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
    const box = element.getBoundingClientRect();
    const visible = element.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && box.width > 4 && box.height > 4
        && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
    return [1, visible, element.innerText.trim().split(/\\s+/).join(" ")];
})"""
"""For each selector: how many elements there are and, of the only one, whether it can be seen and what it says."""


def look(browser: Browser, site: BuiltSite, entries: Iterable[Entry]) -> dict[Entry, Seen]:
    """What stands in the elements of these entries on a built site."""
    found: dict[Entry, Seen] = {}
    with served(site.folder) as address:
        page = browser.new_page()
        for name, group in groupby(sorted(entries, key=lambda entry: entry.page), lambda entry: entry.page):
            there = list(group)
            answer = page.goto(address + name.removeprefix("/"))
            assert answer is not None
            assert answer.ok, f"there is no page {name}"
            seen = page.evaluate(_LOOK, [entry.element for entry in there])
            found |= {entry: Seen(*one) for entry, one in zip(there, seen, strict=True)}
        page.close()
    return found


@dataclass(frozen=True)
class Changed:
    """The site after the records were changed, and what each element must then hold."""

    site: BuiltSite
    shows: Mapping[Entry, str]


def build_changed(folder: Path, entries: list[Entry]) -> Changed:
    """Change the record of every entry in a copy of the example town, and build it once."""
    project = copy_project(folder)
    files: dict[str, dict[ValuePath, Any]] = defaultdict(dict)
    names, shows, marks = dict[str, str](), dict[Entry, str](), dict[str, str]()
    for entry in entries:
        mark = marks.setdefault(entry.record, f"(seen {entry.id} {len(marks) + 1})")
        value, shows[entry] = entry.after(mark)
        if entry.everywhere:
            names[entry.value] = value
        elif entry.removed:
            (project / "data" / entry.file).unlink()
        planned = {} if entry.everywhere or entry.removed else {entry.record: value}
        for record, new in {**planned, **entry.along}.items():
            changes = files[record.partition(" ")[0]]
            known = changes.setdefault(path_of(record), new)
            assert known == new, f"{entry}: another entry of this build changes {record} as well"
    for path in [project / "mkdocs.yml", *(project / "data").rglob("*.yml")]:
        name = os.path.relpath(path, project / "data")
        if files[name] or names:
            tree = changed(tree_of(ROOT / "data" / name), files[name], names)
            path.write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=10_000), encoding="utf-8")
    return Changed(build(project), shows)


@pytest.fixture(scope="module")
def before(browser: Browser, example_site: BuiltSite) -> dict[Entry, Seen]:
    """What every element holds on the example site."""
    return look(browser, example_site, TRACE)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Changed]:
    """The site with every record of the trace changed, in as few builds as their changes allow."""
    ordered = sorted(TRACE, key=lambda entry: entry.build)
    return [
        build_changed(tmp_path_factory.mktemp(f"changed-{number}"), list(group))
        for number, group in groupby(ordered, lambda entry: entry.build)
    ]


def test_every_concept_is_in_the_trace() -> None:
    assert list(dict.fromkeys(entry.id for entry in TRACE)) == CONCEPTS


def test_every_concept_is_seen_with_the_words_of_its_record(before: dict[Entry, Seen]) -> None:
    wrong = []
    for entry, seen in before.items():
        if seen.count != 1:
            wrong.append(f"{entry}: found {seen.count} such elements")
        elif not seen.visible:
            wrong.append(f"{entry}: cannot be seen")
        elif not entry.expected or entry.expected not in seen.text:
            wrong.append(f"{entry}: {entry.expected!r} is not in {seen.text[:300]!r}")

    assert not wrong, "\n".join(wrong)


def test_every_concept_follows_its_record(browser: Browser, before: dict[Entry, Seen], builds: list[Changed]) -> None:
    assert len(builds) <= 3
    wrong = []
    for made in builds:
        for entry, after in look(browser, made.site, made.shows).items():
            shows = made.shows[entry]
            if not shows or shows in before[entry].text:
                wrong.append(f"{entry}: {shows!r} stands there before the change")
            if shows not in after.text:
                wrong.append(f"{entry}: {shows!r} is not in {after.text[:300]!r}")

    assert not wrong, "\n".join(wrong)


TAKEAWAYS = [
    ["Plan ahead", "from reacting to planning"],
    ["Look at the whole picture", "data and technology needs"],
    ["Use proven planning models", "community policing and data-driven safety"],
    ["Keep improving", "every quarter"],
]
MODELS = [
    ["Situational Crime Prevention", "Reduce chances for crime", "Urban planners, Law enforcement"],
    ["Community-Oriented Policing", "Build trust and prevent harm", "Residents, Local officials"],
    ["Data-Driven Comprehensive Safety", "Put resources where they do most good", "Analysts, Technology vendors"],
]
RISKS = [
    ["Operational Safety", "Equipment failures", "Regular maintenance cycle"],
    ["Planning Alignment", "Resource misallocation", "Data-driven"],
    ["Communication", "Inter-agency misunderstandings", "Standardized protocols"],
    ["Training", "Inadequate staff preparedness", "Ongoing scenario training"],
]


def table(page: BuiltPage, id: str) -> Iterator[list[str]]:
    """The cells of a table's rows."""
    for row in page.tree.xpath(f"//table[@id='{id}']/tbody/tr"):
        yield [" ".join("".join(cell.itertext()).split()) for cell in row]


@pytest.mark.parametrize(
    ("page", "id", "rows"),
    [("", "takeaways", TAKEAWAYS), ("models/", "comparison", MODELS), ("risks/", "summary", RISKS)],
)
def test_the_three_tables_have_their_rows_and_no_others(
    example_site: BuiltSite, page: str, id: str, rows: list[list[str]]
) -> None:
    found = list(table(example_site[page], id))

    assert len(found) == len(rows)
    for cells, words in zip(found, rows, strict=True):
        assert len(cells) == len(words)
        assert cells[0] == words[0]
        assert all(part in cell for cell, part in zip(cells, words, strict=True)), cells


@pytest.mark.parametrize(
    ("page", "id", "count"), [("", "takeaways", 4), ("models/", "comparison", 3), ("risks/", "summary", 4)]
)
def test_every_row_of_the_three_tables_comes_from_the_data(
    builds: list[Changed], page: str, id: str, count: int
) -> None:
    rows = list(table(builds[0].site[page], id))

    assert len(rows) == count
    assert all("(seen " in " ".join(cells) for cells in rows), rows


def test_no_page_names_a_consulting_firm(example_site: BuiltSite) -> None:
    pages = [page for page in example_site.pages.values() if re.search(r"consult(ing|anc|ant)", page.words("//body"))]

    assert [page.address for page in pages] == []
