"""What is owed as JSON, for other programs."""

from __future__ import annotations

import json

from safety_plan.commands.due.found import Due, Owed


def as_json(owed: Owed) -> str:
    """All that is owed as one JSON object; `safety-plan due --help` names its keys, which stay."""
    dues = [(owner.name, due) for owner in owed.owners for due in owner.dues]
    answer = {
        "plan": owed.plan.document.title,
        "as_of": str(owed.as_of),
        "until": str(owed.until),
        "late": sum(due.item.days > 0 for _, due in dues),
        "soon": sum(not due.item.days for _, due in dues),
        "items": [_keys(name, due) for name, due in dues],
    }
    return f"{json.dumps(answer, ensure_ascii=False, indent=1)}\n"


def _keys(owner: str, due: Due) -> dict[str, object]:
    item = due.item
    return {
        "uid": due.uid,
        "promise": item.promise.slug,
        "kind": item.kind,
        "id": item.id,
        "what": due.what,
        "owner": item.owner,
        "owner_name": owner,
        "with": list(item.parts),
        "period": str(item.period) if item.period else None,
        "due": str(item.due),
        "days_late": item.days,
        "days_left": due.days_left,
        "file": due.place.file,
        "line": due.place.line,
        "write": due.write,
        "command": due.command,
    }
