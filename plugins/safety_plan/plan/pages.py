"""The pages that a plan has and that its records can name, each with what stands on it.

This is the one place that knows them: which page is where, what it is called, where the navigation has it, and which
things a reader finds there.
"""

from __future__ import annotations

from dataclasses import dataclass

from safety_plan.language import later


@dataclass(frozen=True)
class PageKind:
    """A page that can be named.

    Its title and its tab are to be said. `tab` is the entry of the navigation it stands under; the first page of a tab
    leads it. `needs` names files or folders of the plan: the page exists where the plan has any of them, and always
    where it needs none. `own` is the kind of thing that has pages of its own below this one; things of the kinds in
    `shows` have a place on the page itself. `within` names the page in whose folder it stands.
    """

    title: str
    tab: str = ""
    needs: tuple[str, ...] = ()
    own: str = ""
    shows: tuple[str, ...] = ()
    within: str = ""


PAGES: dict[str, PageKind] = {
    "home": PageKind(later("Home")),
    "plan": PageKind(later("The plan"), later("Strategy"), shows=("factor", "trigger", "resilience")),
    "goals": PageKind(later("Goals"), later("Strategy"), own="goal"),
    "roadmap": PageKind(later("Roadmap"), later("Strategy")),
    "resources": PageKind(later("Resources"), later("Strategy"), shows=("technology", "agreement")),
    "measures": PageKind(later("Measures"), later("Measures"), own="metric"),
    "late": PageKind(later("What is late or off track"), later("Measures")),
    "models": PageKind(later("Planning models"), later("Models"), needs=("models",), shows=("model",)),
    "ems": PageKind(later("Emergency medical services"), later("EMS"), needs=("ems",), shows=("element",)),
    "risks": PageKind(later("Risks"), later("Risks"), needs=("risks",), own="risk"),
    "legal": PageKind(
        later("Legal duties"), later("Legal duties"), needs=("compliance",), own="requirement", shows=("law-change",)
    ),
    "people": PageKind(
        later("Roles and leadership"),
        later("Roles and leadership"),
        own="role",
        shows=("training", "exercise", "competency"),
    ),
    "reviews": PageKind(later("Quarterly reviews"), later("Reviews"), needs=("reviews",), own="review"),
    "take-part": PageKind(later("Take part"), later("Take part"), needs=("engagement",), shows=("event", "theme")),
    "questions": PageKind(
        later("Questions and answers"), later("Take part"), needs=("faq", "reading"), shows=("question", "topic")
    ),
    "about": PageKind(later("About this plan"), later("About")),
    "method": PageKind(later("How we measure"), later("About"), within="about"),
    "accessibility": PageKind(later("Accessibility"), later("About"), within="about"),
    "glossary": PageKind(later("Glossary"), later("About"), needs=("glossary",), shows=("term",)),
}
"""Every page, by the name used in links such as `page:risks`, in the order of the navigation."""


def page_address(name: str) -> str:
    """The address of a page within the site: its name, below the page it stands within."""
    if name == "home":
        return ""
    within = PAGES[name].within
    return f"{page_address(within) if within else ''}{name}/"
