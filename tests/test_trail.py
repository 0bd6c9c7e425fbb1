"""When a page was last changed, in which change, and who let it in: read from real repositories with fixed dates.

A wrong date is worse than none: wherever git does not know for sure, the page says that the date is unknown.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from safety_plan.plan.build import build_plans
from safety_plan.problems import PlanError
from safety_plan.publishing.editions import Edition, editions
from safety_plan.publishing.trail import Trail, Trails
from safety_plan.reading.content import read_content
from safety_plan.reading.entries import entries
from safety_plan.reading.folder import read_folder
from safety_plan.reading.history import Change, History, read_history
from safety_plan.reading.translations import read_translations
from tests.support import ROOT, BuiltPage, BuiltSite, build, change

SMALL = ROOT / "tests" / "plans" / "small"
FIRE_CHIEF = "chief@town.example"
GITHUB = "noreply@github.com"
UNKNOWN = "Last changed: date unknown."
BUILT_ON = dt.date(2026, 11, 22)

VISITS = "data/metrics/home-visits.yml"
ARRIVAL, TABLE = "data/metrics/engine-arrival.yml", "data/metrics/engine-arrival.csv"
RISKS = "data/risks.yml"


@dataclass(frozen=True)
class Town:
    """A town's project in a repository: `root` is that of the repository, `project` the folder of the town."""

    root: Path
    project: Path

    def git(self, *words: str, on: str = "2026-01-01T12:00:00+00:00", by: str = "", author: str = "") -> str:
        """Run git on a day as somebody, with none of this machine's own settings."""
        who = by or "clerk@town.example"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_COMMITTER_NAME": "Somebody",
            "GIT_COMMITTER_EMAIL": who,
            "GIT_COMMITTER_DATE": on,
            "GIT_AUTHOR_NAME": "Somebody",
            "GIT_AUTHOR_EMAIL": author or who,
            "GIT_AUTHOR_DATE": "2020-02-02T02:02:02+00:00",
        }
        command = ["git", "-C", str(self.root), *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, title: str, on: str, by: str = "", author: str = "") -> None:
        """Commit everything on a day."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", title, on=on, by=by, author=author)

    def branch(self, name: str) -> None:
        """Start a branch and go there."""
        self.git("checkout", "--quiet", "-b", name)

    def merge(self, name: str, message: str, on: str, author: str = FIRE_CHIEF, by: str = GITHUB) -> None:
        """Merge a branch as a host does when somebody presses its button."""
        self.git("checkout", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", message, name, on=on, by=by, author=author)
        self.git("commit", "--amend", "--no-edit", "--quiet", "--author", f"Somebody <{author}>", on=on, by=by)

    def history(self) -> History:
        """What is known of every file of the town."""
        records, _ = read_folder(self.project / "data", self.project)
        content, _ = read_content(self.project / "content", self.project)
        texts = {**records.texts, **{page.file: page.text for page in content}}
        return read_history(self.project, texts, records.registers)

    def change(self, file: str) -> Change:
        """The last change of a file."""
        found = self.history().files[file]
        assert found is not None
        return found

    def edition(self, number: int = 0) -> Edition:
        """The town's site in its first language, or another one."""
        records, problems = read_folder(self.project / "data", self.project)
        translations, wrong = read_translations(self.project / "data", self.project, records)
        plans = build_plans(records, translations, (), [*problems, *wrong])
        return editions(plans, BUILT_ON, BUILT_ON)[number]

    def trails(self, repository: str = "") -> Trails:
        """The trails of its pages."""
        return Trails(self.edition().plan, self.history(), repository, BUILT_ON)

    def trail(self, address: str, repository: str = "") -> Trail:
        """The trail of the page at an address."""
        edition = self.edition()
        (page,) = (page for page in edition.site.pages if page.address == address)
        return Trails(edition.plan, self.history(), repository, BUILT_ON).of_page(page)


LINE = "//p[@class='sp-trail']"


def foot(edition: Edition, trail: Trail) -> BuiltPage:
    """What stands below a page."""
    return BuiltPage("", edition.frame("", title="", trail=trail).foot)


def says(town: Town, address: str, repository: str = "") -> str:
    """The line below a page, without its tags."""
    return foot(town.edition(), town.trail(address, repository)).words(LINE)


def started(folder: Path, below: str = "") -> Town:
    """A town's repository with one commit; the town stands in the folder `below` of it."""
    root = folder / "repository"
    project = root / below
    project.mkdir(parents=True)
    for name in ("data", "content"):
        shutil.copytree(SMALL / name, project / name)
    town = Town(root, project)
    town.git("init", "--quiet", "--initial-branch", "main")
    town.commit("The plan begins", "2026-01-10T12:00:00+00:00")
    return town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town whose plan began on January 10, 2026."""
    return started(tmp_path)


def numbered(town: Town, value: str = "101") -> None:
    """Write something else into the file of home visits."""
    path = town.project / VISITS
    path.write_text(f"{path.read_text(encoding='utf-8')}# {value}\n", encoding="utf-8")


class TestDay:
    """The day on which a change came onto the main line."""

    def test_is_that_of_the_merge_not_of_the_writing(self, town: Town) -> None:
        town.branch("numbers")
        numbered(town)
        town.commit("Numbers typed in", "2026-02-01T12:00:00+00:00")
        town.merge(
            "numbers", "Merge pull request #12 from town/numbers\n\nNumbers of winter", "2026-02-20T12:00:00+00:00"
        )
        found = town.change(VISITS)
        assert (found.on, found.number, found.title) == (dt.date(2026, 2, 20), 12, "Numbers of winter")
        assert town.change(ARRIVAL).on == dt.date(2026, 1, 10)

    def test_is_the_day_where_the_clock_stood(self, town: Town) -> None:
        numbered(town)
        # In Greenwich it is March 2 already.
        town.commit("Late at night", "2026-03-01T23:30:00-05:00")
        assert town.change(VISITS).on == dt.date(2026, 3, 1)

    def test_is_the_same_when_only_a_folder_was_renamed(self, town: Town) -> None:
        numbered(town)
        town.commit("Numbers", "2026-03-01T12:00:00+00:00")
        town.git("mv", "data", "plan")
        town.commit("A better name", "2026-04-01T12:00:00+00:00")
        town.git("mv", "plan", "data")
        town.commit("The old name", "2026-05-01T12:00:00+00:00")
        assert town.change(VISITS).on == dt.date(2026, 3, 1)
        assert town.change(ARRIVAL).on == dt.date(2026, 1, 10)

    def test_is_the_same_when_only_the_ends_of_lines_differ(self, town: Town) -> None:
        path = town.project / VISITS
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert town.change(VISITS).on == dt.date(2026, 1, 10)

    def test_counts_the_table_beside_a_measure(self, town: Town) -> None:
        path = town.project / TABLE
        path.write_bytes(path.read_bytes() + b"\n")
        town.commit("Rows", "2026-06-01T12:00:00+00:00")
        assert says(town, "measures/engine-arrival/").startswith(
            "This part of the plan was last changed on June 1, 2026"
        )
        assert "January 10, 2026" in says(town, "measures/home-visits/")

    def test_counts_the_numbers_on_the_page_of_a_goal(self, town: Town) -> None:
        numbered(town)
        town.commit("Numbers", "2026-06-01T12:00:00+00:00")
        assert "June 1, 2026" in says(town, "goals/safe-homes/")

    def test_of_a_page_made_of_everything_is_that_of_the_plan(self, town: Town) -> None:
        numbered(town)
        town.commit("Numbers", "2026-06-01T12:00:00+00:00")
        (town.project / "content" / "plan" / "letter.md").write_text("# Hello\n", encoding="utf-8")
        town.commit("A letter", "2026-07-01T12:00:00+00:00")
        short = town.git("rev-parse", "--short=7", "HEAD~1").strip()
        assert says(town, "") == f"The plan was last changed on June 1, 2026, in change {short}: Numbers."
        letter = town.trails().of_file("content/plan/letter.md")
        assert "This page was last changed on July 1, 2026" in foot(town.edition(), letter).words(LINE)

    def test_is_found_under_names_with_spaces_and_other_letters(self, tmp_path: Path) -> None:
        found = started(tmp_path, "Stadt Müllheim: Plan & “Ziele”")
        numbered(found)
        found.commit("Numbers", "2026-06-01T12:00:00+00:00")
        assert found.change(VISITS).on == dt.date(2026, 6, 1)
        assert found.change(RISKS).on == dt.date(2026, 1, 10)


class TestEntry:
    """An entry of a register has a day of its own."""

    @pytest.fixture
    def two(self, town: Town) -> Town:
        text = (town.project / RISKS).read_text(encoding="utf-8")
        (first,) = entries(text)
        again = first.text.replace(first.id, "second-risk").replace("ref: ", "ref: X")
        (town.project / RISKS).write_text(f"{text.rstrip()}\n{again}\n", encoding="utf-8")
        town.commit("A second risk", "2026-02-01T12:00:00+00:00")
        return town

    def test_is_not_that_of_its_neighbour(self, two: Town) -> None:
        assert "January 10, 2026" in says(two, "risks/engine-breaks-down/")
        assert "February 1, 2026" in says(two, "risks/second-risk/")
        assert "February 1, 2026" in says(two, "risks/")

    def test_changes_when_a_line_is_taken_out(self, two: Town) -> None:
        path = two.project / RISKS
        taken = next(part for part in path.read_text(encoding="utf-8").split("\n") if "  ref: " in part and "X" in part)
        change(path, f"{taken}\n", "")
        two.commit("Without a reference", "2026-03-01T12:00:00+00:00")
        assert "March 1, 2026" in says(two, "risks/second-risk/")

    def test_stays_when_entries_change_places_or_lines_are_added_above(self, two: Town) -> None:
        path = two.project / RISKS
        text = path.read_text(encoding="utf-8")
        first, second = (one.text for one in entries(text))
        path.write_text(text.replace(first, "@").replace(second, f"{first}\n\n").replace("@", f"# Above\n{second}"))
        two.commit("Another order", "2026-03-01T12:00:00+00:00")
        assert "January 10, 2026" in says(two, "risks/engine-breaks-down/")
        assert "February 1, 2026" in says(two, "risks/second-risk/")

    def test_is_unknown_while_it_is_not_committed(self, two: Town) -> None:
        path = two.project / RISKS
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text.rstrip()}\n    # A word more.\n    former_ids: [older]\n", encoding="utf-8")
        assert says(two, "risks/second-risk/") == UNKNOWN
        assert "January 10, 2026" in says(two, "risks/engine-breaks-down/")

    def test_is_found_in_every_way_of_writing_a_list(self) -> None:
        text = (
            "roles:\n- id: a\n  text: |\n    - id: no\n    end: no\n- title: B\n  id: 'b'\n\n# Said of what follows.\n"
            "others:\n  # First.\n  - {id: c, title: C}\n  -\n    title: D\n    id: d\nlast: 1\n"
        )
        found = [(one.key, one.id, one.line) for one in entries(text)]
        assert found == [("roles", "a", 2), ("roles", "b", 6), ("others", "c", 12), ("others", "d", 14)]


class TestUnknown:
    """Where git does not know for sure, no day is shown."""

    def test_without_a_repository(self, tmp_path: Path) -> None:
        for name in ("data", "content"):
            shutil.copytree(SMALL / name, tmp_path / name)
        found = Town(tmp_path, tmp_path)
        assert found.history().why
        assert says(found, "") == says(found, "measures/home-visits/") == UNKNOWN

    def test_without_git(self, town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
        assert town.history().why.startswith("git does not answer")

    def test_before_the_first_commit(self, tmp_path: Path) -> None:
        shutil.copytree(SMALL / "data", tmp_path / "data")
        found = Town(tmp_path, tmp_path)
        found.git("init", "--quiet")
        assert says(found, "") == UNKNOWN

    def test_in_a_copy_that_is_cut_off(self, town: Town, tmp_path: Path) -> None:
        numbered(town)
        town.commit("Numbers", "2026-06-01T12:00:00+00:00")
        town.commit("Nothing", "2026-07-01T12:00:00+00:00")
        for depth, visits in (("1", None), ("2", None), ("3", dt.date(2026, 6, 1))):
            there = tmp_path / depth
            town.git("clone", "--quiet", "--depth", depth, f"file://{town.root}", str(there))
            history = Town(there, there).history()
            found = history.files[VISITS]
            assert (found and found.on) == visits
            begun = history.files[ARRIVAL]
            assert (begun and begun.on) == (dt.date(2026, 1, 10) if depth == "3" else None)
            assert all((one is not None) == (depth == "3") for one in history.entries.values())

    def test_of_what_is_not_committed(self, town: Town) -> None:
        numbered(town)
        assert says(town, "measures/home-visits/") == UNKNOWN
        # The page of everything may be newer than the last change of the rest.
        assert says(town, "") == UNKNOWN
        assert "January 10, 2026" in says(town, "measures/engine-arrival/")

    def test_of_a_town_in_somebody_elses_repository(self, tmp_path: Path) -> None:
        outer = started(tmp_path)
        inner = outer.root / "within"
        shutil.copytree(SMALL / "data", inner / "data")
        assert says(Town(inner, inner), "") == UNKNOWN
        own = Town(inner, inner)
        own.git("init", "--quiet", "--initial-branch", "main")
        own.commit("Its own", "2026-05-05T12:00:00+00:00")
        assert "May 5, 2026" in says(own, "")

    def test_of_a_day_that_lies_ahead(self, town: Town) -> None:
        numbered(town)
        town.commit("From a clock that runs ahead", "2026-11-24T12:00:00+00:00")
        assert says(town, "measures/home-visits/") == UNKNOWN

    def test_of_a_table_that_is_new(self, town: Town) -> None:
        town.git("rm", "--quiet", "--cached", TABLE)
        town.git("commit", "--quiet", "--message", "Forgotten")
        assert says(town, "measures/engine-arrival/") == UNKNOWN


class TestChange:
    """Which change it was, and who let it in."""

    @pytest.mark.parametrize(
        ("message", "title", "number"),
        [
            ("Numbers of winter (#7)", "Numbers of winter", 7),
            ("Numbers of winter (#7)\n\n* typed in\n* checked", "Numbers of winter", 7),
            ("Fix (#3) again", "Fix (#3) again", None),
            ("Numbers of winter", "Numbers of winter", None),
            ("Merge branch 'jane-doe-2' into 'main'\n\nNumbers of winter\n\nSee merge request town/plan!9", None, 9),
            ("Merged in winter (pull request #5)\n\nNumbers of winter", "Numbers of winter", 5),
            ("Merge branch 'jane-doe-2'", "", None),
            (f"Merge {'a1' * 20} into {'b2' * 20}", "", None),
        ],
    )
    def test_is_named_as_people_know_it(self, town: Town, message: str, title: str | None, number: int | None) -> None:
        numbered(town)
        town.commit(message, "2026-06-01T12:00:00+00:00")
        found = town.change(VISITS)
        assert (found.title, found.number) == ("Numbers of winter" if title is None else title, number)
        assert "jane" not in says(town, "measures/home-visits/")

    @pytest.mark.parametrize(
        ("repository", "numbered_at", "at"),
        [
            ("https://github.com/town/plan", "pull/7", "commit/"),
            ("https://github.com/town/plan/", "pull/7", "commit/"),
            ("https://gitlab.town.example/town/plan", "-/merge_requests/7", "-/commit/"),
            ("https://bitbucket.org/town/plan", "pull-requests/7", "commits/"),
            ("https://example.org/github/plan", "", ""),
            ("", "", ""),
        ],
    )
    def test_is_linked_where_the_host_is_known(self, town: Town, repository: str, numbered_at: str, at: str) -> None:
        numbered(town)
        town.commit("Numbers of winter (#7)", "2026-06-01T12:00:00+00:00")
        start = repository.rstrip("/")
        found = town.trail("measures/home-visits/", repository)
        assert found.link == (f"{start}/{numbered_at}" if numbered_at else "")
        # The whole plan was changed last in the same change; a measure that was not, in the first commit.
        first = town.git("rev-list", "--max-parents=0", "HEAD").strip()
        assert town.trail("measures/engine-arrival/", repository).link == (f"{start}/{at}{first}" if at else "")

    def test_title_is_no_html(self, town: Town) -> None:
        numbered(town)
        town.commit("<img src=x onerror=alert(1)> & {{ figure }} “Zoë”", "2026-06-01T12:00:00+00:00")
        found = foot(town.edition(), town.trail("measures/home-visits/"))
        assert not found.tree.xpath("//img")
        assert "<img src=x onerror=alert(1)> & {{ figure }} “Zoë”" in found.words(LINE)

    def test_long_title_is_cut(self, town: Town) -> None:
        numbered(town)
        town.commit("Very " * 100, "2026-06-01T12:00:00+00:00")
        assert len(says(town, "measures/home-visits/")) < 200

    def with_posts(self, town: Town) -> Town:
        path = town.project / "data" / "people.yml"
        (role, *_) = (one for one in entries(path.read_text(encoding="utf-8")) if one.key == "roles")
        lines = path.read_text(encoding="utf-8").split("\n")
        lines.insert(role.line, f"    approves_as: [{FIRE_CHIEF.title()}]")
        path.write_text("\n".join(lines), encoding="utf-8")
        town.commit("Who approves", "2026-01-11T12:00:00+00:00")
        return town

    def test_names_the_post_that_merged(self, town: Town) -> None:
        self.with_posts(town).branch("numbers")
        numbered(town)
        town.commit("Numbers", "2026-02-01T12:00:00+00:00")
        town.merge("numbers", "Merge pull request #12 from a/b\n\nNumbers of winter", "2026-02-20T12:00:00+00:00")
        found = foot(town.edition(), town.trail("measures/home-visits/"))
        edition = town.edition()
        (role, *_) = edition.plan.people.roles
        assert found.words(LINE).endswith(f"in change 12: Numbers of winter. Accepted by: {role.title}.")
        assert found.tree.xpath(f"{LINE}//a/@href") == [f"people/{role.id}/"]

    @pytest.mark.parametrize(
        ("message", "by", "author", "named"),
        [
            ("Numbers (#1)", GITHUB, FIRE_CHIEF, False),  # who pressed the button is not kept
            ("Numbers (#1)\n\nApproved-by: A <CHIEF@town.example>", GITHUB, "clerk@town.example", True),
            ("Numbers", FIRE_CHIEF, "clerk@town.example", True),
            ("Numbers", "clerk@town.example", FIRE_CHIEF, False),
        ],
    )
    def test_names_a_post_only_where_git_knows_it(
        self, town: Town, message: str, by: str, author: str, named: bool
    ) -> None:
        numbered(self.with_posts(town))
        town.commit(message, "2026-06-01T12:00:00+00:00", by=by, author=author)
        said = says(town, "measures/home-visits/")
        assert ("Accepted by:" in said) == named
        assert "@" not in said
        assert "Somebody" not in said

    def test_of_one_address_two_posts_is_a_mistake(self, town: Town) -> None:
        path = self.with_posts(town).project / "data" / "people.yml"
        (role, *_) = (one for one in entries(path.read_text(encoding="utf-8")) if one.key == "roles")
        again = role.text.replace(role.id, "second-post")
        change(path, role.text, f"{role.text}\n{again}")
        with pytest.raises(PlanError, match=f'found an address that "{role.id}" approves under already'):
            town.edition()


def test_line_is_in_the_language_of_the_page(town: Town) -> None:
    path = town.project / "data" / "town.yml"
    text = path.read_text(encoding="utf-8")
    assert "languages:" not in text
    path.write_text(f"{text.rstrip()}\nlanguages: [en, es]\n", encoding="utf-8")
    town.commit("Two languages (#8)", "2026-06-01T12:00:00+00:00")
    found = foot(town.edition(1), town.trail(""))
    assert "1 de junio de 2026" in found.words(LINE)
    assert found.tree.xpath(f"{LINE}//span[@lang='en']/text()") == ["Two languages"]
    unknown = foot(town.edition(1), replace(town.trail(""), change=None))
    assert "fecha desconocida" in unknown.words(LINE)


def test_nothing_that_a_repository_names_is_run(town: Town, tmp_path: Path) -> None:
    numbered(town)
    (town.root / ".gitattributes").write_text("*.yml filter=evil diff=evil\n", encoding="utf-8")
    town.commit("Numbers (#7)", "2026-06-01T12:00:00+00:00")
    mark, program = tmp_path / "ran", tmp_path / "evil.sh"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {mark}\ncat\n', encoding="utf-8")
    program.chmod(0o755)
    for name in ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        shutil.copy(program, town.root / ".git" / "hooks" / name)
    settings = {
        "core.fsmonitor": program,
        "core.pager": program,
        "pager.log": program,
        "core.sshCommand": program,
        "core.editor": program,
        "diff.external": program,
        "diff.evil.command": program,
        "diff.evil.textconv": program,
        "filter.evil.clean": program,
        "filter.evil.smudge": program,
        "filter.evil.process": program,
        "gpg.program": program,
        "log.showSignature": "true",
        "alias.log": f"!{program}",
        "diff.relative": "true",
        "log.showRoot": "false",
        "color.ui": "always",
        "remote.origin.url": "ssh://nobody.example/plan",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": program,
        "extensions.partialClone": "origin",
    }
    for name, value in settings.items():
        town.git("config", name, str(value))
    mark.unlink(missing_ok=True)
    assert town.change(VISITS).number == 7
    assert town.change(ARRIVAL).on == dt.date(2026, 1, 10)
    # A file that only another host has is not asked for.
    blob = town.git("rev-parse", f"HEAD:{ARRIVAL}").strip()
    (town.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert town.history().files.get(ARRIVAL) is None
    assert not mark.exists()


def test_every_page_of_a_built_site_has_its_line(town: Town) -> None:
    shutil.copy(ROOT / "mkdocs.yml", town.project)
    town.commit("Settings", "2026-02-01T12:00:00+00:00")
    first = {page.address: page.text for page in build(town.project).pages.values()}
    documents = [address for address, text in first.items() if "sp-foot" not in text]
    assert all(address.endswith(("print/", "scorecard/")) for address in documents)
    for page in BuiltSite(town.project / "site").pages.values():
        if page.address not in documents:
            assert page.words("//p[@class='sp-trail']").endswith("The plan begins."), page.address
    again = {page.address: page.text for page in build(town.project).pages.values()}
    assert again == first
