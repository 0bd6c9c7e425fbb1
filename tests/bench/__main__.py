"""How long a plan of 500 deep pages takes to build, against the same pages written as plain Markdown files.

Both are built by Material with the same settings in the same run, and the figure is their ratio of CPU time. The plain
site gets navigation.prune, without which its navigation would make it several times slower.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from lxml import html

from tests.support import QUIET, ROOT, BuiltPage, BuiltSite, build, copy_project

PAGES = 500
ROUNDS = 3


def main() -> None:
    """Make both projects, build them in turn, and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        plan = generated_plan(Path(folder) / "plan")
        site = build(plan)
        pages = [page for address, page in site.pages.items() if address.startswith("measures/m-")]
        plain = plain_project(Path(folder) / "plain", site)
        times = {"plan": [], "plain": []}  # type: dict[str, list[float]]
        for _ in range(ROUNDS):
            times["plan"].append(cpu_seconds(plan))
            times["plain"].append(cpu_seconds(plain))
        ours, theirs = statistics.median(times["plan"]), statistics.median(times["plain"])
        size = statistics.mean(len(page.text) for page in pages) / 1000
    print(f"{len(pages)} deep pages of {size:.0f} kB with their theme, {len(site.pages)} pages in all, {ROUNDS} rounds")
    print(f"plan {ours:.1f} s, plain Markdown {theirs:.1f} s of CPU time: ratio {ours / theirs:.2f} (1.00 is as fast)")


def generated_plan(folder: Path) -> Path:
    """The example town with so many metrics, 24 quarters each."""
    folder.mkdir()
    project = copy_project(folder)
    pattern = yaml.load(
        (project / "data/metrics/police-response-90th.yml").read_text(encoding="utf-8"), yaml.BaseLoader
    )
    quarters = [f"{year}-Q{quarter}" for year in range(2021, 2027) for quarter in range(1, 5)][:23]
    for number in range(PAGES):
        metric = {
            **pattern,
            "name": f"Police response time in area {number}",
            "question": f"How fast do officers come to area {number}?",
            "ref": f"X{number}",
            "headline": "false",
            "observations": [
                {"period": quarter, "value": 7 + (position * 7 + number) % 13 / 10, "n": 90 + position}
                for position, quarter in enumerate(quarters)
            ],
        }
        text = yaml.safe_dump(metric, sort_keys=False, allow_unicode=True)
        # Everything was read as text, so that dates stay dates: the quotes around numbers are taken off again.
        (project / f"data/metrics/m-{number:03}.yml").write_text(unquoted(text), encoding="utf-8")
    return project


def unquoted(text: str) -> str:
    """YAML in which quoted numbers, booleans and dates stand without quotes, except where a year is meant as a text."""
    lines = []
    for line in text.splitlines():
        key, _, value = line.partition(": ")
        inner = value.strip("'")
        bare = value.startswith("'") and set(inner) <= set("0123456789.-truefalse")
        lines.append(f"{key}: {inner}" if bare else line)
    return "\n".join(lines) + "\n"


def plain_project(folder: Path, site: BuiltSite) -> Path:
    """The very same pages as Markdown files, in a project without the plugin."""
    docs = folder / "content"
    for address, page in site.pages.items():
        file = docs / (f"{address}index.md" if address.count("/") < 2 else f"{address.rstrip('/')}.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(markdown(page), encoding="utf-8")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    kept = settings.split("\nplugins:")[0].replace("  features:\n", "  features:\n    - navigation.prune\n")
    (folder / "mkdocs.yml").write_text(
        f"{kept}\nplugins: [search]\nmarkdown_extensions: [tables, attr_list, md_in_html]\n", encoding="utf-8"
    )
    shutil.rmtree(folder / "site", ignore_errors=True)
    return folder


def markdown(page: BuiltPage) -> str:
    """A page's own content as Markdown: headings, paragraphs, lists and tables; charts stay as they are."""
    parts = []
    for element in page.content().iter("h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "table", "svg"):
        words = " ".join(" ".join(element.itertext()).split())
        if element.tag in ("h1", "h2", "h3", "h4"):
            parts.append(f"{'#' * int(element.tag[1])} {words}")
        elif element.tag == "table":
            parts.append(table(element))
        elif element.tag == "svg" and element.getparent().tag == "figure":
            parts.append(html.tostring(element, encoding="unicode"))
        elif element.tag != "svg":
            parts.append(f"- {words}" if element.tag == "li" else words)
    return "\n\n".join(parts) + "\n"


def table(element: html.HtmlElement) -> str:
    """A table in pipes."""
    rows = [
        [" ".join(" ".join(cell.itertext()).split()).replace("|", "/") for cell in row.xpath("./th|./td")]
        for row in element.xpath(".//tr")
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def cpu_seconds(project: Path) -> float:
    """The CPU time of one clean build."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=project, env={**os.environ, **QUIET}, check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


main()
