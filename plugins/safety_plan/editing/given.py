"""What somebody gave to a command and what cannot be taken: told in the words of the project, but without a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError, create_model

from safety_plan.problems import Place, Problem
from safety_plan.reading.document import Document
from safety_plan.reading.schema.base import Path, Record
from safety_plan.reading.wording import paths_of, problems_of


class GivenError(Exception):
    """Something that was given on the command line, or as an answer, cannot be taken.

    `problem` says what was found, what is allowed and what to do. `name` is what it was given for, such as PERIOD.
    """

    def __init__(self, name: str, problem: Problem) -> None:
        self.name, self.problem = name, problem
        super().__init__(f"{name}{str(problem).removeprefix(str(problem.place))}")

    @classmethod
    def of(cls, name: str, found: str, allowed: str = "", fix: str = "", guess: str = "") -> GivenError:
        """The error of something given under a name, in the parts of a Problem."""
        return cls(name, Problem(Place(name), found, allowed=allowed, nearest=guess, fix=fix))


def problems_in(
    model: type[Record], values: Mapping[str, object], context: Mapping[str, object]
) -> tuple[Record | None, list[Problem]]:
    """The record of these values, or all that reading would say against them in a file. Their places mean nothing.

    `context` is what reading has to know of the town: under FISCAL_YEAR_STARTS the month, or None.
    """
    try:
        return model.model_validate(values, context=dict(context)), []
    except ValidationError as error:
        return None, problems_of(error, Document("", value=values), model, (), ())


def faults_in(
    model: type[Record], values: Mapping[str, object], context: Mapping[str, object]
) -> tuple[list[Problem], list[Path]]:
    """All that reading would say against these values, and the ways to the values that are wrong."""
    try:
        model.model_validate(values, context=dict(context))
    except ValidationError as error:
        problems = problems_of(error, Document("", value=values), model, (), ())
        return problems, [path for _, path in paths_of(error)]
    return [], []


def problems_under(model: type[Record], key: str, value: object, context: Mapping[str, object]) -> list[Problem]:
    """All that reading would say against one value of a record, whatever the others are."""
    return problems_in(_alone(model, key), {key: value}, context)[1]


@cache
def _alone(model: type[Record], key: str) -> type[Record]:
    """A class of records that have one field of another class, and nothing else."""
    field = model.model_fields[key]
    fields: dict[str, Any] = {key: (field.annotation, field)}
    return create_model(model.__name__, __base__=Record, **fields)
