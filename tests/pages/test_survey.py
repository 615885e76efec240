"""The page of a trust's survey as its people meet it: what it says, what it lets them do."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.survey import file_imports
from tests.imports.survey_files import csv, first_items, instrument, xlsx
from tests.imports.test_survey_layout import HEADER
from tests.pages import opening
from tests.pages.opening import Door

PAGE = "pages/trusts/survey.py"
NEW_LEAD, NEW_CONTRIBUTOR = "trust-lead.DEMO-44", "contributor.DEMO-44"
ONE, TWO = first_items(2)


def open_as(door: Door, subject: str | None) -> AppTest:
    return door.open(PAGE, subject, way="bring")


def upload(page: AppTest, content: bytes, name: str = "replies.csv") -> AppTest:
    page.file_uploader[0].set_value((name, content, "text/csv"))
    return page.run()


def button(page: AppTest, label: str) -> Any:
    found = [one for one in page.button if one.label == label]
    assert found, [one.label for one in page.button]
    return found[0]


def many(number: int) -> list[str]:
    return [f"R{place},4,2" for place in range(number)]


def stored(door: Door) -> int:
    with door.running.database.reading() as reading:
        return int(
            reading.value(
                """
                SELECT count(*)
                FROM survey_reply r
                JOIN organisation o ON o.organisation_id = r.organisation_id
                WHERE o.code = 'DEMO-44'
                """
            )
        )


def writes(door: Door) -> int:
    with door.running.database.reading() as reading:
        return int(reading.value("SELECT count(*) FROM audit WHERE action <> 'signed in'"))


# What it says.


def test_who_begins_is_told_what_to_do(looking: Door):
    page = open_as(looking, NEW_CONTRIBUTOR)
    assert not page.exception
    told = opening.told(page)
    assert "Nobody who complained has been asked yet in" in told
    assert "Use your own survey’s file as it is" in told
    assert "No file has been brought for" in told
    assert "Not recorded yet for a survey of your own." in told
    assert "Download the template" in opening.everything(page)


def test_the_survey_of_a_trust_says_who_was_asked_and_how_many_replied(looking: Door):
    told = opening.told(open_as(looking, opening.LEAD))
    assert "people were asked, whose complaints were closed from" in told
    assert "The results stand on" in told


def test_only_who_may_invite_is_offered_it(looking: Door):
    lead, contributor = open_as(looking, NEW_LEAD), open_as(looking, NEW_CONTRIBUTOR)
    assert "Invite people here" in opening.text(lead)
    assert "Invite people here" not in opening.text(contributor)


@pytest.mark.parametrize("subject", [opening.APPROVER, opening.BOARD, opening.INSPECTOR])
def test_others_do_not_get_in(looking: Door, subject: str):
    page = looking.open_alone(PAGE, subject)
    assert not page.file_uploader
    assert "people were asked" not in opening.everything(page)


def test_a_cycle_without_a_survey_says_so(looking: Door):
    looking.patch.setattr(file_imports, "instrument_of", lambda *_: None)
    page = open_as(looking, NEW_LEAD)
    assert not page.exception
    assert "have no survey for people who complained." in opening.told(page)
    assert not page.file_uploader


# Bringing a file.


def test_a_file_is_looked_at_and_stored_on_demand(door: Door):
    page = open_as(door, NEW_CONTRIBUTOR)
    before = writes(door)
    page = upload(page, csv(*many(12)))
    assert not page.exception
    assert "The file has 12 rows. Replies: 12 new." in opening.told(page)
    assert (stored(door), writes(door)) == (0, before)
    page = button(page, "Store these 12 replies").click().run()
    told = opening.told(page)
    assert "Stored. Replies: 12 new. Saved at" in told
    assert "The results stand on 10 to 29 replies." in told
    assert (stored(door), writes(door)) == (12, before + 1)
    assert "How many people were asked has not been recorded yet." in told


def test_the_same_file_again_offers_nothing_to_store(door: Door):
    page = upload(open_as(door, NEW_LEAD), csv(*many(12)))
    page = button(page, "Store these 12 replies").click().run()
    page = upload(page, csv(*many(12)))
    assert "12 replies are stored already" in opening.told(page)
    assert not [one for one in page.button if one.label.startswith("Store")]


def test_rows_that_cannot_be_read_are_listed_and_left_out_only_by_name(door: Door):
    page = upload(open_as(door, NEW_LEAD), csv(*many(3), "R9,<script>alert(1)</script>,2"))
    told = opening.told(page)
    assert "1 row cannot be read." in told
    assert "“&lt;script&gt;alert(1)&lt;/script&gt;” is not an answer of the survey." in told
    assert "<script>alert" not in told
    page = button(page, "Store these 3 replies").click().run()
    assert "1 row cannot be read. Correct the file and bring it again, or tick" in (
        opening.told(page)
    )
    assert stored(door) == 0
    (box,) = [one for one in page.checkbox if one.label.startswith("Leave out the 1 row")]
    box.check()
    page = button(page, "Store these 3 replies").click().run()
    assert "Stored. Replies: 3 new." in opening.told(page)
    assert stored(door) == 3


def test_how_many_were_asked_goes_with_the_file(door: Door):
    page = upload(open_as(door, NEW_LEAD), csv(*many(3)))
    page.number_input[0].set_value(40)
    page = button(page, "Store these 3 replies").click().run()
    assert "All three belong together." in opening.told(page) and stored(door) == 0


def test_no_result_stands_in_the_report_of_a_file(door: Door):
    page = upload(open_as(door, NEW_LEAD), csv("R1,4,2", "R2,4,2", "R3,1,2"))
    told = opening.told(page)
    assert instrument().items[0].prompt in told
    assert "%" not in told and "Strongly disagree" not in told


def test_a_workbook_is_taken(door: Door):
    page = upload(open_as(door, NEW_LEAD), xlsx(["R1", "Agree", 2]), "replies.xlsx")
    assert "The file has 1 row. Replies: 1 new." in opening.told(page)


@pytest.mark.parametrize(
    "content, said",
    [
        (b"%PDF-1.7", "this is a PDF, not a table of replies"),
        (csv("R1,,"), "no row of it has an answer"),
        (b"", "it is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_so(looking: Door, content: bytes, said: str):
    page = upload(open_as(looking, NEW_LEAD), content)
    assert not page.exception
    told = opening.told(page)
    assert "This file cannot be read, so nothing was stored." in told and said in told


def test_a_colleague_s_file_in_between_is_found_and_the_file_looked_at_anew(door: Door):
    mine = upload(open_as(door, NEW_LEAD), csv(*many(3)))
    theirs = upload(open_as(door, NEW_CONTRIBUTOR), csv(*many(2)))
    button(theirs, "Store these 2 replies").click().run()
    door.sign_in(NEW_LEAD)
    mine = button(mine, "Store these 3 replies").click().run()
    told = opening.told(mine)
    assert "A colleague brought a file in the meantime" in told
    assert "Replies: 1 new, 2 stored already." in told and stored(door) == 2


# Another layout.


def test_another_layout_is_mapped_once_and_known_again(door: Door):
    content = csv("1;Yes;No;fine", "2;No;;bad", header=HEADER)
    page = upload(open_as(door, NEW_LEAD), content)
    assert "This file is not in our template." in opening.told(page)
    _choose(page, "Were you told?", ONE)
    page = page.run()
    _choose(page, "Yes", "agree")
    _choose(page, "No", "disagree")
    (name,) = [one for one in page.text_input if one.label == "Name of this mapping"]
    name.set_value("Our own survey")
    page = button(page, "Save this mapping").click().run()
    assert not page.exception
    assert "The file has 2 rows. Replies: 2 new." in opening.told(page)
    page = button(page, "Store these 2 replies").click().run()
    assert stored(door) == 2
    page = upload(page, csv("3;Yes;;", header=HEADER))
    assert "Replies: 1 new." in opening.told(page), "a file with the same columns needs no saying"


def test_a_mapping_without_a_name_or_columns_says_what_is_missing(door: Door):
    page = upload(open_as(door, NEW_LEAD), csv("1;Yes;No;fine", header=HEADER))
    page = button(page, "Save this mapping").click().run()
    told = opening.told(page)
    assert "Give the mapping a name" in told
    assert "No column is mapped to an item of the survey." in told


def _choose(page: AppTest, label: str, value: str) -> None:
    (found,) = [one for one in page.selectbox if one.label.replace("\\", "") == label]
    found.set_value(value)


# How many were asked.


def test_how_many_were_asked_is_recorded_and_taken_back(door: Door):
    page = open_as(door, NEW_LEAD)
    page.number_input[0].set_value(240)
    page.date_input[0].set_value(date(2026, 4, 1))
    page.date_input[1].set_value(date(2026, 9, 30))
    page = button(page, "Record this").click().run()
    assert not page.exception
    assert "240 people were asked, whose complaints were closed from 1 April 2026" in (
        opening.told(page)
    )
    assert "240 asked in a survey of your own are recorded already." in opening.told(page)
    page = button(page, "Take back").click().run()
    assert "240 people asked: taken back." in opening.told(page)
    assert "Nobody who complained has been asked yet" in opening.told(page)


def test_an_incomplete_form_says_what_belongs_together(looking: Door):
    page = open_as(looking, NEW_LEAD)
    page = button(page, "Record this").click().run()
    assert "All three belong together." in opening.told(page)
