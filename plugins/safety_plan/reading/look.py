"""The pictures that `town.yml` names: whether they are there, and small enough for every page to show them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from safety_plan.problems import Problem, nearest
from safety_plan.reading.folder import Records, label
from safety_plan.reading.schema.town import Town

_MOST_BYTES = 30_000
"""How large a seal may be: it is loaded with the first page that a reader opens, perhaps on an old phone."""


def look_problems(records: Records, content: Path, base: Path) -> Iterator[Problem]:
    """What is wrong with the seal that the town names; `content` is the folder of hand-written pages.

    `base` is the project's root, to which the places in problems are relative.
    """
    town = records.one(Town)
    if town is None or town.look.seal is None:
        return
    seal, folder = town.look.seal, label(content, base)
    path, place = content / seal.file, seal.at("file")
    if not path.is_file() or not path.resolve().is_relative_to(content.resolve()):
        pictures = sorted(
            found.relative_to(content).as_posix() for kind in ("svg", "png") for found in content.rglob(f"*.{kind}")
        )
        guess = nearest(seal.file, pictures)
        yield Problem(
            place,
            f'found "{seal.file}" for "file", but there is no such picture in {folder}/',
            allowed=", ".join(pictures) if pictures else f"a picture in {folder}/",
            nearest=guess,
            fix=f'write "{guess}" instead.' if guess else f"put the picture there: {folder}/{seal.file}.",
        )
        return
    size = path.stat().st_size
    if size > _MOST_BYTES:
        yield Problem(
            place,
            f"found a seal of {size // 1000} kB",
            allowed=f"at most {_MOST_BYTES // 1000} kB, because every page shows it",
            fix="save it with fewer details, or as SVG.",
        )
