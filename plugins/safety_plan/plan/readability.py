"""How hard an English text is to read: its sentences, its words, their syllables, and the grade that follows from them.

The grade is that of Flesch and Kincaid: the year of school in the United States after which a text is read with ease.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from safety_plan.reading.live import mentions, without_code

_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+")
_ENDS_NOTHING = re.compile(r"(?:\b(?:[A-Za-z]\.)+|\b(?:No|Mr|Ms|Mrs|Dr|St|vs|Sec|Conn|Inc)\.)$")
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.)\s)")
_MARK = re.compile(r"^\s*(?:[-*+]|\d+\.|>)\s+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_NOT_PROSE = re.compile(r"^\s*(?:#|\||<)")


@dataclass(frozen=True)
class Sentence:
    """A sentence as a reader sees it, and its words."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Readability:
    """A text as the formula sees it: its sentences, and the number of all syllables in them."""

    sentences: tuple[Sentence, ...]
    syllables: int

    @property
    def words(self) -> int:
        """How many words there are."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @property
    def longest(self) -> Sentence:
        """The sentence with the most words; a text without any has none."""
        return max(self.sentences, key=lambda sentence: len(sentence.words))

    @property
    def grade(self) -> float:
        """The grade of the text, which must hold a word.

        From Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas for Navy Enlisted
        Personnel", Research Branch Report 8-75, 1975: 0.39 times the words of a sentence, and 11.8 times the syllables
        of a word, less 15.59.
        """
        return 0.39 * self.words / len(self.sentences) + 11.8 * self.syllables / self.words - 15.59


def readability(text: str) -> Readability:
    """The sentences and syllables of a text in Markdown. Headings, tables and code are not read as sentences."""
    found = tuple(_sentences(text))
    return Readability(found, sum(syllables(word) for sentence in found for word in sentence.words))


def _sentences(text: str) -> Iterator[Sentence]:
    for block in _BLOCK.split(_as_read(text)):
        if _NOT_PROSE.match(block):
            continue
        for sentence in _split(" ".join(_MARK.sub("", block).split())):
            words = tuple(filter(None, (_bare(word) for word in sentence.split())))
            if words:
                yield Sentence(sentence, words)


def _as_read(text: str) -> str:
    """The text without marks: a live figure stands as a number, a link as its words, code not at all."""
    parts, end = [], 0
    plain = without_code(text)
    for mention in mentions(plain):
        if mention.what == "figure":
            parts += [plain[end : mention.start], "9"]
            end = mention.end
    return re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", _LINK.sub(r"\1", "".join([*parts, plain[end:]])))


def _split(block: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(block):
        if not _ENDS_NOTHING.search(block[: match.start()]):
            yield block[start : match.end()].strip()
            start = match.end()
    yield block[start:].strip()


def _bare(word: str) -> str:
    """The word without the signs around it; "" for a dash that stands alone."""
    return re.sub(r"^[^\w]+|[^\w]+$", "", word)


_LETTERS = re.compile(r"[A-Za-z]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    # The e of "more" and "rules" is not heard; that of "table" is, and so is that of "places".
    r"(?:[^aeiouyl]|[aeiouy]l)e$|(?:[^aeiouyscgxzhl]|[aeiouy]l|th)es$|[^aeiouytdl]ed$|[aeiouyl]led$|[aeiouy]led$"
)
_SILENT_INSIDE = re.compile(
    # Nor that of "safety", "statement", "careful" or "someone".
    r"[aeiouy][^aeiouy]e(?:ty|ties|ment|ments|ful|fully|less|ly|ness|work|where|one|thing|times|body|guard|line|wide)"
    r"(?:s|'s)?$|^(?:fire|home|life|time|safe|house|space|base|side|fore|trade|stake|lime|wire|case|face)"
    r"(?=[b-df-hj-np-tv-z][a-z])"
)
_TWO_HEARD = re.compile(
    # Two vowels side by side that are said one after the other, as in "period", "area", "actual" and "being".
    r"(?<![ctsgx])i[ao]|(?<=v)iou|eo(?=$|[^p])(?!us)|(?<=[crd])ea(?=t[eio]|$)|(?<!q)(?<!g)ua|[aeouy]ing"
    r"|uous|(?<=[clqtr])ie(?=n[ct]|t)(?!nt$|nts$|nce|ncy)|yi|iu|rea$|(?<=[sh])oe(?=[mt])"
)
_AS_HEARD = {
    "area": 3,
    "areas": 3,
    "area's": 3,
    "being": 2,
    "business": 2,
    "client": 2,
    "every": 2,
    "everyone": 3,
    "evening": 2,
    "fire": 1,
    "hundred": 2,
    "idea": 3,
    "ideas": 3,
    "medicine": 3,
    "people": 2,
    "quiet": 2,
    "science": 2,
    "several": 3,
    "society": 4,
    "use": 1,
    "used": 1,
    "uses": 2,
    "variety": 4,
}
"""Words that the rule would get wrong and that plans often use."""


@cache
def syllables(word: str) -> int:
    """How many syllables a word has in English, by a rule of thumb that is right for most words.

    Parts joined by hyphens are counted one by one. A number counts as one. Letters in capitals are said one by one.
    """
    parts = _LETTERS.findall(word.replace("'s", "s").replace("’s", "s").replace("'", "").replace("’", ""))
    return sum(len(part) if len(part) > 1 and part.isupper() else _heard(part.lower()) for part in parts) or 1


def _heard(word: str) -> int:
    if word in _AS_HEARD:
        return _AS_HEARD[word]
    count = len(_VOWELS.findall(word)) + len(_TWO_HEARD.findall(word))
    if count > 1 and _SILENT.search(word):
        count -= 1
    if count > 1 and _SILENT_INSIDE.search(word):
        count -= 1
    return max(count, 1)
