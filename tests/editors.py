"""Bring the form editors that tests drive: run as `python -m tests.editors` by the Makefile."""

from __future__ import annotations

from dataclasses import replace

from safety_plan.editing.forms.editors import DECAP, SVELTIA
from safety_plan.editing.forms.fetching import package_of, script_of
from tests.support import ROOT

FOLDER = ROOT / "tests" / "tools" / "node_modules" / "editors"
"""Where the editors are kept for all tests; cleared with what npm installs."""

SVELTIA_SCHEMA = FOLDER / "sveltia-cms.json"
"""What one of the editors says of its configuration, as a JSON Schema."""

DECAP_SCRIPT = FOLDER / "decap-cms.js"
SVELTIA_SCRIPT = FOLDER / "sveltia-cms.js"


def main() -> None:
    """Fetch both editors, and the schema that comes with one of them."""
    FOLDER.mkdir(exist_ok=True)
    DECAP_SCRIPT.write_bytes(script_of(DECAP, package_of(DECAP)))
    sveltia = package_of(SVELTIA)
    SVELTIA_SCRIPT.write_bytes(script_of(SVELTIA, sveltia))
    SVELTIA_SCHEMA.write_bytes(script_of(replace(SVELTIA, script="schema/sveltia-cms.json"), sveltia))


if __name__ == "__main__":
    main()
