"""The folder `data/` becomes `Records`: every file read, every value checked against the schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from safety_plan.problems import Place, Problem, nearest, one_of
from safety_plan.reading.document import Document, read_document
from safety_plan.reading.observations import read_observations
from safety_plan.reading.schema.base import Path as ValuePath
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.categories import Categories
from safety_plan.reading.schema.compliance import Compliance
from safety_plan.reading.schema.ems import EmsStrategy
from safety_plan.reading.schema.engagement import Engagement
from safety_plan.reading.schema.goals import Goal
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.models import PlanningModels
from safety_plan.reading.schema.people import People
from safety_plan.reading.schema.plan import PlanDocument
from safety_plan.reading.schema.resources import Resources
from safety_plan.reading.schema.reviews import Review
from safety_plan.reading.schema.risks import RiskRegister
from safety_plan.reading.schema.town import Town
from safety_plan.reading.schema.words import Glossary, Questions, Reading
from safety_plan.reading.wording import problems_of

FILES: dict[str, type[Record]] = {
    "town": Town,
    "plan": PlanDocument,
    "people": People,
    "categories": Categories,
    "models": PlanningModels,
    "ems": EmsStrategy,
    "risks": RiskRegister,
    "compliance": Compliance,
    "engagement": Engagement,
    "resources": Resources,
    "faq": Questions,
    "glossary": Glossary,
    "reading": Reading,
}
REQUIRED = ("town", "plan", "people")
FOLDERS: dict[str, type[Record]] = {"goals": Goal, "metrics": Metric, "reviews": Review}
NEEDED_FOLDERS = ("goals", "metrics")
MOST_FILES = 5_000

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Records:
    """Everything that stands in a plan's folder, checked on its own but not yet against each other.

    `unread` names the files and folders whose records could not be read, so that a missing record is not reported twice.
    """

    folder: str
    files: Mapping[str, Record] = field(default_factory=dict)
    folders: Mapping[str, Mapping[str, Record]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    def one(self, model: type[R]) -> R | None:
        """The record of the file of this kind."""
        return next((record for record in self.files.values() if isinstance(record, model)), None)

    def all(self, model: type[R]) -> dict[str, R]:
        """The records of the folder of this kind, by the names of their files."""
        return {
            name: record for records in self.folders.values() for name, record in records.items() if isinstance(record, model)
        }


def read_folder(folder: Path, base: Path) -> tuple[Records, list[Problem]]:
    """Read a plan's folder. `base` is the project's root, to which the places in problems are relative."""
    return _Folder(folder, base).read()


def label(path: Path, base: Path) -> str:
    """A file's name as staff know it: from the project's root on."""
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.as_posix()


class _Folder:
    def __init__(self, folder: Path, base: Path) -> None:
        self.folder, self.base = folder, base
        self.problems: list[Problem] = []
        self.unread: set[str] = set()

    def read(self) -> tuple[Records, list[Problem]]:
        if not self.folder.is_dir():
            name = label(self.folder, self.base)
            self._problem(
                Place(name),
                "found no such folder",
                "the folder that holds the plan",
                'create it, or correct "data_dir" in mkdocs.yml.',
            )
            return Records(name), self.problems
        self._strange_names()
        files = {name: self._file(f"{name}.yml", model, f'a file "{name}.yml"') for name, model in FILES.items()}
        folders = {name: self._records(name, model) for name, model in FOLDERS.items()}
        records = Records(
            label(self.folder, self.base),
            {name: record for name, record in files.items() if record is not None},
            folders,
            frozenset(self.unread),
        )
        return records, self.problems

    def _problem(self, place: Place, found: str, allowed: str, fix: str, guess: str = "") -> None:
        self.problems.append(Problem(place, found, allowed=allowed, nearest=guess, fix=fix))

    def _strange_names(self) -> None:
        """Names that nobody would read. A value in a misspelt file would otherwise just never appear."""
        allowed = [*(f"{name}.yml" for name in FILES), *FOLDERS]
        for path in sorted(self.folder.iterdir()):
            if path.name not in allowed and not path.name.startswith((".", "README")):
                self._problem(
                    Place(label(path, self.base)),
                    "found a file or folder that is not part of a plan",
                    one_of(allowed, most=40),
                    "give it its right name, or move it out of this folder.",
                    nearest(path.name.replace(".yaml", ".yml"), allowed),
                )
        for name in FOLDERS:
            for path in sorted((self.folder / name).glob("*")):
                if path.suffix not in (".yml", ".csv") and not path.name.startswith((".", "README")):
                    self._problem(
                        Place(label(path, self.base)),
                        "found a file that is not part of a plan",
                        "files that end in .yml" + (" or .csv" if name == "metrics" else ""),
                        "give it its right name, or move it out of this folder.",
                        f"{path.stem}.yml" if path.suffix == ".yaml" else "",
                    )

    def _records(self, name: str, model: type[Record]) -> dict[str, Record]:
        folder = self.folder / name
        if not folder.is_dir():
            if name in NEEDED_FOLDERS:
                self.unread.add(name)
                self._problem(
                    Place(label(folder, self.base)),
                    "found no such folder",
                    f"a folder with a file for each {name.removesuffix('s')}",
                    "create the folder and its first file.",
                )
            return {}
        records: dict[str, Record] = {}
        paths = sorted(folder.glob("*.yml"))
        if len(paths) > MOST_FILES:
            self._problem(
                Place(label(folder, self.base)),
                f"found {len(paths):,} files",
                f"at most {MOST_FILES:,}",
                "check that the right folder was copied here.",
            )
            return {}
        for path in paths:
            if path.stem != _slug(path.stem):
                self._problem(
                    Place(label(path, self.base)),
                    f'found a file named "{path.name}"',
                    "small letters, digits and single hyphens before .yml",
                    "rename the file; its name is part of the page's address.",
                    f"{_slug(path.stem)}.yml",
                )
            record = self._file(f"{name}/{path.name}", model, f"a {name.removesuffix('s')}")
            if record is not None:
                records[path.stem] = record
        return records

    def _file(self, name: str, model: type[Record], noun: str) -> Record | None:
        path = self.folder / name
        file = label(path, self.base)
        kind = name.split("/")[0].removesuffix(".yml")
        content = self._bytes(path, file, kind)
        if content is None:
            return None
        document, problems = read_document(content, file)
        if not problems:
            problems = self._shape_problems(document, model)
        if not problems and model is Metric:
            problems = self._add_csv(document, path.parent)
        broken = bool(problems)
        self.problems += problems
        if isinstance(document.value, dict):
            try:
                record = model.model_validate(document.value)
            except ValidationError as error:
                self.problems += problems_of(error, document, model, noun)
                broken = True
            else:
                record.remember(document.places)
        if broken:
            self.unread.add(kind)
            return None
        return record

    def _bytes(self, path: Path, file: str, kind: str) -> bytes | None:
        if not path.exists():
            if kind in REQUIRED:
                self.unread.add(kind)
                self._problem(
                    Place(file),
                    "found no such file",
                    f"the file {path.name}, which every plan has",
                    "create it; the format's description lists its keys.",
                )
            return None
        if not path.resolve().is_relative_to(self.folder.resolve()):
            self.unread.add(kind)
            self._problem(
                Place(file),
                "found a link to a file outside this folder",
                "files that stand here themselves",
                "copy the file here, if everyone may read it.",
            )
            return None
        return path.read_bytes()

    def _shape_problems(self, document: Document, model: type[Record]) -> list[Problem]:
        if isinstance(document.value, dict) and document.value:
            return []
        empty = document.value in (None, "", {})
        return [
            Problem(
                document.value_place(()),
                "found an empty file" if empty else "found a list or a text instead of keys",
                allowed=one_of(model.model_fields, most=40),
                fix="write the keys with their values, or delete the file."
                if empty
                else "start each line with one of the allowed keys and a colon.",
            )
        ]

    def _add_csv(self, document: Document, folder: Path) -> list[Problem]:
        """Put the rows of `observations_file` where the schema expects observations."""
        assert isinstance(document.value, dict)
        breakdowns = document.value.get("breakdowns")
        holders: list[tuple[dict[str, object], ValuePath]] = [(document.value, ())]
        if isinstance(breakdowns, tuple):
            holders += [
                (item, ("breakdowns", number)) for number, item in enumerate(breakdowns) if isinstance(item, dict)
            ]
        problems: list[Problem] = []
        for holder, path in holders:
            name = holder.get("observations_file")
            if isinstance(name, str):
                problems += self._csv(document, holder, path, folder / name)
        return problems

    def _csv(self, document: Document, holder: dict[str, object], path: ValuePath, file: Path) -> list[Problem]:
        place = document.value_place((*path, "observations_file"))
        if "observations" in holder:
            return [
                Problem(
                    place,
                    "found observations here and a file that holds them as well",
                    allowed="one of the two",
                    fix="keep the values in one place only.",
                )
            ]
        beside = sorted(other.name for other in file.parent.glob("*.csv")) if file.parent.is_dir() else []
        if file.name not in beside or file.parent.resolve() != (self.folder / "metrics").resolve():
            return [
                Problem(
                    place,
                    f'found the file name "{holder["observations_file"]}", but there is no such file beside this one',
                    allowed=one_of(beside) or "a CSV in the same folder",
                    nearest=nearest(file.name, beside),
                    fix="write the file's name, or put the file there.",
                )
            ]
        rows, problems = read_observations(
            file.read_bytes(), label(file, self.base), document, (*path, "observations"), grouped=bool(path)
        )
        holder["observations"] = rows
        return problems


def _slug(text: str) -> str:
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text.lower()).split())
