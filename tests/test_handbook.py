"""The handbook keeps its word: its links lead somewhere, its commands exist, and its pictures are there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from safety_plan.commands import main
from tests.support import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_ELSEWHERE = ("http://", "https://", "mailto:")


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The places on a page that a link can lead to, as GitHub and GitLab name them."""
    headings = _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    plain = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading) for heading in headings)
    return {re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-") for text in plain}


def links(page: Path) -> Iterator[str]:
    """Where a page links to within the repository. What stands in code is no link."""
    prose = re.sub(r"`[^`]*`", "", _FENCE.sub("", page.read_text(encoding="utf-8")))
    return (link for link in _LINK.findall(prose) if not link.startswith(_ELSEWHERE))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page

        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), link


def commands(page: Path) -> Iterator[list[str]]:
    """The words of every `safety-plan` in the code of a page."""
    for block in _FENCE.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.strip().startswith("safety-plan "):
                yield shlex.split(line.strip())[1:]


def test_every_command_exists_with_its_options() -> None:
    found = [(named(page), words) for page in PAGES for words in commands(page)]

    assert {"init", "check", "record", "import", "due", "diff"} <= {words[0] for _, words in found}
    context = click.Context(main)
    for page, words in found:
        command, rest = main.get_command(context, words[0]), words[1:]
        if isinstance(command, click.Group):
            command, rest = command.get_command(context, rest[0]), rest[1:]
        assert command is not None, (page, words)
        # A wrong option or a missing argument is refused here; nothing is run.
        command.make_context(command.name, [*rest], parent=context)


def test_every_page_of_the_handbook_is_reached_from_its_first_one() -> None:
    start = ROOT / "docs" / "README.md"
    seen, ahead = set[Path](), [start]
    while ahead:
        page = ahead.pop()
        if page not in seen and page.suffix == ".md" and page.is_relative_to(ROOT / "docs"):
            seen.add(page)
            ahead += [(page.parent / link.partition("#")[0]).resolve() for link in links(page) if link[0] != "#"]

    assert seen == set((ROOT / "docs").rglob("*.md"))
