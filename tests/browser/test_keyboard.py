"""Whoever uses no mouse gets everywhere, out again, and sees where they are."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Enter
from tests.browser.expecting import expect

if TYPE_CHECKING:
    from tests.browser.reading import Reader

pytestmark = pytest.mark.browser

STAGE = "/assessment?standard=my-expectations&stage=me-3"
# What is in focus, by a name of its own; and how thick the line around it, or around the label
# that stands for it, is drawn.
_IN_FOCUS = """() => {
    const one = document.activeElement;
    const drawn = one.closest("label[data-focus-visible]") || one;
    window.places = window.places || new Map();
    if (!window.places.has(one)) window.places.set(one, window.places.size);
    return [window.places.get(one), one.tagName, getComputedStyle(drawn).outlineWidth];
}"""


def walk(reader: "Reader", most: int = 150) -> list[list[object]]:
    """Every place that Tab reaches, until it is back at the first."""
    reader.press("Tab")
    places = [reader.page.evaluate(_IN_FOCUS)]
    for _ in range(most):
        reader.press("Tab")
        found = reader.page.evaluate(_IN_FOCUS)
        if found[0] == places[0][0]:
            return places
        places.append(found)
    raise AssertionError(f"{most} presses of Tab did not lead back to the beginning: {places[-5:]}")


@pytest.mark.parametrize(
    "subject, address",
    [
        ("trust-lead.DEMO-07", STAGE),
        ("trust-lead.DEMO-07", "/published-complaints"),
        ("inspector", "/compare"),
        (None, "/standards"),
    ],
)
def test_tab_leads_through_the_whole_page_and_shows_where_it_is(
    enter: Enter, subject: str | None, address: str
) -> None:
    reader = enter(subject).open(address)
    if address == STAGE:
        for number, panel in (("3.1", "Evidence"), ("3.2", "Action"), ("3.3", "Comment")):
            reader.question(number).get_by_role("radio", name=panel, exact=True).click()
            reader.wait()
        reader.choose("Add evidence", "Sample of records")
        reader.page.evaluate("document.activeElement.blur()")
    places = walk(reader)
    assert len(places) > 8
    unseen = [place for place in places if place[1] != "BODY" and place[2] != "3px"]
    assert unseen == []


def test_a_first_tab_leads_past_the_menu(enter: Enter) -> None:
    reader = enter("trust-lead.DEMO-07").open("/our-results")
    reader.press("Tab")
    skip = reader.page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    reader.press("Enter")
    assert reader.page.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_of_a_phone_opens_and_leads_on_by_keyboard(enter: Enter) -> None:
    reader = enter("trust-lead.DEMO-07", width=390).open("/")
    page = reader.page
    reader.tab_to(page.get_by_test_id("stExpandSidebarButton"))
    reader.press("Enter")
    reader.tab_to(page.get_by_role("link", name="Our results", exact=True))
    reader.press("Enter")
    expect(reader.title).to_have_text("Our results")


def test_evidence_is_added_without_a_mouse(enter: Enter) -> None:
    reader = enter("trust-lead.DEMO-20").open(STAGE)
    page, question = reader.page, reader.question("3.1")
    reader.tab_to(question.get_by_role("radio", name="Evidence", exact=True))
    reader.press("Space")
    reader.wait()
    reader.tab_to(question.get_by_role("combobox", name="Add evidence"))
    reader.press("ArrowDown", "ArrowDown", "Enter")
    expect(question.get_by_role("textbox", name="Title")).to_be_visible()
    reader.wait()
    reader.tab_to(question.get_by_role("textbox", name="Title"))
    page.keyboard.type("Files of the spring")
    reader.tab_to(question.get_by_role("spinbutton", name="How many records were looked at"))
    page.keyboard.type("22")
    reader.tab_to(question.get_by_role("spinbutton", name="day, Period from"))
    page.keyboard.type("01042026")
    reader.tab_to(question.get_by_role("button", name="Add this evidence"))
    reader.press("Enter")
    expect(question.get_by_text("Files of the spring")).to_be_visible()
    expect(question.get_by_text("Seen in records: 22")).to_be_visible()
    expect(question.get_by_text("1 piece of evidence")).to_be_visible()
