"""The plan's own pages of a project as they are on a given day, made by the real code without the theme around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.publishing.build import build_site
from safety_plan.publishing.pages import late
from safety_plan.publishing.site import Page
from safety_plan.publishing.view import Studio
from safety_plan.reading.folder import read_folder
from safety_plan.results.results import compute
from tests.support import BuiltPage

AS_OF = dt.date(2026, 11, 22)
"""The day on which the example town is looked at."""


def plan_of(project: Path) -> Plan:
    """The plan of a project."""
    records, problems = read_folder(project / "data", project)
    return build_plan(records, (), problems)


def core_pages(plan: Plan, as_of: dt.date = AS_OF) -> dict[str, BuiltPage]:
    """The pages of a plan by their addresses."""
    return _built(build_site(plan, compute(plan, as_of), as_of).pages)


def late_page(plan: Plan, as_of: dt.date = AS_OF) -> dict[str, BuiltPage]:
    """Only the page of what is late, for tests that need it on many days."""
    return _built(late.pages(Studio(plan, compute(plan, as_of), as_of)))


def _built(pages: Iterable[Page]) -> dict[str, BuiltPage]:
    return {page.address: BuiltPage(page.address, f"<article>{page.html}</article>") for page in pages}
