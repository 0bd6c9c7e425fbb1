"""Which change last touched what the plan's pages are made of, as git knows it.

A change is what came onto the main line in one step: a merged pull request, a squashed one, or a single commit. Its day
is that of the commit that put it there, in the time zone where that was done. Where git does not know for sure, nothing
is said: in a copy without history, in one that is cut off before the change, and where a file is not as it was
committed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from safety_plan.problems import Place
from safety_plan.reading.entries import Entry, entries
from safety_plan.reading.git import NoRepositoryError, Repository, Step

_MOST_VERSIONS = 200
"""How many versions of a register are compared with one another."""

_SIGNED = re.compile(r"(author|committer) .*<([^<>\n]*)> (-?\d+) ([+-])(\d\d)(\d\d)")
_APPROVED = re.compile(r"^Approved-by:[^<\n]*<([^<>\n]+)>\s*$", re.MULTILINE | re.IGNORECASE)
_OF_A_HOST = frozenset({"noreply@github.com", "noreply@gitlab.com"})
"""Who commits where somebody pressed a button on the host's pages."""

_MERGED = re.compile(r"Merge(?:d in .*\()?[^#\n]*pull request #(\d+)")
_SQUASHED = re.compile(r"(.+?)\s*\(#(\d+)\)")
_ON_GITLAB = re.compile(r"^See merge request [^\s!]*!(\d+)\s*$", re.MULTILINE)
_NO_TITLE = re.compile(r"Merge (?:(?:remote-tracking )?branch\b|[0-9a-f]{7,64} into\b)")
"""What git and hosts write where nobody wrote a title."""


@dataclass(frozen=True)
class Change:
    """A step of the main line: its commit, its day, what it is called, and how long ago it came, in steps.

    `number` is that of the pull request, or of the merge request where `on_gitlab`; None where it came without one.
    `title` is empty where only the name of a branch is known, which may be that of a person. `accepted_by` holds the
    e-mail addresses of those who let it in, as far as git knows them: they are never shown.
    """

    commit: str
    on: dt.date
    title: str
    age: int
    number: int | None = None
    on_gitlab: bool = False
    accepted_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """The last change of each file, by its label, and of each entry of a register, by its file and first line.

    What is not in them, or None, is not known. `why` says why nothing at all is known, empty otherwise.
    """

    files: Mapping[str, Change | None] = field(default_factory=dict)
    entries: Mapping[tuple[str, int], Change | None] = field(default_factory=dict)
    why: str = ""

    def entry(self, place: Place) -> Change | None:
        """The last change of the entry of a register whose first key stands at this place."""
        return self.entries.get((place.file, place.line))


def read_history(base: Path, texts: Mapping[str, str], registers: Collection[str]) -> History:
    """The history of the files with these labels and these texts in the project at `base`.

    `registers` are those of which each entry is looked at by itself.
    """
    try:
        repository = Repository(base)
        return _Reader(repository, texts, registers).history()
    except NoRepositoryError as error:
        return History(why=str(error))


@dataclass(frozen=True)
class _Version:
    """A version of a file: where git has it, and the step that made it, None where that is not known."""

    name: str
    step: int | None


class _Reader:
    def __init__(self, repository: Repository, texts: Mapping[str, str], registers: Collection[str]) -> None:
        self.repository, self.texts, self.registers = repository, texts, registers
        self.steps = tuple(repository.steps())
        self.cut_off = self._cut_off()

    def history(self) -> History:
        versions = self._versions()
        known = self._as_committed()
        last = {label: versions[label][0].step if versions[label] and label in known else None for label in self.texts}
        of_entries = dict(self._entries(versions))
        wanted = {step for step in (*last.values(), *of_entries.values()) if step is not None}
        changes = self._changes(sorted(wanted))
        return History(
            {label: _of(step, changes) for label, step in last.items()},
            {at: _of(step, changes) for at, step in of_entries.items()},
        )

    def _cut_off(self) -> str:
        """The oldest commit of a copy that is cut off there, which seems to bring in every file; "" in a whole one."""
        oldest = self.steps[-1]
        if oldest.parents:
            return ""
        written, _, _ = self.repository.objects([oldest.commit]).get(oldest.commit, b"").partition(b"\n\n")
        return oldest.commit if b"\nparent " in written else ""

    def _path(self, label: str) -> str:
        return f"{self.repository.prefix}{label}"

    def _as_committed(self) -> set[str]:
        """The files that are as they were committed. How lines end is no difference."""
        names = {label: f"{self.repository.head}:{self._path(label)}" for label in self.texts}
        found = self.repository.objects(names.values())
        return {
            label
            for label, name in names.items()
            if name in found and _plain(_text(found[name])) == _plain(self.texts[label])
        }

    def _versions(self) -> dict[str, list[_Version]]:
        """The versions of each file, newest first, followed through changes of its name."""
        found: dict[str, list[_Version]] = {label: [] for label in self.texts}
        now = {self._path(label): label for label in self.texts}
        for number, step in enumerate(self.steps):
            for path in [path for path in now if path in step.before]:
                label, before = now.pop(path), step.before[path]
                if path not in step.moved:
                    known = None if step.commit == self.cut_off else number
                    found[label].append(_Version(f"{step.commit}:{path}", known))
                if before is not None:
                    now[before] = label
        for path, label in now.items():
            # It is older than what git was asked for, so this is only what it was before.
            found[label].append(_Version(f"{self.steps[-1].commit}:{path}", None))
        return found

    def _entries(self, versions: Mapping[str, Sequence[_Version]]) -> Iterator[tuple[tuple[str, int], int | None]]:
        """The step that last changed each entry of each register."""
        looked_at = {label: versions[label][:_MOST_VERSIONS] for label in self.registers if label in self.texts}
        blobs = self.repository.objects(version.name for found in looked_at.values() for version in found)
        for label, found in looked_at.items():
            former = [(version.step, _by_id(_text(blobs.get(version.name, b"")))) for version in found]
            for entry in entries(_plain(self.texts[label])):
                yield (label, entry.line), _last_step(entry, former)

    def _changes(self, wanted: Iterable[int]) -> dict[int, Change]:
        steps = {number: self.steps[number] for number in wanted}
        commits = self.repository.objects(step.commit for step in steps.values())
        found = ((number, _change(step, number, commits.get(step.commit, b""))) for number, step in steps.items())
        return {number: change for number, change in found if change is not None}


def _of(step: int | None, changes: Mapping[int, Change]) -> Change | None:
    return None if step is None else changes.get(step)


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", errors="replace")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _by_id(text: str) -> dict[tuple[str, str], str]:
    return {(entry.key, entry.id): entry.text for entry in entries(_plain(text))}


def _last_step(entry: Entry, former: Sequence[tuple[int | None, Mapping[tuple[str, str], str]]]) -> int | None:
    """The step after which an entry was for the first time as it is now, and has been since."""
    found: int | None = None
    for number, (step, texts) in enumerate(former):
        if texts.get((entry.key, entry.id)) != entry.text:
            # Before the newest version there is nothing but what has not been committed.
            return found if number else None
        found = step
    # Cut off before its first version, an entry may be older than all that can be seen.
    return found if former and len(former) < _MOST_VERSIONS else None


def _change(step: Step, age: int, content: bytes) -> Change | None:
    """What a commit says of itself; None where its date cannot be read."""
    head, _, message = content.decode("utf-8", errors="replace").partition("\n\n")
    signed = {match[1]: match for match in map(_SIGNED.match, head.split("\n")) if match}
    on = _day(signed["committer"]) if "committer" in signed else None
    if on is None:
        return None
    title, number, on_gitlab = _called(message.strip())
    approved = tuple(dict.fromkeys(mail.casefold() for mail in _APPROVED.findall(message)))
    return Change(step.commit, on, title, age, number, on_gitlab, approved or _merger(step, signed))


def _day(signed: re.Match[str]) -> dt.date | None:
    """The day of a signature, where the clock of its writer stood."""
    _, _, seconds, sign, hours, minutes = signed.groups()
    away = dt.timedelta(hours=int(hours), minutes=int(minutes))
    try:
        zone = dt.timezone(away if sign == "+" else -away)
        return dt.datetime.fromtimestamp(int(seconds), zone).date()
    except (ValueError, OverflowError, OSError):
        return None


def _merger(step: Step, signed: Mapping[str, re.Match[str]]) -> tuple[str, ...]:
    """Who put a change onto the main line. Behind a host's button, git knows it of merges only, as their author."""
    committer = signed["committer"][2].casefold()
    if committer not in _OF_A_HOST:
        return (committer,)
    return (signed["author"][2].casefold(),) if len(step.parents) > 1 and "author" in signed else ()


def _called(message: str) -> tuple[str, int | None, bool]:
    """The title of a change, its number, and whether that is one of GitLab."""
    subject, _, body = message.partition("\n")
    first = body.strip().partition("\n")[0].strip()
    if found := _ON_GITLAB.search(message):
        return (first if _NO_TITLE.match(subject) else subject), int(found[1]), True
    if found := _MERGED.match(subject):
        return first, int(found[1]), False
    if squashed := _SQUASHED.fullmatch(subject):
        return squashed[1], int(squashed[2]), False
    # A branch is often called after the person who works on it.
    return ("" if _NO_TITLE.match(subject) else subject), None, False
