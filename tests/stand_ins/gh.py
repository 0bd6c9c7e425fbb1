"""Stands in for GitHub's command `gh`: it takes just the calls that the workflows make.

Where it is called in another way it ends with 2, and without a token with 4, as the real one does. The file named by
HOSTING keeps what it was told.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.stand_ins.hosting import Hosting

# GitHub refuses a longer text.
_MOST = 65_536


def main() -> None:
    """One call."""
    if not os.environ.get("GH_TOKEN"):
        sys.exit(4)
    path = Path(os.environ["HOSTING"])
    hosting, asked = Hosting.read(path), _call()
    if asked.do == "api":
        hosting.switched_on.append(asked.path)
    elif os.environ["GH_REPO"] != os.environ["GITHUB_REPOSITORY"]:
        sys.exit(1)
    elif asked.do == "label":
        hosting.labels.append(asked.name)
    else:
        _issue(asked, hosting)
    hosting.write(path)


def _call() -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    does = parser.add_subparsers(dest="do", required=True)
    api = does.add_parser("api", allow_abbrev=False)
    api.add_argument("--method", required=True, choices=["PUT"])
    api.add_argument("path")
    label = does.add_parser("label").add_subparsers(dest="how", required=True).add_parser("create", allow_abbrev=False)
    label.add_argument("name")
    label.add_argument("--force", action="store_true", required=True)
    label.add_argument("--color", required=True)
    label.add_argument("--description", required=True)
    issue = does.add_parser("issue").add_subparsers(dest="how", required=True)
    listed = issue.add_parser("list", allow_abbrev=False)
    listed.add_argument("--label", required=True)
    listed.add_argument("--state", required=True, choices=["open"])
    listed.add_argument("--limit", type=int)
    listed.add_argument("--json", required=True, choices=["number"])
    listed.add_argument("--jq", required=True, choices=[".[].number"])
    opened = issue.add_parser("create", allow_abbrev=False)
    opened.add_argument("--title", required=True)
    opened.add_argument("--label", required=True)
    opened.add_argument("--body-file", required=True, type=Path)
    edited = issue.add_parser("edit", allow_abbrev=False)
    edited.add_argument("number", type=int)
    edited.add_argument("--body-file", required=True, type=Path)
    closed = issue.add_parser("close", allow_abbrev=False)
    closed.add_argument("number", type=int)
    closed.add_argument("--comment", required=True)
    return parser.parse_args()


def _issue(asked: argparse.Namespace, hosting: Hosting) -> None:
    if asked.how == "list":
        for issue in hosting.open_issues(asked.label)[: asked.limit]:
            sys.stdout.write(f"{issue.number}\n")
    elif asked.how == "create":
        if asked.label not in hosting.labels:
            sys.exit(f"could not add label: '{asked.label}' not found")
        hosting.opened(asked.title, asked.label, _body(asked.body_file))
    elif asked.how == "edit":
        hosting.issue(asked.number).body = _body(asked.body_file)
    else:
        issue = hosting.issue(asked.number)
        issue.state = "closed"
        issue.comments.append(asked.comment)


def _body(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if len(text) > _MOST:
        sys.exit("body is too long")
    return text


if __name__ == "__main__":
    main()
