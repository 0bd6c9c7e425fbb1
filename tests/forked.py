"""Real commands that start at once: each runs in a process of its own, forked from one that has loaded the libraries.

Hundreds of tests start a command, and most of its time would go into loading what never differs.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_LOADED = ["__main__", "mkdocs.commands.build", "mkdocs.utils.yaml_util", "safety_plan.plugin"]
_LOADED += ["material.plugins.search.plugin", "safety_plan.commands.check", "safety_plan.commands.status"]
_SECONDS = 300

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(_LOADED)


def run(folder: Path, module: str, *arguments: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What `python -m module` does in a folder, with more in its environment."""
    with tempfile.TemporaryDirectory() as said:
        outs = [Path(said, name) for name in ("out", "err")]
        process = _context.Process(target=_run, args=(folder, module, arguments, dict(env), outs))
        process.start()
        process.join(_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired([module, *arguments], _SECONDS)
        out, err = (path.read_text(encoding="utf-8") for path in outs)
    return subprocess.CompletedProcess([module, *arguments], process.exitcode, out, err)


def _run(folder: Path, module: str, arguments: tuple[str, ...], env: dict[str, str], outs: list[Path]) -> None:
    os.chdir(folder)
    os.environ.update(env)
    for number, path in enumerate(outs, start=1):
        file = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(file, number)
        os.close(file)
    sys.argv = [module, *arguments]
    # The folder of the command comes first, as for `python -m`.
    sys.path.insert(0, str(folder))
    runpy.run_module(module, run_name="__main__", alter_sys=True)
