"""Questions on the terminal, one for each key of a new record; each answer is checked at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from safety_plan.commands.new.knowing import Known
from safety_plan.editing.answers import Question, Values, answered
from safety_plan.editing.given import GivenError
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.editing.questions import asked_keys, doubts, hint
from safety_plan.editing.yaml_values import Value
from safety_plan.problems import Problem
from safety_plan.reading.schema.base import Path, Record


class Asker:
    """Asks for the records of a plan.

    `called` says of a class which of its keys is asked for first: what a thing is called.
    """

    def __init__(
        self, choices: Choices, context: Mapping[str, object], called: Mapping[type[Record], str], known: Known
    ) -> None:
        self.choices, self.context, self.called, self.known = choices, context, called, known

    def record(self, model: type[Record], at: Path = (), preset: Mapping[str, Value] | None = None) -> Values:
        """A record, of which each key is asked for but those that are set before."""
        preset = preset or {}
        values: Values = {**preset}
        keys = asked_keys(model, self.called.get(model, ""))
        while keys:
            for key in keys:
                if key in preset:
                    continue
                value = self._value(Question(model, key, at, values))
                values.pop(key, None)
                if value is not None:
                    values[key] = value
            problems, keys = doubts(model, values, self.context)
            if not problems:
                break
            for problem in problems:
                click.echo(f"\n{without_place(problem)}")
        return {key: values[key] for key in model.model_fields if key in values}

    def _value(self, question: Question) -> Value:
        holds = question.holds
        if holds.record is None:
            return self._many_texts(question) if holds.many and not question.is_chosen() else self.one(question)
        click.echo(f"\n{_label(question)}: {question.field.description}")
        if not question.required and not click.confirm("Write it now?", default=False):
            return None
        if not holds.many:
            return self.record(holds.record, (*question.at, question.key))
        items: list[Value] = []
        while not items or click.confirm("\nAnother one?", default=False):
            items.append(self.record(holds.record, (*question.at, question.key, len(items))))
        return items

    def one(self, question: Question) -> Value:
        """The answer to a question; None where it may be passed over, and is."""
        choices = question.choices(self.choices)
        if question.is_chosen() and not choices and not question.required:
            return None
        proposed = self.known.propose(question)
        _tell(question, choices, _empty(question, proposed))
        while True:
            text = click.prompt("  ", default=proposed, show_default=bool(proposed), prompt_suffix="> ").strip()
            if not text or (text == "-" and not question.required):
                if not question.required:
                    return None
                click.echo("This one is needed.")
                continue
            try:
                value = answered(question, text, self.choices, self.context)
                self.known.check(question, value)
            except GivenError as error:
                click.echo(str(error))
            else:
                # What is no anyway needs no line.
                return None if value is False and question.field.default is False else value

    def _many_texts(self, question: Question) -> Value:
        _tell(question, {}, _empty(question))
        click.echo("  One at a time; an empty line ends them.")
        found: list[Value] = []
        while True:
            text = click.prompt("  ", default="", show_default=False, prompt_suffix="> ").strip()
            if not text and (found or not question.required):
                return found or None
            try:
                value = answered(question, text, self.choices, self.context)
                self.known.check(question, value)
            except GivenError as error:
                click.echo(str(error))
            else:
                assert isinstance(value, list)
                found += value


def _label(question: Question) -> str:
    """The key as words: Late because."""
    text = question.key.replace("_", " ")
    return text[:1].upper() + text[1:]


def _empty(question: Question, proposed: str = "") -> str:
    """What an empty line means."""
    if proposed:
        return "Enter takes what is proposed." if question.required else 'Enter takes what is proposed, "-" nothing.'
    return "" if question.required else "It may be left empty."


def _tell(question: Question, choices: Mapping[str, str], empty: str) -> None:
    click.echo("")
    click.secho(f"{_label(question)}: {question.field.description}", bold=True)
    remarks = [hint(question), empty]
    if any(remarks):
        click.echo(f"  {' '.join(filter(None, remarks))}")
    for number, (name, title) in enumerate(choices.items(), start=1):
        click.echo(f"  {number:>3}  {name}{f'  ({title})' if title else ''}")


def chosen_number(question: str, choices: Sequence[str]) -> int:
    """The position of the choice that somebody makes, from 0."""
    click.echo("")
    click.secho(question, bold=True)
    for number, choice in enumerate(choices, start=1):
        click.echo(f"  {number:>3}  {choice}")
    found: int = click.prompt("  ", prompt_suffix="> ", type=click.IntRange(1, len(choices)))
    return found - 1


def without_place(problem: Problem) -> str:
    """What is wrong with something that stands in no file yet."""
    return str(problem).removeprefix(f"{problem.place}: ")
