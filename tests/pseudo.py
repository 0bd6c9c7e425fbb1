"""A language that nobody speaks: each text long, with marks on its letters and brackets around it.

What comes out without brackets was never given to a translator; what is cut off would be cut off in a real language.
"""

from __future__ import annotations

import re

from babel import Locale
from babel.support import NullTranslations

from safety_plan.language import Language

OPEN, CLOSE = "⟦", "⟧"
_KEPT = re.compile(r"\{\{.*?\}\}|\{\w*\}|%\(\w+\)s|%%|<[^>]*>|\]\([^)]*\)|&\w+;|`[^`]*`")
_MARKED = str.maketrans("aeiouncAEIOUNC", "áéíóúñçÁÉÍÓÚÑÇ")
_RIGHT_TO_LEFT = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه")
_LONGER = 0.35
_MARK = "ñ"


def pseudo(text: str, *, right_to_left: bool = False) -> str:
    """A text with everything but its values changed, and a third longer."""
    parts, end, letters = [], 0, 0
    for kept in _KEPT.finditer(text):
        parts += [_said(text[end : kept.start()], right_to_left), kept[0]]
        letters += kept.start() - end
        end = kept.end()
    parts.append(_said(text[end:], right_to_left))
    letters += len(text) - end
    longer = " ".join([_MARK * 4] * max(1, round(letters * _LONGER / 5)))
    return f"{OPEN}{''.join(parts)} {longer}{CLOSE}"


def _said(text: str, right_to_left: bool) -> str:
    return text.lower().translate(_RIGHT_TO_LEFT) if right_to_left else text.translate(_MARKED)


class PseudoTexts(NullTranslations):
    """The texts of the language, for those who ask gettext."""

    def __init__(self, *, right_to_left: bool = False) -> None:
        super().__init__()
        self.right_to_left = right_to_left

    def gettext(self, message: str) -> str:
        """A text."""
        return pseudo(message, right_to_left=self.right_to_left)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """A text that counts, in two forms."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """A text that means something else elsewhere."""
        return self.gettext(message)


LONG = Language("en", Locale("en", "US"), PseudoTexts())
"""Left to right, with English dates and numbers, so that only texts differ."""
