"""Write the locks of what npm installs for the tests: names, versions and hashes, without any address."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("tests/tools", "tests/lighthouse")


def main() -> None:
    """Each lock is made by npm, and loses the addresses where its packages ask for money."""
    for folder in FOLDERS:
        command = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=ROOT / folder, check=True)
        path = ROOT / folder / "package-lock.json"
        lock = json.loads(path.read_text(encoding="utf-8"))
        for package in lock["packages"].values():
            package.pop("funding", None)
        path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
