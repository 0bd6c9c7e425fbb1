"""What GitHub and GitLab do by themselves for a town: every step is run here as it stands in the file.

The action of each `uses:` and its version by commit were looked up by hand in the public repository of the action.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.stand_ins.hosting import Hosting
from tests.support import ROOT, BuiltSite, change
from tests.town import Newcomer, newcomer, stand_in
from tests.workflows import Job, Pipeline, Runner, UnknownExpressionError, clone, given, holds

STARTER = ROOT / "plugins" / "safety_plan" / "editing" / "starter"
WORKFLOWS = sorted((STARTER / ".github" / "workflows").glob("*.yml"))
ADDRESS = "https://our-town.github.io/riverbend"
EVENT = {
    "repository": "our-town/riverbend",
    "server_url": "https://github.com",
    "run_id": "77",
    "token": "a token of one run",
    "event_name": "push",
}
FROM_A_FORK = {name: value for name, value in EVENT.items() if name != "token"} | {
    "event_name": "pull_request",
    "base_ref": "main",
    "event": {"pull_request": {"number": "12"}},
}
TOKEN = {"SAFETY_PLAN_TOKEN": "a token of the project"}

ACTIONS = {
    "actions/checkout": {"fetch-depth", "persist-credentials"},
    "actions/configure-pages": set(),
    "actions/deploy-pages": set(),
    "actions/setup-python": {"python-version"},
    "actions/upload-artifact": {"name", "path", "if-no-files-found", "retention-days"},
    "actions/upload-pages-artifact": {"path"},
}
"""The actions that are used, with the settings that they are given; each was looked up in its `action.yml`."""


@dataclass
class Town:
    """A town's repository on the hosting service, and the machines that run its workflows.

    `up` is what residents see. `hosting` holds the issues.
    """

    maker: Newcomer
    project: Path
    folder: Path

    @property
    def up(self) -> Path:
        """The site that residents see."""
        return self.folder / "up"

    @property
    def hosting(self) -> Hosting:
        """The issues and labels as they are now."""
        return Hosting.read(self.folder / "hosting.json")

    def commit(self, message: str, branch: str) -> None:
        """Commit all changes on a new branch."""
        self.maker.git(self.project, "checkout", "--quiet", "-B", branch)
        self.maker.git(self.project, "commit", "--quiet", "--all", "--message", message)

    def run(self, workflow: str, branch: str = "main", event: Mapping[str, Any] = EVENT) -> dict[str, Job]:
        """Run a workflow for what stands on a branch."""

        def checked_out(job: Job, settings: Mapping[str, str]) -> dict[str, str]:
            assert settings["persist-credentials"] == "false"
            clone(self.project, job.workspace, branch)
            return {}

        def python(job: Job, settings: Mapping[str, str]) -> dict[str, str]:
            assert settings == {"python-version": "3.11"}
            job.path.insert(0, str(self.maker.programs))
            return {}

        def handed_over(job: Job, settings: Mapping[str, str]) -> dict[str, str]:
            shutil.copytree(job.workspace / settings["path"], self.folder / settings.get("name", "github-pages"))
            return {}

        def put_up(job: Job, settings: Mapping[str, str]) -> dict[str, str]:
            shutil.rmtree(self.up)
            (self.folder / "github-pages").rename(self.up)
            return {"page_url": f"{ADDRESS}/"}

        machines = self.folder / "machines"
        machines.mkdir(exist_ok=True)
        actions = {
            "actions/checkout": checked_out,
            "actions/setup-python": python,
            "actions/upload-artifact": handed_over,
            "actions/upload-pages-artifact": handed_over,
            "actions/configure-pages": lambda job, settings: {"base_url": ADDRESS},
            "actions/deploy-pages": put_up,
        }
        runner = Runner(machines, self.environment, actions)
        return runner.run(self.project / ".github" / "workflows" / workflow, dict(event))

    @property
    def environment(self) -> dict[str, str]:
        """What a machine of the hosting service has, with stand-ins for the programs that talk to it."""
        known = self.maker.environment
        own = {"HOSTING": str(self.folder / "hosting.json"), "PATH": f"{self.folder / 'programs'}:{known['PATH']}"}
        return {name: value for name, value in known.items() if not name.startswith("GIT_")} | own

    def job(self, name: str, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a job on GitLab in a clone of main, with these variables besides those of GitLab."""
        place = self.folder / f"gitlab-{name}"
        clone(self.project, place)
        pipeline = Pipeline(self.project / ".gitlab-ci.yml", self.environment)
        usual = {
            "CI_API_V4_URL": "https://gitlab.example/api/v4",
            "CI_PROJECT_ID": "5",
            "CI_PAGES_URL": ADDRESS,
            "CI_PIPELINE_URL": "https://gitlab.example/our-town/riverbend/-/pipelines/77",
        }
        return pipeline.run(name, place, {**usual, **variables})


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    """A newcomer who has installed the program and made the town of Riverbend."""
    found = newcomer(tmp_path_factory.mktemp("newcomer"))
    assert found.call("python", "-m", "pip", "install", "--no-deps", "mkdocs-safety-plan").returncode == 0
    made = found.call("safety-plan", "init", "riverbend", "--repository", "https://github.com/our-town/riverbend")
    assert made.returncode == 0, made.stderr
    return found


@pytest.fixture
def town(maker: Newcomer, tmp_path: Path) -> Town:
    """Riverbend on the hosting service; the site of yesterday is up."""
    clone(maker.folder / "riverbend", tmp_path / "riverbend")
    stand_in(tmp_path / "programs" / "gh", "gh")
    stand_in(tmp_path / "programs" / "curl", "curl")
    (tmp_path / "up").mkdir()
    (tmp_path / "up" / "index.html").write_text("the site of yesterday", encoding="utf-8")
    return Town(maker, tmp_path / "riverbend", tmp_path)


def test_the_package_holds_every_file_of_a_new_town(maker: Newcomer) -> None:
    """Files whose names start with a dot are easily left out of a package."""
    made = maker.git(maker.folder / "riverbend", "ls-files").splitlines()
    kept = [path.relative_to(STARTER).as_posix() for path in STARTER.rglob("*") if path.is_file()]

    assert sorted(path for path in made if not path.startswith("schema/")) == sorted(kept)


def misspell_the_lead(town: Town) -> None:
    """A mistake in the file of the goal, in its fifth line."""
    change(town.project / "data" / "goals" / "first-goal.yml", "\nlead: plan-lead", "\nlead: plan-leed")


def miss_the_review(town: Town) -> None:
    """The day of the next review has passed long ago."""
    file = town.project / "data" / "plan.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub("next_review: .*", "next_review: 2026-02-03", text), encoding="utf-8")


def test_a_good_change_from_a_fork_shows_what_residents_will_see(town: Town) -> None:
    change(town.project / "data" / "plan.yml", '"[The town we want to be, in one sentence.]"', "A town that looks out.")
    town.commit("Say what we want to be", "vision")
    job = town.run("pull-request.yml", "vision", FROM_A_FORK)["check"]

    assert [step.outcome for step in job.steps] == ["success"] * 7 + ["skipped"] * 2, job.steps
    assert "What residents will see" in job.summary
    assert "A town that looks out." in job.summary
    assert 'attached to this run, as "preview"' in job.summary
    assert "A town that looks out." in BuiltSite(town.folder / "preview")["plan/"].words("//*[@id='vision']")


def test_a_mistake_is_shown_at_its_line_and_told_in_words(town: Town) -> None:
    misspell_the_lead(town)
    town.commit("Another lead", "mistake")
    job = town.run("pull-request.yml", "mistake", FROM_A_FORK)["check"]

    assert job.result == "failure"
    assert re.search(r"::error file=data/goals/first-goal\.yml,line=5,col=7\b", job.step("Check the plan").said)
    assert job.step("Build the site").outcome == "skipped"
    assert "## This change cannot be published yet" in job.summary
    assert '    data/goals/first-goal.yml:5:7: found "plan-leed"' in job.summary
    assert not (town.folder / "preview").exists()


def test_a_page_with_a_broken_picture_is_not_published_and_the_summary_says_so(town: Town) -> None:
    page = town.project / "content" / "plan" / "being-set-up.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n![A map](map.png)\n", encoding="utf-8")
    town.commit("Add a map", "map")
    job = town.run("pull-request.yml", "map", FROM_A_FORK)["check"]

    assert (job.step("Check the plan").outcome, job.step("Build the site").outcome) == ("success", "failure")
    assert "The plan is in order, but the site could not be built." in job.summary


def test_a_failed_build_leaves_the_site_of_yesterday_and_a_good_one_takes_its_place(town: Town) -> None:
    misspell_the_lead(town)
    town.commit("Another lead", "main")
    jobs = town.run("publish.yml")

    assert [jobs[name].result for name in ("build", "deploy", "not-published", "published")] == [
        "failure",
        "skipped",
        "success",
        "skipped",
    ]
    assert (town.up / "index.html").read_text(encoding="utf-8") == "the site of yesterday"
    assert '    data/goals/first-goal.yml:5:7: found "plan-leed"' in jobs["build"].summary
    assert "Residents still see the site of the last time it worked." in jobs["not-published"].summary
    town.run("publish.yml")
    (issue,) = town.hosting.issues
    assert (issue.title, issue.state) == ("The site was not published", "open")
    assert "https://github.com/our-town/riverbend/actions/runs/77" in issue.body

    change(town.project / "data" / "goals" / "first-goal.yml", "plan-leed", "plan-lead")
    town.commit("The right lead", "main")
    jobs = town.run("publish.yml")

    assert {job.result for job in jobs.values() if job.name != "not-published"} == {"success"}
    (issue,) = town.hosting.issues
    assert (issue.state, issue.comments) == ("closed", ["The site is published again."])
    home = BuiltSite(town.up)[""]
    assert home.tree.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}/"]
    assert sorted(path.name for path in town.up.rglob("*.pdf")) != []


def test_what_is_due_stands_in_one_issue_that_closes_when_nothing_is(town: Town) -> None:
    miss_the_review(town)
    town.commit("An old date", "main")
    jobs = town.run("reminder.yml")

    (issue,) = town.hosting.issues
    assert (issue.title, issue.labels, issue.state) == ("What is due", ["due"], "open")
    assert issue.body.startswith("<!-- safety-plan: due -->\n")
    assert "- [ ] Quarterly review" in issue.body
    assert issue.body == jobs["remind"].summary
    assert town.hosting.switched_on == [
        "repos/our-town/riverbend/actions/workflows/publish.yml/enable",
        "repos/our-town/riverbend/actions/workflows/reminder.yml/enable",
    ]

    town.maker.git(town.project, "revert", "--no-edit", "HEAD")
    town.run("reminder.yml")
    (issue,) = town.hosting.issues
    assert (issue.state, issue.comments) == ("closed", ["Nothing is due any more."])
    assert "- [ ]" not in issue.body


def test_gitlab_checks_a_merge_request_and_publishes_the_site(town: Town) -> None:
    base = town.maker.git(town.project, "rev-parse", "HEAD").strip()
    # This town wants no PDF files, which take longer than all the rest.
    change(town.project / "mkdocs.yml", "pdf: !ENV [SAFETY_PLAN_PDF, false]", "pdf: false")
    change(town.project / "data" / "plan.yml", '"[The town we want to be, in one sentence.]"', "A town that looks out.")
    town.commit("Say what we want to be", "main")
    checked = town.job("check", {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
    published = town.job("pages", {})

    assert checked.returncode == 0, checked.stdout
    told = (town.folder / "gitlab-check" / "what-residents-will-see.md").read_text(encoding="utf-8")
    assert "A town that looks out." in told
    assert (town.folder / "gitlab-check" / "site" / "index.html").is_file()
    assert published.returncode == 0, published.stdout
    home = BuiltSite(town.folder / "gitlab-pages" / "public")[""]
    assert home.tree.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}/"]


def test_gitlab_stops_at_a_mistake(town: Town) -> None:
    misspell_the_lead(town)
    town.commit("Another lead", "main")
    done = town.job("pages", {})

    assert done.returncode == 1
    assert "data/goals/first-goal.yml:5:7" in done.stdout
    assert not (town.folder / "gitlab-pages" / "public").exists()


def test_gitlab_opens_and_closes_the_issue_of_a_failure_where_it_has_a_token(town: Town) -> None:
    untold = town.job("not-published", {})
    assert untold.returncode == 0
    assert "Residents still see the site of the last time it worked." in untold.stdout
    assert "the variable SAFETY_PLAN_TOKEN is not set" in untold.stdout
    assert town.hosting.issues == []

    for _ in range(2):
        assert town.job("not-published", TOKEN).returncode == 0
    (issue,) = town.hosting.issues
    assert (issue.title, issue.state) == ("The site was not published", "open")
    assert "https://gitlab.example/our-town/riverbend/-/pipelines/77" in issue.body

    assert town.job("published", {}).returncode == 0
    assert town.job("published", TOKEN).returncode == 0
    assert town.hosting.issues[0].state == "closed"


def test_gitlab_keeps_one_issue_of_what_is_due(town: Town) -> None:
    miss_the_review(town)
    town.commit("An old date", "main")
    for variables in ({}, TOKEN):
        done = town.job("reminder", variables)
        assert done.returncode == 0, done.stdout
        assert "- [ ] Quarterly review" in done.stdout
    (issue,) = town.hosting.issues
    assert (issue.title, issue.state) == ("What is due", "open")

    town.maker.git(town.project, "revert", "--no-edit", "HEAD")
    assert town.job("reminder", TOKEN).returncode == 0
    assert town.hosting.issues[0].state == "closed"
    assert "- [ ]" not in town.hosting.issues[0].body


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_each_action_is_pinned_by_a_commit_and_gets_settings_it_knows(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    used = re.findall(r"uses: ([\w/-]+)@(.*)", text)

    assert [name for name, _ in used if name not in ACTIONS] == []
    assert [pin for _, pin in used if not re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin)] == []
    for job in yaml.safe_load(text)["jobs"].values():
        for step in job["steps"]:
            if "uses" in step:
                assert set(step.get("with", {})) <= ACTIONS[step["uses"].partition("@")[0]]


def test_one_action_is_pinned_by_one_commit_everywhere() -> None:
    texts = "".join(workflow.read_text(encoding="utf-8") for workflow in WORKFLOWS)
    pins = set(re.findall(r"uses: ([\w/-]+)@(.*)", texts))

    assert len(pins) == len({name for name, _ in pins})


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_is_allowed_that_is_not_named_for_a_job(workflow: Path) -> None:
    written = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    allowed = {name: job["permissions"] for name, job in written["jobs"].items()}

    assert written["permissions"] == {}
    assert (
        allowed
        == {
            "pull-request.yml": {"check": {"contents": "read"}},
            "publish.yml": {
                "build": {"contents": "read", "pages": "read"},
                "deploy": {"pages": "write", "id-token": "write"},
                "not-published": {"issues": "write"},
                "published": {"issues": "write"},
            },
            "reminder.yml": {"remind": {"contents": "read", "issues": "write"}, "keep-going": {"actions": "write"}},
        }[workflow.name]
    )


def test_a_proposed_change_gets_no_secret() -> None:
    text = (STARTER / ".github" / "workflows" / "pull-request.yml").read_text(encoding="utf-8")

    assert "pull_request_target" not in text
    assert "secrets." not in text
    assert "github.token" not in text


@pytest.mark.parametrize("name", [".gitlab-ci.yml", *(f".github/workflows/{path.name}" for path in WORKFLOWS)])
def test_the_example_town_publishes_itself_as_a_new_town_does(name: str) -> None:
    assert (ROOT / name).read_bytes() == (STARTER / name).read_bytes()


@pytest.mark.parametrize(
    "command",
    [
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS)],
        ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(STARTER / ".gitlab-ci.yml")],
        ["zizmor", "--offline", "--no-progress", "--persona=auditor", *map(str, WORKFLOWS)],
        ["actionlint", *map(str, WORKFLOWS)],
    ],
    ids=lambda command: " ".join(word for word in command[:3] if not word.startswith("-")).partition(str(ROOT))[0],
)
def test_the_checkers_of_workflows_find_nothing(command: list[str]) -> None:
    program = Path(sys.executable).parent / command[0]
    done = subprocess.run([str(program), *command[1:]], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_an_expression_that_this_runner_does_not_know_stops_it() -> None:
    with pytest.raises(UnknownExpressionError):
        given({"TITLE": "${{ github.event.pull_request.title }}"}, {"github": EVENT})
    with pytest.raises(UnknownExpressionError):
        given({"PASSWORD": "${{ secrets.PASSWORD }}"}, {"github": EVENT})
    with pytest.raises(UnknownExpressionError):
        holds("contains(github.ref, 'main')", {"github": EVENT}, failed=False, whole=True)


def test_a_step_runs_only_where_all_went_well_unless_it_says_else() -> None:
    assert holds("", {}, failed=False, whole=True)
    assert not holds("", {}, failed=True, whole=False)
    assert not holds("github.run_id == '77'", {"github": EVENT}, failed=True, whole=False)
    assert holds("${{ failure() && github.run_id == '77' }}", {"github": EVENT}, failed=True, whole=False)
    assert not holds("${{ failure() && github.run_id == '78' }}", {"github": EVENT}, failed=True, whole=False)
