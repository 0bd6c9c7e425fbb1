"""`safety-plan init`: a new town's repository."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from safety_plan.commands.reading import read_plans
from safety_plan.commands.schema import SCHEMAS, schema_edits
from safety_plan.editing.edits import Edits, write
from safety_plan.editing.engine import PACKAGE, Engine, engine_from, engine_here, is_engine
from safety_plan.editing.first_commit import Begun, begin
from safety_plan.editing.starting import (
    LANGUAGES,
    Starting,
    first_message,
    is_folder_name,
    is_name,
    is_repository,
    starter_files,
    town_of,
)  # fmt: skip

_AN_ENGINE = "an address for pip, such as git+https://github.com/our-town/safety-plan-engine"
_A_REPOSITORY = "the address of its page, such as https://github.com/our-town/safety-plan"
_A_NAME = "a name of letters and digits, such as Riverbend, of at most 60 characters"


def _fitting(
    fits: Callable[[str], bool], allowed: str
) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Refuses what somebody typed for an option where it does not fit, and says what would."""

    def looked_at(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
        if value is not None and not fits(value):
            raise click.BadParameter(f'found "{value}". Allowed: {allowed}. Fix: correct it.', context, option)
        return value

    return looked_at


def _as_page(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """The address of a repository's page, also where somebody typed the one to clone it from."""
    fitting = _fitting(lambda address: is_repository(_page(address)), _A_REPOSITORY)(context, option, value)
    return None if fitting is None else _page(fitting)


def _page(address: str) -> str:
    return address.rstrip("/").removesuffix(".git")


@click.command(short_help="Make a new town's repository.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="NAME")
@click.option("--town", metavar="TEXT", callback=_fitting(is_name, _A_NAME), help="Name of the town.  [default: NAME]")
@click.option("--state", metavar="TEXT", callback=_fitting(is_name, _A_NAME), help="State the town is in.")
@click.option(
    "--repository", metavar="ADDRESS", callback=_as_page, help="Where the files will be, such as on GitHub or GitLab."
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language the plan is written in.",
)
@click.option(
    "--engine",
    metavar="ADDRESS",
    callback=_fitting(is_engine, _AN_ENGINE),
    help="Where this program is to be installed from.  [default: as here]",
)
def init(
    folder: Path, town: str | None, state: str | None, repository: str | None, language: str, engine: str | None
) -> None:
    """Make a new town's repository in the folder NAME: a plan to fill in, ready to check, to build and to push.

    Everything in it is a draft and says so. Nothing that exists is overwritten. Ends with 0 when the folder is there,
    with 1 when it cannot be made, and with 2 when the command was typed wrongly.
    """
    here = Path.cwd()
    project = (here / folder).resolve()
    wrong = _wrong_with(project, folder)
    if wrong:
        click.echo(wrong, err=True)
        sys.exit(1)
    source = engine_from(engine) if engine else engine_here()
    starting = Starting(
        town=town or town_of(project.name),
        state=state or "",
        language=language,
        repository=repository or "",
        engine=source.requirement,
        today=dt.date.today(),
    )
    try:
        write(_files(starting, project))
    except OSError as error:
        click.echo(f"{folder}: nothing was written, because {error.strerror or error}.", err=True)
        sys.exit(1)
    click.echo("\n".join(_told(starting, project.relative_to(here) if project.is_relative_to(here) else project)))
    message = first_message(language)
    click.echo("\n".join(_begun(begin(project, message), message, shlex.quote(str(folder)))))
    if not source.known:
        click.echo("\n".join(_unknown(source)))
    click.echo("\n".join(_next(shlex.quote(str(folder)))))


def _files(starting: Starting, project: Path) -> Edits:
    """All files of a new town. What editors need is made from its plan, which is read from a copy for that."""
    files = starter_files(starting)
    with tempfile.TemporaryDirectory() as name:
        there = Path(name)
        write({there / path: content for path, content in files.items()})
        (_, plan), *_ = read_plans(there / "data", base=there).plans
    return {**{project / path: content for path, content in files.items()}, **schema_edits(plan, project / SCHEMAS)}


def _wrong_with(project: Path, folder: Path) -> str:
    """Why no repository can be made there; empty where it can."""
    if not is_folder_name(project.name):
        return (
            f'found the name "{project.name}" for a folder.\n'
            "    Allowed: letters from a to z, digits, dots, hyphens and underscores, starting with a letter or digit\n"
            "    Fix: choose such a name, and give the name of the town with --town."
        )
    if project.exists() and (not project.is_dir() or any(project.iterdir())):
        return (
            f"{folder}: found something there already, and nothing is overwritten.\n"
            "    Allowed: a name that is still free, or an empty folder\n"
            "    Fix: choose another name."
        )
    return ""


def _told(starting: Starting, folder: Path) -> Iterator[str]:
    yield f"{folder} is there: the plan of {starting.town}, with one goal and one measure to start from."
    yield "All of it is a draft and says so on every page. There are no numbers yet."


def _begun(begun: Begun, message: str, name: str) -> Iterator[str]:
    """What happened to the repository in the folder of this name."""
    if begun is Begun.COMMITTED:
        yield "It is a git repository with a first commit on the branch main."
    elif begun is Begun.INSIDE:
        yield "It stands within another git repository, which keeps it from now on: commit it there."
    elif begun is Begun.UNKNOWN:
        yield "It is a git repository without a commit, because git does not know you. Tell it, with your own name:"
        yield '    git config --global user.name "Town Clerk" && git config --global user.email clerk@example.org'
        yield f'    git -C {name} add --all && git -C {name} commit --message "{message}"'
    else:
        yield "It is no git repository yet, because git is not installed here. Once it is:"
        yield f"    git -C {name} init && git -C {name} add --all"
        yield f'    git -C {name} commit --message "{message}" && git -C {name} branch --move --force main'


def _unknown(source: Engine) -> Iterator[str]:
    """What will not work where the program has no address that the town's workflows know, and what to do."""
    yield ""
    yield "Not ready yet: checking and publishing by itself. The program was installed here from a folder, or from an"
    yield f"address that other machines may not reach. So requirements.txt names {source.requirement},"
    yield 'which they may not find either: each workflow would stop at "pip install".'
    yield "    Fix: before you publish, write into requirements.txt, in place of that line, where the program is:"
    yield f"        {PACKAGE}[pdf] @ git+https://github.com/our-town/safety-plan-engine"
    yield "    or delete this folder and run init again with --engine git+https://github.com/our-town/safety-plan-engine"


def _next(name: str) -> Iterator[str]:
    """The next three steps in the folder of this name, and what to write first."""
    yield ""
    yield "Next:"
    yield f"    1. cd {name}"
    yield "    2. safety-plan check     and it says what is wrong, if anything is"
    yield "    3. mkdocs serve          and the site is at http://127.0.0.1:8000/, with every change you make"
    yield ""
    yield "Then replace each text in [square brackets] in data/ and content/. Residents see two of them first: summary"
    yield "in data/plan.yml, on the home page, and content/plan/being-set-up.md, a page to delete when all is there."
    yield "README.md says how the site is published, and what to do when something goes wrong."
