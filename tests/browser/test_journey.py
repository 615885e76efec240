"""A newcomer's way, by keyboard alone: from signing in to a receipt, and on to the figures."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Enter
from tests.browser.expecting import expect

if TYPE_CHECKING:
    from tests.browser.reading import Reader

pytestmark = pytest.mark.browser

LEVELS = ("1 Significant shortfalls.", "2 Some shortfalls.", "3 Good.", "4 Exceptional.")
SAVED = re.compile(r"Saved \d\d:\d\d on .* by Complaints manager, DEMO-\d\d")
# Each test that writes has a trust of its own, one that had not begun its assessment.


def answer(reader: "Reader", number: str, level: int) -> None:
    """Answers a question by keyboard: Tab to its choices, Space for the first, then arrows."""
    reader.tab_to(reader.question(number).locator('input[type="radio"]'))
    reader.press("Space", *["ArrowDown"] * (level - 1))
    expect(reader.choice(number, LEVELS[level - 1])).to_be_checked()
    expect(reader.question(number).get_by_text(SAVED)).to_be_visible()


def next_stage(reader: "Reader", name: str) -> None:
    """Goes on from the foot of a stage."""
    reader.tab_to(reader.page.get_by_role("button", name=f"Next: {name} ›"))
    reader.press("Enter")
    heading = reader.page.get_by_role("heading", level=2, name=name)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    reader.wait()


def follow(reader: "Reader", link: str | re.Pattern[str], title: str) -> None:
    """Follows a link by keyboard, from wherever the focus is."""
    reader.tab_to(reader.page.get_by_role("link", name=link))
    reader.press("Enter")
    expect(reader.title).to_have_text(title)
    reader.wait()


def levels_of(reader: "Reader", stage: str, *numbers: str) -> list[str]:
    """What stands chosen at each question of a stage, by the beginning of its words."""
    reader.open(f"/assessment?standard=my-expectations&stage={stage}")
    chosen = [reader.question(n).locator("label:has(input:checked)") for n in numbers]
    return [one.inner_text().strip() for one in chosen]


def test_a_newcomer_submits_and_sees_where_the_trust_stands_without_a_mouse(enter: Enter) -> None:
    reader = enter()
    page = reader.page
    page.goto(f"{reader.home}/sign-in")
    reader.tab_to(page.get_by_role("button", name="Go on as this person").first)
    reader.press("Enter")
    expect(reader.title).to_have_text("Home")
    reader.wait()

    follow(reader, re.compile("^Continue: "), "Assessment")
    expect(page.get_by_role("heading", level=2).first).to_have_text("3 Staying informed")
    answer(reader, "3.4", 3)
    next_stage(reader, "Receiving outcomes")
    answer(reader, "4.3", 2)
    answer(reader, "4.4", 3)
    next_stage(reader, "Reflecting on the experience")
    for number, level in (("5.1", 3), ("5.2", 2), ("5.3", 4)):
        answer(reader, number, level)
    expect(page.get_by_role("button", name="Submit the assessment")).to_be_disabled()

    page.reload()
    reader.wait()
    chosen = levels_of(reader, "me-5", "5.1", "5.2", "5.3")
    assert [words[0] for words in chosen] == ["3", "2", "4"], "answers are there after a reload"
    answer(reader, "5.4", 1)
    expect(page.get_by_text("All 4 answered ✓")).to_be_visible()

    reader.tab_to(page.get_by_role("button", name="Submit the assessment"))
    reader.press("Enter")
    reader.tab_to(page.get_by_role("button", name="Yes, submit it"))
    reader.press("Enter")
    expect(page.get_by_text(re.compile(r"Submitted on .* Receipt \S+\. Next: "))).to_be_visible()
    reader.wait()
    follow(reader, "Our results", "Our results")
    expect(page.get_by_text("Northbrackle Demonstration Trust").first).to_be_visible()
    follow(reader, "Published complaints", "Published complaints")
    expect(page.get_by_text("106,703")).to_be_visible()
    assert page.get_by_role("alert").count() == 0
    assert reader.troubles == [] and reader.asked_elsewhere == []


def test_a_stage_is_chosen_by_keyboard(enter: Enter) -> None:
    reader = enter("trust-lead.DEMO-11").open("/assessment?standard=my-expectations")
    stages = reader.page.get_by_role("radiogroup", name="Stage").get_by_role("radio")
    reader.tab_to(stages)
    reader.press("ArrowRight", "ArrowRight", "ArrowRight", "Space")
    expect(reader.page.get_by_role("heading", level=2).first).to_have_text("4 Receiving outcomes")
    expect(reader.page).to_have_url(re.compile("stage=me-4"))
    expect(stages.nth(3)).to_be_focused()


def test_keys_pressed_faster_than_the_page_is_drawn_end_where_the_last_one_says(
    enter: Enter,
) -> None:
    reader = enter("trust-lead.DEMO-15").open("/assessment?standard=my-expectations&stage=me-5")
    page = reader.page
    reader.tab_to(reader.question("5.1").locator('input[type="radio"]'))
    reader.press("Space")
    for pause_ms in (5, 40, 90):
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown", "ArrowUp", "ArrowUp"):
            page.wait_for_timeout(pause_ms)
            reader.press(key)
    reader.press("ArrowDown", "ArrowDown")
    expect(reader.choice("5.1", LEVELS[2])).to_be_checked()
    reader.wait()
    assert page.get_by_text("Which one should stand?").count() == 0, "nobody else was there"
    (chosen,) = levels_of(reader, "me-5", "5.1")
    assert chosen.startswith("3 Good.")


def test_closing_the_browser_in_the_middle_of_a_stage_loses_nothing_answered(enter: Enter) -> None:
    reader = enter("trust-lead.DEMO-19").open("/assessment?standard=my-expectations&stage=me-5")
    for number in ("5.1", "5.2"):
        reader.choice(number, LEVELS[0]).check(force=True)
        expect(reader.question(number).get_by_text(SAVED)).to_be_visible()
    reader.leave()
    again = enter("trust-lead.DEMO-19")
    assert [words[0] for words in levels_of(again, "me-5", "5.1", "5.2")] == ["1", "1"]


@pytest.mark.parametrize(
    "code, press, stands",
    [("DEMO-08", "Keep what is stored", "2"), ("DEMO-10", "Replace it with mine", "4")],
)
def test_a_colleagues_answer_is_shown_beside_mine_and_not_overwritten(
    enter: Enter, code: str, press: str, stands: str
) -> None:
    address = "/assessment?standard=my-expectations&stage=me-5"
    mine = enter(f"trust-lead.{code}").open(address)
    theirs = enter(f"contributor.{code}").open(address)
    for level in (0, 1):
        theirs.choice("5.1", LEVELS[level]).check(force=True)
        expect(theirs.choice("5.1", LEVELS[level])).to_be_checked()
        theirs.wait()
    mine.choice("5.1", LEVELS[3]).check(force=True)
    told = mine.question("5.1").get_by_role("alert")
    expect(told).to_contain_text(f"Patient experience officer, {code} saved this at")
    panel = mine.question("5.1")
    expect(panel.get_by_text("2: Some shortfalls", exact=True)).to_be_visible()
    expect(panel.get_by_text("4: Exceptional", exact=True)).to_be_visible()
    mine.tab_to(panel.get_by_role("button", name=press))
    mine.press("Enter")
    expect(told).to_have_count(0)
    mine.wait()
    assert levels_of(mine, "me-5", "5.1")[0][0] == stands
