"""`models.yml`: the planning models the town works by."""

from __future__ import annotations

from pydantic import Field

from safety_plan.reading.schema.base import ActionId, Line, MetricId, Named, ObjectiveId, Prose, Record, Text


class Ingredients(Record):
    """The four ingredients of a working model. Each is shown by what the town does; leave out what it does not have."""

    technology: Line | None = Field(None, description="How technology is part of it.")
    data_analysis: Line | None = Field(None, description="How data are part of it.")
    community_input: Line | None = Field(None, description="How residents are part of it.")
    interdisciplinary_collaboration: Line | None = Field(None, description="Which professions work together in it.")


class PlanningModel(Named):
    """One planning model: what it is for, and where it is used here."""

    name: Text = Field(description="Name of the model.")
    main_objective: Line = Field(description="Its main objective, in a few words.")
    key_stakeholders: tuple[Text, ...] = Field(min_length=1, description="Whom it needs most.")
    focus: tuple[Line, ...] = Field(min_length=1, description="What it pays attention to.")
    about: Prose = Field(description="How it works, in plain words.")
    where_used: Line = Field(description="Where the town uses it.")
    data_sources: tuple[Line, ...] = Field((), description="Data it draws on.")
    fairness: Prose | None = Field(None, description="How the town guards against unfair results.")
    ingredients: Ingredients = Field(description="Which of the four ingredients it has here.")
    objectives: tuple[ObjectiveId, ...] = Field((), description="Objectives it serves.")
    actions: tuple[ActionId, ...] = Field((), description="Actions taken from it.")
    metrics: tuple[MetricId, ...] = Field((), description="Metrics that show whether it works.")


class PlanningModels(Record):
    """The planning models the town works by, and where each one is used."""

    intro: Prose = Field(description="Why the town uses models, and how they go together.")
    models: tuple[PlanningModel, ...] = Field(min_length=1, description="The models.")
