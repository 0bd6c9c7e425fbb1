"""The reference explains every key, and what is made from the data format is up to date in this repository."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from safety_plan.commands import main
from safety_plan.commands.choices import choices_of
from safety_plan.editing.json_schema.records import schemas, written
from safety_plan.editing.reference.pages import reference
from safety_plan.reading.document import read_document
from safety_plan.reading.folder import FILES, FOLDERS, read_folder
from safety_plan.reading.schema.base import Record, records_in
from tests.core_pages import plan_of
from tests.support import ROOT, change

SMALL = ROOT / "tests" / "plans" / "small"
MODELS: dict[str, type[Record]] = {**FILES, **FOLDERS}
STALE = "is not up to date: run `make reference`"
CODE = re.compile(r"`[^`]*`")


@cache
def pages() -> Mapping[str, str]:
    records, _ = read_folder(ROOT / "data", ROOT)
    return reference(records, MODELS)


def test_the_reference_in_docs_is_up_to_date() -> None:
    folder = ROOT / "docs" / "reference"

    assert sorted(path.name for path in folder.iterdir()) == sorted(pages())
    for name, text in pages().items():
        assert (folder / name).read_text("utf-8") == text, f"docs/reference/{name} {STALE}"


def test_the_schemas_of_the_example_are_up_to_date() -> None:
    made = schemas(choices_of(plan_of(ROOT)))

    assert {path.stem for path in (ROOT / "schema").iterdir()} == {*made}
    for kind, schema in made.items():
        assert (ROOT / "schema" / f"{kind}.json").read_text("utf-8") == written(schema), f"schema/{kind}.json {STALE}"


@pytest.mark.parametrize("kind", MODELS)
def test_every_key_that_a_file_may_have_is_explained(kind: str) -> None:
    page = pages()[f"{kind}.md"]
    for record in records_in(MODELS[kind]):
        for name, field in record.model_fields.items():
            assert field.description
            assert f"| `{name}` | {field.description} |" in page


def keys_in(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from keys_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from keys_in(item)


def test_every_key_of_the_example_is_in_the_reference() -> None:
    for file in sorted((ROOT / "data").rglob("*.yml")):
        kind = file.parent.name if file.parent.name in FOLDERS else file.stem
        document, _ = read_document(file.read_bytes(), file.name)
        for key in keys_in(document.value):
            assert f"| `{key}` |" in pages()[f"{kind}.md"], file


@pytest.mark.parametrize("kind", MODELS)
def test_descriptions_are_sentences_in_plain_words(kind: str) -> None:
    jargon = re.compile(r"\b(str|int|bool|float|None|null|tuple|dict|enum|regex|array|boolean|integer|string)\b")
    for record in records_in(MODELS[kind]):
        for name, field in record.model_fields.items():
            said = str(field.description)
            assert said.endswith("."), name
            assert len(said.split()) >= 2, name
            assert not jargon.search(said), name


def test_each_example_is_a_file_that_can_be_read_and_shows_a_real_key() -> None:
    for kind, model in MODELS.items():
        (example,) = re.findall(r"```yaml\n(.*?)```", pages()[f"{kind}.md"], re.DOTALL)
        found = yaml.safe_load(example)
        assert {name for name, field in model.model_fields.items() if field.is_required()} <= {*found}
        assert example.count("\n") <= 160


def test_links_within_the_reference_lead_somewhere() -> None:
    for name, page in pages().items():
        headings = {re.sub(r"[^\w -]", "", line.lower()).strip().replace(" ", "-") for line in page.split("\n")}
        for target in re.findall(r"\]\(([^)]*)\)", CODE.sub("", page)):
            file, _, anchor = target.partition("#")
            assert file == "" or file in pages(), (name, target)
            assert not anchor or anchor in headings, (name, target)


def test_no_row_of_a_table_is_broken() -> None:
    for name, page in pages().items():
        for row in (line for line in page.split("\n") if line.startswith("| `")):
            assert len(re.findall(r"(?<!\\)\|", row)) == 5, (name, row)


def test_allowed_words_and_defaults_are_named() -> None:
    page = pages()["metrics.md"]

    assert "One of these words: `higher`, `lower`, `within`. May be left out." in page
    assert "Whole number from 1 to 99." in page
    assert "Id of a role, from [`people.yml`](people.md). **Needed.**" in page
    assert "If left out: `period`." in page


def test_an_example_is_shown_as_it_has_to_be_typed() -> None:
    page = pages()["town.md"]

    assert '| `emergency_number` | The number to call in an emergency. | Text. If left out: `911`. | `"911"` |' in page
    assert '| `"#17406d"` |' in page
    assert "| `- Fennmoor` |" in page


# --- editors


def test_editors_find_a_schema_for_every_kind_of_file() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    wanted = {f"./schema/{kind}.json": f"data/{kind}.yml" for kind in FILES}
    wanted |= {f"./schema/{kind}.json": f"data/{kind}/*.yml" for kind in FOLDERS}

    assert settings["yaml.schemas"] == wanted
    assert settings["yaml.yamlVersion"] == "1.2"


@pytest.mark.parametrize("name", ["settings.json", "extensions.json"])
def test_a_new_town_gets_the_same_settings(name: str) -> None:
    starter = ROOT / "plugins" / "safety_plan" / "editing" / "starter" / ".vscode" / name

    assert starter.read_bytes() == (ROOT / ".vscode" / name).read_bytes()


# --- the command


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SMALL / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["schema", *arguments])


def test_the_schemas_are_written_once(town: Path) -> None:
    first, second = run(), run()

    assert (first.exit_code, first.output) == (0, f"{len(MODELS)} files in schema: {len(MODELS)} changed.\n")
    assert second.output == f"{len(MODELS)} files in schema: none changed.\n"
    assert {path.stem for path in (town / "schema").iterdir()} == {*MODELS}


def test_one_kind_is_written_to_another_folder(town: Path) -> None:
    done = run("--kind", "metrics", "--output", "help/editor")

    assert done.output == "1 file in help/editor: 1 changed.\n"
    assert json.loads((town / "help" / "editor" / "metrics.json").read_text("utf-8"))["title"] == "metrics/*.yml"


def test_the_reference_of_a_town_has_its_own_examples(town: Path) -> None:
    done = run("--format", "markdown", "--kind", "people")

    assert done.exit_code == 0
    assert "title: Fire Chief" in (town / "docs" / "reference" / "people.md").read_text("utf-8")


def test_mistakes_in_the_plan_are_told_and_nothing_is_written(town: Path) -> None:
    change(town / "data" / "town.yml", "\nname:", "\nnmae:")
    done = run()

    assert done.exit_code == 1
    assert 'found the unknown key "nmae"' in done.output
    assert not (town / "schema").exists()


def test_only_what_changed_is_written_anew(town: Path) -> None:
    run()
    change(town / "data" / "people.yml", "title: Fire Chief", "title: Chief of the Fire Department")
    done = run()

    assert re.fullmatch(rf"{len(MODELS)} files in schema: \d+ changed\.\n", done.output)
    assert "Chief of the Fire Department" in (town / "schema" / "goals.json").read_text("utf-8")


def test_an_unknown_kind_is_a_wrong_use(town: Path) -> None:
    assert run("--kind", "metric").exit_code == 2
