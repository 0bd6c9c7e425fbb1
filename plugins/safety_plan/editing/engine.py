"""Where a new town's workflows are to get this program from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import metadata

from safety_plan import __version__

PACKAGE = "mkdocs-safety-plan"
_ENGINE = re.compile(r"(git\+https|git\+ssh|git\+file|https|file)://[^\s;#\"']+(#[\w=&./-]+)?")


@dataclass(frozen=True)
class Engine:
    """The program, for pip.

    `requirement` is the line for requirements.txt. `known` is whether other machines can be expected to find it: not so
    where it was installed here from a folder or a file of this machine, or from an address that asks who one is.
    """

    requirement: str
    known: bool = True


def is_engine(address: str) -> bool:
    """Whether pip can install something from this address."""
    return _ENGINE.fullmatch(address) is not None


def engine_from(address: str) -> Engine:
    """The program from an address that somebody gave."""
    return Engine(f"{PACKAGE}[pdf] @ {address}")


def engine_here() -> Engine:
    """The program as it is installed here: its version, or the very commit or package where it has an address.

    Pip notes where it took a program from, unless that was a package index: see "Recording the Direct URL Origin of
    installed distributions" in the specifications of the Python Packaging Authority.
    """
    origin = metadata.distribution(PACKAGE).read_text("direct_url.json")
    version = f"{PACKAGE}[pdf]=={__version__}"
    if not origin:
        return Engine(version)
    noted = json.loads(origin)
    address: str = noted.get("url", "")
    if not address.startswith("https://"):
        return Engine(version, known=False)
    commit = noted.get("vcs_info", {}).get("commit_id", "")
    return engine_from(f"git+{address}@{commit}" if commit else address)
