"""`safety-plan new`: a goal, an action, a risk or whatever else a plan is made of, asked for and written."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import click

from safety_plan.commands.changed import given_told, show_changes, what_next
from safety_plan.commands.choices import choices_of
from safety_plan.commands.new.asking import Asker, chosen_number, without_place
from safety_plan.commands.new.knowing import Known
from safety_plan.commands.reading import Looking, data_option, looking, mistakes_told, read_plan
from safety_plan.commands.saving import as_it_would_be, save
from safety_plan.commands.schema import SCHEMAS, changes, schema_edits
from safety_plan.commands.table import table
from safety_plan.editing.answers import Question, Values
from safety_plan.editing.edits import write
from safety_plan.editing.given import GivenError
from safety_plan.editing.kinds import Slot, kinds_of
from safety_plan.editing.making import Home, as_file, homes, with_common, with_item
from safety_plan.editing.questions import doubts, left_out, not_given
from safety_plan.editing.setting import Setter, as_pairs, in_order
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import KIND_OF, KINDS
from safety_plan.problems import PlanError, a, nearest, one_of, shown
from safety_plan.reading.folder import label
from safety_plan.reading.schema.base import FISCAL_YEAR_STARTS, Named, Record

_ALIASES = {
    "measure": "metric",
    "duty": "requirement",
    "change": "law-change",
    "word": "term",
    "reading": "topic",
    "system": "technology",
}
"""Other words for kinds, as people say them."""

_CALLED: dict[type[Record], str] = {kind.record: kind.called for kind in KINDS.values()}


@click.command(short_help="Add something to the plan.")
@click.argument("kind", required=False)
@data_option
@click.option("--in", "inside", metavar="ID", help="What it belongs to, such as the objective of a new action.")
@click.option(
    "--set", "pairs", multiple=True, metavar="KEY=VALUE", help="A key with its value; then nothing is asked. Repeat it."
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def new(kind: str | None, data: Path | None, inside: str | None, pairs: tuple[str, ...], dry_run: bool) -> None:
    """Add something to the plan: a goal, an action, a measure, a risk, a legal duty and so on.

    Without KIND, all kinds are listed. Each key is asked for in plain words, and each answer is checked at once. With
    --set, nothing is asked:

    \b
    safety-plan new training --set title="Radio basics" --set strand="Skills" ...

    Keys within keys are written with a point: --set money.cost=4000. Ends with 0 when it is written, with 1 when there
    are mistakes or when you stop with Ctrl-C; then nothing is written.
    """
    kinds = kinds_of(KIND_OF)
    if kind is None:
        rows = [(name, (slots[0].record.__doc__ or "").partition("\n")[0]) for name, slots in kinds.items()]
        click.echo("\n".join(table(("Kind", "What it is"), rows)))
        return
    with mistakes_told(), given_told(), _stop_told():
        looked = looking(data)
        name = _kind_named(kind, kinds)
        maker = _Maker(name, read_plan(looked.data), looked, inside)
        made = maker.set(kinds[name], pairs) if pairs else maker.ask(kinds[name])
        try:
            (_, after), *_ = (as_it_would_be if dry_run else save)(looked, {made.file: made.content}).plans
        except PlanError as error:
            click.echo(str(error), err=True)
            if not pairs:
                click.echo(f"\nNothing was written. To try again without typing it all:\n{made.again}", err=True)
            sys.exit(1)
    show_changes({made.file: made.content}, {made.file: made.before})
    click.echo(
        "\n".join(["", *made.told(name, dry_run), *(_editors_follow(after) if data is None and not dry_run else ())])
    )


def _editors_follow(plan: Plan) -> Iterator[str]:
    """The schemas by which editors help know the new id, too, where the project has any."""
    folder = Path.cwd() / SCHEMAS
    edits = changes(schema_edits(plan, folder)) if folder.is_dir() else {}
    if edits:
        write(edits)
        yield f"Editors know it, too: {SCHEMAS}/ was written anew."


@contextmanager
def _stop_told() -> Iterator[None]:
    try:
        yield
    except click.Abort:
        click.echo("\nStopped. Nothing was written.", err=True)
        sys.exit(1)


def _kind_named(text: str, kinds: Mapping[str, tuple[Slot, ...]]) -> str:
    """The kind that is meant: by its name, by what pages call it, or by another word for it."""
    word = "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
    nouns = {kind.noun.casefold().replace(" ", "-"): name for name, kind in KINDS.items()}
    known = {**nouns, **_ALIASES, **{name: name for name in kinds}}
    for one in (word, word.removesuffix("s")):
        if one in known:
            return known[one]
    guess = known.get(nearest(word, known), "")
    if word in ("observation", "value", "number"):
        fix = 'say "safety-plan record" to write the value of a measure.'
        raise GivenError.of("KIND", f'found "{shown(text)}"', one_of(kinds, 60), fix)
    fix = f'write "{guess}" instead.' if guess else "write one of these words."
    raise GivenError.of("KIND", f'found "{shown(text)}"', one_of(kinds, 60), fix, guess)


@dataclass(frozen=True)
class _Made:
    """A new record, where it goes, and the files before and after."""

    slot: Slot
    values: Values
    again: str
    file: Path
    before: bytes | None
    content: bytes

    def told(self, name: str, dry_run: bool) -> Iterator[str]:
        """What was done, and what else there is to say and to do."""
        noun = KINDS[name].noun if name in KINDS else name.replace("-", " ")
        if dry_run:
            yield what_next(dry_run=True)
            return
        yield f"Wrote {a(noun)} into {label(self.file, Path.cwd())}."
        more = left_out(self.slot.record, self.values)
        if more:
            yield f"It may have these keys, too: {', '.join(more)}."
            yield 'The handbook of Safety Plan, page "Every file and every key", says what each one means.'
        if name == "metric":
            yield f"Its numbers: safety-plan record {self.file.stem} PERIOD VALUE. Name it under an objective, too."
        yield what_next()


def _told(faults: Iterable[GivenError], lacks: Iterable[Question]) -> list[str]:
    """What cannot be taken of the keys that were given, and which ones were not given but are needed."""
    faults = list(faults)
    named = {fault.name for fault in faults}
    lines = [f"    {one.name}: {one.field.description}" for one in lacks if one.name not in named]
    text = "\n".join(["--set: found no value for these keys, which are needed", *lines])
    return [*map(str, faults), *([text] if lines else [])]


class _Maker:
    """Makes a new record of a plan, from answers or from what is set."""

    def __init__(self, name: str, plan: Plan, looked: Looking, inside: str | None) -> None:
        self.name, self.plan, self.inside = name, plan, inside
        self.folder = Path.cwd() / looked.data
        self.context = {FISCAL_YEAR_STARTS: plan.town.fiscal_year_starts}
        self.known = Known(plan, name if name in KINDS else "")
        self.choices = choices_of(plan)

    def ask(self, slots: tuple[Slot, ...]) -> _Made:
        """The record that somebody answers questions about."""
        slot, home = self._home(slots, asks=True)
        asker = Asker(self.choices, self.context, _CALLED, self.known)
        values = asker.record(slot.record)
        if not slot.way:
            return self._made(slot, self._own_file(slot, str(asker.one(Question(Named, "id", beside=values)))), values)
        above: Values = {}
        if not home.file.exists():
            click.echo(f"\nThe plan has no {home.file.name} yet. It begins with a few words of its own.")
            above = asker.record(slot.top, preset={slot.way[0]: with_common(slot, values)})
        return self._made(slot, home, values, above)

    def set(self, slots: tuple[Slot, ...], pairs: tuple[str, ...]) -> _Made:
        """The record of keys that are given with their values; its id is made from its name where none is given.

        Keys of a file that is not there yet stand behind its name: engagement.intro.
        """
        slot, home = self._home(slots, asks=False)
        setter = Setter(self.choices, self.context, self.known)
        top = f"{slot.holder}."
        id = "" if slot.way else next((pair.removeprefix("id=") for pair in pairs if pair.startswith("id=")), "")
        own = [pair for pair in pairs if not pair.startswith(top) and not (id and pair.startswith("id="))]
        values = setter.record(slot.record, own)
        for key in ("id", "order"):
            if key in slot.record.model_fields and key not in values:
                values[key] = self.known.propose(Question(slot.record, key, beside=values))
        values = in_order(slot.record, values)
        lacks, wrong = not_given(slot.record, values), doubts(slot.record, values, self.context)[0]
        above: Values = {}
        if not slot.way:
            question = Question(Named, "id", beside=values)
            id = str(setter.checked(question, id)) if id else self.known.propose(question)
            home = self._own_file(slot, id)
        elif not home.file.exists():
            above = setter.record(slot.top, [pair.removeprefix(top) for pair in pairs if pair.startswith(top)])
            above = in_order(slot.top, {**above, slot.way[0]: with_common(slot, values)})
            lacks = chain(lacks, (question.below(slot.holder) for question in not_given(slot.top, above)))
            wrong = wrong or doubts(slot.top, above, self.context)[0]
        told = _told(setter.faults, lacks) or [without_place(problem) for problem in wrong]
        if told:
            click.echo("\n\n".join(told), err=True)
            sys.exit(1)
        return self._made(slot, home, values, above)

    def _own_file(self, slot: Slot, id: str) -> Home:
        return Home(self.folder / slot.holder / f"{id}.yml", id=id)

    def _home(self, slots: tuple[Slot, ...], *, asks: bool) -> tuple[Slot, Home]:
        """What the new record stands in. Raises GivenError where the plan has nothing of the sort yet."""
        if not slots[0].way:
            return slots[0], Home(self.folder)
        found = [(slot, home) for slot in slots for home in homes(self.folder, slot)]
        if len(slots) > 1:
            found = [(slot, replace(home, title=slot.way[-1], id=slot.way[-1])) for slot, home in found]
        word = (self.inside or "").casefold()
        chosen = [one for one in found if word in (one[1].id.casefold(), one[1].title.casefold())] if word else found
        if len(chosen) == 1:
            return chosen[0]
        if not found:
            raise GivenError.of(
                "--in", "found nothing that it could belong to", "a plan that has such a thing", "add that first."
            )
        if not asks or word:
            ids = [home.id for _, home in found]
            guess = nearest(word, ids)
            fix = f'write "{guess}" instead.' if guess else "say with --in what it belongs to."
            raise GivenError.of(
                "--in", f'found "{shown(word)}"' if word else "found no --in", one_of(ids, 40), fix, guess
            )
        return found[chosen_number("What does it belong to?", [f"{home.title}  ({home.id})" for _, home in found])]

    def _made(self, slot: Slot, home: Home, values: Values, above: Values | None = None) -> _Made:
        before = home.file.read_bytes() if home.file.exists() else None
        if not slot.way:
            content = as_file(values)
        elif before is None:
            content = as_file(above or {})
        else:
            content = with_item(before, home, slot, values)
        return _Made(slot, values, self._again(slot, home, values, above or {}), home.file, before, content)

    def _again(self, slot: Slot, home: Home, values: Values, above: Values) -> str:
        """The command that gives the same answers."""
        rest = {key: value for key, value in above.items() if key != slot.way[0]} if above else {}
        pairs = [*as_pairs(values), *as_pairs(rest, f"{slot.holder}.")]
        if not slot.way:
            pairs.append(f"id={home.id}")
        inside = ["--in", home.id] if len(slot.way) > 1 else []
        return shlex.join(
            ["safety-plan", "new", self.name, *inside, *(part for pair in pairs for part in ("--set", pair))]
        )
