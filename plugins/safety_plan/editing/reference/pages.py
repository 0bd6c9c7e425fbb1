"""The pages of the reference as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safety_plan.editing.holds import held_by
from safety_plan.editing.json_schema.records import described
from safety_plan.editing.reference.kinds import file_of, need, what_to_write
from safety_plan.editing.reference.samples import Samples
from safety_plan.reading.folder import FILES, FOLDERS, NEEDED_FOLDERS, REQUIRED, Records
from safety_plan.reading.schema.base import Record

_MADE = "<!-- Made by `safety-plan schema --format markdown`. What is changed here is lost when it is made again. -->"
_MODELS: dict[str, type[Record]] = {**FILES, **FOLDERS}

_INDEX = """\
# Every file and every key

The plan is kept in the folder `data/`, in text files that end in `.yml`. Each page here explains one kind of file: what
it is for, what one looks like, and every key that may stand in it.

{table}

## How to read these pages

- A **key** is the word before a colon. Its value stands after it, or below it, two spaces further in.
- A key marked **Needed** must have a value. Any other may be left out; a key without a value counts as left out.
- A **text** may need quotes: put it in quotes where it starts with a sign such as `#`, `&`, `*`, `[` or `{{`, or where
  it has a colon and a space in it.
- A **date** is written year-month-day, such as `2026-09-30`. A **period** is a year, a quarter or a month: `2026`,
  `2026-Q3`, `2026-09`. Where the town has a fiscal year, `FY2026` and `FY2026-Q1` are its years and quarters.
- An **id** names one thing for ever, in small letters with hyphens: `ems-response-90th`. Of a goal, a measure and a
  review, the id is the name of the file.
- A **live figure** is a number that the site fills in, so that no text goes stale. In a text,
  `{{{{ value ems-response-90th }}}}` becomes the newest value of that measure.
- A **link** in a text names the kind and the id: `[response time](metric:ems-response-90th)`.
- The words **title**, **owner** and **lead** name positions, never people.

`safety-plan check` has the last word on what may stand in a file, and says in plain words what is wrong.
"""


def reference(records: Records, kinds: Iterable[str]) -> dict[str, str]:
    """The pages by the names of their files: one for each of these kinds of file, and README.md, which leads to all.

    `records` are those of the plan that the examples are taken from.
    """
    samples = Samples(records)
    return {"README.md": _index(), **{f"{kind}.md": _page(kind, samples) for kind in kinds}}


def _index() -> str:
    rows = [
        f"| [`data/{file_of(kind)}`]({kind}.md) | {_first_sentence(described(model))} | {_needed(kind)} |"
        for kind, model in _MODELS.items()
    ]
    table = "\n".join(["| File | What stands in it | Needed |", "|---|---|---|", *rows])
    return f"{_MADE}\n\n{_INDEX.format(table=table)}"


def _needed(kind: str) -> str:
    return "yes" if kind in REQUIRED else "at least one" if kind in NEEDED_FOLDERS else "no"


def _first_sentence(text: str) -> str:
    return f"{text.partition('. ')[0].removesuffix('.')}."


def _page(kind: str, samples: Samples) -> str:
    model = _MODELS[kind]
    parts = [_MADE, f"# `data/{file_of(kind)}`", described(model)]
    if kind in FOLDERS:
        parts.append("Each has a file of its own; `*` stands for its name.")
    name, text = samples.file(kind)
    if name:
        parts += ["## An example", f"From `{name}`:", f"```yaml\n{text}```"]
    within = _within(model)
    links = {record: f"#{_anchor(_heading(where[0]))}" for record, where in within.items()}
    parts += ["## Its keys", _table(model, samples, links)]
    for record, where in within.items():
        parts += [f"## {_heading(where[0])}", described(record)]
        if len(where) > 1:
            parts.append(f"The same keys stand in {_and(_in(one) for one in where[1:])}.")
        parts.append(_table(record, samples, links))
    parts.append("[All files](README.md)")
    return "\n\n".join(parts) + "\n"


Where = tuple[tuple[str, ...], bool]
"""The keys that lead to a record from the top of the file, and whether it is one of a list."""


def _within(model: type[Record]) -> dict[type[Record], list[Where]]:
    """Every class of records within a file, in the order of the keys, with the places where it stands."""
    found: dict[type[Record], list[Where]] = {}

    def walk(record: type[Record], path: tuple[str, ...]) -> None:
        for name, field in record.model_fields.items():
            holds = held_by(field)
            if holds.record is None:
                continue
            known = holds.record in found
            found.setdefault(holds.record, []).append(((*path, name), holds.many))
            if not known:
                walk(holds.record, (*path, name))

    walk(model, ())
    return found


def _heading(where: Where) -> str:
    path, many = where
    return f"{'Each of' if many else 'In'} `{'.'.join(path)}`"


def _in(where: Where) -> str:
    path, many = where
    return f"each of `{'.'.join(path)}`" if many else f"`{'.'.join(path)}`"


def _and(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _anchor(heading: str) -> str:
    """The address of a heading within its page, as repository sites make it."""
    kept = (letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return "".join(kept).replace(" ", "-")


def _table(record: type[Record], samples: Samples, links: Mapping[type[Record], str]) -> str:
    rows = ["| Key | What it means | What to write | Example |", "|---|---|---|---|"]
    for name, field in record.model_fields.items():
        holds = held_by(field)
        if holds.record is not None:
            least = " of at least one" if holds.least else ""
            keys = f"[keys of its own]({links[holds.record]})"
            wanted, example = f"List{least}, each with {keys}" if holds.many else _capital(keys), ""
        else:
            value = samples.value(record, name)
            wanted, example = what_to_write(holds), _code(f"- {value}" if holds.many and value else value)
        cells = (f"`{name}`", _cell(str(field.description)), f"{_cell(wanted)}. {need(field)}", example)
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _capital(link: str) -> str:
    return f"[{link[1].upper()}{link[2:]}"


def _code(text: str) -> str:
    if not text:
        return ""
    return _cell(f"`` {text} ``" if "`" in text else f"`{text}`")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
