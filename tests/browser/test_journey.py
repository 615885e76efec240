"""A newcomer's way, by keyboard alone: from signing in to a receipt, and on to the figures."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.reading import Reader

pytestmark = pytest.mark.browser

LEVELS = ("1 Significant", "2 Some", "3 Good", "4 Exceptional")
SAVED = re.compile(r"Saved \d\d:\d\d on .* by Complaints manager, DEMO-07")


def answer(reader: Reader, number: str, level: int) -> None:
    """Answers a question by keyboard: Tab to its choices, Space for the first, then arrows."""
    page = reader.page
    reader.tab_to(reader.question(number).locator('input[type="radio"]'))
    reader.press("Space", *["ArrowDown"] * (level - 1))
    expect(reader.choice(number, LEVELS[level - 1])).to_be_checked()
    expect(reader.question(number).get_by_text(SAVED)).to_be_visible()
    expect(page.get_by_text("Which one should stand?")).to_have_count(0)
    reader.wait()


def go_to_stage(reader: Reader, place: int, name: str) -> None:
    stages = reader.page.get_by_role("radiogroup", name="Stage").get_by_role("radio")
    reader.tab_to(stages)
    reader.press("Home") if False else None


def test_a_newcomer_answers_submits_and_sees_where_the_trust_stands_without_a_mouse(
    enter: Enter,
) -> None:
    reader = enter()
    page = reader.page
    page.goto(f"{reader.home}/sign-in")
    reader.tab_to(page.get_by_role("button", name="Go on as this person").first)
    reader.press("Enter")
    expect(reader.title).to_have_text("Home")
    reader.wait()
    reader.tab_to(page.get_by_role("link", name=re.compile("^Continue: ")))
    reader.press("Enter")
    expect(reader.title).to_have_text("Assessment")
    reader.wait()
    print(page.evaluate("[...document.querySelectorAll('.st-key-pick-stage button, [class*=pick-stage] button')].map(b=>[b.getAttribute('role'),b.tabIndex,b.textContent])"))
