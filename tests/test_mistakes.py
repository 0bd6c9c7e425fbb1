"""Every mistake of a town employee is answered word for word as written in `mistakes/`, by the real commands.

The texts are the specification: they are written by hand, and the code has to meet them.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safety_plan.plan.build import build_plan
from safety_plan.problems import PlanError, Problem
from safety_plan.reading.document import read_document
from safety_plan.reading.folder import read_folder
from tests import forked
from tests.support import QUIET, ROOT

SMALL = ROOT / "tests" / "plans" / "small"
GOLDEN = sorted((ROOT / "tests" / "mistakes").glob("*.txt"))

PLANS = {"the town's plan": ROOT, "the small plan": SMALL}
UNSEEN = re.compile(r"\\(?:t|x[0-9a-f]{2})")

MADE = {
    "too large": "# Far too much.\n" + "x" * (1_500_000 - 17) + "\n",
    "deeply nested": f"# Far too deep.\nintro: {'[' * 5000}{']' * 5000}\n",
}


@dataclass(frozen=True)
class Section:
    """A part of a golden file: the line that opens it, and the lines below."""

    title: str
    lines: tuple[str, ...]


def sections(golden: Path) -> list[Section]:
    """The sections of a golden file; its description comes first, without a title."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in golden.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            found.append((line.removeprefix("== "), []))
        else:
            found[-1][1].append(line)
    return [Section(title, tuple(lines)) for title, lines in found]


def expected(golden: Path) -> str:
    return "\n".join(sections(golden)[-1].lines)


def copy_of(plan: Path, folder: Path) -> None:
    for name in ("data", "content"):
        shutil.copytree(plan / name, folder / name)


def make_mistake(golden: Path, folder: Path) -> None:
    """Copy the plan that a golden file starts from, and make its mistake in the copy."""
    for section in sections(golden)[1:-1]:
        verb, _, rest = section.title.partition(" ")
        STEPS[verb](folder, rest, section.lines)


def start(folder: Path, rest: str, lines: tuple[str, ...]) -> None:
    copy_of(PLANS[rest.removeprefix("from ")], folder)


def change(folder: Path, rest: str, lines: tuple[str, ...]) -> None:
    name, _, encoding = rest.partition(", saved as ")
    path = folder / name
    text = path.read_text(encoding="utf-8")
    for old, new in hunks(lines):
        # A change that fits in no place or in two would test something else than it says.
        assert f"\n{text}".count(f"\n{old}") == 1, f"not exactly once in {name}:\n{old}"
        text = f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:]
    path.write_bytes(text.encode(encoding or "utf-8"))


def hunks(lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The changes of a section. A new one begins where something is taken out after something was put in."""
    old, new, put_in = "", "", False
    for line in lines:
        sign, text = line[:2], f"{UNSEEN.sub(lambda sign: sign[0].encode().decode('unicode_escape'), line[2:])}\n"
        assert sign in ("- ", "+ ", "  "), line
        if put_in and sign != "+ ":
            yield old, new
            old, new, put_in = "", "", False
        old += "" if sign == "+ " else text
        new += "" if sign == "- " else text
        put_in = sign == "+ "
    yield old, new


def write(folder: Path, rest: str, lines: tuple[str, ...]) -> None:
    (folder / rest).parent.mkdir(exist_ok=True)
    (folder / rest).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def rename(folder: Path, rest: str, lines: tuple[str, ...]) -> None:
    old, _, new = rest.partition(" to ")
    (folder / old).rename(folder / new)


def delete(folder: Path, rest: str, lines: tuple[str, ...]) -> None:
    path = folder / rest
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def make(folder: Path, rest: str, lines: tuple[str, ...]) -> None:
    name, _, how = rest.partition(" ")
    (folder / name).write_text(MADE[how], encoding="utf-8")


STEPS: dict[str, Callable[[Path, str, tuple[str, ...]], None]] = {
    "start": start,
    "change": change,
    "write": write,
    "rename": rename,
    "delete": delete,
    "make": make,
}


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return forked.run(folder, *command, env=QUIET | {"NO_COLOR": "1"})


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(folder, "safety_plan.commands", "check")


def named(golden: Path) -> str:
    return golden.stem


@pytest.mark.parametrize("golden", GOLDEN, ids=named)
def test_check_says_what_is_wrong(golden: Path, tmp_path: Path) -> None:
    make_mistake(golden, tmp_path)

    result = check(tmp_path)

    assert result.stderr == f"{expected(golden)}\n"
    assert result.stdout == ""
    assert result.returncode == 1


@pytest.mark.parametrize("golden", GOLDEN, ids=named)
def test_the_build_says_it_too_and_leaves_the_old_site_alone(golden: Path, tmp_path: Path) -> None:
    make_mistake(golden, tmp_path)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    site = {"index.html": b"<h1>The site of yesterday</h1>\n", "assets/mark.bin": bytes(range(256))}
    for name, content in site.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    before = sorted(path.name for path in tmp_path.iterdir())

    result = run(tmp_path, "mkdocs", "build", "--strict", "-f", "mkdocs.yml")

    assert expected(golden) in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert result.returncode == 1
    built = {path.relative_to(tmp_path / "site").as_posix(): path for path in (tmp_path / "site").rglob("*")}
    assert {name: path.read_bytes() for name, path in built.items() if path.is_file()} == site
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("golden", GOLDEN, ids=named)
def test_each_message_is_whole(golden: Path) -> None:
    *messages, summary = expected(golden).split("\n\n")

    assert summary == ("1 mistake found." if len(messages) == 1 else f"{len(messages)} mistakes found.")
    for message in messages:
        first, *rest = message.split("\n")
        assert re.match(r"(data|content)\b[^:]*:\d+:\d+: found ", first)
        assert [line.removeprefix("    ").partition(" ")[0] for line in rest] in (
            ["Allowed:", "Fix:"],
            ["Allowed:", "Did", "Fix:"],
        )
        assert rest[-1].endswith(".")


def test_a_command_of_its_own_says_the_same(tmp_path: Path) -> None:
    """What is forked here is what staff start: the same words, the same end."""
    golden = next(one for one in GOLDEN if one.stem == "dangling-owner")
    make_mistake(golden, tmp_path)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for command in (["safety_plan.commands", "check"], ["mkdocs", "build", "--strict"]):
        env = os.environ | QUIET | {"NO_COLOR": "1"}
        words = [sys.executable, "-m", *command]
        alone = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, check=False)
        here = run(tmp_path, *command)

        assert (alone.returncode, alone.stdout.decode()) == (1, here.stdout)
        assert alone.stderr.decode() == here.stderr
        assert expected(golden) in here.stdout + here.stderr
        assert here.returncode == 1


def test_messages_come_in_the_order_of_files_and_lines() -> None:
    for golden in GOLDEN:
        places = re.findall(r"^(\S.*?):(\d+):(\d+): ", expected(golden), re.MULTILINE)
        keys = [(file, int(line), int(column)) for file, line, column in places]

        assert keys == sorted(keys), golden.stem


def test_a_mistake_in_a_file_of_the_town_is_every_second_one() -> None:
    towns = [golden for golden in GOLDEN if sections(golden)[1].title == "start from the town's plan"]

    assert len(GOLDEN) >= 44
    assert len(towns) * 2 >= len(GOLDEN)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_nothing_right_is_refused(plan: Path, tmp_path: Path) -> None:
    copy_of(plan, tmp_path)

    result = check(tmp_path)

    assert result.stderr == ""
    assert re.fullmatch(r"No mistakes found: [^\n]+\.\n", result.stdout)
    assert result.returncode == 0


METRIC = (SMALL / "data" / "metrics" / "home-visits.yml").read_bytes()
REAL = (ROOT / "data" / "metrics" / "ems-response-90th.yml").read_bytes()
SIGNS = st.sampled_from([*b"{}[]:,-#&*!|>'\"%@`?~\\ \n\t\r\x00\x07\x7f\x85\xa0\xc3\xe2\xff"])
BYTES = st.one_of(SIGNS, st.integers(0, 255))


@st.composite
def mangled(draw: st.DrawFn, content: bytes) -> bytes:
    """A file in which bytes or whole lines are changed, doubled, moved or lost."""
    lines = content.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line, other = lines[at], draw(st.sampled_from(lines))
        column = draw(st.integers(0, len(line)))
        some = bytes(draw(st.lists(BYTES, max_size=4)))
        lines[at] = draw(
            st.sampled_from(
                [
                    b"",
                    line + other,
                    other,
                    line[:column] + some + line[column:],
                    line[:column] + some + line[column + 1 :],
                    line[:column],
                    b"  " + line,
                    line.lstrip(),
                ]
            )
        )
    return b"".join(lines)


# The same examples each time: a test that fails only now and then helps nobody.
steady = settings(
    derandomize=True,
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@steady
@given(content=mangled(REAL))
def test_no_file_is_too_broken_to_read(content: bytes) -> None:
    _, problems = read_document(content, "data/metrics/some.yml")

    for problem in problems:
        assert problem.found
        assert problem.fix
        assert problem.place.line <= content.count(b"\n") + content.count(b"\r") + 2


@pytest.fixture
def small(tmp_path: Path) -> Path:
    copy_of(SMALL, tmp_path)
    return tmp_path


def problems_of(folder: Path) -> tuple[Problem, ...]:
    records, problems = read_folder(folder / "data", folder)
    try:
        build_plan(records, [], problems)
    except PlanError as error:
        return error.problems
    return ()


@steady
@given(content=mangled(METRIC))
def test_no_file_is_too_broken_to_check(small: Path, content: bytes) -> None:
    (small / "data" / "metrics" / "home-visits.yml").write_bytes(content)

    for problem in problems_of(small):
        assert problem.fix
        assert problem.place.file


@steady
@given(content=mangled((SMALL / "data" / "metrics" / "engine-arrival.csv").read_bytes()))
def test_no_table_is_too_broken_to_check(small: Path, content: bytes) -> None:
    (small / "data" / "metrics" / "engine-arrival.csv").write_bytes(content)

    for problem in problems_of(small):
        assert problem.fix
        assert problem.place.file
