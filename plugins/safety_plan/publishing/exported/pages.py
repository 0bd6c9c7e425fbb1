"""Every page as a Markdown file, so that an engine that runs no plugin gives the same pages at the same addresses.

A page of the plan is ready HTML: engines pass it through as it is. It stands in one element, without an empty line, for
an empty line ends HTML in Markdown. Each page is the index of a folder of its own, so that a link in HTML leads to the
same place from the file and from the address: some engines take it for the one, some for the other. What the theme
would put above and below each page stands in the file, too.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from safety_plan.language import speaking
from safety_plan.publishing.build import content_text
from safety_plan.publishing.editions import Edition
from safety_plan.publishing.forward import forward_page
from safety_plan.publishing.hand_written import Shown, with_file_links
from safety_plan.publishing.icon import icon_files
from safety_plan.publishing.site import Page
from safety_plan.publishing.trail import Trails
from safety_plan.publishing.view import Frame
from safety_plan.reading.content import without_front_matter

_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_AS_TYPED = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
_HEADING = re.compile(r"^# +(.+?)[ #]*$", re.MULTILINE)


@dataclass(frozen=True)
class Exporting:
    """What is written out: the site in each language, the hand-written pages of each by the folder of its site, and the
    trail of every page."""

    editions: Sequence[Edition]
    content: Mapping[str, tuple[Shown, ...]]
    trails: Trails


def exported(what: Exporting) -> dict[str, str | bytes]:
    """The files of the site by their names: pages, what they lead to for download, and forwarding pages."""
    found: dict[str, str | bytes] = {**icon_files(what.editions[0].plan.town)}
    for edition in what.editions:
        site = edition.site
        found |= {as_index(f"{site.prefix}{page.source}"): _page(edition, page, what.trails) for page in site.pages}
        found |= dict(_hand_written(edition, what))
        found |= site.downloads
        found |= {f"{site.prefix}{document.address}index.html": document.html for document in site.documents}
        home = f"{edition.studio.site_url}{site.prefix}" if edition.studio.site_url else ""
        with speaking(site.language):
            for former, now in site.forwards.items():
                found[f"{site.prefix}{former}index.html"] = forward_page(former, now, home)
    return found


def as_index(path: str) -> str:
    """The file of a page as the index of its folder; its address stays."""
    return path if posixpath.basename(path) in ("index.md", "README.md") else f"{path.removesuffix('.md')}/index.md"


def _page(edition: Edition, page: Page, trails: Trails) -> str:
    frame = edition.frame(page.address, title=page.title, trail=trails.of_page(page))
    html = f"{_around(frame.top)}\n{edition.explained(page.address, page.html)}\n{_around(frame.foot)}"
    # Their heading is on the page, and a list of headings cannot be made of ready HTML.
    settings = {"title": page.title, "description": page.description, "hide": ["toc"]}
    return f"{_front_matter(settings)}\n{_one_block(edition, html)}\n"


def _hand_written(edition: Edition, what: Exporting) -> Iterator[tuple[str, str]]:
    """The hand-written pages of a language, with their figures as they are now."""
    first, prefix = what.editions[0], edition.site.prefix
    everywhere = {one.page.path for one in what.content[first.site.prefix]}
    for shown in what.content[prefix]:
        page, of = shown.page, edition if shown.translated else first
        with speaking(of.site.language):
            text = _moved(without_front_matter(content_text(page, of.plan, of.results)), page.path)
        heading = _HEADING.search(text)
        frame = edition.frame(
            f"{page.path.removesuffix('.md').removesuffix('index').rstrip('/')}/".removeprefix("/"),
            title=heading[1] if heading else page.path,
            everywhere=page.path in everywhere,
            trail=what.trails.of_file(page.file),
        )
        settings = page.text[: len(page.text) - len(without_front_matter(page.text))]
        yield (
            as_index(f"{prefix}{page.path}"),
            f"{settings}{_framed(edition, frame, text, borrowed=not shown.translated)}",
        )


def _moved(text: str, path: str) -> str:
    """The text of a hand-written page, with its links to files as they are seen from the index of its folder."""
    start, here = posixpath.dirname(path), posixpath.dirname(as_index(path))

    def moved(file: str) -> str:
        there = posixpath.normpath(posixpath.join(start, file))
        return posixpath.relpath(as_index(there) if there.endswith(".md") else there, here or ".")

    return with_file_links(text, moved)


def _framed(edition: Edition, frame: Frame, text: str, *, borrowed: bool) -> str:
    above, below = (_one_block(edition, _around(part)) for part in (frame.top, frame.foot))
    if borrowed:
        before, start, rest = edition.borrowed(f"\n{text.strip()}\n").rpartition('<div lang="')
        # Between them stands Markdown, which engines are told to read there.
        code, _, inside = rest.partition('">')
        text = f'{before}{start}{code}" markdown="1">{inside}'
    return f"{above}\n\n{text.strip()}\n\n{below}\n"


def _around(html: str) -> str:
    return f'<div class="sp-around">\n{html.strip()}\n</div>'


def _one_block(edition: Edition, html: str) -> str:
    language = edition.site.language
    pieces = _AS_TYPED.split(html)
    # Each text to be kept as it was typed is followed by the name of its element.
    for number in range(0, len(pieces), 3):
        pieces[number] = _EMPTY_LINES.sub("\n", pieces[number])
        pieces[number + 1 : number + 3] = [
            piece.replace("\n\n", "\n&#10;") for piece in pieces[number + 1 : number + 2]
        ]
    return f'<div lang="{language.code}" dir="{language.direction}">\n{"".join(pieces).strip()}\n</div>'


def _front_matter(settings: Mapping[str, object]) -> str:
    """Settings above a page. What is JSON is YAML, too."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in settings.items()]
    return "\n".join(["---", *lines, "---", ""])
