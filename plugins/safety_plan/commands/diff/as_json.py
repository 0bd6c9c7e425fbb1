"""The differences as JSON, for other programs."""

from __future__ import annotations

import json
from typing import Any

from safety_plan.commands.diff.told import Told
from safety_plan.publishing.differences.difference import Difference


def as_json(told: Told) -> str:
    """All differences as one JSON object, the most important first.

    Its keys stay. `before`, `after`: the states in words; `without`: why there is none before, else empty. `as_of`: the
    day of both. `seen`: how many changes residents see; `hushed`: whether texts of before are left out. `changes`: a
    list of objects with `part` (numbers, status, late, targets, actions, duties, risks, reviews, people, dates, gone,
    new, texts, details, pages, translations, site, behind), `change` (new, changed, gone), `sentence`, `warns`, `kind`,
    `id` and `ref` of the thing it is about, `field`, `before`, `after`, `address` on the site, `file`, `line`. What
    does not apply is an empty text; line is 0 where there is no file.
    """
    found = told.differences
    answer = {
        "before": told.before,
        "after": told.after,
        "without": told.without,
        "as_of": str(found.as_of),
        "seen": len(found.seen),
        "hushed": found.hushed,
        "changes": [_keys(one) for one in found.changes],
    }
    return f"{json.dumps(answer, ensure_ascii=False, indent=1)}\n"


def _keys(one: Difference) -> dict[str, Any]:
    thing = one.about
    return {
        "part": one.part.name.lower(),
        "change": one.kind,
        "sentence": one.sentence,
        "warns": one.warns,
        "kind": thing.kind if thing else "",
        "id": thing.id if thing else "",
        "ref": thing.ref if thing else "",
        "field": one.field,
        "before": one.before,
        "after": one.after,
        "address": one.address,
        "file": one.place.file,
        "line": one.place.line if one.place.file else 0,
    }
