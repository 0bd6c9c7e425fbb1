"""A test that did not run is no proof: every skip and every expected failure fails the whole run."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support import BROWSER_ARGUMENTS, BuiltSite, browser_path, build, copy_project

unproven: set[str] = set()
said: list[str] = []


# The reports themselves are watched, not pytest's counts, which leave out a skipped subtest.
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped or hasattr(report, "wasxfail"):
        unproven.add(report.nodeid)
    if report.when == "call" and report.passed:
        said.extend(str(what) for name, what in report.user_properties if name == "said")


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        unproven.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if unproven and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in sorted(said):
        terminalreporter.write_line(line)
    for nodeid in sorted(unproven):
        terminalreporter.write_line(f"SKIPPED OR EXPECTED TO FAIL, so the run fails: {nodeid}", red=True)


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The example town's site, built once by the real command."""
    return build(copy_project(tmp_path_factory.mktemp("example")))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browser_path(), args=BROWSER_ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that nobody uses just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
