"""Notifications on the page: chosen, confirmed by a code, removed; and what waits now."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking import server
from benchmarking.store import notifications as store
from benchmarking.store.notifications import Choice
from tests import post_office
from tests.pages import opening
from tests.pages.opening import Door, told
from tests.post_office import PostOffice
from tests.web import copies

PAGE = "pages/everyone/notifications.py"
TO = "lead@trust.example"


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with post_office.opened() as found:
        yield found


@pytest.fixture
def mailing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, office: PostOffice) -> Iterator[Door]:
    """The way in where a mail server is set."""
    office.received.clear()
    with copies.opened(tmp_path) as running:
        with_mail = replace(running.settings, mail_server=office.server())
        mailing = replace(running, settings=with_mail)
        with server.using(mailing):
            yield Door(mailing, monkeypatch)


def opened(door: Door, subject: str = opening.LEAD) -> AppTest:
    page = door.open(PAGE, subject)
    assert not page.exception, page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    (button,) = (one for one in page.button if one.label == label)
    button.click()
    page.run()
    assert not page.exception, page.exception
    return page


def type_in(page: AppTest, label: str, text: str) -> None:
    (field,) = (one for one in page.text_input if one.label == label)
    field.set_value(text)


def choice(door: Door) -> Choice | None:
    with door.running.database.reading() as reading:
        found = store.switched_on(reading)
    return found[0] if found else None


def test_without_a_mail_server_the_page_says_so_and_what_waits(looking: Door):
    page = opened(looking)
    assert "This copy sends no e-mail: no mail server is set." in told(page)
    assert not page.text_input and not page.button
    assert page.header[-1].value in ("What waits for you now",)
    assert 'href="actions?trust=DEMO-07"' in told(page) or "assessment?trust" in told(page)


def test_an_address_is_confirmed_by_the_code_that_was_sent_there(mailing: Door, office: PostOffice):
    page = opened(mailing)
    assert "You are told nothing by e-mail." in told(page)
    type_in(page, "E-mail address", TO)
    press(page, "Save")
    assert "A code was sent to your address." in told(page)
    assert f"{TO} is not confirmed yet" in told(page) and choice(mailing) is None
    (text,) = office.texts
    code = text.split("The code is ")[1][:8]
    type_in(page, "The code from the mail", code)
    press(page, "Confirm")
    assert "Your address is confirmed." in told(page)
    assert f"is sent to {TO}, once a day at most." in told(page)
    found = choice(mailing)
    assert found and found.address == TO
    press(page, "Remove my address")
    press(page, "Remove it")
    assert "You are told nothing by e-mail." in told(page) and choice(mailing) is None


def test_a_wrong_code_and_a_wrong_address_are_told(mailing: Door, office: PostOffice):
    page = opened(mailing)
    type_in(page, "E-mail address", "nobody")
    assert "This is not an e-mail address." in told(press(page, "Save"))
    assert office.received == []
    type_in(page, "E-mail address", TO)
    press(page, "Save")
    type_in(page, "The code from the mail", "no")
    assert "This is not the code that was sent." in told(press(page, "Confirm"))
    assert choice(mailing) is None


def test_a_mail_server_that_refuses_is_told(mailing: Door, office: PostOffice):
    office.refuses = "554 No"
    page = opened(mailing)
    type_in(page, "E-mail address", TO)
    said = told(press(page, "Save"))
    office.refuses = ""
    assert "The mail could not be sent" in said and "code 554" in said


def test_one_persons_address_is_not_anothers(mailing: Door, office: PostOffice):
    page = opened(mailing)
    type_in(page, "E-mail address", TO)
    press(page, "Save")
    assert TO not in opening.everything(opened(mailing, opening.APPROVER))


def test_it_is_reached_from_home(looking: Door):
    page = looking.open("pages/everyone/home.py", opening.BOARD)
    assert "Be told by e-mail what waits" in opening.everything(page)
    page = looking.open("pages/everyone/home.py", opening.INSPECTOR)
    assert "Be told by e-mail" not in opening.everything(page)
