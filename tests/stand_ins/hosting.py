"""What the stand-ins for GitHub and GitLab keep between calls: issues, labels, and timers that were switched on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Issue:
    """An issue on the hosting service."""

    number: int
    title: str
    labels: list[str]
    body: str
    state: str = "open"
    comments: list[str] = field(default_factory=list)


@dataclass
class Hosting:
    """The state of the hosting service, in a file that every call reads and writes."""

    issues: list[Issue] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    switched_on: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Hosting:
        """The state as the last call left it; nothing where there was none."""
        if not path.exists():
            return cls()
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls([Issue(**issue) for issue in kept["issues"]], kept["labels"], kept["switched_on"])

    def write(self, path: Path) -> None:
        """Keep the state for the next call."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    def open_issues(self, label: str) -> list[Issue]:
        """The issues with this label that are open."""
        return [issue for issue in self.issues if label in issue.labels and issue.state == "open"]

    def opened(self, title: str, label: str, body: str) -> Issue:
        """A new issue."""
        issue = Issue(len(self.issues) + 1, title, [label], body)
        self.issues.append(issue)
        return issue

    def issue(self, number: int) -> Issue:
        """The issue of this number."""
        return self.issues[number - 1]
