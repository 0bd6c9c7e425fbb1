"""What changes around the plan: hand-written pages, pictures, the settings of the site, and translations."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from safety_plan.problems import Place, shown
from safety_plan.publishing.differences.both import Both
from safety_plan.publishing.differences.difference import Difference, Language, Part
from safety_plan.publishing.differences.teller import excerpts
from safety_plan.reading.content import HandWritten

_AS_OF = "as_of"
_MOST_TEXTS = 5
"""How many texts of a language are told one by one."""

_LENGTH = 80
"""How many characters of a text are quoted, so that it is known again."""

_LONGEST = 200
"""How many characters of an address are told."""

_MOST_PLACES = 3
"""How many places of a hand-written page are told one by one."""


def hand_written_differences(both: Both) -> Iterator[Difference]:
    """The hand-written pages that come, go and change, and the pictures beside them."""
    before = {page.path: page for page in both.before.pages}
    after = {page.path: page for page in both.after.pages}
    for path, page in after.items():
        if path not in before:
            sentence = f"The hand-written page {_address(path)} is new."
            yield Difference(Part.PAGES, sentence, "new", place=page.place(0), address=_address(path))
        elif before[path].text != page.text:
            yield from _changed(both, before[path], page)
    for path, page in before.items():
        if path not in after:
            sentence = f"The hand-written page {_address(path)} is no longer on the site; its address leads nowhere."
            place = page.place(0)
            yield Difference(
                Part.PAGES, sentence, "gone", place=place, address=_address(path), warns=True, from_before=True
            )
    yield from _pictures(both)


def _address(path: str) -> str:
    name = path.removesuffix(".md").removesuffix("index").rstrip("/")
    return shown(f"{name}/" if name else "/", _LONGEST)


def _changed(both: Both, old: HandWritten, new: HandWritten) -> Iterator[Difference]:
    """The lines of a page that change."""
    was, now = old.text.splitlines(), new.text.splitlines()
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    places = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    address = _address(new.path)
    for _, first, end, start, stop in places[:_MOST_PLACES]:
        one, other = (" ".join(lines).strip() for lines in (was[first:end], now[start:stop]))
        before, after = excerpts(one, other)
        before = "" if both.hushed or not one else before
        place = Place(new.file, min(start + 1, max(len(now), 1)))
        if not other:
            what = f"loses {before}" if before else "loses a part"
        elif not one:
            what = f"gains {after}"
        else:
            what = f"changes from {before} to {after}" if before else f"changes, and reads {after}"
        sentence = f"The hand-written page {address} {what}."
        yield Difference(Part.PAGES, sentence, "changed", None, "", before, after if other else "", place, address)
    if len(places) > _MOST_PLACES:
        more = len(places) - _MOST_PLACES
        sentence = f"The hand-written page {address} changes in {more} more {'place' if more == 1 else 'places'}."
        yield Difference(Part.PAGES, sentence, place=Place(new.file), address=address)


def _pictures(both: Both) -> Iterator[Difference]:
    before, after = both.before.pictures, both.after.pictures
    for path in sorted({*before, *after}):
        if path not in before:
            yield Difference(Part.PAGES, f"The file {shown(path)} is new on the site.", "new", address=path)
        elif path not in after:
            sentence = f"The file {shown(path)} is no longer on the site."
            yield Difference(Part.PAGES, sentence, "gone", address=path, warns=True)
        elif before[path] != after[path]:
            yield Difference(Part.PAGES, f"The file {shown(path)} on the site is another one.", address=path)


def setting_differences(both: Both) -> Iterator[Difference]:
    """What mkdocs.yml sets otherwise."""
    before, after = both.before.settings, both.after.settings
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key), after.get(key)
        was, now = (found.text if found is not None else "" for found in (old, new))
        place = next((found.place for found in (new, old) if found is not None), Place(""))
        if was == now:
            continue
        what = "The day that counts as today" if key.rpartition(".")[2] == _AS_OF else f"The setting {shown(key)}"
        if was and now:
            sentence = f"{what} changes from {_setting(was)} to {_setting(now)}."
        elif now:
            sentence = f"{what} is set, to {_setting(now)}."
        else:
            sentence = f"{what} is not set any more; it was {_setting(was)}."
        yield Difference(Part.SITE, sentence, "changed", None, key, was, now, place, from_before=new is None)


def _setting(text: str) -> str:
    return f"“{shown(text, 100)}”"


def translation_differences(both: Both) -> Iterator[Difference]:
    """What changes in the further languages: texts that lose their translation, gain one, or get another one."""
    for code, language in both.after.languages.items():
        before = both.before.languages.get(code)
        if before is None:
            sentence = f"The site is new in {language.name}."
            yield Difference(Part.TRANSLATIONS, sentence, "new", place=Place(language.file), address=f"{code}/")
        else:
            yield from _of_language(both, code, before, language)
    for code, language in both.before.languages.items():
        if code not in both.after.languages:
            sentence = f"The site is no longer there in {language.name}; its addresses below {code}/ lead nowhere."
            yield Difference(
                Part.TRANSLATIONS,
                sentence,
                "gone",
                place=Place(language.file),
                address=f"{code}/",
                warns=True,
                from_before=True,
            )


def _of_language(both: Both, code: str, before: Language, after: Language) -> Iterator[Difference]:
    was_wanted = {text.key for text in both.before.wanted}
    lacking = [text for text in both.after.wanted if text.key not in after.texts]
    lost = [text for text in lacking if text.key not in was_wanted or text.key in before.texts]
    for text in lost[:_MOST_TEXTS]:
        sentence = (
            f"In {after.name}, “{both.new.text(text.text, _LENGTH)}” is not translated and is shown as it was written."
        )
        yield Difference(
            Part.TRANSLATIONS, sentence, "gone", None, text.context, "", text.text, text.place, f"{code}/", warns=True
        )
    if len(lost) > _MOST_TEXTS:
        sentence = f"In {after.name}, {len(lost) - _MOST_TEXTS} more texts that are new or changed are not translated."
        yield Difference(Part.TRANSLATIONS, sentence, "gone", place=Place(after.file), address=f"{code}/", warns=True)
    gained = 0
    for text in both.after.wanted:
        was, now = before.texts.get(text.key), after.texts.get(text.key)
        if now is None or was == now:
            continue
        if was is None:
            gained += 1
            continue
        one, other = ("" if both.hushed else excerpts(was, now)[0]), excerpts(was, now)[1]
        what = f"changes from {one} to {other}" if one else f"changes to {other}"
        sentence = f"In {after.name}, the text of “{both.new.text(text.text, _LENGTH)}” {what}."
        yield Difference(
            Part.TRANSLATIONS, sentence, "changed", None, text.context, one, other, Place(after.file), f"{code}/"
        )
    if gained:
        sentence = f"In {after.name}, {gained} {'text has' if gained == 1 else 'texts have'} a new translation."
        yield Difference(Part.TRANSLATIONS, sentence, "new", place=Place(after.file), address=f"{code}/")
