"""Everything that pages count, in the language that is being spoken."""

from __future__ import annotations

from collections.abc import Callable

from safety_plan.language import say_n

NOUNS: dict[str, Callable[[int, str], str]] = {
    "action": lambda amount, n: say_n("{n} action", "{n} actions", amount, n=n),
    "answer": lambda amount, n: say_n("{n} answer", "{n} answers", amount, n=n),
    "area": lambda amount, n: say_n("{n} area", "{n} areas", amount, n=n),
    "case": lambda amount, n: say_n("{n} case", "{n} cases", amount, n=n),
    "chance": lambda amount, n: say_n("{n} chance", "{n} chances", amount, n=n),
    "change in the law": lambda amount, n: say_n("{n} change in the law", "{n} changes in the law", amount, n=n),
    "day": lambda amount, n: say_n("{n} day", "{n} days", amount, n=n),
    "decision": lambda amount, n: say_n("{n} decision", "{n} decisions", amount, n=n),
    "duty": lambda amount, n: say_n("{n} duty", "{n} duties", amount, n=n),
    "element": lambda amount, n: say_n("{n} element", "{n} elements", amount, n=n),
    "event": lambda amount, n: say_n("{n} event", "{n} events", amount, n=n),
    "exercise": lambda amount, n: say_n("{n} exercise", "{n} exercises", amount, n=n),
    "goal": lambda amount, n: say_n("{n} goal", "{n} goals", amount, n=n),
    "group": lambda amount, n: say_n("{n} group", "{n} groups", amount, n=n),
    "large step": lambda amount, n: say_n("{n} large step", "{n} large steps", amount, n=n),
    "legal duty": lambda amount, n: say_n("{n} legal duty", "{n} legal duties", amount, n=n),
    "measure": lambda amount, n: say_n("{n} measure", "{n} measures", amount, n=n),
    "minute": lambda amount, n: say_n("{n} minute", "{n} minutes", amount, n=n),
    "number": lambda amount, n: say_n("{n} number", "{n} numbers", amount, n=n),
    "objective": lambda amount, n: say_n("{n} objective", "{n} objectives", amount, n=n),
    "period": lambda amount, n: say_n("{n} period", "{n} periods", amount, n=n),
    "person": lambda amount, n: say_n("{n} person", "{n} people", amount, n=n),
    "promise": lambda amount, n: say_n("{n} promise", "{n} promises", amount, n=n),
    "quarter": lambda amount, n: say_n("{n} quarter", "{n} quarters", amount, n=n),
    "risk": lambda amount, n: say_n("{n} risk", "{n} risks", amount, n=n),
    "role": lambda amount, n: say_n("{n} role", "{n} roles", amount, n=n),
    "second": lambda amount, n: say_n("{n} second", "{n} seconds", amount, n=n),
    "thing": lambda amount, n: say_n("{n} thing", "{n} things", amount, n=n),
    "time": lambda amount, n: say_n("{n} time", "{n} times", amount, n=n),
    "trend": lambda amount, n: say_n("{n} trend", "{n} trends", amount, n=n),
    "value": lambda amount, n: say_n("{n} value", "{n} values", amount, n=n),
    "version": lambda amount, n: say_n("{n} version", "{n} versions", amount, n=n),
    "word": lambda amount, n: say_n("{n} word", "{n} words", amount, n=n),
    "year": lambda amount, n: say_n("{n} year", "{n} years", amount, n=n),
}
"""How many of a thing, from the number and the number written out, by the thing's English name."""
