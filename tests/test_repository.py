"""What no file of the repository may hold: it has to work for any town, on any machine, from any registry."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]

# Joined here, so that this file passes its own test.
REGISTRIES = [b".".join(host) for host in ((b"pypi", b"org"), (b"pythonhosted", b"org"), (b"npmjs", b"org"))]
REGISTRIES += [b".".join(host) for host in ((b"npmjs", b"com"), (b"deb", b"debian", b"org"))]

# A folder of one machine, but not the same word further on in an address or a relative path.
MACHINE_PATH = re.compile(rb"(?<![\w.:/-])/(?:home|root|tmp|work|Users)/\w+|\b[A-Z]:\\\\?Users\b")


def repository_files() -> list[Path]:
    # With the files not yet added: the fault should show before the commit.
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in names.split("\0") if name]
    return [path for path in paths if path.is_file()]


def found(pattern: re.Pattern[bytes]) -> list[str]:
    hits = ((path, pattern.search(path.read_bytes())) for path in repository_files())
    return [f"{path.relative_to(ROOT)}: {hit[0].decode()}" for path, hit in hits if hit]


def locked_versions() -> dict[str, str]:
    lock = (ROOT / "requirements.lock").read_text()
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.M)}


def test_no_file_names_a_package_registry() -> None:
    assert found(re.compile(b"|".join(map(re.escape, REGISTRIES)))) == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert found(MACHINE_PATH) == []


def test_the_lock_holds_no_address() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_every_locked_library_has_hashes() -> None:
    entries = re.split(r"\n(?=\w)", (ROOT / "requirements.lock").read_text().strip())

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_satisfies_pyproject() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = map(Requirement, pyproject["project"]["dependencies"] + pyproject["dependency-groups"]["dev"])
    locked = locked_versions()

    stale = [str(need) for need in wanted if locked.get(canonicalize_name(need.name), "none") not in need.specifier]

    assert stale == [], "run: make lock"


@pytest.mark.parametrize("text", [b'"/' + b'root/plan"', b"see /" + b"home/ann/x", b"C:" + rb"\Users"])
def test_a_machine_path_is_recognised(text: bytes) -> None:
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize("text", [b"content/home/index.md", b"https://example.org/work/x", b"#!/usr/bin/env bash"])
def test_other_paths_are_left_alone(text: bytes) -> None:
    assert not MACHINE_PATH.search(text)
