"""Somebody who answers whatever `safety-plan new` asks, one question after the other, as a person at a terminal."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping

DAY, PERIOD = "2027-06-15", "2027-Q1"
_MOST = 400


class Answers(io.RawIOBase):
    """What is typed at a terminal: each line depends on the question that stands there when it is typed.

    `said` are answers to certain questions, by their labels, each given once; `asked` remembers every question with its
    answer. With `everything`, what may be left empty is answered, too.
    """

    def __init__(self, said: Mapping[str, str] | None = None, *, everything: bool = False) -> None:
        super().__init__()
        self.said, self.everything = dict(said or {}), everything
        self.asked: list[tuple[str, str]] = []

    def readable(self) -> bool:
        """It can be read from."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next line that is typed."""
        if size == 0:
            return b""
        sys.stdout.flush()
        screen = sys.stdout.buffer
        assert isinstance(screen, io.BytesIO)
        shown = screen.getvalue().decode()
        assert len(self.asked) < _MOST, f"asked without an end:\n{shown[-2000:]}"
        question = shown.rpartition("\n\n")[2]
        label = question.partition(":")[0].strip()
        answer = self._answer(label, question)
        self.asked.append((label, answer))
        return f"{answer}\n".encode()

    def _answer(self, label: str, question: str) -> str:
        prompt = question.rpartition("\n")[2]
        if "[y/N]" in prompt:
            return "y" if self.everything and "Another" not in prompt else "n"
        if label in self.said:
            return self.said.pop(label)
        if prompt.endswith("]> "):
            return ""
        passed = "It may be left empty" in question and not self.everything
        # Who passed over something that turns out to be needed gives it when asked again.
        if (passed and (label, "") not in self.asked) or self._ends_list(label, question):
            return ""
        return self._in_form(label, question)

    def _ends_list(self, label: str, question: str) -> bool:
        return "One at a time" in question and bool(self.asked) and self.asked[-1][0] == label

    def _in_form(self, label: str, question: str) -> str:
        if re.search(r"^ +1  ", question, re.MULTILINE):
            return "1"
        if bounds := re.search(r"number from (\d+) to", question):
            return bounds[1]
        forms = {
            "A date such": DAY,
            "A year, a quarter": PERIOD,
            "A number": "12",
            "A whole number": "12",
            "yes or no.": "no",
        }
        forms |= {"https://": "https://example.org/text", "An e-mail": "chief@example.org"}
        found = next((answer for sign, answer in forms.items() if sign in question), None)
        return found or f"{label} as it was typed {len(self.asked)}"
