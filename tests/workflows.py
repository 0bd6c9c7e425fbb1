"""Runs the workflows of a repository on this machine: every `run:` step as it stands in the file.

What only the hosting service can do, each `uses:`, meets a stand-in that checks what it is given. An expression that
this runner does not know stops it, so that no step runs with a value that GitHub would not have given.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Values = dict[str, Any]
Outputs = dict[str, str]

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.S)
_NAME = re.compile(r"[a-z_]+(\.[\w-]+)+")
_COMPARED = re.compile(r"([a-z_]+(?:\.[\w-]+)+) == '([^']*)'")
_SHELLS = {"bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"], "": ["bash", "-e"]}
_SECONDS = 300


class UnknownExpressionError(Exception):
    """An expression of a workflow that this runner cannot give a value."""


@dataclass
class Step:
    """A step that was looked at: what became of it, and what it said."""

    name: str
    outcome: str = "skipped"
    said: str = ""
    uses: str = ""


@dataclass
class Job:
    """A job: its folder, its steps, and what it wrote for people to read."""

    name: str
    folder: Path
    result: str = "skipped"
    steps: list[Step] = field(default_factory=list)
    contexts: Values = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    exported: dict[str, str] = field(default_factory=dict)

    def step(self, name: str) -> Step:
        """The step of this name."""
        return next(step for step in self.steps if step.name == name)

    @property
    def workspace(self) -> Path:
        """The folder in which its steps run."""
        return self.folder / "workspace"

    @property
    def summary(self) -> str:
        """What it wrote into the summary of the run."""
        file = self.folder / "GITHUB_STEP_SUMMARY"
        return file.read_text(encoding="utf-8") if file.exists() else ""


Action = Callable[[Job, Mapping[str, str]], Outputs]
"""What stands in for an action: it gets the job and what stands under `with`, and gives the outputs."""


@dataclass
class Runner:
    """A machine on which workflows run. `environment` is all that steps see besides what the workflow gives them.

    `actions` are the stand-ins by the names of the actions, without their versions.
    """

    folder: Path
    environment: Mapping[str, str]
    actions: Mapping[str, Action]

    def run(self, file: Path, event: Values) -> dict[str, Job]:
        """Run all jobs of a workflow; `event` is what `github` stands for in its expressions."""
        workflow = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        jobs: dict[str, Job] = {}
        for name, written in workflow["jobs"].items():
            needs = written.get("needs", [])
            before = [jobs[one] for one in ([needs] if isinstance(needs, str) else needs)]
            job = jobs[name] = Job(name, self.folder / f"{len(list(self.folder.iterdir()))}-{name}")
            job.contexts = {"github": event, "steps": {}, "needs": {one.name: {"result": one.result} for one in before}}
            failed = any(one.result == "failure" for one in before)
            if holds(written.get("if", ""), job.contexts, failed=failed, whole=all_well(before)):
                self._job(job, written, workflow)
        return jobs

    def _job(self, job: Job, written: Values, workflow: Values) -> None:
        job.workspace.mkdir(parents=True)
        (job.folder / "temp").mkdir()
        environment = workflow.get("env", {}) | written.get("env", {})
        failed = False
        for number, step in enumerate(written["steps"]):
            took = Step(step.get("name", f"step {number}"))
            job.steps.append(took)
            if holds(step.get("if", ""), job.contexts, failed=failed, whole=not failed):
                known = given(environment | step.get("env", {}), job.contexts)
                outputs = self._step(job, took, step, workflow, known)
                failed = failed or took.outcome == "failure"
                if "id" in step:
                    job.contexts["steps"][step["id"]] = {"outcome": took.outcome, "outputs": outputs}
            elif "id" in step:
                job.contexts["steps"][step["id"]] = {"outcome": "skipped", "outputs": {}}
        job.result = "failure" if failed else "success"

    def _step(self, job: Job, took: Step, step: Values, workflow: Values, known: dict[str, str]) -> Outputs:
        if "uses" in step:
            took.uses = step["uses"]
            took.outcome = "success"
            return self.actions[took.uses.partition("@")[0]](job, given(step.get("with", {}), job.contexts))
        assert "${{" not in step["run"], "an expression in a script could bring commands with it"
        shell = step.get("shell", workflow.get("defaults", {}).get("run", {}).get("shell", ""))
        script = job.folder / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        files = {name: job.folder / name for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        done = subprocess.run(
            [*_SHELLS[shell], str(script)],
            cwd=job.workspace / step.get("working-directory", ""),
            env=self._environment(job, files, known),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
        took.said, took.outcome = done.stdout, "failure" if done.returncode else "success"
        job.exported |= pairs(files["GITHUB_ENV"])
        job.path[:0] = files["GITHUB_PATH"].read_text(encoding="utf-8").split()
        return pairs(files["GITHUB_OUTPUT"])

    def _environment(self, job: Job, files: Mapping[str, Path], known: Mapping[str, str]) -> dict[str, str]:
        event = job.contexts["github"]
        usual = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": event["repository"],
            "GITHUB_RUN_ID": event["run_id"],
            "GITHUB_SERVER_URL": event["server_url"],
            "GITHUB_WORKSPACE": str(job.workspace),
            "GITHUB_STEP_SUMMARY": str(job.folder / "GITHUB_STEP_SUMMARY"),
            "RUNNER_TEMP": str(job.folder / "temp"),
        }
        found = {**self.environment, **usual, **{name: str(file) for name, file in files.items()}}
        path = ":".join([*job.path, self.environment["PATH"]])
        return {**found, **job.exported, **known, "PATH": path}


def all_well(jobs: list[Job]) -> bool:
    """Whether every job has succeeded."""
    return all(job.result == "success" for job in jobs)


def holds(condition: str, contexts: Values, *, failed: bool, whole: bool) -> bool:
    """Whether a condition holds: `failed` says that something went wrong before, `whole` that all went well.

    Without one of the functions that say when, a step or job runs only where all went well.
    """
    bare = condition.strip().removeprefix("${{").removesuffix("}}").strip()
    when = {"failure()": failed, "success()": whole, "always()": True, "!cancelled()": True}
    terms = [term.strip() for term in bare.split("&&")] if bare else []
    if not any(term in when for term in terms):
        terms.append("success()")
    return all(when[term] if term in when else _equal(term, contexts) for term in terms)


def _equal(term: str, contexts: Values) -> bool:
    compared = _COMPARED.fullmatch(term)
    if compared is None:
        raise UnknownExpressionError(term)
    return _value(compared[1], contexts) == compared[2]


def given(written: Mapping[str, str], contexts: Values) -> dict[str, str]:
    """The values of settings, with what their expressions stand for."""
    return {
        key: _EXPRESSION.sub(lambda found: _value(found[1].strip(), contexts), value) for key, value in written.items()
    }


def _value(name: str, contexts: Values) -> str:
    """What a name such as `github.base_ref` stands for."""
    value: Any = contexts
    for part in name.split(".") if _NAME.fullmatch(name) else [""]:
        if not isinstance(value, dict) or part not in value:
            raise UnknownExpressionError(name)
        value = value[part]
    if not isinstance(value, str):
        raise UnknownExpressionError(name)
    return value


def pairs(file: Path) -> dict[str, str]:
    """What a step wrote into one of its files, as lines of the form name=value."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def clone(source: Path, target: Path, branch: str = "") -> None:
    """What a checkout leaves: a clone whose branches are those of the origin."""
    shutil.rmtree(target, ignore_errors=True)
    chosen = ["--branch", branch] if branch else []
    subprocess.run(["git", "clone", "--quiet", *chosen, str(source), str(target)], check=True, capture_output=True)


@dataclass
class Pipeline:
    """The jobs of a `.gitlab-ci.yml`, each run in a folder of its own. `environment` is all that they see."""

    file: Path
    environment: Mapping[str, str]

    def run(self, name: str, folder: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run the script of a job, with the variables that GitLab would give it."""
        written = yaml.load(self.file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        job = written.get(written[name].get("extends", ""), {}) | written[name]
        own = written["variables"] | job.get("variables", {})
        known = {key: variables[value[1:]] if value.startswith("$") else value for key, value in own.items()}
        return subprocess.run(
            [*_SHELLS["bash"], "-c", "\n".join([*job.get("before_script", []), *job["script"]])],
            cwd=folder,
            env={**self.environment, **variables, **known},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
