"""Replies in our template: what is read, what is passed over, and what is refused row by row."""

import pytest

from benchmarking.imports import survey
from benchmarking.imports.refusal import ImportRefused
from benchmarking.imports.survey import Replies
from tests.imports.survey_files import (
    AGREE,
    DISAGREE,
    DOES_NOT_APPLY,
    OWN,
    answers,
    csv,
    faults,
    first_items,
    instrument,
    read,
    xlsx,
)

ONE, TWO = first_items(2)


@pytest.mark.parametrize(
    "said, number",
    [
        ("Agree", AGREE),
        ("  agree ", AGREE),
        ("AGREE", AGREE),
        ("4", AGREE),
        ("4.0", AGREE),
        ("Strongly disagree", 1),
        ("strongly-agree", 5),
        ("Does not apply to me or I can't remember", DOES_NOT_APPLY),
        ("Does not apply to me or I can’t remember", DOES_NOT_APPLY),
        ("10", DOES_NOT_APPLY),
        ("prefer-not-to-say", 11),
        ("", 0),
        ("   ", 0),
    ],
)
def test_an_answer_is_known_by_its_label_its_id_or_its_number(said: str, number: int):
    assert answers(read(csv(f"R1,{said},Agree"))) == [[number, AGREE]]


def test_a_blank_cell_was_not_answered_and_a_blank_row_is_no_reply():
    found = read(csv("R1,Agree,", "R2,,", ",,", "R3,,2"))
    assert answers(found) == [[AGREE, 0], [0, DISAGREE]]
    assert (found.rows, found.blank, found.refused) == (3, 1, 0)


def test_columns_may_stand_in_any_order_and_others_are_set_aside():
    found = read(csv("x,2,R1,4", header=f"Ward,{TWO},response_id,{ONE}"))
    assert answers(found) == [[AGREE, DISAGREE]]
    assert found.set_aside == ("Ward",)


def test_what_is_recognised_is_counted_and_not_what_was_said():
    found = read(csv("R1,Agree,", "R2,1,2", "R3,10,"))
    assert found.recognised[:2] == (3, 1)
    assert len(found.recognised) == len(instrument().items)


def test_a_reply_is_known_by_a_digest_that_does_not_hold_its_id():
    first, again = read(csv("R1,4,2")), read(csv("R2,1,1", "R1,2,2"))
    (key,) = first.by_trust[OWN].keys
    assert key in again.by_trust[OWN].keys and len(again.by_trust[OWN]) == 2
    assert b"R1" not in key and len(key) == 16


def test_two_trusts_may_use_the_same_id():
    header = f"response_id,trust,{ONE}"
    content = csv("R1,DEMO-07,4", "R1,demo-08,2", header=header)
    found = read(content, trusts=("DEMO-07", "DEMO-08"), own=None)
    assert answers(found, "DEMO-07", 1) == [[AGREE]] and answers(found, "DEMO-08", 1) == [
        [DISAGREE]
    ]
    assert not set(found.by_trust["DEMO-07"].keys) & set(found.by_trust["DEMO-08"].keys)


# Rows that cannot be read.


@pytest.mark.parametrize(
    "row, fault",
    [
        (
            "R1,Agre,2",
            f"row 2, column {ONE}: “Agre” is not an answer of the survey. Write one of: ",
        ),
        ("R1,6,2", f"row 2, column {ONE}: “6” is not an answer of the survey. "),
        ("R1,0,2", f"row 2, column {ONE}: “0” is not an answer of the survey. "),
        ("R1,=A1,2", f"row 2, column {ONE}: “=A1” is a formula, not an answer. Put its value into"),
        (",4,2", "row 2, column response_id: the id is missing. Give each reply an id of its own"),
        ("=1+1,4,2", "row 2, column response_id: “=1+1” is a formula, not an id. Put its value"),
        ("<b>1</b>,4,2", "row 2, column response_id: “<b>1</b>” holds marks of a web page."),
        (
            "1.2346E+11,4,2",
            "row 2, column response_id: “1.2346E+11” is a number that a spreadsheet",
        ),
        ("x" * 201 + ",4,2", "row 2, column response_id: it has more than 200 letters."),
        ("R1,4", "row 2: it has 2 cells, the header has 3. Give each row as many cells"),
        ("R1,4,2,4", "row 2: it has 4 cells, the header has 3."),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_what_to_do(row: str, fault: str):
    found = read(csv(row))
    assert [said[: len(fault)] for said in faults(found)] == [fault]
    assert (found.refused, answers(found)) == (1, [])


def test_a_row_is_told_all_that_is_wrong_with_it_and_counted_once():
    found = read(csv(",Agre,Yes", "R2,4,4"))
    assert len(found.faults) == 3 and found.refused == 1
    assert answers(found) == [[AGREE, AGREE]]


def test_an_empty_cell_too_many_is_no_fault():
    assert answers(read(csv("R1,4,2,,"))) == [[AGREE, DISAGREE]]


def test_the_same_reply_twice_is_counted_once_and_said():
    found = read(csv("R1,4,2", "R2,4,2", "R1,Agree,2"))
    assert (len(found.by_trust[OWN]), found.repeated, found.refused) == (2, 1, 0)


def test_of_two_replies_with_one_id_neither_counts():
    found = read(csv("R1,4,2", "R2,4,2", "R1,2,2", "R1,4,2"))
    assert answers(found) == [[AGREE, DISAGREE]]
    assert (found.refused, found.repeated) == (3, 0)
    assert faults(found)[0] == (
        "row 4, column response_id: “R1” is the id of row 2, too, which says something else, so "
        "neither counts. Keep the right one of the two rows, or give one of them its own id."
    )


def test_another_trust_s_rows_are_refused():
    header = f"response_id,trust,{ONE}"
    found = read(csv("R1,DEMO-08,4", "R2,demo-07,4", header=header))
    assert faults(found) == [
        "row 2, column trust: “DEMO-08” is not your trust, DEMO-07. Take the row out."
    ]
    assert len(found.by_trust[OWN]) == 1


@pytest.mark.parametrize("code, said", [("DEMO-99", "“DEMO-99”"), ("", "nothing")])
def test_an_unknown_trust_is_refused(code: str, said: str):
    header = f"response_id,trust,{ONE}"
    found = read(csv(f"R1,{code},4", header=header), own=None)
    assert faults(found)[0].startswith(f"row 2, column trust: {said} is not the code of a trust")


def test_what_a_file_says_is_repeated_on_one_line_and_cut():
    found = read(csv(f'R1,"Agree\n<script>alert(1)</script>\u202e{"x" * 90}",2'))
    (fault,) = found.faults
    assert fault.value.startswith("Agree <script>alert(1)</script>") and len(fault.value) == 60
    assert "\n" not in fault.problem and "\u202e" not in fault.problem


def test_a_file_with_a_fault_in_every_row_keeps_only_so_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(survey, "MOST_FAULTS", 5)
    found = read(csv(*[f"R{number},no,no" for number in range(4)]))
    assert (len(found.faults), found.more_faults, found.refused) == (5, 3, 4)


# The header.


@pytest.mark.parametrize(
    "header, problem",
    [
        (f"id,{ONE}", "it has no column response_id, by which a reply is known again"),
        ("response_id,q1", f"none of its columns is an item of the survey, such as {ONE}"),
        (f"response_id,{ONE},{ONE}", f"the column {ONE} stands there twice"),
        (f"response_id,Response_ID,{ONE}", "the column response_id stands there twice"),
    ],
)
def test_a_header_that_cannot_be_read_is_refused_whole(header: str, problem: str):
    with pytest.raises(ImportRefused) as refused:
        read(csv("1,2,3", header=header))
    assert problem in str(refused.value)


# Workbooks.


def test_a_workbook_is_read_as_a_csv_is():
    rows = [["R1", "Agree", 2], [17, 4.0, None], ["R3", None, None], ["R4", "=1+1", 2]]
    found = read(xlsx(*rows))
    assert answers(found) == [[AGREE, DISAGREE], [AGREE, 0]]
    assert (found.rows, found.blank) == (4, 1)
    assert faults(found)[0].startswith(f"row 5, column {ONE}: “=1+1” is a formula, not an answer.")


def test_a_number_in_a_workbook_is_the_same_id_as_in_a_csv():
    keys = [read(content).by_trust[OWN].keys for content in (xlsx([17, 4, 4]), csv("17,4,4"))]
    assert keys[0] == keys[1]


def test_no_replies_are_an_empty_array_of_the_right_width():
    none: Replies = survey.no_replies(3)
    assert (len(none), none.answers.shape) == (0, (0, 3))
