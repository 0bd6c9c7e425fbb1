"""Changes of files, made all together or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

Edits = Mapping[Path, bytes | None]
"""The new content of files by their absolute paths; None where a file goes."""


def write(edits: Edits) -> None:
    """Write all files. Nothing is changed where one of them cannot be written, as on a full disk: then raises OSError.

    Each file is written beside its place first, and moved there when all are whole.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, content in edits.items():
            if content is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                ready.append((_beside(path, content), path))
        for made, path in ready:
            made.replace(path)
    finally:
        for made, _ in ready:
            made.unlink(missing_ok=True)
    for path, content in edits.items():
        if content is None:
            path.unlink(missing_ok=True)


def _beside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        made.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    except OSError:
        with suppress(OSError):
            made.unlink()
        raise
    return made


def _umask() -> int:
    """What the system takes away from the rights of a new file. It can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
