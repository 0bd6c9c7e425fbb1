"""Addresses are kept for ever: what is renamed can still be found where it was."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.support import build, change, copy_project, run_mkdocs, served


def test_an_old_address_leads_to_the_new_one(tmp_path: Path, browser: Browser) -> None:
    project = copy_project(tmp_path)
    old = project / "data" / "metrics" / "station-staffing.yml"
    old.write_text(old.read_text(encoding="utf-8") + "former_ids: [station-staffing]\n", encoding="utf-8")
    old.rename(old.with_name("crew-on-duty.yml"))
    done = run_mkdocs(project, "build", "--strict")
    assert done.stderr.count('Did you mean "crew-on-duty"?') == 2
    for name in ("goals/fire-safety.yml", "risks.yml"):
        change(project / "data" / name, "station-staffing", "crew-on-duty")
    site = build(project)

    assert "measures/crew-on-duty/" in site.pages
    assert "measures/station-staffing/" not in site.pages
    with served(site.folder) as home:
        page = browser.new_page()
        page.goto(f"{home}measures/station-staffing/")
        page.wait_for_url(f"{home}measures/crew-on-duty/")
        assert page.locator("h1").inner_text() != ""
        page.close()
