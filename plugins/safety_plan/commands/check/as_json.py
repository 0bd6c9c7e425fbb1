"""The findings as JSON, for other programs."""

from __future__ import annotations

import json

from safety_plan.commands.check.found import Findings
from safety_plan.problems import Problem


def as_json(found: Findings) -> str:
    """All findings as one JSON object.

    Its keys stay: `ok` (true where there are no mistakes), `mistakes` and `warnings` (how many of each), `counts` (how
    many of each kind of thing the plan has; empty where there are mistakes) and `problems`, a list of objects with
    `severity` (mistake or warning), `file`, `line` and `column` (both from 1), `found`, `allowed`, `nearest` and `fix`.
    What does not apply is an empty text.
    """
    answer = {
        "ok": not found.mistakes,
        "mistakes": len(found.mistakes),
        "warnings": len(found.warnings),
        "counts": {f"{noun}s": count for noun, count in found.counts.items()},
        "problems": [{"severity": severity, **_keys(problem)} for severity, problem in found.all()],
    }
    return f"{json.dumps(answer, ensure_ascii=False, indent=1)}\n"


def _keys(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "found": problem.found,
        "allowed": problem.allowed,
        "nearest": problem.nearest,
        "fix": problem.fix,
    }
