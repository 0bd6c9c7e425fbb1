"""A new site is built beside the old one, and takes its place only when it is whole."""

from __future__ import annotations

import shutil
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig


class Swap:
    """A build beside the site that is there; `whole` says whether it may take its place."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Let MkDocs build into a folder beside the one it was told."""
        self.config, self.whole = config, False
        self.final = Path(config.site_dir)
        self.staged = self.final.with_name(f".{self.final.name}-new")
        shutil.rmtree(self.staged, ignore_errors=True)
        config.site_dir = str(self.staged)

    def end(self) -> bool:
        """Put the new site in the place of the old one, but only if it is whole. Says whether it did."""
        old = self.final.with_name(f".{self.final.name}-old")
        done = self.whole and self.staged.is_dir()
        if done:
            shutil.rmtree(old, ignore_errors=True)
            if self.final.exists():
                self.final.rename(old)
            self.staged.rename(self.final)
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(self.staged, ignore_errors=True)
        self.config.site_dir = str(self.final)
        return done
