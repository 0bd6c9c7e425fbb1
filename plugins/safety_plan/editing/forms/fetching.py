"""Brings the file of a form editor from the npm registry, and takes nothing but what is known byte by byte."""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from safety_plan.editing.edits import write
from safety_plan.editing.forms.editors import Editor

_TIME = 300
"""How long npm may take, in seconds. The packages are some ten megabytes."""


class NotFetchedError(Exception):
    """Why an editor could not be brought, in a sentence."""


def fetch(editor: Editor, file: Path) -> None:
    """Write the script of an editor into a file. Raises NotFetchedError where that does not work."""
    script = script_of(editor, package_of(editor))
    try:
        write({file: script})
    except OSError as error:
        raise NotFetchedError(f"the file {file} cannot be written: {error.strerror}") from None


def script_of(editor: Editor, package: bytes) -> bytes:
    """The script in the package of an editor. Raises NotFetchedError where the package is not the one that is known."""
    found = base64.b64encode(hashlib.sha512(package).digest()).decode()
    if found != editor.sha512:
        raise NotFetchedError(
            f"the package {editor.package} {editor.version} is not the one that is known here: "
            f"its sha512 is {found}, not {editor.sha512}"
        )
    with tarfile.open(fileobj=io.BytesIO(package)) as files:
        script = files.extractfile(f"package/{editor.script}")
        assert script is not None
        return script.read()


def package_of(editor: Editor) -> bytes:
    """The package as npm gives it; no script of it is run. Raises NotFetchedError where npm does not give it."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotFetchedError("npm is not installed; it comes with Node.js")
    command = [npm, "pack", f"{editor.package}@{editor.version}", "--silent", "--ignore-scripts"]
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_TIME, check=False)
        except subprocess.TimeoutExpired:
            raise NotFetchedError(f"npm did not answer within {_TIME} seconds") from None
        packed = [*Path(folder).glob("*.tgz")]
        if done.returncode or len(packed) != 1:
            said = (done.stderr.strip() or "nothing").splitlines()[-1]
            raise NotFetchedError(f"npm could not bring {editor.package} {editor.version}; it said: {said}")
        return packed[0].read_bytes()
