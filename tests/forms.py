"""Forms as staff use them: the real page, the editor Decap with its local server, and hands that click and type."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from safety_plan.editing.forms.configuration import Home, configuration
from safety_plan.editing.forms.editors import SCRIPT
from safety_plan.editing.forms.page import FOLDER, page
from safety_plan.editing.json_schema.choices import Choices
from safety_plan.plan.offers import offers
from tests.core_pages import plan_of
from tests.editors import DECAP_SCRIPT
from tests.support import ROOT, Quiet, served

_SERVER = ROOT / "tests" / "tools" / "node_modules" / "decap-server" / "dist" / "index.js"
_PATIENCE = 20_000
"""Milliseconds to wait for the editor on a busy machine."""


class WithTypes(Quiet):
    """Serves the configuration as YAML; otherwise the editor complains in the console."""

    extensions_map = Quiet.extensions_map | {".yml": "text/yaml"}


@dataclass(frozen=True)
class Part:
    """A part of an open form: the whole of it, or one item of a list within it."""

    within: Locator

    def field(self, label: str) -> Locator:
        """The field with this label. Of several that can be seen, the first one belongs to this part itself."""
        name = re.compile(rf"^{re.escape(label)}( \(optional\))?$")
        return self.within.get_by_label(name).filter(visible=True).first

    def fill(self, label: str, value: str) -> None:
        """Type a value into a field; an empty one clears it."""
        self.field(label).fill(value)

    def choose(self, label: str, *words: str) -> None:
        """Choose in a list of choices what starts with these words."""
        for word in words:
            self.field(label).click()
            self.within.page.get_by_role("option", name=re.compile(rf"^{re.escape(word)}")).first.click()

    def item(self, text: str) -> Part:
        """Open the item of a list that shows this text in its one line."""
        called = self.within.page.locator("[class*=NestedObjectLabel]", has_text=text)
        item = self.within.locator("[class*=SortableListItem]").filter(has=called).filter(visible=True).last
        item.locator("[class*=ListItemTopBar] button").first.click()
        return Part(item)

    def part(self, label: str) -> Part:
        """Open a closed part that holds fields of its own, such as Next step."""
        part = self.within.locator("[aria-label='object field']").filter(has_text=label).filter(visible=True).first
        part.locator("button").first.click()
        return Part(part)

    def add(self, singular: str) -> Part:
        """Add an item to a list by its button, such as observation, and return the new item."""
        button = self.within.get_by_role("button", name=f"Add {singular}", exact=True).filter(visible=True).first
        button.click()
        whole = button.locator("xpath=ancestor::div[contains(@id, '-field-')][1]")
        return Part(whole.locator(":scope > div > [class*=SortableListItem]").last)


class FormEditor:
    """The forms of one plan in a browser.

    `workflow` says how a change is saved: with it, on a branch of its own; without, into the folder at once.
    """

    def __init__(self, page: Page, address: str, *, workflow: bool) -> None:
        self.page, self.address, self.workflow = page, address, workflow
        # The editor asks before it publishes, and before a form with changes is left.
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(address)
        page.get_by_role("button", name="Login").click()
        page.get_by_role("link", name="Measures").wait_for()

    def open(self, collection: str, entry: str) -> Part:
        """The form of a file: open("numbers", "home-visits"), open("registers", "people"), open("plan", "town")."""
        return self._at(f"#/collections/{collection}/entries/{entry}")

    def new(self, collection: str) -> Part:
        """An empty form for a new file of a folder."""
        return self._at(f"#/collections/{collection}/new")

    def _at(self, way: str) -> Part:
        # Another form is left behind first: the editor would show it until the new one is there.
        self.page.goto("about:blank")
        self.page.goto(self.address + way)
        pane = self.page.locator("[class*=ControlPaneContainer]").last
        pane.locator("label").first.wait_for()
        return Part(pane)

    def save(self) -> None:
        """Save what was typed: publish it, or put it on its branch."""
        if self.workflow:
            self.page.get_by_role("button", name="Save", exact=True).click()
        else:
            self.page.get_by_role("button", name="Publish", exact=True).click()
            self.page.get_by_role("menuitem", name="Publish now").click()
        self.page.get_by_text("Entry saved").first.wait_for()

    def publish(self) -> None:
        """Let what stands on a branch into the plan: the step that another person takes."""
        self.page.get_by_role("button", name="Status: Draft").click()
        self.page.get_by_role("menuitem", name="Ready").click()
        self.page.get_by_text("Entry status updated").first.wait_for()
        self.page.get_by_role("button", name="Publish", exact=True).click()
        self.page.get_by_role("menuitem", name="Publish now").click()
        self.page.get_by_text("Entry published").first.wait_for()


@contextmanager
def form_editor(project: Path, browser: Browser, *, workflow: bool = False) -> Iterator[FormEditor]:
    """The forms of the plan in a project's folder, which the editor then writes to.

    With `workflow`, the folder has to be a git repository with the plan on the branch main.
    """
    with _server(project, "git" if workflow else "fs") as local, form_folder(project, DECAP_SCRIPT, local) as address:
        tab = browser.new_page()
        tab.set_default_timeout(_PATIENCE)
        yield FormEditor(tab, address + FOLDER, workflow=workflow)
        tab.close()


@contextmanager
def form_folder(project: Path, script: Path, local: str = "") -> Iterator[str]:
    """The page of the forms of a plan with an editor beside it, served; gives the address of the site."""
    plan = plan_of(project)
    with tempfile.TemporaryDirectory() as folder:
        admin = Path(folder, FOLDER)
        admin.mkdir()
        home = Home(repository="https://github.com/alder-falls/safety-plan", local=f"{local}/api/v1" if local else "")
        settings = configuration(home, Choices(offers(plan), plan.categories))
        (admin / "config.yml").write_text(settings, encoding="utf-8")
        (admin / "index.html").write_text(page("The plan", home.repository, "../", local), encoding="utf-8")
        (admin / SCRIPT).symlink_to(script)
        with served(Path(folder), WithTypes) as address:
            yield address


@contextmanager
def _server(project: Path, mode: str) -> Iterator[str]:
    """The editor's server, which stands for the service that keeps the files."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    own = {"PORT": str(port), "BIND_HOST": "127.0.0.1", "MODE": mode, "GIT_REPO_DIRECTORY": str(project)}
    server = subprocess.Popen(
        ["node", str(_SERVER)], env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the editor's server does not answer")
