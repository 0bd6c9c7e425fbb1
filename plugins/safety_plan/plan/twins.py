"""Hand-written pages in further languages, each beside the page that it translates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem, nearest
from safety_plan.reading.content import HandWritten


def lonely_twins(plan: Plan, pages: Iterable[HandWritten]) -> Iterator[Problem]:
    """Pages in the folder of a language that translate none of the first language, maybe for a name of their own."""
    written = tuple(pages)
    folders = tuple(f"{code}/" for code in plan.town.languages[1:])
    names = {page.path for page in written}
    originals = {name for name in names if not name.startswith(folders)}
    for page in written:
        folder = next((one for one in folders if page.path.startswith(one)), None)
        path = page.path.removeprefix(folder or "")
        if folder is None or path in originals:
            continue
        guess = nearest(path, (name for name in originals if f"{folder}{name}" not in names))
        yield Problem(
            page.place(0),
            f"found a page that translates none: there is no {page.file.removesuffix(page.path)}{path}",
            allowed="the name of the page that it translates, or a page for readers of this language only",
            nearest=guess,
            fix=f'rename it to "{folder}{guess}".'
            if guess
            else "give it the name of the page that it translates, or leave it as it is.",
        )
