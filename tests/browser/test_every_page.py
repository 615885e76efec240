"""Every page in a real browser: for everybody's eyes, hands and screens, and without a leak."""

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarking.access import Action
from benchmarking.moments import local, utc_now
from dashboard import PAGES
from tests.browser.conftest import Enter
from tests.browser.serving import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.looking import Look
    from tests.browser.reading import Reader

pytestmark = pytest.mark.browser

LEAD, INSPECTOR, BOARD = "trust-lead.DEMO-07", "inspector", "board-member.DEMO-07"
READER_OF = {
    Action.COMPARE: INSPECTOR,
    Action.SEE_OVERVIEW: BOARD,
    Action.MANAGE_PEOPLE: "administrator",
    Action.MANAGE_CYCLES: "administrator",
    Action.SEE_AUDIT: "administrator",
    Action.SEE_PUBLIC_PAGES: None,
}
# Cycles are named by the financial year in which they are due.
_TODAY = local(utc_now()).date()
_YEAR = _TODAY.year - (_TODAY.month < 4)
NEWEST = f"{_YEAR}-{(_YEAR + 1) % 100:02}"
STAGE = "/assessment?standard=my-expectations&stage=me-3"

# What is looked at, by name: the reader and the address. Every listed page, and some pages that
# look different to somebody else or with something chosen.
LOOKS: dict[str, tuple[str | None, str]] = {
    **{
        page.address or "home": (READER_OF.get(page.action, LEAD), f"/{page.address}")
        for page in PAGES
    },
    "home-board": (BOARD, "/"),
    "home-inspector": (INSPECTOR, "/"),
    "home-administrator": ("administrator", "/"),
    "audit-person": ("administrator", "/audit?view=person&about=1"),
    "audit-holds": ("administrator", "/audit?view=holds"),
    "home-stranger": (None, "/"),
    "people-one": ("administrator", "/people?person=3"),
    "cycles-one": ("administrator", f"/cycles?cycle={NEWEST}"),
    "scopes-named": ("trust-lead.DEMO-28", "/scopes"),
    "assessment-of-a-site": ("trust-lead.DEMO-28", "/assessment?scope=DEMO-28.site-1"),
    "assessment-submitted": ("approver.DEMO-03", STAGE),
    "assessment-law": (LEAD, "/assessment?standard=complaints-law-england"),
    "assessment-mine": ("contributor.DEMO-07", "/assessment?show=mine"),
    "compare-refused": (BOARD, "/compare"),
    "complaints-of-a-trust": (LEAD, "/published-complaints?trust=RJ1"),
    "actions-board": (BOARD, "/actions?show=all"),
    "actions-one": ("trust-lead.DEMO-01", "/actions?action=1"),
    "overview-lead": (LEAD, "/overview"),
    "trends-board": ("board-member.DEMO-22", "/trends?series=answered-in-time"),
    "trends-inspector": (INSPECTOR, "/trends?series=answered-in-time"),
    "trends-one-for-inspector": (INSPECTOR, "/trends?series=answered-in-time&trust=DEMO-07"),
    "results-in-three-voices": (LEAD, "/our-results?cycle=2025-26"),
    "results-of-six-replies": ("trust-lead.DEMO-52", "/our-results"),
    "file-review-reading": ("contributor.DEMO-12", "/file-review"),
    "file-review-reconciling": ("trust-lead.DEMO-31", "/file-review"),
    "file-review-drawn": ("trust-lead.DEMO-24", "/file-review"),
    "survey-nothing-yet": ("trust-lead.DEMO-12", "/survey"),
    "trends-nothing-yet": ("trust-lead.DEMO-44", "/trends"),
}
# A question's panels, all open at once, and a standard with a statement unfolded.
OPENED = {"evidence": "3.1", "action": "3.2", "comment": "3.3", "help": "3.4"}
EVERY = [*LOOKS, "assessment-opened", "standards-opened", "sign-in"]

Looks = Callable[[str], "Look"]


@pytest.fixture(scope="module")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: the folder that SCREENSHOTS names, else one that nobody keeps."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def looks(chrome: "Browser", site: Site, screenshots: Path) -> Looks:
    """A look at a page, by name; each page is opened once for all tests of this file."""
    pytest.importorskip("axe_playwright_python")
    from tests.browser.reading import Reader

    @cache
    def look_at(name: str) -> "Look":
        context = chrome.new_context(viewport={"width": 1280, "height": 2400})
        reader = Reader(context, context.new_page(), site.address)
        try:
            return arrange(reader, name, screenshots)
        finally:
            reader.leave()

    return look_at


def arrange(reader: "Reader", name: str, screenshots: Path) -> "Look":
    """Opens a page as its reader, brings it into the state of that name, and looks."""
    from tests.browser.looking import look

    if name == "sign-in":
        reader.page.goto(f"{reader.home}/sign-in")
        return look(reader, screenshots, name)
    subject, address = LOOKS.get(name) or LOOKS[name.removesuffix("-opened")]
    if subject is not None:
        reader.sign_in(subject)
    if name == "assessment-opened":
        reader.open(STAGE)
        for panel, number in OPENED.items():
            choose = {"help": "What would take us further?"}.get(panel, panel.capitalize())
            reader.question(number).get_by_role("radio", name=choose, exact=True).click()
            reader.wait()
        reader.choose("Add evidence", "Sample of records")
    else:
        reader.open(address)
    if name == "standards-opened":
        reader.page.get_by_text("1.1 I knew I had a right to complain").click()
        reader.wait()
    return look(reader, screenshots, name)


@pytest.mark.parametrize("name", EVERY)
def test_axe_finds_no_serious_or_critical_violation(looks: Looks, name: str) -> None:
    assert looks(name).violations == {1280: [], 390: []}


@pytest.mark.parametrize("name", EVERY)
def test_a_page_never_scrolls_sideways(looks: Looks, name: str) -> None:
    assert looks(name).sticking_out == {1280: [], 390: [], 320: []}


@pytest.mark.parametrize("name", EVERY)
def test_a_page_asks_nothing_of_any_other_address(looks: Looks, name: str) -> None:
    assert looks(name).asked == []


@pytest.mark.parametrize("name", EVERY)
def test_a_page_reports_no_error_to_the_console(looks: Looks, name: str) -> None:
    assert looks(name).complained == []


@pytest.mark.parametrize("name", EVERY)
def test_a_page_has_a_title_in_the_browser(looks: Looks, name: str) -> None:
    listed = {page.address or "home": page.title for page in PAGES}
    title = looks(name).title
    assert title == listed[name] if name in listed else title not in ("", "Streamlit", "dashboard")


def test_every_page_was_pictured_at_both_widths(looks: Looks, screenshots: Path) -> None:
    for name in EVERY:
        looks(name)
    pictured = {path.name for path in screenshots.glob("*.png")}
    assert pictured >= {f"{name}-{width}.png" for name in EVERY for width in (1280, 390)}


def test_the_menu_has_at_most_seven_entries_and_no_sections(enter: Enter) -> None:
    for subject in (LEAD, INSPECTOR, BOARD, "administrator"):
        reader = enter(subject).open("/")
        menu = reader.page.get_by_role("navigation", name=re.compile("App pages"))
        assert 2 <= menu.get_by_role("link").count() <= 7
        assert menu.get_by_role("button").count() == 0, "a section would be a button"
