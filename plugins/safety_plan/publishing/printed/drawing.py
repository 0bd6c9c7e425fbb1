"""Charts for a typesetter: what a browser works out when it shows a page is worked out here, for the width of a sheet.

On a page, places within a chart are shares of its width and height, its lines keep their strength while their places
are stretched, and its colours come from the style sheet of the page. A typesetter knows nothing of that: here each
chart gets a size, its places become pixels of that size, and it brings its own styles. A drawing that is only an
ornament beside its words becomes a background, so that a tagged PDF has no figure without words.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

from safety_plan.publishing.material.styles import Rule

_TAG = re.compile(r"<svg\b|</svg>")
_CLASS = re.compile(r"\.(sp-[\w-]+)")
_ACROSS = ("x", "x1", "x2", "cx", "width", "dx")
_DOWN = ("y", "y1", "y2", "cy", "height", "dy")
_RIM = "sp-label"
"""Texts with a rim in the colour of the ground, which is to lie below the letters."""

SIZES: Mapping[str, tuple[float, float]] = {
    "sp-trend": (600, 204),
    "sp-bar": (420, 20),
    "sp-spark": (80, 20),
    "sp-strip__shapes": (400, 26),
    "sp-share": (640, 12),
    "sp-swatch": (28, 16),
}
"""Width and height in pixels (1/96 inch) of each kind of drawing on paper; its text is 9.5 pixels high.

The height of a trend is that of the screen, 21.5 times its text, for which its labels were placed.
"""

_TEXT = 9.5


@dataclass(frozen=True)
class _Frame:
    """The part of a drawing that shares are of, in pixels; `scale` is that of a stretched part."""

    width: float
    height: float
    scale: tuple[float, float] | None = None


def drawn(html: str, rules: Iterable[Rule]) -> str:
    """A page's HTML with its drawings ready for a typesetter; `rules` are those for what is drawn."""
    known = tuple(rules)
    return _each_drawing(html, lambda svg: _ready(svg, known))


def _each_drawing(html: str, change: Callable[[str], str]) -> str:
    parts, end, depth, start = [], 0, 0, 0
    for found in _TAG.finditer(html):
        if found[0] == "<svg":
            if depth == 0:
                start = found.start()
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            parts += [html[end:start], change(html[start : found.end()])]
            end = found.end()
    return "".join([*parts, html[end:]])


def _ready(text: str, rules: tuple[Rule, ...]) -> str:
    svg = Tree.fromstring(text.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1))
    kind = svg.get("class", "").partition(" ")[0]
    if kind in SIZES:
        width, height = SIZES[kind]
        svg.attrib.update(width=f"{width:g}", height=f"{height:g}", viewBox=f"0 0 {width:g} {height:g}")
        svg.set("font-size", str(_TEXT))
        svg.set("font-family", "Liberation Sans, Arial, sans-serif")
        words = _words_of(svg)
        for child in list(svg):
            _place(child, svg, _Frame(width, height))
        _put_words(svg, words)
        Tree.SubElement(svg, "style").text = "".join(str(one) for one in rules if _is_for(one, text))
    elif svg.find("title") is None:
        _put_words(svg, _words_of(svg))
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    made = Tree.tostring(svg, encoding="unicode")
    return _background(made, svg) if svg.get("aria-hidden") == "true" else made


def _words_of(svg: Tree.Element) -> str:
    """What a drawing says: its title and its description, or else the texts within it."""
    named = [(one.text or "").strip() for one in (svg.find("title"), svg.find("desc")) if one is not None]
    written = [(one.text or "").strip() for one in svg.iter("text")]
    return " ".join(filter(None, named)) or svg.get("aria-label", "") or " ".join(written)


def _put_words(svg: Tree.Element, words: str) -> None:
    for name in ("title", "desc"):
        for child in svg.findall(name):
            svg.remove(child)
    for name in ("aria-labelledby", "aria-describedby", "role"):
        svg.attrib.pop(name, None)
    title = Tree.Element("title")
    title.text = words
    svg.insert(0, title)


def _place(node: Tree.Element, parent: Tree.Element, frame: _Frame) -> None:
    """Turn shares into pixels, a drawing within a drawing into a group, and stretched lines into plain ones."""
    if node.tag == "title":
        # On paper nobody points at a mark; the table below the chart has its number.
        parent.remove(node)
        return
    for names, whole in ((_ACROSS, frame.width), (_DOWN, frame.height)):
        for name in names:
            value = node.get(name, "")
            if value.endswith("%"):
                node.set(name, f"{float(value[:-1]) * whole / 100:.2f}")
    inner = frame
    if node.tag == "svg":
        inner = _Frame(float(node.get("width", frame.width)), float(node.get("height", frame.height)))
        stretched = node.get("viewBox", "").split()
        if stretched:
            inner = _Frame(
                inner.width, inner.height, (inner.width / float(stretched[2]), inner.height / float(stretched[3]))
            )
        left, top = node.get("x", "0"), node.get("y", "0")
        node.tag, node.attrib = "g", {"transform": f"translate({left},{top})"}
    elif node.tag == "polyline" and frame.scale:
        across, down = frame.scale
        points = (point.split(",") for point in node.get("points", "").split())
        node.set("points", " ".join(f"{float(x) * across:.2f},{float(y) * down:.2f}" for x, y in points))
    elif node.tag == "text" and _RIM in node.get("class", "").split():
        _put_rim_below(node, parent)
    for child in list(node):
        _place(child, node, inner)


def _put_rim_below(text: Tree.Element, parent: Tree.Element) -> None:
    rim = Tree.Element("text", text.attrib)
    rim.text = text.text
    parent.insert(list(parent).index(text), rim)
    text.set("style", "stroke:none")


def _is_for(rule: Rule, text: str) -> bool:
    return any(name in text for one in rule.selectors for name in _CLASS.findall(one))


def _background(made: str, svg: Tree.Element) -> str:
    """A drawing that says nothing that is not said beside it."""
    size = f"width:{svg.get('width')}px;height:{svg.get('height')}px"
    kind = svg.get("class", "").partition(" ")[0]
    shown = f"url(data:image/svg+xml;base64,{b64encode(made.encode()).decode()}) 0 0/100% 100% no-repeat"
    return f'<span class="sp-drawn {kind}" style="{size};background:{shown}"></span>'
