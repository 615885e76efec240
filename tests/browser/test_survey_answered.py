"""The survey as people answer it: without scripts, by keyboard, on an old phone, as plain text."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from benchmarking.assessing.sheets import current_cycle
from benchmarking.people import accounts
from tests.browser.expecting import expect
from tests.browser.serving import Site, served
from tests.conftest import wanting
from tests.invited import fill_in, invite
from tests.web import copies

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TRUST, LEAD = "DEMO-07", "trust-lead.DEMO-07"
WIDTHS = (1280, 390, 320)
_PATIENCE_MS = 30_000
_WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Inviting:
    """A served dashboard of which one trust has invited people."""

    site: Site
    folder: Path
    paths: tuple[str, ...]

    def link(self, number: int, page: str = "") -> str:
        return f"{self.site.address}{self.paths[number]}{page}"


@pytest.fixture(scope="module")
def inviting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inviting]:
    folder = tmp_path_factory.mktemp("inviting")
    with copies.opened(folder) as running:
        visit = accounts.visit_by(running, accounts.sign_in_as(running, LEAD))
        fill_in(visit, with_comments=True, with_equality=True)
        cycle = current_cycle(visit)
        made = invite(visit, cycle, 6)
        paths = tuple(f"/reply/{link.token}" for link in made.links)
    (folder / "copy.duckdb").rename(folder / "served.duckdb")
    with served(folder) as site:
        yield Inviting(site, folder, paths)


@pytest.fixture
def page_without_scripts(chrome: "Browser") -> "Iterator[Any]":
    """Opens a page in a profile of its own, in a browser that runs no script."""
    opened = []

    def new(width: int) -> "Page":
        context = chrome.new_context(
            viewport={"width": width, "height": 700}, java_script_enabled=False
        )
        context.set_default_timeout(_PATIENCE_MS)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()


def tab_to(page: "Page", role: Any, name: str) -> None:
    """Presses Tab until the focus is there."""
    wanted = page.locator("*:focus").and_(page.get_by_role(role, name=name, exact=True))
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.count():
            return
    raise AssertionError(f"40 presses of Tab did not reach {name}")


def test_somebody_answers_by_keyboard_on_an_old_phone_and_goes_on_elsewhere(
    inviting: Inviting, page_without_scripts: Any
) -> None:
    phone = page_without_scripts(320)
    phone.goto(inviting.link(0))
    tab_to(phone, "link", "Start: one question at a time")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Question 1 of 26")).to_be_visible()

    # Nothing is chosen yet.
    tab_to(phone, "button", "Save and go on")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text("Choose an answer, or skip this question")
    expect(phone).to_have_title(
        "Error: Question 1 of 26 · Survey about your complaint · Northbrackle Demonstration Trust"
    )

    tab_to(phone, "radio", "Strongly disagree")
    for _ in range(3):
        phone.keyboard.press("ArrowDown")
    expect(phone.get_by_role("radio", name="Agree", exact=True)).to_be_checked()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Question 2 of 26")).to_be_visible()
    tab_to(phone, "button", "Skip this question")
    phone.keyboard.press("Enter")
    tab_to(phone, "radio", "Strongly disagree")
    phone.keyboard.press("Space")
    tab_to(phone, "button", "Stop, and go on later")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("You have answered 2 of 26 questions.")).to_be_visible()
    phone.get_by_role("link", name="Go on now").click()

    # The same link on another device.
    desk = page_without_scripts(1280)
    desk.goto(inviting.link(0))
    expect(desk.get_by_text("You have begun: 2 of 26 answered.")).to_be_visible()
    desk.get_by_role("link", name="All questions on one page").click()
    expect(desk.get_by_role("radio", name="Agree", exact=True).first).to_be_checked()
    desk.get_by_role("radio", name="Prefer not to say").nth(3).check()
    desk.get_by_role("button", name="Save and go on").click()
    desk.get_by_label("Is there anything that you would like to say").fill("It took long.")
    desk.get_by_role("radio", name="65 to 79").check()
    desk.get_by_role("button", name="Save and go on").click()
    expect(desk.get_by_text("You have answered 3 of 26 questions.")).to_be_visible()
    expect(desk.get_by_text("It took long.")).to_be_visible()
    tab_to(desk, "button", "Send my answers")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Thank you. Your answers were sent.")

    # The phone still shows a question.
    phone.get_by_role("radio", name="Agree", exact=True).check()
    phone.get_by_role("button", name="Save and go on").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("This link has been used")


def test_somebody_who_does_not_want_to_answer_says_so_with_two_presses(
    inviting: Inviting, page_without_scripts: Any
) -> None:
    page = page_without_scripts(390)
    page.goto(inviting.link(1))
    page.get_by_role("link", name="I do not want to answer").click()
    page.get_by_role("button", name="I do not want to answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noted: you do not want to answer")


PAGES = ("", "/question/1", "/question/7?print=large", "/all", "/more", "/check", "/later")
PAGES = (*PAGES, "/decline", "/sent", "/declined")


def broken_rules(page: "Page") -> list[str]:
    """Everything that axe finds, however small."""
    from axe_playwright_python.sync_playwright import Axe

    found: Any = Axe().run(page).response
    return [
        f"{page.url} {fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_at_all_and_nothing_is_wider_than_the_window(
    inviting: Inviting, chrome: "Browser", width: int
) -> None:
    # The pages allow no script, so axe would not run either.
    context = chrome.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    found: list[str] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def look() -> None:
        found.extend(broken_rules(page))
        if page.evaluate(_WIDER) > 0:
            found.append(f"{page.url} is wider than {width}")

    # An open link, one that leads nowhere, and one that was used or declined further up.
    for address in [
        *(inviting.link(2, path) for path in PAGES),
        f"{inviting.site.address}/reply/{'A' * 22}",
        inviting.link(0),
        inviting.link(1),
    ]:
        page.goto(address)
        look()
    page.goto(inviting.link(2, "/question/1"))
    page.get_by_role("button", name="Save and go on").click()
    look()
    page.goto(inviting.link(2, "/more"))
    page.get_by_label("Is there anything").fill("Ring 020 7946 0018")
    page.get_by_role("button", name="Save and go on").click()
    look()
    page.goto(inviting.link(2, "/check"))
    page.get_by_role("button", name="Send my answers").click()
    look()
    context.close()
    assert found == []
    assert [url for url in asked if not url.startswith(inviting.site.address)] == []


# In a text browser.


@pytest.fixture(scope="module")
def w3m() -> str:
    return shutil.which("w3m") or wanting("w3m is missing. On Debian: sudo apt install w3m")


def as_text(w3m: str, address: str, *more: str) -> str:
    """A page as a text browser shows it, on one line."""
    told = [w3m, "-dump", "-cols", "100", *more, address]
    shown = subprocess.run(told, capture_output=True, timeout=60, check=True)
    return " ".join(shown.stdout.decode("utf-8").split())


@pytest.mark.parametrize(
    "path, words",
    [
        ("", ["Start: one question at a time", "This is not a way to complain", "confidential"]),
        (
            "/question/1",
            ["Question 1 of 26", "( )Strongly disagree", "( )Agree", "( )Prefer not to say",
             "Save and go on", "Skip this question", "Stop, and go on later", "Back"],
        ),
        ("/all", ["1. I already knew", "26. ", "( )Strongly agree", "Save and go on"]),
        ("/more", ["in your own words?", "(*)Prefer not to say", "( )65 to 79"]),
        ("/check", ["Check your answers", "Not answered. Change", "Send my answers"]),
        ("/later", ["You can go on later", "Go on now"]),
        ("/decline", ["I do not want to answer", "Back to the survey"]),
    ],
)  # fmt: skip
def test_every_page_reads_well_as_text(
    inviting: Inviting, w3m: str, path: str, words: list[str]
) -> None:
    shown = as_text(w3m, inviting.link(3, path)).replace(") ", ")")
    assert [word for word in words if word not in shown] == []


def test_a_text_browser_sends_the_forms_from_the_first_answer_to_the_thanks(
    inviting: Inviting, w3m: str, tmp_path: Path
) -> None:
    def send(path: str, **fields: str) -> str:
        form = tmp_path / "form"
        form.write_text(urlencode(fields), encoding="ascii")
        return as_text(w3m, inviting.link(4, path), "-post", str(form))

    assert "Question 2 of 26" in send("/question/1", answer="agree", go="on")
    assert "Choose an answer, or skip this question" in send("/question/2", go="on")
    assert "Check your answers" in send("/more", comment="From a text browser.", go="on")
    assert "Thank you. Your answers were sent." in send("/check", go="send")
    assert "This link has been used" in send("/question/1", answer="agree", go="on")


def test_a_link_that_leads_nowhere_says_so_as_text(inviting: Inviting, w3m: str) -> None:
    shown = as_text(w3m, f"{inviting.site.address}/reply/{'A' * 22}")
    assert "This link leads nowhere" in shown and "as it stands in your letter" in shown


# What the server wrote meanwhile. Last in this file: it looks at what the tests above left.


def test_no_token_is_in_the_servers_log(inviting: Inviting) -> None:
    log = inviting.site.log.read_text("utf-8")
    assert [path for path in inviting.paths if path.removeprefix("/reply/") in log] == []
