"""What people type is shown as they typed it: it never runs, loads, or turns into something."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from benchmarking.moments import in_words, local, utc_now
from tests.browser.conftest import Enter
from tests.browser.expecting import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.reading import Reader

pytestmark = pytest.mark.browser

STAGE = "/assessment?standard=my-expectations&stage=me-5"
HOSTILE = (
    '<img src="http://evil.example/i.png" onerror="window.hacked = 1">'
    "<script>window.hacked = 2</script></style></p>"
    "**bold** :material/home: :red[red] $x^2$ # heading "
    "![i](http://evil.example/j.png) [link](javascript:window.hacked=3) &lt;b&gt; O'Brien ŵ"
)


def opened(reader: "Reader", number: str, panel: str) -> "Locator":
    """A panel of a question, and the part of the page that holds both."""
    reader.open(STAGE)
    reader.question(number).get_by_role("radio", name=panel, exact=True).click()
    reader.wait()
    return reader.question(number)


def comment_on(question: "Locator", text: str) -> None:
    field = question.get_by_role("textbox")
    field.fill(text)
    field.press("Control+Enter")


def plain(place: "Locator", text: str) -> "Locator":
    """A text that stands on the page itself, not in a field."""
    return place.get_by_test_id("stText").get_by_text(text, exact=True)


def assert_it_only_stands_there(reader: "Reader", place: "Locator") -> None:
    expect(plain(place, HOSTILE)).to_be_visible()
    inside = reader.page.locator("main")
    assert inside.locator("img, script[src], .katex, h1:has-text('heading')").count() == 0
    assert inside.locator("[onerror], [href^='javascript']").count() == 0
    assert reader.page.evaluate("window.hacked") is None
    assert reader.asked_elsewhere == [] and reader.troubles == []


def test_a_comment_is_shown_as_it_was_typed(enter: Enter) -> None:
    """Also in the panel with two values, where it stands as text and not in a field."""
    mine, theirs = enter("trust-lead.DEMO-21"), enter("contributor.DEMO-21")
    question = opened(mine, "5.1", "Comment")
    comment_on(opened(theirs, "5.1", "Comment"), HOSTILE)
    expect(theirs.question("5.1").get_by_text("Commented")).to_be_visible()
    comment_on(question, f"Mine {HOSTILE}")
    expect(question.get_by_role("alert")).to_be_visible()
    assert_it_only_stands_there(mine, question)
    expect(plain(question, f"Mine {HOSTILE}")).to_be_visible()


def test_the_title_and_note_of_evidence_are_shown_as_they_were_typed(enter: Enter) -> None:
    reader = enter("trust-lead.DEMO-22")
    question = opened(reader, "5.2", "Evidence")
    reader.choose("Add evidence", "Something else")
    question.get_by_role("textbox", name="Title").fill(HOSTILE[:200])
    question.get_by_role("textbox", name="Note").fill(HOSTILE)
    question.get_by_role("button", name="Add this evidence").click()
    expect(question.get_by_text(HOSTILE[:200], exact=True)).to_be_visible()
    assert_it_only_stands_there(reader, question)
    question.get_by_role("button", name="Remove").hover()
    reader.stand_still()
    assert_it_only_stands_there(reader, question)


def test_an_action_is_shown_as_it_was_typed_wherever_it_is_told(enter: Enter) -> None:
    reader = enter("trust-lead.DEMO-26")
    question = opened(reader, "5.3", "Action")
    question.get_by_role("radio", name="Add an action", exact=True).click()
    question.get_by_role("textbox", name="What will be done").fill(HOSTILE)
    question.get_by_role("textbox", name="Or somebody else").fill("<b>Matron</b>")
    day = local(utc_now()).date() + timedelta(days=5)
    question.get_by_role("spinbutton", name="day").press_sequentially(f"{day:%d%m%Y}")
    question.get_by_role("button", name="Add this action").click()
    expect(question.get_by_text(f"Action due soon ({in_words(day)})")).to_be_visible()
    expect(question.get_by_text(HOSTILE).first).to_be_visible()
    for address in ("/", "/actions?show=soon"):
        reader.open(address)
        expect(reader.page.get_by_role("link", name=HOSTILE).first).to_have_text(HOSTILE)
    reader.page.get_by_role("link", name=HOSTILE).first.click()
    expect(reader.page.get_by_role("heading", level=2, name=HOSTILE[:40])).to_be_visible()
    assert reader.page.evaluate("window.hacked") is None
    assert reader.asked_elsewhere == [] and reader.troubles == []


def test_a_link_that_would_run_something_is_refused(enter: Enter) -> None:
    reader = enter("trust-lead.DEMO-22")
    question = opened(reader, "5.4", "Evidence")
    reader.choose("Add evidence", "Policy, procedure or plan")
    question.get_by_role("textbox", name="Title").fill("Our policy")
    question.get_by_role("textbox", name="Link").fill("javascript:window.hacked=4")
    question.get_by_role("button", name="Add this evidence").click()
    expect(question.get_by_role("alert")).to_contain_text("The link is not a web address.")
    assert reader.page.locator("[href^='javascript']").count() == 0
