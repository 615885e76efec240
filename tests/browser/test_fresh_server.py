"""A server that has just begun: its first visitor comes through a deep link."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Enter
from tests.browser.expecting import expect
from tests.browser.serving import served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "address, subject, title",
    [
        ("/standards", None, "The standards"),
        ("/assessment?stage=me-5", "trust-lead.DEMO-07", "Assessment"),
    ],
)
def test_the_first_visitor_may_come_through_a_deep_link(
    enter: Enter, tmp_path: Path, address: str, subject: str | None, title: str
) -> None:
    """Streamlit would show it under a "Page not found" that makes the page inert."""
    with served(tmp_path) as fresh:
        reader = enter(subject, at=fresh).open(address)
        expect(reader.title).to_have_text(title)
        assert reader.page.get_by_role("dialog").count() == 0
        assert reader.page.get_by_text("Page not found").count() == 0
        reader.page.get_by_role("link", name="Methods").click()
        expect(reader.title).to_have_text("Methods")


def test_an_address_that_does_not_exist_leads_home_and_says_so(enter: Enter) -> None:
    reader = enter("inspector").open("/no-such-page")
    expect(reader.page.get_by_role("dialog")).to_contain_text(re.compile("not found", re.I))
    reader.press("Escape")
    expect(reader.title).to_have_text("Home")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
