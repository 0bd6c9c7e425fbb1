"""Nothing internal gets out, and no text of the plan becomes markup."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.support import build, change, copy_project, run_mkdocs

MARK = "only-for-the-chief-7f3a"
SCRIPT = "<script>alert(1)</script>"


def test_the_site_never_opens_the_internal_folder(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    internal = project / "internal"
    for place in ("notes.md", "metrics/ems-response-90th.yml", "ems-response-90th.yml"):
        (internal / place).parent.mkdir(parents=True, exist_ok=True)
        (internal / place).write_text(f"name: {MARK}\n", encoding="utf-8")
    change(project / "mkdocs.yml", "      data_dir: data\n", "      data_dir: data\n      internal_dir: internal\n")
    site = build(project)

    holding = [path for path in site.folder.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]
    assert holding == []
    assert [path for path in site.folder.rglob("*") if MARK in path.name] == []


@pytest.mark.parametrize("place", ["data/internal", "content/internal", "site/internal"])
def test_an_internal_folder_within_a_published_one_is_refused(tmp_path: Path, place: str) -> None:
    project = copy_project(tmp_path)
    change(project / "mkdocs.yml", "      data_dir: data\n", f"      data_dir: data\n      internal_dir: {place}\n")
    done = run_mkdocs(project, "build", "--strict")

    assert done.returncode == 1
    assert "found internal_dir within" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_link_out_of_the_plan_into_another_folder_is_refused(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    outside = tmp_path / "outside.yml"
    shutil.copy(project / "data" / "metrics" / "structure-fires.yml", outside)
    (project / "data" / "metrics" / "structure-fires.yml").unlink()
    (project / "data" / "metrics" / "structure-fires.yml").symlink_to(outside)
    done = run_mkdocs(project, "build", "--strict")

    assert done.returncode == 1
    assert "found a link to a file outside this folder" in done.stderr


TEXT_LINE = re.compile(r"^(\s*(?:- )?)([a-z_]+): ([A-Z“][^{}\[\]#&*!|>'\"]*[a-z.?])$")
FIXED_WORDS = {
    "factor", "group", "subtype", "area", "item", "domain", "type", "strand", "funding", "name",
}  # fmt: skip
"""Keys whose values other files choose from: changing them would only make dangling references."""


def planted(text: str) -> tuple[str, int]:
    """The text of a YAML file with a script planted into every plain sentence of it."""
    count = 0
    lines = []
    for line in text.splitlines():
        match = TEXT_LINE.match(line)
        if not match or match[2] in FIXED_WORDS or "{{" in line:
            lines.append(line)
            continue
        count += 1
        value = f"{match[3]} {SCRIPT}<img src=x onerror=alert(2)>".replace("'", "''")
        lines.append(f"{match[1]}{match[2]}: '{value}'")
    return "\n".join(lines) + "\n", count


def test_markup_in_any_text_stays_text(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    total = 0
    for path in sorted((project / "data").rglob("*.yml")):
        text, count = planted(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        total += count
    assert total > 500
    site = build(project)

    shown = 0
    for page in site.pages.values():
        # What a page says to search engines is data, which holds its title and no < at all.
        (facts,) = page.tree.xpath("//script[@type='application/ld+json']/text()") or [""]
        assert "<" not in facts, page.address
        scripts = page.tree.xpath("//script[not(@type='application/ld+json')][contains(., 'alert(1)')]")
        assert scripts == [], page.address
        assert page.tree.xpath("//*[@onerror]") == [], page.address
        shown += page.text.count("&lt;script&gt;alert(1)")
    assert shown > 500


def test_prose_cannot_carry_markup_or_dangerous_links(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    file = project / "data" / "metrics" / "police-response-90th.yml"
    metric = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert "explanation" in metric
    lines = file.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("explanation:"))
    end = next((n for n in range(start + 1, len(lines)) if lines[n] and not lines[n].startswith(" ")), len(lines))
    evil = "**bold** <iframe src=x></iframe> <b onclick=alert(3)>b</b> [bad](javascript:alert(4))"
    evil += " <style>p{color:red}</style>"
    file.write_text("\n".join([*lines[:start], f"explanation: '{evil}'", *lines[end:]]) + "\n", encoding="utf-8")
    done = run_mkdocs(project, "build", "--strict")
    if done.returncode:
        assert "javascript" in done.stderr
        change(file, " [bad](javascript:alert(4))", "")
        done = run_mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stderr
    page = (project / "site" / "measures" / "police-response-90th" / "index.html").read_text(encoding="utf-8")

    assert "<strong>bold</strong>" in page
    for mark in ("<iframe", "onclick", "javascript:alert", "p{color:red}"):
        assert mark not in page
