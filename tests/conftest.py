"""A test that did not run is no proof: every skip and every expected failure fails the whole run."""

import pytest

unproven: set[str] = set()


# The reports themselves are watched, not pytest's counts, which leave out a skipped subtest.
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped or hasattr(report, "wasxfail"):
        unproven.add(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        unproven.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if unproven and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for nodeid in sorted(unproven):
        terminalreporter.write_line(f"SKIPPED OR EXPECTED TO FAIL, so the run fails: {nodeid}", red=True)
