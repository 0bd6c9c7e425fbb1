"""What stands around a plan and can be seen on its site: the settings of the site, and the files beside its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from safety_plan.problems import Place
from safety_plan.reading.settings import NAME


@dataclass(frozen=True)
class Setting:
    """What is set in `mkdocs.yml`, as it is written, and where."""

    text: str
    place: Place


def all_settings(project: Path) -> dict[str, Setting]:
    """Everything that the `mkdocs.yml` of a project sets, by the way to it, such as `plugins.safety-plan.as_of`.

    What is only named in a list is told by its name, so that what moves there changes nothing. Empty where there is no
    such file, or none that can be read.
    """
    try:
        root = yaml.compose((project / NAME).read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}
    return dict(_flat(root, ())) if root is not None else {}


def _flat(node: yaml.Node, path: tuple[str, ...]) -> Iterator[tuple[str, Setting]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _flat(value, (*path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value, start=1):
            # What stands in a list of names, such as plugins, is known by its name there.
            if isinstance(value, yaml.ScalarNode):
                yield ".".join((*path, str(value.value))), Setting("yes", _place(value))
            else:
                yield from _flat(value, path if _is_named(value) else (*path, str(number)))
    else:
        yield ".".join(path), Setting(str(node.value), _place(node))


def _place(node: yaml.Node) -> Place:
    return Place(NAME, node.start_mark.line + 1, node.start_mark.column + 1)


def _is_named(node: yaml.Node) -> bool:
    """Whether an item of a list is a name with settings below it."""
    return isinstance(node, yaml.MappingNode) and len(node.value) == 1


def files_beside_pages(folder: Path) -> dict[str, str]:
    """The files of a folder of hand-written pages that are no pages, such as pictures, with a print of their content.

    A folder that is not there holds none.
    """
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md")
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
