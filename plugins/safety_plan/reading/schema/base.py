"""The parts that every record of the data format is made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Self, cast, get_args, get_origin

from babel import UnknownLocaleError
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationInfo,
)  # fmt: skip
from pydantic_core import PydanticCustomError

from safety_plan.language import locale_of
from safety_plan.problems import Place
from safety_plan.reading.periods import Period, fiscal_period_from, is_fiscal, period_from

Path = tuple[str | int, ...]
"""The way to a value inside a file: keys and positions, as in ("objectives", 0, "lead")."""


@dataclass(frozen=True)
class Reference:
    """Marks a field that names another record by its id; `kind` says which kind of record."""

    kind: str


@dataclass(frozen=True)
class Category:
    """Marks a field whose value comes from one of the plan's category lists (`categories.yml`).

    Where `within` names another field of the record, the value must be one of the items of the category chosen there.
    """

    name: str
    within: str = ""


@dataclass(frozen=True)
class Written:
    """Marks a text in which live figures may stand; `markdown` says whether links and emphasis may, too."""

    markdown: bool


@dataclass(frozen=True)
class Translatable:
    """Marks a text for readers, which is another one in another language."""


@dataclass(frozen=True)
class Untranslated:
    """Marks a text that is the same in every language: a number to call, the citation of a law, a proper name."""


@dataclass(frozen=True)
class Shared:
    """Marks a name that stands in many places and has one translation everywhere, so that it stays one name."""

    name: str


FAULTS = "faults"
"""The kind of error under which faults come out of pydantic."""


@dataclass(frozen=True)
class Fault:
    """A problem that several fields make together, told at the one that should change: `at`, from the record on.

    `lacks` says that a field is missing. Where a key of the record could not be read, it may be just that one.
    """

    at: Path
    found: str
    allowed: str
    fix: str
    lacks: bool = False


def refuse(faults: Iterable[Fault]) -> None:
    """Raise all faults at once, if there are any, in a form that pydantic passes on."""
    found = tuple(faults)
    if found:
        raise PydanticCustomError(FAULTS, "values that do not fit each other", {"faults": found})


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _date_from(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _DATE.fullmatch(value):
        raise PydanticCustomError("not_a_date", "not a date")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_date", "a date that does not exist") from None


FISCAL_YEAR_STARTS = "fiscal_year_starts"
"""The key of the validation's context under which the month stands that the town's fiscal year starts in, or None."""


def _period_from(value: object, info: ValidationInfo) -> object:
    # A form editor may drop the quotes of "2024", which then reads as a number.
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return value
    starts = (info.context or {}).get(FISCAL_YEAR_STARTS)
    if starts is None and is_fiscal(value):
        raise PydanticCustomError("no_fiscal_year", "a fiscal year in a town without one")
    period = period_from(value) or (fiscal_period_from(value, starts) if starts else None)
    if period is None:
        raise PydanticCustomError("not_a_period", "not a period")
    return period


def _language_from(value: object) -> object:
    if isinstance(value, str):
        try:
            known = locale_of(value)
        except (UnknownLocaleError, ValueError):
            known = None
        # The parser takes small and capital letters alike; an address does not.
        if known is None or not _LANGUAGE.fullmatch(value):
            raise PydanticCustomError("no_such_language", "not the code of a language")
    return value


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), Translatable()]
Fixed = Annotated[Text, Untranslated()]
"""A text that no translation changes."""

Line = Annotated[Text, Written(markdown=False)]
Prose = Annotated[Text, Written(markdown=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80), Untranslated()]
FormerId = Annotated[str, Untranslated()]
LanguageCode = Annotated[str, BeforeValidator(_language_from), Untranslated()]
Date = Annotated[dt.date, BeforeValidator(_date_from)]
PeriodField = Annotated[Period, BeforeValidator(_period_from)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$"), Untranslated()]

PageName = Annotated[str, Reference("page")]
"""The name of a page of the site, such as plan or risks."""

RoleId = Annotated[str, Reference("role")]
MetricId = Annotated[str, Reference("metric")]
ObjectiveId = Annotated[str, Reference("objective")]
ActionId = Annotated[str, Reference("action")]
RiskId = Annotated[str, Reference("risk")]
RequirementId = Annotated[str, Reference("requirement")]
TechnologyId = Annotated[str, Reference("technology")]
ThemeId = Annotated[str, Reference("theme")]
TrainingId = Annotated[str, Reference("training")]
ExerciseId = Annotated[str, Reference("exercise")]
AgreementId = Annotated[str, Reference("agreement")]


class Record(BaseModel):
    """A thing that staff write down. It remembers where it stands, so that every problem and every link can say so."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    _places: Mapping[Path, Place] = PrivateAttr(default_factory=dict)
    _path: Path = PrivateAttr(default=())
    _as_written: Record | None = PrivateAttr(default=None)

    @property
    def as_written(self) -> Self:
        """This record as it stands in the files, where this one is a translation of it: for what compares words.

        Only for words: of a number that was withheld since, it still knows the number.
        """
        return self if self._as_written is None else cast(Self, self._as_written)

    def in_other_words(self, words: Mapping[str, object]) -> Self:
        """A translation: this record with the values of some fields in another language. It knows the same places."""
        copy = self.model_copy(update=dict(words))
        copy._as_written = self.as_written
        return copy

    @property
    def path(self) -> Path:
        """The way to this record within its file."""
        return self._path

    def remember(self, places: Mapping[Path, Place], path: Path = ()) -> None:
        """Tell this record and all within it where in the file they stand."""
        self._places, self._path = places, path
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, Record):
                value.remember(places, (*path, name))
            elif isinstance(value, tuple):
                for position, item in enumerate(value):
                    if isinstance(item, Record):
                        item.remember(places, (*path, name, position))

    def at(self, *path: str | int) -> Place:
        """Where the value at `path` within this record stands, or the nearest thing around it that has a place."""
        full = (*self._path, *path)
        while full and full not in self._places:
            full = full[:-1]
        return self._places.get(full, Place(""))

    def strings(self) -> Iterator[tuple[Record, Path, bool, str]]:
        """Every text of this record and those within it: (holder, path in it, whether live figures may stand, text)."""
        for name, field in type(self).model_fields.items():
            written = mark_of(field.metadata, field.annotation, Written) is not None
            for path, item in _items(name, getattr(self, name)):
                if isinstance(item, Record):
                    yield from item.strings()
                elif isinstance(item, str):
                    yield self, path, written, item

    def marked(self, kind: Hashable, apart: Container[type[Record]] = ()) -> Iterator[tuple[Record, Path, Any, str]]:
        """Every value of this record and those within it whose field is marked so: (holder, path in it, mark, value).

        `kind` is the class of the mark: Reference, Category or Written. Records within it that are of a class in
        `apart` are passed over.
        """
        for name, mark in _marks(type(self), kind):
            for path, item in _items(name, getattr(self, name)):
                if isinstance(item, Record):
                    if type(item) not in apart:
                        yield from item.marked(kind, apart)
                elif mark is not None and isinstance(item, str):
                    yield self, path, mark, item


class Named(Record):
    """A record with an id of its own: a page, or a place on a page, that a resident can be sent to."""

    id: Id = Field(description="Readable, kept for ever: small letters, digits and hyphens. It is part of the address.")
    ref: Fixed | None = Field(None, description="Short reference for council papers, such as M01.")
    former_ids: tuple[Id, ...] = Field((), description="Ids this had before; their old addresses lead here.")


def _items(name: str, value: object) -> Iterator[tuple[Path, object]]:
    if isinstance(value, tuple):
        for position, item in enumerate(value):
            yield (name, position), item
    else:
        yield (name,), value


@cache
def _marks(record: type[Record], kind: Hashable) -> tuple[tuple[str, Any], ...]:
    """The fields of a class that carry a mark of this kind or hold other records, each with its mark."""
    fields = (
        (name, field, mark_of(field.metadata, field.annotation, kind)) for name, field in record.model_fields.items()
    )
    return tuple(
        (name, mark) for name, field, mark in fields if mark is not None or any(record_classes(field.annotation))
    )


def records_in(record: type[Record]) -> Iterator[type[Record]]:
    """A class of records, and every class of records that stands within it."""
    yield record
    for field in record.model_fields.values():
        for inner in record_classes(field.annotation):
            yield from records_in(inner)


def record_classes(annotation: Any) -> Iterator[type[Record]]:
    """The classes of records that a field of this type holds."""
    if isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from record_classes(part)


def mark_of(metadata: list[Any], annotation: Any, kind: Any) -> Any:
    """The mark of this kind on a field, wherever in `tuple[X, ...]` or `X | None` it stands."""
    for mark in metadata:
        if isinstance(mark, kind):
            return mark
    if get_origin(annotation) is None and not get_args(annotation):
        return None
    for part in get_args(annotation):
        inner = getattr(part, "__metadata__", ())
        found = mark_of(list(inner), part, kind)
        if found is not None:
            return found
    return None
