"""Opening pages as somebody, and reading what stands on them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from benchmarking.people import accounts
from benchmarking.server import Server
from benchmarking.ui import identity

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60

LEAD = "trust-lead.DEMO-07"
CONTRIBUTOR = "contributor.DEMO-07"
APPROVER = "approver.DEMO-07"
BOARD = "board-member.DEMO-07"
INSPECTOR = "inspector"
ADMINISTRATOR = "administrator"
STRANGER = None


@dataclass(frozen=True)
class Door:
    """Lets tests in as one person after another."""

    running: Server
    patch: pytest.MonkeyPatch

    def sign_in(self, subject: str | None) -> None:
        """From now on, whoever opens or touches a page is this person."""
        token = accounts.sign_in_as(self.running, subject) if subject else None
        self.patch.setattr(identity, "token", lambda: token)

    def open(self, page: str, subject: str | None, **address: str) -> AppTest:
        """A page of the dashboard, by its file, with what else the address says."""
        self.sign_in(subject)
        browser = dashboard()
        browser.run()
        browser.switch_page(page)
        for name, value in address.items():
            browser.query_params[name] = value
        return browser.run()

    def open_alone(self, page: str, subject: str | None) -> AppTest:
        """A page's file, run by itself as Streamlit can be brought to do."""
        self.sign_in(subject)
        return AppTest.from_file(ROOT / page, default_timeout=SECONDS).run()


def dashboard() -> AppTest:
    """The dashboard, before it has run."""
    return AppTest.from_file(ROOT / "dashboard.py", default_timeout=SECONDS)


def shown(page: AppTest) -> list[tuple[str, str]]:
    """Everything in the page's main part, from top to bottom: what it is, and its words."""
    return [(element.type, words(element)) for element in elements(page)]


def elements(page: AppTest) -> list[Element]:
    return [element for element in page.main if isinstance(element, Element)]


def words(element: Any) -> str:
    """What an element says, as far as the test can hear it."""
    said = (getattr(element, name, None) for name in ("label", "value", "options"))
    return " ".join(str(part) for part in said if part)


def text(page: AppTest) -> str:
    """All words of a page."""
    return "\n".join(said for _, said in shown(page))


def everything(page: AppTest) -> str:
    """All that is sent to the browser for a page: figures, hover texts and tables, too."""
    return "".join(str(element.proto) for element in elements(page))


def told(page: AppTest) -> str:
    """What stands on a page as HTML of our own, without menus and fields."""
    return "\n".join(said for kind, said in shown(page) if kind == "html")
