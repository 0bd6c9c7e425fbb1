"""A state of a plan, read from a project's folder, and what it says on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from safety_plan.language import ENGLISH
from safety_plan.plan.build import build_plan
from safety_plan.plan.plan import Plan
from safety_plan.publishing.differences.difference import Language, Version
from safety_plan.reading.around import all_settings, files_beside_pages
from safety_plan.reading.content import HandWritten, read_content
from safety_plan.reading.folder import TRANSLATIONS, Records, label, read_folder
from safety_plan.reading.look import look_problems
from safety_plan.reading.plan_texts import texts_of
from safety_plan.reading.settings import read_settings
from safety_plan.reading.translations import ENDING, Translation, read_translations
from safety_plan.results.results import compute


@dataclass(frozen=True)
class Folders:
    """Where a project keeps its plan and its hand-written pages, and the day that its settings name as today."""

    project: Path
    data: Path
    content: Path
    day: dt.date | None

    @classmethod
    def of(cls, project: Path, data: Path | None, content: Path | None) -> Folders:
        """The folders that were asked for; where none were, those of the project's `mkdocs.yml`.

        Raises PlanError where the day set there is no date.
        """
        settings = read_settings(project)
        folder = data or Path(settings.data)
        pages = content or Path(settings.content if settings.found else "content")
        day = settings.as_of if folder == Path(settings.data) else None
        return cls(project, project / folder, project / pages, day)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan in this very project, and not only where one of its settings leads."""
        return self.data.is_dir() and self.data.resolve().is_relative_to(self.project.resolve())


@dataclass(frozen=True)
class State:
    """What was read of a project, in the language it is written in."""

    folders: Folders
    plan: Plan
    records: Records
    pages: tuple[HandWritten, ...]
    translations: tuple[Translation, ...]

    def on(self, day: dt.date) -> Version:
        """What it says on a day, and what stands around it."""
        base = self.folders.project
        files = {
            one.language.code: label(self.folders.data / TRANSLATIONS / f"{one.language.code}{ENDING}", base)
            for one in self.translations
        }
        return Version(
            plan=self.plan,
            results=compute(self.plan, day),
            pages=self.pages,
            pictures=files_beside_pages(self.folders.content),
            settings=all_settings(base),
            wanted=texts_of(self.records),
            languages={
                one.language.code: Language(ENGLISH.name_of(one.language.code), files[one.language.code], one.plan)
                for one in self.translations
            },
        )


def read_state(folders: Folders, *, leniently: bool = False) -> State:
    """The state of a plan in these folders.

    Raises PlanError with all mistakes in it; `leniently` only with those that keep the plan itself from being read.
    """
    base = folders.project
    records, problems = read_folder(folders.data, base)
    translations, wrong = read_translations(folders.data, base, records)
    pages, more = read_content(folders.content, base)
    if leniently:
        plan = build_plan(records, (), problems)
    else:
        look = look_problems(records, folders.content, base)
        plan = build_plan(records, pages, [*problems, *wrong, *more, *look])
    return State(folders, plan, records, pages, translations)
