"""The import contracts in pyproject.toml bite: each is seen to fail on a planted import, by the real command."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

STAGES = "Each stage imports only the stages before it"
ENGINE = "Only safety_plan.plugin knows the site engine"
WRITING = "Only the two doors know the room where files are written"
MIDDLE = "The middle stages see no files, clock, chance, network or environment"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "plugins", tmp_path / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    # PYTHONPATH comes before the installed package, so the copy is what gets linted.
    env = os.environ | {"PYTHONPATH": str(tree / "plugins"), "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run([command, "--no-cache"], cwd=tree, env=env, capture_output=True, text=True, check=False)


def test_the_package_keeps_its_contracts(tree: Path) -> None:
    result = lint_imports(tree)

    assert result.returncode == 0, result.stdout
    for contract in (STAGES, ENGINE, WRITING, MIDDLE):
        assert f"{contract} KEPT" in result.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("reading/planted.py", "import safety_plan.publishing", STAGES),
        ("plan/planted.py", "from safety_plan import results", STAGES),
        ("planted.py", "", STAGES),
        ("commands/planted.py", "import safety_plan.plugin", STAGES),
        ("results/planted.py", "import mkdocs", ENGINE),
        ("commands/planted.py", "from mkdocs.config import load_config", ENGINE),
        ("editing/planted.py", "import safety_plan.plan", STAGES),
        ("plan/planted.py", "import safety_plan.editing", STAGES),
        ("publishing/planted.py", "import safety_plan.editing", WRITING),
        ("plan/planted.py", "import time", MIDDLE),
        ("results/planted.py", "from os import environ", MIDDLE),
        ("publishing/planted.py", "import subprocess", MIDDLE),
    ],
)
def test_a_wrong_import_is_named(tree: Path, module: str, line: str, contract: str) -> None:
    (tree / "plugins" / "safety_plan" / module).write_text(f"{line}\n")

    result = lint_imports(tree)

    assert result.returncode == 1, result.stdout
    assert f"{contract} BROKEN" in result.stdout
