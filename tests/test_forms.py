"""The forms for staff: one configuration that knows every key, the page, and where the editor comes from."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator
from lxml import html
from playwright.sync_api import Browser, expect

from safety_plan.commands import main
from safety_plan.editing.forms.configuration import Home, configuration
from safety_plan.editing.forms.editors import DECAP, SVELTIA, Editor
from safety_plan.editing.forms.fetching import NotFetchedError, script_of
from safety_plan.editing.forms.fields import fields_of
from safety_plan.editing.forms.page import page
from safety_plan.editing.holds import held_by
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.plan.offers import offers
from safety_plan.plugin.settings import SafetyPlanConfig
from safety_plan.reading.folder import FILES, FOLDERS
from safety_plan.reading.periods import fiscal_period_from, period_from
from safety_plan.reading.schema.base import Record
from tests.core_pages import plan_of
from tests.editors import SVELTIA_SCHEMA
from tests.support import ROOT, run_mkdocs, served

SMALL = ROOT / "tests" / "plans" / "small"
SETTINGS = """site_name: Alder Falls Safety Plan
site_url: https://plan.alder-falls.example/
docs_dir: content
repo_url: https://github.com/alder-falls/safety-plan
edit_uri: edit/main/content/
theme:
  name: material
  font: false
plugins:
  - search
  - safety-plan:
      as_of: 2026-11-22
      forms: true
"""


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    """The configuration for the example town."""
    plan = plan_of(ROOT)
    home = Home(repository="https://github.com/quinnebrook/safety-plan.git", site="https://quinnebrook.example/")
    found = yaml.safe_load(configuration(home, Choices(offers(plan), plan.categories)))
    assert isinstance(found, dict)
    return found


def forms(settings: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The fields of the whole form of each kind of file, by its place."""
    found = {one["folder"]: one["fields"] for one in settings["collections"] if one["name"] in FOLDERS}
    for one in settings["collections"]:
        found |= {file["file"]: file["fields"] for file in one.get("files", ())}
    return found


MODELS = {f"data/{name}": model for name, model in FOLDERS.items()} | {
    f"data/{name}.yml": model for name, model in FILES.items()
}


def walked(record: type[Record], fields: list[dict[str, Any]], at: str) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Each key of a class with its field in the form, and those within; no key is left out, none is too many."""
    assert [field["name"] for field in fields] == list(record.model_fields), at
    for field, (name, info) in zip(fields, record.model_fields.items(), strict=True):
        yield f"{at}: {name}", info, field
        inner = held_by(info).record
        if inner is not None:
            yield from walked(inner, field["fields"], f"{at}: {name}")


def every_field(settings: dict[str, Any]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Every key of the data format with its field in the forms."""
    for file, fields in forms(settings).items():
        yield from walked(MODELS[file], fields, file)


def test_every_kind_of_file_has_a_form_and_the_numbers_come_first(settings: dict[str, Any]) -> None:
    assert set(forms(settings)) == set(MODELS)
    labels = [one["label"] for one in settings["collections"]]
    assert labels[:4] == ["Numbers", "Measures", "Goals and actions", "Quarterly reviews"]
    assert settings["publish_mode"] == "editorial_workflow"


def test_the_other_editor_takes_the_configuration_by_its_own_schema(settings: dict[str, Any]) -> None:
    schema = json.loads(SVELTIA_SCHEMA.read_text(encoding="utf-8"))

    assert [fault.message for fault in Draft7Validator(schema).iter_errors(settings)] == []
    assert [*Draft7Validator(schema).iter_errors({**settings, "publish_mode": "none"})]


def test_the_short_form_for_numbers_shows_a_few_keys_and_knows_all_in_their_order(settings: dict[str, Any]) -> None:
    short = settings["collections"][0]

    assert [field["name"] for field in short["fields"]] == list(FOLDERS["metrics"].model_fields)
    shown = [field["name"] for field in short["fields"] if field["widget"] != "hidden"]
    assert shown == ["name", "observations", "annual", "breakdowns", "notes", "explanation", "next_step"]
    assert short["folder"] == "data/metrics"
    assert not short["create"]


def test_every_key_has_a_label_and_its_description(settings: dict[str, Any]) -> None:
    for at, info, field in every_field(settings):
        assert info.description in field["hint"], at
        assert re.fullmatch(r"[A-Z][^_]*", field["label"]), at


def test_a_key_is_required_where_the_reader_wants_it(settings: dict[str, Any]) -> None:
    metric = {field["name"]: field for field in forms(settings)["data/metrics"]}

    assert "required" not in metric["name"]
    assert metric["ref"]["required"] is False
    # What may be left out as a whole must be allowed to stay empty.
    assert [field["required"] for field in metric["next_step"]["fields"]] == [False, False, False]
    assert metric["next_step"]["fields"][0]["hint"].startswith("Needed where anything stands in this part.")
    assert "required" not in metric["source"]["fields"][0]
    for at, info, field in every_field(settings):
        assert field.get("required") is False or info.is_required(), at


def test_what_is_one_of_a_list_is_chosen_and_not_typed(settings: dict[str, Any]) -> None:
    goals = {field["name"]: field for field in forms(settings)["data/goals"]}
    risks = {field["name"]: field for field in forms(settings)["data/risks.yml"]}
    risk = {field["name"]: field for field in risks["risks"]["fields"]}
    objective = {field["name"]: field for field in goals["objectives"]["fields"]}

    assert {"label": "Fire Chief (fire-chief)", "value": "fire-chief"} in goals["lead"]["options"]
    assert {"ems-response-90th", "bystander-cpr"} <= {one["value"] for one in objective["metrics"]["options"]}
    assert objective["metrics"]["multiple"] is True
    assert {"label": "threat", "value": "threat"} in risk["kind"]["options"]
    assert "If left empty: threat." in risk["kind"]["hint"]
    subtypes = {one["label"]: one["value"] for one in risk["subtype"]["options"]}
    assert subtypes["Operational safety: Manual handling injuries"] == "Manual handling injuries"


def test_every_pattern_is_told_in_words_of_its_own(settings: dict[str, Any]) -> None:
    patterns = {
        tuple(one["pattern"]) for _, _, field in every_field(settings) for one in _with_items(field) if "pattern" in one
    }

    assert len(patterns) > 5
    assert [words for _, words in patterns if "hint" in words] == []
    assert len({words for _, words in patterns}) == len(patterns)


def _with_items(field: dict[str, Any]) -> list[dict[str, Any]]:
    return [field, field.get("field", {})]


@pytest.mark.parametrize(
    "text", ["2026", "2026-Q3", "2026-09", "FY2026", "FY2026-Q1", "2026-13", "Q3 2026", "26-Q3", "FY2026-09"]
)
def test_a_period_is_right_in_the_form_where_it_is_right_in_the_file(settings: dict[str, Any], text: str) -> None:
    review = {field["name"]: field for field in forms(settings)["data/reviews"]}
    pattern, _ = review["period"]["pattern"]

    assert bool(re.search(pattern, text)) == bool(period_from(text) or fiscal_period_from(text, 7))


def test_numbers_keep_their_limits_and_dates_their_form(settings: dict[str, Any]) -> None:
    for at, info, field in every_field(settings):
        holds = held_by(info)
        if field["widget"] == "number":
            assert isinstance(field["step"], int | float), at
            assert field.get("min", 0) >= (holds.limit("ge") or 0), at
            assert field.get("max") == holds.limit("le"), at
        if field["widget"] == "datetime":
            assert (field["format"], field["time_format"]) == ("YYYY-MM-DD", False), at
        assert "default" not in field, at


def test_a_plan_without_anything_yet_still_has_forms() -> None:
    goal = fields_of(FOLDERS["goals"], Choices())

    assert {field["name"]: field["widget"] for field in goal}["lead"] == "string"


@pytest.mark.parametrize(
    ("repository", "backend"),
    [
        (
            "https://github.com/town/safety-plan/",
            {"name": "github", "repo": "town/safety-plan", "auth_methods": ["token"], "branch": "main"},
        ),
        (
            "https://gitlab.com/county/town/safety-plan",
            {"name": "gitlab", "repo": "county/town/safety-plan", "auth_methods": ["token"], "branch": "main"},
        ),
        ("https://git.town.example/plan", {"name": "git-gateway", "branch": "main"}),
        ("", {"name": "git-gateway", "branch": "main"}),
    ],
)
def test_the_files_are_where_the_settings_say(repository: str, backend: dict[str, Any]) -> None:
    found = yaml.safe_load(configuration(Home(repository=repository), Choices()))

    assert found["backend"] == backend


def test_where_the_editor_is_missing_the_page_says_what_to_do(tmp_path: Path, browser: Browser) -> None:
    text = page("Plan of <Alder> Falls", "https://github.com/alder-falls/safety-plan", "../")
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    with served(tmp_path) as address:
        tab = browser.new_page(viewport={"width": 320, "height": 700})
        tab.goto(address)

        expect(tab.get_by_role("heading", level=1)).to_have_text("Edit the plan with forms")
        expect(tab.get_by_text("If nothing happens")).to_be_visible()
        expect(tab.get_by_role("link", name="Edit the files where they live")).to_be_visible()
        assert tab.title() == "Edit the plan - Plan of <Alder> Falls"
        assert tab.evaluate("document.documentElement.scrollWidth") == 320
        tab.close()
    tree = html.fromstring(text)
    assert tree.get("lang") == "en"
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert tree.xpath("//noscript")
    assert tree.xpath("//script/@src") == ["editor.js"]


def test_the_site_has_forms_only_where_they_are_wanted_and_leads_nobody_there(tmp_path: Path) -> None:
    project = tmp_path / "town"
    shutil.copytree(SMALL, project)
    (project / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")

    done = run_mkdocs(project, "build", "--strict")

    assert done.returncode == 0, done.stderr
    site = project / "site"
    settings = yaml.safe_load((site / "admin" / "config.yml").read_text(encoding="utf-8"))
    assert settings["backend"]["repo"] == "alder-falls/safety-plan"
    assert settings["media_folder"] == "content/images"
    roles = {field["name"]: field for field in forms(settings)["data/goals"]}["lead"]["options"]
    assert [one["value"] for one in roles] == ["fire-chief", "town-manager"]
    assert "Alder Falls Safety Plan" in (site / "admin" / "index.html").read_text(encoding="utf-8")
    for file in ("sitemap.xml", "search/search_index.json", "index.html"):
        assert "admin/" not in (site / file).read_text(encoding="utf-8"), file
    assert SafetyPlanConfig.forms.default is False


def test_forms_that_nobody_can_sign_in_to_stop_a_strict_build(tmp_path: Path) -> None:
    project = tmp_path / "town"
    shutil.copytree(SMALL, project)
    text = SETTINGS.replace("repo_url: https://github.com/alder-falls/safety-plan\n", "")
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")

    done = run_mkdocs(project, "build", "--strict")

    assert done.returncode == 1
    assert "mkdocs.yml: found forms: true without repo_url" in done.stderr
    assert "Fix: add a line such as repo_url: https://github.com/our-town/safety-plan, or write forms: false." in (
        " ".join(done.stderr.split())
    )


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The small plan."""
    project = tmp_path / "town"
    shutil.copytree(SMALL, project)
    return project


def checked(project: Path) -> str:
    """What `safety-plan check` finds wrong."""
    folders = ["--data", str(project / "data"), "--content", str(project / "content")]
    return CliRunner().invoke(main, ["check", *folders]).stderr


def test_a_part_that_was_filled_in_and_cleared_counts_as_left_out(town: Path) -> None:
    file = town / "data" / "metrics" / "home-visits.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f'{text}next_step:\n  what: ""\n  owner: null\n  by:\n', encoding="utf-8")

    assert "mistake" not in checked(town)
    assert plan_of(town).metric("home-visits").record.next_step is None


def test_a_part_that_is_needed_or_has_a_strange_key_is_still_told(town: Path) -> None:
    file = town / "data" / "metrics" / "home-visits.yml"
    text = file.read_text(encoding="utf-8")
    needed = text.replace("  name: Visit book\n  owner: fire-chief\n", "  name: \n  owner: \n")
    assert needed != text
    file.write_text(needed, encoding="utf-8")
    assert 'found "name" without a value' in checked(town)

    file.write_text(f"{text}next_step:\n  what:\n  wen:\n", encoding="utf-8")
    assert 'found the unknown key "wen"' in checked(town)

    file.write_text(f"{text}next_step:\n  what: Ask the state\n  owner:\n  by:\n", encoding="utf-8")
    assert 'found "owner" without a value' in checked(town)


def packed(script: bytes) -> tuple[bytes, Editor]:
    """A package as npm packs it, and the editor in it."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as files:
        entry = tarfile.TarInfo("package/dist/decap-cms.js")
        entry.size = len(script)
        files.addfile(entry, io.BytesIO(script))
    package = content.getvalue()
    return package, replace(DECAP, sha512=base64.b64encode(hashlib.sha512(package).digest()).decode())


def test_only_the_known_package_is_taken() -> None:
    package, editor = packed(b"forms()")

    assert script_of(editor, package) == b"forms()"
    with pytest.raises(NotFetchedError, match=r"decap-cms 3\.16\.3 is not the one that is known here: its sha512"):
        script_of(DECAP, package)


@pytest.mark.parametrize("editor", [DECAP, SVELTIA], ids=lambda editor: editor.package)
def test_each_editor_is_named_by_one_release_and_its_hash(editor: Editor) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", editor.version)
    assert len(base64.b64decode(editor.sha512, validate=True)) == hashlib.sha512().digest_size


def test_the_command_does_nothing_where_no_forms_are_wanted(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["forms", str(tmp_path)])

    assert done.exit_code == 0
    assert 'switched on by the line "forms: true" in mkdocs.yml' in done.stdout
    assert [*tmp_path.iterdir()] == []


def test_the_command_says_why_there_is_no_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.yml").touch()
    monkeypatch.setenv("PATH", str(tmp_path))

    done = CliRunner().invoke(main, ["forms", str(tmp_path)])

    assert done.exit_code == 1
    assert done.stderr == (
        f"The form editor was not put into {tmp_path}: npm is not installed; it comes with Node.js.\n"
    )
