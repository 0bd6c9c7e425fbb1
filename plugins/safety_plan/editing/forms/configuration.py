"""The configuration of the form editors: which files there are, where they live, and how a change is handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import yaml

from safety_plan.editing.forms.fields import fields_of
from safety_plan.editing.forms.labels import label_of
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.reading.folder import FILES, FOLDERS

_SERVICES = {"github.com": "github", "gitlab.com": "gitlab"}
"""What the editors call the services that keep the files, by their hosts."""

_NUMBERS = ("name", "observations", "annual", "breakdowns", "notes", "explanation", "next_step")
"""The keys of a measure that change each quarter. A short form shows only them: it is what staff open most."""

_FOLDERS = {
    "metrics": ("Measures", "measure", "{{name}}", "name"),
    "goals": ("Goals and actions", "goal", "{{title}}", "title"),
    "reviews": ("Quarterly reviews", "review", "{{period}}", "period"),
}
"""A folder with a file for each record: what it is called, what one is called, the name of a new file, and the key that
says what a record is called."""

_GROUPS = {
    "registers": (
        "Roles, risks, duties",
        ("people", "risks", "compliance", "ems", "engagement", "resources", "models"),
    ),
    "plan": (
        "Town and plan",
        ("town", "plan", "categories", "faq", "glossary", "reading", "accessibility"),
    ),
}
"""Files of which a plan has one each."""


@dataclass(frozen=True)
class Home:
    """Where the plan's files live: their folders within the repository, its address, its branch, and the site's.

    `local` is the address of a server on this machine that stands for the repository, for tests and for trying out.
    """

    data: str = "data"
    content: str = "content"
    repository: str = ""
    branch: str = "main"
    site: str = ""
    local: str = ""


def configuration(home: Home, choices: Choices) -> str:
    """The file `config.yml` of the forms of a plan, for both editors."""
    settings: dict[str, Any] = {
        "backend": {**_backend(home.repository), "branch": home.branch},
        # Each saved change is a pull request, which someone looks at before residents see it.
        "publish_mode": "editorial_workflow",
        "media_folder": f"{home.content}/images",
        "public_folder": "/images",
        "show_preview_links": False,
        "editor": {"preview": False},
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        # Sveltia then leaves an empty field out; from Decap, the reader takes an empty one as absent.
        "output": {"omit_empty_optional_fields": True},
        # What changes most often comes first.
        "collections": [_numbers(home, choices), *_folders(home, choices), *_files(home, choices)],
    }
    if home.site:
        settings |= {"site_url": home.site, "display_url": home.site}
    if home.local:
        settings["local_backend"] = {"url": home.local}
    return yaml.dump(settings, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=1000)


class _Plain(yaml.SafeDumper):
    """Writes each list out where it stands."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write no signs that stand for what was written before."""
        return True


def _backend(repository: str) -> dict[str, Any]:
    """The service that keeps the files. One that no editor knows needs a go-between of the town's."""
    address = urlsplit(repository)
    path = address.path.strip("/").removesuffix(".git")
    name = _SERVICES.get(address.hostname or "")
    # Without a server of the town's, nobody can sign in from a page on GitHub but with an access token.
    return {"name": name, "repo": path, "auth_methods": ["token"]} if name else {"name": "git-gateway"}


def _numbers(home: Home, choices: Choices) -> dict[str, Any]:
    """The short form of a measure. The keys that it does not show keep their values and their places in the file."""
    fields = fields_of(FOLDERS["metrics"], choices)
    return {
        "name": "numbers",
        "label": "Numbers",
        "label_singular": "measure",
        "folder": f"{home.data}/metrics",
        "create": False,
        "delete": False,
        "slug": "{{name}}",
        "identifier_field": "name",
        "summary": "{{name}}",
        "extension": "yml",
        "format": "yml",
        "fields": [field if field["name"] in _NUMBERS else _hidden(field) for field in fields],
    }


def _hidden(field: dict[str, Any]) -> dict[str, Any]:
    return {"name": field["name"], "widget": "hidden"}


def _folders(home: Home, choices: Choices) -> Iterable[dict[str, Any]]:
    for name, (label, singular, slug, called) in _FOLDERS.items():
        yield {
            "name": name,
            "label": label,
            "label_singular": singular,
            "folder": f"{home.data}/{name}",
            "create": True,
            "slug": slug,
            "identifier_field": called,
            "summary": slug,
            "extension": "yml",
            "format": "yml",
            "fields": fields_of(FOLDERS[name], choices),
        }


def _files(home: Home, choices: Choices) -> Iterable[dict[str, Any]]:
    for name, (label, files) in _GROUPS.items():
        listed = [
            {
                "name": file,
                "label": label_of(file),
                "file": f"{home.data}/{file}.yml",
                "fields": fields_of(FILES[file], choices),
            }
            for file in files
        ]
        yield {"name": name, "label": label, "format": "yml", "files": listed}
