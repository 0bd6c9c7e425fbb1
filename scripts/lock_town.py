"""Write the versions of the libraries of a new town's site, out of those this repository is locked to."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
CONSTRAINTS = ROOT / "plugins" / "safety_plan" / "editing" / "starter" / "constraints.txt"

_HEAD = "# The versions of all libraries. They change when a newer version of the program brings newer ones.\n"
_WANTED = "mkdocs-safety-plan (pyproject.toml)"
"""What the lock says of a library that the program itself asks for, and not only those who work on it."""


def main() -> None:
    """Follow the libraries from the program on: each names those that ask for it."""
    CONSTRAINTS.write_text(constraints(LOCK.read_text(encoding="utf-8")), encoding="utf-8")


def constraints(lock: str) -> str:
    """The exact versions of what the program needs at run time, without hashes or addresses."""
    entries = [entry for entry in re.split(r"\n(?=\w)", lock.strip()) if entry]
    askers: dict[str, set[str]] = {}
    for entry in entries:
        name, via = entry.partition("==")[0], entry.partition("# via")[2]
        askers.setdefault(name, set()).update(line.strip("# ") for line in via.splitlines() if line.strip("# "))
    needed = {_WANTED}
    while more := {name for name, who in askers.items() if who & needed} - needed:
        needed |= more
    lines = (entry.partition("\\")[0].strip() for entry in entries if entry.partition("==")[0] in needed)
    return _HEAD + "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
