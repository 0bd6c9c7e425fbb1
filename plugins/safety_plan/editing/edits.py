"""Changes of files, made all together or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

Edits = Mapping[Path, bytes | None]
"""The new content of files by their absolute paths; None where a file goes."""


def write(edits: Edits, inside: Collection[Path] = ()) -> None:
    """Write all files. Nothing is changed where one of them cannot be written, as on a full disk: then raises OSError.

    Each file is written beside its place first, and moved there when all are whole. Where a link to a file in one of
    the folders `inside` stands, it stays, and the file that it leads to gets the content. Any other link is replaced,
    so that nothing is written where it leads.
    """
    ready: list[tuple[Path, Path]] = []
    with folders_made() as make:
        try:
            for path, content in edits.items():
                if content is not None:
                    target = _target(path, inside)
                    make(target.parent)
                    ready.append((_beside(target, content), target))
            for made, target in ready:
                made.replace(target)
        finally:
            for made, _ in ready:
                made.unlink(missing_ok=True)
    for path, content in edits.items():
        if content is None:
            path.unlink(missing_ok=True)


@contextmanager
def folders_made() -> Iterator[Callable[[Path], None]]:
    """Gives what makes a folder, and all around it. Those that were made and are empty go again where anything fails.

    Making one raises OSError where that cannot be done.
    """
    made: list[Path] = []

    def make(folder: Path) -> None:
        for one in reversed((folder, *folder.parents)):
            if not one.is_dir():
                # Where a file stands on the way, this says so.
                one.mkdir()
                made.append(one)

    try:
        yield make
    except BaseException:
        for one in reversed(made):
            with suppress(OSError):
                one.rmdir()
        raise


def _target(path: Path, inside: Collection[Path]) -> Path:
    """The file that gets the content: what a link leads to, where that is in one of these folders."""
    if not path.is_symlink():
        return path
    target = os.path.realpath(path)
    return Path(target) if any(Path(target).is_relative_to(os.path.realpath(one)) for one in inside) else path


def _beside(path: Path, content: bytes) -> Path:
    if path.is_dir():
        # It would only be noticed when other files have been moved to their places.
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
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
