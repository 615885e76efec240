"""A file on its whole way in a real browser: brought, asked about, kept, had again."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.expecting import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser

STAGE = "/assessment?standard=my-expectations&stage=me-3"
CONTENT = "She lives at M1 1AE – ask the ward.".encode()


def test_a_file_is_brought_asked_about_and_had_again(enter: "Enter") -> None:
    reader = enter("trust-lead.DEMO-20").open(STAGE)
    page, question = reader.page, reader.question("3.2")
    question.get_by_role("radio", name="Evidence", exact=True).click()
    reader.wait()
    reader.choose("Add evidence", "Policy, procedure or plan")
    question.get_by_role("textbox", name="Title").fill("Notes of a visit")
    file = {"name": "Notes of a visit.txt", "mimeType": "text/plain", "buffer": CONTENT}
    question.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
    expect(question.get_by_text("Notes of a visit.txt")).to_be_visible()
    question.get_by_role("button", name="Add this evidence").click()
    warning = question.get_by_role("alert")
    expect(warning).to_contain_text("The file seems to hold a postcode. Take it out, or save it")
    question.get_by_role("button", name="Save it anyway").click()
    expect(question.get_by_text("May hold personal details")).to_be_visible()
    reader.wait()
    with page.expect_download() as given:
        question.get_by_role("link", name="Notes of a visit.txt").click()
    assert given.value.suggested_filename == "Notes of a visit.txt"
    assert Path(given.value.path()).read_bytes() == CONTENT
    expect(question.get_by_role("textbox", name="Title")).to_have_value("")
