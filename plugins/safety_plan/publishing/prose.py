"""Human prose from the plan's files as safe HTML, with live figures filled in and links resolved."""

from __future__ import annotations

from collections.abc import Callable

import nh3
from markdown import Markdown
from markupsafe import Markup, escape

from safety_plan.reading.live import Mention, mentions

_TAGS = {"a", "b", "br", "code", "em", "i", "li", "ol", "p", "strong", "ul", "span", "blockquote"}
_ATTRIBUTES = {"a": {"href", "title"}, "span": {"class"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_MARKDOWN = Markdown(output_format="html")
_PAGE = Markdown(output_format="html", extensions=["tables"])
_PAGE_TAGS = {"h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "hr"}


def fill(text: str, figure: Callable[[Mention], str], link: Callable[[Mention], str]) -> str:
    """The text with each live figure and each link to a record replaced by what these functions give."""
    parts, end = [], 0
    for mention in mentions(text):
        parts += [text[end : mention.start], (figure if mention.what == "figure" else link)(mention)]
        end = mention.end
    return "".join([*parts, text[end:]])


def markdown(text: str) -> Markup:
    """Markdown as sanitised HTML."""
    html = _MARKDOWN.reset().convert(text)
    return Markup(nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES))


def whole_page(text: str) -> str:
    """A page of Markdown, headings and tables included, as sanitised HTML."""
    html = _PAGE.reset().convert(text)
    return nh3.clean(html, tags=_TAGS | _PAGE_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)


def figure_html(text: str) -> str:
    """A live figure as HTML, marked so that style sheets and readers of the source can tell it from typed text."""
    return f'<span class="sp-live">{escape(text)}</span>'
