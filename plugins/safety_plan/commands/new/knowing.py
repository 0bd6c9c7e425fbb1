"""What the plan already has, for whoever adds to it: ids and refs that are taken, and what a text may name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safety_plan.editing.answers import Question
from safety_plan.editing.given import GivenError
from safety_plan.editing.yaml_values import Value
from safety_plan.plan.checks import mention_problems
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import KIND_OF, KINDS
from safety_plan.problems import Place, shown
from safety_plan.reading.guesses import as_id
from safety_plan.reading.schema.base import Named, Written

_MOST_WORDS = 6
"""How many words of a title make an id that can still be read."""


@dataclass(frozen=True)
class Known:
    """What a plan has. `kind` is that of the new record, or empty where links cannot lead to it."""

    plan: Plan
    kind: str

    def propose(self, question: Question) -> str:
        """What an answer may be: an id made from the name, the next ref, the next place in the order; else nothing."""
        kind = self._kind(question)
        things = self.plan.things.get(kind, {})
        if question.key == "id":
            return self._free_id(kind, str(question.beside.get(KINDS[kind].called, "")))
        if question.key == "ref":
            return _next_ref([thing.ref for thing in things.values()])
        if question.key == "order":
            return str(1 + max((getattr(thing.record, "order", 0) for thing in things.values()), default=0))
        return ""

    def check(self, question: Question, value: Value) -> None:
        """Raise GivenError for an id or a ref that is taken, and for a text that names what the plan does not have."""
        kind = self._kind(question)
        things = self.plan.things.get(kind, {})
        noun = KINDS[kind].noun if kind else ""
        if question.key == "id" and value in self._taken(kind):
            guess = self._free_id(kind, str(value))
            found, allowed = f'found the id "{value}", which is taken', f"an id that no other {noun} has or had"
            raise GivenError.of("id", found, allowed, f'write "{guess}", or another id.', guess)
        if question.key == "ref" and value in {thing.ref for thing in things.values()}:
            allowed = f"a ref that no other {noun} has"
            raise GivenError.of("ref", f'found the ref "{value}", which is taken', allowed, "write another one.")
        if question.holds.mark(Written) is not None:
            for text in value if isinstance(value, list) else [value]:
                self._mentions(question.name, str(text))

    def _mentions(self, name: str, text: str) -> None:
        ids = {**self.plan.things, "page": dict.fromkeys(self.plan.pages)}
        for problem in mention_problems(text, lambda mention: Place(name, 1, mention.start + 1), ids, frozenset()):
            raise GivenError(name, problem)

    def _kind(self, question: Question) -> str:
        return self.kind if question.model is Named else KIND_OF.get(question.model, "")

    def _taken(self, kind: str) -> set[str]:
        things = self.plan.things.get(kind, {}).values()
        return {id for thing in things for id in (thing.id, *thing.former_ids)}

    def _free_id(self, kind: str, name: str) -> str:
        """The id made from a name that nothing of the kind has."""
        made = as_id(" ".join(shown(name, most=200).split()[:_MOST_WORDS]))
        taken = self._taken(kind)
        numbers = (f"{made}-{number}" for number in range(2, len(taken) + 3))
        return next((id for id in (made, *numbers) if id not in taken), "")


def _next_ref(refs: list[str]) -> str:
    """The ref after the highest one, where all are letters and a number; nothing where there is no such order."""
    matches = [re.fullmatch(r"([A-Z]+)(\d+)", ref) for ref in refs if ref]
    found = [match for match in matches if match is not None]
    if not found or len(found) < len(matches) or len({match[1] for match in found}) > 1:
        return ""
    last = max(found, key=lambda match: int(match[2]))
    return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}}"
