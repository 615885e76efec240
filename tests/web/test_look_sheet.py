"""The sheet of every page: served to all, kept by browsers, named by every page."""

from pathlib import Path

from starlette.testclient import TestClient

from benchmarking import look
from benchmarking.ui import style


def test_everybody_is_given_it_as_a_style_sheet(browser: TestClient) -> None:
    answer = browser.get(look.ADDRESS)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.text == look.TEXT


def test_a_browser_may_keep_it_because_what_changes_has_another_address(
    browser: TestClient,
) -> None:
    kept = browser.get(look.ADDRESS).headers["cache-control"]
    assert kept == "public, max-age=31536000, immutable"
    assert browser.get("/look/another.css").status_code == 404


def test_every_sheet_of_the_folder_is_in_it() -> None:
    sheets = sorted(Path(look.__file__).parent.glob("*.css"))
    assert len(sheets) > 1
    for sheet in sheets:
        assert sheet.read_text("utf-8") in look.TEXT, sheet.name


def test_pages_name_it_in_a_style_of_their_own() -> None:
    assert f'<style>@import url("{look.ADDRESS}");</style>' == style.SHEET
