"""Measure pages as a phone on a slow line loads them, the median of three runs each: `make lighthouse`."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any, BinaryIO

from tests.support import BROWSER_ARGUMENTS, ROOT, Quiet, browser_path, build, copy_project, served

PAGES = ("", "goals/fire-safety/", "measures/ems-response-90th/", "risks/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
_PROGRAM = ROOT / "tests" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
_PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


class Packed(Quiet):
    """Serves texts gzipped, as every real web server does."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """The head of an answer, and what follows it."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix not in _PACKED:
            return super().send_head()
        content = _packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path) + "; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return BytesIO(content)


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


@dataclass(frozen=True)
class Run:
    """What Lighthouse found in one run."""

    report: dict[str, Any]

    def score(self, category: str) -> float:
        """The score from 0 to 100."""
        return 100 * float(self.report["categories"][category]["score"])

    def number(self, audit: str) -> float:
        """The value of an audit in its own unit."""
        return float(self.report["audits"][audit]["numericValue"])

    def requests(self) -> list[tuple[str, int]]:
        """What was transferred: the address and its bytes, the largest first."""
        items = self.report["audits"]["network-requests"]["details"]["items"]
        return sorted(((one["url"], int(one["transferSize"])) for one in items), key=lambda one: -one[1])

    def faults(self) -> list[str]:
        """The audits that cost points of a category other than speed."""
        return [
            f"{category}: {self.report['audits'][one['id']]['title']}"
            for category in CATEGORIES[1:]
            for one in self.report["categories"][category]["auditRefs"]
            if one["weight"] and (self.report["audits"][one["id"]]["score"] or 0) < 1
            if self.report["audits"][one["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
        ]


def measure(address: str) -> Run:
    """One run on one page, as on a mid-range phone."""
    command = [str(_PROGRAM), address, "--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}"]
    command.append(f"--chrome-flags=--headless=new {' '.join(BROWSER_ARGUMENTS)}")
    environment = {**os.environ, "CHROME_PATH": browser_path()}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)
    if done.returncode:
        sys.exit(done.stderr)
    return Run(json.loads(done.stdout))


def main() -> None:
    """Build the example town's site, measure its pages and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        site = build(copy_project(Path(folder)))
        print("page                          perf  access  best   seo   LCP s   shift   kB  requests")
        with served(site.folder, Packed) as home:
            for page in PAGES:
                _show(page, home, [measure(home + page) for _ in range(RUNS)])


def _show(page: str, home: str, runs: list[Run]) -> None:
    def middle(value: Callable[[Run], float]) -> float:
        return median(value(run) for run in runs)

    scores = [median(run.score(category) for run in runs) for category in CATEGORIES]
    sizes = runs[0].requests()
    print(
        f"{page or 'home':<28} {scores[0]:>5.0f} {scores[1]:>7.0f} {scores[2]:>5.0f} {scores[3]:>5.0f}"
        f" {middle(lambda run: run.number('largest-contentful-paint')) / 1000:>7.2f}"
        f" {middle(lambda run: run.number('cumulative-layout-shift')):>7.3f}"
        f" {sum(size for _, size in sizes) / 1000:>4.0f} {len(sizes):>9}"
    )
    for fault in dict.fromkeys(fault for run in runs for fault in run.faults()):
        print(f"    {fault}")
    print("    " + ", ".join(f"{url.removeprefix(home) or 'page'} {size / 1000:.1f}" for url, size in sizes[:8]))


if __name__ == "__main__":
    main()
