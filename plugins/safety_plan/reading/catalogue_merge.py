"""A catalogue brought up to date with the texts it is for: translations stay, those of changed texts are marked.

What gettext calls fuzzy is a translation of a text as it was before; it is not shown until somebody has looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import unescape

from safety_plan.reading.catalogues import entries, strings

_ALIKE = 0.6
"""How much of a text has to be left for its translation to be a help with the new one."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Wanted:
    """A text that is to have a translation: what it is, the text and its plural where it has one, and its files."""

    context: str
    ids: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What a catalogue knows it by."""
        return self.context, self.ids[0]

    def along_with(self, other: Wanted) -> Wanted:
        """The same text where it also stands elsewhere: one that counts somewhere counts everywhere."""
        ids = max(self.ids, other.ids, key=len)
        return replace(self, ids=ids, files=tuple(dict.fromkeys((*self.files, *other.files))))


@dataclass(frozen=True)
class Entry:
    """An entry of a catalogue. `previous` is the text that a translation was made of, where it is out of date."""

    context: str
    ids: tuple[str, ...]
    strings: tuple[str, ...] = ("",)
    files: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    fuzzy: bool = False
    previous: tuple[str, ...] = ()
    obsolete: bool = False

    @property
    def key(self) -> Key:
        """What a catalogue knows it by."""
        return self.context, self.ids[0]

    @property
    def is_translated(self) -> bool:
        """Whether all forms of it are translated, as the text is now."""
        return not self.fuzzy and all(self.strings)


def merged(old: Catalog, wanted: Iterable[Wanted]) -> tuple[Entry, ...]:
    """The entries of a catalogue for the texts that are wanted, in their order, then those that are no longer wanted.

    A text that moved takes its translation along. Where a text has changed, the translation of what stood in its place
    before is kept with it, marked as out of date. Nothing that somebody has translated is lost.
    """
    wanted = tuple(wanted)
    known = {entry.key: entry for entry in _old_entries(old)}
    keys = {text.key for text in wanted}
    gone = {key: entry for key, entry in known.items() if key not in keys and any(entry.strings)}
    heirs = _heirs([text for text in wanted if not any(known.get(text.key, _NOTHING).strings)], gone)
    used: set[Key] = set()
    made = []
    for text in wanted:
        before = known.get(text.key)
        if before is not None and any(before.strings):
            made.append(_same(text, before))
        elif text.key in heirs:
            made.append(_inherited(text, heirs[text.key]))
            used.add(heirs[text.key].key)
        else:
            made.append(Entry(text.context, text.ids, files=text.files, comments=before.comments if before else ()))
    left = [replace(entry, obsolete=True, files=()) for key, entry in gone.items() if key not in used]
    return (*(_with_forms(entry, old.num_plurals) for entry in made), *left)


_NOTHING = Entry("", ("",))


def _with_forms(entry: Entry, plurals: int) -> Entry:
    """The entry with as many forms as its language has for a text that counts, and one for any other."""
    forms = plurals if len(entry.ids) > 1 else 1
    return replace(entry, strings=(*entry.strings, *[""] * forms)[:forms])


def _same(text: Wanted, before: Entry) -> Entry:
    changed = before.ids != text.ids
    return replace(
        before,
        ids=text.ids,
        files=text.files,
        obsolete=False,
        fuzzy=before.fuzzy or changed,
        previous=before.ids if changed else before.previous if before.fuzzy else (),
    )


def _inherited(text: Wanted, before: Entry) -> Entry:
    """The entry of a text that has the translation of another: one that moved, or that it was before."""
    same = text.ids in (before.ids, before.previous)
    out_of_date = before.fuzzy if text.ids == before.ids else not same
    previous = (before.previous or before.ids) if out_of_date else ()
    return Entry(text.context, text.ids, before.strings, text.files, before.comments, out_of_date, previous)


def _heirs(new: list[Wanted], gone: dict[Key, Entry]) -> dict[Key, Entry]:
    """For each text without a translation, the entry that is no longer wanted whose translation it takes over."""
    found: dict[Key, Entry] = {}
    for text in new:
        same = next((entry for entry in gone.values() if text.ids in (entry.ids, entry.previous)), None)
        if same is not None:
            found[text.key] = same
    by_context: dict[str, list[Wanted]] = {}
    for text in new:
        if text.key not in found:
            by_context.setdefault(text.context, []).append(text)
    for context, texts in by_context.items():
        rivals = [entry for entry in gone.values() if entry.context == context]
        # Where one text of a place went and one came, it is that text, changed. Texts of the code have no place.
        least = 0.0 if context and len(texts) == len(rivals) == 1 else _ALIKE
        for text in texts:
            best = _most_alike(text, rivals, least)
            if best is not None:
                rivals.remove(best)
                found[text.key] = best
    return found


def _most_alike(text: Wanted, entries: Iterable[Entry], least: float) -> Entry | None:
    ranked = [(SequenceMatcher(None, text.ids[0], entry.ids[0], False).ratio(), entry) for entry in entries]
    likeness, best = max(ranked, key=lambda pair: pair[0], default=(0.0, None))
    return best if likeness >= least else None


def _old_entries(catalogue: Catalog) -> Iterator[Entry]:
    for message in catalogue.obsolete.values():
        yield replace(_entry(message), obsolete=True)
    for message in entries(catalogue):
        yield _entry(message)


def _entry(message: Message) -> Entry:
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    # Babel takes the lines with the text as it was before for comments.
    comments = tuple(line for line in message.user_comments if not line.startswith("|"))
    return Entry(
        message.context or "",
        ids,
        strings(message),
        comments=comments,
        fuzzy=message.fuzzy,
        previous=_previous(message.user_comments),
    )


def _previous(comments: Iterable[str]) -> tuple[str, ...]:
    """The text that stands after `#|`, which Babel does not read."""
    found: list[str] = []
    for comment in comments:
        if not comment.startswith("|"):
            continue
        keyword, _, written = comment[1:].strip().partition('"')
        if keyword.strip() in ("msgid", "msgid_plural"):
            found.append("")
        if found and keyword.strip() != "msgctxt":
            found[-1] += unescape(f'"{written}')
    return tuple(found)
