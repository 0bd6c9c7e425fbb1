"""The pages that a plan has and that its records can name, each with what stands on it.

This is the one place that knows them: which page is where, what it is called, where the navigation has it, and which
things a reader finds there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageKind:
    """A page that can be named.

    `tab` is the entry of the navigation it stands under; the first page of a tab leads it. `needs` names files or
    folders of the plan: the page exists where the plan has any of them, and always where it needs none. `own` is the
    kind of thing that has pages of its own below this one; things of the kinds in `shows` have a place on the page
    itself. `within` names the page in whose folder it stands.
    """

    title: str
    tab: str = ""
    needs: tuple[str, ...] = ()
    own: str = ""
    shows: tuple[str, ...] = ()
    within: str = ""


PAGES: dict[str, PageKind] = {
    "home": PageKind("Home"),
    "plan": PageKind("The plan", "Strategy", shows=("factor", "trigger", "resilience")),
    "goals": PageKind("Goals", "Strategy", own="goal"),
    "roadmap": PageKind("Roadmap", "Strategy"),
    "resources": PageKind("Resources", "Strategy", shows=("technology", "agreement")),
    "measures": PageKind("Measures", "Measures", own="metric"),
    "late": PageKind("What is late or off track", "Measures"),
    "models": PageKind("Planning models", "Models", needs=("models",), shows=("model",)),
    "ems": PageKind("Emergency medical services", "EMS", needs=("ems",), shows=("element",)),
    "risks": PageKind("Risks", "Risks", needs=("risks",), own="risk"),
    "legal": PageKind("Legal duties", "Legal duties", needs=("compliance",), own="requirement", shows=("law-change",)),
    "people": PageKind(
        "Roles and leadership", "Roles and leadership", own="role", shows=("training", "exercise", "competency")
    ),
    "reviews": PageKind("Quarterly reviews", "Reviews", needs=("reviews",), own="review"),
    "take-part": PageKind("Take part", "Take part", needs=("engagement",), shows=("event", "theme")),
    "questions": PageKind("Questions and answers", "Take part", needs=("faq", "reading"), shows=("question", "topic")),
    "about": PageKind("About this plan", "About"),
    "method": PageKind("How we measure", "About", within="about"),
    "glossary": PageKind("Glossary", "About", needs=("glossary",), shows=("term",)),
}
"""Every page, by the name used in links such as `page:risks`, in the order of the navigation."""


def page_address(name: str) -> str:
    """The address of a page within the site: its name, below the page it stands within."""
    if name == "home":
        return ""
    within = PAGES[name].within
    return f"{page_address(within) if within else ''}{name}/"
