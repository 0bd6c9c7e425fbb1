"""Writes into data/accessibility.yml that the pages were checked today, when all checks passed: `make access`."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from pathlib import Path

from tests.access import MODES, html_files
from tests.support import ROOT, build, copy_project

RECORD = ROOT / "data" / "accessibility.yml"
# From the first key that is written here to the first that people write.
_WRITTEN = re.compile(r"^checked:.*?(?=^(?:by_people|limits):|\Z)", re.MULTILINE | re.DOTALL)


def checkers() -> list[str]:
    """What the checks are made with, by the lock."""
    lock = json.loads((ROOT / "tests" / "tools" / "package-lock.json").read_text(encoding="utf-8"))
    names = {"axe-core": "axe-core", "vnu-jar": "Nu Html Checker"}
    return [f"{said} {lock['packages'][f'node_modules/{name}']['version']}" for name, said in names.items()]


def main() -> None:
    """Keep what people wrote into the file, such as the limits."""
    with tempfile.TemporaryDirectory() as folder:
        pages = len(html_files(build(copy_project(Path(folder)))))
    lines = [f"checked: {dt.date.today()}", f"pages: {pages}", f"modes: {MODES}", "faults: 0", "checkers:"]
    lines += [f"  - {checker}" for checker in checkers()]
    text, places = _WRITTEN.subn("\n".join(lines) + "\n", RECORD.read_text(encoding="utf-8"))
    assert places == 1, "the record is not written as before"
    RECORD.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
