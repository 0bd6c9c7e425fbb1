"""Stands in for `curl`, by which jobs on GitLab read and write issues: it takes just the calls that they make.

The file named by HOSTING keeps what it was told. Where it is called in another way it ends with 2, and without a token
with 22, as the real one does where the server refuses.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.stand_ins.hosting import Hosting

_REFUSED = 22


def main() -> None:
    """One call."""
    path, asked = Path(os.environ["HOSTING"]), _call()
    address = urlsplit(asked.address)
    issues, _, number = address.path.partition("/issues")
    if asked.header != f"PRIVATE-TOKEN: {os.environ['SAFETY_PLAN_TOKEN']}" or issues != _project():
        sys.exit(_REFUSED)
    hosting, data = Hosting.read(path), dict(_field(one) for one in asked.data_urlencode)
    if not data:
        query = parse_qs(address.query)
        if query["state"] != ["opened"]:
            sys.exit(_REFUSED)
        (label,) = query["labels"]
        json.dump([{"iid": issue.number, "title": issue.title} for issue in hosting.open_issues(label)], sys.stdout)
    elif asked.request == "PUT":
        issue = hosting.issue(int(number.strip("/")))
        issue.body = data.pop("description", issue.body)
        issue.state = {"close": "closed"}[data.pop("state_event")] if "state_event" in data else issue.state
        sys.exit(_REFUSED if data else _kept(hosting, path))
    else:
        hosting.opened(data["title"], data["labels"], data["description"])
    _kept(hosting, path)


def _call() -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in ("--fail", "--silent", "--show-error"):
        parser.add_argument(name, action="store_true", required=True)
    parser.add_argument("--output", choices=["/dev/null"])
    parser.add_argument("--request", choices=["PUT"])
    parser.add_argument("--header", required=True)
    parser.add_argument("--data-urlencode", action="append", default=[])
    parser.add_argument("address")
    return parser.parse_args()


def _project() -> str:
    return f"{urlsplit(os.environ['CI_API_V4_URL']).path}/projects/{os.environ['CI_PROJECT_ID']}"


def _field(written: str) -> tuple[str, str]:
    """A field and its value: after a sign of equality as it stands, after the other sign from a file."""
    name, sign, value = written.partition("=")
    if sign:
        return name, value
    name, _, file = written.partition("@")
    return name, Path(file).read_text(encoding="utf-8")


def _kept(hosting: Hosting, path: Path) -> int:
    hosting.write(path)
    return 0


if __name__ == "__main__":
    main()
