"""Inviting people, as a trust lead uses the page: contacts, a list, whom to leave out, the file."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.assessing.sheets import current_cycle
from benchmarking.moments import utc_now
from benchmarking.people import accounts
from benchmarking.survey import hosted_survey, invitations
from benchmarking.survey.hosted_survey import Asked
from benchmarking.visit import Visit
from tests.invited import TERMS, fill_in, invite, listed
from tests.pages.opening import LEAD, Door, everything, text, told
from tests.pages.test_people import press

PAGE = "pages/trusts/survey.py"


def panel(door: Door, subject: str = LEAD) -> AppTest:
    page = door.open(PAGE, subject, way="invite")
    assert not page.exception
    return page


def visit_of(door: Door, subject: str = LEAD) -> Visit:
    return accounts.visit_by(door.running, accounts.sign_in_as(door.running, subject))


def field(page: AppTest, kind: str, start: str) -> Any:
    (found,) = [one for one in fields(page, kind) if one.label.startswith(start)]
    return found


def fields(page: AppTest, kind: str) -> list[Any]:
    return list(page.get(kind))


def read(page: AppTest, words: str) -> AppTest:
    field(page, "text_area", "References and closing days").set_value(words)
    return press(page, "Read the list")


@pytest.fixture
def anew(door: Door) -> Door:
    """The trust as if it had never asked anybody."""
    with door.running.database.writing(visit_of(door).audit("tests", "begin anew")) as writing:
        for table in (
            *("survey_setting", "survey_comment", "survey_equality", "survey_invitation"),
            *("survey_sending", "response", "response_wave"),
        ):
            writing.run(f"DELETE FROM {table} WHERE organisation_id = 7")
    return door


@pytest.fixture
def filled(anew: Door) -> Door:
    fill_in(visit_of(anew))
    return anew


def test_contacts_come_before_the_list(anew: Door) -> None:
    page = panel(anew)
    assert "Nobody has been invited from here in this cycle yet." in told(page)
    assert "Fill in the contacts first." in told(page)
    assert not [one for one in page.text_area if one.label.startswith("References")]
    assert "/reply/preview/DEMO-07/" in told(page)


def test_contacts_that_are_missing_are_told_beside_their_fields(anew: Door) -> None:
    page = press(panel(anew), "Save")
    assert "Enter a phone number on which people can answer the survey." in told(page)
    assert "Enter the name of your local advocacy service." in told(page)
    assert "Fill in the contacts first." in told(page)


def test_contacts_are_saved_and_then_people_can_be_invited(anew: Door) -> None:
    page = panel(anew)
    for kind, start, value in (
        ("text_input", "Phone number", TERMS.phone),
        ("text_area", "Address to which", TERMS.post),
        ("text_area", "How people complain", TERMS.complain_text),
        ("text_input", "Name of your local", TERMS.advocacy_name),
        ("text_input", "How people reach", TERMS.advocacy_contact),
    ):
        field(page, kind, start).set_value(value)
    page = press(page, "Save")
    assert "Whom people can turn to was saved." in told(page)
    assert field(page, "text_area", "References and closing days")


def test_a_list_with_faults_is_told_line_by_line_and_no_name_is_repeated(filled: Door) -> None:
    page = read(panel(filled), "Reference,Closed\nJane Example,01/10/2026\nC/1,32/10/2026")
    assert "Line 2: this is no reference." in told(page)
    assert "Line 3: the day is missing or not written as 30/09/2026." in told(page)
    assert "Jane" not in told(page)


def test_nobody_is_invited_until_somebody_says_that_all_were_checked(filled: Door) -> None:
    page = read(panel(filled), listed(4, visit_of(filled).today))
    assert "4 complaints, closed from" in told(page)
    page = press(page, "Make the invitations")
    assert "Check every reference for the five reasons" in told(page)
    found = invitations.standing(visit_of(filled), "DEMO-07", current_cycle(visit_of(filled)))
    assert found.sent == ()


def test_the_file_is_had_once_and_its_links_open(filled: Door) -> None:
    page = read(panel(filled), listed(4, visit_of(filled).today))
    field(page, "multiselect", "Leave out: there is a legal claim").set_value(["C/0002"])
    field(page, "checkbox", "I have checked every reference").check()
    page = press(page, "Make the invitations")
    assert "3 invitations were made. Take the file away now." in told(page)
    assert "There is a legal claim: 1" in told(page)
    (offered,) = [one for one in fields(page, "download_button") if "3 invitations" in one.label]
    offered.click()
    page.run()
    assert not [one for one in fields(page, "download_button") if "invitations" in one.label]
    assert field(page, "text_area", "References and closing days"), "the next list"


def test_links_of_a_lost_file_are_replaced(filled: Door) -> None:
    visit = visit_of(filled)
    lost = invite(visit, current_cycle(visit), 4)
    page = read(panel(filled), listed(4, visit.today))
    which = field(page, "selectbox", "These invitations are for")
    assert "The 4 of" in str(which.options[1])
    which.select_index(1)
    field(page, "checkbox", "I have checked every reference").check()
    page = press(page, "Make the invitations")
    assert "4 invitations were made." in told(page)
    asked = Asked(filled.running.database, filled.running.library, utc_now())
    with pytest.raises(hosted_survey.LinkClosed):
        hosted_survey.open_link(asked, lost.links[0].token)


def answered(door: Door, replies: int, comment: str = "") -> None:
    """So many people invited who have all answered, each with a comment."""
    visit = visit_of(door)
    asked = Asked(door.running.database, door.running.library, utc_now())
    for number, link in enumerate(invite(visit, current_cycle(visit), replies).links):
        item = hosted_survey.open_link(asked, link.token).items[number % 3].id
        hosted_survey.answer(asked, link.token, {item: "agree"})
        if comment:
            hosted_survey.say_more(asked, link.token, {}, f"{comment} {number}")
        hosted_survey.send(asked, link.token)


@pytest.mark.parametrize("replies, shows", [(9, False), (10, True), (11, True)])
def test_comments_are_shown_only_with_a_full_wave_and_as_plain_text(
    anew: Door, replies: int, shows: bool
) -> None:
    fill_in(visit_of(anew), with_comments=True)
    answered(anew, replies, "<b>Slow</b> **answer**")
    said = told(panel(anew))
    assert said.count("&lt;b&gt;Slow&lt;/b&gt; **answer**") == (10 if shows else 0)
    assert ("Comments are shown once ten people have replied." in said) == (not shows)
    replied = "10 to 29 replies" if shows else "not enough replies"
    assert f"here and in your own survey: {replied}." in said


def test_comments_are_left_out_where_they_are_not_asked_for(filled: Door) -> None:
    assert "In people’s own words" not in text(panel(filled))


def test_who_replied_is_shown_once_no_more_can_come(anew: Door) -> None:
    fill_in(visit_of(anew), with_equality=True)
    assert "Who replied is shown once no more replies can come" in told(panel(anew))


@pytest.mark.parametrize("subject", ["contributor.DEMO-07"])
def test_who_brings_answers_but_does_not_invite_sees_nothing_of_it(
    filled: Door, subject: str
) -> None:
    page = panel(filled, subject)
    assert "References and closing days" not in everything(page)
    assert "/reply/preview/" not in everything(page)
