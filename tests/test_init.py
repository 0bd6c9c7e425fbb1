"""`safety-plan init`: a newcomer gets a town's repository that works at once, and claims nothing that is not so."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safety_plan import __version__
from safety_plan.commands import main
from safety_plan.editing.starting import LANGUAGES, Starting, is_name, starter_files, town_of
from safety_plan.reading.folder import read_folder
from safety_plan.reading.schema.town import Town
from scripts.lock_town import CONSTRAINTS, constraints
from tests.support import ROOT, BuiltSite, broken_links, build, change
from tests.town import IDENTITY

STARTER = ROOT / "plugins" / "safety_plan" / "editing"
TODAY = dt.date(2026, 11, 23)
NOTICE = {"en": "This plan is being set up. It is a draft", "es": "Este plan se está preparando. Es un borrador"}
NUMBERLESS = re.compile(r"no numbers yet|no hay números|no tiene números", re.IGNORECASE)
ENGINE = "git+https://git.example/our-town/engine@v2"


def run(
    folder: Path, *arguments: str, path: str = os.environ["PATH"], identity: dict[str, str] = IDENTITY
) -> subprocess.CompletedProcess[str]:
    """The real command, run in a folder by somebody whom git knows by nothing else."""
    environment = {"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", **identity}
    command = [sys.executable, "-m", "safety_plan.commands", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def git(folder: Path, *arguments: str) -> str:
    """What git says in a folder."""
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def starting(
    town: str = "Riverbend", language: str = "en", repository: str = "", today: dt.date = TODAY
) -> dict[str, bytes]:
    """The files of a new town."""
    return starter_files(Starting(town, "", language, repository, "mkdocs-safety-plan[pdf]==1.2.3", today))


@pytest.fixture(scope="module", params=LANGUAGES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, BuiltSite]:
    """The language, the folder and the site of a new town, made and built by the real commands."""
    folder = tmp_path_factory.mktemp("empty")
    done = run(folder, "init", "riverbend", "--language", request.param, "--state", "Connecticut")
    assert (done.returncode, done.stderr) == (0, "")
    return request.param, folder / "riverbend", build(folder / "riverbend")


def test_a_newcomer_gets_three_next_steps(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "riverbend", "--engine", ENGINE)

    assert done.stdout == (
        "riverbend is there: the plan of Riverbend, with one goal and one measure to start from.\n"
        "All of it is a draft and says so on every page. There are no numbers yet.\n"
        "It is a git repository with a first commit on the branch main.\n"
        "\n"
        "Next:\n"
        "    1. cd riverbend\n"
        "    2. safety-plan check     and it says what is wrong, if anything is\n"
        "    3. mkdocs serve          and the site is at http://127.0.0.1:8000/, with every change you make\n"
        "\n"
        "Then replace each text in [square brackets] in data/ and content/. Residents see two of them first: summary\n"
        "in data/plan.yml, on the home page, and content/plan/being-set-up.md, a page to delete when all is there.\n"
        "README.md says how the site is published, and what to do when something goes wrong.\n"
    )


def test_nothing_is_wrong_with_a_new_town(built: tuple[str, Path, BuiltSite]) -> None:
    _, project, site = built
    done = run(project, "check")

    assert done.returncode == 0
    assert done.stdout == "No mistakes found: 1 goal, 1 objective, 0 actions, 1 metric.\n"
    # What is told is what comes next: the work that serves the first step.
    assert re.findall("^Warning: .*", done.stderr, re.M) == [
        'Warning: data/goals/first-goal.yml:9:5: found the objective "first-objective" without an action'
    ]
    assert broken_links(site) == []


def test_every_page_says_that_the_plan_is_a_draft(built: tuple[str, Path, BuiltSite]) -> None:
    language, _, site = built

    assert [page.address for page in site.pages.values() if NOTICE[language] not in page.words("//body")] == []
    assert {"en": "[The plan in two or three", "es": "[El plan en dos o tres"}[language] in site[""].words()


def test_no_page_claims_what_is_not_so(built: tuple[str, Path, BuiltSite]) -> None:
    language, _, site = built
    adopted = {"en": "Not adopted yet: this is a draft.", "es": "Aún no está aprobado: es un borrador."}

    assert site["plan/"].words("//*[@id='adopted']/dd") == adopted[language]
    assert site["about/"].words("//*[@id='population']/dd") == {"en": "not recorded", "es": "sin registrar"}[language]
    none = {"en": "no number (no value yet)", "es": "sin número (todavía no hay valor)"}
    assert none[language] in site["measures/first-measure/"].words()
    first = {"en": "None has been done yet, the first is due", "es": "Aún no se ha hecho ninguna; la primera"}
    assert first[language] in site["plan/"].words("//*[@id='full-reassessment']")


def test_no_heading_stands_over_nothing(built: tuple[str, Path, BuiltSite]) -> None:
    _, _, site = built
    bare = "//article//h2[not(following-sibling::*) or following-sibling::*[1][self::h2]]"
    found = [
        (page.address, heading.text_content()) for page in site.pages.values() for heading in page.tree.xpath(bare)
    ]

    assert found == []


def test_a_new_town_is_in_one_language_throughout(built: tuple[str, Path, BuiltSite]) -> None:
    language, _, site = built
    mixed = {"en": "Strategic leadership", "es": "Liderazgo estratégico"}

    assert {page.tree.get("lang") for page in site.pages.values()} == {language}
    assert mixed[language] in site["people/"].words()
    assert "todavía no están traducidos" not in "".join(page.words("//body") for page in site.pages.values())


def test_what_is_still_to_be_written_stands_in_brackets(built: tuple[str, Path, BuiltSite]) -> None:
    _, project, _ = built

    for file in (project / "data" / "people.yml", project / "data" / "goals" / "first-goal.yml"):
        texts = [text for text in _texts(yaml.safe_load(file.read_text(encoding="utf-8"))) if " " in text]
        open_ended = [text for text in texts if not text.startswith("[")]
        # The areas of leadership are chosen from a list, and so is what each of them asks.
        assert len(open_ended) == (2 if file.name == "people.yml" else 0), open_ended


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def test_the_files_are_committed_and_stay_as_they_are(built: tuple[str, Path, BuiltSite]) -> None:
    language, project, site = built
    message = {"en": "Start the plan", "es": "Empieza el plan"}[language]

    assert git(project, "log", "--format=%s on %D") == f"{message} on HEAD -> main\n"
    assert message in site["measures/first-measure/"].words("//body")
    # A build leaves nothing that would have to be committed, and no workbook of a department gets in by accident.
    (project / "numbers-2026-Q4.xlsx").write_bytes(b"small numbers")
    assert git(project, "status", "--porcelain") == ""


def test_when_the_town_adopts_the_plan_the_pages_say_so(tmp_path: Path) -> None:
    run(tmp_path, "init", "riverbend")
    project = tmp_path / "riverbend"
    plan, town = project / "data" / "plan.yml", project / "data" / "town.yml"
    for key in ("adopted: ", "adopted_by: "):
        change(plan, f"# {key}", key)
    change(town, "# population: 18240", "population: 18240")
    today = dt.date.today()
    text = plan.read_text(encoding="utf-8")
    plan.write_text(re.sub("adopted: .*", f"adopted: {today}", text, count=1), encoding="utf-8")
    # What was there for the time of drafting goes, and what others get from git can be built all the same.
    (project / "content" / "plan" / "being-set-up.md").unlink()
    git(project, "-c", "user.name=Town Clerk", "-c", "user.email=clerk@riverbend.example", "commit", "-qam", "Adopt")
    git(tmp_path, "clone", "--quiet", "riverbend", "clone")
    site = build(tmp_path / "clone")

    assert site["plan/"].words("//*[@id='adopted']/dd").endswith("(Town Council)")
    assert site["about/"].words("//*[@id='population']/dd") == "18,240"


def test_a_plan_adopted_by_nobody_is_refused(tmp_path: Path) -> None:
    run(tmp_path, "init", "riverbend")
    change(tmp_path / "riverbend" / "data" / "plan.yml", "# adopted: ", "adopted: ")
    done = run(tmp_path / "riverbend", "check")

    assert done.returncode == 1
    assert done.stderr == (
        'data/plan.yml:4:10: found "adopted" without "adopted_by"\n'
        "    Allowed: both of them, or neither while the plan is a draft\n"
        '    Fix: add "adopted_by", or delete this line.\n'
        "\n"
        "1 mistake found.\n"
    )


def test_the_first_texts_are_the_same_in_each_language() -> None:
    english, spanish = starting(), starting(language="es")

    # The lists to choose from are there in English without a file.
    assert set(spanish) - set(english) == {"data/categories.yml"}
    assert set(english) <= set(spanish)
    for path in english:
        if path.startswith("data/"):
            there, here = (yaml.safe_load(files[path]) for files in (spanish, english))
            assert _keys(there) == _keys(here), path
            assert there != here


def _keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: _keys(item) for key, item in value.items()}
    return [_keys(item) for item in value] if isinstance(value, list) else type(value)


def test_what_exists_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "riverbend").mkdir()
    kept = tmp_path / "riverbend" / "notes.txt"
    kept.write_text("Ours.", encoding="utf-8")
    done = run(tmp_path, "init", "riverbend")

    assert done.returncode == 1
    assert done.stderr == (
        "riverbend: found something there already, and nothing is overwritten.\n"
        "    Allowed: a name that is still free, or an empty folder\n"
        "    Fix: choose another name.\n"
    )
    assert [path.name for path in (tmp_path / "riverbend").iterdir()] == ["notes.txt"]

    kept.unlink()
    assert run(tmp_path, "init", "riverbend").returncode == 0


@pytest.mark.parametrize("name", ["River Bend", "río", "riverbend.", ".town", "-town", "a:b", "x" * 81])
def test_a_folder_name_that_would_make_trouble_is_refused(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, "init", "--", name)

    assert done.returncode == 1
    assert done.stderr == (
        f'found the name "{name}" for a folder.\n'
        "    Allowed: letters from a to z, digits, dots, hyphens and underscores, starting with a letter or digit\n"
        "    Fix: choose such a name, and give the name of the town with --town.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("--town", "{{ value }}", "a name of letters and digits, such as Riverbend, of at most 60 characters"),
        ("--town", 'The "Bend"', "a name of letters and digits, such as Riverbend, of at most 60 characters"),
        ("--state", "", "a name of letters and digits, such as Riverbend, of at most 60 characters"),
        ("--repository", "riverbend", "the address of its page, such as https://github.com/our-town/safety-plan"),
        ("--repository", "git@github.com:a/b.git", "the address of its page, such as https://github.com/our-town/"),
        ("--engine", "--extra-index-url https://x.example", "an address for pip, such as git+https://github.com/"),
    ],
)
def test_an_option_that_cannot_be_right_is_refused(tmp_path: Path, option: str, value: str, allowed: str) -> None:
    done = run(tmp_path, "init", "riverbend", option, value)

    assert done.returncode == 2
    assert f'found "{value}". Allowed: {allowed}' in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("repository", "edit", "address"),
    [
        ("https://github.com/Our-Town/Safety-Plan", "edit/main/content/", "https://our-town.github.io/Safety-Plan/"),
        ("https://github.com/our-town/our-town.github.io", "edit/main/content/", "https://our-town.github.io/"),
        ("https://gitlab.com/our-town/safety/plan", "-/edit/main/content/", ""),
        ("https://git.our-town.example/safety/plan", "edit/main/content/", ""),
    ],
)
def test_each_page_leads_to_its_file(tmp_path: Path, repository: str, edit: str, address: str) -> None:
    done = run(tmp_path, "init", "riverbend", "--repository", f"{repository}.git")
    written = (tmp_path / "riverbend" / "mkdocs.yml").read_text(encoding="utf-8")

    assert done.returncode == 0
    assert f"\nrepo_url: {repository}\nedit_uri: {edit}\n" in written
    assert f'site_url: !ENV [SITE_URL, "{address}"]' in written


def test_without_an_identity_git_is_told_how_and_nothing_is_made_up(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "riverbend", identity={})

    assert done.returncode == 0
    assert "It is a git repository without a commit, because git does not know you." in done.stdout
    assert 'git -C riverbend add --all && git -C riverbend commit --message "Start the plan"' in done.stdout
    assert git(tmp_path / "riverbend", "branch", "--show-current") == "main\n"
    assert git(tmp_path / "riverbend", "rev-list", "--all") == ""


def test_without_git_the_folder_is_there_all_the_same(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "riverbend", path=str(tmp_path))

    assert done.returncode == 0
    assert "It is no git repository yet, because git is not installed here." in done.stdout
    assert not (tmp_path / "riverbend" / ".git").exists()


def test_within_another_repository_none_is_made(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    done = run(tmp_path, "init", "riverbend")

    assert "It stands within another git repository, which keeps it from now on" in done.stdout
    assert not (tmp_path / "riverbend" / ".git").exists()


def installed(folder: Path, origin: dict[str, object] | None) -> dict[str, str]:
    """The surroundings in which the program counts as installed from there, as pip notes it."""
    notes = folder / "installed" / "mkdocs_safety_plan-0.0.0.dist-info"
    notes.mkdir(parents=True)
    (notes / "METADATA").write_text("Metadata-Version: 2.1\nName: mkdocs-safety-plan\nVersion: 0.0.0\n")
    if origin is not None:
        (notes / "direct_url.json").write_text(json.dumps(origin))
    return {**IDENTITY, "PYTHONPATH": str(notes.parent)}


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, f"=={__version__}"),
        (
            {"url": "https://git.example/engine", "vcs_info": {"vcs": "git", "commit_id": "0123abc"}},
            " @ git+https://git.example/engine@0123abc",
        ),
        (
            {"url": "https://files.example/mkdocs_safety_plan-1-py3-none-any.whl", "archive_info": {}},
            " @ https://files.example/mkdocs_safety_plan-1-py3-none-any.whl",
        ),
    ],
)
def test_the_town_gets_the_program_from_where_it_came(
    tmp_path: Path, origin: dict[str, object] | None, line: str
) -> None:
    done = run(tmp_path, "init", "riverbend", identity=installed(tmp_path, origin))

    assert f"\nmkdocs-safety-plan[pdf]{line}\n" in (tmp_path / "riverbend" / "requirements.txt").read_text()
    assert "Not ready yet" not in done.stdout


@pytest.mark.parametrize(
    "origin",
    [
        {"url": "file:///engine", "dir_info": {"editable": True}},
        {"url": "file:///mkdocs_safety_plan-1-py3-none-any.whl", "archive_info": {}},
        {"url": "ssh://git@git.example/engine", "vcs_info": {"vcs": "git", "commit_id": "0123abc"}},
    ],
)
def test_a_program_that_other_machines_cannot_reach_is_told(tmp_path: Path, origin: dict[str, object]) -> None:
    done = run(tmp_path, "init", "riverbend", identity=installed(tmp_path, origin))

    assert done.returncode == 0
    assert (
        "\nNot ready yet: checking and publishing by itself. The program was installed here from a folder, or from an\n"
        "address that other machines may not reach. So requirements.txt names "
        f"mkdocs-safety-plan[pdf]=={__version__},\n"
        'which they may not find either: each workflow would stop at "pip install".\n'
        "    Fix: before you publish, write into requirements.txt, in place of that line, where the program is:\n"
        "        mkdocs-safety-plan[pdf] @ git+https://github.com/our-town/safety-plan-engine\n"
        "    or delete this folder and run init again with --engine "
        "git+https://github.com/our-town/safety-plan-engine\n"
    ) in done.stdout


def test_an_address_that_was_given_is_taken_wherever_the_program_came_from(tmp_path: Path) -> None:
    surroundings = installed(tmp_path, {"url": "file:///engine", "dir_info": {}})
    done = run(tmp_path, "init", "riverbend", "--engine", ENGINE, identity=surroundings)

    assert "Not ready yet" not in done.stdout
    assert f"\nmkdocs-safety-plan[pdf] @ {ENGINE}\n" in (tmp_path / "riverbend" / "requirements.txt").read_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_texts_stay_true_with_the_first_number(language: str) -> None:
    files = starting(language=language)
    plan = yaml.safe_load(files["data/plan.yml"])

    assert [path for path, text in files.items() if NUMBERLESS.search(text.decode("utf-8"))] == []
    assert (plan["summary"][0], plan["summary"][-1]) == ("[", "]")
    # The page for the time of drafting says at its top that it goes.
    assert re.match(r"# .+\n\n\[.+\]\n", files["content/plan/being-set-up.md"].decode("utf-8"))


def test_the_readme_says_what_to_do_when_something_goes_wrong() -> None:
    english, spanish = (starting(language=language)["README.md"].decode("utf-8") for language in ("en", "es"))

    assert "\n## When something goes wrong\n" in english
    assert "\n## Cuando algo sale mal\n" in spanish
    for text in (english, spanish):
        for name in ("summary", "content/plan/being-set-up.md", "requirements.txt", "vacant_since", "git+https://"):
            assert name in text, name
        lines = [line.strip() for line in text.splitlines() if line.strip().startswith("safety-plan record")]
        assert len(lines) == 2
        for line in lines:
            # A wrong option is refused here; nothing is run.
            _, name, *words = shlex.split(line)
            context = click.Context(main)
            command = main.get_command(context, name)
            assert command is not None
            command.make_context(name, words, parent=context)
    assert english.count("\n## ") == spanish.count("\n## ")


def test_what_a_town_does_not_have_is_named_as_a_page_of_the_handbook() -> None:
    pages = (page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))
    titles = {title for page in pages for title in re.findall("^# (.+)$", page, re.M)}
    commands = [path.read_text(encoding="utf-8") for path in (STARTER.parent / "commands").rglob("*.py")]

    assert [text for text in commands if re.search(r"docs/[\w-]+\.md", text)] == []
    named = {title for text in commands for title in re.findall('handbook of Safety Plan, page "([^"]+)"', text)}
    assert len(named) == 2
    assert named <= titles


def test_git_leaves_out_what_departments_deliver_and_says_each_once() -> None:
    lines = starting()[".gitignore"].decode("utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]

    assert len(patterns) == len(set(patterns))
    assert {"*.xlsx", "*.xlsm", "*.xls", "*.ods", "/site/"} <= set(patterns)


def test_the_libraries_are_those_this_repository_is_tested_with() -> None:
    known = CONSTRAINTS.read_text(encoding="utf-8")

    assert known == constraints((ROOT / "requirements.lock").read_text(encoding="utf-8")), "run: make lock"
    names = re.findall(r"^([\w-]+)==", known, re.M)
    assert {"click", "mkdocs", "openpyxl", "pydantic", "weasyprint", "pikepdf"} <= set(names)
    # What only those who work on the program need is not for towns.
    assert {"pytest", "ruff", "mypy", "playwright", "hatchling"}.isdisjoint(names)


NAMES = st.from_regex(r"[\w .,'’()-]{1,60}", fullmatch=True).filter(is_name)


@settings(deadline=None, derandomize=True, max_examples=15)
@given(name=NAMES, language=st.sampled_from(LANGUAGES))
@example(name="Yes", language="en")
@example(name="1770", language="en")
@example(name="Saint Mary's - on the Hill", language="es")
def test_each_name_that_is_taken_is_read_back(name: str, language: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        for path, content in starting(name, language).items():
            if path.startswith("data/"):
                (base / path).parent.mkdir(parents=True, exist_ok=True)
                (base / path).write_bytes(content)
        records, problems = read_folder(base / "data", base)
    town = records.one(Town)

    assert problems == []
    assert town is not None
    assert town.name == name


@settings(deadline=None, derandomize=True)
@given(today=st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)))
@example(today=dt.date(2027, 12, 31))
@example(today=dt.date(2028, 2, 29))
@example(today=dt.date(2027, 9, 30))
def test_a_new_plan_starts_with_the_next_quarter_and_owes_nothing_before(today: dt.date) -> None:
    plan = yaml.safe_load(starting(today=today)["data/plan.yml"])
    start, end = plan["period"]["start"], plan["period"]["end"]

    assert today < start <= today + dt.timedelta(days=92)
    assert (start.day, start.month % 3) == (1, 1)
    assert (end + dt.timedelta(days=1)) == start.replace(year=start.year + 5)
    assert plan["data_as_of"] == today
    assert start < plan["next_review"] < plan["full_reassessment"]["next"] < end


@pytest.mark.parametrize(
    ("folder", "town"), [("riverbend", "Riverbend"), ("new-haven", "New Haven"), ("old_saybrook.2", "Old Saybrook 2")]
)
def test_a_town_is_named_after_its_folder(folder: str, town: str) -> None:
    assert town_of(folder) == town
