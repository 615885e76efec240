"""Two people in two browsers: a cycle is opened, answered, sent back, approved and published.

One is the complaints manager, who answers and submits. The other, as in a small trust, is all the
rest: administrator, deputy, approver and board member.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from benchmarking.access import Role
from benchmarking.moments import local, utc_now
from benchmarking.people.accounts import DEMONSTRATION_ISSUER
from benchmarking.store import people
from benchmarking.store.database import AuditEntry
from benchmarking.store.opening import open_database
from tests.browser.conftest import Enter
from tests.browser.expecting import expect
from tests.browser.serving import Site, served
from tests.web import copies

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.reading import Reader

pytestmark = pytest.mark.browser

TRUST, TITLE = "DEMO-07", "The test cycle"
MANAGER, DEPUTY = "trust-lead.DEMO-07", "deputy"
ROLES = (Role.CONTRIBUTOR, Role.APPROVER, Role.BOARD_MEMBER)
STAGES = {"me-1": 4, "me-2": 5, "me-3": 4, "me-4": 4, "me-5": 4}
SAVED = re.compile(r"Saved \d\d:\d\d on ")


@pytest.fixture(scope="module")
def small_trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration with the deputy added, served from a database of its own."""
    folder = tmp_path_factory.mktemp("small")
    database = folder / "served.duckdb"
    shutil.copyfile(copies.filled(), database)
    opened = open_database(copies.of(database), utc_now())
    with opened.writing(AuditEntry(0, "add person", "tests", utc_now())) as writing:
        number = people.add(writing, DEMONSTRATION_ISSUER, DEPUTY, "Deputy")
        people.grant(writing, number, Role.ADMINISTRATOR, None, utc_now())
        for role in ROLES:
            people.grant(writing, number, role, TRUST, utc_now())
    opened.close()
    with served(folder) as site:
        yield site


def press(reader: "Reader", *names: str) -> None:
    """Presses buttons, one after another, and waits for each."""
    for name in names:
        reader.page.get_by_role("button", name=name, exact=True).click()
        reader.wait()


def set_moment(reader: "Reader", label: str, moment: datetime) -> None:
    """Types a day and a time into a field for both."""
    field = reader.page.get_by_test_id("stDateTimeInput").filter(has_text=label)
    first = field.get_by_role("spinbutton", name=re.compile("^day, "))
    first.press_sequentially(f"{moment:%d%m%Y%H%M}")


def close_the_running_cycle(reader: "Reader") -> None:
    reader.open("/cycles")
    reader.page.get_by_role("link", name="2026/27").click()
    reader.wait()
    reader.page.get_by_label("Why you close it").fill("The trusts asked for another round.")
    reader.page.get_by_text("I am sure that nothing in this cycle").click()
    press(reader, "Close this cycle")
    expect(reader.page.get_by_text(re.compile(r"2026/27 is closed\. Saved at"))).to_be_visible()


def open_a_cycle(reader: "Reader") -> None:
    """One that opens at once and asks My expectations alone."""
    reader.open("/cycles")
    if not reader.page.get_by_label("Short name").is_visible():
        reader.page.get_by_text("Open a new cycle").click()
    reader.page.get_by_label("Short name").fill("test")
    reader.page.get_by_label("Title, as people read it").fill(TITLE)
    now = local(utc_now()).replace(tzinfo=None)
    set_moment(reader, "Deadline", now + timedelta(days=30))
    set_moment(reader, "Trusts see others", now + timedelta(days=60))
    reader.page.get_by_role("button", name="Remove Complaints law 2026.1").click()
    press(reader, "Open this cycle")
    expect(reader.page.get_by_text(re.compile(f"{TITLE} is open"))).to_be_visible()


def stage(reader: "Reader", name: str) -> "Reader":
    return reader.open(f"/assessment?standard=my-expectations&stage={name}")


def choose(reader: "Reader", number: str, start: str) -> "Locator":
    reader.choice(number, start).check(force=True)
    question = reader.question(number)
    expect(question.get_by_text(SAVED)).to_be_visible()
    return question


def answer_all(reader: "Reader") -> None:
    for place, (name, questions) in enumerate(STAGES.items(), start=1):
        stage(reader, name)
        for number in range(1, questions + 1):
            choose(reader, f"{place}.{number}", "2 Some shortfalls.")
        expect(reader.page.get_by_text(f"All {questions} answered ✓")).to_be_visible()


def disagree(manager: "Reader", deputy: "Reader") -> None:
    """Both look at one answer; the deputy changes it first, and the manager's stands in the end."""
    stage(manager, "me-5")
    stage(deputy, "me-5")
    deputy.choice("5.1", "4 Exceptional.").check(force=True)
    expect(deputy.question("5.1").get_by_text(re.compile("by Deputy"))).to_be_visible()
    manager.choice("5.1", "3 Good.").check(force=True)
    told = manager.question("5.1").get_by_role("alert")
    expect(told).to_contain_text("Deputy saved this at")
    press(manager, "Replace it with mine")
    expect(manager.choice("5.1", "3 Good.")).to_be_checked()


def stands(reader: "Reader", state: str) -> None:
    stage(reader, "me-5")
    expect(reader.page.get_by_text(re.compile(f"{TITLE} · {state}"))).to_be_visible()


def submit(reader: "Reader") -> str:
    """The receipt of a submission."""
    stage(reader, "me-5")
    press(reader, "Submit the assessment", "Yes, submit it")
    receipt = re.compile(r"Submitted on .* Receipt (\S+)\. ")
    told = reader.page.get_by_text(receipt).first
    expect(told).to_be_visible()
    found = receipt.search(told.inner_text())
    assert found is not None
    return found[1]


def send_back(reader: "Reader", reason: str) -> None:
    stage(reader, "me-5")
    reader.page.get_by_role("combobox", name="Statements to send back").press_sequentially("5.2 ")
    reader.page.get_by_role("option", name=re.compile("^5.2 ")).click()
    reader.press("Escape")
    reader.page.get_by_label("Reason for 5.2").fill(reason)
    press(reader, "Send it back", "Yes, send it back")


def sign_off(reader: "Reader") -> None:
    reader.open("/overview")
    field = reader.page.get_by_test_id("stDateInput").filter(has_text="Day on which it met")
    today = local(utc_now()).date()
    field.get_by_role("spinbutton", name=re.compile("^day, ")).press_sequentially(f"{today:%d%m%Y}")
    reader.page.get_by_label("Its response in its own words").fill("We accept this.")
    press(reader, "Sign off the assessment", "Yes, sign it off")
    # By its role, because the folded list of what has happened says it, too.
    said = reader.page.get_by_role("blockquote").filter(has_text="We accept this.")
    expect(said).to_be_visible()


def test_two_people_take_a_trust_from_opening_a_cycle_to_publication(
    enter: Enter, small_trust: Site
) -> None:
    manager, deputy = enter(MANAGER, at=small_trust), enter(DEPUTY, at=small_trust)
    close_the_running_cycle(deputy)
    open_a_cycle(deputy)
    answer_all(manager)
    disagree(manager, deputy)
    first = submit(manager)
    send_back(deputy, "Show the sample that was drawn.")
    stands(manager, "Sent back")
    told = manager.question("5.2")
    expect(told.get_by_text("“Show the sample that was drawn.”")).to_be_visible()
    choose(manager, "5.2", "1 Significant shortfalls.")
    second = submit(manager)
    assert first != second
    stage(deputy, "me-5")
    press(deputy, "Approve the assessment", "Yes, approve it")
    sign_off(deputy)
    stage(manager, "me-5")
    press(manager, "Publish the assessment", "Yes, publish it")
    stands(manager, "Published")
    expect(manager.choice("5.1", "3 Good.")).to_be_checked()
    expect(manager.choice("5.2", "1 Significant shortfalls.")).to_be_checked()
    expect(manager.choice("5.1", "3 Good.")).to_be_disabled()
    assert manager.troubles == [] and deputy.troubles == []
