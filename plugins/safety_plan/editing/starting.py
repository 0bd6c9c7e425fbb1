"""A new town's repository: the files it starts from, with the town's own names and dates in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

LANGUAGES = ("en", "es")
"""The languages in which the first texts of a plan are there."""

_ROOM = "safety_plan.editing"
_MONTHS_OF_QUARTER = 3
_YEARS = 5
_YEARS_TO_REASSESSMENT = 2
_DAYS_TO_REVIEW = 140
"""From the first day of the plan: its first quarter, then the 45 days in which the numbers come, and some more."""

_PLAN = {"en": "{town} Public Safety Plan", "es": "Plan de Seguridad Pública de {town}"}
_DESCRIPTION = {
    "en": "What {town} does for public safety, and whether it is working",
    "es": "Lo que hace {town} por la seguridad pública, y si está funcionando",
}
_COMMIT = {"en": "Start the plan", "es": "Empieza el plan"}
_NO_STATE = {"en": "[State]", "es": "[Estado]"}

_MARK = re.compile(r"@([A-Z_]+)@")
_NAME = re.compile(r"[^\W_](?:[\w .,'’()-]*[\w.)])?")
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_REPOSITORY = re.compile(r"https://[\w-]+(\.[\w-]+)+(:\d+)?(/[\w.~-]+){2,}")
_LONGEST = 60


@dataclass(frozen=True)
class Starting:
    """What a new plan starts with.

    `state`, and `repository`, the address under which people will find the files, are empty where they are not known
    yet. `engine` is the line for pip that says where the program comes from.
    """

    town: str
    state: str
    language: str
    repository: str
    engine: str
    today: dt.date


def starter_files(starting: Starting) -> dict[str, bytes]:
    """The files of the repository, by their paths within it, in the order of these."""
    values = _values(starting)
    room = resources.files(_ROOM)
    found = dict(_files(room / "starter"))
    if starting.language != LANGUAGES[0]:
        found |= dict(_files(room / f"starter_{starting.language}"))
    return {path: _filled(content, values) for path, content in sorted(found.items())}


def first_message(language: str) -> str:
    """What the first commit says. Residents read it at the foot of each page, until that page is changed."""
    return _COMMIT[language]


def is_folder_name(name: str) -> bool:
    """Whether a folder of this name makes no trouble on any computer, nor in an address."""
    return _FOLDER.fullmatch(name) is not None and not name.endswith(".")


def is_name(name: str) -> bool:
    """Whether this can be the name of a town or a state: it has to stand in texts, addresses and settings."""
    return _NAME.fullmatch(name) is not None and len(name) <= _LONGEST


def is_repository(address: str) -> bool:
    """Whether this is the address of a page on which files in git are shown."""
    return _REPOSITORY.fullmatch(address) is not None


def town_of(folder: str) -> str:
    """The name of the town that a folder is probably named after."""
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-_. ]+", folder) if word)


def _values(starting: Starting) -> dict[str, str]:
    start = _next_quarter(starting.today)
    return {
        "TOWN": starting.town,
        "STATE": starting.state or _NO_STATE[starting.language],
        "PLAN": _PLAN[starting.language].format(town=starting.town),
        "DESCRIPTION": _DESCRIPTION[starting.language].format(town=starting.town),
        "LANGUAGE": starting.language,
        "ENGINE": starting.engine,
        "REPOSITORY": _repository_lines(starting.repository),
        "ADDRESS": _address(starting.repository),
        "TODAY": str(starting.today),
        "START": str(start),
        "END": str(start.replace(year=start.year + _YEARS) - dt.timedelta(days=1)),
        "REVIEW": str(start + dt.timedelta(days=_DAYS_TO_REVIEW)),
        "REASSESSMENT": str(start.replace(year=start.year + _YEARS_TO_REASSESSMENT)),
        "YEAR": str(start.year),
        "YEAR_BEFORE": str(start.year - 1),
    }


def _next_quarter(today: dt.date) -> dt.date:
    """The first day of the quarter after this day: a plan that is being set up owes no number yet."""
    month = (today.month - 1) // _MONTHS_OF_QUARTER * _MONTHS_OF_QUARTER + _MONTHS_OF_QUARTER + 1
    return dt.date(today.year + month // 13, (month - 1) % 12 + 1, 1)


def _repository_lines(repository: str) -> str:
    """The settings by which "Edit this page" leads to the files."""
    if not repository:
        return (
            "# Where the files are kept. With these lines, each page leads to the file it is made from.\n"
            "# repo_name: The plan's files\n"
            "# repo_url: https://github.com/your-town/safety-plan\n"
            "# edit_uri: edit/main/content/\n"
        )
    edit = "-/edit/main/content/" if _host(repository) == "gitlab" else "edit/main/content/"
    return f"repo_name: The plan's files\nrepo_url: {repository}\nedit_uri: {edit}\n"


def _host(repository: str) -> Literal["github", "gitlab", ""]:
    host = repository.removeprefix("https://").partition("/")[0]
    return "github" if host == "github.com" else "gitlab" if "gitlab" in host else ""


def _address(repository: str) -> str:
    """The address at which GitHub publishes the site of a repository; empty elsewhere."""
    if _host(repository) != "github":
        return ""
    owner, name = repository.removeprefix("https://github.com/").lower().split("/")[:2]
    site = f"https://{owner}.github.io/"
    return site if name == f"{owner}.github.io" else f"{site}{repository.rsplit('/', 1)[1]}/"


def _files(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_file():
            yield path + entry.name, entry.read_bytes()
        elif entry.name != "__pycache__":
            yield from _files(entry, f"{path}{entry.name}/")


def _filled(content: bytes, values: dict[str, str]) -> bytes:
    """A file with the town's own values. A mark of another kind, such as an account in CODEOWNERS, stays."""
    text = content.decode("utf-8")
    return _MARK.sub(lambda mark: values.get(mark[1], mark[0]), text).encode("utf-8")
