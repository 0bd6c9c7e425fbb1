"""What only shows when the records are seen together: dangling references, ids used twice, numbers too small."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice

from safety_plan.plan.needs import need_problem
from safety_plan.plan.pages import PAGES
from safety_plan.plan.things import KINDS, Thing
from safety_plan.problems import Place, Problem, a, nearest, one_of, shown
from safety_plan.reading.folder import FOLDERS
from safety_plan.reading.live import COUNTS, PERIODS, VERBS, Mention, mentions
from safety_plan.reading.schema.base import Category, Record, Reference, Written
from safety_plan.reading.schema.categories import Categories, CategoryGroup
from safety_plan.reading.schema.metrics import Metric

Ids = Mapping[str, Mapping[str, object]]
"""All ids by kind, with the kind "page" for the names of pages."""


def id_problems(things: Iterable[Thing[Record]]) -> Iterator[Problem]:
    """Ids that two things of one kind share, or that a thing had before and another has now."""
    seen: dict[tuple[str, str], Place] = {}
    former: list[tuple[Thing[Record], int, str]] = []
    for thing in things:
        key = (thing.kind, thing.id)
        place = thing.record.at("id")
        if key in seen:
            yield Problem(
                place,
                f'found the id "{shown(thing.id)}" a second time; {seen[key]} has it already',
                allowed=f"an id that no other {KINDS[thing.kind].noun} has",
                fix="give one of the two another id.",
            )
        seen.setdefault(key, place)
        former += [(thing, number, id) for number, id in enumerate(thing.former_ids)]
    for thing, number, id in former:
        if (thing.kind, id) in seen:
            yield Problem(
                thing.record.at("former_ids", number),
                f'found the former id "{shown(id)}", which {seen[thing.kind, id]} has now',
                allowed=f"an id that no {KINDS[thing.kind].noun} has any more",
                fix='delete it from "former_ids".',
            )


def ref_problems(things: Iterable[Thing[Record]]) -> Iterator[Problem]:
    """Short references that two things of one kind share: in council papers they tell things apart."""
    seen: dict[tuple[str, str], Place] = {}
    for thing in things:
        if not thing.ref:
            continue
        place = thing.record.at("ref")
        first = seen.setdefault((thing.kind, thing.ref), place)
        if first != place:
            yield Problem(
                place,
                f'found the ref "{shown(thing.ref)}" a second time; {first} has it already',
                allowed=f"a ref that no other {KINDS[thing.kind].noun} has",
                fix="give one of the two another ref, or leave it out.",
            )


def direction_problems(record: Record) -> Iterator[Problem]:
    """Targets of a metric that does not say which way is better: bad news would quietly turn into information."""
    if isinstance(record, Metric) and record.targets and record.better is None:
        yield Problem(
            record.at("targets", 0),
            'found a target without "better"',
            allowed='"better" with higher, lower or within, for a measure with a target',
            fix='add the line "better", or take the target out.',
        )


def reference_problems(record: Record, ids: Ids, unread: frozenset[str]) -> Iterator[Problem]:
    """References that lead nowhere. Kinds whose files could not be read are left alone: their ids are not known."""
    for holder, path, mark, value in record.marked(Reference):
        if value not in ids[mark.kind] and mark.kind not in unread:
            found = f'found "{shown(value)}" {"in" if len(path) > 1 else "for"} "{path[0]}"'
            yield _dangling(holder.at(*path), found, mark.kind, value, ids)


def _dangling(place: Place, found: str, kind: str, id: str, ids: Ids, prefix: str = "") -> Problem:
    """A reference to something that does not exist. `prefix` is what stands before the id where it is written."""
    if kind == "page":
        return _no_page(place, found, id, list(ids[kind]), prefix)
    names = list(ids[kind])
    guess = _renamed(id, ids[kind]) or nearest(id, names)
    noun = KINDS[kind].noun
    if guess:
        write = f'write "{prefix}{guess}" instead'
    else:
        write = f"write the id of {a(noun)} that exists" if names else "delete it"
    return Problem(
        place,
        f"{found}, but there is no {noun} with this id",
        allowed=_ids_of(kind, ids),
        nearest=guess,
        fix=f'{write}, or add {a(noun)} with the id "{shown(id)}".',
    )


def _no_page(place: Place, found: str, name: str, names: list[str], prefix: str) -> Problem:
    """A name that no page of the plan has: a misspelt one, or that of a page whose file is not there."""
    allowed = one_of(names, most=40)
    another = "write the name of a page that the plan has"
    needs = PAGES[name].needs if name in PAGES else ()
    if needs:
        files = " or ".join(f"a file in {need}/" if need in FOLDERS else f"{need}.yml" for need in needs)
        found = f"{found}, but this page needs {files}, which the plan does not have"
        return Problem(place, found, allowed=allowed, fix=f"{another}, or add {files}.")
    # What staff know of a page is its title.
    titles = {PAGES[page].title: page for page in names}
    guess = nearest(name, names) or titles.get(nearest(name, titles), "")
    return Problem(
        place,
        f"{found}, but there is no page with this name",
        allowed=allowed,
        nearest=guess,
        fix=f'write "{prefix}{guess}" instead.' if guess else f"{another}.",
    )


def _renamed(id: str, known: Mapping[str, object]) -> str:
    """The id that something has now which had this one before."""
    return next((new for new, thing in known.items() if isinstance(thing, Thing) and id in thing.former_ids), "")


def _ids_of(kind: str, ids: Ids) -> str:
    names = one_of(ids[kind])
    return f"the id of {a(KINDS[kind].noun)}: {names}" if names else f"nothing, for there is no {KINDS[kind].noun} yet"


def category_problems(record: Record, categories: Categories) -> Iterator[Problem]:
    """Values that are not in the plan's category lists."""
    for holder, path, mark, value in record.marked(Category):
        allowed = _allowed(categories, mark, holder)
        if allowed is not None and value not in allowed:
            guess = nearest(value, allowed)
            write = f'write "{guess}" instead' if guess else "write one of the allowed words"
            yield Problem(
                holder.at(*path),
                f'found the text "{shown(value)}" for "{path[0]}"',
                allowed=one_of(allowed, most=40),
                nearest=guess,
                fix=f"{write}, or add the new one to categories.yml.",
            )


def _allowed(categories: Categories, mark: Category, holder: Record) -> list[str] | None:
    entries = getattr(categories, mark.name)
    if not mark.within:
        return [entry.name if isinstance(entry, CategoryGroup) else entry for entry in entries]
    chosen = getattr(holder, mark.within)
    # Where the group itself is wrong, that is the one mistake to report.
    return next((list(entry.items) for entry in entries if entry.name == chosen), None)


def text_problems(record: Record, ids: Ids, unread: frozenset[str], texts: Mapping[str, str]) -> Iterator[Problem]:
    """Live figures and links in prose that lead nowhere. `texts` are the files as they were written."""
    for holder, path, _, text in record.marked(Written):
        start = holder.at(*path)
        place_at = partial(_place_of, start=start, text=text, written=texts.get(start.file, ""))
        yield from mention_problems(text, place_at, ids, unread)


def _place_of(mention: Mention, start: Place, text: str, written: str) -> Place:
    """The place of a mention in a text that starts at a place of a file, where it may be broken into other lines."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in text[mention.start : mention.end].split()))
    earlier = len(pattern.findall(text[: mention.start]))
    lines = written.split("\n")
    offset = sum(len(line) + 1 for line in lines[: start.line - 1]) + start.column - 1
    match = next(islice(pattern.finditer(written, offset), earlier, None), None)
    return start if match is None else Place.in_text(start.file, written, match.start())


def mention_problems(
    text: str, place_at: Callable[[Mention], Place], ids: Ids, unread: frozenset[str]
) -> Iterator[Problem]:
    """The live figures and links of one text that lead nowhere. `place_at` gives the place of each in its file."""
    for mention in mentions(text):
        problem = (_figure_problem if mention.what == "figure" else _link_problem)(mention, place_at, ids, unread)
        if problem is not None:
            yield problem


def _figure_problem(
    mention: Mention, place_at: Callable[[Mention], Place], ids: Ids, unread: frozenset[str]
) -> Problem | None:
    verb, id = mention.kind, mention.id
    subject = f"{id} {mention.period}".strip()
    found = f'found the live figure "{shown(f"{verb} {subject}".strip())}"'
    if verb not in VERBS:
        guess = nearest(verb, VERBS)
        return Problem(
            place_at(mention),
            f"{found}, which starts with an unknown word",
            allowed=one_of(_form(verb, kind) for verb, kind in VERBS.items()),
            nearest=guess,
            fix=f'write "{shown(f"{guess} {subject}".strip())}" instead.'
            if guess
            else "start it with one of the allowed words, then name what it is about.",
        )
    kind = VERBS[verb]
    if not id:
        allowed = one_of(COUNTS, most=40) if kind == "count" else _ids_of(kind, ids)
        fix = f'write {"what is counted" if kind == "count" else f"the id of {a(kind)}"} after "{verb}".'
        return Problem(place_at(mention), f"{found}, which does not say of what", allowed=allowed, fix=fix)
    if kind != "count":
        if id in ids[kind]:
            return need_problem(mention, found, place_at, ids[kind])
        return None if kind in unread else _dangling(place_at(mention), found, kind, id, ids, f"{verb} ")
    if subject in COUNTS:
        return None
    guess = nearest(subject, COUNTS)
    return Problem(
        place_at(mention),
        f"{found}, which counts something unknown",
        allowed=one_of(COUNTS, most=40),
        nearest=guess,
        fix=f'write "count {guess}" instead.' if guess else 'write one of the allowed words after "count".',
    )


def _form(verb: str, kind: str) -> str:
    """How a live figure with this verb is written."""
    period = {True: " PERIOD", False: " (PERIOD)"}[PERIODS[verb]] if verb in PERIODS else ""
    return f"{verb} {'WHAT' if kind == 'count' else kind.upper()}{period}"


def _link_problem(
    mention: Mention, place_at: Callable[[Mention], Place], ids: Ids, unread: frozenset[str]
) -> Problem | None:
    kind, id = mention.kind, mention.id
    found = f'found the link "{shown(f"{kind}:{id}")}"'
    if kind in ids:
        known = id in ids[kind] or kind in unread
        return None if known else _dangling(place_at(mention), found, kind, id, ids, f"{kind}:")
    guess = nearest(kind, ids)
    return Problem(
        place_at(mention),
        f"{found}, which starts with an unknown word",
        allowed=one_of(ids, most=40),
        nearest=guess,
        fix=f'write "{shown(f"{guess}:{id}")}" instead.'
        if guess
        else "write the kind, a colon and the id, as in metric:ems-response-90th.",
    )
