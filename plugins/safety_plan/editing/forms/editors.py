"""The form editors that are used, each in one release that is known byte by byte."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Editor:
    """A form editor: its package on the npm registry, the hash of that package, and the one file taken out of it.

    `sha512` is in base 64, as npm writes it. `licence` allows a town to hand the file out from its own site.
    """

    package: str
    version: str
    sha512: str
    script: str
    licence: str


SVELTIA = Editor(
    "@sveltia/cms",
    "0.221.1",
    "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
    "dist/sveltia-cms.js",
    "MIT",
)
"""The editor of a published site: an employee can sign in with an access token, without any server of the town's."""

DECAP = Editor(
    "decap-cms",
    "3.16.3",
    "hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw==",
    "dist/decap-cms.js",
    "MIT",
)
"""The editor for towns that run a sign-in server, and the one that tests drive: it can work on a folder without one."""

SCRIPT = "editor.js"
"""The name of an editor's file beside the page of the forms, whichever of the two it is."""
