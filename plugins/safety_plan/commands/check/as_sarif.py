"""The findings as SARIF 2.1.0, the form of the OASIS standard in which tools hand over what they found."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from safety_plan import __version__
from safety_plan.commands.check.found import MEANINGS, Findings, Severity
from safety_plan.problems import Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"mistake": "error", "warning": "warning"}
_ORDER = tuple(_LEVELS)
_HOW_TO_MEND = "Open the file at the line that is named and do what stands after “Fix:”."


def as_sarif(found: Findings) -> str:
    """One run with a result for each finding.

    There is a rule for mistakes and one for warnings; see `MEANINGS`. Files are named from the folder on in which the
    command runs, which is that of the repository. A finding keeps its fingerprint when lines above it come or go.
    """
    driver = {"name": "safety-plan", "version": __version__, "rules": [_rule(severity) for severity in _ORDER]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(severity, problem) for severity, problem in found.all()],
    }
    return f"{json.dumps({'$schema': _SCHEMA, 'version': '2.1.0', 'runs': [run]}, ensure_ascii=False, indent=1)}\n"


def _rule(severity: Severity) -> dict[str, Any]:
    return {
        "id": _rule_id(severity),
        "shortDescription": {"text": f"A {severity} in the plan"},
        "fullDescription": {"text": MEANINGS[severity]},
        "help": {"text": _HOW_TO_MEND},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }


def _rule_id(severity: Severity) -> str:
    return f"safety-plan/{severity}"


def _result(severity: Severity, problem: Problem) -> dict[str, Any]:
    place = problem.place
    print_of = hashlib.sha256(f"{place.file}\n{problem.found}".encode()).hexdigest()
    result = {
        "ruleId": _rule_id(severity),
        "ruleIndex": _ORDER.index(severity),
        "level": _LEVELS[severity],
        "message": {"text": str(problem).removeprefix(f"{place}: ")},
        "partialFingerprints": {"found/v1": print_of},
    }
    if place.file:
        region = {"startLine": place.line, "startColumn": place.column}
        result["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(place.file), "region": region}}]
    return result


def _artifact(file: str) -> dict[str, str]:
    path = Path(file)
    return {"uri": path.as_uri()} if path.is_absolute() else {"uri": quote(file), "uriBaseId": "%SRCROOT%"}
