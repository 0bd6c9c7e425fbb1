"""A single value of a YAML file changes: it is read back as it was meant, and nothing else in the file has moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safety_plan.editing.answers import as_read
from safety_plan.editing.yaml_text import YamlText
from safety_plan.editing.yaml_values import Braced, Typed, Value
from safety_plan.reading.document import Document, read_document
from safety_plan.reading.schema.base import Path as ValuePath
from tests.support import ROOT

FILES = sorted(
    path for folder in ("data", "tests/plans/small/data") for path in (ROOT / folder).rglob("*.yml")
    if path.stat().st_size < 12_000
)  # fmt: skip

words = st.sampled_from(
    (
        "north",
        "yes",
        "no",
        "2024",
        "2026-Q3",
        "10.40",
        "a: b",
        "x #1",
        "# x",
        "- y",
        "'q'",
        '"',
        "é",
        "[a]",
        "{{ n }}",
        "&c",
    )
)
plain = st.lists(words, min_size=1, max_size=6).map(" ".join)
long = st.lists(words, min_size=30, max_size=40).map(" ".join)
lines = st.lists(plain, min_size=2, max_size=3).map("\n".join)
anything = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip()) and "\ufeff" not in text
)
texts = st.one_of(plain, long, lines, anything)
scalars: st.SearchStrategy[Value] = st.one_of(
    texts,
    st.integers(-10_000, 10_000),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.booleans(),
    st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    st.decimals(-1000, 1000, places=2).map(Typed),
)
keys = st.sampled_from(("one", "two", "three_words_long"))
lists: st.SearchStrategy[Value] = st.lists(scalars, max_size=4).map(lambda items: items)
mappings: st.SearchStrategy[Value] = st.dictionaries(keys, st.one_of(scalars, lists), min_size=1).map(
    lambda found: found
)
braced: st.SearchStrategy[Value] = st.dictionaries(keys, scalars, min_size=1).map(Braced)
values: st.SearchStrategy[Value] = st.one_of(scalars, lists, mappings, braced)


def read(text: str) -> Document:
    """What a text says, with the places; it has to be a file that the plan could have."""
    document, problems = read_document(text.encode(), "file.yml")
    assert not problems, f"{problems}\n{text}"
    return document


def at(value: Any, path: ValuePath) -> Any:
    """What stands at a path."""
    for step in path:
        value = value[step]
    return value


def with_change(value: Any, path: ValuePath, change: Any) -> Any:
    """A tree with what stands at a path given to a function; where that gives nothing, it is gone."""
    if not path:
        return change(value)
    inner = with_change(value[path[0]], path[1:], change)
    if isinstance(value, Mapping):
        return {key: inner if key == path[0] else one for key, one in value.items()}
    return tuple(inner if number == path[0] else one for number, one in enumerate(value))


def check(old: str, new: str, path: ValuePath, expected: object) -> None:
    """The new text says what is expected; the lines above and below what stands at a path are those of the old one."""
    before, after = read(old), read(new)
    assert after.value == expected, new
    order = list(before.places)
    first = before.key_place(path).line
    rest = (before.key_place(one).line for one in order[order.index(path) + 1 :] if one[: len(path)] != path)
    above, following = old.split("\n")[: first - 1], next(rest, 0)
    below = old.split("\n")[following - 1 :] if following > first else []
    assert new.split("\n")[: len(above)] == above
    kept = new.split("\n")[len(new.split("\n")) - len(below) :]
    if kept != below and below:
        # The key that takes the place of the first one of an item stands behind the dash.
        kept[0] = kept[0].replace("- ", "  ", 1)
    assert kept == below


@st.composite
def files(draw: st.DrawFn) -> tuple[str, Document]:
    """A file of the plans of this repository, with its lines ended in one of the two ways, or not at all at its end."""
    text = draw(st.sampled_from(FILES)).read_text(encoding="utf-8")
    ending = draw(st.sampled_from(("\n", "\r\n")))
    text = text.replace("\n", ending)
    text = text.rstrip() if draw(st.booleans()) else text
    return text, read(text)


def paths(document: Document, kind: type | tuple[type, ...] = object) -> st.SearchStrategy[ValuePath]:
    """The ways to the values of a kind, without that to the whole."""
    found = [path for path in document.places if path and isinstance(at(document.value, path), kind)]
    return st.sampled_from(found or [()])


some = settings(max_examples=100, deadline=None, derandomize=True)


@some
@given(st.data())
def test_a_value_is_replaced(data: st.DataObject) -> None:
    text, document = data.draw(files())
    path, value = data.draw(paths(document)), data.draw(values)
    new = YamlText(text).replace(path, value).text

    check(text, new, path, with_change(document.value, path, lambda _: as_read(value)))


@some
@given(st.data())
def test_an_item_is_added(data: st.DataObject) -> None:
    text, document = data.draw(files())
    path, value = data.draw(paths(document, tuple)), data.draw(values)
    items = at(document.value, path)
    place = data.draw(st.integers(0, len(items)))
    new = YamlText(text).append(path, value, at=place).text

    longer = (*items[:place], as_read(value), *items[place:])
    check(text, new, path, with_change(document.value, path, lambda _: longer))


@some
@given(st.data())
def test_a_key_is_added(data: st.DataObject) -> None:
    text, document = data.draw(files())
    path, value = data.draw(paths(document, dict)), data.draw(values)
    record = at(document.value, path)
    after = data.draw(st.sampled_from(["", *record]))
    new = YamlText(text).put(path, "new_key", value, after=after).text

    check(text, new, path, with_change(document.value, path, lambda found: {**found, "new_key": as_read(value)}))
    order = list(at(read(new).value, path))
    assert order.index("new_key") == (order.index(after) + 1 if after else len(record))


GONE = object()


def without(value: Any, path: ValuePath) -> Any:
    """A tree without what stands at a path, and without what has nothing left in it."""
    key, rest = path[0], path[1:]
    inner = without(value[key], rest) if rest else GONE
    if isinstance(value, Mapping):
        left: Any = {
            name: inner if name == key else one for name, one in value.items() if name != key or inner is not GONE
        }
    else:
        left = tuple(
            inner if number == key else one for number, one in enumerate(value) if number != key or inner is not GONE
        )
    return left or GONE


@some
@given(st.data())
def test_a_value_is_taken_out(data: st.DataObject) -> None:
    text, document = data.draw(files())
    path = data.draw(paths(document))
    left = without(document.value, path)
    # A plan has no file with nothing in it.
    assume(left is not GONE)
    new = YamlText(text).remove(path).text

    # A list or a record with nothing left in it goes as a whole.
    while len(path) > 1 and len(at(document.value, path[:-1])) == 1:
        path = path[:-1]
    check(text, new, path, left)


HARD = """\
# The head of the file.
name: First   # behind a value
tabs: "a\tb"
folded: >-
  One sentence
  in two lines.

# Above the list, which starts at the left edge.
places:
- id: north # behind an item
  size: 1
# Between two items.
- {id: south, size: 2}   # behind braces

empty: []
nothing: {}
tags: [one, two]   # behind brackets
last:
    inner:
        - 10.40
        # Below the last item.
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("whole", [True, False], ids=["to the end", "no last line break"])
@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (lambda text: text.replace(("name",), "Second"), "name: First ", "name: Second "),
        (lambda text: text.replace(("tabs",), "a"), 'tabs: "a\tb"', "tabs: a"),
        (lambda text: text.replace(("folded",), "Short"), ">-\n  One sentence\n  in two lines.", "Short"),
        (lambda text: text.append(("places",), {"id": "east"}, at=0), "places:\n", "places:\n- id: east\n"),
        (
            lambda text: text.append(("places",), {"id": "east"}, at=1),
            "  size: 1\n",
            "  size: 1\n- id: east\n",
        ),
        (
            lambda text: text.append(("places",), {"id": "east", "size": Typed("3.0")}),
            "- {id: south, size: 2}   # behind braces\n",
            "- {id: south, size: 2}   # behind braces\n- {id: east, size: 3.0}\n",
        ),
        (lambda text: text.put(("places", 0), "more", True), "  size: 1\n", "  size: 1\n  more: true\n"),
        (lambda text: text.put(("places", 1), "more", True, after="id"), "south, size", "south, more: true, size"),
        (lambda text: text.remove(("places", 1)), "- {id: south, size: 2}   # behind braces\n", ""),
        (lambda text: text.remove(("places", 1, "id")), "{id: south, size: 2}", "{size: 2}"),
        (lambda text: text.append(("empty",), "x"), "empty: []", "empty: [x]"),
        (lambda text: text.append(("empty",), {"a": 1}), "empty: []", "empty:\n  - a: 1"),
        (lambda text: text.put(("nothing",), "a", 1), "nothing: {}", "nothing:\n  a: 1"),
        (lambda text: text.append(("tags",), "a, b"), "two]", 'two, "a, b"]'),
        (lambda text: text.remove(("tags", 0)), "[one, two]", "[two]"),
        (lambda text: text.append(("last", "inner"), 2), "- 10.40\n", "- 10.40\n        - 2\n"),
        (lambda text: text.replace(("last", "inner", 0), Typed("10.50")), "10.40", "10.50"),
        (lambda text: text.append(("last", "other"), "x"), "- 10.40\n", "- 10.40\n    other: [x]\n"),
    ],
)
def test_nothing_but_the_change_moves(
    change: Callable[[YamlText], YamlText], old: str, new: str, ending: str, whole: bool
) -> None:
    text = HARD if whole else HARD.rstrip("\n")
    assert text.count(old) == 1
    expected = text.replace(old, new).replace("\n", ending)

    assert change(YamlText(text.replace("\n", ending))).text == expected


def test_a_hyphen_in_a_comment_is_no_dash() -> None:
    text = YamlText("a:\n  - # two - three\n    id: one\n    size: 1\n  - {id: two}\n")

    assert text.append(("a",), {"id": "x"}, at=0).text == text.text.replace("a:\n", "a:\n  - id: x\n")
    assert text.append(("a",), {"id": "x"}, at=1).text == text.text.replace("  - {", "  - id: x\n  - {")
    assert text.remove(("a", 0)).text == "a:\n  - {id: two}\n"
    assert read(text.replace(("a", 0), {"id": "x"}).text).value == {"a": ({"id": "x"}, {"id": "two"})}


def test_a_path_that_leads_nowhere_is_an_error() -> None:
    text = YamlText(HARD)
    for wrong in (("places", 7), ("nowhere",), ("name", "inner")):
        with pytest.raises(LookupError):
            text.replace(wrong, "x")
    with pytest.raises(LookupError):
        text.append(("name",), "x")
    with pytest.raises(LookupError):
        text.put(("tags",), "key", "x")
    with pytest.raises(ValueError, match="not YAML"):
        YamlText("a: [").replace(("a",), "x")
