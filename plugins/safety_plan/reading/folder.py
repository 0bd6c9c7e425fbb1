"""The folder `data/` becomes `Records`: every file read, every value checked against the schema."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from safety_plan.problems import Place, Problem, nearest, one_of, shown
from safety_plan.reading.document import MOST_BYTES, Document, read_document, too_large
from safety_plan.reading.guesses import as_id
from safety_plan.reading.keys import left_empty, required_keys, unknown_empty_keys
from safety_plan.reading.observations import read_observations
from safety_plan.reading.schema.accessibility import Accessibility
from safety_plan.reading.schema.base import FAULTS, FISCAL_YEAR_STARTS, Record
from safety_plan.reading.schema.base import Path as ValuePath
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
from safety_plan.reading.wording import paths_of, problems_of

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
    "accessibility": Accessibility,
}
REQUIRED = ("town", "plan", "people")
FOLDERS: dict[str, type[Record]] = {"goals": Goal, "metrics": Metric, "reviews": Review}
NEEDED_FOLDERS = ("goals", "metrics")
TRANSLATIONS = "translations"
"""The folder that holds a catalogue for each further language."""
MOST_FILES = 5_000
_OTHER_ENDINGS = (".yaml", ".YML", ".YAML", ".txt", ".json", "")
# Each attempt leaves out what was wrong in the one before: values, then what values are together.
_ATTEMPTS = 4
_EARLIEST_START = 2

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Records:
    """Everything that stands in a plan's folder, checked on its own but not yet against each other.

    `unread` names what could not be read as a whole: a file such as `risks` or `metrics/bystander-cpr`, or a folder
    such as `metrics`. What is missing because of that is not reported again. `texts` holds the files as they were
    written, by their labels, so that a problem inside a text can be told at its very place.
    """

    folder: str
    files: Mapping[str, Record] = field(default_factory=dict)
    folders: Mapping[str, Mapping[str, Record]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def registers(self) -> tuple[str, ...]:
        """The files that hold one record each with all that is in it, by their labels."""
        return tuple(record.at().file for record in self.files.values())

    def one(self, model: type[R]) -> R | None:
        """The record of the file of this kind."""
        return next((record for record in self.files.values() if isinstance(record, model)), None)

    def all(self, model: type[R]) -> dict[str, R]:
        """The records of the folder of this kind, by the names of their files."""
        return {
            name: record
            for records in self.folders.values()
            for name, record in records.items()
            if isinstance(record, model)
        }


def read_folder(folder: Path, base: Path) -> tuple[Records, list[Problem]]:
    """Read a plan's folder. `base` is the project's root, to which the places in problems are relative."""
    return _Folder(folder, base).read()


def label(path: Path, base: Path) -> str:
    """A file's name as staff know it: from the project's root on."""
    # MkDocs gives one path from the root of the machine on, and the other as it was typed.
    path, base = path.absolute(), base.absolute()
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.as_posix()


def leads_outside(path: Path, folder: Path) -> bool:
    """Whether a file in a folder is a link out of it, or stands behind one."""
    # Unlike Path.resolve, this bears links that lead in a circle.
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def link_problem(file: str) -> Problem:
    """What is wrong with a file, by its label, that leads outside the plan's folder."""
    return Problem(
        Place(file),
        "found a link to a file outside this folder",
        allowed="files that stand here themselves",
        fix="copy the file here, if everyone may read it.",
    )


class _Folder:
    def __init__(self, folder: Path, base: Path) -> None:
        self.folder, self.base = folder, base
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        self.texts: dict[str, str] = {}
        self.tables: set[str] = set()
        self.fiscal_year_starts: int | None = None

    def read(self) -> tuple[Records, list[Problem]]:
        name = label(self.folder, self.base)
        if not self.folder.is_dir():
            fix = "create the folder, or name the right one."
            self._problem(Place(name), "found no such folder", "the folder that holds the plan", fix)
            return Records(name, unread=frozenset({*FILES, *FOLDERS})), self.problems
        self._strange_names()
        # The town comes first: the names of fiscal years mean nothing without it.
        files: dict[str, Record | None] = {"town": self._file("town", Town)}
        self.fiscal_year_starts = self._fiscal_year_starts(files["town"])
        files |= {name: self._file(name, model) for name, model in FILES.items() if name != "town"}
        folders = {name: self._records(name, model) for name, model in FOLDERS.items()}
        self._unread_tables()
        present = {name: record for name, record in files.items() if record is not None}
        return Records(name, present, folders, frozenset(self.unread), self.texts), self.problems

    def _fiscal_year_starts(self, town: Record | None) -> int | None:
        """The month in which the town's fiscal year starts, where it has one."""
        starts = town.fiscal_year_starts if isinstance(town, Town) else None
        # Where town.yml has a mistake, that is the one to report. Fiscal years that start in February end earlier than
        # any others of their names, so that no period is taken for one that lies ahead.
        return _EARLIEST_START if starts is None and "town" in self.unread else starts

    def _problem(self, place: Place, found: str, allowed: str, fix: str, guess: str = "") -> None:
        self.problems.append(Problem(place, found, allowed=allowed, nearest=guess, fix=fix))

    def _strange_names(self) -> None:
        """Names that nobody would read. A value in a misspelt file would otherwise just never appear."""
        allowed = [*(f"{name}.yml" for name in FILES), *FOLDERS, TRANSLATIONS]
        free = [name for name in allowed if not (self.folder / name).exists()]
        for path in _visible(self.folder):
            if path.name not in allowed:
                guess = nearest(_with_right_ending(path), free)
                self._strange(path, guess, one_of(allowed, most=40))
                self.unread.add(guess.removesuffix(".yml"))
        for name in FOLDERS:
            for path in _visible(self.folder / name):
                if path.suffix not in ((".yml", ".csv") if name == "metrics" else (".yml",)):
                    right = f"{path.stem}.yml" if path.suffix in _OTHER_ENDINGS else ""
                    self._strange(path, right, "files that end in .yml" + (" or .csv" if name == "metrics" else ""))
                    self.unread.add(f"{name}/{path.stem}")

    def _unread_tables(self) -> None:
        """Tables that no metric names. Their values would never appear, and nobody would be told why."""
        if any(name.partition("/")[0] == "metrics" for name in self.unread):
            return
        for path in sorted((self.folder / "metrics").glob("*.csv")):
            if path.name not in self.tables:
                self._problem(
                    Place(label(path, self.base)),
                    "found a table that no metric names",
                    "tables that a metric names with observations_file",
                    f'write "observations_file: {path.name}" into the file of its metric, or delete the table.',
                )

    def _strange(self, path: Path, guess: str, allowed: str) -> None:
        self._problem(
            Place(label(path, self.base)),
            "found a file or folder that is not part of a plan",
            allowed,
            f'rename it to "{guess}", or move it out of this folder.' if guess else "move it out of this folder.",
            guess,
        )

    def _records(self, name: str, model: type[Record]) -> dict[str, Record]:
        folder = self.folder / name
        place = Place(label(folder, self.base))
        if not folder.is_dir():
            if name in NEEDED_FOLDERS and name not in self.unread:
                self.unread.add(name)
                allowed = f"a folder with a file for each {name.removesuffix('s')}"
                self._problem(place, "found no such folder", allowed, "create the folder and its first file.")
            return {}
        paths = sorted(folder.glob("*.yml"))
        if len(paths) > MOST_FILES:
            self.unread.add(name)
            fix = "check that the right folder was copied here."
            self._problem(place, f"found {len(paths):,} files", f"at most {MOST_FILES:,} files", fix)
            return {}
        found = {self._id(path): self._file(f"{name}/{path.stem}", model) for path in paths}
        return {id: record for id, record in found.items() if record is not None}

    def _id(self, path: Path) -> str:
        """The id that the name of a file gives. A wrong name stands for the right one, so that only it is reported."""
        right = as_id(path.stem)
        if path.stem != right:
            self.unread.add(f"{path.parent.name}/{right}")
            self._problem(
                Place(label(path, self.base)),
                "found a file whose name cannot be part of an address",
                "small letters, digits and single hyphens before .yml",
                f'rename it to "{right}.yml".' if right else "give it such a name.",
                f"{right}.yml" if right else "",
            )
        return right

    def _file(self, name: str, model: type[Record]) -> Record | None:
        path = self.folder / f"{name}.yml"
        file = label(path, self.base)
        before = len(self.problems)
        content = self._bytes(path, file, name, model)
        record = None if content is None else self._record(content, file, model, path.parent)
        if len(self.problems) > before:
            self.unread.add(name)
        return record

    def _record(self, content: bytes, file: str, model: type[Record], folder: Path) -> Record | None:
        document, problems = read_document(content, file)
        self.texts[file] = document.text
        if not problems:
            problems = self._shape_problems(document, model, file)
        self.problems += problems
        if not isinstance(document.value, dict) or () in document.spoiled:
            return None
        if model is Metric:
            self.problems += self._add_csv(document, folder)
        return self._validated(document, model)

    def _validated(self, document: Document, model: type[Record]) -> Record | None:
        """The record, and every problem of its values.

        Where a value is wrong, the rest is looked at again without it, so that one mistake hides no other.
        """
        self.problems += unknown_empty_keys(document, model)
        gone = {_droppable(path) for path in document.spoiled}
        lost = {document.value_place(path[:-1]) for path in gone}
        left = left_empty(document, model)
        document = document.without(gone | left) if gone or left else document
        for attempt in range(_ATTEMPTS):
            try:
                record = model.model_validate(document.value, context={FISCAL_YEAR_STARTS: self.fiscal_year_starts})
            except ValidationError as error:
                found = paths_of(error)
                if attempt and any(kind != FAULTS for kind, _ in found):
                    # What is missing now was left out before.
                    return None
                self.problems += problems_of(error, document, model, gone, lost)
                wrong = {path if kind == "extra_forbidden" else _droppable(path) for kind, path in found}
                lost |= {document.value_place(path[:-1]) for path in wrong}
                document = document.without(wrong)
            else:
                record.remember(document.places)
                return record
        return None

    def _bytes(self, path: Path, file: str, name: str, model: type[Record]) -> bytes | None:
        if not path.exists() and not path.is_symlink():
            if name in REQUIRED and name not in self.unread:
                self._problem(
                    Place(file),
                    "found no such file",
                    f"the file {path.name}, which every plan has",
                    f"create it with {required_keys(model)}.",
                )
            return None
        if leads_outside(path, self.folder):
            self.problems.append(link_problem(file))
            return None
        try:
            size = path.stat().st_size
            if size <= MOST_BYTES:
                return path.read_bytes()
        except OSError:
            fix = "check that it is a file, not a folder, and that you may open it."
            self._problem(Place(file), "found something that cannot be opened", "a file that can be read", fix)
        else:
            self.problems.append(too_large(file, size))
        return None

    def _shape_problems(self, document: Document, model: type[Record], file: str) -> list[Problem]:
        if isinstance(document.value, dict) and document.value:
            return []
        place = document.value_place(())
        if document.value in (None, "", {}):
            delete = "" if file.removesuffix(".yml").rpartition("/")[2] in REQUIRED else ", or delete the file"
            found, fix = "found an empty file", f"write these keys with their values{delete}."
        else:
            what = "a list" if isinstance(document.value, tuple) else "a text"
            found, fix = f"found {what} where the file should have keys", "start each line with a key and a colon."
        # Nothing more is said about the keys of a file that has none.
        document.value = None
        return [Problem(place, found, allowed=required_keys(model), fix=fix)]

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
            guess = nearest(file.name, beside)
            return [
                Problem(
                    place,
                    f'found the file name "{shown(str(holder["observations_file"]))}", '
                    "but there is no such file in this folder",
                    allowed=one_of(beside) or "the name of a CSV in the same folder",
                    nearest=guess,
                    fix=f'write "{guess}" instead, or put the file there.' if guess else "put the file there.",
                )
            ]
        self.tables.add(file.name)
        name = label(file, self.base)
        content = self._bytes(file, name, f"metrics/{file.name}", Metric)
        if content is None:
            return []
        rows, problems = read_observations(content, name, document, (*path, "observations"), grouped=bool(path))
        self.texts[name] = content.decode("utf-8-sig", errors="replace")
        holder["observations"] = rows
        return problems


def _visible(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "README")))


def _with_right_ending(path: Path) -> str:
    return f"{path.stem}.yml" if path.suffix in _OTHER_ENDINGS and path.is_file() else path.name


def _droppable(path: ValuePath) -> ValuePath:
    """What to leave out for a wrong value: the list item that it stands in, else the key at the top of the file."""
    for length in range(len(path), 0, -1):
        if isinstance(path[length - 1], int):
            return path[:length]
    return path[:1]
